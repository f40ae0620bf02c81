"""One document -> its page: typed blocks, coded sentences with their highlights, metadata with its evidence."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from coranto.publish import phrases
from coranto.publish.marks import Mark, Stretch, stretches
from coranto.publish.pages.sources import Quoted, Sources, marks, speakers
from coranto.publish.reading import RecordReader
from coranto.records import Analysis, Block, CodedEvent, Document, MentionKind, Record, Report, Sourced, Span

MENTIONED = {
    MentionKind.ACTOR: "actor",
    MentionKind.PLACE: "place",
    MentionKind.TIME: "time",
    MentionKind.FIGURE: "figure",
}


class Piece(Record, frozen=True, kw_only=True):
    """A sentence, or text between sentences (``sentence`` is ""), cut into highlighted stretches."""

    sentence: str
    coded: tuple[str, ...]
    stretches: tuple[Stretch, ...]


class BlockView(Record, frozen=True, kw_only=True):
    """A typed block of the page; ``kind`` is "" for text that no block holds."""

    kind: str
    pieces: tuple[Piece, ...]


class Slot(Record, frozen=True, kw_only=True):
    """One field of a coded event in words, with how its value was come by."""

    label: str
    value: str
    code: str
    basis: str
    via: str
    by: str
    score: float


class CodedView(Record, frozen=True, kw_only=True):
    """A coded event beside the text that it comes from."""

    id: str
    sentence: str
    event: str
    type: str
    cameo: str
    mode: str
    modality: str
    trigger: str
    said_by: str
    slots: tuple[Slot, ...]


class UncodedView(Record, frozen=True, kw_only=True):
    """A clause or noun that might have been an event and was not coded; ``path`` is what made its modality."""

    sentence: str
    trigger: str
    modality: str
    tense: str
    factuality: float
    path: tuple[str, ...]


class MetaRow(Record, frozen=True, kw_only=True):
    """One piece of a document's metadata with what it rests on."""

    label: str
    value: str
    basis: str = ""
    via: str = ""
    evidence: tuple[Quoted, ...] = ()


class DocumentPage(Record, frozen=True, kw_only=True):
    """Everything that is shown of one document."""

    id: str
    uri: str
    outlet: str
    title: str
    published: str
    text_length: int
    sentences: int
    meta: tuple[MetaRow, ...]
    reports: tuple[tuple[MetaRow, ...], ...]
    blocks: tuple[BlockView, ...]
    coded: tuple[CodedView, ...]
    uncoded: tuple[UncodedView, ...]


def document_page(reader: RecordReader, id: str) -> DocumentPage | None:
    """The page of a document, or None where the record has no such document."""
    sources = Sources(reader)
    source = sources[id]
    if source is None:
        return None
    analysis, document = source.analysis, source.document
    coded = sorted(analysis.events, key=lambda e: (e.trigger.span, e.id))
    belongs = reader.belongs([c.id for c in coded])
    return DocumentPage(
        id=document.id,
        uri=document.uri,
        outlet=document.outlet,
        title=phrases.clean(document.title),
        published=source.published(),
        text_length=len(document.text),
        sentences=len(analysis.sentences),
        meta=tuple(_meta(document, sources)),
        reports=tuple(tuple(_report(r, sources)) for r in analysis.reports),
        blocks=tuple(_blocks(analysis)),
        coded=tuple(_coded(c, document, belongs.get(c.id, "")) for c in coded),
        uncoded=tuple(_uncoded(analysis)),
    )


# -- metadata -----------------------------------------------------------------------------------------


def _meta(document: Document, sources: Sources) -> Iterable[MetaRow]:
    plain = {"Outlet": document.outlet, "Byline": document.byline, "Address": document.uri}
    plain |= {"Canonical address": document.canonical, "Language": document.language}
    yield from (MetaRow(label=label, value=phrases.clean(value)) for label, value in plain.items() if value)
    yield from _rows("Published", (document.published,), sources)
    yield from _rows("Updated", (document.updated,), sources)
    if document.captured:
        yield MetaRow(label="Captured", value=f"{document.captured:%Y-%m-%d %H:%M} UTC")
    yield from _rows("Names as its source", document.upstream, sources)
    yield MetaRow(label="Digest", value=document.digest)


def _report(report: Report, sources: Sources) -> Iterable[MetaRow]:
    source = sources[report.document]
    if source and report.headline:
        headline = source.document.text[report.headline.start : report.headline.end]
        yield MetaRow(label="Headline", value=phrases.clean(headline))
    yield from _rows("Published", (report.published,), sources)
    yield from _rows("Dateline", (report.place,), sources)
    yield from _rows("Credits", report.credit, sources)
    yield from _rows("Names as its source", report.upstream, sources)


def _rows(label: str, values: Sequence[Sourced[Any] | None], sources: Sources) -> Iterable[MetaRow]:
    for value in values:
        if value:
            yield MetaRow(
                label=label,
                value=phrases.say(value.value),
                basis=value.basis.value,
                via=value.via.value,
                evidence=sources.quoted(value),
            )


# -- text -----------------------------------------------------------------------------------------------


def _blocks(analysis: Analysis) -> Iterable[BlockView]:
    text = analysis.document.text
    coded: dict[str, list[str]] = {}
    for event in analysis.events:
        coded.setdefault(event.sentence, []).append(event.id)
    pieces = _pieces(analysis)
    under = _under(pieces, _marks(analysis))
    views: dict[int, list[Piece]] = {}
    kinds: dict[int, str] = {}
    named: set[str] = set()
    for number, (block, kind, span, sentence) in enumerate(pieces):
        anchor = sentence if sentence not in named else ""
        named.add(sentence)
        piece = Piece(
            sentence=anchor,
            coded=tuple(coded.get(sentence, ())),
            stretches=stretches(text, span, under.get(number, ())),
        )
        views.setdefault(block, []).append(piece)
        kinds[block] = kind
    for block, found in views.items():
        if any(stretch.text.strip() for piece in found for stretch in piece.stretches):
            yield BlockView(kind=kinds[block], pieces=tuple(found))


def _pieces(analysis: Analysis) -> list[tuple[int, str, Span, str]]:
    """(number of block, its kind, span, id of sentence) in order, without gaps, over the whole text."""
    sentences = sorted(analysis.sentences, key=lambda s: s.span)
    pieces: list[tuple[int, str, Span, str]] = []
    next_sentence = 0
    for number, (kind, span) in enumerate(_covering(analysis.document)):
        at = span.start
        while next_sentence > 0 and sentences[next_sentence - 1].span.end > at:
            next_sentence -= 1
        while next_sentence < len(sentences) and sentences[next_sentence].span.start < span.end:
            sentence = sentences[next_sentence]
            start, end = max(sentence.span.start, at), min(sentence.span.end, span.end)
            if start > at:
                pieces.append((number, kind, Span(at, start), ""))
            if end > start:
                pieces.append((number, kind, Span(start, end), sentence.id))
                at = end
            next_sentence += 1
        if at < span.end:
            pieces.append((number, kind, Span(at, span.end), ""))
    return pieces


def _covering(document: Document) -> Iterable[tuple[str, Span]]:
    """Blocks in order, with the text between them as blocks of no kind."""
    at = 0
    for block in sorted(document.blocks, key=_start):
        if block.span.start > at:
            yield "", Span(at, block.span.start)
        if block.span.end > max(at, block.span.start):
            yield block.kind.value, Span(max(at, block.span.start), block.span.end)
            at = block.span.end
    if at < len(document.text):
        yield "", Span(at, len(document.text))


def _start(block: Block) -> Span:
    return block.span


def _under(pieces: Sequence[tuple[int, str, Span, str]], found: Iterable[Mark]) -> dict[int, list[Mark]]:
    """Marks by the pieces that they lie on."""
    starts = [span.start for _, _, span, _ in pieces]
    under: dict[int, list[Mark]] = {}
    for mark in found:
        number = max(0, bisect_right(starts, mark.span.start) - 1)
        while number < len(pieces) and pieces[number][2].start < mark.span.end:
            under.setdefault(number, []).append(mark)
            number += 1
    return under


def _marks(analysis: Analysis) -> list[Mark]:
    """Highlights of coded events over those of mentions, each stretch and kind once."""
    found = {(m.kind, m.span): m for event in analysis.events for m in marks(event)}
    meant = {r.mention: r.value.value for r in analysis.referents}
    for mention in analysis.mentions:
        kind, span = MENTIONED[mention.kind], mention.words.span
        if (kind, span) not in found and not (kind == "actor" and ("recipient", span) in found):
            value = meant.get(mention.id)
            found[kind, span] = Mark(kind=kind, span=span, note=phrases.say(value) if value else "not resolved")
    for speech in analysis.speech:
        for kind, spans in (("source", speech.source), ("cue", speech.cue)):
            for span in spans:
                found.setdefault((kind, span), Mark(kind=kind, span=span, note=speech.stance))
    return list(found.values())


# -- coded events -------------------------------------------------------------------------------------------


def _coded(coded: CodedEvent, document: Document, event: str) -> CodedView:
    slots = [
        *(_slot("Actor", value) for value in coded.actors),
        *(_slot("Recipient", value) for value in coded.recipients),
        *(_slot("When", value) for value in (coded.time,) if value),
        *(_slot("Where", value) for value in (coded.place,) if value),
        *(_slot("Figure", value) for value in coded.figures),
        *(_slot("Instrument", value) for value in (coded.instrument,) if value),
        *(_slot("Context", value) for value in coded.contexts),
    ]
    return CodedView(
        id=coded.id,
        sentence=coded.sentence,
        event=event,
        type=coded.type.value.value,
        cameo=coded.cameo,
        mode=coded.mode.value if coded.mode else "",
        modality=coded.modality.value.value,
        trigger=phrases.clean(coded.trigger.quote),
        said_by=speakers(coded, document),
        slots=tuple(slots),
    )


def _uncoded(analysis: Analysis) -> Iterable[UncodedView]:
    coded = {event.predicate for event in analysis.events}
    for predicate in sorted(analysis.predicates, key=lambda p: (p.trigger.span, p.id)):
        if predicate.id not in coded:
            yield UncodedView(
                sentence=predicate.sentence,
                trigger=phrases.clean(predicate.trigger.quote),
                modality=predicate.modality.value,
                tense=predicate.tense.value,
                factuality=predicate.factuality,
                path=tuple(map(phrases.clean, predicate.path)),
            )


def _slot(label: str, value: Sourced[Any]) -> Slot:
    return Slot(
        label=label,
        value=phrases.say(value.value),
        code=phrases.code(value.value),
        basis=value.basis.value,
        via=value.via.value,
        by=value.by,
        score=value.score,
    )
