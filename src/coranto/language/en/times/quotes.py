"""Matches of a text -> those within a quotation, with the match that says on which day it was spoken.

"We will retaliate today," he said on Tuesday: "today" is that Tuesday.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from coranto.language.en.times.patterns import Match

QUOTED = re.compile(r"“[^”\n]{1,800}”|\"[^\"\n]{1,800}\"|``(?:(?!'').){1,800}''", re.S)
SAID = re.compile(
    r"\b(?:said|told|says|added|warned|announced|wrote|stated|declared|tweeted|posted|insisted|argued|vowed|promised|"
    r"reported|claimed|acknowledged|confirmed|replied|noted|explained)\b",
    re.I,
)
REACH = 140  # characters from the quotation to the day of speech
SPOKEN = frozenset({"deictic", "tonight", "part-rel", "overnight"})
DAYS = frozenset({"weekday", "day", "deictic", "part-of-day"})


def days_of_speech(text: str, found: Sequence[Match]) -> dict[int, Match]:
    """For each match (by its start) that speaks from within a quotation: the day beside the verb of speech."""
    spoken = [m for m in found if m.rule.name in SPOKEN]
    if not spoken or len(found) < 2:
        return {}
    start = text.rfind("\n", 0, found[0].start) + 1
    end = text.find("\n", found[-1].end)
    quotations = [q.span() for q in QUOTED.finditer(text, start, len(text) if end < 0 else end)]
    begins = [a for a, _ in quotations]

    def around(position: int) -> tuple[int, int] | None:
        n = bisect_right(begins, position) - 1
        return quotations[n] if n >= 0 and position < quotations[n][1] else None

    days = [m for m in found if m.rule.name in DAYS and around(m.start) is None]
    starts = [m.start for m in days]
    out: dict[int, Match] = {}
    for m in spoken:
        if quotation := around(m.start):
            first, last = bisect_left(starts, quotation[0] - 2 * REACH), bisect_right(starts, quotation[1] + REACH)
            if day := _beside(text, quotation, days[first:last]):
                out[m.start] = day
    return out


def _beside(text: str, quotation: tuple[int, int], days: Sequence[Match]) -> Match | None:
    for day in days:
        after = 0 <= day.start - quotation[1] < REACH
        before = 0 <= quotation[0] - day.end < REACH
        between = text[quotation[1] : day.start] if after else text[day.end : quotation[0]] if before else ""
        lead = text[max(0, day.start - REACH // 2) : day.start] if before else ""
        if ". " in between.rstrip(". "):
            continue
        if SAID.search(between) or SAID.search(lead.rsplit(". ", 1)[-1]):
            return day
    return None
