"""A match -> the stretch of text that TIMEX3 holds to be the expression: no preposition, no article of another noun."""

import re

from coranto.language.en.times.patterns import Match
from coranto.records import Span

LEADING = re.compile(
    r"(?:over\s+(?=the\b|past|last|next|several|coming|(?-i:[A-Z]))|within\s|throughout\s|until\s|"
    r"(?:just|only)\s+(?!over|under|about|before|after)|at\s+(?=the end)|for\s+(?=now)|"
    r"sometime\s+(?:in\s+|during\s+)?|(?:its|their|his|her|our|my|your|whose)\s|"
    r"under\s+(?=its\s|the\s|his\s|her\s|their\s|a\s)|around\s+(?=[MTWFS]\w+day))+",
    re.I,
)
ARTICLE = re.compile(r"the\s+(?=[A-Z])")
DETERMINER = re.compile(r"(?:an?|the|that|this|these)\s+", re.I)
HYPHEN = re.compile(r"\w-\w")
ADJECTIVAL = frozenset({"duration", "duration_half", "calendar_quarter"})


def span_of(m: Match, first: int, last: int) -> Span:
    """The stretch of lexemes ``first`` to ``last`` of a match, trimmed at its beginning."""
    start, end = m.lexemes[first].start, m.lexemes[last].end
    if edge := LEADING.match(m.text, start, end):
        start = edge.end()
    if m.rule.reading == "calendar_month" and (edge := ARTICLE.match(m.text, start, end)):
        start = edge.end()
    if _adjectival(m, start, end) and (edge := DETERMINER.match(m.text, start, end)):
        start = edge.end()
    return Span(start, end)


def _adjectival(m: Match, start: int, end: int) -> bool:
    """True of "five-hour", "third-quarter", "six year" before a noun: the article is the noun's."""
    if m.rule.reading == "year_ago":
        return m.words.startswith("a ")
    if m.rule.reading == "duration" and m.has("number") and not m.has("rel"):
        singular = m.cls("unit").startswith("unit.")
        return singular and (m.get("number") != "1" or "-" in m.text[start:end])
    return m.rule.reading in ADJECTIVAL and HYPHEN.search(m.text, start, end) is not None
