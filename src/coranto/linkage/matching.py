"""Gists -> scored pairs: which two coded events may tell of one event, why, and what forbids it."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.linkage.figures import compare, far
from coranto.linkage.gists import Gist
from coranto.linkage.places import FINE, apart, same
from coranto.records import (
    EventType,
    FigureKind,
    Merge,
    Modality,
    Precision,
    Ref,
    RefKind,
    Relation,
    make_id,
)

FOLDER = DATA / "linkage"
CELL = 2  # days a cell of the calendar
BLOCK = 120  # pairs of more than this many coded events are not all looked at
RAREST = 4  # words by which the members of such a block are brought together
NEIGHBOURS = 12  # of a block that is still too large after it was split
LATE = 3  # days after an event on which it may still be told as news, where no day is named
LITTLE = 0.04  # share of words in common below which two passages have nothing in common
TOLLS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.CASUALTIES})
NEARBY = 400  # characters within which a bare mention takes up the event before it
OCCURRED = frozenset({Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.DENIED, Modality.NEGATED,
                      Modality.BACKGROUND})  # fmt: skip
OF_OWN_KIND = frozenset({Modality.DENIED, Modality.NEGATED, Modality.BACKGROUND})
TWO_SIDED = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
VERBAL = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT,
                    EventType.SANCTION, EventType.AID})  # fmt: skip
VOTES = frozenset({FigureKind.VOTES_FOR, FigureKind.VOTES_AGAINST, FigureKind.ABSTENTIONS})
DECISIVE = frozenset({FigureKind.DRONES, FigureKind.MISSILES, FigureKind.AIRCRAFT, FigureKind.SHIPS})


class Weights(NamedTuple):
    """Weights by feature, and what a pair of unequal types loses; pairs of types not listed never match."""

    features: Mapping[str, float]
    types: Mapping[frozenset[EventType], float]


class Cap(NamedTuple):
    """A block that was too large: its key, its size, and how many pairs of it were not looked at."""

    block: str
    size: int
    unseen: int


@cache
def weights(folder: Path = FOLDER) -> Weights:
    """The weights that ship."""
    features = {
        r["feature"]: float(r["weight"]) for r in read_rows(folder / "weights.tsv", columns=("feature", "weight"))
    }
    rows = read_rows(folder / "types.tsv", columns=("a", "b", "weight"))
    return Weights(features, {frozenset({EventType(r["a"]), EventType(r["b"])}): float(r["weight"]) for r in rows})


# -- blocking ---------------------------------------------------------------------------------------------


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
    """Type (and the types it may be taken for) x country x cell of the calendar, with the neighbouring cells."""
    sort = "occurred" if g.modality in OCCURRED else g.modality.value
    types = [g.type.value, *("+".join(sorted(pair)) for pair in weights().types if g.type in pair)]
    countries = {r.country for r in (*g.actors, *g.recipients)} | {g.place.country if g.place else ""}
    known = sorted(c for c in countries if c) or ["?" + g.stem]
    yield f"{sort}|{g.type.value}|report {g.report}"
    low, high = _window(g)
    cells = range(low // CELL, high // CELL + 1) if low else range(1)
    for cell in cells:
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


def reach(g: Gist) -> tuple[int, int]:
    """First and last day on which it may have happened: the days named, or the days before it was told."""
    if g.low and g.exact:
        return g.low, g.high
    if g.low:
        stated = g.high - g.low > 2
        return (g.low, g.high) if stated else (g.low - LATE, g.high)
    return (g.published - LATE, g.published) if g.published else (0, 0)


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
    for name in sorted(_named(g.actors) | _named(g.recipients)):
        yield f"actor {name}"
    shared = sorted((spread[word], word) for word in g.context | g.story if spread[word] > 1)
    for _, word in shared[:RAREST]:
        yield f"rare {word}"


# -- features ---------------------------------------------------------------------------------------------


def judge(a: Gist, b: Gist) -> Merge:
    """How likely it is that two coded events are one, with every feature's share in the sum, and what forbids it."""
    w = weights()
    found = dict(features(a, b))
    shares = {name: round(value * w.features[name], 3) for name, value in found.items()}
    if a.type is not b.type:
        shares["types differ"] = w.types.get(frozenset({a.type, b.type}), -6.0)
    shares["bias"] = w.features["bias"]
    total = sum(shares.values())
    x, y = (a, b) if a.id <= b.id else (b, a)
    return Merge(a=x.id, b=y.id, score=round(1 / (1 + math.exp(-total)), 4), features=dict(sorted(shares.items())),
                 vetoes=tuple(vetoes(a, b)))  # fmt: skip


def features(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    """Features of a pair, by the names of `weights.tsv`; it is symmetric."""
    if a.type is b.type:
        yield "same type", 1.0
    if (a.mode and a.mode == b.mode) or (len(a.cameo) > 2 and a.cameo[:3] == b.cameo[:3]):
        yield "same mode", 1.0
    elif a.mode and b.mode:
        yield "other mode", 1.0
    yield from _who(a, b)
    yield from _when(a, b)
    yield from _where(a, b)
    if a.stem and a.stem == b.stem:
        yield "same word", 1.0
    if a.instrument and b.instrument:
        yield ("same instrument" if _alike(a.instrument, b.instrument) else "other instrument"), 1.0
    yield from _figures(a, b)
    shared = _overlap(a.context, b.context)
    yield "context", shared
    if shared < LITTLE and a.report != b.report:
        yield "other words", 1.0
    if a.report == b.report:
        yield ("one sentence" if a.sentence == b.sentence else "one report"), 1.0
        if a.sentence != b.sentence and _takes_up(a, b):
            yield "taken up again", 1.0
    else:
        yield "story", _overlap(a.story, b.story)
    if (a.modality in OF_OWN_KIND) is not (b.modality in OF_OWN_KIND):
        yield "other sort of modality", 1.0
    if _answers(a, b) or _answers(b, a):
        yield "denied by the accused", 1.0


def bare(g: Gist) -> bool:
    """True if nothing tells whose event it is, or where: "the attack", "three were killed"."""
    return g.place is None and not g.actors and not any(r.country or r.id for r in g.recipients)


def _takes_up(a: Gist, b: Gist) -> bool:
    """True if one of two neighbours of one type in a report is bare: it says more of the other."""
    near = abs(a.trigger.span.start - b.trigger.span.start) <= NEARBY
    return near and a.type is b.type and bare(a) is not bare(b)


def _answers(denial: Gist, told: Gist) -> bool:
    """True if an event is denied by the side that is said to have done it."""
    if denial.modality not in (Modality.DENIED, Modality.NEGATED) or told.modality in OF_OWN_KIND:
        return False
    return bool(denial.claimant_country) and denial.claimant_country in {r.country for r in told.actors}


def _who(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    sides = [(a.actors, b.actors, "actor"), (a.recipients, b.recipients, "recipient")]
    if a.type in TWO_SIDED and b.type in TWO_SIDED:
        if _shared((*a.actors, *a.recipients), (*b.actors, *b.recipients)) == "":
            yield "other actor", 1.0
            return
        if _crosses(a, b):
            sides = [(a.actors, b.recipients, "actor"), (a.recipients, b.actors, "recipient")]
    for left, right, side in sides:
        if left and right:
            found = _shared(left, right)
            if found:
                yield f"same {side}" + (" country" if found == "country" else ""), 1.0
            elif found == "":
                yield f"other {side}", 1.0
        elif not left and not right and side == "recipient":
            yield "both silent on recipient", 1.0


def _crosses(a: Gist, b: Gist) -> bool:
    straight = bool(_shared(a.actors, b.actors)) + bool(_shared(a.recipients, b.recipients))
    crossed = bool(_shared(a.actors, b.recipients)) + bool(_shared(a.recipients, b.actors))
    return crossed > straight


def _shared(left: tuple[Ref, ...], right: tuple[Ref, ...]) -> str | None:
    """ "id" or "country" where two lists of actors meet, "" where they are known and do not, None where unknown.

    A country that both name as a whole says no more than a country that they share.
    """
    if _named(left) & _named(right):
        return "id"
    x, y = {r.country for r in left if r.country}, {r.country for r in right if r.country}
    if x & y:
        return "country"
    return "" if x and y else None


def _named(refs: tuple[Ref, ...]) -> set[str]:
    return {r.id or r.name.casefold() for r in refs if r.kind is not RefKind.COUNTRY}


def _when(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    (low, high), (start, end) = reach(a), reach(b)
    if not low or not start:
        return
    if a.exact and b.exact and a.low <= b.high and b.low <= a.high:
        yield "same day", 1.0
    elif low <= end and start <= high:
        told = "days overlap" if a.exact or b.exact or a.report == b.report else "told the same days"
        yield told, 1.0 if max(high - low, end - start) <= 31 else 0.3
    elif max(low, start) - min(high, end) <= 1:
        yield "near day", 1.0


def _where(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    if a.place is None or b.place is None:
        return
    p, q = a.place, b.place
    if same(p, q):
        yield ("same town" if p.precision in FINE else "within"), 1.0
    elif apart(p, q):
        return
    elif p.country and p.country == q.country:
        if Precision.COUNTRY in (p.precision, q.precision) or p.precision is not q.precision:
            yield "within", 1.0
        elif p.admin1 and p.admin1 == q.admin1:
            yield "same province", 1.0


def _figures(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    best = ""
    if _far(a, b):
        yield "far figure", 1.0
    for f in a.figures:
        for g in b.figures:
            if f.what is not g.what:
                continue
            relation, _ = compare(f, g)
            if relation is Relation.SAME:
                best = "same figure"
            elif relation in (Relation.BOUND, Relation.SUBSET):
                best = best if best == "same figure" else "near figure"
            elif relation is Relation.CONTESTED:
                best = best or "other figure"
    if best:
        yield best, 1.0


def _far(a: Gist, b: Gist) -> bool:
    return any(f.what is g.what and f.what in TOLLS and far(f, g) for f in a.figures for g in b.figures)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return round(len(a & b) / len(a | b), 3) if a and b else 0.0


def _alike(a: str, b: str) -> bool:
    return bool(set(a.split()) & set(b.split()))


# -- vetoes -----------------------------------------------------------------------------------------------


def vetoes(a: Gist, b: Gist) -> Iterator[str]:
    """What forbids that two coded events are one, whatever their score."""
    if a.parent == b.id or b.parent == a.id:
        yield "one is the content of the other"
    if (a.modality in OCCURRED) is not (b.modality in OCCURRED) or (
        a.modality not in OCCURRED and a.modality is not b.modality
    ):
        yield "one is told as happened, the other as wanted, planned or possible"
    (low, high), (start, end) = reach(a), reach(b)
    if (
        low
        and start
        and (low > end or start > high)
        and (a.exact or b.exact or max(low, start) - min(high, end) > LATE)
    ):
        yield "other days"
    if a.place and b.place and a.place_stated and b.place_stated and apart(a.place, b.place):
        yield "other places"
    if a.type in VERBAL and b.type in VERBAL and a.actors and b.actors and _shared(a.actors, b.actors) == "":
        yield "other speakers"
    if a.type in VERBAL and b.type in VERBAL and _shared(a.recipients, b.recipients) == "":
        yield "other addressees"
    if a.sentence == b.sentence and (_differ(a.actors, b.actors) or _differ(a.recipients, b.recipients)):
        yield "told apart in one sentence"
    one_town = a.place and b.place and a.place.precision in FINE and same(a.place, b.place)
    if not one_town and _far(a, b):
        yield "tolls of other orders"
    yield from _counts_veto(a, b)


def _differ(left: tuple[Ref, ...], right: tuple[Ref, ...]) -> bool:
    return bool(left and right) and not {r.id or r.name for r in left} & {r.id or r.name for r in right}


def _counts_veto(a: Gist, b: Gist) -> Iterator[str]:
    for f in a.figures:
        for g in b.figures:
            if f.what is not g.what or compare(f, g)[0] is not Relation.CONTESTED:
                continue
            if f.what in VOTES:
                yield "another vote"
            elif f.what in DECISIVE and a.instrument and b.instrument and not _alike(a.instrument, b.instrument):
                yield "another weapon and another number of it"
