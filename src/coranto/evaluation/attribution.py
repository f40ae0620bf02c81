"""Gold attributions -> who the program says says what, and scores.

A gold line is ``{doc, text, attributions: [{source, cue, content}]}``, each a list of half-open code point spans. Two
attributions match when their sources overlap (where the gold has one), their cues overlap, and the intersection of
their contents over the union is at least .5; matches are one to one. Paragraphs of a text are parsed apart.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from coranto.evaluation.gold import read_lines
from coranto.evaluation.scores import bootstrap, f1
from coranto.knowledge import Knowledge
from coranto.mentions import speech
from coranto.mentions.speech_spans import quotations
from coranto.records import Analysis, Block, BlockKind, Document, Report, Span, make_id
from coranto.sentences import parse

BATCH = 16
OVERLAP = 0.5
Item = dict[str, Any]
Test = Callable[[Item, Item], bool]
Tally = tuple[int, int, int]  # right, predicted, gold


def document(text: str, number: int) -> Document:
    """A text as a document with one body block a paragraph."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(kind=BlockKind.BODY, span=Span(start, start + len(line.rstrip()))))
        start += len(line)
    name = make_id("evaluation", number, text)
    return Document(id=name, uri=f"gold:{number}", digest=name, outlet="", text=text, blocks=tuple(blocks))


def analyse(texts: Sequence[str], knowledge: Knowledge) -> Iterator[Analysis]:
    """Each text as one report, parsed, with its speech layer; actors are not resolved."""
    sentences, said = parse.make(knowledge), speech.make(knowledge)
    for start in range(0, len(texts), BATCH):
        batch = [_bare(text, start + n) for n, text in enumerate(texts[start : start + BATCH])]
        batch = [replace(a, sentences=made) for a, made in zip(batch, sentences(batch))]
        yield from (replace(a, speech=made) for a, made in zip(batch, said(batch)))


def _bare(text: str, number: int) -> Analysis:
    made = document(text, number)
    report = Report(id=make_id(made.id, "report"), document=made.id, span=Span(0, len(text)))
    return Analysis(document=made, reports=(report,))


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[Item], dict[str, float]]:
    """Prediction lines ``{n, doc, attributions}`` for every gold text, and the scores."""
    gold = list(read_lines(path, needs=("doc", "text", "attributions")))
    lines = [
        {"n": n, "doc": item["doc"], "attributions": attributions(analysis, knowledge)}
        for n, (item, analysis) in enumerate(zip(gold, analyse([g["text"] for g in gold], knowledge)))
    ]
    return lines, scores(gold, lines)


def attributions(analysis: Analysis, knowledge: Knowledge) -> list[Item]:
    """Speech and attitudes of a document as lists of spans; parts with the same cue and source are one attribution.
    What is said within quoted words belongs to them and is not listed by itself; nor is what
    nobody is named for, unless it is a belief ("is expected to")."""
    quoted = quotations(analysis.document.text)
    found = (*analysis.speech, *speech.attitudes(analysis, knowledge))
    joined: dict[tuple[tuple[Span, ...], tuple[Span, ...]], list[Span]] = {}
    for made in found:
        nobody = not made.source and made.stance != "believes"
        held = any(made.cue[0] in c for o in analysis.speech if o.source and o.cue != made.cue for c in o.content)
        if nobody or held or any(made.cue[0] in q for q in quoted):
            continue
        joined.setdefault((made.source, made.cue), []).extend(made.content)
    return [
        {"source": _pairs(source), "cue": _pairs(cue), "content": _pairs(sorted(content, key=lambda c: c.start))}
        for (source, cue), content in joined.items()
    ]


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def scores(gold: Sequence[Item], lines: Sequence[Item]) -> dict[str, float]:
    """Precision, recall and F1 of whole attributions, of cues alone, and of cues with sources."""
    made: dict[str, float] = {"documents": len(gold), "attributions": sum(len(_told(g)) for g in gold)}
    for name, test in TESTS.items():
        tallies = [_tally(_told(g), p["attributions"], test) for g, p in zip(gold, lines)]
        for key, value in zip(("precision", "recall", "f1"), f1(*_sum(tallies))):
            made[f"{name}.{key}"] = value
        if name == "triple":
            made["triple.f1.low"], made["triple.f1.high"] = bootstrap(tallies, lambda t: f1(*_sum(t))[2])
    return made


def _told(item: Item) -> list[Item]:
    """The gold attributions that can be matched at all: those with a cue and a content."""
    return [a for a in item["attributions"] if a.get("cue") and a.get("content")]


def _sum(tallies: Sequence[Tally]) -> Tally:
    return sum(t[0] for t in tallies), sum(t[1] for t in tallies), sum(t[2] for t in tallies)


def _tally(gold: Sequence[Item], predicted: Sequence[Item], test: Test) -> Tally:
    return len(matches(gold, predicted, test)), len(predicted), len(gold)


def matches(gold: Sequence[Item], predicted: Sequence[Item], test: Test) -> dict[int, int]:
    """The largest one-to-one pairing, prediction -> gold, of attributions that pass the test."""
    fits = [[p for p, item in enumerate(predicted) if test(g, item)] for g in gold]
    taken: dict[int, int] = {}

    def place(g: int, tried: set[int]) -> bool:
        for p in fits[g]:
            if p not in tried:
                tried.add(p)
                if p not in taken or place(taken[p], tried):
                    taken[p] = g
                    return True
        return False

    for g in range(len(gold)):
        place(g, set())
    return taken


def _overlap(a: Item, b: Item, name: str) -> bool:
    return any(s < u and t < e for s, e in a.get(name) or () for t, u in b.get(name) or ())


def same_cue(gold: Item, predicted: Item) -> bool:
    """True if the cues overlap."""
    return _overlap(gold, predicted, "cue")


def same_speaker(gold: Item, predicted: Item) -> bool:
    """True if the cues overlap, and the sources where the gold has one."""
    return same_cue(gold, predicted) and (not gold.get("source") or _overlap(gold, predicted, "source"))


def same(gold: Item, predicted: Item) -> bool:
    """True if cue and source match and the contents share at least half of what they cover."""
    if not same_speaker(gold, predicted):
        return False
    a = {n for s, e in gold["content"] for n in range(s, e)}
    b = {n for s, e in predicted["content"] for n in range(s, e)}
    return len(a & b) >= OVERLAP * len(a | b)


TESTS: dict[str, Test] = {"triple": same, "cue": same_cue, "cue_source": same_speaker}
