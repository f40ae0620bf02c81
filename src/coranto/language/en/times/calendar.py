"""Calendar units -> what they mean: TIMEX3 value and closed local days with the best day.

``None`` for a day, year or month means that it is not known; the value then has X's and there is no period.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from coranto.records import Granularity, Period, Timex

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
DURATION_LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "WE", "week": "W", "fortnight": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "Y", "century": "Y", "millennium": "Y",
}  # fmt: skip
VAGUE_LETTERS = {"decade": "DE", "century": "CE", "millennium": "ML"}
YEARS_IN = {"decade": 10, "century": 100, "millennium": 1000}
CLOCK_UNITS = ("second", "minute", "hour")
UNIT_DAYS = {
    "day": 1.0, "weekend": 7.0, "week": 7.0, "fortnight": 14.0, "month": 30.44, "quarter": 91.3, "year": 365.25,
    "decade": 3652.5, "century": 36525.0, "millennium": 365250.0,
}  # fmt: skip


class Meaning(NamedTuple):
    """A TIMEX3 type and value, the days that it covers, its granularity, and the instant (UTC) if known."""

    type: str
    value: str
    low: date | None = None
    high: date | None = None
    best: date | None = None
    granularity: Granularity = Granularity.DAY
    instant: datetime | None = None

    @property
    def timex(self) -> Timex:
        """Type and value as a record."""
        return Timex(type=self.type, value=self.value)

    @property
    def period(self) -> Period | None:
        """The days as a record, or None."""
        if self.low is None or self.high is None or self.best is None:
            return None
        return Period(low=self.low, high=self.high, best=min(max(self.best, self.low), self.high))

    def nearest(self, day: date | None) -> "Meaning":
        """The same, its best day drawn to ``day`` where that lies within."""
        if day and self.low and self.high and self.low <= day <= self.high:
            return self._replace(best=day)
        return self


def between(value: str, low: date, high: date, granularity: Granularity, type: str = "DATE") -> Meaning:
    """Days ``low`` to ``high``; the best day is the middle."""
    return Meaning(type, value, low, high, low + (high - low) / 2, granularity)


def day(d: date | None) -> Meaning:
    """One day."""
    return between(d.isoformat(), d, d, Granularity.DAY) if d else Meaning("DATE", "XXXX-XX-XX")


def day_of(year: int | None, month: int, number: int) -> Meaning:
    """A day of a month; without a year it is not placed. ValueError where the month has no such day."""
    if year is None:
        date(2024, month, number)
        return Meaning("DATE", f"XXXX-{month:02d}-{number:02d}")
    return day(date(year, month, number))


def week(d: date | None) -> Meaning:
    """The ISO week that a day lies in."""
    if d is None:
        return Meaning("DATE", "XXXX-WXX", granularity=Granularity.WEEK)
    first = d - timedelta(d.weekday())
    y, w, _ = d.isocalendar()
    return between(f"{y}-W{w:02d}", first, first + timedelta(6), Granularity.WEEK)


def weekend(d: date | None) -> Meaning:
    """Saturday and Sunday of the ISO week that a day lies in."""
    if d is None:
        return Meaning("DATE", "XXXX-WXX-WE", granularity=Granularity.WEEK)
    first = d - timedelta(d.weekday())
    y, w, _ = d.isocalendar()
    return between(f"{y}-W{w:02d}-WE", first + timedelta(5), first + timedelta(6), Granularity.DAY)


def month(year: int | None, number: int | None) -> Meaning:
    """A month of a year."""
    if year is None or number is None:
        shown = f"{number:02d}" if number else "XX"
        return Meaning("DATE", f"XXXX-{shown}", granularity=Granularity.MONTH)
    last = monthrange(year, number)[1]
    return between(f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, last), Granularity.MONTH)


def quarter(year: int | None, number: int | None) -> Meaning:
    """A quarter (1..4) of a calendar year."""
    if year is None or number is None:
        return Meaning("DATE", f"XXXX-Q{number or 'X'}", granularity=Granularity.QUARTER)
    low, high = month(year, 3 * number - 2), month(year, 3 * number)
    assert low.low and high.high
    return between(f"{year:04d}-Q{number}", low.low, high.high, Granularity.QUARTER)


def half(year: int | None, number: int) -> Meaning:
    """A half (1..2) of a calendar year."""
    if year is None:
        return Meaning("DATE", f"XXXX-H{number}", granularity=Granularity.QUARTER)
    low, high = date(year, 6 * number - 5, 1), date(year, 6 * number, 30 if number == 1 else 31)
    return between(f"{year:04d}-H{number}", low, high, Granularity.QUARTER)


def season(year: int | None, name: str) -> Meaning:
    """A northern season; a winter begins in December of its year."""
    if year is None:
        return Meaning("DATE", f"XXXX-{name}", granularity=Granularity.QUARTER)
    first = SEASON_MONTHS[name]
    end_year, end_month = add_months(year, first, 2)
    low, high = date(year, first, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])
    return between(f"{year:04d}-{name}", low, high, Granularity.QUARTER)


def year(number: int | None) -> Meaning:
    """A calendar year."""
    if number is None:
        return Meaning("DATE", "XXXX", granularity=Granularity.YEAR)
    return between(f"{number:04d}", date(number, 1, 1), date(number, 12, 31), Granularity.YEAR)


def before_christ(made: Meaning) -> Meaning:
    """The same date in years before Christ: the value says so (BC0044-03-15), and it has no days."""
    return Meaning(made.type, f"BC{made.value}", granularity=made.granularity)


def decade(number: int | None) -> Meaning:
    """Ten years: 198 is 1980 to 1989."""
    if number is None:
        return Meaning("DATE", "XXX", granularity=Granularity.DECADE)
    return between(f"{number:03d}", date(number * 10, 1, 1), date(number * 10 + 9, 12, 31), Granularity.DECADE)


def century(number: int | None) -> Meaning:
    """A hundred years: 19 is 1900 to 1999."""
    if number is None:
        return Meaning("DATE", "XX", granularity=Granularity.VAGUE)
    low = date(max(number * 100, 1), 1, 1)
    return between(f"{number:02d}", low, date(number * 100 + 99, 12, 31), Granularity.VAGUE)


def part_of_day(d: date | None, part: str) -> Meaning:
    """Morning (MO), afternoon (AF), evening (EV), night (NI) or daytime (DT) of a day; a night ends on the next."""
    made = late(day(d)) if part == "NI" else day(d)
    return made._replace(type="TIME", value=f"{made.value}T{part}", granularity=Granularity.HOUR)


def late(made: Meaning) -> Meaning:
    """The same day, that what is said to have come late may have run over: two days, the first of them the best."""
    if made.low is None or made.low != made.high:
        return made
    return made._replace(high=made.low + timedelta(1), best=made.low)


def clock(d: date | None, hour: int, minute: int | None, offset: float | None = None) -> Meaning:
    """A time of day; ``offset`` is that of its zone from UTC in hours. ValueError where there is no such time."""
    if not (0 <= hour < 24 and 0 <= (minute or 0) < 60) and (hour, minute) != (24, 0):
        raise ValueError(f"expected a time of day, met {hour}:{minute}")
    made = day(d)
    instant = None
    if d is not None and offset is not None:
        local = datetime(d.year, d.month, d.day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute or 0)
        instant = local - timedelta(hours=offset)
    value = f"{made.value}T{hour:02d}" + (f":{minute:02d}" if minute is not None else "")
    granularity = Granularity.HOUR if minute is None else Granularity.INSTANT
    return made._replace(type="TIME", value=value, granularity=granularity, instant=instant)


def vague(reference: str) -> Meaning:
    """PRESENT_REF, PAST_REF or FUTURE_REF: no days."""
    return Meaning("DATE", reference, granularity=Granularity.VAGUE)


def duration(amount: float | None, unit: str, *, type: str = "DURATION") -> Meaning:
    """An amount of time (None = not told); no days."""
    return Meaning(type, duration_value(amount, unit), granularity=granularity_of(unit))


def duration_value(amount: float | None, unit: str) -> str:
    """The TIMEX3 value of an amount of a unit: P3D, PT1H30M, PXY, P20Y for two decades."""
    letter, prefix = DURATION_LETTERS[unit], "PT" if unit in CLOCK_UNITS else "P"
    if amount is None:
        return f"{prefix}X{VAGUE_LETTERS.get(unit, letter)}"
    amount *= {"fortnight": 2, **YEARS_IN}.get(unit, 1)
    whole, rest = int(amount), amount - int(amount)
    if rest and unit in ("hour", "minute", "year"):
        smaller = {"hour": "M", "minute": "S", "year": "M"}[unit]
        parts = round(rest * (12 if unit == "year" else 60))
        return prefix + (f"{whole}{letter}" if whole else "") + f"{parts}{smaller}"
    if rest and unit == "day":
        return f"P{whole}DT{round(rest * 24)}H" if whole else f"PT{round(rest * 24)}H"
    return f"{prefix}{whole if not rest else amount:g}{letter}" if amount < 1e6 else f"{prefix}{whole}{letter}"


def granularity_of(unit: str) -> Granularity:
    """The granularity that a unit commits itself to."""
    if unit in CLOCK_UNITS:
        return Granularity.HOUR
    named = {"weekend": Granularity.DAY, "fortnight": Granularity.WEEK, "century": Granularity.VAGUE,
             "millennium": Granularity.VAGUE}  # fmt: skip
    return named.get(unit) or Granularity(unit)


def shifted(d: date | None, unit: str, amount: int) -> Meaning:
    """The calendar unit that lies ``amount`` units from the one that ``d`` lies in."""
    if unit == "fortnight":
        unit, amount = "week", amount * 2
    if unit == "day":
        return day(d + timedelta(amount) if d else None)
    if unit in ("week", "weekend"):
        moved = d + timedelta(7 * amount) if d else None
        return week(moved) if unit == "week" else weekend(moved)
    if unit == "month":
        return month(*add_months(d.year, d.month, amount)) if d else month(None, None)
    if unit == "quarter":
        n = d.year * 4 + (d.month - 1) // 3 + amount if d else 0
        return quarter(n // 4, n % 4 + 1) if d else quarter(None, None)
    if unit == "year":
        return year(d.year + amount if d else None)
    if unit == "decade":
        return decade(d.year // 10 + amount if d else None)
    return century(d.year // 100 + amount if d else None)


def add_months(year: int, month: int, amount: int) -> tuple[int, int]:
    """The year and month that lie ``amount`` months on."""
    n = year * 12 + month - 1 + amount
    return n // 12, n % 12 + 1


def moved(d: date, unit: str, amount: float) -> date:
    """The day that lies about ``amount`` units from ``d``; months and years keep the day of the month."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months and amount == int(amount):
        y, m = add_months(d.year, d.month, int(amount) * months)
        return date(y, m, min(d.day, monthrange(y, m)[1]))
    if unit in CLOCK_UNITS:
        return d + timedelta(**{f"{unit}s": amount})
    return d + timedelta(round(amount * UNIT_DAYS[unit]))


def narrowed(made: Meaning, modifier: str) -> Meaning:
    """The beginning (START), middle (MID) or end (END) third of a period; the value stays, as TIMEX3 has it."""
    if made.low is None or made.high is None or made.low == made.high or modifier not in ("START", "MID", "END"):
        return made
    third = (made.high - made.low) / 3
    low = {"START": made.low, "MID": made.low + third, "END": made.high - third}[modifier]
    high = {"START": made.low + third, "MID": made.high - third, "END": made.high}[modifier]
    return made._replace(low=low, high=high, best=low + (high - low) / 2)


def is_day(value: str) -> bool:
    """True of the value of one known day."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
