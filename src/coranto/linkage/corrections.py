"""Notes of correction -> Lineage: which report a note corrects.

A note corrects the older versions of its page's address, and the older reports of its outlet's owner whose headline it
names, or that its own headline repeats behind a word such as "Correction:". A note that names none of these stands for
its own page alone and makes no line.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coranto.language.en import pageforms
from coranto.linkage.gists import Origin
from coranto.records import BlockKind, Document, Lineage, LineageKind, Report, Words

NAMED = 4  # words of the shortest headline that a note can name
_WORD = re.compile(r"[^\W_]+")


class Told(NamedTuple):
    """What one report says of corrections: its headline's words, and its notes, with the words of each."""

    origin: Origin
    headline: str
    notes: tuple[Words, ...]
    corrects: str  # the headline behind "Correction:" in its own headline, "" where there is none


def told(document: Document, reports: Iterable[Report], origins: dict[str, Origin]) -> Iterator[Told]:
    """What each report of a document says of corrections. A note outside all reports belongs to the first."""
    reports = list(reports)
    notes = [b.span for b in document.blocks if b.kind is BlockKind.CORRECTION]
    for n, r in enumerate(reports):
        own = [s for s in notes if s in r.span or (n == 0 and not any(s in other.span for other in reports))]
        head = document.text[r.headline.start : r.headline.end] if r.headline else document.title
        yield Told(
            origin=origins[r.id],
            headline=_plain(head),
            notes=tuple(document.cite(s.start, s.end) for s in own),
            corrects=_plain(pageforms.corrected(head)),
        )


def lineage(held: Iterable[Told]) -> list[Lineage]:
    """Which report corrects which, with the words of the note; in order of report."""
    ordered = sorted(held, key=lambda t: (t.origin.day or 10**7, t.origin.report))
    versions: dict[str, list[Told]] = defaultdict(list)
    named: dict[str, list[Told]] = defaultdict(list)
    for t in ordered:
        versions[t.origin.uri].append(t)
        named[t.origin.family].append(t)
    made: dict[tuple[str, str], Lineage] = {}
    for t in ordered:
        if not t.notes and not t.corrects:
            continue
        for older, words in (*_of_address(t, versions[t.origin.uri]), *_of_headline(t, named[t.origin.family])):
            line = Lineage(
                report=t.origin.report,
                origin=older.origin.report,
                how=LineageKind.CORRECTS,
                evidence=(words,) if words else (),
            )
            made.setdefault((line.report, line.origin), line)
    return sorted(made.values(), key=lambda x: (x.report, x.origin))


def _of_address(t: Told, versions: Iterable[Told]) -> Iterator[tuple[Told, Words | None]]:
    """The older reports of its address that have not its note yet."""
    for older in versions:
        if t.notes and _is_older(older, t) and older.headline and _akin(older.headline, t.headline):
            known = {_plain(w.quote) for w in older.notes}
            if new := next((w for w in t.notes if _plain(w.quote) not in known), None):
                yield older, new


def _of_headline(t: Told, others: Iterable[Told]) -> Iterator[tuple[Told, Words | None]]:
    notes = [(f" {_plain(w.quote)} ", w) for w in t.notes]
    for older in others:
        if not _is_older(older, t) or len(older.headline.split()) < NAMED or older.headline == t.headline:
            continue
        if older.headline == t.corrects:
            yield older, t.notes[0] if t.notes else None
        elif found := next((w for text, w in notes if f" {older.headline} " in text), None):
            yield older, found


def _is_older(older: Told, t: Told) -> bool:
    return older.origin.document != t.origin.document and older.origin.day <= t.origin.day


def _akin(a: str, b: str) -> bool:
    """True if two headlines share half of the shorter one's words: posts of one page are told apart by it."""
    left, right = set(a.split()), set(b.split())
    return 2 * len(left & right) >= min(len(left), len(right))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
