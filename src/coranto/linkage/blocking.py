"""Gists -> pairs worth judging: those that share a block, a cell of the calendar, or a report."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from coranto.linkage.features import OCCURRED, named, reach
from coranto.linkage.gists import Gist
from coranto.linkage.matching import weights
from coranto.records import make_id

CELL = 2  # days a cell of the calendar
BLOCK = 120  # pairs of more than this many coded events are not all looked at
AIMS = 5  # words after a trigger, two of which bring two events together
RAREST = 4  # words by which the members of such a block are brought together
NEIGHBOURS = 12  # of a block that is still too large after it was split


class Cap(NamedTuple):
    """A block that was too large: its key, its size, and how many pairs of it were not looked at."""

    block: str
    size: int
    unseen: int


def pairs(gists: Iterable[Gist]) -> tuple[list[tuple[Gist, Gist]], list[Cap]]:
    """Pairs that share a block, each once and in order of id; and the blocks that were too large."""
    blocks: dict[str, list[Gist]] = defaultdict(list)
    for g in gists:
        for key in _keys(g):
            blocks[key].append(g)
    found: dict[tuple[str, str], tuple[Gist, Gist]] = {}
    caps = []
    for key in sorted(blocks):
        members = sorted(blocks[key])
        if len(members) < 2:
            continue
        seen = {(a.id, b.id): (a, b) for a, b in _within(members)}
        found.update(seen)
        if len(members) > BLOCK:
            caps.append(Cap(key, len(members), len(members) * (len(members) - 1) // 2 - len(seen)))
    return [found[k] for k in sorted(found)], caps


def _keys(g: Gist) -> Iterator[str]:
    """Type (and those it may be taken for) x country, trigger or what it is aimed at x cell of the calendar."""
    sort = "occurred" if g.modality in OCCURRED else g.modality.value
    types = [g.type.value, *("+".join(sorted(pair)) for pair in weights().types if g.type in pair)]
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


def _window(g: Gist) -> tuple[int, int]:
    """Days on which it may have happened, a night's width wider; at most two weeks of a long period."""
    low, high = reach(g)
    if high - low > 14:
        best = g.time.period.best.toordinal() if g.time and g.time.period else high
        low, high = best - 7, best + 7
    return (low - 1, high + 1) if low else (0, 0)


def _within(members: list[Gist]) -> Iterator[tuple[Gist, Gist]]:
    if len(members) <= BLOCK:
        yield from combinations(members, 2)
        return
    finer: dict[str, list[Gist]] = defaultdict(list)
    spread = Counter(word for g in members for word in g.context | g.story)
    for g in members:
        for key in _finer(g, spread):
            finer[key].append(g)
    for key in sorted(finer):
        some = finer[key]
        if len(some) <= BLOCK:
            yield from combinations(sorted(some), 2)
        else:
            some = sorted(some, key=lambda g: (make_id(g.echo), g.id))
            for n, a in enumerate(some):
                yield from ((a, b) if a.id < b.id else (b, a) for b in some[n + 1 : n + NEIGHBOURS])


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
