"""A short line of an English live blog -> what it is: a time label, a name, a marker, a piece of furniture.

A label is a time of day ("10:42 GMT", "5:42 p.m. ET"), a time told against the reader's clock ("2h ago"), a day, or
several of these side by side. The fixed words (``knowledge/data/en/liveblog.tsv``) are matched whole.
"""

import re
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows

FILE = DATA / "en" / "liveblog.tsv"
LONGEST = 80  # characters of a label
_ZONE = r"(?:\(?(?:[A-Z]{2,5}|local time|[A-Z][a-z]+ time|[+-]\d\d:?\d\d)\)?)"
_CLOCK = (
    rf"(?:\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?{_ZONE})?|\d{{1,2}}\s?[ap]\.?m\b\.?(?:\s?{_ZONE})?"
    r"|(?:noon|midnight)\b)"
)
_AGO = (
    r"(?:(?:about |over |almost )?(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s?"
    r"(?:s|m|h|d|w|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?)\.? ago|just now|moments ago)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )"
_DAY = (
    rf"(?:{_WEEKDAY}?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?)"
    r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|today|yesterday)"
)
_PREFIX = r"(?:(?:last |first )?(?:updated?|posted|published|posted at|published at|update)\b(?: at| on)?[:\s]*)?"
_CHANGE = re.compile(r"\(?(?:last |latest )?updated?\b", re.I)
_ITEM = rf"(?:{_AGO}|{_DAY}|{_CLOCK})"
_SEPARATOR = r"(?:\s*[/|·•,–—-]\s*|\s+(?:at |on )?|\s*\(|)"
_LABEL = re.compile(rf"\(?{_PREFIX}{_ITEM}(?:{_SEPARATOR}{_ITEM}){{0,4}}\)?(?:\s*[/|·•–—-]\s.{{0,30}})?", re.I)
_LABELLED = re.compile(rf"({_CLOCK})\s*[-–—|:]\s*(\S.{{8,240}})", re.I)
_PARTS = {"ago": re.compile(_AGO, re.I), "day": re.compile(_DAY, re.I), "clock": re.compile(_CLOCK, re.I)}
_AGO_PARTS = re.compile(r"(\d{1,3}|[a-z]+)\s?(m|h|d|w)[a-z]*\.? ago", re.I)
_CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?\s?(?:([ap])\.?m\b)?", re.I)
_ZONED = re.compile(r"(?:\d|[apAP]\.?[mM]\.?)\s?\(?(?![AP]M)([A-Z]{1,4}T|UTC|MSK|TRT|PKT|WIB|[A-Z]{2,4})\b")
_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_STARTS = re.compile(r"\b(?:published|posted|first|started|created)\b", re.I)
_CHANGED = re.compile(r"\b(?:updated?|modified|edited|revised)\b", re.I)
_NAME_PART = r"[A-ZÀ-Þ][\w'’.-]*[a-zà-ÿ.][\w'’.-]*"
_NAME = re.compile(
    rf"(?:By |From )?(?:CNN[’']s |The )?{_NAME_PART}(?: (?:(?:al|bin|de|der|la|van|von)[ -])?{_NAME_PART}){{1,3}}"
    rf"(?:(?:,| and| &) {_NAME_PART}(?: {_NAME_PART}){{1,3}}){{0,4}}(?:,? in [A-Z][\w ]{{2,30}})?"
)


class Label(NamedTuple):
    """What kinds of time a label holds, any of "ago", "clock", "day"; "" where it is none."""

    parts: frozenset[str]

    @property
    def is_page_stamp(self) -> bool:
        """True if it says a day and a time, as the line under a page's headline does."""
        return "day" in self.parts


def label(line: str) -> Label | None:
    """The label that a line is, or None."""
    if len(line) > LONGEST or not _LABEL.fullmatch(line):
        return None
    rest, parts = line, set[str]()
    for name, rule in _PARTS.items():
        if rule.search(rest):
            parts.add(name)
            rest = rule.sub(" ", rest)
    return Label(frozenset(parts)) if parts else None


def is_change(line: str) -> bool:
    """True if a label tells of a change: "Last updated: 5 minutes ago"."""
    return bool(_CHANGE.match(line))


def labelled(line: str) -> tuple[str, str] | None:
    """The time and the headline of a line "10:42 - Shells hit a clinic"."""
    met = _LABELLED.fullmatch(line)
    return (met[1], met[2]) if met else None


def clock(text: str) -> tuple[int, int] | None:
    """Hour (0 to 24) and minute of a label, or None."""
    plain = _PARTS["day"].sub(" ", _PARTS["ago"].sub(" ", text))
    met = next((m for m in _CLOCK_PARTS.finditer(plain) if m[2] or m[3]), None)
    if met is None:
        return {"noon": (12, 0), "midnight": (0, 0)}.get(plain.strip().casefold())
    if int(met[1]) > 24 or int(met[2] or 0) > 59:
        return None
    hour = int(met[1])
    if met[3]:
        hour = hour % 12 + (12 if met[3].lower() == "p" else 0)
    return hour, int(met[2] or 0)


def ago(text: str) -> tuple[timedelta, bool] | None:
    """How long before the reader's clock a label is, and whether it is told finer than in days; or None."""
    met = _AGO_PARTS.search(text)
    if met is None:
        return None
    count = int(met[1]) if met[1].isdigit() else _NUMBERS.get(met[1].lower(), 1)
    unit = met[2].lower()
    if unit == "m" and "month" in met[0].lower():
        return timedelta(days=30 * count), False
    return count * _UNITS[unit], unit in "mh"


def starts(text: str) -> bool:
    """True if a page's stamp says when it was published and not when it was last changed: the day of its first post."""
    return _STARTS.search(text) is not None and _CHANGED.search(text) is None


def changed(text: str) -> str:
    """What a page's stamp says behind "updated", or ""."""
    met = _CHANGED.search(text)
    return text[met.end() :] if met else ""


def zone(text: str) -> str:
    """The short name of the zone behind a time of day, or ""."""
    met = _ZONED.search(text)
    return met[1] if met else ""


def is_name(line: str) -> bool:
    """True if a line may be the name of who wrote a post."""
    return len(line) <= 90 and bool(_NAME.fullmatch(line))


@lru_cache(maxsize=1)
def _fixed() -> dict[str, frozenset[str]]:
    rows = list(read_rows(FILE, columns=("kind", "words")))
    return {kind: frozenset(r["words"] for r in rows if r["kind"] == kind) for kind in {r["kind"] for r in rows}}


def is_fixed(line: str, kind: str) -> bool:
    """True if a line is one of the fixed words of a kind: summary, marker, furniture, aside, end."""
    return line.casefold().strip(" :►›>()0123456789") in _fixed()[kind]
