"""Labelled lines of reports -> what the program takes each for, and scores by kind.

A gold line is ``{text, kind}``, with ``agencies`` (names credited) and ``place`` (of a dateline) where they matter.
``text`` is one line of a report: a paragraph, or what stands in a paragraph's place.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coranto.documents.read import read
from coranto.documents.reports import make
from coranto.documents.sources import Source
from coranto.evaluation.gold import read_lines
from coranto.evaluation.scores import bootstrap
from coranto.knowledge import Knowledge
from coranto.language.en import pageforms
from coranto.records import Analysis, Block, BlockKind, DataError, Document, Report

KINDS = frozenset(
    "agency staff photo byline dateline correction timestamp newsletter donation related boilerplate upstream "
    "body".split()
)
_BEFORE = "The governor spoke to reporters on the steps of the regional office late in the evening."
_NAMES = {BlockKind.CAPTION: "photo", BlockKind.LINK: "related", BlockKind.TEASER: "related"}


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """A line ``{n, kind, agencies, place}`` a gold line; accuracy over all, F1 of each kind, and of the names.

    Raises DataError where a line's kind is not one of ``KINDS``.
    """
    gold = list(read_lines(path, needs=("text", "kind")))
    if wrong := [(n, g["kind"]) for n, g in enumerate(gold, 1) if g["kind"] not in KINDS]:
        raise DataError(f"{path}:{wrong[0][0]}: expected a kind of {', '.join(sorted(KINDS))}, met {wrong[0][1]!r}")
    reports = make(knowledge)
    lines = []
    for n, item in enumerate(gold):
        first = item["kind"] == "dateline" or item.get("first", False)
        text = item["text"] if first else f"{_BEFORE}\n{item['text']}"
        made = read(Source(uri="line.txt", data=text.encode(), hint=".txt"), knowledge.outlets)
        if isinstance(made, Document):
            lines.append(
                {"n": n, **_answer(made, reports([Analysis(document=made)])[0][0], 0 if first else len(_BEFORE))}
            )
        else:
            lines.append({"n": n, "kind": None, "agencies": [], "place": None})
    return lines, scores(gold, lines)


def _answer(document: Document, report: Report, start: int) -> dict[str, Any]:
    blocks = [b for b in document.blocks if b.span.start >= start]
    return {
        "kind": _kind(document, blocks, report),
        "agencies": [c.value for c in report.credit],
        "place": report.place.value if report.place else None,
    }


def _kind(document: Document, blocks: Sequence[Block], report: Report) -> str:
    """The first kind that is not running text; a credit is an agency's where it names one or speaks of
    agencies, else the staff's."""
    for block in blocks:
        if block.kind is BlockKind.CREDIT:
            words = document.text[block.span.start : block.span.end]
            return "agency" if report.credit or pageforms.matches("agencies", words) else "staff"
        if block.kind in _NAMES:
            return _NAMES[block.kind]
        if block.kind.value in KINDS and block.kind is not BlockKind.BODY:
            return block.kind.value
    return "upstream" if report.upstream else "body"


def scores(gold: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Accuracy with its 95 % interval, F1 a kind, the share of lines whose agencies and whose place are right."""
    pairs = [(g["kind"], line["kind"]) for g, line in zip(gold, lines)]
    low, high = bootstrap(pairs, _accuracy)
    out = {"lines": float(len(pairs)), "accuracy": _accuracy(pairs), "accuracy.low": low, "accuracy.high": high}
    for kind in sorted({g for g, _ in pairs}):
        right = sum(g == p == kind for g, p in pairs)
        both = sum((g == kind) + (p == kind) for g, p in pairs)
        out[f"f1.{kind}"] = 2 * right / both if both else 0.0
    for field in ("agencies", "place"):
        asked = [(g, line) for g, line in zip(gold, lines) if field in g]
        out[f"right.{field}"] = sum(g[field] == line[field] for g, line in asked) / max(1, len(asked))
    return out


def _accuracy(pairs: Sequence[tuple[str, str | None]]) -> float:
    return sum(g == p for g, p in pairs) / len(pairs) if pairs else 0.0
