"""Counts -> precision, recall, F1, accuracy, and their sampling error."""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def f1(right: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of counts; 0 where nothing was predicted or nothing is gold."""
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    """Mean F1 over the gold classes of (gold, predicted) pairs."""
    classes = sorted({g for g, _ in pairs})
    total = 0.0
    for name in classes:
        right = sum(g == p == name for g, p in pairs)
        total += f1(right, sum(p == name for _, p in pairs), sum(g == name for g, _ in pairs))[2]
    return total / len(classes) if classes else 0.0


def bootstrap(items: Sequence[T], measure: Callable[[Sequence[T]], float], *, rounds: int = 500) -> tuple[float, float]:
    """The 95 % interval of a measure over resampled items (seeded: the same items give the same interval)."""
    if not items:
        return 0.0, 0.0
    draw = random.Random(20240229)
    values = sorted(measure(draw.choices(items, k=len(items))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[min(rounds - 1, int(0.975 * rounds))]
