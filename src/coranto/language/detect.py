"""Text -> the language that it is written in, as far as its script, its letters and its function words tell.

Made to part English paragraphs from others, not to name every language: a paragraph counts as another language only
where that is plain, and names within English text are never enough. The words and letters are data
(``knowledge/data/languages``).
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows

WORDS = DATA / "languages" / "function_words.tsv"
SCRIPTS = DATA / "languages" / "scripts.tsv"
READ = 2000  # characters that are looked at
OWN = "en"  # the language that is coded
UNKNOWN = "und"
FEWEST_LETTERS = 6  # of another script
SHORT, FEWEST = 10, 4  # words: below the first a line needs plainer signs, below the second it has none
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class _Forms(NamedTuple):
    words: dict[str, frozenset[str]]  # language -> its function words
    scripts: tuple[tuple[str, str], ...]  # language, name of a script in its letters' Unicode names
    letters: tuple[tuple[str, frozenset[str]], ...]  # language, letters that tell it from others of its script


def language(text: str) -> str:
    """ISO 639-1 code of a text's language; ``en`` also where nothing tells; ``und`` for another that is not known."""
    text = text[:READ]
    letters = [] if text.isascii() else [c for c in text if c.isalpha()]
    other = [] if text.isascii() else [c for c in letters if ord(c) > 0x24F and "LATIN" not in unicodedata.name(c, "")]
    if len(other) >= FEWEST_LETTERS and 2 * len(other) > len(letters):
        return _by_script(other)
    return _by_words(text)


def _by_script(letters: list[str]) -> str:
    forms = _forms()
    names = Counter(unicodedata.name(c, "").split(" ")[0] for c in letters[:400])
    most = names.most_common(1)[0][0]
    for code, told in forms.letters:
        if sum(c.lower() in told for c in letters) >= max(1, len(letters) / 100):
            return code
    return next((code for code, script in forms.scripts if script.upper() == most), UNKNOWN)


def _by_words(text: str) -> str:
    words = [w.replace("’", "'") for w in _WORD.findall(text)]
    if len(words) < FEWEST:
        return OWN
    told = [w.casefold() for w in words if len(words) >= SHORT or w.islower()]
    english = _forms().words[OWN]
    rest = [w for w in told if w not in english]
    if len(words) >= SHORT and len(told) - len(rest) >= 0.3 * len(words):
        return OWN
    found = Counter(code for w in rest for code in _languages().get(w, ()))
    if not found:
        return OWN
    best = max(found, key=lambda code: (found[code], code))
    theirs = found[best]
    ours = sum(w in english and w not in _forms().words[best] for w in told)
    marked = sum(any(ord(c) > 0x7F for c in w) for w in words if w.islower())
    signs = theirs + min(marked, theirs + 1)
    if len(words) >= SHORT:
        plain = theirs >= 2 and signs >= 3 and signs > 0.2 * len(words) and signs > 2 * ours
    else:
        plain = not ours and theirs >= 2 and signs > 0.3 * len(words)
    return best if plain else OWN


@lru_cache(maxsize=1)
def _languages() -> dict[str, tuple[str, ...]]:
    """Each function word with the languages that have it."""
    made: dict[str, list[str]] = {}
    for code, known in _forms().words.items():
        if code != OWN:
            for word in known:
                made.setdefault(word, []).append(code)
    return {word: tuple(sorted(codes)) for word, codes in made.items()}


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    words: dict[str, set[str]] = {}
    for row in read_rows(WORDS, columns=("word", "language")):
        words.setdefault(row["language"], set()).add(row["word"])
    rows = list(read_rows(SCRIPTS, columns=("kind", "language", "text")))
    return _Forms(
        {code: frozenset(known) for code, known in words.items()},
        tuple((r["language"], r["text"]) for r in rows if r["kind"] == "script"),
        tuple((r["language"], frozenset(r["text"])) for r in rows if r["kind"] == "letters"),
    )
