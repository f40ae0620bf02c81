"""Gists -> pairs worth judging: those that share a block, a cell of the calendar, or a report, and may be near misses.

Everything is numbers: keys and pairs are columns, and one stretch of the calendar is held at a time, so that time grows
with the number of coded events and memory with the pairs that are kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain, combinations, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coranto.linkage.features import OCCURRED, named, reach
from coranto.linkage.gists import Gist
from coranto.linkage.matching import weights
from coranto.linkage.places import Atlas
from coranto.linkage.screening import Columns, Numbers
from coranto.records import EventType, Place

CELL = 2  # days a cell of the calendar
BLOCK = 120  # pairs of more than this many coded events are not all looked at
SMALL = 24  # pairs of a block up to this size are all weighed, so that it can be told what keeps them apart
AIMS = 5  # words after a trigger, two of which bring two events together
RAREST = 6  # words by which the members of such a block are brought together
NEIGHBOURS = 12  # of a block that is still too large after it was split
NEAREST = 24  # pairs of a coded event in one cell of the calendar, the most promising first, that are judged
AT_HAND = 1 << 15  # coded events whose finer keys are held until the calendar has moved on
CHUNK = 1 << 20  # pairs whose bounds are worked out at once

Codes = NDArray[np.uint64]


class Cap(NamedTuple):
    """What was too much to look at: its key, how many coded events it has, and how many pairs were not looked at."""

    block: str
    size: int
    unseen: int


class _Keying(NamedTuple):
    """How a key of a block is one number: the cell of the calendar, counted from ``low``, before a hash of ``bits``."""

    low: int
    bits: int

    def number(self, cell: int, key: str) -> int:
        return (cell - self.low + 1 if cell else 0) << self.bits | _hash(key) & ((1 << self.bits) - 1)


@lru_cache(maxsize=1 << 16)
def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class _Cell(NamedTuple):
    """The blocks of a cell of the calendar: keys, and where the numbers of those that have each begin and end."""

    keys: Codes
    starts: Numbers
    ends: Numbers
    owners: NDArray[np.uint32]


class Candidates(NamedTuple):
    """Coded events in order, and pairs of their numbers, the smaller first, in order."""

    ordered: Sequence[Gist]
    left: Numbers
    right: Numbers

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Both numbers of every pair."""
        for start in range(0, len(self.left), CHUNK):
            some = slice(start, start + CHUNK)
            yield from zip(self.left[some].tolist(), self.right[some].tolist(), strict=True)


def pairs(gists: Iterable[Gist], *, least: float) -> tuple[Candidates, list[Cap]]:
    """Pairs that share a block and whose weighted features may sum to ``least``, each once; and what was too much."""
    ordered = sorted(gists)
    columns, looking = Columns(ordered), _Looking(ordered)
    kept: list[Codes] = []
    size = unseen = 0
    for cell in _cells(ordered, looking.keying):
        codes, bound = _promising(_unique(looking.codes(cell)), columns, least)
        nearest = _nearest(codes, bound)
        if len(nearest) < len(codes):
            size, unseen = size + len(np.unique(_both(codes))), unseen + len(codes) - len(nearest)
        kept.append(nearest)
    if unseen:
        looking.caps.append(Cap(f"more than {NEAREST} promising pairs of a coded event", size, unseen))
    return Candidates(ordered, *_split(_unique(kept))), sorted(looking.caps)


def _both(codes: Codes) -> Numbers:
    return np.concatenate(_split(codes))


def _split(codes: Codes) -> tuple[Numbers, Numbers]:
    return (codes >> np.uint64(32)).astype(np.int64), (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _unique(parts: Iterable[Codes]) -> Codes:
    """All codes, each once and in order; no more than twice the memory of the result and one part."""
    held: list[Codes] = []
    size = limit = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > max(CHUNK, 2 * limit):
            held = [_distinct(np.concatenate(held))]
            size = limit = len(held[0])
    return _distinct(np.concatenate(held)) if held else np.zeros(0, dtype=np.uint64)


def _distinct(codes: Codes) -> Codes:
    """Each code once, in order. They are put in order where they lie: nothing is held but them and the result."""
    codes.sort()
    return codes[_turns(codes)[:-1]]


def _promising(codes: Codes, columns: Columns, least: float) -> tuple[Codes, NDArray[np.float64]]:
    """Pairs that may score enough, each with the most that it may score."""
    kept, bounds = [codes[:0]], [np.zeros(0)]
    for start in range(0, len(codes), CHUNK):
        some = codes[start : start + CHUNK]
        bound = columns.bound(*_split(some))
        kept.append(some[bound >= least])
        bounds.append(bound[bound >= least])
    return np.concatenate(kept), np.concatenate(bounds)


def _nearest(codes: Codes, bound: NDArray[np.float64]) -> Codes:
    """Pairs that are among the ``NEAREST`` most promising of either of the two."""
    if len(codes) <= NEAREST:
        return codes
    ends = _both(codes)
    at = np.tile(np.arange(len(codes)), 2)
    order = np.lexsort((at, -bound[at], ends))
    ends, at = ends[order], at[order]
    first = np.flatnonzero(np.concatenate(([True], ends[1:] != ends[:-1])))
    rank = np.arange(len(ends)) - np.repeat(first, np.diff(np.append(first, len(ends))))
    return codes[np.unique(at[rank < NEAREST])]


# -- blocks -------------------------------------------------------------------------------------------------


def _keying(ordered: Sequence[Gist]) -> _Keying:
    cells = [w for g in ordered if (w := _window(g))[0]]
    low = min((w[0] // CELL for w in cells), default=0)
    high = max((w[1] // CELL for w in cells), default=0)
    return _Keying(low, 64 - len(ordered).bit_length() - max(1, (high - low + 1).bit_length()))


def _cells(ordered: Sequence[Gist], keying: _Keying) -> Iterator[_Cell]:
    """Cell by cell of the calendar, the blocks of two or more."""
    bits = len(ordered).bit_length()
    told = (keying.number(cell, key) << bits | n for n, g in enumerate(ordered) for cell, key in _keys(g))
    keys = _distinct(np.fromiter(told, dtype=np.uint64))
    owners = (keys & np.uint64((1 << bits) - 1)).astype(np.uint32)
    keys >>= np.uint64(bits)
    edges = _turns(keys)
    full = np.diff(edges) > 1
    starts, ends = edges[:-1][full], edges[1:][full]
    keys = keys[starts]
    for begin, end in pairwise(_turns(keys >> np.uint64(keying.bits)).tolist()):
        some = slice(begin, end)
        yield _Cell(keys[some], starts[some], ends[some], owners)


def _turns(values: NDArray[Any]) -> Numbers:
    """Where runs of equal values begin, and the end."""
    return (
        np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1], [True])))
        if len(values)
        else np.zeros(1, np.int64)
    )


def _keys(g: Gist) -> Iterator[tuple[int, str]]:
    """Cell of the calendar, and type (and those it may be taken for) x country, trigger or what it is aimed at."""
    sort = "occurred" if g.modality in OCCURRED else g.modality.value
    countries = {r.country for r in (*g.actors, *g.recipients)} | {g.place.country if g.place else ""}
    known = [*sorted(c for c in countries if c), "?" + g.stem]
    yield 0, f"{sort}|{g.type.value}|report {g.report}"
    low, high = _window(g)
    keys = [f"{sort}|{g.type.value}|at {'+'.join(two)}" for two in combinations(g.aim[:AIMS], 2)]
    keys += [f"{sort}|{type_}|{country}" for type_ in (g.type.value, *_taken_for(g.type)) for country in known]
    for cell in range(low // CELL, high // CELL + 1) if low else range(1):
        for key in keys:
            yield cell, key


@cache
def _taken_for(type_: EventType) -> tuple[str, ...]:
    return tuple("+".join(sorted(pair)) for pair in weights().types if type_ in pair)


def _window(g: Gist) -> tuple[int, int]:
    """Days on which it may have happened, a night's width wider; at most two weeks of a long period."""
    low, high = reach(g)
    if high - low > 14:
        best = g.time.period.best.toordinal() if g.time and g.time.period else high
        low, high = best - 7, best + 7
    return (low - 1, high + 1) if low else (0, 0)


# -- pairs of a block ---------------------------------------------------------------------------------------


class _Looking:
    """Blocks -> the pairs of them that are looked at; what is left out of a large one is noted in ``caps``."""

    def __init__(self, ordered: Sequence[Gist]) -> None:
        self.ordered, self.keying = ordered, _keying(ordered)
        self.caps: list[Cap] = []
        self._fine: dict[int, Numbers] = {}
        self._numbers: dict[str, int] = {}
        reached = np.array([reach(g) for g in ordered], dtype=np.int64).reshape(-1, 2)
        self.low, self.high = reached[:, 0].copy(), reached[:, 1].copy()
        self.exact = np.fromiter((g.exact for g in ordered), dtype=np.bool_, count=len(ordered))
        held: dict[Place, int] = {}
        stated = (g.place if g.place and g.place_stated else None for g in ordered)
        self.at = np.fromiter(
            (-1 if p is None else held.setdefault(p, len(held)) for p in stated), dtype=np.int64, count=len(ordered)
        )
        self.atlas = Atlas(list(held))

    def codes(self, cell: _Cell) -> Iterator[Codes]:
        """Codes of the pairs of a cell's blocks that are looked at."""
        sizes = cell.ends - cell.starts
        yield from _by_size(cell.owners, cell.starts[sizes <= SMALL], sizes[sizes <= SMALL])
        for at in np.flatnonzero(sizes > SMALL).tolist():
            owners = cell.owners[cell.starts[at] : cell.ends[at]].astype(np.int64)
            if len(owners) <= BLOCK:
                n, m = _triangle(len(owners))
                yield self._possible(_codes(owners[n], owners[m]))
            else:
                yield self._capped(int(cell.keys[at]), owners)

    def _capped(self, hashed: int, owners: Numbers) -> Codes:
        seen = self._possible(_unique(self._split(owners)))
        keys = _keys(self.ordered[owners[0]])
        name = next(f"{key}|{cell}" for cell, key in keys if self.keying.number(cell, key) == hashed)
        self.caps.append(Cap(name, len(owners), len(owners) * (len(owners) - 1) // 2 - len(seen)))
        return seen

    def _split(self, owners: Numbers) -> Iterator[Codes]:
        """Pairs of a block that is too large: by place, word, figures, names, rare words; else of neighbours."""
        if len(self._fine) > AT_HAND:
            self._fine.clear()
            self._numbers.clear()
        told = [self._finer(n) for n in owners.tolist()]
        keys = np.concatenate(told)
        who = np.repeat(owners, [len(some) for some in told])
        order = np.lexsort((who, keys))
        keys, who = keys[order], who[order]
        edges = _turns(keys)
        starts, sizes = edges[:-1], np.diff(edges)
        few = (sizes > 1) & (sizes <= BLOCK)
        yield from _by_size(who, starts[few], sizes[few])
        for start, size in zip(starts[sizes > BLOCK].tolist(), sizes[sizes > BLOCK].tolist(), strict=True):
            some = who[start : start + size]
            yield from (_codes(some[:-step], some[step:]) for step in range(1, NEIGHBOURS))

    def _finer(self, n: int) -> Numbers:
        """The keys, as numbers, by which a coded event is brought together with others of a block that is too large."""
        if n not in self._fine:
            g = self.ordered[n]
            told = [f"place {g.place.id or g.place.name}" if g.place else f"word {g.stem}"]
            told += [f"figure {f.what} {f.low} {f.high}" for f in g.figures]
            told += [f"actor {name}" for name in named(g.actors) | named(g.recipients)]
            shared = ((self._spread[word], word) for word in {*g.context, *g.story} if self._spread[word] > 1)
            told += [f"rare {word}" for _, word in nsmallest(RAREST, shared)]
            self._fine[n] = np.array([self._numbers.setdefault(key, len(self._numbers)) for key in told])
        return self._fine[n]

    @cached_property
    def _spread(self) -> Counter[str]:
        """How many coded events have a word around them, and how many reports a name in them."""
        stories = {g.report: g.story for g in self.ordered}
        return Counter(chain(chain.from_iterable(g.context for g in self.ordered), *stories.values()))

    def _possible(self, codes: Codes) -> Codes:
        """Codes of the pairs that neither their days nor their towns forbid."""
        a, b = _split(codes)
        known = (self.low[a] != 0) & (self.low[b] != 0) & (self.exact[a] | self.exact[b])
        other_days = known & ((self.low[a] > self.high[b]) | (self.low[b] > self.high[a]))
        a, b = a[~other_days], b[~other_days]
        told = np.flatnonzero((self.at[a] >= 0) & (self.at[b] >= 0))
        open_ = np.ones(len(a), dtype=np.bool_)
        open_[told] = ~self.atlas.apart(self.at[a[told]], self.at[b[told]])
        return _codes(a[open_], b[open_])


def _by_size(owners: NDArray[Any], starts: Numbers, sizes: Numbers) -> Iterator[Codes]:
    """Codes of all pairs within stretches of some numbers; stretches of one size are done at once."""
    for size in np.unique(sizes).tolist():
        n, m = _triangle(size)
        some = starts[sizes == size]
        for part in np.array_split(some, 1 + len(some) * len(n) // CHUNK):
            held = owners[part[:, None] + np.arange(size)]
            yield _codes(held[:, n].ravel(), held[:, m].ravel())


@cache
def _triangle(size: int) -> tuple[Numbers, Numbers]:
    """Both sides of all pairs of so many."""
    n, m = np.triu_indices(size, 1)
    return n, m


def _codes(a: NDArray[Any], b: NDArray[Any]) -> Codes:
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return np.asarray(low << np.uint64(32) | high, dtype=np.uint64)
