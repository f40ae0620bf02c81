"""A record -> three ways of merging its coded events, side by side: one a day, near in space and time, and its own."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from coranto.linkage.figures import compare
from coranto.linkage.places import FINE, apart, kilometres
from coranto.records import Basis, CodedEvent, Figure, FigureKind, Modality, Place, Ref, Relation
from coranto.store.sqlite import Store

KM = 1.0
DAYS = 1
TOLLS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.CASUALTIES})
HAPPENED = frozenset({Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.BACKGROUND})
MOST_PAIRS = 2_000  # of one group that are looked at for contradictions
SIZES = ((1, 1), (2, 2), (3, 5), (6, 20), (21, 10**9))

Pair = tuple[str, str]


class Told(NamedTuple):
    """What the modes and the contradictions look at in a coded event. ``day`` is an ordinal, 0 where unknown."""

    id: str
    type: str
    cameo: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day: int
    named: tuple[int, int] | None  # first and last day, where words name them
    place: Place | None
    tolls: tuple[Figure, ...]
    happened: bool | None  # None: planned, wanted, possible


class Mode(NamedTuple):
    """What one way of merging makes of the coded events."""

    name: str
    events: int
    merged: int  # coded events fewer than there were
    sizes: tuple[int, ...]  # events of each of ``SIZES``
    largest: int
    pairs: frozenset[Pair]
    contradictory: Mapping[str, int]  # pairs that cannot be one event, by what forbids it


def modes(store: Store) -> list[Mode]:
    """The three modes over all coded events of a linked record."""
    told = [_told(e) for e in store.coded()]
    held = {t.id: t for t in told}
    groups = {
        "one a day": _grouped(told, _one_a_day),
        f"{KM:.0f} km, {DAYS} day": _near(told),
        "coranto": [[held[c] for c in e.coded if c in held] for e in store.events()],
    }
    return [_mode(name, some) for name, some in groups.items()]


def table(made: Sequence[Mode]) -> Iterator[str]:
    """The modes as lines of a Markdown table, and below it the pairs in which each differs from the record's own."""
    own = made[-1].pairs
    names = ["1", "2", "3-5", "6-20", "21+"]
    rows = [("events", [m.events for m in made]), ("coded events merged away", [m.merged for m in made])]
    rows += [(f"events of {name} coded events", [m.sizes[n] for m in made]) for n, name in enumerate(names)]
    rows += [("largest", [m.largest for m in made]), ("merged pairs", [len(m.pairs) for m in made])]
    reasons = sorted({r for m in made for r in m.contradictory})
    rows += [(f"pairs that contradict: {r}", [m.contradictory.get(r, 0) for m in made]) for r in reasons]
    rows += [("pairs that coranto keeps apart", [len(m.pairs - own) for m in made])]
    rows += [("pairs of coranto that it keeps apart", [len(own - m.pairs) for m in made])]
    yield "| | " + " | ".join(m.name for m in made) + " |"
    yield "|---|" + "---|" * len(made)
    for name, values in rows:
        yield f"| {name} | " + " | ".join(f"{v:,}" for v in values) + " |"


def _told(e: CodedEvent) -> Told:
    period = e.time.value.period if e.time else None
    named = e.time is not None and e.time.basis is not Basis.ASSUMED and period is not None
    return Told(
        id=e.id, type=e.type.value.value, cameo=e.cameo, actors=_codes(a.value for a in e.actors),
        recipients=_codes(r.value for r in e.recipients), day=period.best.toordinal() if period else 0,
        named=(period.low.toordinal(), period.high.toordinal()) if named and period else None,
        place=e.place.value if e.place and e.place.basis is not Basis.ASSUMED else None,
        tolls=tuple(f.value for f in e.figures if f.value.what in TOLLS),
        happened=True if e.modality.value in HAPPENED else False if e.modality.value in
        (Modality.DENIED, Modality.NEGATED) else None,
    )  # fmt: skip


def _codes(refs: Iterable[Ref]) -> tuple[str, ...]:
    return tuple(sorted({r.code or r.name.casefold() for r in refs}))


def _one_a_day(t: Told) -> Hashable:
    """The rule of the large event data sets: day, actors and code are equal; one that lacks any stands alone."""
    return (t.day, t.actors, t.recipients, t.cameo) if t.day and t.actors and t.cameo else t.id


def _grouped(told: Iterable[Told], key: Callable[[Told], Hashable]) -> list[list[Told]]:
    held: dict[Hashable, list[Told]] = defaultdict(list)
    for t in told:
        held[key(t)].append(t)
    return list(held.values())


def _near(told: Sequence[Told]) -> list[list[Told]]:
    """Of one type, and each within a kilometre and a day of another; what has no town stands alone."""
    cells: dict[tuple[str, int], list[Told]] = defaultdict(list)
    root = {t.id: t.id for t in told}

    def first(id_: str) -> str:
        while root[id_] != id_:
            id_ = root[id_]
        return id_

    for t in told:
        if t.day and t.place and t.place.precision in FINE and t.place.latitude is not None:
            for day in range(t.day - DAYS, t.day + 1):
                for other in cells.get((t.type, day), ()):
                    _join(t, other, first, root)
            for other in cells.get((t.type, t.day + DAYS), ()):
                _join(t, other, first, root)
            cells[t.type, t.day].append(t)
    return _grouped(told, lambda t: first(t.id))


def _join(t: Told, other: Told, first: Callable[[str], str], root: dict[str, str]) -> None:
    if t.place and other.place and kilometres(t.place, other.place) <= KM:
        a, b = sorted((first(t.id), first(other.id)))
        root[b] = a


def _mode(name: str, groups: Sequence[Sequence[Told]]) -> Mode:
    sizes = Counter(map(len, groups))
    pairs = {(a.id, b.id) if a.id < b.id else (b.id, a.id) for some in groups for a, b in combinations(some, 2)}
    looked_at = (p for some in groups for p in islice(combinations(some, 2), MOST_PAIRS))
    return Mode(
        name=name, events=len(groups), merged=sum(map(len, groups)) - len(groups),
        sizes=tuple(sum(n for size, n in sizes.items() if low <= size <= high) for low, high in SIZES),
        largest=max(sizes, default=0), pairs=frozenset(pairs),
        contradictory=Counter(r for a, b in looked_at for r in contradictions(a, b)),
    )  # fmt: skip


def contradictions(a: Told, b: Told) -> Iterator[str]:
    """Why two coded events that were merged cannot both be right of one event."""
    if a.named and b.named and (a.named[0] > b.named[1] or b.named[0] > a.named[1]):
        yield "days"
    if a.place and b.place and apart(a.place, b.place):
        yield "places"
    if a.happened is not None and b.happened is not None and a.happened is not b.happened:
        yield "told and denied"
    if (a.happened is None) is not (b.happened is None):
        yield "happened and only planned"
    if any(compare(f, g)[0] is Relation.CONTESTED for f in a.tolls for g in b.tolls if f.what is g.what):
        yield "tolls"
