"""The record -> PLOVER JSON lines, with our own fields as the extensions that it allows."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TextIO

from coranto.knowledge import plover
from coranto.publish import phrases
from coranto.publish.formats.csv import PINNED
from coranto.publish.formats.lines import EventLine, event_lines
from coranto.publish.reading import RecordReader
from coranto.records import Event, FigureKind, Modality, Place, Record, Ref, Sourced, to_json

HAPPENED = frozenset({Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.BACKGROUND})
SIZES = {FigureKind.KILLED: "dead", FigureKind.WOUNDED: "injured", FigureKind.DETAINED: "arrested"}


class Conversion(Record, frozen=True, kw_only=True):
    """How many events were written, and how many were left out for which reason."""

    written: int
    left_out: dict[str, int]


def write_plover(reader: RecordReader, out: TextIO) -> Conversion:
    """Every event that PLOVER can hold is a line of ``out``: it needs a day, an actor, and at least one report that
    says it happened. The answer says what was left out. Fields that begin with ``coranto_`` are ours.
    """
    ontology = plover.load()
    left_out: Counter[str] = Counter()
    written = 0
    for found in event_lines(reader):
        event = found.event
        if reason := _missing(event):
            left_out[reason] += 1
            continue
        line = _line(found)
        line["quad_code"] = int(ontology.types[event.type].quad)
        line["event_scale"] = ontology.types[event.type].score
        out.write(to_json(line).decode("utf-8") + "\n")
        written += 1
    return Conversion(written=written, left_out=dict(left_out))


def _missing(event: Event) -> str:
    if not any(r.value.period for r in event.time):
        return "no day"
    if not event.actors:
        return "no actor"
    if event.modality and not any(r.value in HAPPENED for r in event.modality):
        return "not said to have happened"
    return ""


def _line(found: EventLine) -> dict[str, Any]:
    event, members = found.event, found.members
    period = next(p for r in event.time if (p := r.value.listed))
    contexts = sorted({c.value for m in members for c in m.contexts})
    line: dict[str, Any] = {
        "id": event.id,
        "has_event": True,
        "date": str(period.low),
        "actor": [_entity(r.value, [s for m in members for s in m.actors]) for r in event.actors],
        "recipient": [_entity(r.value, [s for m in members for s in m.recipients]) for r in event.recipients],
        "event": [event.type.value],
        "event_text": list(dict.fromkeys(m.trigger.quote for m in members)),
        "mode": sorted({m.mode.value for m in members if m.mode}),
        "context": contexts,
        "size": _sizes(event),
        "cite_info": [{"url": d.uri, "title": d.title, "publication": d.outlet} for d in found.documents],
        "coder": "coranto",
        "coranto_modality": [r.value.value for r in event.modality],
        "coranto_coded_events": list(event.coded),
        "coranto_reports": len(event.reports),
        "coranto_outlets": len(event.outlets),
        "coranto_independent_voices": len(event.voices),
    }
    if period.high > period.low:
        line["enddate"] = str(period.high)
    if event.place:
        line["event_loc"] = _location(event.place[0].value, [m.place for m in members if m.place])
    return {name: value for name, value in line.items() if value not in ([], {}, "")}


def _entity(ref: Ref, told: Sequence[Sourced[Ref]]) -> dict[str, str]:
    words = next((s.words.quote for s in told if s.value == ref and s.words), "")
    entity = {
        "code": ref.country,
        "sector": ref.sectors[0] if ref.sectors else "",
        "entity_text": words,
        "identifier_id": ref.id,
        "identifier_text": ref.name,
        "office": ref.role,
    }
    return {name: value for name, value in entity.items() if value}


def _location(place: Place, told: Sequence[Sourced[Place]]) -> dict[str, Any]:
    words = next((s.words.quote for s in told if s.value == place and s.words), "")
    pinned = place.precision in PINNED
    location = {
        "extracted_place": words,
        "resolved_place": place.name,
        "geonameid": place.id.removeprefix("geonames:") if place.id.startswith("geonames:") else "",
        "lat": place.latitude if pinned else None,
        "lon": place.longitude if pinned else None,
        "province": place.admin1,
        "country_code": place.country,
        "resolution": place.precision.value,
    }
    return {name: value for name, value in location.items() if value not in ("", None)}


def _sizes(event: Event) -> dict[str, str]:
    """The range over all readings as text ("7-11", "9-" where open): PLOVER lets a number be a code."""
    sizes = {}
    for kind, name in SIZES.items():
        figures = [r.value for r in event.figures if r.value.what is kind and not r.value.of_whom]
        lows = [f.low for f in figures if f.low is not None]
        highs = [f.high for f in figures]
        known = [h for h in highs if isinstance(h, Decimal)]
        low = phrases.plain(min(lows)) if lows else ""
        high = phrases.plain(max(known)) if known and len(known) == len(highs) else ""
        if low or high:
            sizes[name] = low if low == high else f"{low}-{high}"
    return sizes
