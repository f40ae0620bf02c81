"""Readings of one event -> relations between them: occurrence and denial, place, days, responsibility."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from msgspec.structs import replace

from coranto.linkage.features import TWO_SIDED
from coranto.linkage.gists import Gist, fold
from coranto.linkage.places import apart, same
from coranto.records import Event, Modality, Place, Precision, Reading, ReadingRelation, Ref, Relation, TimeExpression

TOLD = frozenset({Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.BACKGROUND})
DENIED = frozenset({Modality.DENIED, Modality.NEGATED})
COARSE = (Precision.COUNTRY, Precision.REGION, Precision.PROVINCE, Precision.DISTRICT)


def related(event: Event, members: Mapping[str, Gist], figures: Sequence[ReadingRelation]) -> Event:
    """The event with the relations between its readings."""
    found = (
        *_occurrence(event.modality),
        *_responsibility(event, members),
        *_places(event.place),
        *_days(event.time, members),
        *figures,
    )
    return replace(event, relations=found)


def _pairs(readings: Sequence[Reading[Any]]) -> Iterator[tuple[int, Reading[Any], int, Reading[Any]]]:
    for (i, a), (j, b) in combinations(enumerate(readings), 2):
        yield i, a, j, b


def _occurrence(readings: Sequence[Reading[Modality]]) -> Iterator[ReadingRelation]:
    """Told by one voice, denied by another; what one and the same voice tells and negates is two things."""
    for i, a, j, b in _pairs(readings):
        if set(a.voices) <= set(b.voices) or set(b.voices) <= set(a.voices):
            continue
        if {a.value in TOLD, b.value in TOLD} == {True, False} and (a.value in DENIED or b.value in DENIED):
            why = f"told as {a.value.value} by one, as {b.value.value} by another"
            yield ReadingRelation(field="occurrence", a=i, b=j, relation=Relation.CONTESTED, why=why)


def _responsibility(event: Event, members: Mapping[str, Gist]) -> Iterator[ReadingRelation]:
    """Two states of which different voices each name one, and none both, are named instead of one another."""
    if event.type in TWO_SIDED:
        return
    for i, a, j, b in _pairs(event.actors):
        one, two = _named_by(a, members), _named_by(b, members)
        if not a.value.country or not b.value.country or set(a.voices) & set(b.voices):
            continue
        if one & two or a.value.country in two or b.value.country in one:
            continue
        if _crossed(a, b, members) or fold(a.value.name) == fold(b.value.name):
            continue
        why = f"{a.value.name} in one, {b.value.name} in another"
        yield ReadingRelation(field="actors", a=i, b=j, relation=Relation.CONTESTED, why=why)


def _named_by(reading: Reading[Ref], members: Mapping[str, Gist]) -> set[str]:
    """Countries that are named as actors wherever this one is."""
    return {r.country for c in reading.coded if c in members for r in members[c].actors if r.country}


def _crossed(a: Reading[Ref], b: Reading[Ref], members: Mapping[str, Gist]) -> bool:
    """True if each is the other's recipient: both sides of one fight."""
    met = {r.country for c in a.coded if c in members for r in members[c].recipients}
    also = {r.country for c in b.coded if c in members for r in members[c].recipients}
    return b.value.country in met and a.value.country in also


def _places(readings: Sequence[Reading[Place]]) -> Iterator[ReadingRelation]:
    for i, a, j, b in _pairs(readings):
        p, q = a.value, b.value
        if same(p, q):
            relation, why = Relation.SAME, "the same place"
        elif apart(p, q):
            relation, why = Relation.CONTESTED, f"{p.name} against {q.name}"
        elif p.precision is not q.precision and p.country == q.country:
            relation, why = Relation.BOUND, "one lies in the other, as far as is known"
        else:
            relation, why = Relation.INCOMPARABLE, "places that are not told apart"
        yield ReadingRelation(field="place", a=i, b=j, relation=relation, why=why)


def _days(readings: Sequence[Reading[TimeExpression]], members: Mapping[str, Gist]) -> Iterator[ReadingRelation]:
    """Days that are named; one that is only assumed, as the day it was told, contradicts none."""
    for i, a, j, b in _pairs(readings):
        p, q = a.value.period, b.value.period
        if p is None or q is None or not (_dated(a, members) and _dated(b, members)):
            continue
        if (p.low, p.high) == (q.low, q.high):
            relation, why = Relation.SAME, "the same days"
        elif p.low <= q.high and q.low <= p.high:
            relation, why = Relation.BOUND, "their days overlap"
        else:
            relation, why = Relation.CONTESTED, f"{p.best.isoformat()} against {q.best.isoformat()}"
        yield ReadingRelation(field="time", a=i, b=j, relation=relation, why=why)


def _dated(reading: Reading[TimeExpression], members: Mapping[str, Gist]) -> bool:
    return any(members[c].dated for c in reading.coded if c in members)
