"""Words for something that happened -> its day: told of in the same text before, else of common record.

"The second anniversary of the invasion", "a week after the ceasefire", "the third day of his visit".
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.times.found import FoundTime
from coranto.records import Granularity, Span

REACH = 90  # characters in which an event is named
BEFORE = 60  # characters before a day in which it is told what happened on it
WORDS = 6  # words of a name among which its noun is looked for
CLAUSE = re.compile(r"[.;:!?\n](?:\s|$)|,\s(?!20|19)|\s(?:who|which|that|when|where|but|and)\s")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
NOUN_ON = re.compile(r"([^\W\d_]{4,})\s+(?:on|of|in|from)\s+(?:the\s+)?\Z")
THE = re.compile(r"\b(?:the|its|his|her|their)\s+\Z", re.I)
NOUN_AFTER = re.compile(r"(?:['’]s)?\s+((?:[^\W\d_]+\s+){0,2}?[^\W\d_]{4,})")
FINE = frozenset({Granularity.DAY, Granularity.HOUR, Granularity.INSTANT})


class Occasion(NamedTuple):
    """The day of something that happened, and where the text tells of it (None: it is of common record)."""

    day: date
    mention: Span | None = None


class Known(NamedTuple):
    """A phrase for an event of common record; ``beside``: words of which the text must hold one."""

    phrase: str
    day: date
    beside: tuple[str, ...]


@cache
def known() -> tuple[Known, ...]:
    """The events of ``data/en/times/dated_events.tsv``, those of the longest phrase first."""
    rows = read_rows(DATA / "en" / "times" / "dated_events.tsv", columns=("phrase", "day", "beside"))
    found = [
        Known(r["phrase"], date.fromisoformat(r["day"]), tuple(filter(None, r["beside"].split("|")))) for r in rows
    ]
    return tuple(sorted(found, key=lambda k: (-len(k.phrase), k.phrase)))


@cache
def _telling() -> Mapping[str, tuple[str, ...]]:
    """A past form of a verb, or a noun -> the nouns of what it tells."""
    out: dict[str, tuple[str, ...]] = {}
    for row in read_rows(DATA / "en" / "times" / "event_nouns.tsv", columns=("noun", "verbs")):
        for word in (row["noun"], *row["verbs"].split()):
            out[word] = (*out.get(word, ()), row["noun"])
    return out


def named(text: str, start: int) -> str:
    """The words of a clause from ``start`` on that may name an event, in lower case."""
    return CLAUSE.split(text[start : start + REACH])[0].lower().replace("’", "'")


def occasion(text: str, start: int, told: Mapping[str, Occasion]) -> Occasion | None:
    """The day of what the words from ``start`` on name; None where the text has not told it and nobody knows."""
    words = named(text, start)
    for word in WORD.findall(words)[:WORDS]:
        if found := told.get(word) or told.get(word.removesuffix("s")):
            return found
    for event in known():
        if event.phrase in words and (not event.beside or any(b in text for b in event.beside)):
            return Occasion(event.day)
    return None


def told_in(text: str, found: Sequence[FoundTime]) -> dict[str, Occasion]:
    """What is told to have happened on a day: the nouns beside it and those of the verbs before it."""
    out: dict[str, Occasion] = {}
    for time in found:
        if time.granularity not in FINE or time.period is None or time.period.days > 2 or time.parts:
            continue
        lead = CLAUSE.split(text[max(0, time.span.start - BEFORE) : time.span.start])[-1].lower()
        nouns = [n for word in WORD.findall(lead) for n in _telling().get(word, ())]
        if noun := NOUN_ON.search(lead):
            nouns.append(noun[1].removesuffix("s"))
        if THE.search(lead) and (noun := NOUN_AFTER.match(text, time.span.end)):
            nouns.extend(w.lower().removesuffix("s") for w in noun[1].split() if w.islower())
        for name in nouns:
            out[name] = Occasion(time.period.best, time.span)
    return out
