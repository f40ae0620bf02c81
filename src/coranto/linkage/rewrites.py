"""Prints of reports -> Lineage: which report is another one retold, sentence by sentence, in other words.

Words change, names and numbers stay: they are a report's *marks*. One report is another rewritten if most of either's
marks are the other's, weighed by how few reports have them, and most sentences pair in one order. Reports of one event
share some marks, seldom most, and not in one order; marks in quotation marks do not count, nor do reports of one house.
"""

import re
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from math import log
from typing import NamedTuple

import numpy as np

from coranto.linkage.copies import QUOTED, Print
from coranto.records import Lineage, LineageKind, Span

FEWEST = 8  # marks of a report, and marks that two share, below which nothing is said
SENTENCES = 3  # fewest that pair
MOST = 0.6  # of either's marks by weight, and of either's sentences
DAYS = 3  # between the two
CROWD = 24  # reports that have a key, above which it brings nobody together
KEYS = 5  # keys that two share to be compared
FLOOR = 100  # reports that weights are counted from at least: of few reports, all marks are about equal
_SENTENCE = re.compile(r"(?<=\w[.!?])[”\"’»)]*\s+(?=[^\W_a-z]|[“\"„«(])|\n+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s?$")
Marks = list[frozenset[int]]


class _Told(NamedTuple):
    """A report by its marks, packed: sentence by sentence, a 0 after each."""

    print: Print
    packed: "array[int]"

    def sentences(self) -> Marks:
        """The marks of each sentence."""
        ends = [n for n, mark in enumerate(self.packed) if not mark]
        return [frozenset(self.packed[a + 1 : b]) for a, b in pairwise([-1, *ends])]

    def all(self) -> frozenset[int]:
        """The marks of the whole report."""
        return frozenset(self.packed) - {0}


def lineage(prints: Iterable[Print], copies: Iterable[Lineage]) -> list[Lineage]:
    """Rewritten reports, each with the sentences that pair as evidence; pairs of ``copies`` are left as they are."""
    known = {frozenset((x.report, x.origin)) for x in copies}
    ordered = sorted(prints, key=lambda p: (p.origin.day or 10**7, p.origin.rank, p.origin.report))
    told = [t for p in ordered if len((t := _told(p)).all()) >= FEWEST]
    spread = Counter(m for t in told for m in t.all())
    weight = {m: log(1 + max(len(told), FLOOR) / n) for m, n in spread.items()}
    made = []
    for a, b in _candidates(told, spread):
        older, newer = told[a], told[b]
        if frozenset((older.print.origin.report, newer.print.origin.report)) in known:
            continue
        share = _share(older, newer, weight)
        if share >= MOST and (paired := _paired(older.sentences(), newer.sentences())):
            spans = sentences(newer.print.body)
            start = newer.print.start
            cited = (Span(start + spans[n].start, start + spans[n].end) for n in paired)
            made.append(
                Lineage(report=newer.print.origin.report, origin=older.print.origin.report, score=round(share, 3),
                        how=LineageKind.REWRITTEN, evidence=tuple(map(newer.print.cite, cited)))
            )  # fmt: skip
    return sorted(made, key=lambda x: (x.report, x.origin))


def sentences(text: str) -> list[Span]:
    """The stretches between full stops, roughly."""
    ends = [0, *(n for m in _SENTENCE.finditer(text) for n in m.span()), len(text)]
    return [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if text[a:b].strip()]


def _told(p: Print) -> _Told:
    return _Told(p, array("I", (m for some in marks(p.body) for m in (*sorted(some), 0))))


def marks(text: str) -> Marks:
    """Names and numbers of each sentence, as hashes; a word that the text also has in small letters is no name."""
    bare = QUOTED.sub(lambda m: " " * len(m.group()), text)
    words = [_WORD.findall(bare[s.start : s.end]) for s in sentences(text)]
    small = {w for some in words for w in some if w[0].islower()}
    return [frozenset(_mark(w) for w in some if _names(w) and w.lower() not in small) for some in words]


def _names(word: str) -> bool:
    return word[0].isdigit() or (word[0].isupper() and len(word) > 2)


@lru_cache(maxsize=200_000)
def _mark(word: str) -> int:
    key = word.replace(",", "") if word[0].isdigit() else _POSSESSIVE.sub("", word).casefold()[:6]
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) or 1


def _candidates(told: Sequence[_Told], spread: Counter[int]) -> list[tuple[int, int]]:
    """Pairs of two houses, near in time, that share rare marks, or rare pairs of marks of one sentence."""
    codes, owners = array("Q"), array("I")
    for n, t in enumerate(told):
        keys = {m for m in t.all() if 1 < spread[m] <= CROWD}.union(_twos(t, spread))
        codes.extend(keys)
        owners.extend([n] * len(keys))
    by = np.argsort(np.frombuffer(codes, dtype=np.uint64), kind="stable") if codes else np.zeros(0, np.int64)
    keys_, who = np.array(codes, dtype=np.uint64)[by], np.array(owners, dtype=np.uint32)[by]
    edges = np.flatnonzero(np.concatenate(([True], keys_[1:] != keys_[:-1], [True])))
    met = array("Q")
    sizes = np.diff(edges)
    some = (sizes > 1) & (sizes <= CROWD)
    for start, size in zip(edges[:-1][some].tolist(), sizes[some].tolist(), strict=True):
        met.extend(a << 32 | b for a, b in combinations(who[start : start + size].tolist(), 2))
    two, times = np.unique(np.array(met, dtype=np.uint64), return_counts=True)
    often = ((code >> 32, code & 0xFFFFFFFF) for code in two[times >= KEYS].tolist())
    return [(a, b) for a, b in often if _apart(told[a].print, told[b].print)]


def _twos(t: _Told, spread: Counter[int]) -> Iterator[int]:
    """The rarest marks of each sentence that others have too, two by two."""
    for some in t.sentences():
        rarest = sorted((m for m in some if spread[m] > 1), key=lambda m: (spread[m], m))[:4]
        yield from (a << 32 | b for a, b in pairwise(rarest))


def _apart(a: Print, b: Print) -> bool:
    near = not a.origin.day or not b.origin.day or abs(a.origin.day - b.origin.day) <= DAYS
    return near and a.document != b.document and a.origin.family != b.origin.family


def _share(a: _Told, b: _Told, weight: dict[int, float]) -> float:
    """The part of the marks of either that both have, by weight; the smaller one."""
    one, other = a.all(), b.all()
    both = one & other
    if len(both) < FEWEST:
        return 0.0
    # in order, so that sums are the same in every run
    whole, also, shared = (sum(weight[m] for m in sorted(some)) for some in (one, other, both))
    return shared / max(whole, also)


def _paired(older: Marks, newer: Marks) -> list[int]:
    """The sentences of the newer report that pair with some of the older in one order, if they are most of either."""
    met = [(n, m) for n, y in enumerate(newer) for m, x in enumerate(older) if _alike(x, y)]
    chain = _chain(met)
    least = max(sum(map(bool, some)) for some in (older, newer))
    return chain if len(chain) >= max(SENTENCES, MOST * least) else []


def _alike(x: frozenset[int], y: frozenset[int]) -> bool:
    both = len(x & y)
    return both > 1 or (both == 1 and len(x | y) <= 3 and 1 in (len(x), len(y)))


def _chain(met: Sequence[tuple[int, int]]) -> list[int]:
    """The first sides of a longest run of pairs that rises on both sides."""
    tails: list[int] = []
    ends: list[tuple[int, tuple[int, ...]]] = []
    for n, m in sorted(met, key=lambda two: (two[0], -two[1])):
        at = bisect_left(tails, m)
        before = ends[at - 1][1] if at else ()
        tails[at : at + 1], ends[at : at + 1] = [m], [(m, (*before, n))]
    return list(ends[-1][1]) if ends else []
