"""A toponym and the words around it -> its bare name, the kinds of place it may be, and what it says to lie in."""

import re
from functools import lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows

_WITHIN = re.compile(
    r"^(?:,\s*(?:(?:in|of)\s+)?|\s+(?:in|of)\s+)(?:the\s+|southern\s+|northern\s+|eastern\s+|western\s+|central\s+"
    r"|north\s+|south\s+|east\s+|west\s+|neighbou?ring\s+|Russia's\s+|Ukraine's\s+)*$"
    r"|^\s*[\(\[]\s*$|^\s*,\s*$|^\s+$"
)
_LISTED = re.compile(r"^\s*(?:,|,?\s*(?:and|or|as well as|&)|/)\s+(?:(?:the|in|from|to)\s+)?$")
_PART_OF = re.compile(
    r"^,?\s+(?:(?:is|was|which\s+is|located|,)\s+)?(?:a|an|the)?\s*(?:\w+[\s-]+){0,3}(?:suburb|neighbou?rhood|district|quarter"
    r"|village|town|area|part|slum|island|outskirts|township|settlement|side|camp|county|province|region|state|municipality)"
    r"(?:\s+\w+){0,2}\s+(?:of|in|near|outside|within|on)\s+(?:the\s+)?(?:\w+\s+){0,2}$"
)
_POSSESSED = re.compile(r"^['’]s?\s+(?:\w+\s+){0,3}$")


class Shape(NamedTuple):
    """What the words of a toponym say about it."""

    names: tuple[str, ...]  # to look up, the fullest first
    kinds: frozenset[str]  # it is one of these; empty = unknown


class PlaceWords:
    """English words that go with toponyms, as ``data/en/places_*.tsv`` list them."""

    def __init__(self) -> None:
        rows = list(read_rows(DATA / "en" / "places_types.tsv", columns=("word", "kind", "place")))
        self.after = {r["word"]: frozenset(r["kind"].split()) for r in rows if r["place"] == "after"}
        self.before = {r["word"]: frozenset(r["kind"].split()) for r in rows if r["place"] == "before"}
        self.abbreviations = {
            r["abbreviation"]: r["place"] for r in read_rows(DATA / "en" / "places_abbreviations.tsv")
        }
        self.demonyms = {
            form: r["place"]
            for r in read_rows(DATA / "en" / "places_demonyms.tsv", columns=("demonym", "place"))
            for form in (r["demonym"], r["demonym"] + "s")
        }
        words = list(read_rows(DATA / "en" / "places_words.tsv", columns=("word", "role")))
        self.after_loose = frozenset(r["word"] for r in words if r["role"] == "loose")
        self.reaching = frozenset(r["word"] for r in words if r["role"] == "reaching")
        self.ordinary = frozenset(r["word"] for r in words if r["role"] == "ordinary")
        self.directions = frozenset(r["word"] for r in words if r["role"] == "direction")
        self._after = re.compile(rf"\s+({_any(self.after)})$", re.IGNORECASE)
        self._next = re.compile(rf"^(?:['’]s)?\s+({_any(self.after)})\b")
        self._before = re.compile(rf"^(?:the\s+)?(?:\w+\s+)?({_any(self.before)})\s+", re.IGNORECASE)
        self._previous = re.compile(rf"\b({_any(self.before)})\s+(?:the\s+)?$", re.IGNORECASE)

    def shape(self, phrase: str, before: str, after: str) -> Shape:
        """The names to look up for a phrase and the kinds that its own words or its neighbours allow."""
        kinds: frozenset[str] = frozenset()
        names = [phrase]
        bare = phrase
        if found := self._after.search(bare):
            kinds, bare = self.after[found[1].lower()], bare[: found.start()]
        elif found := self._before.search(bare):
            kinds, bare = self.before[found[1].lower()], bare[found.end() :]
        elif found := self._next.search(after):
            kinds = self.after[found[1].lower()]
            names.insert(0, f"{phrase} {found[1]}")
        elif found := self._previous.search(before):
            kinds = self.before[found[1].lower()]
        names.append(bare)
        first, _, rest = bare.partition(" ")
        while rest and first.lower() in self.directions:
            names.append(rest)
            first, _, rest = rest.partition(" ")
        return Shape(tuple(dict.fromkeys(n for n in names if n)), kinds)

    @staticmethod
    def lies_within(between: str) -> bool:
        """True if the words between two toponyms say that the first lies in the second ("X, in the Y")."""
        return bool(_WITHIN.match(between))

    @staticmethod
    def part_of(between: str) -> bool:
        """True if the words between two toponyms call the first a part of the second ("X, a suburb of Y")."""
        return bool(_PART_OF.match(between))

    @staticmethod
    def lists(between: str) -> bool:
        """True if the words between two toponyms may join members of one list ("X, Y", "X and Y")."""
        return bool(_LISTED.match(between))

    @staticmethod
    def holds(between: str) -> bool:
        """True if the words between two toponyms say that the first holds the second ("Syria's X")."""
        return bool(_POSSESSED.match(between)) and not _BORDERED.search(between)


_BORDERED = re.compile(
    r"\b(?:borders?|frontiers?|ties|talks|war|trade|deal|relations)\b"
)  # "the US's border with Mexico"


def _any(words: dict[str, frozenset[str]]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The table of place words, read once."""
    return PlaceWords()
