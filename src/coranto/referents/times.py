"""Analysis (mentions of times) -> what each means: TIMEX3, the days that it covers, the instant where known.

An expression is read against the day that its report was published on, or against an earlier mention of the same
report ("two days later"); without either it keeps X's in its value and has no period.
"""

from collections.abc import Callable, Iterable
from datetime import date

from coranto.knowledge import Knowledge
from coranto.language.en.times import FoundTime, Timeline, first_year, is_narrative, spoken_of
from coranto.language.en.times.clauses import adverbial, clause_tense
from coranto.language.trees import Tree, trees
from coranto.records import (
    Analysis,
    Basis,
    BlockKind,
    Document,
    Evidence,
    MentionKind,
    Referent,
    Report,
    Sourced,
    TimeExpression,
    Via,
    make_id,
)

BY = "referents.times/1"
WIDEST = 31  # days of a page's date within which "on Friday" is still read


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Referent, ...]]:
    """A resolver: one referent for each mention of a time."""

    def referents(analysis: Analysis) -> tuple[Referent, ...]:
        wanted = {m.id for m in analysis.mentions if m.kind is MentionKind.TIME}
        by_report: dict[str, list[Tree]] = {}
        for tree in trees(analysis) if wanted else ():
            by_report.setdefault(tree.sentence.report, []).append(tree)
        return tuple(
            referent
            for report in analysis.reports
            for referent in _in_report(analysis.document, report, by_report.get(report.id, ()))
            if referent.mention in wanted
        )

    return referents


def _in_report(document: Document, report: Report, parsed: Iterable[Tree]) -> Iterable[Referent]:
    published = report.published or document.published
    anchor = _day(published)
    found = [(tree, tree.once(spoken_of)) for tree in parsed]
    everything = [m for _, matches in found for m in matches]
    narrative, begins = is_narrative(everything, anchor), first_year(everything)
    timeline: Timeline | None = None
    for tree, matches in found:
        tense = clause_tense(tree)
        if timeline is None:
            timeline = Timeline(anchor, tense, narrative=narrative, begins=begins)
        timeline.discourse.tense, timeline.discourse.direct = tense, adverbial(tree)
        apart = tree.sentence.kind is BlockKind.CAPTION  # a caption tells its own day and leaves the story's alone
        teller = Timeline(anchor, tense) if apart else timeline
        for time in teller.read(document.text, matches):
            yield _referent(document, tree, time, published)


def _day(published: Sourced[TimeExpression] | None) -> date | None:
    """The day that a report's expressions are read against; None where it is known no better than to some weeks."""
    period = published.value.period if published else None
    return period.best if period and period.days <= WIDEST else None


def _referent(document: Document, tree: Tree, time: FoundTime, published: Sourced[TimeExpression] | None) -> Referent:
    evidence: list[Evidence] = [document.cite(time.span.start, time.span.end)]
    if time.mention is not None:
        evidence.append(document.cite(time.mention.start, time.mention.end))
    if time.anchor == "publication" and published is not None:
        evidence.extend(published.evidence)
    value = TimeExpression(timex=time.timex, period=time.period, instant=time.instant, granularity=time.granularity)
    return Referent(
        mention=make_id(tree.sentence.id, MentionKind.TIME, time.span.start, time.span.end),
        value=Sourced(
            value=value,
            basis=Basis.STATED,
            via=Via.GRAMMAR,
            evidence=tuple(evidence),
            score=round(time.score, 3),
            by=BY,
        ),
    )
