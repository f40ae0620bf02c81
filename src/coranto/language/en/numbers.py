"""Text -> its quantities: digits and number words with their qualifiers, as inclusive bounds.

Rules for words that name no number: "dozens" is 24 or more, "scores" 40, "hundreds" 200, "thousands" 2,000, "tens of
thousands" 20,000, "several" and "a few" 3 or more: always the least that the plural allows, open above, not exact.
"At least 12" and "more than 12" are 12 or more; "up to 12" and "fewer than 12" are 12 or less; "about 12", "some 12",
"nearly 12" are 12, not exact; "12 or more" is 12 or more.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple


class Quantity(NamedTuple):
    """A number as told: ``[start, end)`` with its qualifier, ``[core, end)`` without it; None = open."""

    start: int
    core: int
    end: int
    low: Decimal | None
    high: Decimal | None
    exact: bool
    percent: bool = False


UNITS = {
    w: Decimal(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {w: Decimal(10 * n) for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9),
    "trillion": Decimal(10**12), "bn": Decimal(10**9), "mn": Decimal(10**6), "m": Decimal(10**6), "k": Decimal(1000),
    "dozen": Decimal(12),
}  # fmt: skip
VAGUE = {
    "dozens": Decimal(24), "scores": Decimal(40), "hundreds": Decimal(200), "thousands": Decimal(2000),
    "tens of thousands": Decimal(20_000), "hundreds of thousands": Decimal(200_000), "millions": Decimal(2_000_000),
    "tens of millions": Decimal(20_000_000), "billions": Decimal(2 * 10**9), "several": Decimal(3),
    "a few": Decimal(3), "several dozen": Decimal(36), "a few dozen": Decimal(36), "several hundred": Decimal(300),
    "a few hundred": Decimal(300), "several thousand": Decimal(3000), "a few thousand": Decimal(3000),
    "a handful": Decimal(3), "a number": Decimal(2), "a score": Decimal(20),
    "tens": Decimal(20), "multiple": Decimal(2), "a couple": Decimal(2), "a couple dozen": Decimal(24),
    "numerous": Decimal(3),
}  # fmt: skip
FRACTIONS = {"half": (1, 2), "a third": (1, 3), "one-third": (1, 3), "two-thirds": (2, 3), "two thirds": (2, 3),
             "a quarter": (1, 4), "one-quarter": (1, 4), "three-quarters": (3, 4), "three quarters": (3, 4),
             "a fifth": (1, 5), "one-fifth": (1, 5), "a tenth": (1, 10)}  # fmt: skip
LEAST = (
    "at least", "no fewer than", "not less than", "no less than", "more than", "over", "upwards of", "in excess of",
    "greater than", "a minimum of", "well over", "above", "well above", "surpassing", "exceeding",
)  # fmt: skip
MOST = (
    "up to", "as many as", "at most", "no more than", "not more than", "fewer than", "less than", "under",
    "a maximum of", "below",
)  # fmt: skip
ABOUT = (
    "about", "around", "some", "approximately", "roughly", "nearly", "almost", "close to", "an estimated", "estimated",
    "circa", "more or less", "as few as", "just under", "just over", "perhaps", "an average of", "reportedly",
)  # fmt: skip

_WORD = "|".join([*UNITS, *TENS])
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_AFTER_SCALE = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = (
    rf"(?:(?:{_WORD}|(?:a|an|half a)\s+(?={_SCALE}))"
    rf"(?:[\s-]+(?:{_WORD}|{_SCALE})|{_AFTER_SCALE}\s+and(?=\s+(?:{_WORD})\b))*(?:\s*{_SCALE})?"
    rf"|(?:a|an)\s+(?:{_SCALE})(?:\s+(?:{_SCALE}))?)"
)
_ONE = rf"(?:(?:{_DIGITS})(?:\s*-?\s*(?:{_SCALE}|bn|mn)\b(?!-)|[mk]\b)?|\b{_WORDS}\b)"
_TRAIL = r"\s+or\s+(?P<more>more|fewer|less)\b"


def _any(phrases: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))


_SCAN = re.compile(
    rf"(?<![\w.,$€£-])(?:(?P<between>between)\s+)?"
    rf"(?:(?P<least>{_any(LEAST)})\s+|(?P<most>{_any(MOST)})\s+|(?P<about>{_any(ABOUT)})\s+)*"
    rf"(?P<money>[$€£]\s?|US\$\s?)?(?:(?P<vague>\b(?:{_any(list(VAGUE))})\b(?:\s+of(?=\s+(?!the\b)))?)"
    rf"|(?P<fraction>\b(?:{_any(list(FRACTIONS))})\b(?=\s+of\b|\s+the\b))"
    rf"|(?P<low>{_ONE})(?:\s*(?:-|–|—|\bto\b|\band\b(?<=and)|\bor\b)\s*(?P<high>{_ONE}))?)"
    rf"(?P<percent>\s*(?:%|percent\b|per\s+cent\b))?(?:{_TRAIL})?(?![\w])",
    re.IGNORECASE,
)
_DIGIT, _BETWEEN = re.compile(r"\d"), re.compile(r"\W+")
_SPELT = frozenset(  # words of which every quantity without a digit holds one
    {w for phrase in (*VAGUE, *FRACTIONS) for w in _BETWEEN.split(phrase) if w not in ("a", "of")}
    | {w + scale for w in (*UNITS, *TENS) for scale in ("", *_SCALE.split("|"))}
    | set(_SCALE.split("|"))
)


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order; what it counts is not decided here."""
    if _DIGIT.search(text) or not _SPELT.isdisjoint(_BETWEEN.split(text.casefold())):
        return list(_scan(text))
    return []


def _scan(text: str) -> Iterator[Quantity]:
    at = 0
    while match := _SCAN.search(text, at):
        made, end = _made(text, match)
        if made is not None:
            yield made
        at = max(end, match.start() + 1)


def _made(text: str, m: re.Match[str]) -> tuple[Quantity | None, int]:
    core = next(m.start(g) for g in ("vague", "fraction", "low") if m[g])
    exact = not m["about"]
    if m["vague"]:
        key = re.sub(r"\s+of$", "", " ".join(m["vague"].lower().split()))
        if key == "a couple" and not re.search(r"of$", m["vague"], re.IGNORECASE):
            return None, m.end("vague")  # two who live together
        least = VAGUE[key]
        most = least if key == "a couple" else None
        return Quantity(m.start(), core, m.end("vague"), least, most, False), m.end()
    if m["fraction"]:
        top, bottom = FRACTIONS[" ".join(m["fraction"].lower().split())]
        share = _plain((Decimal(100 * top) / bottom).quantize(Decimal("0.1")))
        return Quantity(m.start(), core, m.end("fraction"), *_bounds(m, share), bottom != 3 and exact, True), m.end()
    end = m.end("percent") if m["percent"] else m.end("low")
    low, high = number(m["low"]), number(m["high"]) if m["high"] else None
    if low is None:
        return None, m.end("low")
    joined = text[m.end("low") : m.start("high")].strip().lower() if m["high"] else ""
    if high is not None and _is_range(m, joined, low, high):
        if low < 1000 <= high and _scaled(m["high"]) and not _scaled(m["low"]) and low < high / _scaled(m["high"]):
            low *= _scaled(m["high"])
        return Quantity(
            m.start(), core, m.end("percent") if m["percent"] else m.end("high"), low, high, exact, bool(m["percent"])
        ), m.end()
    if m["high"]:
        end = m.end("low")
    if re.search(r"\bdozen$", m["low"], re.IGNORECASE):
        exact = False
    lower, upper = _bounds(m, low)
    more = m["more"].lower() if m["more"] and not m["high"] else ""
    if more:
        lower, upper = (low, None) if more == "more" else (None, low)
        end = m.end()
    return Quantity(m.start(), core, end, lower, upper, exact, bool(m["percent"] and not m["high"])), end


def _is_range(m: re.Match[str], joined: str, low: Decimal, high: Decimal) -> bool:
    if joined == "and":
        return bool(m["between"]) and low < high
    return joined in ("-", "–", "—", "to", "or") and low < high


def _bounds(m: re.Match[str], value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    if m["least"]:
        return value, None
    if m["most"]:
        return None, value
    return value, value


def _scaled(words: str) -> Decimal:
    found = re.search(rf"({_SCALE}|bn|mn)$", words.strip(), re.IGNORECASE)
    return SCALES[found[1].lower()] if found else Decimal(0)


def number(words: str) -> Decimal | None:
    """The value of digits or number words ("1,200", "1.5 million", "twenty-three", "half a million"), else None."""
    total = current = Decimal(0)
    for word in re.findall(r"[\d.,]+|[a-z]+", words.lower()):
        if word[0].isdigit():
            try:
                current += Decimal(word.rstrip(".,").replace(",", ""))
            except InvalidOperation:
                return None
        elif word in UNITS or word in TENS:
            current += UNITS.get(word, TENS.get(word, Decimal(0)))
        elif word in ("a", "an"):
            current = current or Decimal(1)
        elif word == "half":
            current = Decimal("0.5")
        elif word in SCALES and word != "hundred":
            current = (current or Decimal(1)) * SCALES[word]
            total, current = total + current, Decimal(0)
        elif word == "hundred":
            current = (current or Decimal(1)) * 100
    value = total + current
    return _plain(value)


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
