"""Pairs of texts -> which rewrites were found, and which reports of the same event were taken for one.

A gold line is ``{half, original, rewrite, independent}``: a text, the same retold in other words by another outlet, and
what a third one found out by itself. All texts stand in one corpus.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from coranto.evaluation.copies import DAY, Joined, Piece, lineage, printed
from coranto.evaluation.gold import read_lines
from coranto.knowledge import Knowledge

KINDS = ("original", "rewrite", "independent")
Line = dict[str, Any]


def evaluate(gold_path: Path, knowledge: Knowledge) -> tuple[list[Line], dict[str, Any]]:
    """A line for each text (``{n, half, rewrite: joined, independent: joined}``), and the scores."""
    gold = list(read_lines(gold_path, needs=KINDS))
    pieces = [
        Piece(f"{kind} {n}", str(item[kind]), DAY + timedelta(days=1 if kind == "rewrite" else 0), "")
        for n, item in enumerate(gold)
        for kind in KINDS
    ]
    prints, origins = printed(pieces)
    joined = Joined(lineage(prints), origins)
    lines: list[Line] = [
        {"n": n, "half": item.get("half", "")}
        | {kind: (f"original {n}", f"{kind} {n}") in joined for kind in ("rewrite", "independent")}
        for n, item in enumerate(gold)
    ]
    return lines, score(lines)


def score(lines: Sequence[Line]) -> dict[str, Any]:
    """Recall of rewrites and share of independent reports joined, of all and of each half."""
    out: dict[str, Any] = {"texts": len(lines)}
    for half in ("", *sorted({line["half"] for line in lines} - {""})):
        some = [line for line in lines if half in ("", line["half"])]
        for name, kind in (("recall", "rewrite"), ("false_joins", "independent")):
            out[".".join(filter(None, (name, half)))] = round(sum(x[kind] for x in some) / max(1, len(some)), 4)
    return out
