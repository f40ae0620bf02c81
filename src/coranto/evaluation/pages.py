"""Saved pages with their article bodies -> the program's bodies, and scores.

Gold is a folder with ``ground-truth.json`` (``{id: {articleBody, url}}``) and ``html/<id>.html.gz``.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coranto.documents.read import read
from coranto.documents.sources import find_sources
from coranto.evaluation.scores import bootstrap
from coranto.evaluation.shingles import agreement
from coranto.knowledge import Knowledge
from coranto.records import BlockKind, DataError, Document

BODY = frozenset(
    {BlockKind.BODY, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.DATELINE, BlockKind.TEASER, BlockKind.FOREIGN}
)


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """A line ``{n, id, articleBody, published, title, author}`` a page, and the mean F1 of shared runs of four words.

    ``path`` is the folder or its ``ground-truth.json``. Raises DataError where it is not of that form.
    """
    lines, rows = [], []
    for n, (name, body, file) in enumerate(_gold(path)):
        line = {"n": n, "id": name, **predict(file, knowledge)}
        lines.append(line)
        rows.append(agreement(body, line["articleBody"] or ""))
    return lines, scores(rows)


def predict(file: Path, knowledge: Knowledge) -> dict[str, Any]:
    """What the program reads in a file; null where it reads nothing."""
    for source in find_sources([str(file)]):
        made = read(source, knowledge.outlets) if not hasattr(source, "error") else source
        if isinstance(made, Document):
            return {
                "articleBody": body_of(made),
                "published": made.published.value.timex.value if made.published else None,
                "title": made.title or None,
                "author": made.byline.removeprefix("By ") or None,
            }
    return {"articleBody": None, "published": None, "title": None, "author": None}


def body_of(document: Document) -> str:
    """The words of a document that belong to its piece: a line a paragraph, those of one line together."""
    lines: dict[int, list[str]] = {}
    for block in document.blocks:
        words = document.text[block.span.start : block.span.end]
        if block.kind in BODY and (block.span.start or words != document.title):
            number = document.text.count("\n", 0, block.span.start)
            lines.setdefault(number, []).append(words)
    return "\n".join(" ".join(parts) for parts in lines.values())


def _gold(path: Path) -> Iterator[tuple[str, str, Path]]:
    file = path / "ground-truth.json" if path.is_dir() else path
    try:
        gold = json.loads(file.read_text(encoding="utf-8"))
        items = [(name, str(entry["articleBody"])) for name, entry in gold.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{file}: expected {{id: {{articleBody}}}}, met {type(error).__name__}: {error}") from error
    for name, body in items:
        found = [p for p in (file.parent / "html" / f"{name}.html{end}" for end in (".gz", "")) if p.exists()]
        if not found:
            raise DataError(f"{file}: expected a page html/{name}.html or .html.gz, met none")
        yield name, body, found[0]


def scores(rows: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """Means over pages; ``f1`` is the mean of each page's F1, ``f1_of_means`` that of mean precision and recall."""
    count = max(1, len(rows))
    precision, recall = (sum(r[k] for r in rows) / count for k in (0, 1))
    low, high = bootstrap(rows, lambda some: sum(r[2] for r in some) / max(1, len(some)))
    both = precision + recall
    return {
        "pages": float(len(rows)),
        "precision": precision,
        "recall": recall,
        "f1": sum(r[2] for r in rows) / count,
        "f1.low": low,
        "f1.high": high,
        "f1_of_means": 2 * precision * recall / both if both else 0.0,
    }
