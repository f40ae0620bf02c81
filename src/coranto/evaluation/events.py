"""Gold sentences with source, target and root -> what was coded from them, and scores.

Two questions a sentence: (given) which root holds between the given source and target, (free) which main event is
coded from the text alone. Extra events are top-level ones beyond the main event.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coranto.engine.pipeline import Pipeline
from coranto.evaluation.gold import read_lines
from coranto.evaluation.scores import bootstrap, f1, macro_f1
from coranto.events.arguments import Arguments
from coranto.events.candidates import Candidate, candidates
from coranto.events.coding import coded_type
from coranto.events.reading import SentenceReading, read
from coranto.knowledge import Knowledge
from coranto.language.en import datelines
from coranto.language.trees import trees
from coranto.records import (
    Analysis,
    Block,
    BlockKind,
    CodedEvent,
    DataError,
    Document,
    Failure,
    Report,
    Sourced,
    Span,
    TimeExpression,
    Words,
    make_id,
)

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
BATCH = 64


def document(text: str, number: int, *, body: int = 0) -> Document:
    """A bare sentence or passage as a document of one body block, which a dateline may stand before."""
    name = make_id("evaluation", number, text)
    dateline = (Block(kind=BlockKind.DATELINE, span=Span(0, body)),) if body else ()
    return Document(id=name, uri=f"gold:{number}", digest=name, outlet="", text=text,
                    blocks=(*dateline, Block(kind=BlockKind.BODY, span=Span(body, len(text)))))  # fmt: skip


def analyse(
    texts: Sequence[str], knowledge: Knowledge, *, published: Sourced[TimeExpression] | None = None
) -> Iterator[Analysis]:
    """Each text as one report, undated unless told otherwise, through all stages; DataError where one fails."""

    def one_report(batch: Sequence[Analysis]) -> list[tuple[Report, ...]]:
        return [
            (
                Report(
                    id=make_id(a.document.id, "report"),
                    document=a.document.id,
                    span=Span(0, len(a.document.text)),
                    published=published,
                ),
            )
            for a in batch
        ]

    pipeline = Pipeline(knowledge)
    pipeline.stages["reports"] = one_report
    dateline = datelines.make(knowledge.outlets)
    ends = (met.end if (met := dateline(t)) else 0 for t in texts)
    documents = [document(t, n, body=end) for n, (t, end) in enumerate(zip(texts, ends))]
    for start in range(0, len(documents), BATCH):
        for made in pipeline(documents[start : start + BATCH]):
            if isinstance(made, Failure):
                raise DataError(f"{made.uri}: stage {made.stage}: {made.error}")
            yield made


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Prediction lines ``{n, given, free, extra}`` for every gold sentence, and the scores."""
    gold = list(read_lines(path, needs=("text", "source", "target", "root15")))
    lines = []
    for n, (item, analysis) in enumerate(zip(gold, analyse([g["text"] for g in gold], knowledge))):
        top = [e for e in analysis.events if not e.parent]
        depth = _depths(analysis)
        main = max(top, key=lambda e: (_rank(e, depth.get(e.predicate, 0)), -e.trigger.span.start), default=None)
        given = _given(analysis, knowledge, item)
        lines.append(
            {
                "n": n,
                "given": {"root15": given[0], "score": given[1]},
                "free": _free(main),
                "extra": max(0, len(top) - 1),
            }
        )
    return lines, scores(gold, lines)


def scores(gold: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Accuracy and macro-F1 given source and target and from the text alone, precision where it fires, extra events;
    ``left_alone`` is the share of sentences without an event (``root15`` null) in which none was coded."""
    told = [(g, p) for g, p in zip(gold, lines) if g["root15"] is not None]
    quiet = [p for g, p in zip(gold, lines) if g["root15"] is None]
    given = [(g["root15"], p["given"]["root15"]) for g, p in told]
    free = [(g["root15"], p["free"]["root15"]) for g, p in told]

    def accuracy(pairs: Sequence[tuple[str, str | None]]) -> float:
        return sum(g == p for g, p in pairs) / len(pairs) if pairs else 0.0

    fired = [(g, p) for g, p in free if p is not None]
    low, high = bootstrap(given, accuracy)
    free_low, free_high = bootstrap(free, accuracy)
    return {
        "sentences": len(gold),
        "given.accuracy": accuracy(given),
        "given.accuracy.low": low,
        "given.accuracy.high": high,
        "given.macro_f1": macro_f1(given),
        "free.accuracy": accuracy(free),
        "free.accuracy.low": free_low,
        "free.accuracy.high": free_high,
        "free.macro_f1": macro_f1(free),
        "free.fired": len(fired) / len(free) if free else 0.0,
        "free.precision": f1(sum(g == p for g, p in fired), len(fired), len(free))[0],
        "extra_per_sentence": sum(p["extra"] for p in lines) / len(lines) if lines else 0.0,
        "left_alone": sum(p["free"]["root15"] is None for p in quiet) / len(quiet) if quiet else 1.0,
    }


def _root15(name: str) -> str:
    return YIELD.get(name, name)


def _rank(event: CodedEvent, depth: int) -> float:
    """The main event of a sentence is sure, has parties, and stands high in the tree."""
    return event.type.score + 0.1 * bool(event.actors) + 0.1 * bool(event.recipients) - 0.1 * depth


def _depths(analysis: Analysis) -> dict[str, int]:
    """How many words stand above each predicate, by id."""
    by = {t.sentence.id: t for t in trees(analysis)}
    return {p.id: sum(1 for _ in by[p.sentence].ancestors(p.head)) for p in analysis.predicates}


def _free(event: CodedEvent | None) -> dict[str, Any]:
    if event is None:
        return {"root15": None, "actor": None, "recipient": None, "score": 0.0}
    return {
        "root15": _root15(event.type.value),
        "actor": event.actors[0].value.code or event.actors[0].value.name if event.actors else None,
        "recipient": event.recipients[0].value.code or event.recipients[0].value.name if event.recipients else None,
        "score": event.type.score,
    }


def _given(analysis: Analysis, knowledge: Knowledge, item: dict[str, Any]) -> tuple[str | None, float]:
    """The root of the candidate that best joins the given source and target, whatever its score; where none meets
    either of them, what the second signal takes the sentence's verbs for."""
    source, target = _locate(item, "source", "s"), _locate(item, "target", "t")
    best: tuple[float, float, str] | None = None
    report = analysis.reports[0]
    readings = read(analysis, knowledge)
    for reading in readings:
        for c in candidates(reading, Arguments(reading, analysis.document.id, report)):
            if c.absorbed_by is not None:
                continue
            kind = coded_type(c, inner=False)[0].value
            meets = 2.0 * _meets(c, source, actor=True) + 1.5 * _meets(c, target, actor=False)
            meets += 0.7 * _meets(c, source, actor=False) + 0.7 * _meets(c, target, actor=True)
            fit = meets - 0.8 * (c.governor is not None) - 0.15 * clause_depth(c) + c.score
            key = (round(fit, 4), -float(reading.tree.starts[c.token]), _root15(kind))
            if (best is None or key[:2] > best[:2]) and (meets or item.get("source") is None):
                best = key
    best = best or max((g for r in readings for g in _likely(r)), default=None)
    return (best[2], best[0]) if best else (None, 0.0)


def _likely(reading: SentenceReading) -> Iterator[tuple[float, float, str]]:
    """What the second signal takes a sentence's words for, those nearest to its main verb first."""
    tree = reading.tree
    for i, guess in reading.guesses.items():
        if tree.pos[i] in ("VERB", "NOUN", "ADJ") and guess.none < 0.5:
            depth = sum(1 for _ in tree.ancestors(i))
            yield (
                round(1 - guess.none - 0.15 * depth, 4),
                -float(tree.starts[i]),
                _root15(max(guess.of, key=lambda t: guess.of[t]).value),
            )


def clause_depth(c: Candidate) -> int:
    """How many clauses and phrases stand above the trigger: the main clause's verb has 0."""
    return sum(1 for _ in c.reading.tree.ancestors(c.token))


def _locate(item: dict[str, Any], field: str, tag: str) -> Span | None:
    """Where the source or target stands in the text, by the marked text if there is one."""
    marked = item.get("marked") or ""
    before, found, _ = marked.partition(f"<{tag}>")
    text, phrase = item["text"], item[field] or ""
    start = -1
    if found:
        for other in ("<s>", "</s>", "<t>", "</t>"):
            before = before.replace(other, "")
        start = len(before) if text[len(before) :].startswith(phrase) else text.find(phrase)
    elif phrase:
        start = text.find(phrase)
    return Span(start, start + len(phrase)) if phrase and start >= 0 else None


def _meets(c: Candidate, span: Span | None, *, actor: bool) -> bool:
    """True if one of the candidate's actors (or recipients) stands in the span."""
    if span is None:
        return False
    for ref in c.actors if actor else c.recipients:
        if any(isinstance(e, Words) and e.span.overlaps(span) for e in ref.evidence):
            return True
    slots = c.frame.actor if actor else c.frame.recipient
    tokens = [t for group in slots for slot in group for t in c.match.slots.get(slot, ())]
    return any(span.start <= c.reading.tree.starts[t] < span.end for t in tokens)
