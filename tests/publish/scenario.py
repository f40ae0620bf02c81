"""A small record built by hand: a strike with copies, a rival count, an update, a denial; talks; a hostile page."""

from datetime import date, timedelta
from decimal import Decimal

from memory_record import MemoryRecord

from coranto.records import (
    Analysis,
    Basis,
    Block,
    BlockKind,
    CodedEvent,
    Document,
    Event,
    EventType,
    Failure,
    Field,
    Figure,
    FigureKind,
    Lineage,
    LineageKind,
    Mention,
    MentionKind,
    Merge,
    Modality,
    Period,
    Place,
    Precision,
    Predicate,
    Reading,
    ReadingRelation,
    Ref,
    Referent,
    RefKind,
    Relation,
    Report,
    Sentence,
    Sourced,
    Span,
    Speech,
    SpeechKind,
    Tense,
    TimeExpression,
    Timex,
    Tokens,
    Via,
    Voice,
    Words,
    make_id,
)

RUSSIA = Ref(id="country:RUS", name="Russian forces", kind=RefKind.ARMED_GROUP, country="RUS", sectors=("MIL",))
UKRAINE = Ref(id="country:UKR", name="Ukraine", kind=RefKind.COUNTRY, country="UKR")
KHARKIV = Place(
    id="geonames:706483", name="Kharkiv", precision=Precision.TOWN, country="UKR", latitude=49.98, longitude=36.25
)
GOVERNOR = Ref(id="person:gov", name="Olena Marchuk", kind=RefKind.PERSON, country="UKR", role="regional governor")
MINISTRY = Ref(id="org:rus-mod", name="Russian defence ministry", kind=RefKind.ORGANISATION, country="RUS")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
EMPTY = Tokens(starts=(), ends=(), lemmas=(), tags=(), pos=(), heads=(), relations=(), entities=())


def day(text: str) -> TimeExpression:
    then = date.fromisoformat(text)
    return TimeExpression(timex=Timex(type="DATE", value=text), period=Period(low=then, high=then, best=then))


def killed(low: int, high: int | None) -> Figure:
    return Figure(what=FigureKind.KILLED, low=Decimal(low), high=None if high is None else Decimal(high), unit="people")


class Page:
    """A document in the making: blocks of sentences, then coded events by the words that they rest on."""

    def __init__(self, outlet: str, published: str, blocks: list[tuple[BlockKind, list[str]]], **more: str) -> None:
        text, spans, sentences = "", [], []
        for kind, lines in blocks:
            start = len(text)
            for line in lines:
                sentences.append((kind, Span(len(text), len(text) + len(line))))
                text += line + " "
            text = text[:-1]
            spans.append(Block(kind=kind, span=Span(start, len(text))))
            text += "\n\n"
        uri = more.get("uri", f"https://{outlet}/{published}")
        self.id = make_id(uri, text)
        self.outlet, self.day = outlet, day(published)
        path = Field(document=self.id, path="meta[article:published_time]", raw=f"{published}T08:00:00Z")
        stamp = Sourced(value=self.day, basis=Basis.CARRIED, via=Via.METADATA, evidence=(path,), by="documents/1")
        self.document = Document(
            id=self.id, uri=uri, digest="0" * 32, outlet=outlet, text=text, title=more.get("title", blocks[0][1][0]),
            byline=more.get("byline", ""), published=stamp, blocks=tuple(spans),
        )  # fmt: skip
        self.report = Report(
            id=make_id(self.id, "report"), document=self.id, span=Span(0, len(text)), headline=spans[0].span,
            published=stamp,
        )  # fmt: skip
        self.sentences = tuple(
            Sentence(id=make_id(self.id, s.start), report=self.report.id, kind=kind, span=s, tokens=EMPTY)
            for kind, s in sentences
        )
        self.events: list[CodedEvent] = []
        self.mentions: list[Mention] = []
        self.predicates: list[Predicate] = []
        self.referents: list[Referent] = []

    def words(self, quote: str) -> Words:
        """The first words like these outside the headline, else in it."""
        start = self.document.text.find(quote, self.document.blocks[0].span.end)
        start = start if start >= 0 else self.document.text.index(quote)
        return self.document.cite(start, start + len(quote))

    def sourced(self, value: object, quote: str, *, via: Via = Via.TABLE, basis: Basis = Basis.STATED) -> Sourced:
        return Sourced(value=value, basis=basis, via=via, evidence=(self.words(quote),), score=0.9, by="test/1")

    def mention(self, kind: MentionKind, quote: str, value: object) -> None:
        words = self.words(quote)
        id = make_id(self.id, kind, words.span.start)
        self.mentions.append(Mention(id=id, sentence=self.holding(words).id, kind=kind, words=words, head=0))
        self.referents.append(Referent(mention=id, value=self.sourced(value, quote)))

    def holding(self, words: Words) -> Sentence:
        return next(s for s in self.sentences if words.span in s.span)

    def code(self, type: EventType, trigger: str, **values: object) -> CodedEvent:
        words = self.words(trigger)
        values.setdefault("modality", self.sourced(Modality.ASSERTED, trigger, via=Via.RULE))
        values.setdefault("time", None)
        coded = CodedEvent(
            id=make_id(self.id, words.span.start), document=self.id, report=self.report.id,
            sentence=self.holding(words).id, predicate=make_id(self.id, "p"), trigger=words,
            type=self.sourced(type, trigger, via=Via.FRAME), cameo="190", **values,
        )  # fmt: skip
        self.events.append(coded)
        return coded

    def leave(self, trigger: str, lemma: str) -> None:
        """A predicate that is not coded."""
        words = self.words(trigger)
        made = Predicate(
            id=make_id(self.id, trigger), sentence=self.holding(words).id, trigger=words, head=0, lemma=lemma,
            modality=Modality.ASSERTED, positive=True, tense=Tense.PAST, factuality=3.0,
        )  # fmt: skip
        self.predicates.append(made)

    def said(self, ref: Ref, source: str, cue: str, stance: str = "says") -> tuple[Speech, ...]:
        sentence = self.holding(self.words(cue))
        speech = Speech(
            id=make_id(self.id, cue), sentence=sentence.id, kind=SpeechKind.INDIRECT, cue=(self.words(cue).span,),
            content=(sentence.span,), source=(self.words(source).span,), stance=stance,
            speaker=self.sourced(ref, source, via=Via.APPOSITION),
        )  # fmt: skip
        return (speech,)

    def analysis(self) -> Analysis:
        return Analysis(
            document=self.document, reports=(self.report,), sentences=self.sentences, events=tuple(self.events),
            predicates=tuple(self.predicates), mentions=tuple(self.mentions), referents=tuple(self.referents),
        )  # fmt: skip


def _strike(outlet: str, count: str, figure: Figure, *, published: str = "2024-03-06", verb: str = "struck") -> Page:
    body = [
        f"Russian forces {verb} Kharkiv on Tuesday, killing {count} people, regional governor Olena Marchuk said.",
        "Rescuers worked through the night.",
    ]
    page = Page(
        outlet,
        published,
        [
            (BlockKind.HEADLINE, [f"{count.capitalize()} killed in Kharkiv strike"]),
            (BlockKind.BODY, body),
            (BlockKind.CAPTION, ["A street in Kharkiv after an earlier attack."]),
            (BlockKind.NEWSLETTER, ["Sign up for our morning briefing."]),
        ],
        byline="By A. Reporter",
    )
    page.code(
        EventType.ASSAULT,
        verb,
        actors=(page.sourced(RUSSIA, "Russian forces"),),
        recipients=(Sourced(value=UKRAINE, basis=Basis.ASSUMED, via=Via.RULE, score=0.6, by="test/1"),),
        place=page.sourced(KHARKIV, "Kharkiv", via=Via.GAZETTEER),
        time=page.sourced(day("2024-03-05"), "on Tuesday", via=Via.GRAMMAR),
        figures=(page.sourced(figure, f"killing {count} people", via=Via.GRAMMAR),),
        attribution=page.said(GOVERNOR, "regional governor Olena Marchuk", "said"),
    )
    page.mention(MentionKind.PLACE, "Kharkiv strike", KHARKIV)
    page.leave("worked", "work")
    return page


def _gazette() -> Page:
    page = Page(
        "gazette.example",
        "2024-03-05",
        [
            (BlockKind.HEADLINE, ["Missiles hit flats in north-east Ukraine"]),
            (
                BlockKind.BODY,
                ["At least nine people died when Russian missiles hit a block of flats in Kharkiv on Tuesday."],
            ),
        ],
    )
    page.code(
        EventType.ASSAULT,
        "hit a block of flats",
        actors=(page.sourced(RUSSIA, "Russian missiles"),),
        place=page.sourced(KHARKIV, "Kharkiv", via=Via.GAZETTEER),
        time=page.sourced(day("2024-03-05"), "on Tuesday", via=Via.GRAMMAR),
        figures=(page.sourced(killed(9, None), "At least nine people died", via=Via.GRAMMAR),),
    )
    return page


def _denial() -> Page:
    page = Page(
        "courier.example",
        "2024-03-07",
        [
            (BlockKind.HEADLINE, ["Moscow rejects claims over Kharkiv"]),
            (BlockKind.BODY, ["The Russian defence ministry denied on Thursday that its forces had attacked Kharkiv."]),
        ],
    )
    page.code(
        EventType.ASSAULT,
        "attacked",
        actors=(page.sourced(RUSSIA, "its forces", via=Via.COREFERENCE),),
        place=page.sourced(KHARKIV, "Kharkiv", via=Via.GAZETTEER),
        modality=page.sourced(Modality.DENIED, "denied", via=Via.RULE),
        attribution=page.said(MINISTRY, "The Russian defence ministry", "denied", "denies"),
    )
    return page


def _hostile() -> Page:
    page = Page(
        "evil.example",
        "2024-03-04",
        [(BlockKind.HEADLINE, [HOSTILE]), (BlockKind.BODY, [f"The {HOSTILE} party protested in \u202eParis."])],
        uri="javascript:alert(3)",
        title=HOSTILE,
        byline=HOSTILE,
    )
    party = Ref(id="", name=HOSTILE, kind=RefKind.UNKNOWN)
    page.code(
        EventType.PROTEST,
        "protested",
        actors=(page.sourced(party, f"The {HOSTILE} party"),),
        time=page.sourced(day("2024-03-04"), "protested", basis=Basis.CARRIED),
    )
    return page


def _readings(field: str, members: list[CodedEvent], voice_of: dict[str, str]) -> tuple[Reading, ...]:
    groups: dict[object, list[str]] = {}
    for coded in members:
        found = getattr(coded, field)
        for sourced in found if isinstance(found, tuple) else (found,) if found else ():
            groups.setdefault(sourced.value, []).append(coded.id)
    return tuple(
        Reading(value=value, coded=tuple(ids), voices=tuple(dict.fromkeys(voice_of[i] for i in ids)))
        for value, ids in groups.items()
    )


def gather(members: list[tuple[Page, CodedEvent]], voices: tuple[Voice, ...], **more: object) -> Event:
    coded = [c for _, c in members]
    voice_of = {id: v.origin for v in voices for id in v.coded}
    fields = {
        f: _readings(f, coded, voice_of) for f in ("actors", "recipients", "place", "time", "figures", "modality")
    }
    return Event(
        id=min(c.id for c in coded), type=coded[0].type.value, coded=tuple(c.id for c in coded),
        reports=tuple(dict.fromkeys(c.report for c in coded)),
        outlets=tuple(dict.fromkeys(p.outlet for p, _ in members)), voices=voices, **fields, **more,
    )  # fmt: skip


def alone(page: Page, coded: CodedEvent) -> Event:
    voice = Voice(origin=page.report.id, name=page.outlet, reason="its own report", coded=(coded.id,))
    return gather([(page, coded)], (voice,))


def held_apart(event: Event, other: CodedEvent) -> Merge:
    features = {"bias": -2.0, "same day": 0.0, "type": -1.5}
    return Merge(a=event.coded[0], b=other.id, score=0.03, features=features, vetoes=("another place",))


def strike_record() -> tuple[list[Page], Event, tuple[Merge, ...], tuple[Lineage, ...]]:
    wire = _strike("agency.example", "seven", killed(7, 7))
    copy = _strike("daily.example", "seven", killed(7, 7))
    later = _strike("herald.example", "eleven", killed(11, 11), published="2024-03-08", verb="bombed")
    gazette, denial = _gazette(), _denial()
    pages = [wire, copy, later, gazette, denial]
    ids = [p.events[0].id for p in pages]
    voices = (
        Voice(origin=GOVERNOR.id, name="Olena Marchuk", reason="quoted by three reports", coded=tuple(ids[:3])),
        Voice(origin=gazette.report.id, name="gazette.example", reason="its own report", coded=(ids[3],)),
        Voice(origin=MINISTRY.id, name="Russian defence ministry", reason="quoted by one report", coded=(ids[4],)),
    )
    relations = (
        ReadingRelation(field="figures", a=0, b=1, relation=Relation.UPDATE, why="the same speaker, two days later"),
        ReadingRelation(
            field="figures", a=0, b=2, relation=Relation.CONTESTED, why="7 lies below at least 9, same day"
        ),
        ReadingRelation(field="figures", a=1, b=2, relation=Relation.BOUND, why="11 is at least 9"),
        ReadingRelation(
            field="occurrence", a=0, b=1, relation=Relation.CONTESTED, why="one says it happened, one denies it"
        ),
    )
    event = gather(
        [(p, p.events[0]) for p in pages],
        voices,
        relations=relations,
        title="Russian forces used force against Ukraine in Kharkiv on 5 March 2024; 7 to 11 reported killed.",
    )
    merges = tuple(
        Merge(a=ids[0], b=other, score=0.97 - n / 10, features={"same day": 2.1, "same place": 3.4, "figures": -0.4})
        for n, other in enumerate(ids[1:])
    )
    lines = (Lineage(report=copy.report.id, origin=wire.report.id, how=LineageKind.SAME, score=1.0),)
    return pages, event, merges, lines


TALKS = [
    ("Turkey", "TUR", "Egypt", "EGY", "Ankara", EventType.CONSULT, "held talks with"),
    ("Japan", "JPN", "South Korea", "KOR", "Tokyo", EventType.AGREE, "signed an accord with"),
    ("The United States", "USA", "Iran", "IRN", "Washington", EventType.SANCTION, "imposed sanctions on"),
    ("Norway", "NOR", "Sudan", "SDN", "Oslo", EventType.AID, "sent food aid to"),
    ("China", "CHN", "Taiwan", "TWN", "Beijing", EventType.THREATEN, "threatened"),
]


def _talks(number: int) -> Page:
    who, a, whom, b, town, type, verb = TALKS[number % len(TALKS)]
    then = f"{date(2024, 1, 1) + timedelta(days=number // 2)}"
    page = Page(
        f"outlet{number % 7}.example",
        then,
        [
            (BlockKind.HEADLINE, [f"News from {town}, item {number}"]),
            (BlockKind.BODY, [f"{who} {verb} {whom} in {town} on Monday."]),
        ],
    )
    page.code(
        type,
        verb,
        actors=(page.sourced(Ref(id=f"country:{a}", name=who, kind=RefKind.COUNTRY, country=a), who),),
        recipients=(page.sourced(Ref(id=f"country:{b}", name=whom, kind=RefKind.COUNTRY, country=b), whom),),
        place=page.sourced(Place(id=f"geonames:{number}", name=town, precision=Precision.TOWN, country=a), town),
        time=page.sourced(day(then), "on Monday", via=Via.GRAMMAR),
    )
    return page


def build(talks: int = 120) -> MemoryRecord:
    pages, strike, merges, lines = strike_record()
    others = [_hostile(), *(_talks(n) for n in range(talks))]
    failures = [
        Failure(uri="https://slow.example/1", stage="documents", error="Timeout: 30 s", retryable=True),
        Failure(uri=f"javascript:{HOSTILE}", stage="documents", error=f"DataError: {HOSTILE}", where="record 3"),
    ]
    failures += [Failure(uri=f"https://x.example/{n}", stage="sentences", error="ValueError: odd") for n in range(60)]
    return MemoryRecord(
        analyses=tuple(p.analysis() for p in [*pages, *others]),
        record=(strike, *(alone(p, p.events[0]) for p in others)),
        judged=(*merges, held_apart(strike, others[1].events[0])),
        lines=lines,
        failed=tuple(failures),
    )
