"""Analysis (document) -> its Report layer: one report for an article, one for each post of a live blog.

Each report has the date that it is read against, its dateline's place, the agencies that it credits, and the media
that it names as its source, each with the words.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from coranto.documents import dates
from coranto.documents.undated import days_of_posts
from coranto.knowledge import DATA, Knowledge
from coranto.knowledge.outlets import Outlet, OutletTable
from coranto.knowledge.tables import read_rows
from coranto.language.en import datelines
from coranto.records import (
    Analysis,
    Basis,
    Block,
    BlockKind,
    Document,
    Granularity,
    Period,
    Report,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
    make_id,
)

STAGE = "reports/1"
_TOLD = frozenset({BlockKind.HEADLINE, BlockKind.BODY, BlockKind.ITEM, BlockKind.QUOTE})
_SMALL = frozenset({"of", "al", "el", "de", "la", "the", "and", "da", "do", "du", "es", "au", "on", "sur", "e"})
_UPSTREAM = DATA / "en" / "upstream.tsv"


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Report, ...]]]:
    """A stage: the reports of each document, in order of text."""
    reading = _Reading(knowledge.outlets)

    def reports(batch: Sequence[Analysis]) -> list[tuple[Report, ...]]:
        return [tuple(reading.reports(a.document)) for a in batch]

    return reports


class _Reading:
    """What reports are read with: datelines, names of agencies, forms in which media are named as sources."""

    def __init__(self, outlets: OutletTable) -> None:
        self.outlets = outlets
        self.dateline = datelines.make(outlets)
        names = {"{outlet}": outlets.spoken_names.pattern, "{wire}": outlets.wire_names.pattern}
        self.forms = []
        for row in read_rows(_UPSTREAM, columns=("pattern",)):
            pattern = row["pattern"]
            for name, expression in names.items():
                pattern = pattern.replace(name, f"(?P<outlet>{expression})", 1)
            self.forms.append(re.compile(pattern))

    def reports(self, document: Document) -> Iterator[Report]:
        if not document.text.strip():
            return
        if not document.posts:
            yield self._report(document, Span(0, len(document.text)), None, document.published)
            return
        lead_end = document.posts[0].span.start
        lead = [b for b in document.blocks if b.span.end <= lead_end]
        days = days_of_posts(document)
        if any(b.kind in _TOLD - {BlockKind.HEADLINE} for b in lead):
            yield self._report(document, Span(0, lead[-1].span.end), None, document.updated or document.published)
        for post in document.posts:
            yield self._report(document, post.span, post.headline, post.published, days.get(post.span))

    def _report(
        self,
        document: Document,
        span: Span,
        headline: Span | None,
        published: Sourced[TimeExpression] | None,
        days: Period | None = None,
    ) -> Report:
        blocks = [b for b in document.blocks if b.span in span]
        if headline is None and blocks and blocks[0].kind is BlockKind.HEADLINE and span.start == 0:
            headline = blocks[0].span
        place, dated, credit = None, None, list[Sourced[str]]()
        for block in blocks:
            if block.kind is BlockKind.DATELINE and place is None:
                place, dated = self._dateline(document, block)
            if block.kind in {BlockKind.DATELINE, BlockKind.CREDIT, BlockKind.BYLINE}:
                credit.extend(self._credits(document, block))
        return Report(
            id=make_id(document.id, span.start, span.end),
            document=document.id,
            span=span,
            headline=headline,
            published=published or dated or self._labelled(document, blocks) or _unknown_time(document, days),
            place=place,
            credit=tuple(_once(credit)),
            upstream=(*document.upstream, *_once(self._upstream(document, blocks), known=document.upstream)),
        )

    def _dateline(self, document: Document, block: Block) -> tuple[Sourced[str] | None, Sourced[TimeExpression] | None]:
        at, text, found = block.span.start, document.text, self._found(document, block)
        if found is None:
            return None, None
        place = dated = None
        if found.place:
            start, end = at + found.place[0], at + found.place[1]
            end = min(end, start + len(text[start:end].split("/")[0]))
            value = _titled(text[start:end])
            place = _stated(document, value, start, end, via=Via.GRAMMAR)
        if found.date and (value_of := dates.read(text[at + found.date[0] : at + found.date[1]])):
            dated = _stated(document, value_of, at + found.date[0], at + found.date[1], via=Via.GRAMMAR)
        return place, dated

    def _labelled(self, document: Document, blocks: Sequence[Block]) -> Sourced[TimeExpression] | None:
        """The first absolute date of a time label or byline, never of running text."""
        for block in blocks:
            if block.kind in {BlockKind.TIMESTAMP, BlockKind.BYLINE}:
                start, end = block.span.start, block.span.end
                if value := dates.read(document.text[start:end]):
                    return _stated(document, value, start, end, via=Via.GRAMMAR)
        return None

    def _credits(self, document: Document, block: Block) -> Iterator[Sourced[str]]:
        """The agencies of a dateline, a credit line or a byline; in datelines and bylines other outlets too."""
        at = block.span.start
        if block.kind is BlockKind.DATELINE:
            found = self._found(document, block)
            spans = [(at + start, at + end) for start, end in found.agencies] if found else []
        else:
            spans = [m.span() for m in self.outlets.names.finditer(document.text, at, block.span.end)]
        for start, end in spans:
            outlet = self.outlets.by_name(document.text[start:end])
            if outlet is None and block.kind is BlockKind.DATELINE:  # an agency that no table knows
                yield _stated(document, document.text[start:end], start, end, via=Via.GRAMMAR, score=0.7)
            foreign = outlet and outlet.name != document.outlet and outlet.kind != "government"
            if outlet and (
                outlet.wire or block.kind is BlockKind.DATELINE or (foreign and block.kind is BlockKind.BYLINE)
            ):
                yield _stated(document, outlet.name, start, end, via=Via.TABLE)

    def _found(self, document: Document, block: Block) -> datelines.Dateline | None:
        at, text = block.span.start, document.text
        return self.dateline(text[at : block.span.end + 12]) or self.dateline(text[at : block.span.end] + " A")

    def _upstream(self, document: Document, blocks: Sequence[Block]) -> Iterator[Sourced[str]]:
        own = self._family(document)
        found = []
        for block in blocks:
            if block.kind in _TOLD:
                for form in self.forms:
                    for met in form.finditer(document.text, block.span.start, block.span.end):
                        outlet = self.outlets.by_name(met["outlet"])
                        if (
                            outlet
                            and outlet.kind != "government"
                            and outlet.name != document.outlet
                            and outlet.id != own
                        ):
                            found.append((met.span(), outlet.name))
        for (start, end), name in sorted(found):
            yield _stated(document, name, start, end, via=Via.GRAMMAR)

    def _family(self, document: Document) -> str:
        own: Outlet | None = self.outlets.by_name(document.outlet)
        return own.id if own else ""


def _unknown_time(document: Document, days: Period | None) -> Sourced[TimeExpression] | None:
    """A post without a time of its own is read against the days that it may be of, as an assumption."""
    told = document.published
    if told is None:
        return None
    value = told.value if days is None or days == told.value.period else _on(days)
    score = min(0.5, told.score)
    return Sourced(value=value, basis=Basis.ASSUMED, via=Via.RULE, evidence=told.evidence, score=score, by=STAGE)


def _on(days: Period) -> TimeExpression:
    timex = Timex(type="DATE", value=days.best.isoformat())
    return TimeExpression(timex=timex, period=days, granularity=Granularity.DAY if days.days == 1 else Granularity.WEEK)


def _stated(document: Document, value: object, start: int, end: int, *, via: Via, score: float = 1.0) -> Sourced:  # type: ignore[type-arg]
    evidence = (document.cite(start, end),)
    return Sourced(value=value, basis=Basis.CARRIED, via=via, evidence=evidence, score=score, by=STAGE)


def _once(
    named: Iterator[Sourced[str]] | Sequence[Sourced[str]], known: Sequence[Sourced[str]] = ()
) -> list[Sourced[str]]:
    seen, out = {k.value for k in known}, []
    for one in named:
        if one.value not in seen:
            seen.add(one.value)
            out.append(one)
    return out


def _titled(place: str) -> str:
    """A place in capitals as names are written: "PORT-AU-PRINCE, Haiti" -> "Port-au-Prince, Haiti"."""
    parts = []
    for part in place.rstrip(" .,").split(", "):
        if part.isupper() and len(part) > 3:
            words = re.split(r"([ \-/]|(?<=\b[A-Z])['’](?=[A-Z]{2}))", part)
            part = "".join(
                w.lower()
                if n and w.lower() in _SMALL
                else w
                if re.fullmatch(r"(?:[A-Z]\.)+", w)
                else w[:1] + w[1:].lower()
                for n, w in enumerate(words)
            )
        parts.append(part)
    return ", ".join(parts)
