"""Run of lexemes -> matches of the patterns of ``data/en/times/patterns.tsv``, the longest first.

A pattern is a regular expression over classes of words; it is compiled to one over marks, one character a lexeme.
The matches of a string of marks are remembered: the same few hundred strings make up most of a text.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.times.words import Lexeme, Lexicon, Run, lexicon
from coranto.records import DataError

PUNCTUATION = {",": "comma", "-": "hyphen", "/": "slash"}
PART = re.compile(
    r"(?P<macro>[A-Z]+)|(?P<name>[a-z][a-z.]*)(?::(?P<alias>[a-z]+\d?))?|(?P<mark>[,/-])|(?P<operator>[()?*+|])|\s+"
)
WEAK = frozenset({  # classes that alone tell nothing of time
    "comma", "hyphen", "dash", "slash", "open", "close", "poss", "the",
    "a", "of", "in", "prep", "to", "and", "or", "approx",
    "other", "filler", "number", "number.day", "number.word", "number.fraction", "possessive", "several",
    "these", "per", "early", "mod", "edge", "rel.last", "rel.this",
    "rel.that", "rel.same", "rel.next", "rel.previous", "rel.following", "rel.coming",
    "before", "after", "another", "ordinal.second", "ordinal.word", "half", "times",
    "every", "between", "approxpost", "earlier", "later", "q", "h", "zone",
    "andhalf",
})  # fmt: skip


class Rule(NamedTuple):
    """A named pattern with the names of its guard and its reading."""

    name: str
    regex: re.Pattern[str]
    guard: str
    reading: str


class Match:
    """Where a rule matched: lexemes by the name that they have in its pattern."""

    __slots__ = ("first", "groups", "last", "lexemes", "rule", "text")

    def __init__(
        self, rule: Rule, text: str, lexemes: list[Lexeme], first: int, last: int, groups: dict[str, int]
    ) -> None:
        self.rule, self.text, self.lexemes = rule, text, lexemes
        self.first, self.last, self.groups = first, last, groups

    @property
    def start(self) -> int:
        """Where the expression begins in the text."""
        return self.lexemes[self.first].start

    @property
    def end(self) -> int:
        """Where the expression ends in the text."""
        return self.lexemes[self.last].end

    @property
    def words(self) -> str:
        """The expression in lower case."""
        return self.text[self.start : self.end].lower()

    def lexeme(self, name: str) -> Lexeme | None:
        """The lexeme of a name, if it takes part."""
        index = self.groups.get(name)
        return None if index is None else self.lexemes[index]

    def get(self, name: str) -> str | None:
        """The value of the lexeme of a name, if it takes part."""
        index = self.groups.get(name)
        return None if index is None else self.lexemes[index].value

    def has(self, name: str) -> bool:
        """True if a lexeme of that name takes part."""
        return name in self.groups

    def cls(self, name: str) -> str:
        """The class of the lexeme of a name, or ""."""
        index = self.groups.get(name)
        return "" if index is None else grammar().names[self.lexemes[index].mark]


class Grammar:
    """The compiled patterns."""

    def __init__(self, rows: list[dict[str, str]], known: Lexicon) -> None:
        self.known = known
        self.names = {mark: name for name, mark in known.marks.items()}
        self.macros: dict[str, str] = {}
        self.rules: list[Rule] = []
        for row in rows:
            if row["name"].startswith("="):
                self.macros[row["name"][1:]] = row["pattern"]
            else:
                self.rules.append(self._rule(row))
        strong = "".join(mark for name, mark in known.marks.items() if name not in WEAK)
        self.strong = re.compile(f"[{strong}]")
        self.find = lru_cache(maxsize=1 << 16)(self._find)

    def _rule(self, row: dict[str, str]) -> Rule:
        try:
            names: dict[str, int] = {}
            body = self._compile(row["pattern"], names)
            regex = re.compile(
                self._beside(row["before"], "<") + f"(?=(?P<whole>{body}){self._beside(row['after'], '')})"
            )
        except (KeyError, re.error) as error:
            raise DataError(
                f"patterns.tsv, {row['name']}: expected a pattern over known classes, met {error}"
            ) from error
        return Rule(row["name"], regex, row["guard"], row["reading"])

    def _set(self, name: str) -> str:
        marks = self.known.marked(name)
        if not marks:
            raise KeyError(name)
        return f"[{marks}]"

    def _beside(self, condition: str, side: str) -> str:
        if not condition:
            return ""
        sign = "!" if condition.startswith("!") else "="
        names = condition.lstrip("!").split("|")
        sets = "|".join("^" if name == "^" else self._set(PUNCTUATION.get(name, name)) for name in names)
        if side == "<" and "^" in names:
            kept = "|".join(self._set(name) for name in names if name != "^")
            return f"(?:(?<={kept})|^)" if sign == "=" else f"(?<!{kept})(?<!^)"
        return f"(?{side}{sign}{sets})"

    def _compile(self, pattern: str, names: dict[str, int]) -> str:
        out, at = [], 0
        while at < len(pattern):
            found = PART.match(pattern, at)
            if found is None:
                raise KeyError(pattern[at:])
            at = found.end()
            if found["macro"]:
                out.append(f"(?:{self._compile(self.macros[found['macro']], names)})")
            elif found["name"]:
                name = found["alias"] or found["name"].split(".")[0]
                names[name] = names.get(name, 0) + 1
                out.append(f"(?P<{name}__{names[name]}>{self._set(found['name'])})")
            elif found["mark"]:
                out.append(self._set(PUNCTUATION[found["mark"]]))
            elif found["operator"]:
                out.append("(?:" if found["operator"] == "(" else found["operator"])
        return "".join(out)

    def _find(self, marks: str) -> tuple[tuple[Rule, int, int, dict[str, int]], ...]:
        """Matches in a string of marks, the longest first, then in the order of the rules."""
        if not self.strong.search(marks):
            return ()
        found = []
        for order, rule in enumerate(self.rules):
            for match in rule.regex.finditer(marks):
                start, end = match.span("whole")
                groups = {n.split("__")[0]: match.start(n) for n, hit in match.groupdict().items() if hit and "__" in n}
                found.append((start - end, order, start, end, rule, groups))
        found.sort(key=lambda f: f[:3])
        return tuple((rule, start, end - 1, groups) for _, _, start, end, rule, groups in found)


@cache
def grammar() -> Grammar:
    """The grammar of ``data/en/times``, read once."""
    rows = list(
        read_rows(
            DATA / "en" / "times" / "patterns.tsv", columns=("name", "before", "pattern", "after", "guard", "reading")
        )
    )
    return Grammar(rows, lexicon())


def matches(text: str, run: Run, accept: Callable[[Match], bool]) -> list[Match]:
    """Accepted matches of a run that do not overlap, in order of text; longer ones are preferred."""
    taken: list[Match] = []
    for rule, first, last, groups in grammar().find(run.marks):
        if any(first <= other.last and other.first <= last for other in taken):
            continue
        match = Match(rule, text, run.lexemes, first, last, groups)
        if accept(match):
            taken.append(match)
    return sorted(taken, key=lambda m: m.first)
