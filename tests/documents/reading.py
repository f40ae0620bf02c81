"""Files in, documents and failures out: what the tests of readers share."""

from collections.abc import Sequence
from pathlib import Path

from coranto.documents.read import read
from coranto.documents.source import Passed, Source
from coranto.documents.sources import find_sources
from coranto.knowledge import load
from coranto.records import BlockKind, Document, Failure

KNOWLEDGE = load()


def made(*paths: Path, passed: list[Passed] | None = None, **options) -> list[Document | Failure]:
    """Everything that the paths hold, in order."""
    found = find_sources([str(p) for p in paths], passed=passed.append if passed is not None else None, **options)
    return [read(s, KNOWLEDGE.outlets) if isinstance(s, Source) else s for s in found]


def documents(*paths: Path, **options) -> list[Document]:
    """As ``made``, where nothing may fail."""
    got = made(*paths, **options)
    assert not [g for g in got if isinstance(g, Failure)], got
    return got  # type: ignore[return-value]


def texts(document: Document, *kinds: BlockKind) -> Sequence[str]:
    """The words of a document's blocks of these kinds."""
    return [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind in kinds]


def day(document: Document) -> str:
    """The day or moment that a document is published, as written in its value."""
    return document.published.value.timex.value if document.published else ""
