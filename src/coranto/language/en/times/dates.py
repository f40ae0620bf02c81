"""Matches of dates that name their month, year or day -> their meanings."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from coranto.language.en.times import calendar, named
from coranto.language.en.times.calendar import Meaning
from coranto.language.en.times.discourse import Discourse
from coranto.language.en.times.patterns import Match
from coranto.records import Granularity, Tense

Part = tuple[int, int, Meaning]  # first and last lexeme of one end of a range
Reading = Callable[[Match, Discourse], "Meaning | tuple[Part, ...] | None"]
MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\.?"
)
LISTED = re.compile(
    rf"(?:\s*,\s*(?:{MONTHS}\s+\d\d?|\d\d?\s+{MONTHS}|{MONTHS}))*,?\s+(?:and|or)\s+"
    rf"(?:{MONTHS}\s+\d\d?,|\d\d?\s+{MONTHS}|{MONTHS})\s+(1\d{{3}}|20\d\d)\b"
)
PIVOT = 50  # two-digit years above it are of the 1900s


def full_year(value: str) -> int:
    """The year of "1998", "'98" or "98"."""
    digits = re.sub(r"\D", "", value)
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (1900 if number > PIVOT else 2000)


def stated_year(m: Match, d: Discourse) -> int | None:
    """The year that a match names, in figures or as "last year", "this year", "that year"."""
    if year := m.get("year"):
        return int(year) if m.has("era") else full_year(year)
    if not m.has("yearunit"):
        return None
    kind = m.cls("yearrel")
    if kind in ("rel.that", "rel.same", "rel.previous", "rel.following"):
        base = d.mentioned()
    else:
        base = d.published() or d.mentioned()
    return base.year + int(m.get("yearrel") or 0) if base else None


def modified(m: Match, made: Meaning, d: Discourse) -> Meaning:
    """The meaning with its days narrowed by "early", "late", "the end of", "earlier" or "later"."""
    for name in ("early", "mod", "edge"):
        if modifier := m.get(name):
            made = calendar.narrowed(made, modifier)
    if "END" in (m.get("early"), m.get("mod")) and made.granularity is Granularity.DAY:
        made = calendar.late(made)
    if made.low and made.high and d.anchor and made.low <= d.anchor <= made.high:
        if m.has("earlier"):
            return made._replace(high=d.anchor, best=made.low + (d.anchor - made.low) / 2)
        if m.has("later"):
            return made._replace(low=d.anchor, best=d.anchor + (made.high - d.anchor) / 2)
    return made


def iso(m: Match, d: Discourse) -> Meaning:
    """2024-03-05, with or without a time."""
    text = (m.get("iso") or "").replace("/", "-")
    made = calendar.day(date.fromisoformat(text[:10]))
    if len(text) == 10:
        return made
    offset = None
    if zone := re.search(r"(Z)$|([+-])(\d\d):?(\d\d)$", text[16:]):
        offset = 0.0 if zone[1] else float(f"{zone[2]}{int(zone[3]) + int(zone[4]) / 60}")
    return calendar.clock(made.low, int(text[11:13]), int(text[14:16]), offset)


def numeric(m: Match, d: Discourse) -> Meaning:
    """3/5/2024: month first, unless only day first is possible or it is written with full stops."""
    text = m.get("numeric") or ""
    first, second, year = (int(n) for n in re.findall(r"\d+", text))
    if first > 12 or "." in text:
        first, second = second, first
    return calendar.day(date(full_year(str(year)) if year < 100 else year, first, second))


def calendar_day(m: Match, d: Discourse) -> Meaning:
    """A day of a month, with or without its year; a weekday beside it helps to choose the year."""
    return modified(m, dated(m, d), d)


def dated(m: Match, d: Discourse, number: str = "day") -> Meaning:
    """The day of the month that a match names."""
    month, day = int(m.get("month") or 0), int(m.get(number) or 0)
    year = stated_year(m, d)
    if year is None:
        year = listed_year(m)
    if year is None and d.year_before_christ:
        return d.before_christ(calendar.day_of(None, month, day), m)
    if year is None:
        candidates = [date(y, month, day) for y in d.years() if day < 29 or _exists(y, month, day)]
        weekday = int(m.get("weekday") or 0)
        agreeing = [c for c in candidates if c.isoweekday() == weekday] if m.cls("weekday") else []
        chosen = d.nearest(agreeing or candidates, m) if candidates else None
        return calendar.day(chosen) if chosen else calendar.day_of(None, month, day)
    made = calendar.day_of(year, month, day)
    return calendar.before_christ(made) if m.get("era") == "BC" else made


def listed_year(m: Match) -> int | None:
    """The year that the last of a list of dates names for all: "3 May and 7 June 1919"."""
    found = LISTED.match(m.text, m.end)
    return int(found[1]) if found else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def weekday_number(m: Match, d: Discourse) -> Meaning:
    """ "Friday the 13th": the nearest such day."""
    base, weekday, number = d.today(), int(m.get("weekday") or 0), int(m.get("day") or 0)
    if base is None:
        return calendar.day(None)
    days = [base + timedelta(n) for n in range(-200, 200)]
    fitting = [x for x in days if x.day == number and x.isoweekday() == weekday]
    return calendar.day(d.nearest(fitting, m) if fitting else None)


def bare_day(m: Match, d: Discourse) -> Meaning:
    """ "On the 15th": of the month last spoken of, else the nearest such day."""
    base, number = d.month_told(), int(m.get("day") or 0)
    if base is None:
        return calendar.day(None)
    months = [calendar.add_months(base.year, base.month, n) for n in (-1, 0, 1)]
    days = [date(y, mo, number) for y, mo in months if _exists(y, mo, number)]
    if d.used == "mention":
        return calendar.day(next((x for x in days if x >= base), days[-1]))
    return calendar.day(d.nearest(days, m))


def day_range(m: Match, d: Discourse) -> tuple[Part, ...]:
    """ "May 3-5", "3 to 5 May 2024": two days."""
    first, second = dated(m, d, "day"), dated(m, d, "day2")
    if first.low and second.low and first.low.year != second.low.year:
        second = calendar.day_of(first.low.year, second.low.month, second.low.day)
    if m.groups["month"] < m.groups["day"]:
        return ((m.first, m.groups["day"], first), (m.groups["day2"], m.last, second))
    return ((m.first, m.groups["day"], first), (m.groups["day2"], m.last, second))


def month_range(m: Match, d: Discourse) -> tuple[Part, ...]:
    """ "January to March 2020": two months; the first lies in the year before where it comes later in the year."""
    year, one, two = stated_year(m, d), int(m.get("month") or 0), int(m.get("month2") or 0)
    assert year is not None
    first = calendar.month(year - (one > two), one)
    return ((m.first, m.groups["month"], first), (m.groups["month2"], m.last, calendar.month(year, two)))


def year_range(m: Match, d: Discourse) -> tuple[Part, ...]:
    """ "1939-45": two years."""
    first, short = m.get("year") or "", m.get("year2") or ""
    if era := m.get("era2"):
        both = [calendar.year(int(y)) for y in (first, short)]
        if era == "BC":
            both = [calendar.before_christ(made) for made in both]
        begin, end = m.groups["year"], m.groups["year2"]
        return ((begin, begin, both[0]), (end, m.last, both[1]))
    second = int(short) if len(short) == 4 else int(first[:2] + short)
    one, two = m.groups["year"], m.groups["year2"]
    return ((one, one, calendar.year(int(first))), (two, two, calendar.year(second)))


def calendar_month(m: Match, d: Discourse) -> Meaning:
    """A month, with or without its year."""
    return modified(m, _month(m, d), d)


def _month(m: Match, d: Discourse) -> Meaning:
    number = int(m.get("month") or 0)
    year = stated_year(m, d)
    if year is None and m.groups["month"] == m.last and not m.has("rel"):
        year = listed_year(m)
    if year is not None:
        made = calendar.month(year, number)
        return calendar.before_christ(made) if m.get("era") == "BC" else made
    if d.year_before_christ:
        return d.before_christ(calendar.month(None, number), m)
    base, kind = d.today(), m.cls("rel")
    if base is None:
        return calendar.month(None, number)
    if kind in ("rel.last", "rel.past", "rel.previous"):
        return calendar.month(base.year - (number >= base.month), number)
    if kind in ("rel.next", "rel.coming", "rel.following"):
        return calendar.month(base.year + (d.years_on(m) or number <= base.month), number)
    if kind in ("rel.this", "rel.that", "rel.same"):
        return calendar.month(base.year, number)
    if number == base.month and not d.in_history(m):
        return calendar.month(base.year, number).nearest(base)
    chosen = d.nearest([date(y, number, 15) for y in d.years()], m)
    return calendar.month(chosen.year if chosen else None, number)


def calendar_year(m: Match, d: Discourse) -> Meaning | None:
    """A year, the half or quarter of one, or a fiscal year (read as the calendar's)."""
    year, edge = stated_year(m, d) or 0, m.get("edge") or ""
    if m.get("era") == "BC":
        return calendar.before_christ(calendar.year(year))
    return of_year(year, edge) or modified(m, calendar.year(year), d)


def of_year(year: int | None, edge: str) -> Meaning | None:
    """The half (H1, H2) or quarter (Q1..Q4) that an edge names."""
    if edge[:1] == "H":
        return calendar.half(year, int(edge[1]))
    if edge[:1] == "Q":
        return calendar.quarter(year, int(edge[1]))
    return None


def calendar_decade(m: Match, d: Discourse) -> Meaning:
    """ "The 1980s", "the '80s"."""
    digits = re.sub(r"\D", "", m.get("decade") or "")
    if len(digits) == 4 and digits.endswith("00") and int(digits) < 1900:  # "the 1800s": a century
        return modified(m, calendar.century(int(digits[:2])), d)
    number = int(digits) // 10 if len(digits) == 4 else (190 if int(digits) >= 30 else 200) + int(digits) // 10
    return modified(m, calendar.decade(number), d)


def decade_word(m: Match, d: Discourse) -> Meaning:
    """ "The nineties"."""
    return modified(m, calendar.decade(190 + int(m.get("decade") or 0)), d)


def calendar_century(m: Match, d: Discourse) -> Meaning | None:
    """ "The 19th century" is 18."""
    value = m.get("ordinal") or ""
    if not value.isdigit() or int(value) >= 100:
        return None
    made = calendar.century(int(value) - 1)
    return calendar.before_christ(made) if m.get("era") == "BC" else modified(m, made, d)


def calendar_season(m: Match, d: Discourse) -> Meaning:
    """A season, with or without its year."""
    name, kind = m.get("season") or "", m.cls("rel")
    year = stated_year(m, d)
    if year is None and d.year_before_christ:
        return d.before_christ(calendar.season(None, name), m)
    base = None if year is not None else d.today()
    if base is not None:
        first = calendar.SEASON_MONTHS[name]
        last_month = first + 2 if first < 12 else 14
        if kind in ("rel.last", "rel.past", "rel.previous"):
            year = base.year if base.month > last_month else base.year - 1
        elif kind in ("rel.next", "rel.coming", "rel.following"):
            year = base.year + (d.years_on(m) or base.month >= first)
        elif kind or d.narrative:
            year = base.year - (name == "WI" and base.month < 3)
            if not kind and d.told_a_day() and base.month > last_month:  # a story goes on: the spring after September
                year += 1
        else:
            chosen = d.nearest([date(y, first + 1 if first < 12 else 12, 15) for y in d.years()], m)
            year = chosen.year if chosen else None
    made = calendar.season(year, name)
    return calendar.before_christ(made) if m.get("era") == "BC" else modified(m, made, d)


def named_day(m: Match, d: Discourse) -> Meaning | None:
    """A feast or national day, with or without its year."""
    rule, kind = m.get("named") or "", m.cls("rel")
    year = stated_year(m, d)
    if named.once(rule):
        low, high = named.days(rule, 1)
    elif year is None:
        base = d.today()
        if base is None:
            return calendar.day(None)
        spans = [named.days(rule, y) for y in (base.year - 1, base.year, base.year + 1)]
        if kind in ("rel.last", "rel.past"):
            low, high = [s for s in spans if s[1] < base][-1]
        elif kind in ("rel.next", "rel.coming"):
            low, high = next(s for s in spans if s[0] > base)
        else:
            spans += [named.days(rule, y) for y in d.years() if abs(y - base.year) > 1]
            chosen = d.nearest([s[0] for s in spans], m)
            if chosen is None:
                return calendar.day(None)
            low, high = next(s for s in spans if s[0] == chosen)
    else:
        low, high = named.days(rule, year)
    if low == high:
        return modified(m, calendar.day(low), d)
    if (high - low).days == 2 and rule.startswith("hijri"):
        return calendar.day(low + timedelta(1))._replace(low=low, high=high)
    if (high - low).days == 6 and rule.startswith("week"):
        return calendar.week(low)
    return calendar.between(f"{low.isoformat()}/{high.isoformat()}", low, high, Granularity.WEEK)


def ordinal_unit(m: Match, d: Discourse) -> Meaning | None:
    """ "The third week of May", "the last Monday in June 2024", "the first day of the month"."""
    whole = _whole(m, d)
    value, unit = m.get("ordinal") or m.get("rel") or "", m.get("unit") or ""
    if whole is None or whole.low is None or whole.high is None:
        return calendar.day(None) if not m.has("unit") else calendar.shifted(None, unit, 0)
    nth = -1 if value in ("last", "-1") else int(value)
    if weekday := m.get("weekday"):
        day = named.nth_weekday(whole.low.year, whole.low.month, int(weekday), nth)
        return calendar.day(day)
    days = {"day": 1, "week": 7, "weekend": 7, "month": 30, "quarter": 91}[unit]
    if nth < 0:
        return calendar.shifted(whole.high, unit, 0)
    if unit in ("month", "quarter"):
        return calendar.shifted(calendar.moved(whole.low, unit, nth - 1), unit, 0)
    if unit == "weekend":
        return calendar.weekend(named.nth_weekday(whole.low.year, whole.low.month, 6, nth))
    return calendar.shifted(whole.low + timedelta(days * (nth - 1)), unit, 0)


def _whole(m: Match, d: Discourse) -> Meaning | None:
    if m.has("month"):
        return _month(m, d)
    if m.has("monthunit"):
        base = d.today()
        return calendar.shifted(base, "month", 0)
    return calendar.year(stated_year(m, d))


def future(m: Match, d: Discourse) -> bool:
    """True where the clause is future."""
    return d.tense_of(m) is Tense.FUTURE
