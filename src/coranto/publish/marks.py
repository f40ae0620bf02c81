"""Text and spans -> stretches of text, each with the marks that lie on it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from coranto.records import Record, Span

# From the least to the most telling; the last one of a stretch decides how it looks.
KINDS = ("source", "cue", "figure", "time", "place", "recipient", "actor", "trigger", "quote")


class Mark(Record, frozen=True, kw_only=True):
    """A kind of highlight over a span, with what it stands for in words."""

    kind: str
    span: Span
    note: str = ""


class Stretch(Record, frozen=True, kw_only=True):
    """Text under one and the same set of marks: their kinds, the last one leading, and the kinds that begin here."""

    text: str
    kinds: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    note: str = ""


def stretches(text: str, within: Span, marks: Iterable[Mark]) -> tuple[Stretch, ...]:
    """The text of ``within`` cut wherever a mark begins or ends; joined again it is the same text."""
    inside = sorted(
        (m for m in marks if m.span.overlaps(within)), key=lambda m: (m.span.start, -m.span.end, _rank(m.kind))
    )
    cuts = {within.start, within.end}
    for mark in inside:
        cuts |= {max(mark.span.start, within.start), min(mark.span.end, within.end)}
    edges = sorted(cuts)
    return tuple(_stretch(text, a, b, inside) for a, b in pairwise(edges))


def _stretch(text: str, start: int, end: int, marks: Sequence[Mark]) -> Stretch:
    over = sorted((m for m in marks if m.span.start <= start and end <= m.span.end), key=lambda m: _rank(m.kind))
    kinds = tuple(dict.fromkeys(m.kind for m in over))
    note = "; ".join(dict.fromkeys(f"{m.kind}: {m.note}" if m.note else m.kind for m in reversed(over)))
    starts = tuple(dict.fromkeys(m.kind for m in over if m.span.start == start))
    return Stretch(text=text[start:end], kinds=kinds, starts=starts, note=note)


def _rank(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else -1
