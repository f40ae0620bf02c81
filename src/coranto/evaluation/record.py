"""Pages and one answer key -> what the program made of them (in the key's lists), and scores."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from coranto.documents.read import read
from coranto.documents.sources import find_sources
from coranto.engine.pipeline import Pipeline
from coranto.evaluation.record_scores import scores
from coranto.knowledge import Knowledge
from coranto.linkage.link import Linked, link
from coranto.records import (
    Analysis,
    Basis,
    CodedEvent,
    DataError,
    Document,
    Failure,
    Field,
    Figure,
    FigureKind,
    LineageKind,
    Modality,
    Period,
    Ref,
    Relation,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
    Words,
    make_id,
)

LISTS = ("events", "cross_document_links", "must_not_merge", "state_positions", "quantities", "quantity_relations",
         "claim_conflicts", "negatives")  # fmt: skip
TELLING = frozenset("killed wounded casualties missing detained abducted released displaced refugees rescued drones"
                    " missiles aircraft votes-for votes-against abstentions".split())  # fmt: skip
COPIES = (LineageKind.SAME, LineageKind.EDITED, LineageKind.EMBEDDED)
Line = dict[str, Any]


class Pages(NamedTuple):
    """The key's documents as read, by the key's names for them, and the text that the key's offsets count in."""

    documents: dict[str, Document]
    raw: dict[str, str]
    failures: list[Failure]


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[Line], dict[str, float]]:
    """The prediction (one object with the key's lists) and its scores, for one key or a folder of keys.

    Raises DataError where a key, or a file that it names, is not as expected.
    """
    paths = sorted(path.rglob("key.json")) if path.is_dir() else [path]
    if not paths:
        raise DataError(f"expected a key.json below {path}, met none")
    lines, keys = [], []
    for one in paths:
        key = read_key(one)
        pages = read_pages(key, one.parent, knowledge)
        lines.append(predict(pages, knowledge))
        keys.append(located(key, pages))
    return lines, scores(keys, lines)


def read_key(path: Path) -> Line:
    """A key with all its lists; a list that is left out is empty. Raises DataError where it is not a key."""
    try:
        key = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"expected a record key at {path}, met {error}") from error
    if not isinstance(key, dict) or not isinstance(key.get("documents"), list):
        raise DataError(f"expected an object with a list of documents in {path}")
    return {**{name: [] for name in LISTS}, **key}


def predict(pages: Pages, knowledge: Knowledge) -> Line:
    """What the program makes of a key's documents, in the key's lists; the key itself is not looked at."""
    analyses: list[Analysis] = []
    failures = list(pages.failures)
    for made in Pipeline(knowledge)(list(pages.documents.values())):
        if isinstance(made, Failure):
            failures.append(made)
        else:
            analyses.append(made)
    record = link(
        [e for a in analyses for e in a.events], [r for a in analyses for r in a.reports],
        [a.document for a in analyses], knowledge,
    )  # fmt: skip
    return _prediction(analyses, record, pages, failures)


def read_pages(key: Line, folder: Path, knowledge: Knowledge) -> Pages:
    """The documents of a key; what the page itself does not say (outlet, title, date) is taken from the key."""
    documents: dict[str, Document] = {}
    raw: dict[str, str] = {}
    failures: list[Failure] = []
    for entry in key["documents"]:
        file = folder / entry["file"]
        if not file.is_file():
            raise DataError(f"expected the file {entry['file']} of document {entry['doc']} in {folder}, met none")
        for n, source in enumerate(find_sources([str(file)])):
            if not isinstance(source, Failure):  # by the key's own name, so that ids do not hang on where the key lies
                source = replace(source, uri=entry["file"])
            made = source if isinstance(source, Failure) else read(source, knowledge.outlets)
            if isinstance(made, Failure):
                failures.append(made)
                continue
            name = entry["doc"] if n == 0 else f"{entry['doc']}#{n}"
            documents[name] = _told(made, entry)
            raw[name] = entry.get("text") or _raw(file)
    return Pages(documents, raw, failures)


def _raw(file: Path) -> str:
    """The text that offsets of a key count in, where the file is plain text."""
    return file.read_text(encoding="utf-8", errors="replace") if file.suffix in (".txt", ".md") else ""


def _told(document: Document, entry: Line) -> Document:
    changed: dict[str, Any] = {}
    if entry.get("outlet") and not document.outlet:
        changed["outlet"] = entry["outlet"]
    if entry.get("title") and not document.title:
        changed["title"] = entry["title"]
    if entry.get("date") and (document.published is None or document.published.score < 0.6):  # the key is surer
        day = date.fromisoformat(entry["date"][:10])
        when = TimeExpression(
            timex=Timex(type="DATE", value=day.isoformat()), period=Period(low=day, high=day, best=day)
        )
        field = Field(document=document.id, path="key:date", raw=entry["date"])
        changed["published"] = Sourced(value=when, basis=Basis.CARRIED, via=Via.METADATA, evidence=(field,), by="key/1")
    return replace(document, **changed)


def located(key: Any, pages: Pages) -> Any:
    """The key with offsets for every quote, counted as in the prediction; a quote that is not there has none."""
    if isinstance(key, list):
        return [located(item, pages) for item in key]
    if not isinstance(key, dict):
        return key
    made = {name: located(value, pages) for name, value in key.items()}
    document = pages.documents.get(made.get("doc", ""))
    if document is not None and made.get("quote"):
        text = pages.raw[made["doc"]] or document.text
        start = _find(text, made["quote"], made.get("start") or 0)
        made |= {"start": start, "end": None if start is None else start + len(made["quote"])}
    return made


def _find(text: str, quote: str, near: int) -> int | None:
    """Where a quote stands, the occurrence nearest to ``near``; white space may differ."""
    if text[near : near + len(quote)] == quote:
        return near
    pattern = r"\s+".join(re.escape(w) for w in quote.split())
    return min((m.start() for m in re.finditer(pattern, text)), key=lambda n: abs(n - near), default=None)


# -- the prediction -----------------------------------------------------------------------------------------


def _prediction(analyses: Sequence[Analysis], record: Linked, pages: Pages, failures: Sequence[Failure]) -> Line:
    names = {d.id: name for name, d in pages.documents.items()}
    place = {a.document.id: _placer(a.document, pages.raw[names[a.document.id]]) for a in analyses}
    coded = {e.id: e for a in analyses for e in a.events}
    quantities = [q for a in analyses for q in _quantities(a, names, place[a.document.id])]
    return {
        "documents": [{"doc": name, "failed": False} for name in pages.documents]
        + [{"doc": f.uri, "failed": True, "why": f"{f.stage}: {f.error}"} for f in failures],
        "events": [_event(e, a, names, place[e.document]) for a in analyses for e in a.events],
        "cross_document_links": [list(e.coded) for e in record.events if len(e.coded) > 1],
        "state_positions": list(_positions(record, coded, names, place)),
        "quantities": quantities,
        "quantity_relations": list(_relations(record, quantities)),
        "claim_conflicts": list(_conflicts(record, coded, names, place)),
    }


Placer = Callable[[Span], tuple[int, int]]


def _placer(document: Document, raw: str) -> Placer:
    """Spans of the document as spans of the text that the key's offsets count in."""
    if not raw or raw == document.text:
        return lambda span: (span.start, span.end)
    shifts: dict[int, int] = {}
    at = 0
    for block in document.blocks:
        found = raw.find(document.text[block.span.start : block.span.end], at)
        if found >= 0:
            shifts[block.span.start] = found - block.span.start
            at = found
    starts = sorted(shifts)

    def placed(span: Span) -> tuple[int, int]:
        before = [s for s in starts if s <= span.start]
        shift = shifts[before[-1]] if before else 0
        return span.start + shift, span.end + shift

    return placed


def _code(refs: Iterable[Ref]) -> str:
    """The code of the first actor whose country is known, else the first one's name."""
    held = list(refs)
    return next((r.code for r in held if r.country), held[0].name if held else "")


def _event(e: CodedEvent, analysis: Analysis, names: Mapping[str, str], place: Placer) -> Line:
    sentence = next((s.span for s in analysis.sentences if s.id == e.sentence), e.trigger.span)
    spans = [e.trigger.span, *(w.span for s in (*e.actors, *e.recipients) if (w := s.words) and w.span in sentence)]
    start, end = place(Span(min(s.start for s in spans), max(s.end for s in spans)))
    period = e.time.value.period if e.time else None
    return {
        "id": e.id,
        "doc": names[e.document],
        "start": start,
        "end": end,
        "trigger": list(place(e.trigger.span)),
        "quote": e.trigger.quote,
        "type": e.type.value.value,
        "mode": e.mode.value if e.mode else "",
        "cameo": e.cameo,
        "actor": _code(a.value for a in e.actors),
        "actors": sorted({a.value.country for a in e.actors if a.value.country}),
        "recipient": _code(r.value for r in e.recipients),
        "recipients": sorted({r.value.country for r in e.recipients if r.value.country}),
        "date": [period.low.isoformat(), period.high.isoformat()] if period else None,
        "best": period.best.isoformat() if period else None,
        "location": e.place.value.name if e.place else "",
        "attribution": _speaker(e, analysis.document),
        "modality": e.modality.value.value,
        "parent": e.parent,
        "background": e.modality.value is Modality.BACKGROUND,
    }


def _speaker(e: CodedEvent, document: Document) -> str:
    """The innermost speaker's words, but not where an actor of the event speaks of its own act."""
    own = {a.value.id or a.value.name for a in e.actors}
    for speech in e.attribution:
        ref = speech.speaker.value if speech.speaker else None
        if ref and (ref.id or ref.name) in own:
            return ""
        if speech.source:
            return document.text[speech.source[0].start : speech.source[0].end]
        if ref:
            return ref.name
    return ""


def _quantities(a: Analysis, names: Mapping[str, str], place: Placer) -> list[Line]:
    """Figures of a document, each number of a kind once: the one that an event rests on, else the last.

    A number that no event rests on is kept where it counts people, votes or weapons: what it is about can be told.
    """
    once: dict[tuple[Any, ...], Line] = {}
    for q in _all_quantities(a, names, place):
        if not q["events"] and q["what"] not in TELLING:
            continue
        key = (q["what"], q["low"], q["high"])
        if key not in once or q["events"] or not once[key]["events"]:
            once[key] = q
    return sorted(once.values(), key=lambda q: q["start"])


def _all_quantities(a: Analysis, names: Mapping[str, str], place: Placer) -> Iterator[Line]:
    mentions = {m.id: m for m in a.mentions}
    report = {s.id: s.report for s in a.sentences}
    for referent in a.referents:
        figure, mention = referent.value.value, mentions.get(referent.mention)
        if isinstance(figure, Figure) and mention and figure.what is not FigureKind.OTHER:
            start, end = place(mention.words.span)
            yield {
                "id": referent.mention,
                "doc": names[a.document.id],
                "report": report.get(mention.sentence, ""),
                "start": start,
                "end": end,
                "quote": mention.words.quote,
                "what": figure.what.value,
                "low": _number(figure.low),
                "high": _number(figure.high),
                "unit": figure.unit,
                "claimant": _claimant(a, mention.words.span),
                "events": [e.id for e in a.events if any(_rests_on(f, mention.words.span) for f in e.figures)],
            }


def _rests_on(figure: Sourced[Figure], span: Span) -> bool:
    return any(isinstance(w, Words) and w.span.overlaps(span) for w in figure.evidence)


def _claimant(a: Analysis, span: Span) -> str:
    inside = [s for s in a.speech if any(span.start >= c.start and span.end <= c.end for c in s.content)]
    inner = min(inside, key=lambda s: min(c.end - c.start for c in s.content), default=None)
    if inner is None or not (inner.source or inner.speaker):
        return ""
    if inner.source:
        return a.document.text[inner.source[0].start : inner.source[0].end]
    return inner.speaker.value.name if inner.speaker else ""


def _number(x: Any) -> float | None:
    return None if x is None else float(x)


def _positions(
    record: Linked, coded: Mapping[str, CodedEvent], names: Mapping[str, str], place: Mapping[str, Placer]
) -> Iterator[Line]:
    """A line for each position and document, at the coded event of its document that is surest and stands last."""
    for p in record.positions:
        told = sorted((coded[c] for c in p.coded), key=lambda e: (e.type.score, e.trigger.span))
        for e in {e.document: e for e in told}.values():
            own = [w.span for a in e.actors if (w := a.words) and abs(w.span.start - e.trigger.span.start) < 300]
            shown = [w.span for w in p.evidence if isinstance(w, Words) and w.document == e.document]
            spans = [e.trigger.span, *own] if e.trigger.span in shown or not shown else shown[:1]
            start, end = place[e.document](Span(min(s.start for s in spans), max(s.end for s in spans)))
            yield {
                "id": make_id(p.actor.id or p.actor.name, p.matter, p.act, *p.coded),
                "country": p.actor.country,
                "actor": p.actor.name,
                "issue": p.matter,
                "position": p.act,
                "stance": p.stance.value,
                "date": p.period.best.isoformat() if p.period else None,
                "doc": names[e.document],
                "start": start,
                "end": end,
                "quote": e.trigger.quote,
            }


def _relations(record: Linked, quantities: Sequence[Line]) -> Iterator[Line]:
    """Relations between readings of figures, as relations between the quantities that they rest on; and copies'."""
    yield from _copied(record, quantities)
    for event in record.events:
        for reading in event.figures:
            for a, b in combinations(_resting(reading, quantities), 2):
                yield {"relation": Relation.SAME.value, "a": a, "b": b}
        for r in event.relations:
            if r.field != "figures":
                continue
            sides = [_resting(event.figures[n], quantities) for n in (r.a, r.b)]
            for a in sides[0]:
                for b in sides[1]:
                    yield {"relation": r.relation.value, "a": a, "b": b}


def _copied(record: Linked, quantities: Sequence[Line]) -> Iterator[Line]:
    joined = {(x.report, x.origin) for x in record.lineage if x.how in COPIES}
    for a, b in combinations(quantities, 2):
        one_text = (a["report"], b["report"]) in joined or (b["report"], a["report"]) in joined
        if one_text and all(a[k] == b[k] for k in ("what", "low", "high")):
            yield {"relation": Relation.SAME.value, "a": a["id"], "b": b["id"]}


def _resting(reading: Any, quantities: Sequence[Line]) -> list[str]:
    value = reading.value
    return [
        q["id"]
        for q in quantities
        if set(q["events"]) & set(reading.coded)
        and (q["what"], q["low"], q["high"]) == (value.what.value, _number(value.low), _number(value.high))
    ]


def _conflicts(
    record: Linked, coded: Mapping[str, CodedEvent], names: Mapping[str, str], place: Mapping[str, Placer]
) -> Iterator[Line]:
    fields = {"occurrence": "modality"}
    for event in record.events:
        for r in event.relations:
            if r.relation is not Relation.CONTESTED:
                continue
            readings = getattr(event, fields.get(r.field, r.field))
            sides = []
            for reading in (readings[r.a], readings[r.b]):
                for e in (coded[c] for c in reading.coded):
                    start, end = place[e.document](_told_at(e, reading.value))
                    sides.append(
                        {"doc": names[e.document], "start": start, "end": end, "claimant": ", ".join(reading.voices)}
                    )
            yield {"event": event.id, "topic": event.title, "field": r.field, "why": r.why, "sides": sides}


def _told_at(e: CodedEvent, value: Any) -> Span:
    """The words of a coded event that tell a reading: its trigger, with the number's own words where it is one."""
    told = (w.span for f in e.figures if f.value == value for w in f.evidence if isinstance(w, Words))
    spans = [e.trigger.span, *told]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
