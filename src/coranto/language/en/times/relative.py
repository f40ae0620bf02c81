"""Matches of expressions that are read against another day ("last week", "two days later") -> their meanings."""

import re
from datetime import date, timedelta

from coranto.language.en.times import calendar
from coranto.language.en.times.calendar import Meaning
from coranto.language.en.times.dates import dated, future, modified, of_year, stated_year
from coranto.language.en.times.discourse import Discourse
from coranto.language.en.times.patterns import Match
from coranto.records import Granularity, Tense

BACK = ("rel.last", "rel.past", "rel.previous")
AHEAD = ("rel.next", "rel.coming", "rel.following")
ANAPHORIC = ("rel.that", "rel.same", "rel.previous", "rel.following")
RUNNING = re.compile(r"\s+(?:end(?:ed|ing)|that)\b", re.I)
MIDWEEK = 3  # "this weekend", with something that happened, said before Thursday: the one that is over
NEARBY = 40  # characters
MONEY = re.compile(r"share|million|billion|%|percent|loss|profit|earn|revenue|sales|quarter|income", re.I)


def stated_day(m: Match, d: Discourse) -> date | None:
    """The one day that a weekday, a deictic word or a date within a match names."""
    if iso := m.get("iso"):
        return date.fromisoformat(iso[:10].replace("/", "-"))
    if m.has("month"):
        return dated(m, d).low
    if m.has("weekday"):
        return weekday_day(m, d)
    base = d.uttered()
    if base is None:
        return None
    return base + timedelta(int(m.get("deictic") or 0))


def weekday_day(m: Match, d: Discourse, name: str = "weekday") -> date | None:
    """The day that a weekday names, with "last", "next", "this" or "of last week"."""
    number, kind = int(m.get(name) or 0), m.cls("rel")
    if m.has("weekrel"):
        base = d.today()
        if base is None:
            return None
        monday = base - timedelta(base.weekday())
        return monday + timedelta(7 * int(m.get("weekrel") or 0) + number - 1)
    if kind in ("rel.previous", "rel.following") or (kind == "rel.next" and m.has("the")):
        base = d.mentioned()
    else:
        base = d.uttered() if kind else d.today()
    if base is None:
        return None
    if kind in BACK:
        return base - timedelta((base.isoweekday() - number) % 7 or 7)
    if kind in AHEAD:
        return base + timedelta((number - base.isoweekday()) % 7 or 7)
    if kind == "rel.this":
        return base - timedelta(base.weekday()) + timedelta(number - 1)
    if kind in ("rel.that", "rel.same"):
        base = d.mentioned() or base
        return base - timedelta((base.isoweekday() - number) % 7)
    return d.weekday(number, m)


def weekday(m: Match, d: Discourse) -> Meaning:
    """A weekday: the day of that name that is meant."""
    day = weekday_day(m, d)
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{m.get('weekday')}")
    return modified(m, calendar.day(day), d)


def deictic(m: Match, d: Discourse) -> Meaning:
    """ "Today", "yesterday", "the day after tomorrow"."""
    if d.narrative and d.speech_day is None and m.get("deictic") == "0":  # "still in use today": these days
        return calendar.vague("PRESENT_REF")
    return modified(m, calendar.day(stated_day(m, d)), d)


def day_next_to(m: Match, d: Discourse) -> Meaning:
    """ "The day before last Tuesday"."""
    day = stated_day(m, d)
    step = -1 if m.has("before") else 1
    return calendar.day(day + timedelta(step) if day else None)


def week_of(m: Match, d: Discourse) -> Meaning:
    """ "The week of March 3"."""
    return calendar.week(stated_day(m, d))


def relative_unit(m: Match, d: Discourse) -> Meaning | None:
    """ "Last week", "early next year", "that month", "this year's third quarter", "the past decade"."""
    unit, kind, step = m.get("unit") or "", m.cls("rel"), int(m.get("rel") or 0)
    if kind == "rel.latest":
        return calendar.shifted(d.uttered(), "quarter", -1)
    definite = m.has("det")
    if (kind in ("rel.past",) and unit not in ("weekend", "quarter")) or (
        definite and kind == "rel.next" and unit == "decade"
    ):
        if unit not in ("year", "day") or not definite:
            return lasting(m, d, 1, unit, step)
    anaphoric = kind in ANAPHORIC or (kind == "rel.next" and (definite or unit == "day"))
    if anaphoric and (kind != "rel.next" or unit == "day" or d.narrative):
        base = d.mentioned_within(unit) if unit == "day" else d.mentioned()
    else:
        base = d.uttered()
    if m.has("quarter"):
        return calendar.quarter(base.year + step if base else None, int(m.get("ordinal") or 1))
    if kind == "rel.this" and unit == "weekend" and base and base.weekday() < MIDWEEK and d.tense_of(m) is Tense.PAST:
        step = -1
    if anaphoric and unit == "year" and d.year_before_christ:
        return calendar.before_christ(calendar.year(d.year_before_christ - step))
    made = calendar.shifted(base, unit, step)
    if (edge := m.get("edge")) and unit == "year" and (part := of_year(base.year + step if base else None, edge)):
        return part
    return modified(m, made if step else made.nearest(base), d)


def beside_last(m: Match, d: Discourse) -> Meaning | None:
    """ "The year before last", "the night before last", "the Sunday after next"."""
    base, step = d.uttered(), 2 * int(m.get("rel") or 0)
    if (step < 0) != m.has("before"):
        return None
    if part := m.get("part"):
        return calendar.part_of_day(base + timedelta(step) if base else None, part)
    if weekday := m.get("weekday"):
        if base is None:
            return Meaning("DATE", f"XXXX-WXX-{weekday}")
        behind = (base.isoweekday() - int(weekday)) % 7 or 7
        return calendar.day(base - timedelta(behind + 7) if step < 0 else base + timedelta(14 - behind % 7))
    return calendar.shifted(base, m.get("unit") or "", step)


def edge_unit(m: Match, d: Discourse) -> Meaning | None:
    """ "The end of the month", "earlier in the year"."""
    unit = m.get("unit") or ""
    base = d.mentioned() if d.narrative else d.today()
    if unit == "day":
        return modified(m, calendar.day(d.mentioned()), d)
    if (edge := m.get("edge")) and unit == "year" and (part := of_year(base.year if base else None, edge)):
        return part
    over = unit == "week" and base and base.weekday() == 0 and not m.has("edge") and d.tense_of(m) is Tense.PAST
    return modified(m, calendar.shifted(base, unit, -1 if over else 0).nearest(base), d)


def whole_year(m: Match, d: Discourse) -> Meaning | None:
    """ "The full year": the year of the text."""
    base = d.today()
    return calendar.year(base.year) if base and m.get("whole") == "full" else calendar.duration(1, "year")


def year_end(m: Match, d: Discourse) -> Meaning:
    """ "Year-end": the end of the year of the text."""
    base = d.today()
    return calendar.narrowed(calendar.year(base.year if base else None), "END")


def the_weekend(m: Match, d: Discourse) -> Meaning:
    """ "The weekend": the latest one, or the coming one where the clause is future."""
    base = d.today()
    if base is None or base.weekday() >= 5 or future(m, d):
        return calendar.weekend(base)
    return calendar.weekend(base - timedelta(7))


def beside(m: Match, d: Discourse) -> Meaning | None:
    """ "The day before", "the year after": read from the last mention."""
    unit = m.get("unit") or ""
    step = -1 if m.has("before") else 1
    return calendar.shifted(d.mentioned(), unit, step)


def unit_of(m: Match) -> str:
    """The unit that a match names; "second" is also an ordinal."""
    value = m.get("unit") or m.get("units") or "year"
    return value if value.isalpha() else "second"


def amount_of(m: Match) -> float | None:
    """The number that a match names; None where it is vague."""
    if m.has("number") and not m.has("several"):
        text = (m.get("number") or "0").replace("-", " ")
        if "/" in text:
            whole, _, part = text.rpartition(" ")
            top, bottom = part.split("/")
            value = float(whole or 0) + int(top) / max(int(bottom), 1)
        else:
            value = float(text)
    elif m.has("several"):
        return None
    else:
        value = 0.5 if m.has("half") and not m.has("andhalf") else 1.0
    return value + (0.5 if m.has("andhalf") else 0)


def lasting(m: Match, d: Discourse, amount: float | None, unit: str, step: int) -> Meaning:
    """ "The last two weeks": a duration that covers the days up to today, or from today on."""
    made = calendar.duration(amount, unit)
    base = d.today()
    if base is None or amount is None or amount > 3000:
        return made
    far = calendar.moved(base, unit, step * amount)
    low, high = min(base, far), max(base, far)
    return made._replace(low=low, high=high, best=low + (high - low) / 2)


def ago(m: Match, d: Discourse) -> Meaning | None:
    """ "Three weeks ago", "two months from now"."""
    unit, amount = unit_of(m), amount_of(m)
    step = -1 if m.has("ago") else 1
    if m.has("number") and amount is not None and unit == "year" and amount == 1 and _money(m) and d.last_quarter:
        return calendar.quarter(d.last_quarter[0] - 1, d.last_quarter[1])
    if unit == "year" and amount == 1 and d.last_quarter and _money(m):
        return calendar.quarter(d.last_quarter[0] - 1, d.last_quarter[1])
    return away(d.uttered(), unit, amount, step)


def from_mention(m: Match, d: Discourse) -> Meaning | None:
    """ "Two days later", "a year earlier": read from the last mention."""
    unit, amount = unit_of(m), amount_of(m)
    step = 1 if m.has("later") or m.has("after") else -1
    if unit == "year" and amount == 1 and step < 0 and d.last_quarter and _money(m):
        return calendar.quarter(d.last_quarter[0] - 1, d.last_quarter[1])
    if unit == "year" and amount is not None and d.year_before_christ > max(0, step * amount):
        return calendar.before_christ(calendar.year(d.year_before_christ - int(step * amount)))
    base = None if step > 0 and d.focus is None and not future(m, d) else d.mentioned_within(unit)
    if base is None and amount is not None and unit not in calendar.CLOCK_UNITS:
        return calendar.shifted(None, unit, 0)
    return away(base, unit, amount, step)


def _money(m: Match) -> bool:
    return bool(MONEY.search(m.text[max(0, m.start - 90) : m.start]))


def away(base: date | None, unit: str, amount: float | None, step: int) -> Meaning:
    """The day, week, month or year that lies an amount of units from a day; ``step`` -1 goes back."""
    if unit in calendar.CLOCK_UNITS:
        made = calendar.duration(amount, unit)
        if base is None or amount is None:
            return made
        days = int(amount * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[unit]) // 24 + 1
        far = base + timedelta(step * days)
        return made._replace(low=min(base, far), high=max(base, far), best=base)
    if amount is None:
        return calendar.vague("PAST_REF") if step < 0 else calendar.duration(None, unit)
    if base is None:
        return calendar.shifted(None, unit, 0)
    if amount != int(amount) and unit in calendar.YEARS_IN:
        unit, amount = "year", amount * calendar.YEARS_IN[unit]
    if amount != int(amount):
        exact = calendar.moved(base, unit, step * amount)
        return calendar.shifted(exact, "month" if unit == "year" else "day", 0)
    made = calendar.shifted(base, unit, int(step * amount))
    if made.low and unit in ("week", "month", "year", "fortnight", "quarter"):
        return made.nearest(calendar.moved(base, unit, step * amount))
    return made


def quarter_century(m: Match, d: Discourse) -> Meaning:
    """ "A quarter of a century", or that long ago."""
    return away(d.uttered(), "year", 25, -1) if m.has("ago") else calendar.duration(25, "year")


def ago_bare(m: Match, d: Discourse) -> Meaning:
    """ "Months ago", "years later"."""
    if m.has("ago"):
        return calendar.vague("PAST_REF")
    return calendar.duration(None, m.get("units") or "year")


def calendar_quarter(m: Match, d: Discourse) -> Meaning | None:
    """ "The third quarter of 1989", "Q2", "the fiscal first quarter" (read as the calendar's)."""
    number = int(m.get("ordinal") or 1)
    return quarter_of(m, d, number) if 1 <= number <= 4 else None


def quarter_of(m: Match, d: Discourse, number: int) -> Meaning:
    """A quarter (with "H", a half) of the year that is named, else the latest that has begun, or that to come."""
    year = stated_year(m, d)
    if m.has("h"):
        base = d.today()
        return calendar.half(year or (base.year if base else None), number)
    if year is None:
        base = d.today()
        if base is None:
            return calendar.quarter(None, number)
        now = (base.month - 1) // 3 + 1
        year = base.year if number <= now or future(m, d) else base.year - 1
    d.last_quarter = (year, number)
    return calendar.quarter(year, number)


def months_quarter(m: Match, d: Discourse) -> Meaning:
    """ "The April-June quarter"."""
    return quarter_of(m, d, int(m.get("month2") or 3) // 3)


def same_quarter(m: Match, d: Discourse) -> Meaning | None:
    """ "The same quarter of 2009", "the same period a year earlier": as the quarter last spoken of."""
    stated = stated_year(m, d)
    if d.last_quarter is None:
        return calendar.year(stated) if stated else None
    year, number = d.last_quarter
    return calendar.quarter(year - 1 if m.has("unit") else stated or year, number)


def latest_quarter(m: Match, d: Discourse) -> Meaning | None:
    """ "The quarter", "the latest quarter": the one last spoken of, else the one before the text's."""
    base = d.today()
    if d.last_quarter:
        return calendar.quarter(*d.last_quarter)
    return calendar.shifted(base, "quarter", -1)


def year_ago(m: Match, d: Discourse) -> Meaning:
    """ "The year-ago quarter": the quarter last spoken of, a year before."""
    base = d.today()
    if m.has("ordinal") and base:
        return calendar.quarter(base.year - 1, int(m.get("ordinal") or 1))
    if d.last_quarter and (m.has("quarter") or m.has("period") or not m.has("monthunit")):
        return calendar.quarter(d.last_quarter[0] - 1, d.last_quarter[1])
    if m.has("monthunit") and base:
        return calendar.month(base.year - 1, base.month)
    return calendar.shifted(base, "year", -1)


def reference(m: Match, d: Discourse) -> Meaning | None:
    """ "Now", "recently", "the near future": no days."""
    value = m.get("ref") or m.get("rel") or "PRESENT_REF"
    if m.words == "soon" and d.tense_of(m) is Tense.PAST:  # soon after what was told, not after the text's day
        return None
    made = calendar.vague(value)
    return made._replace(granularity=Granularity.VAGUE)


def the_past(m: Match, d: Discourse) -> Meaning:
    """ "The past", "the present": no days."""
    return calendar.vague("PAST_REF" if m.has("past") else "PRESENT_REF")


def adjective(m: Match, d: Discourse) -> Meaning:
    """ "Recent", "current" before a noun."""
    kind = m.cls("rel")
    return calendar.vague("PAST_REF" if kind == "rel.recent" else "PRESENT_REF")


def the_year(m: Match, d: Discourse) -> Meaning:
    """ "For the year" is the year of the text; "the year ended March 31" is a length."""
    base = d.today()
    if m.has("fiscal") or base is None or RUNNING.match(m.text, m.end):
        return calendar.duration(1, "year")
    return calendar.year(base.year).nearest(base)


def anniversary(m: Match, d: Discourse) -> Meaning | None:
    """ "The second anniversary of the invasion": of a day that the text has told, or that is of common record."""
    day = d.occasion(m)
    if day is None:
        return calendar.day(None) if d.anchor is None else None
    if m.has("number") or m.has("ordinal"):
        return calendar.day(calendar.moved(day, "year", int(m.get("number") or m.get("ordinal") or 0)))
    base = d.published()
    if base is None:
        return calendar.day(None)
    years = range(max(base.year - 1, day.year + 1), base.year + 2)
    return calendar.day(
        min((calendar.moved(day, "year", y - day.year) for y in years), key=lambda x: abs((x - base).days))
    )


def nth_day(m: Match, d: Discourse) -> Meaning:
    """ "The third day of the visit": counted from the day on which it began where the text has told that, else the day
    spoken of in the same breath, else (unsure) the text's day."""
    if (begun := d.occasion(m)) and (m.get("ordinal") or "").isdigit():
        return calendar.day(begun + timedelta(int(m.get("ordinal") or 1) - 1))
    if d.focus is not None and d.focus_span is not None and 0 <= m.start - d.focus_span.end < NEARBY:
        return calendar.day(d.mentioned_within("day"))
    return calendar.day(d.today())
