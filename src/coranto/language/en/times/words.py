"""Text -> runs of neighbouring time words.

A lexeme is a word, phrase or number that may take part in a time expression, with its class ("month.full") and value.
Each class has one character, so that a run of lexemes can be matched as a string (see ``patterns``).
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows

FIRST_CHARACTER = 0xE000  # of the private use area
SHAPES = (
    "comma", "hyphen", "dash", "slash", "open", "close", "poss", "iso", "numeric", "clock", "clock.dotted", "decade",
    "number.day", "number.year", "number", "number.fraction", "ordinal.day", "yy", "ampm",
)  # fmt: skip

TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)"
    r"|(?P<iso>\d{4}/\d\d/\d\d(?![\d/])|"
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))"
    r"|(?P<numeric>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{1,2}\.\d{1,2}\.\d{4}(?!\.?\d)|"
    r"\d{1,2}-\d{1,2}-(?:\d{4}|\d\d)(?![\d-]))"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))"
    r"|(?P<decade>\d{3}0['’]?s(?!\w)|['’]\d0s(?!\w)|\d0s(?!\w))"
    r"|(?P<ordinal>\d{1,3}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[ -]\d/\d(?!\d))?)"
    r"|(?P<poss>['’]s(?!\w))"
    r"|(?P<yy>['’]\d\d(?!\w))"
    r"|(?P<comma>,)|(?P<hyphen>[-‐‑])|(?P<dash>[–—])|(?P<slash>/)|(?P<open>\()|(?P<close>\))"
    r"|(?P<other>\S)"
)
AMPM = re.compile(r"([ap])(?:\.\s?m\b\.?|m\b)", re.I)
LONGEST = 64  # lexemes of a run: longer ones (tables, hostile input) are cut, so that time stays bounded
DAY_NUMBERS = {str(n) for n in range(1, 32)} | {f"{n:02d}" for n in range(1, 10)}


class Lexeme(NamedTuple):
    """A word, phrase or number of a time expression. ``start``/``end`` index the text."""

    mark: str  # the character of its class
    value: str
    start: int
    end: int


class Run(NamedTuple):
    """Neighbouring lexemes and the string of their marks."""

    lexemes: list[Lexeme]
    marks: str


class Lexicon:
    """The words and phrases that may take part in time expressions, with one character for each class."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        classes = dict.fromkeys(SHAPES) | dict.fromkeys(row["class"] for row in rows)
        self.marks = {name: chr(FIRST_CHARACTER + n) for n, name in enumerate(classes)}
        self.dotted = {self.marks[n] for n in ("month.short", "weekday.short")}
        self.numbers = self.marked("number")
        self.words: dict[str, tuple[str, str]] = {}
        self.phrases: dict[str, tuple[re.Pattern[str], dict[str, tuple[str, str]]]] = {}
        phrases: dict[str, dict[str, tuple[str, str]]] = {}
        for row in rows:
            entry = (self.marks[row["class"]], row["value"])
            token = TOKEN.match(row["word"])
            if token and token[0] != row["word"]:
                phrases.setdefault(token[0].lower(), {})[_folded(row["word"])] = entry
                continue
            for form in _forms(row["word"], row["form"]):
                self.words[form] = entry
        for first, known in phrases.items():
            longest = sorted(known, key=lambda phrase: (-len(phrase), phrase))
            pattern = "|".join(r"[\s-]+".join(map(_flexible, phrase.split())) for phrase in longest)
            compiled = re.compile(rf"(?:{pattern})(?!\w)", re.I)
            for form in (first, first.capitalize(), first.upper()):
                self.phrases[form] = (compiled, known)

    def marked(self, name: str) -> str:
        """The characters of a class and of the classes below it ("month" holds "month.full")."""
        return "".join(mark for known, mark in self.marks.items() if known == name or known.startswith(name + "."))


def _folded(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase).replace("’", "'").lower()


def _flexible(word: str) -> str:
    return re.escape(word).replace("'", "['’]")


def _forms(word: str, form: str) -> tuple[str, ...]:
    if form == "exact":
        return (word,)
    if form:
        return (word, word.upper())
    return (word, word.capitalize(), word.upper())


@cache
def lexicon() -> Lexicon:
    """The lexicon of ``data/en/times``, read once."""
    times = DATA / "en" / "times"
    rows = list(read_rows(times / "words.tsv", columns=("word", "class", "value", "form")))
    for day in read_rows(times / "named_days.tsv", columns=("name", "rule")):
        rows.append({"word": day["name"], "class": "named", "value": day["rule"], "form": "cap"})
    return Lexicon(rows)


def runs(text: str, start: int, end: int) -> Iterator[Run]:
    """Maximal runs of lexemes with nothing but white space between them, in order of text."""
    known = lexicon()
    words, phrases, by_shape = known.words, known.phrases, _shapes(known)
    held: list[Lexeme] = []
    skip = start
    for found in TOKEN.finditer(text, start, end):
        a, b = found.span()
        if a < skip:
            continue
        lexeme = None
        if found.lastgroup == "word":
            word = found[0]
            if (
                word[0] in "aApP"
                and (text[a - 1 : a].isdigit() or text[a - 2 : a - 1].isdigit())
                and (lexeme := _ampm(known, text, a))
            ):
                pass
            elif word in phrases and (lexeme := _phrase(known, word, text, a, end)):
                pass
            elif word in words:
                mark, value = words[word]
                if mark in known.dotted and b < end and text[b] == ".":
                    b += 1
                lexeme = Lexeme(mark, value, a, b)
        elif found.lastgroup != "other":
            lexeme = by_shape(found, text)
        if held and (
            len(held) >= LONGEST
            or lexeme is None
            or (a - skip > 1 and "\n" in text[skip:a] and text[skip:a].count("\n") > 1)
        ):
            yield _run(known, held)
            held = []
        if lexeme is None:
            skip = b
            continue
        held.append(lexeme)
        skip = lexeme.end
    if held:
        yield _run(known, held)


def _phrase(known: Lexicon, word: str, text: str, start: int, end: int) -> Lexeme | None:
    compiled, entries = known.phrases[word]
    found = compiled.match(text, start, end)
    if found is None:
        return None
    mark, value = entries[_folded(found[0])]
    if mark == known.marks["named"] and text[start : found.end()].islower():
        return None
    return Lexeme(mark, value, start, found.end())


def _ampm(known: Lexicon, text: str, start: int) -> Lexeme | None:
    found = AMPM.match(text, start)
    return Lexeme(known.marks["ampm"], found[1].lower() + "m", start, found.end()) if found else None


def _shapes(known: Lexicon) -> Callable[[re.Match[str], str], Lexeme]:
    marks = known.marks

    def lexeme(found: re.Match[str], text: str) -> Lexeme:
        name, value = found.lastgroup or "", found[0]
        a, b = found.span()
        if name == "number":
            name, value = _number(value, text, b)
        elif name == "ordinal":
            value = value[:-2]
            name = "ordinal.day" if value in DAY_NUMBERS else "ordinal.word"
        elif name == "hyphen" and (text[a - 1 : a].isspace() or text[b : b + 1].isspace()):
            name = "dash"
        return Lexeme(marks[name], value, a, b)

    return lexeme


def _number(value: str, text: str, end: int) -> tuple[str, str]:
    plain = value.replace(",", "")
    if plain in DAY_NUMBERS:
        return "number.day", plain
    if len(value) == 4 and value.isdigit() and "1000" <= value <= "2199":
        return "number.year", plain
    if re.fullmatch(r"\d{1,2}\.\d\d", plain) and re.match(
        r"\s?(?:[ap]\.?m|GMT|UTC|hours|local)", text[end : end + 8], re.I
    ):
        return "clock.dotted", plain.replace(".", ":")
    return ("number.fraction" if re.search(r"[./]", plain) else "number"), plain


def _run(known: Lexicon, held: list[Lexeme]) -> Run:
    marks = "".join([lexeme.mark for lexeme in held])
    if known.marks["number.word"] in marks and len(held) > 1:
        held = _merged(known, held)
        marks = "".join([lexeme.mark for lexeme in held])
    return Run(held, marks)


def _merged(known: Lexicon, held: list[Lexeme]) -> list[Lexeme]:
    """Number words that make one number ("twenty-five", "two hundred") as one lexeme; "nineteen ninety" as a year."""
    word, hyphen = known.marks["number.word"], known.marks["hyphen"]
    out: list[Lexeme] = []
    n = 0
    while n < len(held):
        lexeme = held[n]
        n += 1
        if lexeme.mark not in known.numbers:
            out.append(lexeme)
            continue
        while n < len(held):
            m = n + 1 if held[n].mark == hyphen and n + 1 < len(held) else n
            if held[m].mark != word or (joined := _joined(lexeme, held[m])) is None:
                break
            name, value = joined
            lexeme = Lexeme(known.marks[name], value, lexeme.start, held[m].end)
            n = m + 1
        out.append(lexeme)
    return out


def _joined(left: Lexeme, right: Lexeme) -> tuple[str, str] | None:
    if not (left.value.isdigit() and right.value.isdigit()):
        return None
    a, b = int(left.value), int(right.value)
    if b in (100, 1000, 1000000) and 0 < a < 1000:
        return "number.word", str(a * b)
    if 20 <= a < 100 and a % 10 == 0 and 0 < b < 10:
        return "number.word", str(a + b)
    if a in (17, 18, 19, 20) and 10 <= b < 100 and left.value != "20":
        return "number.year", str(a * 100 + b)
    if 1700 <= a < 2100 and a % 10 == 0 and a % 100 >= 20 and 0 < b < 10:
        return "number.year", str(a + b)
    if a in (1000, 2000) and 0 < b < 100:
        return "number.year", str(a + b)
    return None
