"""Gists -> pairs worth judging: those that share a block, a cell of the calendar, or a report."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from coranto.linkage.features import OCCURRED, named, reach
from coranto.linkage.gists import Gist
from coranto.linkage.matching import weights
from coranto.linkage.places import apart
from coranto.records import EventType, make_id

CELL = 2  # days a cell of the calendar
BLOCK = 120  # pairs of more than this many coded events are not all looked at
SMALL = 24  # pairs of a block up to this size are all weighed, so that it can be told what keeps them apart
AIMS = 5  # words after a trigger, two of which bring two events together
RAREST = 4  # words by which the members of such a block are brought together
NEIGHBOURS = 12  # of a block that is still too large after it was split


class Cap(NamedTuple):
    """A block that was too large: its key, its size, and how many pairs of it were not looked at."""

    block: str
    size: int
    unseen: int


def pairs(gists: Iterable[Gist]) -> tuple[Iterator[tuple[Gist, Gist]], list[Cap]]:
    """Pairs that share a block, each once and in order of id; and the blocks that were too large.

    Keys and pairs are held as numbers: some tens of bytes a coded event and eight a pair.
    """
    ordered = sorted(gists)
    at = {g.id: n for n, g in enumerate(ordered)}
    codes = array("Q")
    caps = []
    for hashed, owners in _blocks(ordered):
        members = [ordered[n] for n in owners]
        before = len(codes)
        codes.extend(at[a.id] << 32 | at[b.id] for a, b in _within(members))
        if len(members) > BLOCK:
            name = next(key for key in _keys(members[0]) if _hash(key) == hashed)
            seen = len(set(codes[before:]))
            caps.append(Cap(name, len(members), len(members) * (len(members) - 1) // 2 - seen))
    found = np.unique(np.frombuffer(codes, dtype=np.uint64)) if codes else np.zeros(0, dtype=np.uint64)
    return ((ordered[int(c) >> 32], ordered[int(c) & 0xFFFFFFFF]) for c in found), sorted(caps)


def _blocks(ordered: Sequence[Gist]) -> Iterator[tuple[int, list[int]]]:
    """Keys, hashed, with the numbers of those that have them, where these are two or more."""
    hashes, owners = array("Q"), array("I")
    for n, g in enumerate(ordered):
        for key in set(_keys(g)):
            hashes.append(_hash(key))
            owners.append(n)
    if not hashes:
        return
    keys, held = np.frombuffer(hashes, dtype=np.uint64), np.frombuffer(owners, dtype=np.uint32)
    sort = np.lexsort((held, keys))
    keys, held = keys[sort], held[sort]
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    for start, end in pairwise(edges.tolist()):
        if end - start > 1:
            yield int(keys[start]), held[start:end].tolist()


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _keys(g: Gist) -> Iterator[str]:
    """Type (and those it may be taken for) x country, trigger or what it is aimed at x cell of the calendar."""
    sort = "occurred" if g.modality in OCCURRED else g.modality.value
    types = [g.type.value, *_taken_for(g.type)]
    countries = {r.country for r in (*g.actors, *g.recipients)} | {g.place.country if g.place else ""}
    known = [*sorted(c for c in countries if c), "?" + g.stem]
    yield f"{sort}|{g.type.value}|report {g.report}"
    low, high = _window(g)
    cells = range(low // CELL, high // CELL + 1) if low else range(1)
    aims = ["+".join(two) for two in combinations(sorted(g.aim)[:AIMS], 2)]
    for cell in cells:
        for aim in aims:
            yield f"{sort}|{g.type.value}|at {aim}|{cell}"
        for type_ in types:
            for country in known:
                yield f"{sort}|{type_}|{country}|{cell}"


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


def _within(members: list[Gist]) -> Iterator[tuple[Gist, Gist]]:
    if len(members) <= SMALL:
        yield from combinations(members, 2)
        return
    if len(members) <= BLOCK:
        yield from _possible(members)
        return
    finer: dict[str, list[Gist]] = defaultdict(list)
    spread = Counter(word for g in members for word in g.context | g.story)
    for g in members:
        for key in _finer(g, spread):
            finer[key].append(g)
    for key in sorted(finer):
        some = finer[key]
        if len(some) <= BLOCK:
            yield from _possible(sorted(some))
        else:
            some = sorted(some, key=lambda g: (make_id(g.echo), g.id))
            for n, a in enumerate(some):
                yield from ((a, b) if a.id < b.id else (b, a) for b in some[n + 1 : n + NEIGHBOURS])


def _possible(members: list[Gist]) -> Iterator[tuple[Gist, Gist]]:
    """Pairs of a block that neither their days nor their towns forbid: the others need no weighing."""
    known = [(g, *reach(g), g.place if g.place and g.place_stated else None) for g in members]
    for (a, low, high, place), (b, start, end, other) in combinations(known, 2):
        if low and start and (low > end or start > high) and (a.exact or b.exact):
            continue
        if place is not None and other is not None and place is not other and apart(place, other):
            continue
        yield a, b


def _finer(g: Gist, spread: Mapping[str, int]) -> Iterator[str]:
    """Keys within a block that is too large: place, word, figures, actors by name, the rarest words that it shares."""
    yield f"place {g.place.id or g.place.name}" if g.place else f"word {g.stem}"
    for figure in g.figures:
        yield f"figure {figure.what} {figure.low} {figure.high}"
    for name in sorted(named(g.actors) | named(g.recipients)):
        yield f"actor {name}"
    shared = sorted((spread[word], word) for word in g.context | g.story if spread[word] > 1)
    for _, word in shared[:RAREST]:
        yield f"rare {word}"
