"""Two texts -> how much of their wording is the same: precision, recall and F1 of shared runs of four words."""

import re
from collections import Counter

from coranto.evaluation.scores import f1

WORDS = 4
_WORD = re.compile(r"\w+")


def shingles(text: str, *, size: int = WORDS) -> Counter[tuple[str, ...]]:
    """Every run of ``size`` words, counted; a shorter text is one run."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    last = max(1, len(words) - size + 1)
    return Counter(tuple(words[i : i + size]) for i in range(last))


def agreement(gold: str, found: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the runs of words of ``found`` against those of ``gold``."""
    wanted, met = shingles(gold), shingles(found)
    if not wanted and not met:
        return 1.0, 1.0, 1.0
    return f1((wanted & met).total(), met.total(), wanted.total())


def held(gold: str, found: str) -> float:
    """The share of the words' runs of ``gold`` that ``found`` has, case left aside; 1 for a gold without words."""
    wanted, met = shingles(gold.casefold()), shingles(found.casefold())
    return (wanted & met).total() / wanted.total() if wanted else 1.0
