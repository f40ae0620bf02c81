"""Lineage, reports and coded events -> voices: independent origins, each with its reason.

A coded event that is attributed speaks with its claimant's voice; one that is not speaks with its report's. A report
that took its words from another, or from an agency, has that one's voice. Reports are never chained through a claimant
that they share, nor through an outlet.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coranto.linkage.gists import Gist, Origin
from coranto.records import Lineage, LineageKind, Span, Voice, Words, make_id

JOINS = (LineageKind.SAME, LineageKind.EDITED, LineageKind.REWRITTEN)
REASONS = {
    LineageKind.SAME: "same words as another report",
    LineageKind.EDITED: "an edited copy of another report",
    LineageKind.REWRITTEN: "another report rewritten",
    LineageKind.WIRE: "credited to an agency or named source",
    LineageKind.EMBEDDED: "in a passage taken from another report",
}


class Roots:
    """Of every report: the report that its words go back to, the agency that it credits, passages of others'."""

    def __init__(self, lines: Iterable[Lineage], origins: Mapping[str, Origin]) -> None:
        self.origins = origins
        self._parent: dict[str, str] = {}
        self._how: dict[str, LineageKind] = {}
        self._passages: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        credits: list[Lineage] = []
        for line in lines:
            if line.how in JOINS:
                self._join(line.report, line.origin)
                self._how.setdefault(line.report, line.how)
            elif line.how is LineageKind.EMBEDDED:
                spans = (w.span for w in line.evidence if isinstance(w, Words))
                self._passages[line.report].extend((s, line.origin) for s in spans)
            elif line.how is LineageKind.WIRE:
                credits.append(line)
        self._peers: dict[str, set[str]] = defaultdict(set)
        for report in {*self._parent, *self._parent.values()}:
            root = self.first(report)
            if self._older(report)[0] == self._older(root)[0] and (known := origins.get(report)):
                self._peers[root].add(f"outlet:{known.family}")
        for some in self._passages.values():
            some.sort(key=lambda x: (*self._older(self.first(x[1])), x[0]))
        self._agency: dict[str, str] = {}
        for line in sorted(credits, key=self._rank):
            self._agency.setdefault(self.first(line.report), line.origin)

    def _rank(self, line: Lineage) -> tuple[int, int, str, str, str]:
        agency_first = 0 if line.origin.startswith("agency:") else 1
        return (agency_first, *self._older(line.report), line.origin)

    def _older(self, report: str) -> tuple[int, str, str]:
        known = self.origins.get(report)
        return (known.day or 10**7 if known else 10**7, known.rank if known else "", report)

    def _join(self, a: str, b: str) -> None:
        x, y = sorted((self.first(a), self.first(b)), key=self._older)
        if x != y:
            self._parent[y] = x

    def first(self, report: str) -> str:
        """The oldest report that this one's words go back to."""
        while (up := self._parent.get(report)) is not None:
            report = up
        return report

    def of(self, gist: Gist) -> tuple[str, str]:
        """The report whose words tell this event, and why it is that one ("" = its own)."""
        return self.at(gist.report, gist.trigger.span)

    def at(self, report: str, words: Span) -> tuple[str, str]:
        """The report that these words of a report go back to, and why it is that one ("" = its own)."""
        root = self.first(report)
        theirs = {self.first(origin) for _, origin in self._passages.get(root, ())}
        for span, origin in self._passages.get(report, ()):
            if words.overlaps(span) and (root == report or self.first(origin) in theirs):
                return self.first(origin), REASONS[LineageKind.EMBEDDED]
        return root, "" if root == report else REASONS[self._how.get(report, LineageKind.SAME)]

    def peers(self, gist: Gist) -> set[str]:
        """The outlets that printed the words of a report's own event on one day: who was first cannot be told."""
        return set() if gist.claimant else self._peers.get(self.of(gist)[0], set())

    def voice(self, gist: Gist) -> tuple[str, str, str]:
        """Origin, its name, and why: of a coded event."""
        if gist.claimant:
            return (
                gist.claimant,
                gist.claimant_name,
                "says so; whoever repeats it, or speaks for the same branch of the same state, adds no voice",
            )
        root, why = self.of(gist)
        if agency := self._agency.get(root):
            return agency, agency.partition(":")[2], REASONS[LineageKind.WIRE]
        known = self.origins.get(root)
        if known is None:
            return root, root, why
        return f"outlet:{known.family}", known.name, why or "its own report"


def voices(members: Sequence[Gist], roots: Roots) -> tuple[Voice, ...]:
    """The independent voices that tell one event, in order of origin."""
    held: dict[str, tuple[str, set[str], list[str]]] = {}
    one = _joined(roots.peers(g) for g in members)
    for g in members:
        origin, name, why = roots.voice(g)
        origin = one.get(origin, origin)
        _, whys, coded = held.setdefault(origin, (name, set(), []))
        whys.add(why)
        coded.append(g.id)
    return tuple(
        Voice(
            origin=origin, name=min(held[origin][0], name), reason="; ".join(sorted(whys)), coded=tuple(sorted(coded))
        )
        for origin, (name, whys, coded) in sorted(held.items())
    )


def _joined(groups: Iterable[set[str]]) -> dict[str, str]:
    """Outlets that printed the same words on one day are one voice: each with the first that it is one with."""
    first: dict[str, str] = {}
    for group in groups:
        roots = sorted({first.get(o, o) for o in group})
        for old, new in ((r, roots[0]) for r in roots):
            first.update((o, new) for o in [*(k for k, v in first.items() if v == old), old])
    return first


def echo_key(gist: Gist, roots: Roots) -> str:
    """Equal for coded events that stand in copies of one text at one place: they are one and the same."""
    return make_id(roots.of(gist)[0], gist.echo.hex())
