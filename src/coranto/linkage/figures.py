"""Two figures, or two readings of a figure -> how they stand to each other, by rule."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.linkage.gists import Gist
from coranto.records import Figure, FigureKind, Reading, ReadingRelation, Relation

PARTS: Mapping[FigureKind, FigureKind] = {
    FigureKind.KILLED: FigureKind.CASUALTIES,
    FigureKind.WOUNDED: FigureKind.CASUALTIES,
    FigureKind.REFUGEES: FigureKind.DISPLACED,
}
GROWING = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.CASUALTIES, FigureKind.MISSING,
                     FigureKind.DETAINED, FigureKind.DISPLACED, FigureKind.REFUGEES, FigureKind.FLED,
                     FigureKind.RESCUED, FigureKind.RELEASED})  # fmt: skip


def compare(a: Figure, b: Figure) -> tuple[Relation, str]:
    """How two figures stand to each other, and the rule in words; which is ``a`` and which ``b`` does not matter."""
    if a.what is not b.what:
        if PARTS.get(a.what) is b.what or PARTS.get(b.what) is a.what:
            return Relation.SUBSET, f"{min(a.what, b.what)} and {max(a.what, b.what)}: one counts a part of the other"
        return Relation.INCOMPARABLE, "they count other things"
    if a.unit and b.unit and a.unit != b.unit:
        return Relation.UNIT, f"given in {' and '.join(sorted((a.unit, b.unit)))}"
    if a.whose and b.whose and a.whose != b.whose:
        return Relation.INCOMPARABLE, "losses of other sides"
    if whom(a) != whom(b):
        return _parts(a, b)
    if (a.low, a.high) == (b.low, b.high):
        return Relation.SAME, "the same number"
    if _meet(a, b):
        return Relation.BOUND, "one lies within the bounds of the other"
    if not (a.exact and b.exact) and _near(a, b):
        return Relation.BOUND, "a rounded number and one near it"
    return Relation.CONTESTED, "other numbers of the same thing"


@cache
def _generic() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows(DATA / "linkage" / "whom.tsv", columns=("word",)))


def whom(f: Figure) -> str:
    """Whom a figure counts, in folded words; "" where the words say nothing of who they are."""
    return _folded(f.of_whom) if f.of_whom else ""


@lru_cache(maxsize=10_000)
def _folded(words: str) -> str:
    folded = " ".join(words.casefold().split())
    return "" if folded in _generic() else folded


def _parts(a: Figure, b: Figure) -> tuple[Relation, str]:
    """Of other people: one may be a part of the other where only one of them names whom it counts."""
    equal = (a.low, a.high) == (b.low, b.high)
    whole, part = (a, b) if not whom(a) else (b, a)
    if whom(whole):
        if equal and set(whom(a).split()) & set(whom(b).split()):
            return Relation.SAME, "the same number of the same people"
        return Relation.INCOMPARABLE, f"{min(whom(a), whom(b))} against {max(whom(a), whom(b))}"
    if equal:
        return Relation.SAME, "the same number, once with whom it counts"
    if part.low is not None and whole.high is not None and part.low > whole.high:
        return Relation.CONTESTED, f"more {part.of_whom} than there are in all"
    return Relation.SUBSET, f"{part.of_whom} are counted among them"


def _meet(a: Figure, b: Figure) -> bool:
    low = max((x for x in (a.low, b.low) if x is not None), default=None)
    high = min((x for x in (a.high, b.high) if x is not None), default=None)
    return low is None or high is None or low <= high


def _near(a: Figure, b: Figure) -> bool:
    x, y = _middle(a), _middle(b)
    return x is not None and y is not None and abs(x - y) * 10 <= max(x, y)


def far(f: Figure, g: Figure) -> bool:
    """True if two numbers of one thing are of other orders: one three times the other, and five more."""
    low, high = sorted((f.low or f.high or Decimal(0), g.low or g.high or Decimal(0)))
    return high >= 3 * low and high - low >= 5 and compare(f, g)[0] is Relation.CONTESTED


def _middle(f: Figure) -> Decimal | None:
    if f.low is None or f.high is None:
        return f.low if f.high is None else f.high
    return (f.low + f.high) / 2


def relations(readings: Sequence[Reading[Figure]], members: Mapping[str, Gist]) -> Iterator[ReadingRelation]:
    """Relations between all readings of an event's figures that are of one kind, or part of one another."""
    sums = list(_sums(readings))
    summed = {frozenset((s.a, s.b)) for s in sums}
    for (i, a), (j, b) in combinations(enumerate(readings), 2):
        if {i, j} in summed:
            continue
        relation, why = compare(a.value, b.value)
        if relation is Relation.INCOMPARABLE and a.value.what is not b.value.what:
            continue
        changed = relation is Relation.CONTESTED or (relation is Relation.BOUND and a.value.low != b.value.low)
        if changed and (update := _update(a, b, members)):
            relation, why = Relation.UPDATE, update
        elif relation is Relation.CONTESTED and set(a.voices) & set(b.voices):
            relation, why = Relation.INCOMPARABLE, "one voice gives both, of two things"
        elif relation is Relation.CONTESTED and _told_apart(a, b, members):
            relation, why = Relation.INCOMPARABLE, "told on other days, and neither is the other brought up to date"
        yield ReadingRelation(field="figures", a=i, b=j, relation=relation, why=why)
    yield from sums


def _update(a: Reading[Figure], b: Reading[Figure], members: Mapping[str, Gist]) -> str:
    """The later toll of one speaker, or one that grew by a later day and is not a rival's, is an update."""
    if set(a.voices) & set(b.voices):
        if _dated(a, members) != _dated(b, members):
            return "the same voice gives another number"
        return ""
    if a.value.what not in GROWING or _rivals(a, b, members):
        return ""
    first, second = sorted((a, b), key=lambda r: _dated(r, members))
    grown = _middle(first.value), _middle(second.value)
    apart = _dated(second, members) - _dated(first, members)
    if apart >= 1 and grown[0] is not None and grown[1] is not None and grown[0] < grown[1]:
        return f"a higher number, told {apart} day{'s' if apart > 1 else ''} later"
    return ""


def _told_apart(a: Reading[Figure], b: Reading[Figure], members: Mapping[str, Gist]) -> bool:
    """True if two numbers are of other days of telling, and not of two sides that each keep to their own."""
    return abs(_dated(a, members) - _dated(b, members)) >= 1 and not _rivals(a, b, members)


def _rivals(a: Reading[Figure], b: Reading[Figure], members: Mapping[str, Gist]) -> bool:
    """True if every voice of either number is a claimant of its own: neither takes up what the other said."""
    said = []
    for reading in (a, b):
        told = [members[c] for c in reading.coded if c in members]
        attributed = {g.report for g in told if g.claimant}
        said.append({g.claimant for g in told if g.claimant or g.report not in attributed})
    return "" not in said[0] | said[1] and not said[0] & said[1]


def _dated(reading: Reading[Figure], members: Mapping[str, Gist]) -> int:
    if reading.value.as_of:
        return reading.value.as_of.toordinal()
    return min((members[c].published for c in reading.coded if c in members and members[c].published), default=0)


def _sums(readings: Sequence[Reading[Figure]]) -> Iterator[ReadingRelation]:
    """A number that is the sum of two others of its kind, each of whom is named, or all told in one breath."""
    exact = [(n, r.value, set(r.coded)) for n, r in enumerate(readings) if r.value.low == r.value.high is not None]
    for i, total, told in exact:
        parts = [(j, p, also) for j, p, also in exact if j != i and p.what is total.what]
        for (j, p, one), (k, q, other) in combinations(parts, 2):
            named = not whom(total) and whom(p) and whom(q) and whom(p) != whom(q)
            if (named or told & one & other) and p.low and q.low and p.low + q.low == total.low:
                why = " ".join(f"{total.low} is {p.low} {p.of_whom} and {q.low} {q.of_whom}".split())
                yield ReadingRelation(field="figures", a=i, b=j, relation=Relation.SUM, why=why)
                yield ReadingRelation(field="figures", a=i, b=k, relation=Relation.SUM, why=why)
