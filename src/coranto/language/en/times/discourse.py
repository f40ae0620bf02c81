"""What has been said so far -> the day that the next expression is read against."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from coranto.language.en.times.calendar import Meaning
from coranto.language.en.times.guards import REACH, contexts
from coranto.language.en.times.occasions import Occasion, occasion
from coranto.language.en.times.patterns import Match
from coranto.records import Granularity, Span, Tense

TenseOf = Callable[[int, int], Tense]
AGAINST = 130  # days that a date on the wrong side of the tense is held to be farther away
SURELY_AGAINST = 300  # the same, where the expression opens its sentence and so belongs to the main verb
NEVER = 360  # the same, where the parse shows that it says when the verb happened
OPENS = re.compile(r"(?:[.!?\n”\"]\s+|\A)(?:In|On|Since|By|Early in|Late in)\s+\Z")
SENTENCE = re.compile(r"[.!?\n]\s")
HAD = re.compile(r"\b(?:had|['’]d) ")
NEARBY = 250  # characters after a date in which one without a year leans on it
YEARS_AWAY = 2
A_YEAR = 400  # days
NEAR = 4  # days within which tense is no evidence about the year
FINE = frozenset({Granularity.INSTANT, Granularity.HOUR, Granularity.DAY})
WILL = re.compile(r"\b(?:will|today|tomorrow)\b")
FAR = 4  # dates that a text must give far from its own day to be held for history
DEICTIC_CLASSES = frozenset({"rel.last", "rel.this", "rel.past"})
DEICTIC_RULES = frozenset({"deictic", "tonight", "weekday", "ago"})


def telling_cost(last: date, day: date) -> float:
    """How far a teller would leap from the day last told of: on, seldom back, and hardly across a New Year unsaid."""
    days = (day - last).days
    if day.year == last.year:
        return days if days >= 0 else 2 * -days
    return 1.3 * days + 60 if days >= 0 else 3 * -days + 60


class Discourse:
    """The publication day, the last mention of a day or period, and the tense of clauses.

    ``used`` says what the reading under way leant on: "", "publication" or "mention".
    """

    def __init__(self, anchor: date | None, tense: TenseOf, *, narrative: bool = False, begins: int = 0) -> None:
        self.anchor = anchor
        self.tense = tense
        self.direct: Callable[[int, int], bool] = lambda start, end: False  # does the span say when a verb happens?
        self.narrative = narrative
        self.focus: Meaning | None = None
        self.focus_span: Span | None = None
        self.day_told: Meaning | None = None  # the last day or month spoken of, whatever year or season came after it
        self.spoken: set[date] = set()  # days named so far
        self.told: dict[str, Occasion] = {}  # what happened, by its noun, and on which day
        self.year_before_christ = 0  # the year BC last spoken of, where nothing later was
        self.last_quarter: tuple[int, int] | None = None
        self.speech_day: date | None = None
        self.first_year = begins if narrative else 0  # in a text about the past: the year that it names first
        self.used = ""
        self.leant_on: Span | None = None  # where that stands, if it is not the last mention

    def begin(self, speech_day: date | None = None) -> None:
        """A new expression is about to be read; within a quotation, ``speech_day`` is the day of speech."""
        self.used, self.leant_on = "", None
        self.speech_day = speech_day

    def today(self) -> date | None:
        """The day of utterance: the publication day, or the day of speech within a quotation."""
        if self.speech_day is not None:
            self.used = "mention"
            return self.speech_day
        if self.anchor is None:
            return self._from_focus()
        if self.narrative and (day := self._from_focus()):
            return day
        self.used = "publication"
        return self.anchor

    def uttered(self) -> date | None:
        """The day of utterance for words that only speak from it ("today", "last week"), in history too."""
        if self.speech_day is not None or self.anchor is None:
            return self.today()
        return self.published()

    def published(self) -> date | None:
        """The publication day."""
        if self.anchor is not None:
            self.used = "publication"
        return self.anchor

    def mentioned(self) -> date | None:
        """The day last spoken of, else the publication day: what "the following day" starts from."""
        return self._from_focus() or self.today()

    def in_sentence(self, m: Match) -> date | None:
        """A day of the last week that the sentence has named: "On Wednesday it said that jets had struck overnight"."""
        if self.focus is None or self.focus_span is None or self.anchor is None or self.focus.granularity not in FINE:
            return None
        day = self._from_focus()
        near = day is not None and 0 <= (self.anchor - day).days < 7 and self.speech_day is None
        return day if near and not SENTENCE.search(m.text, self.focus_span.end, m.start) else None

    def mentioned_within(self, unit: str) -> date | None:
        """As ``mentioned``; None where the last mention is coarser than ``unit``."""
        if self.focus is None or self.focus.period is None:
            return self.today()
        rank = {
            "second": 1,
            "minute": 1,
            "hour": 1,
            "day": 1,
            "weekend": 7,
            "week": 7,
            "fortnight": 14,
            "month": 31,
            "quarter": 92,
            "year": 366,
        }
        if self.focus.granularity not in FINE and self.focus.period.days > rank.get(unit, 4000):
            if self.day_told and self.day_told.granularity in FINE and self.in_its_year():
                self.used = "mention"
                return self.day_told.best
            return None if self.narrative or self.anchor is None else self.published()
        return self._from_focus()

    def in_its_year(self) -> bool:
        """True where what was spoken of last, though coarser, still covers or follows close on the day told before."""
        told, focus = self.day_told, self.focus
        return bool(told and focus and told.best and focus.low and abs((focus.low - told.best).days) <= A_YEAR)

    def month_told(self) -> date | None:
        """The day or month last spoken of, that "the 15th" belongs to."""
        if self.focus is not None and self.focus.granularity is Granularity.YEAR and self.in_its_year():
            assert self.day_told is not None
            self.used = "mention"
            return self.day_told.best if self.day_told.granularity in FINE else self.day_told.low
        return self.mentioned()

    def years_on(self, m: Match) -> int:
        """1 for "the following spring" where only a year was told: it lies in the next one."""
        told = self.focus is not None and self.focus.granularity is Granularity.YEAR
        return int(told and self.used == "mention" and m.cls("rel") in ("rel.next", "rel.following"))

    def _from_focus(self) -> date | None:
        if self.focus is None or self.focus.best is None:
            return None
        self.used = "mention"
        return self.focus.best if self.focus.granularity in FINE else self.focus.low

    def occasion(self, m: Match) -> date | None:
        """The day of the event that is named after a match: "the third day *of the visit*"."""
        found = occasion(m.text, m.end, self.told)
        if found is None:
            return None
        self.used, self.leant_on = "mention" if found.mention else "", found.mention
        return found.day

    def told_a_day(self) -> bool:
        """True where a day or a month was told of last, not a season or a year."""
        return self.focus is not None and self.focus.granularity in FINE | {Granularity.MONTH}

    def tense_of(self, m: Match) -> Tense:
        """The tense of the clause that a match stands in."""
        if contexts()["past-event"].holds("", m.text[m.end : m.end + REACH]):
            return Tense.PAST
        return self.tense(m.start, m.end)

    def nearest(self, candidates: Sequence[date], m: Match) -> date | None:
        """Of the same date in several years, the one meant: the nearest, unless the tense speaks against it."""
        day = self._from_focus() if self.in_history(m) else None
        if self.focus is not None and day is not None:
            past = day
            if known := [c for c in candidates if c in self.spoken]:
                return known[-1]
            if self.focus.granularity is Granularity.YEAR:
                return next((c for c in candidates if c.year == past.year), None)
            return min(candidates, key=lambda c: telling_cost(past, c))
        if self.focus is None and self.first_year:
            self.used = "mention"
            return next((c for c in candidates if c.year == self.first_year), None)
        if self.anchor is None:
            last = self._from_focus()
            return min(candidates, key=lambda c: abs((c - last).days)) if last else None
        anchor, tense = self.anchor, self.tense_of(m)
        if contexts()["past-event"].holds("", m.text[m.end : m.end + REACH]):
            candidates = [c for c in candidates if c <= anchor] or candidates
        self.used = "publication"

        opens = tense is Tense.PAST and OPENS.search(m.text, max(0, m.start - REACH), m.start) is not None
        against = SURELY_AGAINST if opens else AGAINST
        if tense is Tense.PAST and self.direct(m.start, m.end):
            against = NEVER

        def cost(candidate: date) -> float:
            away = (candidate - anchor).days
            wrong = (away > NEAR and tense is Tense.PAST) or (away < -NEAR and tense is Tense.FUTURE)
            return abs(away) + (against if wrong else AGAINST / 2 if away > NEAR and tense is Tense.NONE else 0)

        return min(candidates, key=cost)

    def in_history(self, m: Match) -> bool:
        """True in a text about the past, and just after a day that lies years away: its year goes on."""
        if self.narrative or not m.has("day"):
            return self.narrative
        if self.focus is None or self.focus_span is None or self.anchor is None or self.focus.best is None:
            return False
        near = 0 <= m.start - self.focus_span.end < NEARBY
        far = abs(self.focus.best.year - self.anchor.year) >= YEARS_AWAY
        return near and far and self.focus.granularity in FINE and self.tense_of(m) is not Tense.FUTURE

    def years(self) -> list[int]:
        """The years that an expression without a year may mean."""
        found: list[int] = []
        first = date(self.first_year, 1, 1) if self.first_year and self.focus is None else None
        for day in (self.anchor, self.focus.best if self.focus else first):
            if day is not None:
                found += [y for y in (day.year - 1, day.year, day.year + 1) if y not in found]
        return found

    def weekday(self, number: int, m: Match) -> date | None:
        """The weekday (1 = Monday) meant: the latest one, today included; the coming one where the clause is future."""
        day = self.today()
        if day is None:
            return None
        if self.used == "mention" and self.speech_day is None:
            return day + timedelta((number - day.isoweekday()) % 7)
        if self.tense_of(m) is Tense.FUTURE:
            return day + timedelta((number - day.isoweekday()) % 7)
        return day - timedelta((day.isoweekday() - number) % 7)

    def before_christ(self, made: Meaning, m: Match) -> Meaning:
        """What leaves its year open ("XXXX-06"), in the year BC last spoken of or, with "the next", the one after."""
        year = self.year_before_christ - (m.cls("rel") in ("rel.next", "rel.following"))
        return made._replace(value=made.value.replace("XXXX", f"BC{year:04d}", 1))

    def said(self, meaning: Meaning, span: Span) -> None:
        """Remember what was spoken of, for expressions that refer back."""
        if meaning.value.startswith("BC") and meaning.value[2:6].isdigit():
            self.year_before_christ = int(meaning.value[2:6])
        elif meaning.best is not None:
            self.year_before_christ = 0
        if meaning.type in ("DATE", "TIME") and meaning.best is not None and meaning.granularity not in (
            Granularity.DECADE, Granularity.VAGUE):  # fmt: skip
            self.focus, self.focus_span = meaning, span
            if meaning.granularity in FINE | {Granularity.MONTH}:
                self.day_told = meaning
            if meaning.low == meaning.high and meaning.low is not None:
                self.spoken.add(meaning.low)


def is_flashback(m: Match) -> bool:
    """True of "the previous year" or "two years earlier" with a pluperfect: the story then goes on where it was."""
    if not (m.cls("rel") == "rel.previous" or m.has("earlier") or m.has("before")):
        return False
    sentence = SENTENCE.split(m.text[max(0, m.start - REACH) : m.start])[-1] + m.text[m.start : m.end + REACH]
    return HAD.search(SENTENCE.split(sentence)[0]) is not None


def first_year(found: Sequence[Match]) -> int:
    """The year in full that a text names first, 0 where it names none."""
    years = (
        y for m in found if m.rule.reading != "clock" and (y := m.get("year")) and len(y) == 4 and not m.has("era")
    )
    return next((int(y) for y in years if y.isdigit()), 0)


def is_narrative(found: Sequence[Match], anchor: date | None) -> bool:
    """True of a text about the past as such: most of its dates are years from its own, and it hardly says "today"."""
    dated = [m for m in found if (y := m.get("year")) and len(y) == 4 and y.isdigit()]
    years = [int(m.get("year") or 0) for m in dated]
    deictic = sum(
        1
        for m in found
        if m.rule.name in DEICTIC_RULES
        or (m.cls("rel") in DEICTIC_CLASSES and not m.has("det"))
        or m.has("deictic")
        or (m.has("weekday") and not m.has("month") and m.rule.reading == "clock")
    )
    if anchor is None:
        return len(years) >= 1 and len(years) >= deictic
    far = sum(1 for y in years if abs(y - anchor.year) >= YEARS_AWAY)
    opening = [m for m in found if m.has("month") or m.has("year")][:2]
    if any(m in dated and m.has("month") and m.has("day") for m in opening) and not deictic and far == len(years):
        if WILL.search(found[0].text, found[0].start, found[-1].end):
            return False
        return True
    if far == len(years) and not deictic and ((opening and opening[0] in dated) or any(m.has("era") for m in found)):
        return not WILL.search(found[0].text, found[0].start, found[-1].end)
    return far >= FAR and far > 3 * (len(years) - far) and far > 3 * deictic
