"""Clues -> the day on which a page was published: an interval, the best day, the evidence, how sure.

Every day that a clue names is a candidate; each clue speaks for or against it with its weight. Of days that are held
alike the earliest wins, for what is added later is added to what was there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from coranto.documents import dates
from coranto.documents.clues import Clue
from coranto.records import Granularity, Period, TimeExpression, Timex

NAMING = frozenset({"json-ld", "header", "meta", "time", "htmldate", "address", "published", "label", "dateline"})
BOUNDING = frozenset({"year", "event"})  # what only says that a page is no older
TOLD = frozenset({"told", "caption"})  # days of what happened, or was photographed
SPANNING = frozenset({"ago", "story"})  # what names the days between which a page may be
SHOWN = frozenset({"time", "label", "htmldate"})
LATEST = 0.01  # for a tie
WEAKEST = 0.25  # what a day needs to be answered at all
DRIFT = 7  # days after the last day told of within which a page that names none is held to be published
LONELY = 366  # the same, where it tells of one day alone, as texts of a later year do
TOGETHER = 31  # days between which days that are told of belong together
LONE = 0.2  # how sure a page's day is that follows from a lone day told of
SURE = 0.99
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.I)


class Dating(NamedTuple):
    """The answer: what the page's day is, the clues that speak for it, the strongest first, and how sure that is."""

    value: TimeExpression
    clues: tuple[Clue, ...]
    score: float


def decide(clues: Sequence[Clue], *, captured: datetime | None = None) -> Dating | None:
    """The day that the clues agree on best; None where no clue names one."""
    clues = _without_repeats(clues)
    latest = captured.date() + timedelta(1) if captured else date(dates.LAST, 1, 1)
    candidates = sorted({d for d in _candidates(clues, captured) if d <= latest})
    if not candidates:
        return None
    held = {d: sum(c.weight * _fit(c, d) for c in clues) for d in candidates}
    if captured and (recurring := [d for d in candidates if any(c.recurs and _fit(c, d) == 1 for c in clues)]):
        held[max(recurring)] += LATEST  # of the same day of several years, the one before the capture
    best = max(candidates, key=lambda d: (round(held[d], 6), -d.toordinal()))
    speaking = sorted((c for c in clues if _fit(c, best) > 0.5 and _names(c)), key=lambda c: (-c.weight, c.path))
    if not speaking or held[best] < WEAKEST:
        return None
    against = sum(c.weight for c in clues if _fit(c, best) < 0)
    strongest = min(speaking[0].weight, 1.0)
    shared = 1 - (1 - strongest) * 0.6 ** (len({c.kind for c in speaking}) - 1)
    score = min(SURE, max(0.05, shared * held[best] / (held[best] + against)))
    if score >= SURE and speaking[0].weight >= 1:
        score = 1.0
    value = _value(best, speaking, clues, latest)
    if value.granularity is Granularity.YEAR:
        score = min(score, LONE)
    return Dating(value, tuple(speaking[:4]), round(score, 3))


def _without_repeats(clues: Sequence[Clue]) -> list[Clue]:
    """One clue of a kind for a day; what shows the day of a change, where metadata name an earlier one, is that."""
    told = {c.best for c in clues if c.kind in ("json-ld", "meta") and c.best}
    changed = {c.high for c in clues if c.kind == "updated" and c.high and any(t < c.high for t in told)} - told
    kept: dict[object, Clue] = {}
    for clue in clues:
        if clue.kind in SHOWN and clue.best in changed:
            clue = clue._replace(kind="updated", low=None)
        kept.setdefault((clue.kind, clue.best, clue.low, clue.high, clue.recurs), clue)
    return list(kept.values())


def _candidates(clues: Iterable[Clue], captured: datetime | None) -> Iterator[date]:
    clues = list(clues)
    years = {c.best.year for c in clues if c.best} | {c.low.year for c in clues if c.low}
    if captured:
        years |= {captured.year, captured.year - 1}
    for clue in clues:
        if clue.best is not None:
            yield clue.best
        if clue.recurs is not None:
            month, day, weekday = clue.recurs
            for year in sorted({y + step for y in years for step in (-1, 0, 1)}):
                try:
                    found = date(year, month, day)
                except ValueError:
                    continue
                if not weekday or found.isoweekday() == weekday:
                    yield found


def _fit(clue: Clue, day: date) -> float:
    """How well a day fits a clue: 1 as it says, .6 a day beside it (time zones), below 0 against it."""
    if clue.recurs is not None:
        return _recurring(clue, day)
    if clue.kind in BOUNDING:
        return 0.1 if clue.low is None or day >= clue.low else -1.0
    if clue.kind == "updated":
        assert clue.high is not None
        return 1.0 if day == clue.high else 0.2 if day < clue.high else -2.0
    if clue.kind in TOLD:
        assert clue.low is not None
        away = (day - clue.low).days
        return 1.0 if 0 <= away <= 1 else 0.7 if 0 <= away <= DRIFT else 0.1 if away > 0 else -1.0
    if clue.low is not None and clue.high is not None and clue.low < clue.high:
        return 1.0 if clue.low <= day <= clue.high else -0.5
    named = clue.best or clue.high
    away = abs((day - named).days) if named else 999
    return 1.0 if away == 0 else 0.6 if away == 1 else 0.1 if away <= 3 else -0.25 if clue.kind != "below" else 0.0


def _recurring(clue: Clue, day: date) -> float:
    assert clue.recurs is not None
    month, number, weekday = clue.recurs
    for year in (day.year, day.year - 1):
        try:
            said = date(year, month, number)
        except ValueError:
            continue
        if weekday and said.isoweekday() != weekday:
            continue
        away = (day - said).days
        if clue.kind == "told-weekday" and 0 <= away <= DRIFT:
            return 0.8
        if abs(away) <= 1:
            return 0.6 if away else 1.0
    return -0.2


def _names(clue: Clue) -> bool:
    return clue.best is not None or clue.recurs is not None or clue.low is not None


def _at_its_instant(value: TimeExpression, speaking: Sequence[Clue]) -> TimeExpression:
    """The local day with the instant that another clue knows: 23:50 in one zone is the next day's 01:50 in another."""
    known = next((c.value for c in speaking if c.value and c.value.instant and c.kind in ("json-ld", "meta")), None)
    if value.instant is not None or known is None:
        return value
    return replace(value, instant=known.instant, granularity=Granularity.INSTANT)


def _value(best: date, speaking: Sequence[Clue], clues: Sequence[Clue], latest: date) -> TimeExpression:
    """The value of the strongest clue that names the day; else the day with the days that it may also be."""
    for clue in speaking:
        if clue.value is not None and clue.best == best and clue.kind in NAMING:
            return _at_its_instant(clue.value, speaking)
    low = high = best
    if not any(c.kind in NAMING or (c.recurs and c.kind != "told-weekday") for c in speaking):
        spans = [c for c in speaking if c.low and c.high and c.low <= best <= c.high and c.kind in SPANNING]
        if spans:
            low = max(c.low for c in spans if c.low)
            high = min(c.high for c in spans if c.high)
        else:
            low, high = best, min(latest, best + timedelta(LONELY if _is_lone(best, speaking, clues) else DRIFT))
        for clue in clues:
            if clue.kind == "updated" and clue.high and clue.high >= best:
                high = min(high, clue.high)
    low, high = min(low, best), max(high, best)
    if low == high:
        return dates.on(best)
    period = Period(low=low, high=high, best=best)
    width = Granularity.WEEK if period.days <= TOGETHER else Granularity.YEAR
    return TimeExpression(timex=Timex(type="DATE", value=best.isoformat()), period=period, granularity=width)


def _is_lone(best: date, speaking: Sequence[Clue], clues: Sequence[Clue]) -> bool:
    """True of a day told of with no weekday beside it and no other day near it: news names days without their year."""
    if any(c.kind not in TOLD or _WEEKDAY.search(c.raw) for c in speaking):
        return False
    return not any(c.kind in TOLD and c.low and 0 < (best - c.low).days <= TOGETHER for c in clues)
