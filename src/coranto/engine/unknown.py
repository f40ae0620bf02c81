"""Reports -> the names of actors and places that stayed unknown, most frequent first: what to add to own tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from coranto.engine.pipeline import STAGES, factory
from coranto.engine.runs import BATCH_WORDS, batches, documents
from coranto.knowledge import Knowledge
from coranto.records import Analysis, Document, Mention, MentionKind, Place, Ref, Referred

LAYERS = ("reports", "sentences", "mentions", "referents")


class Unknown(Struct, frozen=True):
    """A name that neither the text nor a table says the country of (an actor), or where it is (a place)."""

    kind: str  # "actor" or "place"
    name: str
    mentions: int
    documents: int
    example: str  # the sentence of the first mention


def read(paths: Sequence[str], knowledge: Knowledge) -> list[Unknown]:
    """The unknown names of everything under ``paths``; what cannot be read is passed over."""
    return count(_resolved(paths, knowledge))


def _resolved(paths: Sequence[str], knowledge: Knowledge) -> Iterator[Analysis]:
    stages = {layer: factory(STAGES[layer])(knowledge) for layer in LAYERS}
    found = (d for d in documents(paths, knowledge) if isinstance(d, Document))
    for batch in batches(found, BATCH_WORDS):
        made = [Analysis(document=d) for d in batch]
        for layer, stage in stages.items():
            made = [replace(a, **{layer: tuple(x)}) for a, x in zip(made, stage(made))]
        yield from made


def count(analyses: Iterable[Analysis]) -> list[Unknown]:
    """The unknown names of analyses with mentions and referents, by how many documents and mentions name them."""
    mentions: dict[tuple[str, str], int] = defaultdict(int)
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    example: dict[tuple[str, str], str] = {}
    for a in analyses:
        value = {r.mention: r.value.value for r in a.referents}
        sentence = {s.id: s.span for s in a.sentences}
        for m in a.mentions:
            if name := _unknown(m, value.get(m.id)):
                key = (m.kind.value, name)
                mentions[key] += 1
                held[key].add(a.document.id)
                span = sentence[m.sentence]
                example.setdefault(key, " ".join(a.document.text[span.start : span.end].split()))
    rows = [Unknown(k, n, c, len(held[k, n]), example[k, n]) for (k, n), c in mentions.items()]
    return sorted(rows, key=lambda u: (u.kind, -u.documents, -u.mentions, u.name))


def _unknown(mention: Mention, value: Referred | None) -> str:
    """The name of a mention that stayed unknown, or ""."""
    if mention.kind is MentionKind.PLACE:
        known = isinstance(value, Place) and bool(value.id)
        return "" if known else mention.words.quote
    if mention.kind is not MentionKind.ACTOR or not isinstance(value, Ref) or value.id or value.country:
        return ""
    return value.name if value.name[:1].isupper() and not value.role else ""
