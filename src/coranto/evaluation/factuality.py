"""Gold sentences with targets -> how factual the program takes each target to be, and scores.

A gold line is ``{text, targets: [{span1: [first, last), label}]}``: text of tokens joined by one space, labels on the
scale -3..+3. Annotators were asked whether the event *has happened*; so what is only planned, demanded or hoped for
counts as not happened here, while the program's own ``factuality`` says how sure it is to come about.
"""

from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from coranto.evaluation.events import analyse
from coranto.evaluation.gold import read_lines
from coranto.evaluation.scores import bootstrap
from coranto.events.modality import Mood, mood
from coranto.events.reading import SentenceReading, read
from coranto.knowledge import Knowledge
from coranto.records import DataError

NOT_YET = -2.0  # an event that lies ahead
UNREAD = 0.0  # a target of which no token was parsed


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Prediction lines ``{n, targets: [value]}`` for every gold sentence, and the scores over all targets.

    Raises DataError where a target's tokens lie outside the text.
    """
    gold = list(read_lines(path, needs=("text", "targets")))
    lines, pairs = [], []
    for n, (item, analysis) in enumerate(zip(gold, analyse([g["text"] for g in gold], knowledge), strict=True)):
        offsets = token_offsets(item["text"])
        readings = read(analysis, knowledge)
        values = []
        for target in item["targets"]:
            first, last = target["span1"]
            if not 0 <= first < last <= len(offsets):
                raise DataError(f"{path}: sentence {n}: expected tokens in [0, {len(offsets)}], met {first}-{last}")
            value = _value(readings, offsets[first][0], offsets[last - 1][1])
            values.append(round(value, 3))
            pairs.append((float(target["label"]), value))
        lines.append({"n": n, "targets": values})
    return lines, scores(pairs)


def token_offsets(text: str) -> list[tuple[int, int]]:
    """Start and end of each token of a text whose tokens are joined by one space."""
    offsets, at = [], 0
    for word in text.split(" "):
        offsets.append((at, at + len(word)))
        at += len(word) + 1
    return offsets


def happened(found: Mood) -> float:
    """How sure one can be on -3..+3 that the event has happened or holds when the sentence is written."""
    if not found.ahead:
        return found.factuality
    return max(-3.0, NOT_YET + 0.27 * found.factuality)


def _value(readings: Sequence[SentenceReading], start: int, end: int) -> float:
    for reading in readings:
        tree = reading.tree
        tokens = [i for i in range(tree.n) if tree.starts[i] < end and start < tree.ends[i]]
        if tokens:
            return happened(mood(reading, tree.head_of(tokens)))
    return UNREAD


def scores(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Mean absolute error and Pearson r of (gold, predicted) pairs, with 95 % bootstrap intervals over targets."""
    made: dict[str, float] = {"targets": len(pairs)}
    for name, measure in (("mae", mean_error), ("r", pearson)):
        low, high = bootstrap(pairs, measure)
        made |= {name: measure(pairs), f"{name}.low": low, f"{name}.high": high}
    return made


def mean_error(pairs: Sequence[tuple[float, float]]) -> float:
    """Mean absolute difference; 0 of no pairs."""
    return sum(abs(g - p) for g, p in pairs) / len(pairs) if pairs else 0.0


def pearson(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's correlation; 0 where either side does not vary."""
    if len(pairs) < 2:
        return 0.0
    x, y = sum(g for g, _ in pairs) / len(pairs), sum(p for _, p in pairs) / len(pairs)
    across = sum((g - x) * (p - y) for g, p in pairs)
    spread = sqrt(sum((g - x) ** 2 for g, _ in pairs) * sum((p - y) ** 2 for _, p in pairs))
    return across / spread if spread else 0.0
