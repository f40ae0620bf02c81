"""Analysis -> its ActorClaim layer: what titles and appositions say that persons are."""

from collections.abc import Callable, Sequence
from datetime import date

from coranto.knowledge import Knowledge
from coranto.language.trees import trees
from coranto.records import ActorClaim, Analysis, Basis, Sourced, Via
from coranto.referents.placed import localities
from coranto.referents.titles import learn

BY = "claims/1"


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[ActorClaim, ...]]]:
    """A stage: one claim for each different thing that a document says of a person, at its first place."""
    table = knowledge.actors

    def claims(batch: Sequence[Analysis]) -> list[tuple[ActorClaim, ...]]:
        out = []
        for analysis in batch:
            days = published_days(analysis)
            placed = localities(trees(analysis), analysis.mentions, analysis.referents)
            seen: dict[tuple[str, str, str], ActorClaim] = {}
            for tree in trees(analysis):
                document = analysis.document.id
                day, held = days.get(tree.sentence.report), placed.get(tree.sentence.id, ())
                for taught in tree.once(learn, document, table, day, held):
                    ref = taught.ref
                    sourced = Sourced(
                        value=ref, basis=Basis.STATED, via=Via.APPOSITION, evidence=(taught.words,), score=0.9, by=BY
                    )
                    claim = ActorClaim(document=document, name=ref.name, ref=sourced)
                    seen.setdefault((taught.key, ref.role, ref.country), claim)
            out.append(tuple(seen.values()))
        return out

    return claims


def published_days(analysis: Analysis) -> dict[str, date | None]:
    """The best day that each report was published on, or its document's, by report id."""
    whole = analysis.document.published
    fallback = whole.value.period.best if whole is not None and whole.value.period is not None else None
    days: dict[str, date | None] = {}
    for report in analysis.reports:
        said = report.published
        days[report.id] = said.value.period.best if said is not None and said.value.period is not None else fallback
    return days
