"""A line of an English page -> what it can be by where it stands: a menu's entry, a title of office, a place, a box.

The forms are data (``knowledge/data/en/pageforms.tsv``): ``words`` are whole lines, ``pattern`` must match the line.
"""

import re
from functools import lru_cache

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.datelines import cities

FILE = DATA / "en" / "pageforms.tsv"
_LETTERS = re.compile(r"(?: [A-Z]{2,5})?[\s–—-]*$")


def is_fixed(kind: str, line: str) -> bool:
    """True if a line is one of the fixed lines of a kind; case and marks around it do not matter."""
    return line.casefold().strip(" :►›>()+-–0123456789,") in _fixed().get(kind, frozenset())


def matches(kind: str, line: str) -> bool:
    """True if a whole line has one of the forms of a kind."""
    return any(rule.fullmatch(line) for rule in _patterns().get(kind, ()))


def is_menu(line: str) -> bool:
    """True if a line is an entry of a menu or several side by side ("Share Tweet")."""
    return is_fixed("menu", line) or (bool(line.split()) and all(is_fixed("menu", word) for word in line.split()))


def is_place(line: str) -> bool:
    """True if a line names a city that datelines name alone, perhaps with its country or an outlet's letters."""
    return _LETTERS.sub("", line).split(",")[0].casefold() in cities()


def corrected(headline: str) -> str:
    """The headline behind a word that calls it corrected ("Correction: ..."), "" where there is none."""
    for rule in _patterns().get("corrected", ()):
        if met := rule.fullmatch(headline):
            return met[1]
    return ""


@lru_cache(maxsize=1)
def _fixed() -> dict[str, frozenset[str]]:
    rows = [r for r in read_rows(FILE, columns=("kind", "form", "text")) if r["form"] == "words"]
    return {kind: frozenset(r["text"] for r in rows if r["kind"] == kind) for kind in {r["kind"] for r in rows}}


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    rows = [r for r in read_rows(FILE, columns=("kind", "form", "text")) if r["form"] == "pattern"]
    kinds = {r["kind"] for r in rows}
    return {k: tuple(re.compile(r["text"], re.IGNORECASE) for r in rows if r["kind"] == k) for k in kinds}
