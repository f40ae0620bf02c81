"""Found times -> the same, with days for "a week after the 7 October attacks": a length from a day that is told.

Its TIMEX3 value stays the length, as TimeML has it; the days that it covers are those that it leads to.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from coranto.language.en.times.found import FoundTime
from coranto.language.en.times.relative import away
from coranto.records import Granularity, Span

AMOUNT = re.compile(r"P(\d+)([DWMY])")
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
LED = re.compile(r"\s+(after|before|following|prior to)\s+(?:(?:the|a|an|his|her|its|their|last|this)\s+)?", re.I)
DATED = re.compile(r"(?:[\w’'-]+\s+){1,3}of\s+|[\w’'-]+\s+on\s+")
SURE = 0.7
TOLD = frozenset({Granularity.DAY, Granularity.HOUR, Granularity.INSTANT})


def measured(text: str, found: Sequence[FoundTime]) -> list[FoundTime]:
    """The times, with days for each length that leads from the day of the time after it."""
    out = list(found)
    for n, (time, other) in enumerate(pairwise(found)):
        amount = AMOUNT.fullmatch(time.timex.value)
        led = LED.match(text, time.span.end, other.span.start) if amount and time.period is None else None
        if amount is None or led is None or other.period is None or other.granularity not in TOLD:
            continue
        between = text[led.end() : other.span.start]
        if between and not DATED.fullmatch(between):
            continue
        step = 1 if led[1].lower() in ("after", "following") else -1
        made = away(other.period.best, UNITS[amount[2]], int(amount[1]), step)
        out[n] = replace(
            time,
            period=made.period,
            granularity=made.granularity,
            anchor="mention",
            mention=Span(other.span.start, other.span.end),
            score=min(SURE, other.score),
        )
    return out
