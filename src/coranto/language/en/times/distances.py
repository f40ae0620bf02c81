"""Found times -> the same, with days for "a week after the 7 October attacks": a length from a day that is told.

Its TIMEX3 value stays the length, as TimeML has it; the days that it covers are those that it leads to.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from coranto.language.en.times.found import FoundTime
from coranto.language.en.times.occasions import Occasion, occasion
from coranto.language.en.times.relative import away
from coranto.records import Granularity, Span

AMOUNT = re.compile(r"P(\d+)([DWMY])")
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
LED = re.compile(r"\s+(after|before|following|prior to)\s+(?:(?:the|a|an|his|her|its|their|last|this)\s+)?", re.I)
DATED = re.compile(r"(?:[\w’'-]+\s+){1,3}of\s+|[\w’'-]+\s+on\s+")
SURE = 0.7
TOLD = frozenset({Granularity.DAY, Granularity.HOUR, Granularity.INSTANT})


def measured(text: str, found: Sequence[FoundTime], told: Mapping[str, Occasion]) -> list[FoundTime]:
    """The times, with days for each length that leads from the day of the next time or of an event."""
    out = list(found)
    for n, time in enumerate(found):
        amount = AMOUNT.fullmatch(time.timex.value)
        led = LED.match(text, time.span.end) if amount and time.period is None else None
        if amount is None or led is None:
            continue
        start = _day_of(text, led.end(), found[n + 1] if n + 1 < len(found) else None) or _event(text, led.end(), told)
        if start is None:
            continue
        step = 1 if led[1].lower() in ("after", "following") else -1
        made = away(start.day, UNITS[amount[2]], int(amount[1]), step)
        out[n] = replace(
            time,
            period=made.period,
            granularity=made.granularity,
            anchor="mention" if start.mention else "",
            mention=start.mention,
            score=min(SURE, start.score),
        )
    return out


class Start(NamedTuple):
    """The day that a length leads from, where the text tells it, and how sure that is."""

    day: date
    mention: Span | None
    score: float


def _day_of(text: str, at: int, other: FoundTime | None) -> Start | None:
    """The day of the next time, where it belongs to what is named between: "the ceasefire of 19 January"."""
    if other is None or other.period is None or other.granularity not in TOLD or other.span.start < at:
        return None
    between = text[at : other.span.start]
    if between and not DATED.fullmatch(between):
        return None
    return Start(other.period.best, other.span, other.score)


def _event(text: str, at: int, told: Mapping[str, Occasion]) -> Start | None:
    """The day of an event that is named without its date."""
    found = occasion(text, at, told)
    return Start(found.day, found.mention, SURE) if found else None
