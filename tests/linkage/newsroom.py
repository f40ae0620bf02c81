"""Pages written by hand -> analyses, as the coder would make them."""

from datetime import date, timedelta
from decimal import Decimal

from coranto.records import (
    Analysis,
    Basis,
    Block,
    BlockKind,
    CodedEvent,
    Document,
    EventType,
    Field,
    Figure,
    FigureKind,
    Granularity,
    Modality,
    Period,
    Place,
    Precision,
    Ref,
    RefKind,
    Report,
    Sentence,
    Sourced,
    Span,
    Speech,
    SpeechKind,
    TimeExpression,
    Timex,
    Tokens,
    Via,
    make_id,
)

DAY = date(2024, 3, 5)
EMPTY = Tokens(starts=(), ends=(), lemmas=(), tags=(), pos=(), heads=(), relations=(), entities=())
PLACES = {
    "Kharkiv": Place(id="geonames:706483", name="Kharkiv", precision=Precision.TOWN, country="UKR", admin1="UKR:07",
                     latitude=49.98, longitude=36.25),
    "Odesa": Place(id="geonames:698740", name="Odesa", precision=Precision.TOWN, country="UKR", admin1="UKR:17",
                   latitude=46.48, longitude=30.73),
    "Ukraine": Place(id="country:UKR", name="Ukraine", precision=Precision.COUNTRY, country="UKR"),
    "Sudan": Place(id="country:SDN", name="Sudan", precision=Precision.COUNTRY, country="SDN"),
}  # fmt: skip


def when(low, high=None, *, best=None):
    high = high or low
    timex = Timex(type="DATE", value=low.isoformat())
    return TimeExpression(timex=timex, period=Period(low=low, high=high, best=best or low))


def open_until(day):
    """Some time before a day."""
    period = Period(low=day - timedelta(366), high=day, best=day)
    return TimeExpression(timex=Timex(type="DATE", value="PAST_REF"), period=period, granularity=Granularity.VAGUE)


def country(code, sector="GOV", *, name=None, id=None):
    ref = f"country:{code}" if id is None else id
    return Ref(id=ref, name=name or code, kind=RefKind.COUNTRY, country=code, sectors=(sector,))


class Page:
    """One page that holds one report; ``event`` codes words of it."""

    def __init__(self, text, *, outlet="herald.example", uri=None, day=DAY, credit=(), upstream=()):
        self.uri = uri or f"https://{outlet}/{make_id(text)}"
        self.day = day
        id_ = make_id(self.uri, text)
        field = Field(document=id_, path="meta:date", raw=day.isoformat())
        published = Sourced(value=when(day), basis=Basis.CARRIED, via=Via.METADATA, evidence=(field,))
        span = Span(0, len(text))
        self.document = Document(
            id=id_, uri=self.uri, digest=make_id(text) * 2, outlet=outlet, text=text, title=text[:40],
            published=published, blocks=(Block(kind=BlockKind.BODY, span=span),),
        )  # fmt: skip
        self.report = Report(
            id=make_id(id_, 0), document=id_, span=span, published=published,
            credit=tuple(self.said(c, Via.METADATA) for c in credit),
            upstream=tuple(self.said(c, Via.RULE) for c in upstream),
        )  # fmt: skip
        self.sentences, start = [], 0
        for part in text.split("\n"):
            if part:
                span = Span(start, start + len(part))
                id_ = make_id(self.report.id, start)
                made = Sentence(id=id_, report=self.report.id, kind=BlockKind.BODY, span=span, tokens=EMPTY)
                self.sentences.append(made)
            start += len(part) + 1
        self.events = []

    def said(self, value, via=Via.RULE):
        return Sourced(value=value, basis=Basis.STATED, via=via, evidence=(self.document.cite(0, 1),), by="hand/1")

    def words(self, quote):
        start = self.document.text.index(quote)
        return self.document.cite(start, start + len(quote))

    def value(self, value, words, basis=Basis.STATED):
        return Sourced(value=value, basis=basis, via=Via.RULE, evidence=(words,), by="hand/1")

    def event(
        self, trigger, type="ASSAULT", *, actor="RUS", recipient="UKR", place="Kharkiv", day=None, figures=(),
        modality="asserted", speaker=None, cameo="", mode=None, parent="", instrument=None, stated=True,
    ):  # fmt: skip
        words = self.words(trigger)
        sentence = next(s for s in self.sentences if words.span in s.span)
        refs = [
            () if a is None else (self.value(country(a) if isinstance(a, str) else a, words),)
            for a in (actor, recipient)
        ]
        time = day if isinstance(day, TimeExpression) else when(day or self.day)
        basis = Basis.STATED if stated else Basis.ASSUMED
        attribution = ()
        if speaker:
            ref = speaker if isinstance(speaker, Ref) else Ref(id="", name=speaker, kind=RefKind.UNKNOWN)
            attribution = (
                Speech(
                    id=make_id(sentence.id, trigger, ref.name), sentence=sentence.id, kind=SpeechKind.INDIRECT,
                    cue=(words.span,), content=(sentence.span,), source=(words.span,), speaker=self.value(ref, words),
                ),
            )  # fmt: skip
        made = CodedEvent(
            id=make_id(sentence.id, words.span.start, type), document=self.document.id, report=self.report.id,
            sentence=sentence.id, predicate=make_id(sentence.id, trigger), trigger=words,
            type=self.value(EventType(type), words), cameo=cameo, mode=self.value(mode, words) if mode else None,
            time=self.value(time, words, basis), modality=self.value(Modality(modality), words), actors=refs[0],
            recipients=refs[1], place=self.value(PLACES[place], words) if place else None,
            instrument=self.value(instrument, words) if instrument else None,
            figures=tuple(self.value(f, words) for f in figures), attribution=attribution, parent=parent,
        )  # fmt: skip
        self.events.append(made)
        return made

    @property
    def analysis(self):
        return Analysis(
            document=self.document, reports=(self.report,), sentences=tuple(self.sentences), events=tuple(self.events),
            speech=tuple(s for e in self.events for s in e.attribution),
        )  # fmt: skip


def killed(low, high=None, **fields):
    high = low if high is None else high
    return Figure(what=FigureKind.KILLED, low=Decimal(low), high=None if high == "open" else Decimal(high), **fields)


def later(days):
    return DAY + timedelta(days=days)
