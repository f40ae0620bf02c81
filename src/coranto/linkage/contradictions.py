"""Readings of one event -> relations between them: occurrence and denial, place, days, responsibility."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from msgspec.structs import replace

from coranto.linkage.features import named, same_word, shared, two_tellers
from coranto.linkage.figures import far, whom
from coranto.linkage.gists import Gist, fold
from coranto.linkage.matching import vetoes, weigh
from coranto.linkage.places import FINE, apart, same
from coranto.records import (
    Event,
    EventType,
    Figure,
    FigureKind,
    Modality,
    Place,
    Precision,
    Reading,
    ReadingRelation,
    Ref,
    Relation,
    TimeExpression,
)

TOLD = frozenset({Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.BACKGROUND})
DENIED = frozenset({Modality.DENIED, Modality.NEGATED})
SURE = 0.75  # a score from here on is that of two coded events that are one by themselves
AGAINST_IT = frozenset({"OPP", "REB"})  # of a country, and not speaking for it
BARRAGE = frozenset({FigureKind.DRONES, FigureKind.MISSILES})  # of many targets, of which one may be denied
ADDED = re.compile(r"\b(?:another|other|others|more|further|additional)\b")  # people on top of those told of before
DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE})  # of which it matters who did them


def related(event: Event, members: Mapping[str, Gist], figures: Sequence[ReadingRelation]) -> Event:
    """The event with the relations between its readings."""
    found = (
        *_occurrence(event.modality, members),
        *_responsibility(event, members),
        *_places(event.place, members),
        *_days(event.time, members),
        *(_of_one(r, event.figures, members) for r in figures),
    )
    return replace(event, relations=found)


def _pairs(readings: Sequence[Reading[Any]]) -> Iterator[tuple[int, Reading[Any], int, Reading[Any]]]:
    for (i, a), (j, b) in combinations(enumerate(readings), 2):
        yield i, a, j, b


def _told(a: Reading[Any], b: Reading[Any], members: Mapping[str, Gist]) -> Iterator[tuple[Gist, Gist]]:
    """Pairs of coded events of which one gives the one reading and another the other."""
    for c, d in product(a.coded, b.coded):
        if c != d and c in members and d in members:
            yield members[c], members[d]


def surely_one(a: Gist, b: Gist) -> bool:
    """True if two coded events by themselves, and not only through others, are one event."""
    return weigh(a, b) >= SURE and not any(True for _ in vetoes(a, b))


def _of_one(
    relation: ReadingRelation, readings: Sequence[Reading[Figure]], members: Mapping[str, Gist]
) -> ReadingRelation:
    """A contradiction of figures only where two that tell them count one thing of what is surely one event."""
    if relation.relation is not Relation.CONTESTED:
        return relation
    a, b = readings[relation.a], readings[relation.b]
    if any(
        _is_total(g, a.value)
        and _is_total(h, b.value)
        and _one_count(members.get(g.about, g), a.value, members.get(h.about, h), b.value)
        for g, h in _told(a, b, members)
    ):
        return relation
    return replace(relation, relation=Relation.INCOMPARABLE, why="told of what may be two events")


def _one_count(a: Gist, f: Figure, b: Gist, g: Figure) -> bool:
    """True if there is good reason that two numbers are of one thing: one event and one place.

    Numbers of other orders are of one thing only where one report sets two sources against one another on whom they
    count: else the one is of a day and the other of a war.
    """
    if not _one_place(a, b):
        return False
    if two_tellers(a, b):
        return bool(whom(f) or whom(g)) or not far(f, g)
    return whom(f) == whom(g) and a.report != b.report and not far(f, g) and surely_one(a, b)


def _is_total(told: Gist, figure: Figure) -> bool:
    """True if a number is its event's largest of its kind, and not of those who came on top: "six more"."""
    words = " ".join((told.phrase, figure.of_whom, *(r.name.casefold() for r in told.recipients)))
    others = [f for f in told.figures if f.what is figure.what and (f.low, f.high) != (figure.low, figure.high)]
    largest = all((f.low or 0) < (figure.low or 0) and whom(f) != whom(figure) for f in others)
    return largest and ADDED.search(words) is None


def _one_place(a: Gist, b: Gist) -> bool:
    """True if two events are told of one place, or neither of a town."""
    if a.place and b.place and same(a.place, b.place):
        return True
    return not any(g.place and g.place.precision in FINE for g in (a, b))


def _occurrence(readings: Sequence[Reading[Modality]], members: Mapping[str, Gist]) -> Iterator[ReadingRelation]:
    """Told by one voice, denied by another; what one and the same voice tells and negates is two things."""
    for i, a, j, b in _pairs(readings):
        if set(a.voices) <= set(b.voices) or set(b.voices) <= set(a.voices):
            continue
        denial, told = (a, b) if a.value in DENIED else (b, a)
        if denial.value not in DENIED or told.value not in TOLD:
            continue
        if any(_denies(g, h) for g, h in _told(denial, told, members)):
            why = f"told as {told.value.value} by one, as {denial.value.value} by another"
            yield ReadingRelation(field="occurrence", a=i, b=j, relation=Relation.CONTESTED, why=why)


def _denies(denial: Gist, told: Gist) -> bool:
    """True if a denial is of what is told: one act, by one side, towards the same, at no other place."""
    if denial.type is not told.type or not denial.claimant or denial.claimant == told.claimant:
        return False
    doer, target = shared(denial.actors, told.actors), shared(denial.recipients, told.recipients)
    accused = denial.claimant_country and denial.claimant_country in {
        r.country for r in told.actors if not AGAINST_IT & set(r.sectors)
    }
    if doer == "" or target == "" or _elsewhere(denial, told):
        return False
    if not (doer or accused):
        return not told.actors and same_word(denial, told) and _one_site(denial, told)
    if named(denial.recipients) and named(told.recipients) and not named(denial.recipients) & named(told.recipients):
        return False
    if same_word(denial, told):
        return denial.modality is Modality.DENIED or "id" in (doer, target)
    if denial.modality is not Modality.DENIED:
        return False
    if denial.type in DEEDS and not any(f.what in BARRAGE for f in told.figures):
        return doer == "id" or bool(accused and target)
    silent = not denial.recipients and not told.recipients
    return denial.cameo[:3] == told.cameo[:3] and (target == "id" or (silent and doer == "id"))


def _elsewhere(a: Gist, b: Gist) -> bool:
    """True if the words put two acts at places that are not one, or on days that do not touch."""
    if a.place and b.place and a.place_stated and b.place_stated and not same(a.place, b.place):
        return not (a.place.country == b.place.country and Precision.COUNTRY in (a.place.precision, b.place.precision))
    return a.exact and b.exact and (a.low > b.high or b.low > a.high)


def _one_site(a: Gist, b: Gist) -> bool:
    """True if two events are told of one town or site."""
    return bool(a.place and b.place and a.place.precision in FINE and same(a.place, b.place))


def _responsibility(event: Event, members: Mapping[str, Gist]) -> Iterator[ReadingRelation]:
    """Two states of which different voices each name one, and none both, are named instead of one another."""
    if event.type not in DEEDS:
        return
    for i, a, j, b in _pairs(event.actors):
        one, two = _named_by(a, members), _named_by(b, members)
        if not a.value.country or not b.value.country or set(a.voices) & set(b.voices):
            continue
        if one & two or a.value.country in two or b.value.country in one:
            continue
        if _crossed(a, b, members) or fold(a.value.name) == fold(b.value.name):
            continue
        if not any(_one_deed(g, h) for g, h in _told(a, b, members)):
            continue
        why = f"{a.value.name} in one, {b.value.name} in another"
        yield ReadingRelation(field="actors", a=i, b=j, relation=Relation.CONTESTED, why=why)


def _one_deed(a: Gist, b: Gist) -> bool:
    """True if one deed is told of either side alone: at one town or site, or to one and the same person or body."""
    if all(g.claimant_country in {r.country for r in g.actors} for g in (a, b)):
        return False  # each says what it did itself
    one_target = _one_site(a, b) or named(a.recipients) & named(b.recipients)
    return bool(one_target) and not any(True for _ in vetoes(a, b))


def _named_by(reading: Reading[Ref], members: Mapping[str, Gist]) -> set[str]:
    """Countries that are named as actors wherever this one is."""
    return {r.country for c in reading.coded if c in members for r in members[c].actors if r.country}


def _crossed(a: Reading[Ref], b: Reading[Ref], members: Mapping[str, Gist]) -> bool:
    """True if each is the other's recipient: both sides of one fight."""
    met = {r.country for c in a.coded if c in members for r in members[c].recipients}
    also = {r.country for c in b.coded if c in members for r in members[c].recipients}
    return b.value.country in met and a.value.country in also


def _places(readings: Sequence[Reading[Place]], members: Mapping[str, Gist]) -> Iterator[ReadingRelation]:
    for i, a, j, b in _pairs(readings):
        p, q = a.value, b.value
        if same(p, q):
            relation, why = Relation.SAME, "the same place"
        elif apart(p, q) and not set(a.voices) & set(b.voices) and _stated(a, b, members):
            relation, why = Relation.CONTESTED, f"{p.name} against {q.name}"
        elif not apart(p, q) and p.precision is not q.precision and p.country == q.country:
            relation, why = Relation.BOUND, "one lies in the other, as far as is known"
        else:
            relation, why = Relation.INCOMPARABLE, "places that are not told apart"
        yield ReadingRelation(field="place", a=i, b=j, relation=relation, why=why)


def _stated(a: Reading[Place], b: Reading[Place], members: Mapping[str, Gist]) -> bool:
    """True if the words of two that are surely one event name the one place and the other."""
    return any(
        g.place_stated and h.place_stated and g.place == a.value and h.place == b.value and _one_in_words(g, h)
        for g, h in _told(a, b, members)
    )


def _one_in_words(a: Gist, b: Gist) -> bool:
    """True if the days and words of two reports are one event's, whatever place or day they give."""
    return weigh(a, b) >= SURE and same_word(a, b)


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
        elif set(a.voices) & set(b.voices) or not any(
            g.exact and h.exact and _one_in_words(g, h) for g, h in _told(a, b, members)
        ):
            relation, why = Relation.INCOMPARABLE, "days of what may be two events"
        else:
            relation, why = Relation.CONTESTED, f"{p.best.isoformat()} against {q.best.isoformat()}"
        yield ReadingRelation(field="time", a=i, b=j, relation=relation, why=why)


def _dated(reading: Reading[TimeExpression], members: Mapping[str, Gist]) -> bool:
    return any(members[c].dated for c in reading.coded if c in members)
