"""One event -> its page: readings with evidence, voices side by side, figures, denials, and why it is one event."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from coranto.publish import phrases
from coranto.publish.marks import Stretch, stretches
from coranto.publish.pages.sources import Quoted, Sources, marks, speakers
from coranto.publish.reading import RecordReader
from coranto.records import (
    Basis,
    CodedEvent,
    Event,
    Lineage,
    LineageKind,
    Merge,
    Modality,
    Reading,
    ReadingRelation,
    Record,
    Relation,
    Sourced,
    index,
)

FIELDS = {
    "actors": "Actor",
    "recipients": "Recipient",
    "time": "When",
    "place": "Where",
    "figures": "Figures",
    "modality": "Modality",
}
DENYING = frozenset({Modality.DENIED, Modality.NEGATED})
# Relations in the order in which they matter to a reader; the last three are no contradiction.
TELLING = (Relation.CONTESTED, Relation.UPDATE, Relation.SUM, Relation.SUBSET, Relation.UNIT)
QUIET = (Relation.BOUND, Relation.INCOMPARABLE, Relation.SAME)


class ReadingView(Record, frozen=True, kw_only=True):
    """One answer to one field in words, who gives it, and the words that it rests on; ``basis`` is their best."""

    value: str
    code: str
    basis: str
    voices: tuple[str, ...]
    coded: tuple[str, ...]
    evidence: tuple[Quoted, ...]


class FieldView(Record, frozen=True, kw_only=True):
    """One field with its readings, most voices first as the record has them."""

    name: str
    label: str
    readings: tuple[ReadingView, ...]
    contested: bool


class Telling(Record, frozen=True, kw_only=True):
    """One coded event as its sentence tells it, with the copies of that sentence."""

    coded: str
    outlet: str
    day: str
    href: str
    title: str
    modality: str
    basis: str
    said_by: str
    cameo: str
    mode: str
    sentence: tuple[Stretch, ...]
    copies: tuple["Telling", ...] = ()


class VoiceColumn(Record, frozen=True, kw_only=True):
    """One independent origin, why it is one, and what it says."""

    origin: str
    name: str
    reason: str
    tellings: tuple[Telling, ...]


class FigureRow(Record, frozen=True, kw_only=True):
    """One figure as one speaker gives it at one time, with every outlet that carries it."""

    what: str
    value: str
    said_by: str
    as_of: str
    voice: str
    outlets: tuple[str, ...]
    relations: tuple[str, ...]
    evidence: tuple[Quoted, ...]


class RelationView(Record, frozen=True, kw_only=True):
    """How two readings of a field stand to each other, in words; ``quiet`` where that needs no attention."""

    field: str
    a: str
    b: str
    relation: str
    why: str
    quiet: bool


class MergeView(Record, frozen=True, kw_only=True):
    """Why two coded events were, or were not, held to be one event; ``apart`` is the event of the one outside."""

    a: str
    b: str
    a_outlet: str
    b_outlet: str
    a_trigger: str
    b_trigger: str
    score: float
    inside: bool
    apart: str
    features: tuple[tuple[str, float], ...]
    vetoes: tuple[str, ...]


class EventPage(Record, frozen=True, kw_only=True):
    """Everything that is shown of one event; ``event`` is the record itself."""

    event: Event
    sentence: str
    contested: tuple[str, ...]
    fields: tuple[FieldView, ...]
    voices: tuple[VoiceColumn, ...]
    figures: tuple[FigureRow, ...]
    relations: tuple[RelationView, ...]
    denials: tuple[Telling, ...]
    merges: tuple[MergeView, ...]


def event_page(reader: RecordReader, id: str) -> EventPage | None:
    """The page of an event, or None where the record has no such event."""
    event = reader.event(id)
    if event is None:
        return None
    coded = index(reader.coded(event.coded))
    sources = Sources(reader)
    tellings = {id: _telling(sources, c) for id, c in coded.items()}
    denials = [tellings[id] for id, c in coded.items() if c.modality.value in DENYING]
    return EventPage(
        event=event,
        sentence=phrases.neutral(event),
        contested=contested(event),
        fields=tuple(_field(event, name, coded, sources) for name in FIELDS if getattr(event, name)),
        voices=_columns(event, coded, tellings, reader.lineages(event.reports)),
        figures=_figures(event, coded, sources),
        relations=tuple(_relation(event, r) for r in sorted(event.relations, key=_weight)),
        denials=tuple(denials),
        merges=_merges(event, reader.merges(event.coded), reader, sources),
    )


def contested(event: Event) -> tuple[str, ...]:
    """Names of the fields of which two readings contradict each other."""
    found = [r.field for r in event.relations if r.relation is Relation.CONTESTED]
    return tuple(dict.fromkeys(found))


# -- fields ---------------------------------------------------------------------------------------


def _field(event: Event, name: str, coded: dict[str, CodedEvent], sources: Sources) -> FieldView:
    readings: Sequence[Reading[Any]] = getattr(event, name)
    return FieldView(
        name=name,
        label=FIELDS[name],
        readings=tuple(_reading(event, name, r, coded, sources) for r in readings),
        contested=("occurrence" if name == "modality" else name) in contested(event),
    )


def _reading(
    event: Event, name: str, reading: Reading[Any], coded: dict[str, CodedEvent], sources: Sources
) -> ReadingView:
    voices = {v.origin: v.name for v in event.voices}
    evidence: list[Quoted] = []
    bases = {Basis.ASSUMED}
    for id in reading.coded:
        if member := coded.get(id):
            for sourced in _same(values(member, name), reading.value):
                bases.add(sourced.basis)
                evidence += sources.quoted(sourced, report=member.report)
    return ReadingView(
        value=phrases.say(reading.value),
        code=phrases.code(reading.value),
        basis=min(bases, key=tuple(Basis).index).value,
        voices=tuple(phrases.clean(voices.get(origin) or origin) for origin in reading.voices),
        coded=reading.coded,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def values(coded: CodedEvent, name: str) -> tuple[Sourced[Any], ...]:
    """All values that a coded event gives to a field of that name."""
    found = getattr(coded, name)
    return found if isinstance(found, tuple) else (found,) if found else ()


def _same(found: Sequence[Sourced[Any]], value: object) -> Sequence[Sourced[Any]]:
    """Those whose value is the reading's: equal, else the same id, else the same code, else all of the field."""
    for alike in (
        [s for s in found if s.value == value],
        [s for s in found if (id := getattr(s.value, "id", "")) and id == getattr(value, "id", "")],
        [s for s in found if (code := phrases.code(s.value)) and code == phrases.code(value)],
    ):
        if alike:
            return alike
    return found


# -- voices -----------------------------------------------------------------------------------------


def _telling(sources: Sources, coded: CodedEvent) -> Telling:
    source = sources[coded.document]
    span = coded.trigger.span
    sentence: tuple[Stretch, ...] = (Stretch(text=coded.trigger.quote, kinds=("trigger",)),)
    if source:
        known = source.sentences.get(coded.sentence)
        span = known.span if known else source.around(span)[1]
        sentence = stretches(source.document.text, span, marks(coded))
    document = source.document if source else None
    return Telling(
        coded=coded.id,
        outlet=document.outlet if document else "",
        day=source.published(coded.report) if source else "",
        href=source.href(coded.sentence) if source else f"/documents/{coded.document}",
        title=phrases.clean(document.title) if document else "",
        modality=coded.modality.value.value,
        basis=coded.modality.basis.value,
        said_by=speakers(coded, document),
        cameo=coded.cameo,
        mode=coded.mode.value if coded.mode else "",
        sentence=sentence,
    )


def _columns(
    event: Event, coded: dict[str, CodedEvent], tellings: dict[str, Telling], lineages: Iterable[Lineage]
) -> tuple[VoiceColumn, ...]:
    origins = {x.report: x.origin for x in lineages if x.how is not LineageKind.CORRECTS}
    placed = {id for voice in event.voices for id in voice.coded}
    columns = [
        VoiceColumn(
            origin=voice.origin,
            name=phrases.clean(voice.name or voice.origin),
            reason=phrases.clean(voice.reason),
            tellings=_collapsed([id for id in voice.coded if id in coded], coded, tellings, origins),
        )
        for voice in event.voices
    ]
    if rest := [id for id in coded if id not in placed]:
        columns.append(
            VoiceColumn(
                origin="", name="No voice of its own", reason="", tellings=_collapsed(rest, coded, tellings, origins)
            )
        )
    return tuple(columns)


def _collapsed(
    ids: Sequence[str], coded: dict[str, CodedEvent], tellings: dict[str, Telling], origins: dict[str, str]
) -> tuple[Telling, ...]:
    """Tellings in order of day, those of the same words or the same origin kept under the first of them."""
    groups: dict[str, list[Telling]] = {}
    roots: dict[tuple[str, str], str] = {}
    for id in sorted(ids, key=lambda i: (tellings[i].day or "9999", tellings[i].outlet, i)):
        words = phrases.clean("".join(s.text for s in tellings[id].sentence)).casefold()
        report = coded[id].report
        keys = [("words", words), ("report", origins.get(report, report))]
        root = next((roots[key] for key in keys if key in roots), id)
        for key in keys:
            roots.setdefault(key, root)
        groups.setdefault(root, []).append(tellings[id])
    return tuple(replace(first, copies=tuple(copies)) for first, *copies in groups.values())


# -- figures, relations, merges -----------------------------------------------------------------------


def _figures(event: Event, coded: dict[str, CodedEvent], sources: Sources) -> tuple[FigureRow, ...]:
    voice_of = {id: v.name or v.origin for v in event.voices for id in v.coded}
    reading_of = {(id, r.value): i for i, r in enumerate(event.figures) for id in r.coded}
    rows: dict[tuple[str, ...], FigureRow] = {}
    for id, member in coded.items():
        source = sources[member.document]
        for sourced in member.figures:
            figure = sourced.value
            row = FigureRow(
                what=phrases.counted(figure.what) or "other",
                value=phrases.say(figure),
                said_by=speakers(member, source.document if source else None),
                as_of=str(figure.as_of) if figure.as_of else source.published(member.report) if source else "",
                voice=phrases.clean(voice_of.get(id, "")),
                outlets=(source.document.outlet,) if source else (),
                relations=_beside(event, reading_of.get((id, figure))),
                evidence=sources.quoted(sourced, report=member.report),
            )
            key = (row.what, row.as_of or "9999", row.said_by, row.value, row.voice)
            rows[key] = _joined(rows[key], row) if key in rows else row
    return tuple(rows[key] for key in sorted(rows))


def _joined(a: FigureRow, b: FigureRow) -> FigureRow:
    return replace(
        a,
        outlets=tuple(sorted({*a.outlets, *b.outlets})),
        relations=tuple(dict.fromkeys(a.relations + b.relations)),
        evidence=tuple(dict.fromkeys(a.evidence + b.evidence)),
    )


def _beside(event: Event, place: int | None) -> tuple[str, ...]:
    """What the figure at this index is to the others: "update of 7 killed"."""
    found = []
    for r in sorted(event.relations, key=_weight):
        if place is not None and r.field == "figures" and place in (r.a, r.b) and r.relation in TELLING:
            other = r.b if place == r.a else r.a
            if other < len(event.figures):
                found.append(f"{r.relation.value}: {phrases.say(event.figures[other].value)}")
    return tuple(found)


def _weight(relation: ReadingRelation) -> int:
    return (*TELLING, *QUIET).index(relation.relation)


def _relation(event: Event, relation: ReadingRelation) -> RelationView:
    readings: Sequence[Reading[Any]] = getattr(event, relation.field, ())
    if relation.field == "occurrence":
        readings = event.modality

    def words(place: int) -> str:
        return phrases.say(readings[place].value) if place < len(readings) else f"reading {place + 1}"

    return RelationView(
        field=relation.field,
        a=words(relation.a),
        b=words(relation.b),
        relation=relation.relation.value,
        why=phrases.clean(relation.why),
        quiet=relation.relation in QUIET,
    )


def _merges(event: Event, merges: Sequence[Merge], reader: RecordReader, sources: Sources) -> tuple[MergeView, ...]:
    members = set(event.coded)
    known = index(reader.coded(sorted({id for m in merges for id in (m.a, m.b)})))
    belongs = reader.belongs([id for id in known if id not in members])

    def outlet(id: str) -> str:
        source = sources[known[id].document] if id in known else None
        return source.document.outlet if source else ""

    def trigger(id: str) -> str:
        return phrases.clean(known[id].trigger.quote) if id in known else ""

    views = [
        MergeView(
            a=m.a,
            b=m.b,
            a_outlet=outlet(m.a),
            b_outlet=outlet(m.b),
            a_trigger=trigger(m.a),
            b_trigger=trigger(m.b),
            score=m.score,
            inside=m.a in members and m.b in members,
            apart=belongs.get(m.b if m.a in members else m.a, ""),
            features=tuple(sorted(((n, w) for n, w in m.features.items() if w), key=lambda f: (-abs(f[1]), f[0]))),
            vetoes=m.vetoes,
        )
        for m in merges
    ]
    return tuple(sorted(views, key=lambda v: (not v.inside, -v.score, v.a, v.b)))
