"""Gold time expressions -> the program's predictions and scores.

A gold line is ``{doc, dct, text, timexes: [{start, end, text, type, value}]}``; offsets are half-open code points.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from coranto.knowledge import Knowledge
from coranto.language.en.times import find_times
from coranto.records import DataError

RESAMPLES = 1000


class GoldTimex(Struct, frozen=True):
    """One annotated time expression."""

    start: int
    end: int
    type: str
    value: str


class GoldText(Struct, frozen=True):
    """One annotated text with the day that it was written on ("" = unknown)."""

    doc: str
    text: str
    timexes: tuple[GoldTimex, ...]
    dct: str | None = None


class Counts(Struct, frozen=True):
    """What one text adds to the scores: sizes, and pairs that agree in span, in type, in value."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    typed: int = 0
    valued: int = 0


def evaluate(gold_path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """One prediction for each gold text, in order, and the scores with 95 % bootstrap intervals over texts.

    Raises DataError, naming the line, where a gold line is not of the expected form.
    """
    predictions, counts = [], []
    for n, gold in enumerate(read(gold_path)):
        found = predict(gold.text, _day(gold.dct))
        predictions.append({"n": n, "doc": gold.doc, "timexes": found})
        counts.append(compare(gold.timexes, found))
    return predictions, score(counts)


def read(path: Path) -> Iterator[GoldText]:
    """The gold texts of a file of JSON lines; DataError names the first line that is not one."""
    decoder = msgspec.json.Decoder(GoldText)
    with path.open("rb") as file:
        for n, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                gold = decoder.decode(line)
                _day(gold.dct)
            except (msgspec.DecodeError, ValueError) as error:
                raise DataError(f"{path}:{n}: expected {{doc, dct, text, timexes}}, met {error}") from error
            if bad := [t for t in gold.timexes if not 0 <= t.start < t.end <= len(gold.text)]:
                raise DataError(
                    f"{path}:{n}: expected offsets in [0, {len(gold.text)}], met {bad[0].start}-{bad[0].end}"
                )
            yield gold


def predict(text: str, anchor: date | None) -> list[dict[str, Any]]:
    """The time expressions of a text, as prediction lines have them; a range is given as its two ends."""
    rows = []
    for found in find_times(text, anchor=anchor):
        for part in found.parts or (found,):
            period = part.period
            rows.append(
                {
                    "start": part.span.start,
                    "end": part.span.end,
                    "type": part.timex.type,
                    "value": part.timex.value,
                    "low": period.low.isoformat() if period else None,
                    "high": period.high.isoformat() if period else None,
                }
            )
    return rows


def compare(gold: Sequence[GoldTimex], found: Sequence[dict[str, Any]]) -> Counts:
    """Counts of one text: each gold expression is paired with at most one that overlaps it, the most alike first."""
    pairs = [
        (g.start == f["start"] and g.end == f["end"], g.value == f["value"], g.type == f["type"], -i, -j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.start < f["end"] and f["start"] < g.end
    ]
    left, right, kept = set(range(len(gold))), set(range(len(found))), []
    for pair in sorted(pairs, reverse=True):
        i, j = -pair[3], -pair[4]
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            kept.append(pair)
    strict, valued, typed = (sum(p[k] for p in kept) for k in (0, 1, 2))
    return Counts(gold=len(gold), found=len(found), relaxed=len(kept), strict=strict, typed=typed, valued=valued)


def score(counts: Sequence[Counts], *, seed: int = 0) -> dict[str, float]:
    """Precision, recall, F1 in percent, with ``_low`` and ``_high`` of the F1s from resampled texts."""
    scores = {"texts": float(len(counts)), "gold": float(sum(c.gold for c in counts)), **_rates(counts)}
    draw = random.Random(seed)
    drawn = [_rates(draw.choices(counts, k=len(counts))) for _ in range(RESAMPLES)] if counts else []
    for name in ("relaxed_f1", "strict_f1", "value_f1"):
        values = sorted(d[name] for d in drawn) or [0.0]
        scores[f"{name}_low"] = values[int(0.025 * len(values))]
        scores[f"{name}_high"] = values[min(int(0.975 * len(values)), len(values) - 1)]
    return {name: round(value, 2) for name, value in scores.items()}


def _rates(counts: Sequence[Counts]) -> dict[str, float]:
    gold, found = sum(c.gold for c in counts), sum(c.found for c in counts)
    relaxed = sum(c.relaxed for c in counts)
    strict = sum(c.strict for c in counts)
    valued = sum(c.valued for c in counts)
    return {
        "relaxed_precision": _percent(relaxed, found),
        "relaxed_recall": _percent(relaxed, gold),
        "relaxed_f1": _percent(2 * relaxed, gold + found),
        "strict_precision": _percent(strict, found),
        "strict_recall": _percent(strict, gold),
        "strict_f1": _percent(2 * strict, gold + found),
        "value_f1": _percent(2 * valued, gold + found),
        "type_accuracy": _percent(sum(c.typed for c in counts), relaxed),
        "value_accuracy": _percent(valued, relaxed),
    }


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 0.0


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
