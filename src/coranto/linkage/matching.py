"""Pairs of gists -> merges: how likely it is that two coded events are one, why, and what forbids it."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.linkage.features import (
    LATE,
    OCCURRED,
    TOLLS,
    VERBAL,
    alike,
    answers,
    far_tolls,
    features,
    of_own_act,
    reach,
    shared,
    toll_of,
    two_tellers,
)
from coranto.linkage.figures import compare
from coranto.linkage.gists import Gist
from coranto.linkage.places import FINE, apart, same
from coranto.records import EventType, Figure, FigureKind, Merge, Modality, Precision, Ref, Relation

FOLDER = DATA / "linkage"
STRANGERS = -6.0  # loss of two types that are never one
VOTES = frozenset({FigureKind.VOTES_FOR, FigureKind.VOTES_AGAINST, FigureKind.ABSTENTIONS})
DECISIVE = frozenset({FigureKind.DRONES, FigureKind.MISSILES, FigureKind.AIRCRAFT, FigureKind.SHIPS})


class Weights(NamedTuple):
    """Weights by feature, and what a pair of unequal types loses; pairs of types not listed never match."""

    features: Mapping[str, float]
    types: Mapping[frozenset[EventType], float]


@cache
def weights(folder: Path = FOLDER) -> Weights:
    """The weights that ship."""
    features = {
        r["feature"]: float(r["weight"]) for r in read_rows(folder / "weights.tsv", columns=("feature", "weight"))
    }
    rows = read_rows(folder / "types.tsv", columns=("a", "b", "weight"))
    return Weights(features, {frozenset({EventType(r["a"]), EventType(r["b"])}): float(r["weight"]) for r in rows})


def judge(a: Gist, b: Gist) -> Merge:
    """How likely it is that two coded events are one, with every feature's share in the sum, and what forbids it."""
    shares = dict(_shares(a, b))
    x, y = (a, b) if a.id <= b.id else (b, a)
    return Merge(a=x.id, b=y.id, score=_likelihood(sum(shares.values())), features=dict(sorted(shares.items())),
                 vetoes=tuple(vetoes(a, b)))  # fmt: skip


def weigh(a: Gist, b: Gist) -> float:
    """The score that `judge` gives, alone."""
    return _likelihood(sum(share for _, share in _shares(a, b)))


def _shares(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    w = weights()
    for name, value in features(a, b):
        yield name, round(value * w.features[name], 3)
    if a.type is not b.type:
        yield "types differ", w.types.get(frozenset({a.type, b.type}), STRANGERS)
    yield "bias", w.features["bias"]


def _likelihood(total: float) -> float:
    return round(1 / (1 + math.exp(-total)), 4)


def logit(score: float) -> float:
    """The sum of weighted features that makes a score."""
    return math.log(score / (1 - score))


def vetoes(a: Gist, b: Gist) -> Iterator[str]:
    """What forbids that two coded events are one, whatever their score."""
    if a.parent == b.id or b.parent == a.id:
        yield "one is the content of the other"
    if (a.modality in OCCURRED) is not (b.modality in OCCURRED) or (
        a.modality not in OCCURRED and a.modality is not b.modality
    ):
        yield "one is told as happened, the other as wanted, planned or possible"
    if a.report == b.report and (a.modality is Modality.NEGATED) is not (b.modality is Modality.NEGATED):
        if not (answers(a, b) or answers(b, a) or of_own_act(a, b) or of_own_act(b, a)):
            yield "one report tells the one and negates the other"
    if a.report == b.report and _told_of_other_days(a, b):
        yield "other days"
    (low, high), (start, end) = reach(a), reach(b)
    if (
        low
        and start
        and (low > end or start > high)
        and (a.exact or b.exact or max(low, start) - min(high, end) > LATE)
    ):
        yield "other days"
    if a.line and a.line == b.line and a.report != b.report and a.published != b.published:
        yield "one heading over reports of other days"
    if a.place and b.place and a.place_stated and b.place_stated and apart(a.place, b.place):
        yield "other places"
    if a.type in VERBAL and b.type in VERBAL and a.actors and b.actors and shared(a.actors, b.actors) == "":
        yield "other speakers"
    if a.type in VERBAL and b.type in VERBAL and shared(a.recipients, b.recipients) == "":
        yield "other addressees"
    told_apart = _differ(a.actors, b.actors) or _differ(a.recipients, b.recipients)
    if a.sentence == b.sentence and told_apart and not toll_of(a, b):
        yield "told apart in one sentence"
    one_town = a.place and b.place and a.place.precision in FINE and same(a.place, b.place)
    if not one_town and not two_tellers(a, b) and far_tolls(a, b):
        yield "tolls of other orders"
    yield from _counts_veto(a, b)


def _told_of_other_days(a: Gist, b: Gist) -> bool:
    """True if one report puts two events on days of their own: "on Tuesday", "a week earlier"."""
    return bool(a.low and b.low) and max(a.low, b.low) - min(a.high, b.high) > 2


def _differ(left: tuple[Ref, ...], right: tuple[Ref, ...]) -> bool:
    return bool(left and right) and not {r.id or r.name for r in left} & {r.id or r.name for r in right}


def _two_tolls(a: Gist, b: Gist, f: Figure, g: Figure) -> bool:
    """True if one report, in one voice, gives two events exact tolls that are not one, nor one a part of the other."""
    one_voice = a.report == b.report and a.sentence != b.sentence and not two_tellers(a, b) and not toll_of(a, b)
    return one_voice and f.exact and g.exact and not (f.as_of or g.as_of)


def _other_night(a: Gist, b: Gist) -> bool:
    """True if reports of two days, of which neither names the day nor both a place, tell what need not be one event."""
    if a.report == b.report or a.published == b.published or (a.exact and b.exact):
        return False
    return not (a.place and b.place and same(a.place, b.place) and a.place.precision is not Precision.COUNTRY)


def _one_count(a: Gist, b: Gist) -> bool:
    """True if two events of weapons are told of one side and of one day: their numbers may contradict each other."""
    one_day = bool(a.low and b.low) and (a.low, a.high) == (b.low, b.high)
    return bool(shared(a.actors, b.actors)) and one_day


def _counts_veto(a: Gist, b: Gist) -> Iterator[str]:
    """Votes and weapons are counted once and for all, unlike the dead."""
    for f in a.figures:
        for g in b.figures:
            if f.what is not g.what or compare(f, g)[0] is not Relation.CONTESTED:
                continue
            if f.what in VOTES:
                yield "another vote"
            elif f.what in TOLLS and a.means and b.means and not a.means & b.means:
                yield "another means and another toll"
            elif f.what in TOLLS and _other_night(a, b):
                yield "another toll, told on another day and of no one place"
            elif f.what in TOLLS and _two_tolls(a, b, f, g):
                yield "one report tells them with a toll each"
            elif f.what in DECISIVE and not two_tellers(a, b) and not _one_count(a, b):
                yield "another number of weapons, by others or on another day"
            elif f.what in DECISIVE and a.instrument and b.instrument and not alike(a.instrument, b.instrument):
                yield "another weapon and another number of it"
