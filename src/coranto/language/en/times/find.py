"""Text -> the time expressions found in it, in order, each read against the publication day or an earlier mention."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from coranto.language.en.times import calendar, dates, relative, spells
from coranto.language.en.times.calendar import Meaning
from coranto.language.en.times.dates import Part, Reading
from coranto.language.en.times.discourse import Discourse, TenseOf, is_narrative
from coranto.language.en.times.guards import GUARDS, accept, contexts
from coranto.language.en.times.patterns import Match, grammar, matches
from coranto.language.en.times.quotes import days_of_speech
from coranto.language.en.times.tense import cue_tense
from coranto.language.en.times.words import runs
from coranto.records import DataError, Granularity, Period, Span, Timex

CERTAIN, ANCHORED, REFERRED, UNRESOLVED = 0.95, 0.9, 0.75, 0.5
TO = re.compile(r"\s*(?:to|through|thru|until|till|-|–|—)\s*", re.I)
AND = re.compile(r"\s+and\s+", re.I)
LEADING = re.compile(
    r"(?:over\s+(?=the\b|past|last|next|several|coming)|within\s|throughout\s|(?:just|only)\s+(?!over|under|about|before|after)|"
    r"until\s|at\s+(?=the end)|for\s+(?=now)|sometime\s+(?:in\s+|during\s+)?|its\s|their\s|his\s|her\s|our\s|my\s|your\s|whose\s|under\s+(?=its\s|the\s|his\s|her\s|their\s|a\s)|around\s+(?=[MTWFS]\w+day))+", re.I,
)  # fmt: skip
ARTICLE = re.compile(r"the\s+(?=[A-Z])")
DETERMINER = re.compile(r"(?:an?|the|that|this|these)\s+", re.I)
HYPHEN = re.compile(r"\w-\w")
ADJECTIVAL = frozenset({"duration", "duration_half", "calendar_quarter", "year_ago"})
BETWEEN = re.compile(r"\bbetween\s+$", re.I)


class FoundTime(Struct, frozen=True, kw_only=True):
    """A time expression of a text. ``parts`` are the two ends of a range, else empty."""

    span: Span
    timex: Timex
    period: Period | None = None
    granularity: Granularity = Granularity.DAY
    instant: datetime | None = None
    rule: str = ""
    anchor: str = ""  # what it was read against: "", "publication", "mention"
    mention: Span | None = None  # the earlier mention that it was read against
    score: float = 1.0
    parts: tuple["FoundTime", ...] = ()


def find_times(
    text: str, *, start: int = 0, end: int | None = None, anchor: date | None, tense: TenseOf | None = None
) -> list[FoundTime]:
    """The time expressions of ``text[start:end]``, in order; ``anchor`` is the day that the text was published on.

    Without an anchor, what needs one has X's in its value and no period. ``tense`` tells the tense of the clause at
    a span; without it, it is told from the words around.
    """
    found = scan(text, start, len(text) if end is None else end)
    timeline = Timeline(anchor, tense or cue_tense(text), narrative=is_narrative(found, anchor))
    return timeline.read(text, found)


def scan(text: str, start: int = 0, end: int | None = None) -> list[Match]:
    """Where ``text[start:end]`` speaks of time, in order, not yet read against any day."""
    return [m for run in runs(text, start, len(text) if end is None else end) for m in matches(text, run, accept)]


class Timeline:
    """Reads the expressions of a text in order, remembering what was spoken of."""

    def __init__(self, anchor: date | None, tense: TenseOf, *, narrative: bool = False) -> None:
        self.discourse = Discourse(anchor, tense, narrative=narrative)

    def read(self, text: str, found: Sequence[Match]) -> list[FoundTime]:
        """The meanings of matches, ranges joined."""
        spoken = days_of_speech(text, found)
        out: list[FoundTime] = []
        for m in found:
            for time in self._one(m, spoken.get(m.start)):
                if out and _is_range(text, out[-1], time):
                    time = ranged(out.pop(), time)
                    self.discourse.said(meaning_of(time.parts[0]), time.parts[0].span)
                out.append(time)
        return out

    def _one(self, m: Match, speech: Match | None = None) -> tuple[FoundTime, ...]:
        d = self.discourse
        d.begin(self._day(speech) if speech else None)
        mention = Span(speech.start, speech.end) if speech else d.focus_span
        try:
            meaning = READINGS[m.rule.reading](m, d)
        except (ValueError, OverflowError):
            return ()
        if meaning is None:
            return ()
        if isinstance(meaning, Meaning):
            span = _span(m, m.first, m.last)
            d.said(meaning, span)
            return (self._found(m, span, meaning, mention),)
        parts = []
        for first, last, made in meaning:
            span = _span(m, first, last)
            parts.append(self._found(m, span, made, mention))
            d.said(made, span)
        lead = m.text[max(0, m.start - 12) : m.start]
        if m.has("and") and not BETWEEN.search(lead):
            return tuple(parts)
        whole = ranged(parts[0], parts[1])
        d.said(meaning_of(whole.parts[0]), whole.parts[0].span)
        return (whole,)

    def _day(self, m: Match) -> date | None:
        made = READINGS[m.rule.reading](m, self.discourse)
        return made.low if isinstance(made, Meaning) else None

    def _found(self, m: Match, span: Span, meaning: Meaning, mention: Span | None) -> FoundTime:
        used = self.discourse.used
        period = meaning.period
        score = CERTAIN if not used else ANCHORED if used == "publication" else REFERRED
        if period is None and "X" in meaning.value:
            score = UNRESOLVED
        return FoundTime(
            span=span, timex=meaning.timex, period=period, granularity=meaning.granularity, instant=meaning.instant,
            rule=m.rule.name, anchor=used, mention=mention if used == "mention" else None, score=score,
        )  # fmt: skip


def _span(m: Match, first: int, last: int) -> Span:
    """The expression's stretch, without a possessive or preposition at its edge."""
    start, end = m.lexemes[first].start, m.lexemes[last].end
    if edge := LEADING.match(m.text, start, end):
        start = edge.end()
    if m.rule.reading.startswith("calendar_month") and (edge := ARTICLE.match(m.text, start, end)):
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


def ranged(first: FoundTime, second: FoundTime) -> FoundTime:
    """Two ends as one expression that covers the days from the first to the second."""
    period = None
    if first.period and second.period:
        first, second = _of_its_year(first, second), _after(first, second)
        assert first.period
        if second.period and first.period.low <= second.period.high:
            low, high = first.period.low, second.period.high
            period = Period(low=low, high=high, best=low + (high - low) / 2)
    return FoundTime(
        span=Span(first.span.start, second.span.end), timex=Timex(type="DATE", value=f"{first.timex.value}/{second.timex.value}"),
        period=period, granularity=first.granularity, rule="range", anchor=first.anchor or second.anchor,
        mention=first.mention, score=min(first.score, second.score), parts=(first, second),
    )  # fmt: skip


def _of_its_year(first: FoundTime, second: FoundTime) -> FoundTime:
    """The first end, in the year that the second alone names ("May 3 to May 5, 2023")."""
    assert first.period and second.period
    low, end = first.period.low, second.period.high
    if not first.anchor or second.anchor or first.granularity is not second.granularity:
        return first
    if first.granularity is Granularity.DAY:
        moved = calendar.day_of(end.year - ((low.month, low.day) > (end.month, end.day)), low.month, low.day)
    elif first.granularity is Granularity.MONTH:
        moved = calendar.month(end.year - (low.month > end.month), low.month)
    else:
        return first
    return replace(first, timex=moved.timex, period=moved.period, anchor="")


def _after(first: FoundTime, second: FoundTime) -> FoundTime:
    """The second end, a week on where both are weekdays and it would lie before the first."""
    assert first.period and second.period
    if first.rule != "weekday" or second.rule != "weekday" or second.period.low >= first.period.low:
        return second
    moved = calendar.day(second.period.low + timedelta(7))
    return replace(second, timex=moved.timex, period=moved.period)


def meaning_of(time: FoundTime) -> Meaning:
    """The meaning that an expression was given."""
    low, high, best = (time.period.low, time.period.high, time.period.best) if time.period else (None, None, None)
    return Meaning(time.timex.type, time.timex.value, low, high, best, time.granularity)


def _is_range(text: str, first: FoundTime, second: FoundTime) -> bool:
    """True of two dates or times of one granularity that words of a range join; whether they are placed is no matter."""
    if first.parts or second.parts or first.timex.type != second.timex.type or first.granularity != second.granularity:
        return False
    if first.timex.type not in ("DATE", "TIME") or first.granularity is Granularity.VAGUE:
        return False
    gap = text[first.span.end : second.span.start]
    if TO.fullmatch(gap):
        return True
    return bool(AND.fullmatch(gap) and BETWEEN.search(text[max(0, first.span.start - 12) : first.span.start]))


READINGS: dict[str, Reading] = {
    reading.__name__: reading
    for reading in (
        dates.iso, dates.numeric, dates.calendar_day, dates.weekday_number, dates.day_range, dates.month_range,
        dates.year_range, dates.bare_day, dates.calendar_month, dates.calendar_year, dates.calendar_decade, dates.decade_word,
        dates.calendar_century, dates.calendar_season, dates.named_day, dates.ordinal_unit, relative.weekday,
        relative.deictic, relative.day_next_to, relative.week_of, relative.relative_unit, relative.edge_unit,
        relative.whole_year, relative.year_end, relative.the_weekend, relative.beside, relative.ago, relative.from_mention,
        relative.ago_bare, relative.calendar_quarter, relative.latest_quarter, relative.year_ago, relative.reference, relative.the_past, relative.adjective, relative.the_year, relative.nth_day,
        spells.part_of_day, spells.part_relative, spells.part_bare, spells.overnight, spells.overnight_two, spells.clock,
        spells.noon, spells.duration, spells.duration_half, spells.bare_units, spells.recent_units, spells.every,
        spells.weekdays, spells.times, spells.frequency,
    )
}  # fmt: skip


def check() -> None:
    """Raises DataError where a pattern names a guard or reading that does not exist."""
    known = {*GUARDS, *contexts()}
    if unknown := [r.name for r in grammar().rules if not set(r.guard.split()) <= known]:
        raise DataError(f"patterns.tsv: expected known guards, met others for {', '.join(unknown)}")
    if unknown := [r.name for r in grammar().rules if r.reading not in READINGS]:
        raise DataError(f"patterns.tsv: expected known readings, met none for {', '.join(unknown)}")
