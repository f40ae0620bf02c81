"""A paragraph of an English page -> its stretches by kind: what is news, what is credit, caption, label or furniture.

The forms are data (``knowledge/data/en/boilerplate.tsv``): ``line`` must match a whole paragraph, ``head`` its
beginning, ``tail`` its end after a sentence's end, ``inline`` any stretch of it. ``{wire}``, ``{outlet}`` and
``{month}`` stand for the names of agencies, of outlets, and of months. The first form that matches wins.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.outlets import OutletTable
from coranto.knowledge.tables import read_rows
from coranto.language.detect import OWN, language
from coranto.records import BlockKind, DataError

FILE = DATA / "en" / "boilerplate.tsv"
LONGEST = 1_200  # characters: a longer paragraph is no furniture as a whole
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PLACES = {
    "line": "(?:{})",
    "head": "(?:{})",
    "tail": r"(?:(?<=[.!?”\"’)\]])|(?<=[.!?”\"’)\]]\s))(?:{})\s*$",
    "inline": "(?:{})",
}


class Stretch(NamedTuple):
    """Part of a paragraph: half-open offsets into it; the language where it is another one."""

    kind: BlockKind
    start: int
    end: int
    language: str = ""


Typing = Callable[[str], list[Stretch]]


def make(outlets: OutletTable) -> Typing:
    """A function from a paragraph to its stretches: in order, not overlapping, none empty; what has no other form is
    BODY."""
    forms = list(_forms(outlets))
    lines = [(kind, rule) for where, kind, rule in forms if where == "line"]
    heads = [(kind, rule) for where, kind, rule in forms if where == "head"]
    parts = [(kind, rule) for where, kind, rule in forms if where in {"tail", "inline"}]

    def stretches(paragraph: str) -> list[Stretch]:
        if (told := language(paragraph)) != OWN:
            return [Stretch(BlockKind.FOREIGN, 0, len(paragraph), told)]
        if len(paragraph) <= LONGEST:
            for kind, rule in lines:
                if rule.fullmatch(paragraph):
                    return [Stretch(kind, 0, len(paragraph))]
        found: list[Stretch] = []
        start = 0
        while met := next((m for _, rule in heads if (m := rule.match(paragraph, start)) and m.end() > start), None):
            start = met.end()
        if start:
            found.append(Stretch(BlockKind.BOILERPLATE, 0, start))
        for kind, rule in parts:
            for met in rule.finditer(paragraph, start):
                if met.end() > met.start() and not any(met.start() < s.end and s.start < met.end() for s in found):
                    found.append(Stretch(kind, met.start(), met.end()))
        return list(_filled(paragraph, sorted(found, key=lambda s: s.start)))

    return stretches


def _filled(text: str, found: list[Stretch]) -> Iterator[Stretch]:
    """The found stretches and the body between them, each without white space at its edges."""
    at = 0
    for stretch in [*found, Stretch(BlockKind.BODY, len(text), len(text))]:
        for kind, start, end in ((BlockKind.BODY, at, stretch.start), stretch[:3]):
            piece = text[start:end]
            left = start + len(piece) - len(piece.lstrip())
            right = end - len(piece) + len(piece.rstrip())
            if left < right and (kind is not BlockKind.BODY or any(c.isalnum() for c in text[left:right])):
                yield Stretch(kind, left, right)
        at = stretch.end


def _forms(outlets: OutletTable) -> Iterator[tuple[str, BlockKind, re.Pattern[str]]]:
    names = {
        "{wire}": outlets.wire_names.pattern,
        "{outlet}": outlets.names.pattern,
        "{month}": _MONTH,
    }
    for row in read_rows(FILE, columns=("kind", "where", "pattern")):
        pattern = row["pattern"]
        for name, expression in names.items():
            pattern = pattern.replace(name, f"(?:{expression})")
        try:
            rule = re.compile(_PLACES[row["where"]].replace("{}", pattern), re.IGNORECASE | re.DOTALL)
            yield row["where"], BlockKind(row["kind"]), rule
        except (KeyError, ValueError, re.error) as error:
            raise DataError(f"{FILE}: expected a kind, a place and a pattern, met {row} ({error})") from error
