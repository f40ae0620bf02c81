"""A time expression as it is found, and the joining of two into a range."""

import re
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from coranto.language.en.times import calendar
from coranto.language.en.times.calendar import Meaning
from coranto.records import Granularity, Period, Span, Timex

TO = re.compile(r"\s*(?:to|through|thru|until|till|-|–|—)\s*", re.I)
AND = re.compile(r"\s+and\s+", re.I)
BETWEEN = re.compile(r"\bbetween\s+$", re.I)
LEAD = len("between ") + 4  # characters before a range that are read


class FoundTime(Struct, frozen=True, kw_only=True):
    """A time expression of a text. ``parts`` are the two ends of a range, else empty."""

    span: Span
    timex: Timex
    period: Period | None = None
    granularity: Granularity = Granularity.DAY
    instant: datetime | None = None
    rule: str = ""
    anchor: str = ""  # what it was read against: "", "publication", "mention"
    mention: Span | None = None  # the earlier mention that it was read against
    score: float = 1.0
    parts: tuple["FoundTime", ...] = ()


def meaning_of(time: FoundTime) -> Meaning:
    """The meaning that an expression was given."""
    low, high, best = (time.period.low, time.period.high, time.period.best) if time.period else (None, None, None)
    return Meaning(time.timex.type, time.timex.value, low, high, best, time.granularity)


def ranged(first: FoundTime, second: FoundTime) -> FoundTime:
    """Two ends as one expression that covers the days from the first to the second."""
    period = None
    if first.period and second.period:
        first, second = _of_its_year(first, second), _after(first, second)
        assert first.period
        if second.period and first.period.low <= second.period.high:
            low, high = first.period.low, second.period.high
            period = Period(low=low, high=high, best=low + (high - low) / 2)
    return FoundTime(
        span=Span(first.span.start, second.span.end),
        timex=Timex(type=first.timex.type, value=f"{first.timex.value}/{second.timex.value}"),
        period=period,
        granularity=first.granularity,
        rule="range",
        anchor=first.anchor or second.anchor,
        mention=first.mention,
        score=min(first.score, second.score),
        parts=(first, second),
    )


def _of_its_year(first: FoundTime, second: FoundTime) -> FoundTime:
    """The first end, in the year of the second where only that is named or else comes first."""
    assert first.period and second.period
    low, end = first.period.low, second.period.high
    disordered = first.period.low > end
    if not first.anchor or (second.anchor and not disordered) or first.granularity is not second.granularity:
        return first
    if first.rule == second.rule == "weekday":
        return first
    if first.granularity is Granularity.DAY:
        moved = calendar.day_of(end.year - ((low.month, low.day) > (end.month, end.day)), low.month, low.day)
    elif first.granularity is Granularity.MONTH:
        moved = calendar.month(end.year - (low.month > end.month), low.month)
    else:
        return first
    return replace(first, timex=moved.timex, period=moved.period, anchor="")


def _after(first: FoundTime, second: FoundTime) -> FoundTime:
    """The second end, a week on where both are weekdays and it would lie before the first."""
    assert first.period and second.period
    if first.rule != "weekday" or second.rule != "weekday" or second.period.low >= first.period.low:
        return second
    moved = calendar.day(second.period.low + timedelta(7))
    return replace(second, timex=moved.timex, period=moved.period)


def is_between(text: str, start: int) -> bool:
    """True where "between" stands just before ``start``."""
    return BETWEEN.search(text[max(0, start - LEAD) : start]) is not None


def is_range(text: str, first: FoundTime, second: FoundTime) -> bool:
    """True of two dates or times of one granularity that words of a range join, placed or not."""
    if first.parts or second.parts or first.timex.type != second.timex.type or first.granularity != second.granularity:
        return False
    if first.timex.type not in ("DATE", "TIME") or first.granularity is Granularity.VAGUE:
        return False
    gap = text[first.span.end : second.span.start]
    if TO.fullmatch(gap):
        return True
    return bool(AND.fullmatch(gap) and is_between(text, first.span.start))
