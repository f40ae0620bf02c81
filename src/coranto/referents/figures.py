"""Figure mentions -> what they count, with bounds, unit, of whom and whose."""

from collections.abc import Callable

from coranto.knowledge import Knowledge
from coranto.knowledge.places import Kind
from coranto.language.en.figures import Told, told
from coranto.language.en.placewords import place_words
from coranto.language.trees import trees
from coranto.records import Analysis, Basis, Figure, Mention, MentionKind, Referent, Sourced, Via, make_id

BY = "referents.figures/1"


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Referent, ...]]:
    """A resolver of the figure mentions of a document; each figure rests on its own words."""

    def figures(analysis: Analysis) -> tuple[Referent, ...]:
        wanted = {m.id: m for m in analysis.mentions if m.kind is MentionKind.FIGURE}
        out: dict[str, Referent] = {}
        for tree in trees(analysis) if wanted else ():
            for t in tree.once(told):
                span = tree.span(t.first, t.last)
                mention = wanted.get(make_id(tree.sentence.id, MentionKind.FIGURE, span.start, span.end))
                if mention is not None:
                    out.setdefault(mention.id, _referent(mention, t, knowledge))
        return tuple(out.values())

    return figures


def _referent(mention: Mention, t: Told, knowledge: Knowledge) -> Referent:
    figure = Figure(
        what=t.what, low=t.low, high=t.high, unit=t.unit, of_whom=t.of_whom, whose=_country(t.owner, knowledge),
        exact=t.exact,
    )  # fmt: skip
    return Referent(
        mention=mention.id,
        value=Sourced(value=figure, basis=Basis.STATED, via=Via.GRAMMAR, evidence=(mention.words,), by=BY),
    )


def _country(owner: str, knowledge: Knowledge) -> str:
    """ISO3 of the country that a demonym or a country's name says, or ""."""
    if not owner:
        return ""
    known = place_words().demonyms.get(owner, "")
    if known.startswith("country:"):
        return known.removeprefix("country:")
    return next((c.country for c in knowledge.places.find(owner) if c.kind == Kind.COUNTRY), "")
