"""A match -> may it be read as a time expression here?

A rule names its guards: contexts of ``data/en/times/contexts.tsv`` and functions of this file; all must let it pass.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.times.patterns import Match

APPOSED = re.compile(r"(?:day|tomorrow|\d),\s+(?:the\s+)?(?:[\w-]+\s+)?$")
OF_AN_EVENT = re.compile(r"\s+of\s+\w")
REACH = 40  # characters that guards look at on either side
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
IN = re.compile(r"\b(?:in|since|of|by|from|until|during|before|after|year|between)\s+$", re.I)
LEADS_YEAR = re.compile(
    r"\b(?:in|since|of|by|from|until|till|the|during|before|after|for|through|to|and|around|circa|about|late|early|mid|"
    r"year|between|throughout|or|post|pre|than|on|with|was|is|at|into)[\s(–-]+$",
    re.I,
)
PLURAL_NOUN = re.compile(r"\s+[a-z]*(?:s|children|men|people)\b(?<!was)(?<!is)(?<!as)(?<!has)")
SURE_YEAR = re.compile(r"\b(?:in|since|until|during|(?:between|from)\s+\d{4}\s+(?:and|to))\s+$", re.I)
LISTED_YEAR = re.compile(r"\b(?:in|from|between|since|by|of|and|until)\s+1\d{3}(?:\s+(?:and|or|to)|,)\s+$", re.I)
OF = re.compile(r"\bof\s+$", re.I)
ERAS = re.compile(r"\b\d{1,4}\s?(?:BCE?|B\.C\.|AD|A\.D\.|CE)\b|\b(?:AD|A\.D\.|c\.|ca\.)\s?\d{3}\b")
NOT_A_YEAR_BEFORE = re.compile(r"[$£€¥#@_+=]$|\d[.,]$|[A-Za-z]-$|\bNo\.?\s$|[A-Za-z\d]$")
YEAR_PREFIX = re.compile(r"(?:post|pre|mid|early|late)-$", re.I)
NOT_A_YEAR_AFTER = re.compile(r"[%°:]|[.,/]\d|-\d{1,3}\b|-(?!style|era|vintage)[a-z]|\w")
NEW_SENTENCE = re.compile(r"\.\s+(?:The|On|At|In)\b")
PLAIN_END = re.compile(r"\s*(?:$|[,.;:)])|\s+(?:and|the|a|an|he|she|it|they|his|her|their|with|when|at|in)\b")
NAME_AFTER = re.compile(r"\s+[A-Z]")
SENTENCE_START = re.compile(r"(?:^|[.!?\n]['\"”]*\s*)$")
MONTH_LEAD = re.compile(r"\b(?:in|during|since|until|till|of|by)\s+$", re.I)
AGES = re.compile(
    r"\b(?:his|her|their|my|your|in its|temperatures?|the (?:low|high|upper|lower))(?:\s+(?:early|mid|late))?\W*$", re.I
)


class Context(NamedTuple):
    """Expressions that must or must not stand before and after; None = no matter."""

    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def holds(self, lead: str, tail: str) -> bool:
        """True of a match with this text before and after it."""
        return (
            (self.before is None or self.before.search(lead) is not None)
            and (self.not_before is None or self.not_before.search(lead) is None)
            and (self.after is None or self.after.match(tail) is not None)
            and (self.not_after is None or self.not_after.match(tail) is None)
        )


@cache
def contexts() -> Mapping[str, Context]:
    """The contexts of ``data/en/times``, read once."""
    columns = ("before", "not_before", "after", "not_after")
    rows = read_rows(DATA / "en" / "times" / "contexts.tsv", columns=("context", *columns))
    return {row["context"]: Context(*(_compiled(row[name], name) for name in columns)) for row in rows}


def _compiled(cell: str, column: str) -> re.Pattern[str] | None:
    if not cell:
        return None
    cell = cell.replace("&", r"\s+").replace(r"\s+?", r"\s*")
    return re.compile(f"(?:{cell})$" if column.endswith("before") else cell, re.I)


def lead(m: Match) -> str:
    """The text just before a match."""
    return m.text[max(0, m.start - REACH) : m.start]


def tail(m: Match) -> str:
    """The text just after a match."""
    return m.text[m.end : m.end + REACH]


def accept(m: Match) -> bool:
    """True if every guard of the match's rule lets it pass."""
    if not m.rule.guard:
        return True
    known = contexts()
    before, after = lead(m), tail(m)
    return all(
        context.holds(before, after) if (context := known.get(name)) else GUARDS[name](m)
        for name in m.rule.guard.split()
    )


def _real(month: str | None, number: str | None) -> bool:
    return bool(number) and str(number).isdigit() and 1 <= int(number or 0) <= LONGEST_MONTH[int(month or 1) - 1]


def real_day(m: Match) -> bool:
    """The month has that day, and the number counts nothing else; "may second" needs a plain month."""
    if m.groups["day"] == m.last:
        if not contexts()["not-counted-day"].holds("", tail(m)):
            return False
        spelled = m.cls("day") in ("ordinal.word", "ordinal.second")
        if spelled and m.cls("month") == "month.may":
            return False
    return _real(m.get("month"), m.get("day"))


def two_days(m: Match) -> bool:
    """Both days lie in the month, in order."""
    first, second = m.get("day") or "", m.get("day2") or ""
    return _real(m.get("month"), first) and _real(m.get("month"), second) and int(first) < int(second)


def two_months(m: Match) -> bool:
    """Two different months."""
    return m.get("month") != m.get("month2")


def two_years(m: Match) -> bool:
    """The second year comes after the first, within a century."""
    first, second = m.get("year") or "", m.get("year2") or ""
    if m.get("era") == "BC" or m.get("era2") == "BC":
        return first.isdigit() and second.isdigit() and int(first) > int(second)
    last = int(second) if len(second) == 4 else int(first[:2] + second) if len(second) == 2 else 0
    return 0 < last - int(first) <= 100 and lead(m)[-1:] not in tuple("-–$£€/.")


def is_date(m: Match) -> bool:
    """A numeric date with a month and a day."""
    numbers = [int(n) for n in re.findall(r"\d+", m.get("numeric") or "")]
    return 1 <= min(numbers[:2]) <= 12 and max(numbers[:2]) <= 31


def a_month(m: Match) -> bool:
    """A month's name that is not a modal, a verb or a person."""
    if m.has("year") or m.has("yearunit"):
        return True
    kind, before, after = m.cls("month"), lead(m), tail(m)
    if kind == "month.short":
        lexeme = m.lexeme("month")
        return lexeme is not None and m.text[lexeme.end - 1] == "." and not NAME_AFTER.match(after)
    name = NAME_AFTER.match(after) is not None
    if MONTH_LEAD.search(before):
        return kind == "month.full" or not name or not re.search(r"\b(?:by|of)\s+$", before)
    leads = contexts()["leads-month"].holds(before, after)
    if kind == "month.full":
        return m.words not in ("april", "june", "august") or not name or leads
    modal = not contexts()["not-modal"].holds(before, after)
    return not modal and (m.first != m.last or (leads and not name))


def a_year(m: Match) -> bool:
    """A number of four digits that is a year and counts nothing."""
    if m.has("yearword") or m.has("fiscal"):
        return True
    if m.has("era"):
        return an_era(m)
    lexeme = m.lexeme("year")
    assert lexeme is not None
    before, after = m.text[max(0, lexeme.start - REACH) : lexeme.start], m.text[lexeme.end : lexeme.end + REACH]
    if NOT_A_YEAR_BEFORE.search(before) and not YEAR_PREFIX.search(before):
        return False
    if NOT_A_YEAR_AFTER.match(after):
        return False
    if not contexts()["not-counted"].holds(before, after) and not SURE_YEAR.search(before):
        return False
    number = int(lexeme.value)
    plural = PLURAL_NOUN.match(after) is not None
    if not 1700 <= number <= 2100 or (number % 50 == 0 and number not in (1950, 2000)):
        if before.endswith("(") and re.match(r"\)|[–-]\d{4}\)", after):
            return True
        return (IN.search(before) is not None or LISTED_YEAR.search(before) is not None) and not plural
    if plural and OF.search(before):
        return m.has("edge")
    return bool(LEADS_YEAR.search(before)) or m.has("edge") or m.has("early") or not plural


def an_era(m: Match) -> bool:
    """A year before "BC" or "AD", or after "AD"."""
    lexeme, era = m.lexeme("year"), m.lexeme("era")
    if lexeme is None or era is None or not lexeme.value.isdigit():
        return False
    return lexeme.start < era.start or era.value == "AD"


def an_ancient_year(m: Match) -> bool:
    """A number of three digits that is a year, in a text that counts years from an era or about one ("c. 347")."""
    lexeme = m.lexeme("year")
    if lexeme is None or len(lexeme.value) != 3 or not lexeme.value.isdigit() or not ERAS.search(m.text):
        return False
    before, after = m.text[max(0, lexeme.start - REACH) : lexeme.start], m.text[lexeme.end : lexeme.end + REACH]
    if NOT_A_YEAR_AFTER.match(after) or PLURAL_NOUN.match(after) or NOT_A_YEAR_BEFORE.search(before):
        return False
    return contexts()["not-counted"].holds(before, after)


def a_year_in_words(m: Match) -> bool:
    """ "The year two thousand"."""
    return 1000 <= int(m.get("year") or 0) <= 2100


def a_decade(m: Match) -> bool:
    """A decade with its century, or a short one after "the" or a word that tells."""
    value, lexeme = m.get("decade") or "", m.lexeme("decade")
    assert lexeme is not None
    if len(re.sub(r"\D", "", value)) == 4 or value[0] in "'’":
        return True
    if AGES.search(m.text[max(0, lexeme.start - 16) : lexeme.start]):
        return False
    return value[0] in "23456789" and m.words.startswith(("the", "early", "late", "mid"))


def a_season(m: Match) -> bool:
    """A season that is told apart from the verb or noun."""
    if m.has("rel") or m.has("year") or m.has("yearunit") or m.has("early") or m.has("edge"):
        return True
    before, lexeme = lead(m), m.lexeme("season")
    if lexeme and m.text[lexeme.start].isupper() and NAME_AFTER.match(tail(m)):
        return False
    if m.words.endswith(("spring", "fall")):
        return bool(re.search(r"\b(?:in|by|of|since|until|during|through|for)\s+$", before, re.I)) and m.has("the")
    return m.has("the") or bool(re.search(r"\bin\s+$", before, re.I))


def a_named_day(m: Match) -> bool:
    """A named day, not a name that holds it ("Christmas Island", "New Year" alone)."""
    return not (m.text[m.start : m.end] == "New Year" or re.match(r"\s+[A-Z][a-z]+(?<!Mass)(?<!Monday)\b", tail(m)))


def a_weekday(m: Match) -> bool:
    """A weekday in full, or short with its full stop."""
    if m.cls("weekday") != "weekday.short":
        return True
    return m.text[m.end - 1] == "." and tail(m)[:1].isspace()


def is_early(m: Match) -> bool:
    """ "Mid-afternoon"; "early morning" needs a preposition."""
    return m.get("early") == "MID" or (m.has("early") and contexts()["in-the-part"].holds(lead(m), ""))


def is_night(m: Match) -> bool:
    """The part of the day is a night."""
    return m.has("overnight") or m.get("night") == "NI"


def a_clock(m: Match) -> bool:
    """A time of the day, not a score or a verse."""
    hour, minute, *_ = (m.get("clock") or "99:99").split(":")
    return int(hour) <= 24 and int(minute) <= 59


def one_sentence(m: Match) -> bool:
    """No sentence begins within the match ("at 4 p.m. The same day ...")."""
    return NEW_SENTENCE.search(m.text, m.start, m.end) is None


def military_hours(m: Match) -> bool:
    """Four digits before "hours" that are a time of day ("0630 hours"), not a number of them."""
    lexeme = m.lexeme("hour")
    value = m.text[lexeme.start : lexeme.end] if lexeme else ""
    return len(value) == 4 and value.isdigit() and value[0] in "012" and int(value[:2]) <= 24 and int(value[2:]) < 60


def ordinal_night(m: Match) -> bool:
    """ "The night of the 18th", with nothing that the number counts after it."""
    return PLAIN_END.match(m.text, m.end) is not None


def military(m: Match) -> bool:
    """Four digits before a zone are hours and minutes."""
    value = m.get("hour") or ""
    if contexts()["after-a-month"].holds(lead(m), ""):
        return False
    return len(value) == 4 and value.isdigit() and int(value[:2]) <= 24 and int(value[2:]) < 60


def an_hour(m: Match) -> bool:
    """A number of hours of a clock."""
    return 1 <= int(float(m.get("hour") or 0)) <= 12


def a_unit(m: Match) -> bool:
    """ "This week"; "last day" and "this day" are no dates, and a quarter may be a share."""
    unit, rel = m.get("unit"), m.cls("rel")
    if unit == "day":
        return rel in ("rel.that", "rel.same", "rel.next", "rel.following", "rel.previous")
    if unit in ("quarter", "century") and not contexts()["not-a-share"].holds("", tail(m)):
        return False
    return rel not in ("rel.latest", "rel.recent") or unit == "quarter"


def a_quarter(m: Match) -> bool:
    """The first and the last month of a quarter: "the April-June quarter"."""
    first, last = int(m.get("month") or 0), int(m.get("month2") or 0)
    return first % 3 == 1 and last == first + 2


def short_quarter(m: Match) -> bool:
    """ "Q3", "H1"."""
    lexeme, value = m.lexeme("ordinal"), int(m.get("ordinal") or 0)
    if m.cls("year") == "number.day" and not m.has("fiscal"):
        return False
    return lexeme is not None and m.text[lexeme.start - 1] in "QH" and 1 <= value <= (4 if m.has("q") else 2)


def amount(m: Match) -> bool:
    """A number of units of time, not an ordinal second, a share or a name."""
    plural, hyphen = m.cls("unit").startswith("units"), "-" in m.words
    if m.get("unit") == "quarter" and ((hyphen and plural) or (not plural and not hyphen)):
        return False
    if m.cls("number") == "number.year" and not plural and not hyphen:
        return False
    if m.get("unit") in ("weekend", "century") and not plural and not hyphen:
        return False
    if m.cls("unit") == "ordinal.second":
        return hyphen and m.words.endswith("second")
    return plural or hyphen or m.get("number") in ("1", "0") or not NAME_AFTER.match(tail(m))


def hundreds(m: Match) -> bool:
    """ "A few hundred years": a vague number of hundreds."""
    return m.get("number") in ("100", "1000")


def a_duration(m: Match) -> bool:
    """ "A week" as a length; "a day" and "a second" alone are not."""
    if m.cls("unit").startswith(("units", "ordinal")):
        return False
    return m.get("unit") not in ("quarter", "day", "weekend") or m.has("andhalf") or m.has("approx")


def is_long(m: Match) -> bool:
    """ "Decades-long"."""
    return m.words.endswith("long")


def is_whole(m: Match) -> bool:
    """ "The entire week"."""
    return m.get("filler") in ("whole", "entire", "full") and not m.cls("unit").startswith("units")


def is_rate(m: Match) -> bool:
    """ "40 dollars a day", "per day"."""
    return m.has("per") or contexts()["rate"].holds(lead(m), "")


def a_frequency(m: Match) -> bool:
    """ "Daily", not the name of a paper."""
    return m.text[m.start].islower() or (not NAME_AFTER.match(tail(m)) and SENTENCE_START.search(lead(m)) is not None)


def an_nth_day(m: Match) -> bool:
    """ "The third day of"."""
    return re.match(r"\s+(?:of|since)\b|\s+in\s+(?:office|a row)", tail(m)) is not None


def of_an_event(m: Match) -> bool:
    """ "The anniversary of" something, not beside the day itself ("Sunday, the anniversary")."""
    return OF_AN_EVENT.match(m.text, m.end) is not None and not APPOSED.search(lead(m))


GUARDS: Mapping[str, Callable[[Match], bool]] = {
    guard.__name__: guard
    for guard in (
        real_day, two_days, two_months, two_years, is_date, a_month, a_year, a_year_in_words, an_era,
        an_ancient_year, a_decade, a_season, a_named_day, a_weekday, is_early, is_night, a_clock,
        one_sentence, military_hours, ordinal_night, military, an_hour, a_unit, a_quarter, short_quarter, amount,
        hundreds, a_duration, is_long, is_whole, is_rate, a_frequency, an_nth_day,
        of_an_event,
    )
}  # fmt: skip
