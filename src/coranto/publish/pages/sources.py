"""Evidence -> the sentence that it stands in, with the words marked and a link to them."""

from collections.abc import Iterable
from typing import Any

from coranto.publish.marks import Mark, Stretch, stretches
from coranto.publish.phrases import clean, say
from coranto.publish.reading import RecordReader
from coranto.records import (
    Analysis,
    CodedEvent,
    Document,
    Field,
    Record,
    Report,
    Sentence,
    Sourced,
    Span,
    Speech,
    Words,
    index,
)

AROUND = 160  # code points shown on each side of words that stand in no known sentence


class Quoted(Record, frozen=True, kw_only=True):
    """One piece of evidence where it stands: in a sentence of a document, or in a document's metadata."""

    document: str
    outlet: str
    day: str
    href: str
    basis: str
    via: str
    by: str
    score: float
    quote: str
    path: str = ""  # of the metadata field; "" for words of the text
    sentence: tuple[Stretch, ...] = ()


class Source:
    """One document with its layers by id."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.document: Document = analysis.document
        self.reports: dict[str, Report] = index(analysis.reports)
        self.sentences: dict[str, Sentence] = index(analysis.sentences)

    def around(self, span: Span) -> tuple[str, Span]:
        """Id and span of the sentence that holds ``span``; ("", some words around it) where none does."""
        for sentence in self.analysis.sentences:
            if sentence.span.overlaps(span):
                low, high = min(sentence.span.start, span.start), max(sentence.span.end, span.end)
                return sentence.id, Span(low, high)
        text = self.document.text
        return "", Span(max(0, span.start - AROUND), min(len(text), span.end + AROUND))

    def published(self, report: str = "") -> str:
        """The day of a report, else of its document, in words; "" where unknown."""
        known = self.reports.get(report)
        value = (known.published if known else None) or self.document.published
        return say(value.value) if value else ""

    def href(self, sentence: str = "") -> str:
        """The page of this document, at a sentence where one is given."""
        return f"/documents/{self.document.id}" + (f"#s-{sentence}" if sentence else "")


class Sources:
    """Documents of a record, each read once."""

    def __init__(self, reader: RecordReader) -> None:
        self._reader = reader
        self._known: dict[str, Source | None] = {}

    def __getitem__(self, document: str) -> Source | None:
        if document not in self._known:
            found = self._reader.document(document)
            self._known[document] = Source(found) if found else None
        return self._known[document]

    def quoted(self, sourced: Sourced[Any], *, report: str = "") -> tuple[Quoted, ...]:
        """Each piece of evidence of a value, where it stands; none for an assumed value without evidence."""
        return tuple(self._quoted(sourced, piece, report) for piece in sourced.evidence)

    def _quoted(self, sourced: Sourced[Any], piece: Words | Field, report: str) -> Quoted:
        source = self[piece.document]
        sentence: tuple[Stretch, ...] = ()
        href = f"/documents/{piece.document}"
        if source and isinstance(piece, Words):
            id, span = source.around(piece.span)
            sentence = stretches(source.document.text, span, [Mark(kind="quote", span=piece.span)])
            href = source.href(id)
        return Quoted(
            document=piece.document,
            outlet=source.document.outlet if source else "",
            day=source.published(report) if source else "",
            href=href,
            basis=sourced.basis.value,
            via=sourced.via.value,
            by=sourced.by,
            score=sourced.score,
            quote=piece.quote if isinstance(piece, Words) else piece.raw,
            path=piece.path if isinstance(piece, Field) else "",
            sentence=sentence,
        )


def marks(coded: CodedEvent) -> list[Mark]:
    """What a coded event rests on, as highlights of its own document."""
    found = [Mark(kind="trigger", span=coded.trigger.span, note=coded.type.value.value)]
    fields: list[tuple[str, Iterable[Sourced[Any] | None]]] = [
        ("actor", coded.actors),
        ("recipient", coded.recipients),
        ("place", (coded.place,)),
        ("time", (coded.time,)),
        ("figure", coded.figures),
    ]
    for kind, values in fields:
        for value in values:
            found += _words(kind, value, coded.document)
    for speech in coded.attribution:
        found += [Mark(kind="source", span=s, note=speaker(speech, None)) for s in speech.source]
        found += [Mark(kind="cue", span=s, note=speech.stance) for s in speech.cue]
    return found


def _words(kind: str, sourced: Sourced[Any] | None, document: str) -> list[Mark]:
    pieces = sourced.evidence if sourced else ()
    return [
        Mark(kind=kind, span=piece.span, note=say(sourced.value))
        for piece in pieces
        if sourced and isinstance(piece, Words) and piece.document == document
    ]


def speaker(speech: Speech, document: Document | None) -> str:
    """Who speaks: the resolved speaker, else the words of the source, else "an unnamed source"."""
    if speech.speaker:
        return say(speech.speaker.value)
    if document and speech.source:
        return clean(" ".join(document.text[s.start : s.end] for s in speech.source))
    return "an unnamed source"


def speakers(coded: CodedEvent, document: Document | None) -> str:
    """The chain of who says so, innermost first; "" where the report says it in its own voice."""
    return " ← ".join(speaker(s, document) for s in coded.attribution)
