"""A match -> may it be read as a time expression here? One function for each name in the guard column."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from coranto.language.en.times.patterns import Match

BEFORE = 40  # characters that guards look back
COUNTED = re.compile(
    r"\s?(?:%|percent|people|points?|tons?|tonnes|pounds?|square|miles?|shares|feet|units|workers|men|women|meters|metres|"
    r"jobs|members|million|billion|troops|soldiers|dollars|euros|km|kilomet|kg|barrels|deaths|cases|civilians|children|"
    r"houses|homes|families|others|times|tanks|acres|hectares|megawatt|MW|different|new|local|wounded|dead|killed|"
    r"injured|fighters|refugees|prisoners|police|officers|students|votes|pages|seats|drones|missiles|rounds|kilos)\b", re.I,
)  # fmt: skip
LEADS_YEAR = re.compile(
    r"\b(?:in|since|of|by|from|until|till|the|during|before|after|for|through|to|and|around|circa|about|late|early|mid|"
    r"year|between|throughout|or|post|pre|than|on|with|was|is|at|into)[\s(–-]+$", re.I,
)  # fmt: skip
LEADS_MONTH = re.compile(
    r"(?:\b(?:in|of|since|by|until|till|from|to|for|through|during|and|between|late|early|mid|on|before|after|last|next|"
    r"this|every|each|around|about|end|beginning|month|a|as|with|or|into)|[,(–-])[\s-]*$", re.I,
)  # fmt: skip
MODAL = re.compile(
    r"\s+(?:be|have|not|also|well|seem|come|make|take|get|become|still|never|even|want|need|go|do|see|I)\b"
)
CLAUSE_END = re.compile(
    r"\s*(?:$|[.,;:)\"”\n]|``|''|--|–|—|(?:and|but|when|in|at|on|by|with|as|he|she|they|it|the|that|after|while|where)\b)"
)
CLAUSE_END_AFTER = re.compile(r"\s*(?:$|[.;:)\"”\n]|,\s|''|--)")
RATE = re.compile(
    r"(?:[$£€¥]\s?[\d.,]+(?:\s(?:thousand|million|billion))?|\bpercent|%|\btimes|\bcents|\bonce|\btwice|\bthrice|\bdollars|"
    r"\beuros|\btons|\btonnes|\bbarrels|\bshares|\bmiles|\bpeople|\bpounds|\bhours|\bminutes|\bdeaths|\bflights|\bdays|"
    r"\bshells|\brounds|\bstrikes|\bcases|\btrucks|\bgallons|\bunits|\b(?:million|billion|thousand)|\bpesos|\brubles|\bmeals|\bnights|\bweeks|"
    r"\bpatients|\bvisitors|\bdrones|\bbpd|\bearning|\bearns|\d)\s+(?:(?:oil|crude|gas)\s+)?$", re.I,
)  # fmt: skip
COMPARED = re.compile(r"\s+than\b", re.I)
DURATION_LEAD = re.compile(
    r"(?:\b(?:for|in|over|within|take|takes|took|taken|taking|last|lasts|lasted|lasting|spend|spends|spent|spending|through|"
    r"of|after|by|been|about|or|and|wait|waited|only|just|were|are|is|be|next|requires?|required|than|before|some|with)|"
    r"^|[\n.,(])\s*$", re.I,
)  # fmt: skip
GENERIC_OF = re.compile(r"\b(?:couple|number|matter|period|series|sort|kind|out)\s+of\s+$", re.I)
SENTENCE_START = re.compile(r"(?:^|[.!?\n]['\"”]*\s*)$")
NAME_AFTER = re.compile(r"\s+[A-Z]")
NO_TIME_AFTER = re.compile(r"\s+(?:to|apart|short|break|line|out|from grace)\b")


def before(m: Match) -> str:
    """The text just before a match."""
    return m.text[max(0, m.start - BEFORE) : m.start]


def after(m: Match, width: int = BEFORE) -> str:
    """The text just after a match."""
    return m.text[m.end : m.end + width]


def _real(month: str | None, number: str | None) -> bool:
    return 1 <= int(number or 0) <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[int(month or 1) - 1]


def real_day(m: Match) -> bool:
    """The month has that day, and the number counts nothing else."""
    if (
        not m.get(
            "day",
        )
        or not m.get("month")
        or not (m.get("day") or "").isdigit()
    ):
        return False
    if m.groups["day"] == m.last:
        if COUNTED.match(after(m)) or re.match(r"[:%]|\.\d|,\d", after(m)):
            return False
        lexeme = m.lexeme("day")
        if (
            m.cls("day").startswith("ordinal")
            and m.cls("month") != "month.full"
            and lexeme
            and not lexeme.value.isdigit()
        ):
            return False
        if m.cls("day").startswith("ordinal") and NAME_AFTER.match(after(m)) and m.cls("month") == "month.may":
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
    last = int(second) if len(second) == 4 else int(first[:2] + second) if len(second) == 2 else 0
    return 0 < last - int(first) <= 100 and not COUNTED.match(after(m)) and before(m)[-1:] not in "-–$£€/." or False


def is_date(m: Match) -> bool:
    """A numeric date with a month and a day."""
    numbers = [int(n) for n in re.findall(r"\d+", m.get("numeric") or "")]
    return min(numbers[:2]) <= 12 and 0 < max(numbers[:2]) <= 31 and not COUNTED.match(after(m))


def a_month(m: Match) -> bool:
    """A month's name that is not a modal, a verb or a person."""
    kind = m.cls("month")
    if m.has("year") or m.has("yearunit"):
        return True
    if kind == "month.short":
        lexeme = m.lexeme("month")
        assert lexeme is not None
        return m.text[lexeme.end - 1] == "." or bool(LEADS_MONTH.search(before(m))) and lexeme.value not in ("3", "12")
    if kind == "month.full" and m.words not in ("april", "june", "august"):
        return True
    if re.search(r"\b(?:in|during|since|until|till|of|by)\s+$", before(m), re.I):
        return not (kind != "month.full" and NAME_AFTER.match(after(m)) and re.search(r"\b(?:by|of)\s+$", before(m)))
    if kind == "month.full":
        return not NAME_AFTER.match(after(m)) or bool(LEADS_MONTH.search(before(m)))
    if m.first != m.last:
        return not MODAL.match(after(m))
    return bool(LEADS_MONTH.search(before(m))) and not MODAL.match(after(m)) and not NAME_AFTER.match(after(m))


def a_year(m: Match) -> bool:
    """A number of four digits that is a year and counts nothing."""
    lexeme = m.lexeme("year")
    assert lexeme is not None
    lead, tail = m.text[max(0, lexeme.start - BEFORE) : lexeme.start], m.text[lexeme.end : lexeme.end + BEFORE]
    if m.has("yearword") or m.has("fiscal") or m.has("era"):
        return True
    if (
        lead[-1:] in "$£€¥#@_+="
        and lead
        or re.search(r"(?:\d[.,]|[A-Za-z]-|\bNo\.?\s|[A-Za-z\d])$", lead)
        and not re.search(r"(?:post|pre|mid|early|late)-$", lead, re.I)
    ):
        return False
    if re.match(r"[%°:]|[.,/]\d|-\d{1,3}\b|-(?!style|era|vintage)[a-z]|\w", tail) or COUNTED.match(tail):
        return False
    number = int(lexeme.value)
    leads = bool(LEADS_YEAR.search(lead)) or m.has("edge") or m.has("early")
    if number < 1700 or number > 2100 or (number % 50 == 0 and number != 2000 and number != 1950):
        return (
            leads
            and bool(re.search(r"\b(?:in|since|of|by|from|until|during|before|after|year|between)\s+$", lead, re.I))
            and not re.match(r"\s+[a-z]+s\b(?<!was)(?<!is)", tail)
        )
    return leads or not re.match(r"\s+[a-z]+s\b(?<!was)(?<!is)(?<!as)(?<!has)", tail)


def a_decade(m: Match) -> bool:
    """A decade with its century, or a short one after "the" or a word that tells."""
    value = m.get("decade") or ""
    if len(re.sub(r"\D", "", value)) == 4 or value[0] in "'’":
        return True
    lexeme = m.lexeme("decade")
    assert lexeme is not None
    if re.search(
        r"\b(?:his|her|their|my|your|in its|temperatures?|the (?:low|high|upper|lower))\W*$",
        m.text[max(0, lexeme.start - 16) : lexeme.start],
        re.I,
    ):
        return False
    return (
        value[0] in "23456789"
        and (m.has("the") or m.has("early"))
        and bool(m.words.startswith(("the", "early", "late", "mid")))
    )


def a_season(m: Match) -> bool:
    """A season that is told apart from the verb or noun."""
    if NO_TIME_AFTER.match(after(m)):
        return False
    if m.has("rel") or m.has("year") or m.has("yearunit"):
        return True
    season = m.get("season")
    if m.words.endswith(("spring", "fall")) and not re.search(
        r"\b(?:in|by|of|since|until|during|this|through|for)\s+(?:\w+\s)?$", before(m), re.I
    ):
        return m.has("early")
    return (
        m.has("edge")
        or m.has("early")
        or (m.has("the") or bool(re.search(r"\bin\s+$", before(m), re.I)))
        and season is not None
        and not re.match(r"\s+(?:of|time|house|camp|school|season|games|olympics|palace|coat|holiday)", after(m), re.I)
    )


def a_named_day(m: Match) -> bool:
    """A named day, not a name that holds it."""
    if re.match(
        r"\s+(?:[A-Z][a-z]+|Islands?|massacre|Agreement|Accords?|tree|trees|Uprising|Rising|parade|shopping)\b",
        after(m),
    ):
        return bool(
            re.match(r"\s+(?:Parade|Massacre|Mass|Monday|Tuesday|Friday|[A-Z][a-z]+ [A-Z])", after(m))
        ) and not re.match(r"\s+(?:Island|Agreement|Accord|Rising)", after(m))
    value = m.text[m.end - len("New Year") : m.end]
    return not (value == "New Year" and not m.words.startswith("the"))


def a_weekday(m: Match) -> bool:
    """A weekday, not part of a name ("Bloody Sunday")."""
    if re.search(r"\b(?:Black|Bloody|Good|Palm|Ash|Easter|Super|Cyber|Shrove|Holy|Man)\s$", before(m)):
        return False
    if m.cls("weekday") == "weekday.short":
        return m.text[m.end - 1] == "." and bool(re.match(r"\s", after(m) or " ")) or m.has("rel")
    return not re.match(r"\s+(?:Times|Telegraph|Mail|Post|Mirror|Express|Night Live|Review)\b", after(m))


def is_mid(m: Match) -> bool:
    """ "Mid-afternoon", "early morning"; not a person's "good morning"."""
    return (
        m.has("early")
        and m.get("early") == "MID"
        or bool(re.search(r"\b(?:in|the|during|by|since|until)\s+$", before(m), re.I))
        and m.has("early")
    )


def part_alone(m: Match) -> bool:
    """ "In the morning", not "in the night sky" nor "in the morning session"."""
    return not re.match(r"\s+(?:of|sky|before|after|[a-z]+ing)\b", after(m)) and not re.match(r"-", after(m))


def is_overnight(m: Match) -> bool:
    """An adverb or adjective of time, not "overnight success"."""
    return not re.match(
        r"\s+(?:success|sensation|stay|train|bag|guest|trip|delivery|star|millionaire|rates?|funds?|money|loans?|lending)",
        after(m),
    )


def is_night(m: Match) -> bool:
    """The part of the day is a night."""
    return m.has("overnight") or m.get("night") == "NI"


def a_clock(m: Match) -> bool:
    """A time of the day, not a score, a ratio or a verse."""
    hour, minute, *_ = (m.get("clock") or "99:99").split(":")
    if int(hour) > 24 or int(minute) > 59 or re.search(r"[\w.$-]$", before(m)):
        return False
    return not re.match(r"[\d:-]|\s?(?:ratio|odds|mark)\b", after(m))


def military(m: Match) -> bool:
    """Four digits before a zone are hours and minutes."""
    value = m.get("hour") or ""
    return len(value) == 4 and value.isdigit() and int(value[:2]) <= 24 and int(value[2:]) < 60


def an_hour(m: Match) -> bool:
    """A number of hours of a clock."""
    return (
        1 <= int(m.get("hour") or 0) <= 12
        and not re.search(r"[$£€]$", before(m))
        and bool(re.search(r"\b(?:at|around|about|by|until|from|since|to)\s+$", before(m), re.I))
    )


def a_unit(m: Match) -> bool:
    """ "This week", not "the last day of" an event, "next year-old", nor "the same day" as another."""
    unit, rel = m.get("unit"), m.cls("rel")
    if unit == "day" and rel in ("rel.this", "rel.current", "rel.past", "rel.coming", "rel.last"):
        return False
    if rel == "rel.latest" and unit not in ("quarter",):
        return False
    if unit in ("quarter", "century") and re.match(r"\s+(?:of an?|mile|pound|final)\b|-", after(m)):
        return False
    return not re.match(r"-(?:to|old)|\s+(?:to date)", after(m))


def edge_unit(m: Match) -> bool:
    """ "The end of the year", "later in the day"; "the day" alone needs a word before it."""
    return not re.match(r"-", after(m))


def ends_clause(m: Match) -> bool:
    """ "Two days before." refers back; "two days before the vote" does not."""
    return bool((CLAUSE_END_AFTER if m.words.endswith("after") else CLAUSE_END_AFTER).match(after(m)))


def not_compared(m: Match) -> bool:
    """Not "two days earlier than planned"."""
    return not COMPARED.match(after(m)) and not re.match(r"\s+in life\b", after(m))


def short_quarter(m: Match) -> bool:
    """ "Q3", "H1"."""
    value = int(m.get("ordinal") or 0)
    lexeme = m.lexeme("ordinal")
    return lexeme is not None and m.text[lexeme.start - 1] in "QH" and 1 <= value <= (4 if m.has("q") else 2)


def the_quarter(m: Match) -> bool:
    """A quarter of a year, not of a mile or a century."""
    return not re.match(r"\s+(?:of an?|mile|pound|final|century|back)|-", after(m))


def amount(m: Match) -> bool:
    """A number of units of time, not an ordinal second, money or a distance."""
    if re.search(r"[$£€¥]\s?$|\d[.,]$", before(m)):
        return False
    plural = m.cls("unit").startswith("units")
    if m.get("unit") in ("quarter", "weekend", "century") and not plural and "-" not in m.words:
        return False
    if m.cls("unit") == "ordinal.second" and "-" not in m.words:
        return False
    if re.match(r"[-\s]olds?\b|\s+of age\b", after(m)):
        return True
    return not (
        not plural and "-" not in m.words and m.get("number") not in ("1", "0.5", "0") and NAME_AFTER.match(after(m))
    )


def a_duration(m: Match) -> bool:
    """ "A week" as a length; "a day" and "a second" alone are not."""
    if m.cls("unit").startswith(("units", "ordinal")):
        return False
    if m.get("unit") in ("quarter", "day", "weekend", "night") and not m.has("andhalf") and not m.has("approx"):
        return False
    return not re.match(r"-|\s+(?:of the|when|that|in which|where)\b", after(m))


def bare_units(m: Match) -> bool:
    """ "For weeks", "years of war"."""
    lead = before(m)
    if re.match(r"\s+(?:gone by|of (?:age|old))", after(m)) or re.match(r"[-'’]", after(m)):
        return False
    if re.match(r"\s+(?:of|before|after|to come|later|ahead|earlier|on end)\b", after(m)):
        return bool(DURATION_LEAD.search(lead))
    return bool(re.search(r"\b(?:for|in|within|takes?|took|taken|lasts?|lasted|spent|over|after|by)\s+$", lead, re.I))


def is_long(m: Match) -> bool:
    """ "Decades-long"."""
    return m.words.endswith("long")


def is_whole(m: Match) -> bool:
    """ "The entire week"."""
    return m.get("filler") in ("whole", "entire", "full") and not m.cls("unit").startswith("units")


def is_rate(m: Match) -> bool:
    """ "Twice a week", "40 dollars a day"."""
    return m.has("per") or bool(RATE.search(before(m)))


def a_frequency(m: Match) -> bool:
    """ "Daily", not the name of a paper."""
    start = m.text[m.start]
    return not (start.isupper() and (NAME_AFTER.match(after(m)) or not SENTENCE_START.search(before(m))))


def a_reference(m: Match) -> bool:
    """ "Now" and the like, not "now that" nor "as soon as"."""
    if m.words == "soon" and (
        re.match(r"\s+(?:after|as|enough|be)\b", after(m))
        and not re.match(r"\s+be\b", after(m))
        or re.search(r"\b(?:as|too|how|so)\s+$", before(m), re.I)
    ):
        return False
    if m.words == "now" and re.match(r"\s+(?:that)\b|-", after(m)):
        return False
    if m.words in ("the past", "the present") and re.match(
        r"\s+(?:\w+\s)?(?:days?|weeks?|months?|years?|decades?|tense|\d|few|several|couple|century|quarters?|hours?|winter|summer|spring|fall)\b",
        after(m),
    ):
        return False
    return not (
        m.words.startswith("the ") and re.match(r"\s+(?:of|director|president|king|leader|generation)", after(m))
    )


def a_past(m: Match) -> bool:
    """ "The past" as a noun."""
    return not re.match(r"\s+[a-z]+|-", after(m)) or bool(
        re.match(r"\s+(?:and|or|but|is|was|has|have|that|when|with|as|to|in|by|by|he|she|they|it|the)\b", after(m))
    )


def a_recent(m: Match) -> bool:
    """ "Recent" and "current" before a noun."""
    return bool(re.match(r"\s+[a-z]", after(m)))


GUARDS: Mapping[str, Callable[[Match], bool]] = {
    guard.__name__: guard
    for guard in (
        real_day, two_days, two_months, two_years, is_date, a_month, a_year, a_decade, a_season, a_named_day, a_weekday,
        is_mid, part_alone, is_overnight, is_night, a_clock, military, an_hour, a_unit, edge_unit, ends_clause,
        not_compared, short_quarter, the_quarter, amount, a_duration, bare_units, is_long, is_whole, is_rate,
        a_frequency, a_reference, a_past, a_recent,
    )
}  # fmt: skip


def accept(m: Match) -> bool:
    """True if the match's rule has no guard or its guard lets it pass."""
    return not m.rule.guard or GUARDS[m.rule.guard](m)


def is_day(year: int, month: int, number: int) -> bool:
    """True of a day that exists."""
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True
