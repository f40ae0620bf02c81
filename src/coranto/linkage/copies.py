"""Texts of reports -> Lineage: which report took its words from which.

Runs of five words are compared, not vectors: words that two reports both *quote* are left out, and so is what one
outlet prints under many of its pieces. Candidates share rare runs, so the work grows with the number of reports.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coranto.linkage.gists import Origin
from coranto.records import Document, Lineage, LineageKind, Report, Span, Words

Grams = NDArray[np.uint64]
LENGTH = 5  # words a run
BOTH = 0.9  # of either's runs: the same text
WHOLE = 0.75  # of the newer text's words: it is the older one, edited or cut
EITHER = 0.5  # of either's runs, quotations included: texts that do little but quote are compared with them
SMALLER = 0.3  # of the smaller's runs: words are embedded
FEWEST = 8  # runs shared, below which nothing is said
PASSAGE = 40  # runs shared that are a passage, however long the reports
CROWD = 24  # reports that share a run, above which only neighbours in time are compared
HOUSE = 5  # documents of one outlet, and of no other, that share a run: the outlet's own furniture
SAMPLED = 160  # runs of a report from which on one in four is enough to meet others by
HELD = 400  # reports whose runs are kept at hand
GAP = 30  # words between two copied stretches that still count as one
_WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"“[^”\n]*(?:”|$|(?=\n))|(?<![\w.,!?])\"(?=\w)[^\"\n]{15,}?\"(?!\w)|«[^»\n]*»|„[^“\n]*“")
_PRIME = np.uint64(1099511628211)
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Print:
    """What is kept of one report: its words, packed, and a sample of its runs by which it meets others."""

    __slots__ = ("_packed", "document", "origin", "sample", "size", "start", "whole")

    def __init__(self, origin: Origin, document: str, text: str, span: Span) -> None:
        body = text[span.start : span.end]
        self.origin, self.document, self.start = origin, document, span.start
        self._packed = zlib.compress(body.encode("utf-8", "surrogatepass"), 1)
        made = Runs(body, span.start)
        self.size = made.size
        self.whole = int(np.bitwise_xor.reduce(made.order)) if len(made.order) else 0
        self.sample = made.own if len(made.own) < SAMPLED else made.own[made.own % np.uint64(4) == 0]

    @property
    def body(self) -> str:
        """The report's text."""
        return zlib.decompress(self._packed).decode("utf-8", "surrogatepass")

    def runs(self) -> "Runs":
        """All of its runs, made anew."""
        return Runs(self.body, self.start)

    def cite(self, span: Span) -> Words:
        """The words of a span of the document, as evidence."""
        quote = self.body[span.start - self.start : span.end - self.start]
        return Words(document=self.document, span=span, quote=quote)


class Runs:
    """The runs of words of one report: in order (with the words' offsets), and as a sorted set without quotations."""

    def __init__(self, body: str, start: int) -> None:
        found = list(_WORD.finditer(body))
        self.size = len(found)
        self.starts = np.array([start + m.start() for m in found], dtype=np.int64)
        self.ends = np.array([start + m.end() for m in found], dtype=np.int64)
        hashes = np.array([_hash(m.group().casefold()) for m in found], dtype=np.uint64)
        self.order = _runs(hashes)
        quoted = np.zeros(len(body) + 1, dtype=bool)
        for m in QUOTED.finditer(body):
            quoted[m.start() : m.end()] = True
        inside = quoted[self.starts - start] if len(found) else np.zeros(0, dtype=bool)
        touched = np.convolve(inside, np.ones(LENGTH))[LENGTH - 1 : len(found)] > 0 if len(self.order) else inside[:0]
        self.own: Grams = np.unique(self.order[~touched])
        self.grams: Grams = np.unique(self.order)

    def passages(self, other: "Runs") -> list[Span]:
        """The stretches that stand in another text too, small gaps closed."""
        made: list[list[int]] = []
        for n in np.flatnonzero(np.isin(self.order, other.grams)).tolist():
            if made and n - made[-1][1] <= GAP:
                made[-1][1] = n + LENGTH - 1
            else:
                made.append([n, n + LENGTH - 1])
        return [Span(int(self.starts[a]), int(self.ends[b])) for a, b in made if b - a >= LENGTH + FEWEST - 2]

    def covered(self, passages: Iterable[Span]) -> float:
        """The share of its words that lie in some of its stretches."""
        inside = sum(int(np.count_nonzero((self.starts >= s.start) & (self.ends <= s.end))) for s in passages)
        return inside / self.size if self.size else 0.0


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _runs(words: Grams) -> Grams:
    """A 64-bit hash of every run of ``LENGTH`` words."""
    count = len(words) - LENGTH + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    made = np.zeros(count, dtype=np.uint64)
    for n in range(LENGTH):
        made = made * _PRIME + words[n : n + count]
    made = made * _MIX
    return made ^ (made >> np.uint64(29))


def prints(document: Document, reports: Iterable[Report], origins: Mapping[str, Origin]) -> Iterator[Print]:
    """A print for every report of a document."""
    for r in reports:
        yield Print(origins[r.id], document.id, document.text, r.span)


def lineage(held: Iterable[Print]) -> list[Lineage]:
    """Who took words from whom, the older report (then the smaller rank) taken for the origin; in order of report."""
    ordered = sorted(held, key=lambda p: (p.origin.day or 10**7, p.origin.rank, p.origin.report))
    made: dict[tuple[str, str], Lineage] = {}
    for line in [*_versions(ordered), *_compared(ordered)]:
        made.setdefault((line.report, line.origin), line)
    return sorted(made.values(), key=lambda x: (x.report, x.origin))


def _versions(ordered: list[Print]) -> Iterator[Lineage]:
    """Bodies met under one address are versions of one text, post by post."""
    first: dict[tuple[str, int], Print] = {}
    place: Counter[str] = Counter()
    seen: dict[tuple[str, str], int] = {}
    for p in ordered:
        number = seen.setdefault((p.document, p.origin.report), place[p.document])
        place[p.document] += 1
        older = first.setdefault((p.origin.uri, number), p)
        if older is not p and older.document != p.document and _share(older.runs().own, p.runs().own)[0] >= FEWEST:
            how = LineageKind.SAME if older.whole == p.whole and older.size == p.size else LineageKind.EDITED
            yield Lineage(report=p.origin.report, origin=older.origin.report, how=how)


def _compared(ordered: list[Print]) -> Iterator[Lineage]:
    whole: dict[tuple[int, int], Print] = {}
    for p in ordered:
        if p.size >= LENGTH + FEWEST:
            older = whole.setdefault((p.whole, p.size), p)
            if older is not p and older.document != p.document:
                yield _same(older, p)
    postings, house = _postings(ordered)

    @lru_cache(maxsize=HELD)
    def runs(n: int) -> tuple[Runs, Grams]:
        made = ordered[n].runs()
        return made, np.setdiff1d(made.own, house, assume_unique=True) if len(house) else made.own

    for a, b in _candidates(postings, ordered):
        if line := _judge(ordered[a], ordered[b], runs(a), runs(b)):
            yield line


def _postings(ordered: list[Print]) -> tuple[list[list[int]], Grams]:
    """Reports by shared run, and the runs that are one outlet's furniture."""
    sampled = [p.sample for p in ordered]
    if not sampled:
        return [], np.zeros(0, dtype=np.uint64)
    grams = np.concatenate(sampled)
    owners = np.repeat(np.arange(len(ordered), dtype=np.uint32), [len(s) for s in sampled])
    sort = np.argsort(grams, kind="stable").astype(np.uint32)
    grams, owners = grams[sort], owners[sort]
    edges = np.flatnonzero(np.concatenate(([True], grams[1:] != grams[:-1], [True])))
    postings, house = [], []
    shared = np.diff(edges) > 1
    for start, end in zip(edges[:-1][shared].tolist(), edges[1:][shared].tolist(), strict=True):
        who = owners[start:end].tolist()
        if end - start >= HOUSE and _furniture([ordered[n].origin for n in who]):
            house.append(grams[start])
        else:
            postings.append(who)
    return postings, np.array(house, dtype=np.uint64)


def _furniture(who: list[Origin]) -> bool:
    """True if one owner's outlets alone have it, at ``HOUSE`` addresses or more."""
    return len({o.family for o in who}) == 1 and len({o.uri for o in who}) >= HOUSE


def _candidates(postings: list[list[int]], ordered: list[Print]) -> list[tuple[int, int]]:
    shared: Counter[tuple[int, int]] = Counter()
    for who in postings:
        if len(who) <= CROWD:
            shared.update((a, b) for n, a in enumerate(who) for b in who[n + 1 :])
        else:
            shared.update((who[0], b) for b in who[1:])
            shared.update(pairwise(who[1:]))
    return sorted(
        pair for pair, n in shared.items() if n >= 2 and ordered[pair[0]].document != ordered[pair[1]].document
    )


def _share(a: Grams, b: Grams) -> tuple[int, float, float]:
    """Runs in both; the share that they are of either, smaller share first."""
    if not len(a) or not len(b):
        return 0, 0.0, 0.0
    both = len(np.intersect1d(a, b, assume_unique=True))
    low, high = sorted((both / len(a), both / len(b)))
    return both, low, high


def _judge(older: Print, newer: Print, first: tuple[Runs, Grams], then: tuple[Runs, Grams]) -> Lineage | None:
    """What the newer text took from the older one: all of it, most of it, or passages.

    ``first`` and ``then`` are the runs of the two, and those of their own words that are no furniture.
    """
    both, low, high = _share(first[1], then[1])
    if high >= SMALLER and both >= 2 and (told := _share(first[0].grams, then[0].grams))[1] >= EITHER:
        both, low, high = told
    one_house = older.origin.family == newer.origin.family
    if both < FEWEST or (high < SMALLER and (one_house or both < PASSAGE)):
        return None
    if low >= BOTH:
        return _same(older, newer, score=low)
    passages = then[0].passages(first[0])
    covered = then[0].covered(passages)
    if covered >= WHOLE:
        return Lineage(report=newer.origin.report, origin=older.origin.report, how=LineageKind.EDITED,
                       score=round(covered, 3))  # fmt: skip
    return Lineage(report=newer.origin.report, origin=older.origin.report, how=LineageKind.EMBEDDED,
                   score=round(covered, 3), evidence=tuple(newer.cite(s) for s in passages))  # fmt: skip


def _same(older: Print, newer: Print, *, score: float = 1.0) -> Lineage:
    return Lineage(report=newer.origin.report, origin=older.origin.report, how=LineageKind.SAME, score=round(score, 3))
