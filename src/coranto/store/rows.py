"""Records -> rows of their tables, and back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from coranto.records import (
    Analysis,
    CodedEvent,
    Event,
    Failure,
    Lineage,
    Merge,
    Position,
    Ref,
    Relation,
    Sourced,
    Story,
    TimeExpression,
    make_id,
)

T = TypeVar("T")
Row = dict[str, Any]
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODERS: dict[type, msgspec.msgpack.Decoder[Any]] = {}


def pack(record: object) -> bytes:
    """A record as MessagePack, the same bytes for the same record."""
    return _ENCODER.encode(record)


def unpack(body: bytes, kind: type[T]) -> T:
    """The record that ``pack`` made the bytes of; msgspec.DecodeError where they are not one of that kind."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    made: T = decoder.decode(body)
    return made


def days(time: TimeExpression | None) -> tuple[str, str]:
    """First and last local day as ISO text, empty where unknown."""
    period = time.listed if time is not None else None
    return (period.low.isoformat(), period.high.isoformat()) if period else ("", "")


def _day(published: Sourced[TimeExpression] | None) -> str:
    if published is None or published.value.period is None:
        return ""
    return published.value.period.best.isoformat()


def document_row(analysis: Analysis) -> Row:
    """The row of an analysis' document."""
    d = analysis.document
    return {"id": d.id, "uri": d.uri, "digest": d.digest, "outlet": d.outlet, "title": d.title,
            "language": d.language, "day": _day(d.published), "body": pack(d)}  # fmt: skip


def layer_rows(analysis: Analysis) -> dict[str, list[Row]]:
    """Rows of the layers that are kept, by name of table. Parses are not kept."""
    d = analysis.document
    return {
        "reports": [
            {"id": r.id, "document": d.id, "outlet": d.outlet, "day": _day(r.published), "start": r.span.start,
             "body": pack(r)}
            for r in analysis.reports
        ],
        "sentences": [
            {"id": s.id, "report": s.report, "document": d.id, "kind": s.kind.value, "start": s.span.start,
             "end": s.span.end, "text": d.text[s.span.start : s.span.end]}
            for s in analysis.sentences
        ],
        "speech": [
            {"id": s.id, "document": d.id, "sentence": s.sentence, "kind": s.kind.value,
             "speaker": s.speaker.value.id or s.speaker.value.name if s.speaker else "", "body": pack(s)}
            for s in analysis.speech
        ],
        "predicates": [
            {"id": p.id, "document": d.id, "sentence": p.sentence, "lemma": p.lemma, "modality": p.modality.value,
             "body": pack(p)}
            for p in analysis.predicates
        ],
        "coded": [_coded_row(e) for e in analysis.events],
        "claims": [
            {"id": make_id(d.id, n), "document": d.id, "name": c.name, "body": pack(c)}
            for n, c in enumerate(analysis.claims)
        ],
    }  # fmt: skip


def _coded_row(e: CodedEvent) -> Row:
    low, high = days(e.time.value if e.time else None)
    return {"id": e.id, "document": e.document, "report": e.report, "sentence": e.sentence, "type": e.type.value.value,
            "cameo": e.cameo, "modality": e.modality.value.value, "low": low, "high": high, "parent": e.parent,
            "body": pack(e)}  # fmt: skip


def lineage_row(line: Lineage) -> Row:
    """The row of a lineage."""
    return {"id": make_id(line.report, line.origin, line.how), "report": line.report, "origin": line.origin,
            "how": line.how.value, "body": pack(line)}  # fmt: skip


def event_row(event: Event) -> Row:
    """The row of an event; its days are those of its first reading."""
    low, high = days(event.time[0].value if event.time else None)
    return {"id": event.id, "type": event.type.value, "low": low, "high": high, "title": event.title,
            "voices": len(event.voices), "reports": len(event.reports), "outlets": len(event.outlets),
            "contested": sum(r.relation is Relation.CONTESTED for r in event.relations),
            "part_of": event.part_of, "body": pack(event)}  # fmt: skip


def facet_rows(event: Event) -> Iterator[Row]:
    """A row for every value of every facet of an event."""
    found: dict[str, Iterable[str]] = {
        "type": (event.type.value,),
        "actor": (_country(r.value) for r in event.actors),
        "recipient": (_country(r.value) for r in event.recipients),
        "place": (r.value.country for r in event.place),
        "modality": (r.value.value for r in event.modality),
        "outlet": event.outlets,
        "day": (r.value.period.best.isoformat() for r in event.time[:1] if r.value.period),
    }
    for facet, values in found.items():
        for value in sorted({v for v in values if v}):
            yield {"event": event.id, "facet": facet, "value": value}


def _country(ref: Ref) -> str:
    return ref.country


def voice_rows(event: Event) -> list[Row]:
    """Rows of an event's voices."""
    return [
        {"event": event.id, "origin": v.origin, "name": v.name, "reason": v.reason, "body": pack(v)}
        for v in event.voices
    ]


def merge_row(merge: Merge) -> Row:
    """The row of a judgement over a pair."""
    return {"a": merge.a, "b": merge.b, "score": merge.score, "vetoed": int(bool(merge.vetoes)), "body": pack(merge)}


def position_row(p: Position) -> Row:
    """The row of a position."""
    low, high = (p.period.low.isoformat(), p.period.high.isoformat()) if p.period else ("", "")
    return {"id": make_id(p.actor.id or p.actor.name, p.matter, p.stance, p.act, low, *p.coded), "actor": p.actor.id,
            "country": p.actor.country, "matter": p.matter, "stance": p.stance.value, "act": p.act, "low": low,
            "high": high, "body": pack(p)}  # fmt: skip


def story_row(s: Story) -> Row:
    """The row of a story."""
    low, high = (s.period.low.isoformat(), s.period.high.isoformat()) if s.period else ("", "")
    return {"id": s.id, "title": s.title, "low": low, "high": high, "events": len(s.events), "body": pack(s)}


def history_rows(before: Mapping[str, str], after: Mapping[str, str], at: str) -> Iterator[Row]:
    """What became of events between two states of "coded event -> event", in order."""
    heirs: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for coded, event in after.items():
        if coded in before:
            heirs.setdefault(before[coded], set()).add(event)
            sources.setdefault(event, set()).add(before[coded])
    living = set(after.values())
    for old in sorted(set(before.values()) - living):
        kind = "merged into" if len(heirs.get(old, ())) == 1 else "split into"
        found = sorted(heirs.get(old, ()))
        yield from ({"event": old, "kind": kind, "other": new, "at": at} for new in found)
        if not found:
            yield {"event": old, "kind": "gone", "other": "", "at": at}
    for new in sorted(set(sources) - set(before.values())):
        yield from ({"event": new, "kind": "split from", "other": o, "at": at} for o in sorted(sources[new] & living))


def failure_row(f: Failure) -> Row:
    """The row of a failure; the same failure has the same id."""
    return {"id": make_id(f.uri, f.stage, f.where, f.error), "uri": f.uri, "stage": f.stage,
            "retryable": int(f.retryable), "body": pack(f)}  # fmt: skip
