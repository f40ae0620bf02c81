"""Pairs of gists -> the most that each could score: an upper bound from columns of numbers, for all pairs at once.

Most pairs of a block cannot be one event; they are let go here, a million a second. `matching.judge` has the last
word on the others. A law test holds the bound above the score of every pair.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coranto.linkage.features import (
    FEWEST_NAMES,
    LARGE,
    LITTLE,
    MONTH,
    MUCH,
    OF_OWN_KIND,
    ONE_STORY,
    TWO_SIDED,
    VERBAL,
    WEEK,
    bare,
    named,
    reach,
)
from coranto.linkage.gists import Gist
from coranto.linkage.matching import STRANGERS, Weights, weights
from coranto.linkage.places import FINE
from coranto.records import EventType, FigureKind, Modality, Ref

Numbers = NDArray[np.int64]
Masks = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
TYPES = list(EventType)
KINDS = {kind: n for n, kind in enumerate(FigureKind)}
DENIALS = (Modality.DENIED, Modality.NEGATED)
WIDTH = 512  # bits by which sets of words are compared
ROUNDED = 0.03  # what rounding may add to a score


class Columns:
    """What a bound is made of, an array a field, in the order of the gists."""

    def __init__(self, ordered: Sequence[Gist]) -> None:
        self._w = weights().features
        self._types = _type_table(weights())
        bit = _bits()

        def column(of: Callable[[Gist], Any], kind: Any = np.int64) -> NDArray[Any]:
            return np.fromiter((of(g) for g in ordered), dtype=kind, count=len(ordered))

        def numbers(of: Callable[[Gist], str]) -> NDArray[np.int32]:
            """Values of a column, counted from 1; an empty one is 0."""
            held: dict[str, int] = {"": 0}
            return np.fromiter((held.setdefault(of(g), len(held)) for g in ordered), dtype=np.int32, count=len(ordered))

        def mask(of: Callable[[Gist], Iterable[object]]) -> Masks:
            return column(lambda g: _mask(of(g)), np.uint64)

        at = {t: n for n, t in enumerate(TYPES)}
        self.type = column(lambda g: at[g.type], np.int8)
        self.two_sided = column(lambda g: g.type in TWO_SIDED, np.bool_)
        self.verbal = column(lambda g: g.type in VERBAL, np.bool_)
        self.mode = numbers(lambda g: g.mode)
        self.cameo = numbers(lambda g: g.cameo[:3] if len(g.cameo) > 2 else "")
        self.actors, self.recipients = mask(lambda g: _countries(g.actors)), mask(lambda g: _countries(g.recipients))
        self.by, self.to = mask(lambda g: named(g.actors)), mask(lambda g: named(g.recipients))
        self.silent, self.idle = column(lambda g: not g.recipients, np.bool_), column(lambda g: not g.actors, np.bool_)
        self.low, self.high = column(lambda g: g.low, np.int32), column(lambda g: g.high, np.int32)
        reached = np.array([reach(g) for g in ordered], dtype=np.int32).reshape(-1, 2)
        self.start, self.end = reached[:, 0].copy(), reached[:, 1].copy()
        self.exact, self.dated = column(lambda g: g.exact, np.bool_), column(lambda g: g.dated, np.bool_)
        self.published = column(lambda g: g.published, np.int32)
        self.place = numbers(lambda g: g.place.id if g.place else "")
        self.place_name = numbers(lambda g: g.place.name.casefold() if g.place else "")
        self.land = numbers(lambda g: g.place.country if g.place else "")
        self.fine = column(lambda g: g.place is not None and g.place.precision in FINE, np.bool_)
        self.stem = numbers(lambda g: g.stem)
        self.first = numbers(lambda g: _first(g))
        self.aim = mask(lambda g: g.aim)
        self.armed = column(lambda g: bool(g.instrument), np.bool_)
        self.means = mask(lambda g: g.means)
        self.figures = column(lambda g: sum(1 << KINDS[k] for k in {f.what for f in g.figures}), np.uint64)
        self.large = column(lambda g: any(f.low is not None and f.low >= LARGE for f in g.figures), np.bool_)
        self.report = numbers(lambda g: g.report)
        self.sentence = numbers(lambda g: g.sentence)
        self.about = column(lambda g: bool(g.about), np.bool_)
        self.bare = column(bare, np.bool_)
        self.own_kind = column(lambda g: g.modality in OF_OWN_KIND, np.bool_)
        self.denial = column(lambda g: g.modality in DENIALS and bool(g.claimant_country), np.bool_)
        self.context = _Words([g.context for g in ordered], bit)
        told = {int(n): g.story for n, g in zip(self.report, ordered, strict=True)}
        at_row = {n: row for row, n in enumerate(told)}
        self.story = _Words(list(told.values()), bit)
        self.story_of = np.array([at_row[int(n)] for n in self.report], dtype=np.int64)

    def bound(self, a: Numbers, b: Numbers) -> Floats:
        """The most that each pair's sum of weighted features can be; ``a`` and ``b`` are numbers of gists."""
        w = self._w
        apart = self.report[a] != self.report[b]
        context = np.where(self.sentence[a] != self.sentence[b], self.context.overlap(a, b), 0.0)
        total = self._types[self.type[a], self.type[b]] + w["bias"] + ROUNDED
        total += self._mode(a, b) + self._who(a, b) + self._when(a, b) + self._where(a, b)
        total += w["same word"] * self._same_word(a, b) + w["context"] * context
        total += w["same aim"] * ((self.aim[a] & self.aim[b]) != 0)
        total += np.where(self.armed[a] & self.armed[b], w["same instrument"], 0.0)
        means = (self.means[a] != 0) & (self.means[b] != 0) & ((self.means[a] & self.means[b]) == 0)
        total += w["other means"] * means
        total += w["same figure"] * ((self.figures[a] & self.figures[b]) != 0)
        total += np.where(self.own_kind[a] != self.own_kind[b], w["other sort of modality"], 0.0)
        total += w["denied by the accused"] * (self.denial[a] | self.denial[b])
        told: Floats = total + np.where(apart, self._apart(a, b, context), self._together(a, b))
        return told

    def _mode(self, a: Numbers, b: Numbers) -> Floats:
        one = ((self.mode[a] == self.mode[b]) & (self.mode[a] != 0)) | (
            (self.cameo[a] == self.cameo[b]) & (self.cameo[a] != 0)
        )
        other = (self.mode[a] != 0) & (self.mode[b] != 0)
        return np.where(one, self._w["same mode"], np.where(other, self._w["other mode"], 0.0))

    def _who(self, a: Numbers, b: Numbers) -> Floats:
        actors, recipients, by, to = self.actors, self.recipients, self.by, self.to
        silent = self._w["both silent on recipient"] * (self.silent[a] & self.silent[b])
        straight = self._side("actor", actors[a], by[a], actors[b], by[b])
        straight = straight + self._side("recipient", recipients[a], to[a], recipients[b], to[b]) + silent
        both = self.two_sided[a] & self.two_sided[b]
        crossed = self._side("actor", actors[a], by[a], recipients[b], to[b])
        crossed = crossed + self._side("recipient", recipients[a], to[a], actors[b], by[b])
        crossed = crossed + self._w["both silent on recipient"] * (self.silent[a] & self.idle[b])
        left, right = actors[a] | recipients[a], actors[b] | recipients[b]
        names = (by[a] | to[a]) & (by[b] | to[b])
        strangers = (left != 0) & (right != 0) & ((left & right) == 0) & (names == 0)
        either = np.where(strangers, self._w["other actor"], np.maximum(straight, crossed))
        return np.where(both, either, straight)

    def _side(self, side: str, left: Masks, by: Masks, right: Masks, to: Masks) -> Floats:
        w = self._w
        strangers = (left != 0) & (right != 0)
        country = np.where((left & right) != 0, w[f"same {side} country"], np.where(strangers, w[f"other {side}"], 0.0))
        return np.where((by & to) != 0, w[f"same {side}"], country)

    def _when(self, a: Numbers, b: Numbers) -> Floats:
        w = self._w
        known = (self.start[a] != 0) & (self.start[b] != 0)
        meet = (self.start[a] <= self.end[b]) & (self.start[b] <= self.end[a])
        near = np.maximum(self.start[a], self.start[b]) - np.minimum(self.end[a], self.end[b]) <= 1
        day = self.exact[a] & self.exact[b] & self._overlapping(a, b)
        told = np.where(meet, w["days overlap"], np.where(near, w["near day"], 0.0))
        told = np.where(day, w["same day"], np.where(self._one_time(a, b), 0.7 * w["same day"], told))
        return np.where(known, told, 0.0)

    def _overlapping(self, a: Numbers, b: Numbers) -> Flags:
        known = (self.low[a] != 0) & (self.low[b] != 0)
        told: Flags = known & (self.low[a] <= self.high[b]) & (self.low[b] <= self.high[a])
        return told

    def _one_time(self, a: Numbers, b: Numbers) -> Flags:
        one = (self.low[a] == self.low[b]) & (self.high[a] == self.high[b])
        told: Flags = self.dated[a] & self.dated[b] & one & (self.high[a] - self.low[a] <= MONTH)
        return told

    def _same_place(self, a: Numbers, b: Numbers) -> Flags:
        known = (self.place_name[a] != 0) & (self.place_name[b] != 0)
        by_id = (self.place[a] == self.place[b]) & (self.place[a] != 0)
        told: Flags = known & (by_id | (self.place_name[a] == self.place_name[b]))
        return told

    def _where(self, a: Numbers, b: Numbers) -> Floats:
        land = (self.land[a] == self.land[b]) & (self.land[a] != 0)
        wide = max(self._w["within"], self._w["same province"])
        return np.where(self._same_place(a, b), self._w["same town"], wide * land)

    def _same_word(self, a: Numbers, b: Numbers) -> Flags:
        stem = (self.stem[a] == self.stem[b]) & (self.stem[a] != 0)
        told: Flags = stem | ((self.first[a] == self.first[b]) & (self.first[a] != 0))
        return told

    def _apart(self, a: Numbers, b: Numbers, context: Floats) -> Floats:
        """Of two reports."""
        w, x, y = self._w, self.story_of[a], self.story_of[b]
        story, names = self.story.overlap(x, y), self.story.common(x, y)
        days = np.minimum(np.abs(self.published[a] - self.published[b]), 7)
        known = ~self.exact[a] & ~self.exact[b] & (self.published[a] != 0) & (self.published[b] != 0)
        total = w["story"] * story + w["another story"] * (names < FEWEST_NAMES) + w["other words"] * (context < LITTLE)
        total += w["nothing in particular"] * ~self._tied(a, b, context, story)
        told: Floats = total + w["days between the reports"] * np.where(known, days, 0)
        return told

    def _tied(self, a: Numbers, b: Numbers, context: Floats, story: Floats) -> Flags:
        near = self.exact[a] | self.exact[b] | (np.abs(self.published[a] - self.published[b]) <= 1)
        tied = near & self._same_place(a, b) & self.fine[a]
        wide = np.maximum(self.high[a] - self.low[a], self.high[b] - self.low[b]) >= WEEK
        tied |= self._same_word(a, b) & self.dated[a] & self.dated[b] & ~wide & self._overlapping(a, b)
        tied |= self._one_time(a, b) | (self.exact[a] & self.exact[b] & (self.low[a] == self.low[b]))
        tied |= ((self.aim[a] & self.aim[b]) != 0) | (context >= MUCH) | (story >= ONE_STORY)
        tied |= self.large[a] & self.large[b] & ((self.figures[a] & self.figures[b]) != 0)
        names = (self.by[a] | self.to[a]) & (self.by[b] | self.to[b])
        told: Flags = tied | (names != 0)
        return told

    def _together(self, a: Numbers, b: Numbers) -> Floats:
        """Of one report."""
        w = self._w
        up = w["taken up again"] * ((self.type[a] == self.type[b]) & (self.bare[a] != self.bare[b]))
        told = max(w["one sentence"], w["one report"]) + up
        all_told: Floats = np.where(self.about[a] | self.about[b], np.maximum(told, w["its toll"]), told)
        return all_told


class _Words:
    """Sets of words as bits: how many two have in common, at most."""

    def __init__(self, sets: Sequence[Sequence[str]], bit: Callable[[str], int]) -> None:
        packed = bytearray()
        for words in sets:
            packed += _union(map(bit, words)).to_bytes(WIDTH // 8, "little")
        self.bits = np.frombuffer(packed, dtype=np.uint64).reshape(-1, WIDTH // 64)
        self.size = np.fromiter(map(len, sets), dtype=np.int32, count=len(sets))
        self.double = self.size - np.bitwise_count(self.bits).sum(axis=1).astype(np.int32)  # words that share a bit

    def common(self, a: Numbers, b: Numbers) -> NDArray[np.int32]:
        met = np.bitwise_count(self.bits[a] & self.bits[b]).sum(axis=1).astype(np.int32)
        most = np.minimum(met + np.minimum(self.double[a], self.double[b]), np.minimum(self.size[a], self.size[b]))
        return np.asarray(np.where(met > 0, most, 0), dtype=np.int32)

    def overlap(self, a: Numbers, b: Numbers) -> Floats:
        both = self.common(a, b)
        either = np.maximum(self.size[a] + self.size[b] - both, 1)
        return np.asarray(both / either, dtype=np.float64)


def _type_table(w: Weights) -> Floats:
    made = np.full((len(TYPES), len(TYPES)), STRANGERS)
    for n, one in enumerate(TYPES):
        for m, other in enumerate(TYPES):
            if one is other:
                made[n, m] = w.features["same type"]
            elif (loss := w.types.get(frozenset({one, other}))) is not None:
                made[n, m] = loss
    return made


def _bits() -> Callable[[str], int]:
    held: dict[str, int] = {}

    def bit(word: str) -> int:
        if word not in held:
            held[word] = 1 << zlib.crc32(word.encode("utf-8", "surrogatepass")) % WIDTH
        return held[word]

    return bit


def _union(bits: Iterable[int]) -> int:
    made = 0
    for b in bits:
        made |= b
    return made


def _mask(values: Iterable[object]) -> int:
    return _union(1 << zlib.crc32(str(v).encode("utf-8", "surrogatepass")) % 64 for v in values)


def _countries(refs: Sequence[Ref]) -> set[str]:
    return {r.country for r in refs if r.country}


def _first(g: Gist) -> str:
    word = g.trigger.quote.split(" ", 1)[0]
    return word.casefold()[:5] if len(word) > 3 else ""
