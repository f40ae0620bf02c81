"""Flattened pages with a kind a line -> the kinds that the program gives, and scores.

A gold line is one page, ``{page, lines: [[kind, text], ...]}``: what is left of a page when its markup is gone.
``kind`` is a kind of block, or several joined by ``|`` where careful readers would differ (a link inside a piece may
be ``link``, ``related`` or ``teaser``).
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coranto.documents.read import read
from coranto.documents.sources import Source
from coranto.evaluation.gold import read_lines
from coranto.evaluation.scores import bootstrap
from coranto.knowledge import Knowledge
from coranto.records import CODED_BLOCKS, BlockKind, DataError, Document

KINDS = frozenset(kind.value for kind in BlockKind)
_CODED = frozenset(kind.value for kind in CODED_BLOCKS)
Pair = tuple[frozenset[str], str | None]  # the right kinds, the answer


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """A line ``{n, page, kinds: [kind or null]}`` a page; accuracy, of coding them or not too, F1 of kinds.

    Raises DataError where a line's kind is no kind of block.
    """
    lines, pairs = [], list[Pair]()
    for n, page in enumerate(read_lines(path, needs=("page", "lines"))):
        gold = [frozenset(str(kind).split("|")) for kind, _ in page["lines"]]
        if wrong := sorted(frozenset().union(*gold) - KINDS):
            raise DataError(f"{path}:{n + 1}: expected a kind of block, met {wrong[0]!r}")
        kinds = predict([str(text) for _, text in page["lines"]], knowledge)
        lines.append({"n": n, "page": page["page"], "kinds": kinds})
        pairs += zip(gold, kinds)
    return lines, scores(pairs)


def predict(texts: Sequence[str], knowledge: Knowledge) -> list[str | None]:
    """The kind that most of each line has got, None for a line that is not in the document's text."""
    made = read(Source(uri="page.txt", data="\n".join(texts).encode(), hint=".txt"), knowledge.outlets)
    if not isinstance(made, Document):
        return [None] * len(texts)
    spans = list(_lines(made.text))
    free, kinds, at = dict[str, list[int]](), list[str | None](), 0
    for n, (start, end) in enumerate(spans):
        free.setdefault(_solid(made.text[start:end]), []).append(n)
    for text in texts:
        same = free.get(_solid(text), [])
        if not same:
            kinds.append(None)
            continue
        found = next((n for n in same if n >= at), same[0])
        same.remove(found)
        at = max(at, found)
        kinds.append(_kind(made, *spans[found]))
    return kinds


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _solid(line: str) -> str:
    return "".join(unicodedata.normalize("NFC", line).split())


def _kind(document: Document, start: int, end: int) -> str | None:
    """The kind of the blocks that cover most of a stretch."""
    share = Counter[str]()
    for block in document.blocks:
        share[block.kind.value] += max(0, min(end, block.span.end) - max(start, block.span.start))
    kind, most = share.most_common(1)[0] if share else ("", 0)
    return kind if most else None


def scores(pairs: Sequence[Pair]) -> dict[str, float]:
    """Accuracy with its 95 % interval; ``coded``: is a line coded if and only if it should be; F1 of the sure kinds."""
    low, high = bootstrap(pairs, _accuracy)
    out = {"lines": float(len(pairs)), "accuracy": _accuracy(pairs), "accuracy.low": low, "accuracy.high": high}
    both_ways = [(gold, kind) for gold, kind in pairs if len({k in _CODED for k in gold}) == 1]
    out["coded"] = sum((kind in _CODED) == (min(gold) in _CODED) for gold, kind in both_ways) / max(1, len(both_ways))
    for kind in sorted({k for gold, _ in pairs if len(gold) == 1 for k in gold}):
        right = sum(gold == {kind} and answer == kind for gold, answer in pairs)
        wanted = sum(gold == {kind} for gold, _ in pairs)
        told = sum((answer == kind and kind not in gold) or gold == {kind} == {answer} for gold, answer in pairs)
        out[f"f1.{kind}"] = 2 * right / (wanted + told)
    return out


def _accuracy(pairs: Sequence[Pair]) -> float:
    return sum(kind in gold for gold, kind in pairs) / len(pairs) if pairs else 0.0
