"""Matches of a text -> those within a quotation, with the match that says on which day it was spoken.

"We will retaliate today," he said on Tuesday: "today" is that Tuesday.
"""

import re
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
    days = [m for m in found if m.rule.name in DAYS]
    if not spoken or (len(days) < 2 and len(found) < 2):
        return {}
    start = text.rfind("\n", 0, found[0].start) + 1
    end = text.find("\n", found[-1].end)
    quotations = [q.span() for q in QUOTED.finditer(text, start, len(text) if end < 0 else end)]
    out: dict[int, Match] = {}
    for m in spoken:
        quotation = next((q for q in quotations if q[0] < m.start and m.end < q[1]), None)
        if quotation and (day := _beside(text, quotation, quotations, days)):
            out[m.start] = day
    return out


def _beside(
    text: str, quotation: tuple[int, int], quotations: Sequence[tuple[int, int]], days: Sequence[Match]
) -> Match | None:
    for day in days:
        if any(a < day.start < b for a, b in quotations):
            continue
        after = 0 <= day.start - quotation[1] < REACH
        before = 0 <= quotation[0] - day.end < REACH
        between = text[quotation[1] : day.start] if after else text[day.end : quotation[0]] if before else ""
        lead = text[max(0, day.start - REACH // 2) : day.start] if before else ""
        if ". " in between.rstrip(". "):
            continue
        if SAID.search(between) or SAID.search(lead.rsplit(". ", 1)[-1]):
            return day
    return None
