"""speech_cues.tsv -> CueTable: which words attribute, and what they do to what they attribute."""

from pathlib import Path

from coranto.knowledge.tables import read_rows

FILE = Path(__file__).parent / "data" / "en" / "speech_cues.tsv"


class CueTable:
    """Stances of cue verbs, nouns and prepositions by lemma; "" where a word is no cue."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._by: dict[tuple[str, str], str] = {}
        for row in rows:
            self._by.setdefault((row["pos"], row["lemma"]), row["stance"])

    def verb(self, lemma: str) -> str:
        """The stance of a cue verb."""
        return self._by.get(("v", lemma), "")

    def noun(self, lemma: str) -> str:
        """The stance of a cue noun."""
        return self._by.get(("n", lemma), "")


def load() -> CueTable:
    """The shipped cues."""
    return CueTable(list(read_rows(FILE, columns=("lemma", "pos", "stance"))))
