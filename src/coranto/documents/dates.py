"""A date as metadata, bylines or datelines write it -> TimeExpression.

Only absolute dates: what is relative needs the time grammar and a date to be read against.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from coranto.records import Granularity, Period, TimeExpression, Timex

FIRST, LAST = 1980, 2100  # years outside are errors of the page

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_ISO = re.compile(
    r"^\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^\s*(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?\s*$")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ \-]({MONTH}),?[ \-](\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({MONTH})[ \-](\d{{1,2}})(?:st|nd|rd|th)?,?[ \-](\d{{4}})\b", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d./-])(\d\d?)([./])(\d\d?)\2(\d{4})(?![\d./-])")
_YEAR_FIRST = re.compile(r"\b(\d{4})[./](\d\d?)[./](\d\d?)\b")
_CLOCK = re.compile(
    r"\b(\d\d?)[:.](\d\d)(?::\d\d)?\s*([ap]\.?m\b\.?)?(?:\s*\(?([A-Z]{2,4}|[+-]\d\d:?\d\d)\b)?", re.IGNORECASE
)
_EPOCH = re.compile(r"^\s*(\d{10})(?:\d{3})?\s*$")
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2, "sast": 2, "eest": 3,
    "msk": 3, "eat": 3, "trt": 3, "gst": 4, "pkt": 5, "wib": 7, "ict": 7, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "edt": -4, "est": -5, "cdt": -5, "mdt": -6, "mst": -7,
    "pdt": -7, "pst": -8,
}  # fmt: skip


def read(raw: str) -> TimeExpression | None:
    """The day or instant that a written date means; None where it is no absolute date or no possible one.

    The day is the local day of the zone that is written; the instant is UTC and known only where a zone is written.
    """
    raw = raw.strip()[:120]
    if met := _ISO.match(raw) or _COMPACT.match(raw):
        year, month, day, hour, minute, second, zone = met.groups()
        return _made(int(year), int(month), int(day), hour, minute, second, zone)
    if met := _EPOCH.match(raw):
        moment = datetime.fromtimestamp(int(met[1]), UTC)
        return at(moment) if FIRST <= moment.year < LAST else None
    if met := _DAY_FIRST.search(raw):
        return _with_clock(raw, met, int(met[3]), month_number(met[2]), int(met[1]))
    if met := _MONTH_FIRST.search(raw):
        return _with_clock(raw, met, int(met[3]), month_number(met[1]), int(met[2]))
    if met := _YEAR_FIRST.search(raw):
        return _with_clock(raw, met, int(met[1]), int(met[2]), int(met[3]))
    if met := _NUMERIC.search(raw):
        return _numeric(raw, met)
    return None


def _numeric(raw: str, met: re.Match[str]) -> TimeExpression | None:
    """ "23.11.2021", "11/23/2021": what may be read both ways (3/4/2021) is no date, but day first with full stops."""
    first, second, year = int(met[1]), int(met[3]), int(met[4])
    if met[2] == "." or first > 12 or first == second:
        return _with_clock(raw, met, year, second, first)
    return _with_clock(raw, met, year, first, second) if second > 12 else None


def month_number(name: str) -> int:
    """1 to 12 for an English month's name or short form."""
    return _MONTHS.index(name[:3].lower()) + 1


def on(day: date) -> TimeExpression:
    """The expression of one day."""
    period = Period(low=day, high=day, best=day)
    return TimeExpression(timex=Timex(type="DATE", value=day.isoformat()), period=period)


def at(moment: datetime) -> TimeExpression:
    """The expression of one moment; its instant is known if it has a zone."""
    day = moment.date()
    aware = moment.tzinfo is not None
    return TimeExpression(
        timex=Timex(type="TIME", value=moment.strftime("%Y-%m-%dT%H:%M")),
        period=Period(low=day, high=day, best=day),
        instant=moment.astimezone(UTC) if aware else None,
        granularity=Granularity.INSTANT if aware else Granularity.HOUR,
    )


def zoned(moment: str, zone: str) -> str:
    """An ISO moment with the offset of a zone's short name behind it, where the zone is known."""
    hours = _ZONES.get(zone.lower())
    return moment if hours is None else f"{moment}{'-' if hours < 0 else '+'}{abs(hours):02}:00"


def _with_clock(raw: str, date_met: re.Match[str], year: int, month: int, day: int) -> TimeExpression | None:
    rest = raw[: date_met.start()] + " | " + raw[date_met.end() :]
    met = _CLOCK.search(rest)
    if met is None:
        return _made(year, month, day)
    hour = int(met[1])
    half = (met[3] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _made(year, month, day, str(hour), met[2], None, met[4])


def _made(
    year: int, month: int, day: int, hour: str | None = None, minute: str | None = None,
    second: str | None = None, zone: str | None = None,
) -> TimeExpression | None:  # fmt: skip
    if not FIRST <= year < LAST:
        return None
    try:
        if hour is None:
            return on(date(year, month, day))
        return at(datetime(year, month, day, int(hour), int(minute or 0), int(second or 0), tzinfo=_zone(zone)))
    except (ValueError, OverflowError):
        return None


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] in "+-":
        digits = written[1:].replace(":", "")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        return timezone(shift if written[0] == "+" else -shift)
    hours = _ZONES.get(written.lower())
    return None if hours is None else timezone(timedelta(hours=hours))
