"""Credit lines and named sources of reports -> Lineage to an agency or outlet."""

from collections.abc import Iterable

from coranto.knowledge import Knowledge
from coranto.linkage.gists import fold, source_key
from coranto.records import Lineage, LineageKind, Report


def lineage(reports: Iterable[Report], knowledge: Knowledge) -> list[Lineage]:
    """A line for every agency that a report credits and every medium that it names as its source, by report."""
    made: dict[tuple[str, str], Lineage] = {}
    for r in sorted(reports, key=lambda r: r.id):
        for said in (*r.credit, *r.upstream):
            key = source_key(said.value, knowledge) or f"outlet:{fold(said.value)}"
            line = Lineage(report=r.id, origin=key, how=LineageKind.WIRE, evidence=said.evidence, score=said.score)
            made.setdefault((r.id, key), line)
    return list(made.values())
