"""The lines of a flattened page with the kinds that rules gave them -> likelier kinds, by a linear model of signs.

The signs of a line are its shape, its words, where it stands, what stands beside it and what the rules made of it. How
much each speaks for each kind is data (``knowledge/data/en/lineweights.tsv``, made by ``training/lines/train.py``): a
line's kind has the highest sum. What the rules read as running text stays so unless the model is sure that it is not,
and nothing that they did not becomes it without sureness.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.records import BlockKind

FILE = DATA / "en" / "lineweights.tsv"
LOST = 0.01  # of running text, what is left of its likelihood where it is taken for something else
FOUND = 0.7  # likelihood from which a line becomes running text
TITLED = 0.3  # likelihood of the headline of a page where rules found none
SENTENCE = 45  # characters of the shortest line of running text
WORDS, PHRASE = 25, 5  # words of the longest line whose words are signs, of the longest neighbour's
BACK = 12  # lines above a line among which the heading of its list is
TELLING = (BlockKind.BODY, BlockKind.QUOTE, BlockKind.ITEM)
TITLES = frozenset({BlockKind.HEADLINE, BlockKind.TEASER, BlockKind.LINK, BlockKind.RELATED, BlockKind.ITEM})
FIXED = frozenset({BlockKind.FOREIGN, BlockKind.CORRECTION})  # kinds that rules alone give and take
_ENDED = re.compile(r"[.!?…:][\"”’')\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d+|[^\w\s]")
_PAST = re.compile(r"\b(?:said|was|were|had|has|have|did|told|[a-z]{3,}ed|killed|shot)\b")
_PRESENT = re.compile(r"\b(?:is|are|say|[a-z]{3,}s)\b")
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rule))
    for name, rule in (
        ("digit", r".*\d"),
        ("year", r".*\b(?:19|20)\d\d\b"),
        ("clock", r".*\d[:.h]\d\d"),
        ("month", r"(?i:.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)"),
        ("reader", r"(?i:[^\"“]*\b(?:you|your|us|our|we|my)\b[^\"“]*$)"),
        ("quoted", r".*[\"“]"),
        ("quotation", r"[\"“]"),
        ("address", r".*(?:@|https?:|www\.|\.(?:com|org|net)\b|\+\d)"),
        ("bar", r".*\|"),
        ("copyright", r".*©"),
        ("bracketed", r"[(\[].*[)\]]\.?$"),
        ("bracket", r"[^(\[].*[)\]]\.?$"),
        ("mark", r"[-–—•*]"),
        ("colon", r".*:."),
        ("slash", r".*/"),
        ("low", r"[^A-Z]"),
        ("place", r"\(?[A-Z][A-Za-z'’.-]+(?:[ /,]+[A-Z][\w'’.-]*){0,4},? ?(?:\([\w .-]+\))? ?(?:--|[–—-])$"),
        ("signed", r".*[.!?] [A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,2}(?:/[\w /]+)?$"),
        ("photographer", r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,2} ?/ ?[A-Z][\w /]+$"),
        ("section", r"[A-Z][\w'’-]*(?:,? [A-Z][\w'’-]*){0,2},? & [A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}$"),
        ("dateline", r"(?:\()?[A-Z][A-Za-z'’.-]+(?:[ /,]+[A-Z][\w'’.-]*){0,4}(?: ?\([\w .-]+\))? ?(?:--|[–—]|: | - )"),
    )
)


def retyped(texts: Sequence[str], kinds: Sequence[BlockKind]) -> list[BlockKind]:
    """The kind of each line; one line at most is the HEADLINE, among those above the first running text."""
    chances = [likelihoods(signs) for signs in signs_of(texts, kinds)]
    out = [_kind(text, kind, chance) for text, kind, chance in zip(texts, kinds, chances)]
    head = _headline(kinds, chances)
    return [BlockKind.HEADLINE if n == head else kind for n, kind in enumerate(out)]


def _kind(text: str, kind: BlockKind, chance: Mapping[BlockKind, float]) -> BlockKind:
    if kind in FIXED:
        return kind
    telling = sum(chance[k] for k in TELLING)
    if kind in TELLING and telling > LOST:
        return kind
    if kind not in TELLING and chance[BlockKind.BODY] > FOUND and len(text) >= SENTENCE and _ENDED.search(text):
        return BlockKind.BODY
    others = [k for k in chance if k is not BlockKind.HEADLINE and k not in (*TELLING, *FIXED)]
    return max(others, key=lambda k: (chance[k], k.value))


def _headline(kinds: Sequence[BlockKind], chances: Sequence[Mapping[BlockKind, float]]) -> int | None:
    first = next((n for n, kind in enumerate(kinds) if kind is BlockKind.BODY), len(kinds))
    ruled = next((n for n, kind in enumerate(kinds) if kind is BlockKind.HEADLINE), None)
    best = max(range(first), key=lambda n: (chances[n][BlockKind.HEADLINE], -n), default=None)
    if best is None or (ruled is None and chances[best][BlockKind.HEADLINE] < TITLED):
        return ruled
    return best


def likelihoods(signs: Sequence[str]) -> dict[BlockKind, float]:
    """How likely each kind is of a line with these signs; they add up to 1."""
    kinds, weights = _model()
    rows = [weights[sign] for sign in signs if sign in weights]
    sums = [math.fsum(column) for column in zip(*rows)] if rows else [0.0] * len(kinds)
    powers = [math.exp(s - max(sums)) for s in sums]
    return {kind: power / sum(powers) for kind, power in zip(kinds, powers)}


def signs_of(texts: Sequence[str], kinds: Sequence[BlockKind]) -> list[list[str]]:
    """The signs of each line, sorted."""
    shapes = [_shape(text) for text in texts]
    words = [_words(text) for text in texts]
    body = [n for n, kind in enumerate(kinds) if kind is BlockKind.BODY]
    head = next((n for n, kind in enumerate(kinds) if kind is BlockKind.HEADLINE), None)
    first, last = (body[0], body[-1]) if body else (len(texts), len(texts))
    told = [set(words[n]) for n in body[:6]]
    count, long = Counter(texts), {text for text in texts if len(text.split()) > 3}
    ranks = {n: rank for rank, n in enumerate(n for n in range(first) if _is_title(texts[n], kinds[n]))}
    out = []
    for n, text in enumerate(texts):
        kind, shape = kinds[n].value, shapes[n]
        zone = _zone(n, head, first, last)
        signs = {"any", f"zone {zone}", f"kind {kind}", *shape, *_lexical(words[n])}
        signs |= {f"{zone} {sign}" for sign in shape} | {f"{kind} {sign}" for sign in (*shape[:2], zone)}
        signs |= _beside(n, kinds, shapes, words)
        signs |= _distances(n, zone, head, first, last)
        if count[text] > 1:
            signs.add("again")
        if any(other in text and other != text for other in long):
            signs.add("holds another")
        if text in long and any(text in other and other != text for other in long):
            signs.add("held")
        if n in ranks:
            signs |= {f"title {min(ranks[n], 4)}", f"title {min(len(ranks) - ranks[n], 4)} last"}
        if under := _heading(n, texts, kinds):
            signs |= {"listed", f"under {under}"}
        own = {word for word in words[n] if len(word) > 3}
        others = (line for at, line in zip(body, told) if at != n)
        shared = max((len(own & line) / len(own) for line in others), default=0.0) if own else 0.0
        signs.add(f"told {_step(shared, (0.2, 0.4, 0.6))} {zone}")
        out.append(sorted(signs))
    return out


def _is_title(text: str, kind: BlockKind) -> bool:
    """True if a line above the text is long enough for a headline and nothing else by its own words."""
    return kind in TITLES and sum(word[:1].isalpha() for word in text.split()) > 3


def _step(value: float, bounds: Sequence[float]) -> int:
    return sum(value >= bound for bound in bounds)


def _words(text: str) -> list[str]:
    return ["#" if word.isdigit() else word.casefold() for word in _WORD.findall(text)]


def _shape(text: str) -> list[str]:
    """Length, end and capitals first, then the marks."""
    words = text.split()
    size = "long" if len(words) > 4 else "short"
    end = text.rstrip("\"”’')]")[-1:] if _ENDED.search(text) else "open"
    letters = [word for word in words if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in letters) / max(1, len(letters))
    out = [f"length {_step(len(words), (2, 3, 4, 5, 7, 10, 14, 20, 30))}", f"end {end}"]
    out.append(f"capitals {_step(capitals, (0.01, 0.3, 0.6, 0.99))} {size}")
    if text.isupper():
        out.append(f"upper {size}")
    if end != "open" and len(words) > 7:
        out.append(f"tense {'past' if _PAST.search(text) else 'present' if _PRESENT.search(text) else 'none'}")
    return out + [name for name, rule in _MARKS if rule.match(text)]


def _lexical(words: Sequence[str]) -> set[str]:
    if not words:
        return set()
    out = {f"first {words[0]}", f"last {words[-1]}", f"opens {' '.join(words[:2])}"}
    if len(words) <= WORDS:
        out |= {f"word {word}" for word in words}
    if len(words) < PHRASE:
        out.add(f"line {' '.join(words)}")
    return out


def _zone(n: int, head: int | None, first: int, last: int) -> str:
    if n < (first if head is None else head):
        return "above"
    if n < first:
        return "between"
    return "within" if n <= last else "below"


def _distances(n: int, zone: str, head: int | None, first: int, last: int) -> set[str]:
    if zone == "above":
        return {"no headline" if head is None else f"to headline {min(head - n, 4)}"}
    if zone == "between":
        return {f"to text {min(first - n, 6)}", f"from headline {min(n - (head or 0), 6)}"}
    return {f"from start {min(n - first, 3)}", f"to end {min(last - n, 3)}"} if zone == "within" else set()


def _beside(n: int, kinds: Sequence[BlockKind], shapes: Sequence[list[str]], words: Sequence[list[str]]) -> set[str]:
    out = set[str]()
    for step in (-2, -1, 1, 2):
        at = n + step
        if not 0 <= at < len(kinds):
            out.add(f"{step:+} edge")
            continue
        out.add(f"{step:+} {kinds[at].value}")
        if abs(step) == 1:
            out |= {f"{step:+} {sign}" for sign in shapes[at][:3]} | {f"{step:+} {kinds[at].value} {shapes[n][0]}"}
            out |= {f"{step:+} dateline"} if "dateline" in shapes[at] and kinds[at] is BlockKind.BODY else set()
            out |= {f"{step:+} word {word}" for word in words[at]} if len(words[at]) <= PHRASE else set()
    return out


def _heading(n: int, texts: Sequence[str], kinds: Sequence[BlockKind]) -> str:
    """The heading of the list that a line may be in, "" where there is none."""
    for at in range(n - 1, max(-1, n - BACK), -1):
        if kinds[at] in (BlockKind.BODY, BlockKind.HEADLINE):
            return ""
        if kinds[at] is BlockKind.RELATED and len(texts[at].split()) < PHRASE:
            return " ".join(_words(texts[at]))
    return ""


@lru_cache(maxsize=1)
def _model() -> tuple[tuple[BlockKind, ...], dict[str, tuple[float, ...]]]:
    rows = list(read_rows(FILE, columns=("sign", "kind", "weight")))
    kinds = tuple(sorted({BlockKind(row["kind"]) for row in rows}, key=lambda kind: kind.value))
    at = {kind.value: n for n, kind in enumerate(kinds)}
    table = dict[str, list[float]]()
    for row in rows:
        table.setdefault(row["sign"], [0.0] * len(kinds))[at[row["kind"]]] = float(row["weight"])
    return kinds, {sign: tuple(values) for sign, values in table.items()}
