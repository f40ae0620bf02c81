"""Text -> the time expressions found in it, in order, each read against the publication day or an earlier mention."""

from collections.abc import Sequence
from datetime import date

from coranto.language.en.times.calendar import Meaning
from coranto.language.en.times.discourse import Discourse, TenseOf, first_year, is_flashback, is_narrative
from coranto.language.en.times.distances import measured
from coranto.language.en.times.found import FoundTime, is_between, is_range, meaning_of, ranged
from coranto.language.en.times.guards import accept
from coranto.language.en.times.occasions import told_in
from coranto.language.en.times.patterns import Match, matches
from coranto.language.en.times.quotes import days_of_speech
from coranto.language.en.times.readings import READINGS
from coranto.language.en.times.spans import span_of
from coranto.language.en.times.tense import cue_tense
from coranto.language.en.times.words import runs
from coranto.language.trees import Tree
from coranto.records import Span

CERTAIN, ANCHORED, REFERRED, UNRESOLVED = 0.95, 0.9, 0.75, 0.5


def find_times(
    text: str, *, start: int = 0, end: int | None = None, anchor: date | None, tense: TenseOf | None = None
) -> list[FoundTime]:
    """The time expressions of ``text[start:end]``, in order; ``anchor`` is the day that the text was published on.

    Without an anchor, what needs one has X's in its value and no period. ``tense`` tells the tense of the clause at
    a span; without it, it is told from the words around.
    """
    return read_times(text, scan(text, start, end), anchor=anchor, tense=tense)


def read_times(
    text: str, found: Sequence[Match], *, anchor: date | None, tense: TenseOf | None = None
) -> list[FoundTime]:
    """What `scan` found in a text, read against the day that it was published on, as in `find_times`."""
    narrative = is_narrative(found, anchor)
    timeline = Timeline(anchor, tense or cue_tense(text), narrative=narrative, begins=first_year(found))
    return timeline.read(text, found)


def scan(text: str, start: int = 0, end: int | None = None) -> list[Match]:
    """Where ``text[start:end]`` speaks of time, in order, not yet read against any day."""
    return [m for run in runs(text, start, len(text) if end is None else end) for m in matches(text, run, accept)]


def spoken_of(tree: Tree) -> list[Match]:
    """Where a sentence speaks of time, in order."""
    return scan(tree.text, tree.sentence.span.start, tree.sentence.span.end)


class Timeline:
    """Reads the expressions of a text in order, remembering what was spoken of."""

    def __init__(self, anchor: date | None, tense: TenseOf, *, narrative: bool = False, begins: int = 0) -> None:
        self.discourse = Discourse(anchor, tense, narrative=narrative, begins=begins)

    def read(self, text: str, found: Sequence[Match]) -> list[FoundTime]:
        """The meanings of matches, ranges joined."""
        spoken = days_of_speech(text, found)
        out: list[FoundTime] = []
        for m in found:
            for time in self._one(m, spoken.get(m.start)):
                if out and is_range(text, out[-1], time):
                    time = ranged(out.pop(), time)
                    self.discourse.said(meaning_of(time.parts[0]), time.parts[0].span)
                self.discourse.told |= told_in(text, (time,))
                out.append(time)
        return measured(text, out, self.discourse.told)

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
            span = span_of(m, m.first, m.last)
            if not (d.narrative and is_flashback(m)):
                d.said(meaning, span)
            return (self._found(m, span, meaning, mention),)
        parts = []
        for first, last, made in meaning:
            span = span_of(m, first, last)
            parts.append(self._found(m, span, made, mention))
            d.said(made, span)
        if m.has("and") and not is_between(m.text, m.start):
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
            span=span,
            timex=meaning.timex,
            period=period,
            granularity=meaning.granularity,
            instant=meaning.instant,
            rule=m.rule.name,
            anchor=used,
            mention=(self.discourse.leant_on or mention) if used == "mention" else None,
            score=score,
        )
