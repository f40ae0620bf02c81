"""Gold sentences with the arguments of one event -> what was coded of it, and how often each field is right.

The question beside `events`: of an event that was found, are actor, recipient, place, time, speaker and modality the
ones that a reader would name? A field is right where its evidence overlaps a phrase of the gold's, or where both are
empty. A day that is only assumed counts as none.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from coranto.documents import dates
from coranto.evaluation.events import analyse
from coranto.evaluation.gold import read_lines
from coranto.knowledge import Knowledge
from coranto.records import Basis, CodedEvent, Sourced, Via, Words

SPANS = ("actor", "recipient", "place", "time", "speaker")
FIELDS = ("type", *SPANS, "modality")
TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "AGREE", "ASSAULT"})  # who is named as actor and who as recipient is one
DAY = "2026-01-14"  # the day of a report whose gold names none


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Prediction lines ``{n, coded, type, actor, ...}`` (a list of phrases a field) for every gold sentence, and the
    scores: ``coded`` the share of events found, then of these the share right in each field.

    Gold: ``{text, type, trigger, actor, recipient, place, time, speaker, modality}`` with phrases of the text or null,
    optional ``accept`` (further right types) and ``accept_FIELD`` (further right phrases; null: none is right too).
    """
    gold = list(read_lines(path, needs=("text", "trigger", *FIELDS)))
    moment = dates.read(DAY)
    assert moment is not None
    day = Sourced(value=moment, basis=Basis.ASSUMED, via=Via.RULE, evidence=(), score=1.0, by="evaluation")
    lines: list[dict[str, Any]] = []
    for n, (item, analysis) in enumerate(zip(gold, analyse([g["text"] for g in gold], knowledge, published=day))):
        event = _meant(item, analysis.events)
        lines.append({"n": n, "coded": event is not None, **(_answer(event) if event else dict.fromkeys(FIELDS))})
        lines[-1]["right"] = _right(item, event) if event else {}
    return lines, score(lines)


def score(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``coded`` over all sentences, each field over those in which the event was found, and all fields together."""
    found = [line["right"] for line in lines if line["coded"]]
    totals = Counter(field for right in found for field, ok in right.items() if ok)
    shares = {field: round(totals[field] / len(found), 4) if found else 0.0 for field in FIELDS}
    whole = round(sum(all(right.values()) for right in found) / len(found), 4) if found else 0.0
    return {
        "sentences": len(lines),
        "coded": round(len(found) / len(lines), 4) if lines else 0.0,
        **shares,
        "all fields": whole,
    }


def _meant(item: Mapping[str, Any], events: Sequence[CodedEvent]) -> CodedEvent | None:
    """The coded event at the gold's trigger, one of the right type before others."""
    at = [e for e in events if _meets([e.trigger], item["text"], _wanted(item, "trigger"))]
    return next((e for e in at if e.type.value.value in _types(item)), at[0] if at else None)


def _answer(event: CodedEvent) -> dict[str, Any]:
    quotes = {field: [w[0].quote for w in words if w] for field, words in _values(event)}
    return {"type": event.type.value.value, **quotes, "modality": event.modality.value.value}


def _values(event: CodedEvent) -> Iterator[tuple[str, list[list[Words]]]]:
    yield "actor", [_words(a) for a in event.actors]
    yield "recipient", [_words(r) for r in event.recipients]
    yield "place", [_words(event.place)] if event.place else []
    yield "time", [_words(event.time)] if event.time and event.time.basis is not Basis.ASSUMED else []
    yield "speaker", [_words(s.speaker) for s in event.attribution if s.speaker]


def _words(value: Sourced[Any]) -> list[Words]:
    return [e for e in value.evidence if isinstance(e, Words)]


def _right(item: Mapping[str, Any], event: CodedEvent) -> dict[str, bool]:
    values = dict(_values(event))
    right = {"type": event.type.value.value in _types(item)}
    for field in SPANS:
        wanted, words = _wanted(item, field), values[field]
        if item["type"] in TWO_SIDED and field in ("actor", "recipient") and not words:
            words = values["actor"]
        right[field] = (None in wanted and not values[field]) or any(_meets(w, item["text"], wanted) for w in words)
    right["modality"] = event.modality.value.value in _wanted(item, "modality")
    return right


def _types(item: Mapping[str, Any]) -> list[str]:
    return [item["type"], *item.get("accept", ())]


def _wanted(item: Mapping[str, Any], field: str) -> list[str | None]:
    return [item[field], *item.get(f"accept_{field}", ())]


def _meets(words: Sequence[Words], text: str, phrases: Sequence[str | None]) -> bool:
    """True where some words overlap one of the phrases, at any of their places in the text."""
    spans = [(s, s + len(p)) for p in phrases if p for s in _places(text, p)]
    return any(w.span.start < end and w.span.end > start for w in words for start, end in spans)


def _places(text: str, phrase: str) -> Iterator[int]:
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)
