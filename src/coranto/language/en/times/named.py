"""The rule of a named day and a year -> its days."""

import re
from calendar import monthrange
from datetime import date, timedelta

from coranto.records import DataError

HIJRI_EPOCH = 227_015  # ordinal of 1 Muharram of year 1 (civil, tabular), proleptic Gregorian
SHIFTED = re.compile(r"(easter|orthodox)([+-]\d+)")
NTH = re.compile(r"(\d\d)/(\d)/(-?\d)(?:\+(\d+))?")


def days(rule: str, year: int) -> tuple[date, date]:
    """First and last day of a named day in a year. DataError where the rule is of no known form."""
    if rule.startswith("week of "):
        first, _ = days(rule.removeprefix("week of "), year)
        return first - timedelta(first.weekday()), first + timedelta(6 - first.weekday())
    if ".." in rule:
        begin, end = rule.split("..")
        return days(begin, year)[0], days(end, year)[0]
    if once(rule):
        day = date.fromisoformat(rule)
    elif found := re.fullmatch(r"(\d\d)-(\d\d)", rule):
        day = date(year, int(found[1]), int(found[2]))
    elif found := SHIFTED.fullmatch(rule):
        day = (easter(year) if found[1] == "easter" else orthodox_easter(year)) + timedelta(int(found[2]))
    elif found := NTH.fullmatch(rule):
        day = nth_weekday(year, *(int(g) for g in found.groups()[:3])) + timedelta(int(found[4] or 0))
    elif rule == "election":
        day = nth_weekday(year, 11, 1, 1) + timedelta(1)
    elif rule.startswith("hijri"):
        return _hijri(rule, year)
    else:
        raise DataError(f"expected the rule of a named day, met {rule!r}")
    return day, day


def once(rule: str) -> bool:
    """True of a day that came in one year only."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", rule) is not None


def easter(year: int) -> date:
    """Western Easter Sunday (Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    epact = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    offset = (32 + 2 * (b % 4) + 2 * (c // 4) - epact - c % 4) % 7
    n = epact + offset - 7 * ((a + 11 * epact + 22 * offset) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday (Julian computus), as a Gregorian day."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    n = d + e + 114
    return date(year, n // 31, n % 31 + 1) + timedelta(year // 100 - year // 400 - 2)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (-1 = last) weekday (1 = Monday) of a month."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def _hijri(rule: str, year: int) -> tuple[date, date]:
    """First occurrence in a Gregorian year, by the tabular calendar."""
    kind, _, rest = rule.partition(" ")
    numbers = [int(n) for n in rest.split("-")]
    month, day = numbers[0], numbers[1] if len(numbers) > 1 else 1
    for hijri_year in range((year - 622) * 33 // 32, (year - 622) * 33 // 32 + 3):
        first = _from_hijri(hijri_year, month, day)
        if first.year == year:
            break
    if kind == "hijri":
        return first - timedelta(1), first + timedelta(1)
    last = _from_hijri(hijri_year + month // 12, month % 12 + 1, 1) - timedelta(1)
    if kind == "hijri-friday":
        last -= timedelta((last.isoweekday() - 5) % 7)
        return last, last
    return first, last


def _from_hijri(year: int, month: int, day: int) -> date:
    ordinal = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + HIJRI_EPOCH - 1
    return date.fromordinal(ordinal)
