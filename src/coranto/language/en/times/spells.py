"""Matches of times of day, durations and sets -> their meanings."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coranto.language.en.times import calendar
from coranto.language.en.times.calendar import Meaning
from coranto.language.en.times.dates import bare_day, dated
from coranto.language.en.times.discourse import Discourse
from coranto.language.en.times.patterns import Match
from coranto.language.en.times.relative import amount_of, lasting, stated_day, unit_of, weekday_day
from coranto.records import Granularity

STEP_WITH_PERIOD = {
    "rel.last": -1,
    "rel.past": -1,
    "rel.next": 1,
    "rel.coming": 1,
    "rel.recent": -1,
    "rel.previous": -1,
}


def _names_day(m: Match) -> bool:
    return any(m.has(name) for name in ("weekday", "deictic", "month", "iso", "tonight"))


def part_of_day(m: Match, d: Discourse) -> Meaning:
    """ "Monday morning", "the early hours of Thursday", "tonight"."""
    part = m.get("part") or m.get("part2") or m.get("hours") or m.get("overnight") or m.get("tonight") or "NI"
    day = bare_day(m, d).low if m.has("day") and not m.has("month") else stated_day(m, d)
    if day is None and m.has("weekday"):
        return Meaning("TIME", f"XXXX-WXX-{m.get('weekday')}T{part}", granularity=Granularity.HOUR)
    return calendar.part_of_day(day, part)


def part_relative(m: Match, d: Discourse) -> Meaning:
    """ "This morning", "last night", "the next evening", "that night", "the night before"."""
    kind, step = m.cls("rel"), int(m.get("rel") or 0)
    if m.has("before") or m.has("after"):
        kind, step = "rel.previous", -1 if m.has("before") else 1
    if kind in ("rel.that", "rel.same", "rel.following", "rel.previous", "rel.next"):
        base = d.mentioned_within("day")
    else:
        base = d.uttered()
    return calendar.part_of_day(base + timedelta(step) if base else None, m.get("part") or "NI")


def part_bare(m: Match, d: Discourse) -> Meaning:
    """ "In the morning": of the day last spoken of."""
    return calendar.part_of_day(d.mentioned_within("day"), m.get("part") or m.get("hours") or "MO")


def _night(end: date | None, begin: date | None = None) -> Meaning:
    """The night that ends on ``end`` or begins on ``begin``: two days."""
    first = begin or (end - timedelta(1) if end else None)
    if first is None:
        return Meaning("TIME", "XXXX-XX-XXTNI", granularity=Granularity.HOUR)
    last = end or first + timedelta(1)
    return Meaning("TIME", f"{first.isoformat()}TNI", first, last, end or first, Granularity.HOUR)


def overnight(m: Match, d: Discourse) -> Meaning:
    """The night before the text's day; with a day, the night into it ("into Saturday") or from it ("Friday night")."""
    if not _names_day(m):
        base = d.in_sentence(m) or d.today()
        if base is not None and d.tense_of(m).value == "future":
            return _night(None, base)
        return _night(base)
    day = stated_day(m, d)
    if m.get("prep") in ("into", "to", "until", "till", "by") or (m.has("overnight") and not m.has("of")):
        return _night(day)
    return _night(None, day)


def overnight_two(m: Match, d: Discourse) -> Meaning | None:
    """ "Overnight from Friday to Saturday", "the night of May 3-4", "Friday night into Saturday"."""
    return _night(weekday_day(m, d, "weekday2") if m.has("weekday2") else dated(m, d, "day2").low)


def clock(m: Match, d: Discourse) -> Meaning:
    """A time of day, on the day that it names, else on the day last spoken of within the text's days."""
    hour, minute = _hour(m)
    if (ampm := m.get("ampm")) or ((part := m.get("part")) and hour <= 12):
        late = ampm == "pm" if ampm else part in ("AF", "EV", "NI")
        hour = hour % 12 + (12 if late else 0)
    day = stated_day(m, d) if _names_day(m) else d.mentioned_within("day")
    if m.has("relday") and day:
        day += timedelta(int(m.get("rel") or 0))
    return calendar.clock(day, hour, minute, _offset(m.get("zone") or "", day, hour))


def _offset(zone: str, day: date | None, hour: int) -> float | None:
    """Hours from UTC of a zone that is told as such ("3") or by its name ("Europe/Kyiv"), on that day."""
    if not zone or "/" not in zone:
        return float(zone) if zone else None
    try:
        shift = datetime(day.year, day.month, day.day, hour % 24, tzinfo=ZoneInfo(zone)).utcoffset() if day else None
    except ZoneInfoNotFoundError:
        return None
    return shift / timedelta(hours=1) if shift is not None else None


def _hour(m: Match) -> tuple[int, int]:
    if text := m.get("clock"):
        hour, minute, *_ = text.split(":")
        return int(hour), int(minute)
    lexeme = m.lexeme("hour")
    value = m.text[lexeme.start : lexeme.end] if lexeme and m.has("units") else m.get("hour") or "0"
    return (int(value[:2]), int(value[2:])) if len(value) == 4 else (int(float(value)), 0)


def noon(m: Match, d: Discourse) -> Meaning:
    """Noon or midnight."""
    hour = int((m.get("noon") or "12")[:2])
    day = stated_day(m, d) if _names_day(m) else d.mentioned_within("day")
    return calendar.clock(day, hour, 0, _offset(m.get("zone") or "", day, hour))


def duration(m: Match, d: Discourse) -> Meaning | None:
    """ "Three weeks", "the last two years", "a year and a half"."""
    unit, amount = unit_of(m), amount_of(m)
    step = 0 if m.text.startswith(" of ", m.end) else STEP_WITH_PERIOD.get(m.cls("rel"), 0)
    if m.has("unit2") and m.get("and") == "and" and amount is not None:
        return calendar.duration(None, unit)._replace(value=_mixed(amount, unit, m))
    return lasting(m, d, amount, unit, step) if step else calendar.duration(amount, unit)


def _mixed(amount: float, unit: str, m: Match) -> str:
    first = calendar.duration_value(amount, unit)
    second = calendar.duration_value(float(m.get("number2") or 0), m.get("unit2") or unit)
    if first.startswith("PT") or not second.startswith("PT"):
        return first + second.removeprefix("PT").removeprefix("P")
    return first + second[1:]


def duration_half(m: Match, d: Discourse) -> Meaning:
    """ "Half an hour", "a half-century"."""
    unit = unit_of(m)
    fixed = {
        "year": (6, "month"),
        "decade": (5, "year"),
        "century": (50, "year"),
        "day": (12, "hour"),
        "hour": (30, "minute"),
    }
    return calendar.duration(*fixed[unit]) if unit in fixed else calendar.duration(None, unit)


def bare_units(m: Match, d: Discourse) -> Meaning:
    """ "For weeks", "decades-long"."""
    return calendar.duration(None if m.has("units") else 1, m.get("units") or m.get("unit") or "year")


def recent_units(m: Match, d: Discourse) -> Meaning:
    """ "Recent weeks", "the coming months": a vague past, or a duration to come."""
    kind = m.cls("rel")
    if kind in ("rel.recent", "rel.past", "rel.previous"):
        return calendar.vague("PAST_REF")
    if kind in ("rel.coming", "rel.next", "rel.following"):
        return calendar.vague("FUTURE_REF") if not m.has("the") else calendar.duration(None, m.get("units") or "year")
    return calendar.duration(None, m.get("units") or "year")


def every(m: Match, d: Discourse) -> Meaning | None:
    """ "Every Friday", "each of the two weeks", "every other day"."""
    if weekday := m.get("weekday"):
        part = f"T{m.get('part2')}" if m.has("part2") else ""
        return Meaning("SET", f"XXXX-WXX-{weekday}{part}", granularity=Granularity.WEEK)
    if m.has("part"):
        return Meaning("SET", f"XXXX-XX-XXT{m.get('part')}", granularity=Granularity.DAY)
    if month := m.get("month"):
        return Meaning("SET", f"XXXX-{int(month):02d}", granularity=Granularity.YEAR)
    if season := m.get("season"):
        return Meaning("SET", f"XXXX-{season}", granularity=Granularity.YEAR)
    if m.has("named"):
        return Meaning("SET", "P1Y", granularity=Granularity.YEAR)
    unit = unit_of(m)
    if unit == "weekend":
        return Meaning("SET", "XXXX-WXX-WE", granularity=Granularity.WEEK)
    value = m.get("number") or m.get("ordinal") or ("2" if m.has("other") else "1")
    amount = None if m.has("several") or not value.replace(".", "").isdigit() else float(value)
    return calendar.duration(amount, unit, type="SET")


def weekdays(m: Match, d: Discourse) -> Meaning:
    """ "Fridays", "Sunday nights"."""
    number, part = m.get("weekdays") or m.get("weekday"), m.get("parts") or m.get("part")
    return Meaning("SET", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""), granularity=Granularity.WEEK)


def times(m: Match, d: Discourse) -> Meaning:
    """ "Twice a week", "40 dollars a day"."""
    return calendar.duration(2 if m.has("other") else 1, m.get("unit") or "day", type="SET")


def long(m: Match, d: Discourse) -> Meaning:
    """ "Weeklong"."""
    return calendar.duration(1, m.get("long") or "day")


def frequency(m: Match, d: Discourse) -> Meaning:
    """ "Daily"."""
    return Meaning("SET", m.get("frequency") or "P1D", granularity=Granularity.DAY)
