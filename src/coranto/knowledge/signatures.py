"""signatures.tsv -> Signatures: what a word says of its complement's truth, when the word itself is true and when not.

"He managed to flee" says that he fled, "he did not manage to" that he did not; "he did not know that she fled" still
says that she fled; "he wanted to flee" leaves it open (implicatives and factives after Karttunen).
Complements: ``inf`` "to do", ``obj`` "someone to do" (or passive: "be told to do"), ``fin`` "that ...",
``ing`` "doing" (also after a preposition), ``from`` "from doing".
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from coranto.knowledge.tables import read_rows
from coranto.records import DataError, Record

FILE = Path(__file__).parent / "data" / "en" / "signatures.tsv"
GRADES = {"+": 0.95, "+?": 0.65, "o+": 0.35, "o": 0.05, "o-": -0.1, "-?": -0.5, "-": -0.95}
COMPLEMENTS = frozenset({"inf", "obj", "fin", "ing", "from"})


class Signature(Record, frozen=True, kw_only=True):
    """Truth of the complement on -1..1 under a true word (``positive``) and under a false one (``negative``)."""

    positive: float
    negative: float

    @property
    def shared(self) -> float:
        """What both signs share, and so is presupposed; 0 where nothing is."""
        if self.positive * self.negative <= 0:
            return 0.0
        return min(self.positive, self.negative, key=abs)

    def under(self, truth: float) -> float:
        """The complement's truth where the word's own is ``truth``."""
        shared = self.shared
        return shared + (self.positive - shared) * max(truth, 0.0) + (self.negative - shared) * max(-truth, 0.0)


class Signatures:
    """Signatures by part of speech (v, n, a), lemma and complement."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self._by: dict[tuple[str, str, str], Signature] = {}
        for row in rows:
            if row["positive"] not in GRADES or row["negative"] not in GRADES:
                raise DataError(f"{row['lemma']}: expected grades of {' '.join(GRADES)}, met {row}")
            if row["complement"] not in COMPLEMENTS or row["pos"] not in ("v", "n", "a"):
                raise DataError(f"{row['lemma']}: expected pos v, n or a and a known complement, met {row}")
            self._by[row["pos"], row["lemma"], row["complement"]] = Signature(
                positive=GRADES[row["positive"]], negative=GRADES[row["negative"]]
            )

    def of(self, pos: str, lemma: str, complement: str) -> Signature | None:
        """The signature of a lemma with a complement; participles used as adjectives share their verb's."""
        found = self._by.get((pos, lemma, complement))
        if found is None and pos == "a" and lemma.endswith("ed"):
            stem = lemma[:-2]
            form = "obj" if complement == "inf" else complement
            for verb in (stem, lemma[:-1], stem[:-1], stem[:-1] + "y"):
                if found := self._by.get(("v", verb, form)):
                    return found
        return found

    def __len__(self) -> int:
        return len(self._by)


@cache
def load() -> Signatures:
    """The shipped signatures, read once."""
    return Signatures(read_rows(FILE, columns=("lemma", "pos", "complement", "positive", "negative")))
