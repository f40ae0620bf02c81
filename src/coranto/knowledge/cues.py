"""speech_cues.tsv -> CueTable: which words attribute, where source and content stand, and what they do to it."""

from pathlib import Path

from msgspec import Struct

from coranto.knowledge.tables import read_rows

FILE = Path(__file__).parent / "data" / "en" / "speech_cues.tsv"


class Cue(Struct, frozen=True, kw_only=True):
    """One cue: its stance, and the slots in which its source and its content may stand, in order of preference."""

    lemma: str
    stance: str
    source: tuple[str, ...]
    content: tuple[str, ...]
    weight: float


class CueTable:
    """Cue verbs, nouns, adjectives and prepositions by lemma."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._by: dict[tuple[str, str], Cue] = {}
        for row in rows:
            source, _, content = row["pattern"].partition(":")
            self._by.setdefault(
                (row["pos"], row["lemma"]),
                Cue(
                    lemma=row["lemma"],
                    stance=row["stance"],
                    source=tuple(source.split("|")),
                    content=tuple(content.split("|")),
                    weight=float(row["weight"]),
                ),
            )

    def get(self, pos: str, lemma: str) -> Cue | None:
        """The cue of a part of speech (v, n, a, p) and lemma, if it is one."""
        return self._by.get((pos, lemma))


def load() -> CueTable:
    """The shipped cues."""
    return CueTable(list(read_rows(FILE, columns=("lemma", "pos", "pattern", "stance", "weight"))))
