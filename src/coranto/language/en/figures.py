"""A parsed sentence -> the figures that it tells: what is counted, how many, of whom, and whose.

The words that say what a number counts are data (``data/en/figures.tsv``): verbs by what becomes of their object
(slot ``patient``) or what their subject does (``agent``), states ("5 dead"), counted nouns (``noun``), and nouns whose
"of" counts people (``of``, ``toll``). Numbers that count nothing (years, ages, weapons, resolutions) are left out.
"""

import re
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.numbers import Quantity, quantities
from coranto.language.en.votes import votes
from coranto.language.trees import Tree
from coranto.records import FigureKind

HARM = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.MISSING, FigureKind.DETAINED, FigureKind.ABDUCTED,
                  FigureKind.RELEASED, FigureKind.RESCUED, FigureKind.CASUALTIES})  # fmt: skip
GENERIC = frozenset(
    {
        "people",
        "person",
        "other",
        "one",
        "individual",
        "life",
        "victim",
        "casualty",
        "death",
        "fatality",
        "injury",
        "body",
    }
)
GROUPS = frozenset("people police personnel family couple crew number group attack strike toll total dozen hundred "
                   "majority few lot variety series result death one pair team unit convoy bomb body".split())  # fmt: skip
PERSONAL = HARM | {
    FigureKind.DISPLACED,
    FigureKind.REFUGEES,
    FigureKind.FLED,
    FigureKind.PERSONNEL,
    FigureKind.PARTICIPANTS,
}
FOUND = frozenset({"find", "discover", "discovery", "recover", "unearth", "exhume", "retrieve", "contain"})
TIME_UNITS = frozenset("day hour year month week minute second decade century night weekend quarter morning time round "
                       "anniversary birthday".split())  # fmt: skip
MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_DATE_BEFORE = re.compile(rf"\b{MONTHS}\s*(?:\d{{1,2}}\s*[-–,]\s*)?$")
_DATE_AFTER = re.compile(rf"^(?:st|nd|rd|th)?\s*(?:of\s+)?(?:[-–]\s*\d{{1,2}}\s+)?{MONTHS}(?![a-z])")
_NOT_AFTER = re.compile(
    r"^(?:\s*[-–]?\s*(?:years?|months?|weeks?|days?|hours?|minutes?)\b|[-–](?:year|month|week|day|hour|minute|point|nation|member"
    r"|storey|story|man|mile|kilometer|kilometre|meter|metre|strong|seat|page|time|way|foot|inch|mm|millimeter)"
    r"|\s*(?:a\.?m\.?|p\.?m\.?|GMT|UTC|o'clock|mm|degrees|local time)\b|:\d|[A-Z]|(?:st|nd|rd|th)\b|/\d|\s*°)",
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:No\.|no\.|number|Number|Resolution|resolution|Article|article|Section|section|Chapter|chapter|aged|age|Flight|Highway|Route"
    r"|Room|Apartment|Brigade|Unit|Line|Phase|Type|Boeing|Airbus|Windows|World War|Covid|COVID|Channel|Building|Gate|Group of|Operation"
    r"|Base|Camp|Tower|Zone|Area|Division|Regiment|Battalion|Big|Top|top|Formula|Level|level|Stage|stage|version|page|per|every)\s*#?\s*"
    r"|#\s*|[:/]\s*|\d[-–.]\s*)$"
)
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_AGE = re.compile(r"[A-Za-z]\s*,\s*$|\(\s*$")
_AGE_AFTER = re.compile(r"^\s*[,)]")


class Told(NamedTuple):
    """One figure of a sentence. ``first``..``last`` are its tokens; ``subset`` = it is counted in another one."""

    first: int
    last: int
    head: int
    what: FigureKind
    low: Decimal | None
    high: Decimal | None
    exact: bool
    unit: str
    of_whom: str
    owner: str  # the words that say whose loss or asset it is: "Russian"
    subset: bool = False
    others: bool = False  # "six others": counted beside persons told of before


class Lexicon:
    """The words of ``data/en/figures.tsv`` by slot."""

    def __init__(self) -> None:
        self.slots: dict[str, dict[str, FigureKind | None]] = defaultdict(dict)
        for row in read_rows(DATA / "en" / "figures.tsv", columns=("lemma", "slot", "what")):
            self.slots[row["slot"]][row["lemma"]] = FigureKind(row["what"]) if row["what"] else None

    def get(self, slot: str, lemma: str) -> FigureKind | None:
        """What the word counts in that slot, or None."""
        return self.slots[slot].get(lemma)

    def human(self, lemma: str) -> bool:
        """True for a noun for people."""
        return lemma in self.slots["person"] or lemma in self.slots["force"]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The table, read once."""
    return Lexicon()


def told(tree: Tree) -> list[Told]:
    """The figures of a sentence, in order of text."""
    lex = lexicon()
    base = tree.sentence.span.start
    text = tree.text[base : tree.sentence.span.end]
    out: list[Told] = []
    taken: list[tuple[int, int]] = []
    for v in votes(text):
        tokens = _tokens(tree, base + v.start, base + v.end)
        if tokens:
            taken.append((v.start, v.end))
            out.append(Told(tokens[0], tokens[-1], tokens[0], v.what, v.number, v.number, True, "votes", "", ""))
    for q in quantities(text):
        if any(a < q.end and q.start < b for a, b in taken):
            continue
        tokens = _tokens(tree, base + q.core, base + q.end)
        if tokens and not _no_figure(tree, text, q, tokens) and (made := _figure(tree, lex, text, q, base)):
            out.append(made)
    covered = {i for t in out for i in range(t.first, t.last + 1)}
    out.extend(t for i in range(tree.n) if i not in covered and (t := _single(tree, lex, i)))
    return sorted(out)


def _tokens(tree: Tree, start: int, end: int) -> list[int]:
    return [i for i in range(tree.n) if tree.starts[i] < end and start < tree.ends[i]]


def _no_figure(tree: Tree, text: str, q: Quantity, tokens: list[int]) -> bool:
    """True for years, dates, ages, times, addresses, names with numbers, and "one" as a pronoun."""
    before, after, core = text[: q.core], text[q.end :], text[q.core : q.end]
    bare = core.replace(" ", "")
    if q.percent:
        return False
    if _NOT_AFTER.match(after) or _NOT_BEFORE.search(before) or _DATE_BEFORE.search(before):
        return True
    if q.low is not None and q.low <= 31 and _DATE_AFTER.match(after):
        return True
    last = tokens[-1]
    noun = tree.heads[last] if tree.relations[last] == "nummod" else None
    if noun is not None and tree.lemmas[noun] in TIME_UNITS:
        return True
    if _YEAR.match(bare) and q.start == q.core and (noun is None or noun < last):
        return True
    if noun is not None and noun < last and tree.pos[noun] == "PROPN" and not _AGE.search(before):
        return True
    if bare.isdigit() and len(bare) <= 2 and _AGE.search(before) and _AGE_AFTER.match(after):
        return True
    return core.lower() == "one" and bool(
        re.match(r"^\s+(?:of\b(?! (?:the|them|whom|his|her|its|their)\b)|another|day\b)|^[-’']", after)
    )


def _figure(tree: Tree, lex: Lexicon, text: str, q: Quantity, base: int) -> Told | None:
    tokens = _tokens(tree, base + q.core, base + q.end)
    first = _tokens(tree, base + q.start, base + q.end)[0]
    anchor, noun = _anchor(tree, tokens)
    lemma = tree.lemmas[noun] if noun is not None else ""
    if text[q.core - 1 : q.core] in "$€£" and q.core:
        unit = {"$": "USD", "€": "EUR", "£": "GBP"}[text[q.core - 1]]
        return Told(first, tokens[-1], tokens[-1], FigureKind.MONEY, q.low, q.high, q.exact, unit, "", "")
    if q.percent:
        return Told(first, tokens[-1], tokens[-1], FigureKind.SHARE, q.low, q.high, q.exact, "%", "", "")
    found = _event(tree, lex, anchor, noun, tokens)
    own = lex.get("noun", lemma)
    human = lemma not in lex.slots["thing"] and (own is None or own in PERSONAL or own is FigureKind.KILLED)
    what, subset = found if found else (None, False)
    if what is not None and what in PERSONAL and not human:
        what = None if own is None and lemma not in ("life", "body") else own
    if what is None or own is FigureKind.CASUALTIES:
        what = own or what or lex.get("force", lemma)
    if what is None or (what is FigureKind.KILLED and _corpses(tree, lemma, anchor)):
        return None
    if what is FigureKind.DISTANCE and noun is not None and _squared(tree, noun):
        what = FigureKind.AREA
    last = max(tokens[-1], noun) if noun is not None and noun - tokens[-1] < 8 else tokens[-1]
    return Told(
        first, last, anchor, what, q.low, q.high, q.exact, _unit(what, lemma), _whom(tree, lex, noun, tokens),
        _owner(tree, noun), subset, _others(tree, noun, tokens),
    )  # fmt: skip


def _corpses(tree: Tree, lemma: str, anchor: int) -> bool:
    """True for bodies that are not told of as found: those handed over or buried are no new deaths."""
    above = tree.lemmas[tree.heads[tree.heads[anchor]]] if tree.relations[anchor] == "pobj" else ""
    return "body" in (lemma, above) and not FOUND & set(tree.lemmas)


def _anchor(tree: Tree, tokens: list[int]) -> tuple[int, int | None]:
    """The token that stands in the clause for a number, and the noun that it counts."""
    top = tree.head_of(tokens)
    if tree.lower[tokens[-1]] == "of":
        pobj = tree.child(tokens[-1], "pobj")
        return top if tree.lower[top] != "of" else tree.heads[top], pobj
    at = top
    while tree.relations[at] in ("quantmod", "advmod", "compound") and tree.heads[at] > at:
        at = tree.heads[at]
    if tree.relations[at] in ("nummod", "amod", "det") and tree.pos[tree.heads[at]] in ("NOUN", "PROPN", "ADJ"):
        head = tree.heads[at]
        if head > at:
            return head, head
    if tree.pos[at] in ("NOUN", "PROPN") and at not in tokens:
        return at, at
    if at not in tokens:
        return at, None
    after = tokens[-1] + 1
    if (
        after < tree.n
        and tree.pos[after] in ("NOUN",)
        and tree.relations[tokens[-1]] == "nummod"
        and tree.heads[tokens[-1]] == after
    ):
        return after, after
    of = next((c for c in tree.children[at] if tree.lower[c] == "of"), None)
    if of is not None and (pobj := tree.child(of, "pobj")) is not None and at == tokens[-1]:
        return at, pobj
    return at, None


def _event(
    tree: Tree, lex: Lexicon, anchor: int, noun: int | None, tokens: list[int]
) -> tuple[FigureKind | None, bool] | None:
    """What happens to the counted, and whether they are a part of another figure's."""
    if what := _state(tree, lex, anchor, noun, tokens):
        return what, _partial(tree, tokens)
    at, subset = anchor, _partial(tree, tokens)
    for _ in range(6):
        what = _role(tree, lex, at)
        if what is not None:
            return what, subset
        relation, head = tree.relations[at], tree.heads[at]
        if relation in ("conj", "appos") and head != at:
            if relation == "appos":
                subset = subset or tree.pos[head] in ("NOUN", "NUM")
            at = head
            at = tree.heads[at] if tree.relations[at] == "nummod" and tree.heads[at] < anchor else at
        elif relation in ("pobj", "pcomp") and tree.lower[head] in ("including", "of", "among", "include"):
            subset = True
            at = tree.heads[head]
        elif relation in ("dobj", "pobj", "nsubj") and tree.lemmas[head] == "include":
            subset = True
            at = _included(tree, head)
        elif relation == "prep":
            at = head
        elif relation in ("attr",) and tree.lemmas[head] == "be" and (s := tree.child(head, "nsubj")) is not None:
            return _state(tree, lex, s, s, [s]), subset
        elif relation in ("nummod", "dep", "amod") and head != at:
            at = head
        else:
            return None
    return None


def _included(tree: Tree, verb: int) -> int:
    """What "including" hangs on: the noun or number before it."""
    head = tree.heads[verb]
    if tree.pos[head] == "VERB" and (s := tree.child(head, "nsubjpass", "dobj", "nsubj")) is not None and s < verb:
        return s
    return head


def _partial(tree: Tree, tokens: list[int]) -> bool:
    """True for "three of the 12" and "including three"."""
    before = tree.lower[max(0, tokens[0] - 4) : tokens[0]]
    after = tree.lower[tokens[-1] + 1 : tokens[-1] + 3]
    if "including" in before or "among" in before:
        return True
    if after[:1] != ["of"]:
        return False
    object_of = tree.relations[tokens[-1]] == "dobj"
    return after[1:] == ["whom"] or (after[1:] in (["them"], ["the"], ["which"], ["those"]) and not object_of)


def _state(tree: Tree, lex: Lexicon, anchor: int, noun: int | None, tokens: list[int]) -> FigureKind | None:
    """A participle or adjective beside the counted: "12 wounded soldiers", "12 people killed", "5 dead"."""
    edge = max(tokens[-1], noun or 0)
    if edge + 1 < tree.n:
        nxt = edge + 1
        while (
            nxt + 1 < tree.n
            and tree.lower[nxt]
            in (
                "others",
                "more",
                "were",
                "are",
                "was",
                "is",
                "have",
                "has",
                "had",
                "been",
                "being",
                "reported",
                "reportedly",
                "confirmed",
                "critically",
                "seriously",
                "severely",
                "also",
                "still",
                "feared",
                "left",
                "be",
                "lightly",
                "and",
                "shot",
            )
            and (tree.lower[nxt] != "and" or tree.lower[nxt - 1] == "shot")
        ):
            nxt += 1
        word, lemma = tree.lower[nxt], tree.lemmas[nxt]
        if what := lex.get("state", word):
            return what
        if (
            tree.tags[nxt] in ("VBN", "JJ", "VBD")
            and (what := lex.get("patient", lemma))
            and tree.child(nxt, "dobj") is None
        ):
            return what
    if noun is not None:
        for c in tree.children[noun]:
            if tree.relations[c] in ("amod", "acl", "relcl", "compound", "punct") and tree.tags[c] in (
                "VBN",
                "JJ",
                "VBD",
                "NN",
                "VBG",
            ):
                if what := lex.get("state", tree.lower[c]):
                    return what
                if (
                    tree.tags[c] in ("VBN", "VBD")
                    and tree.child(c, "dobj") is None
                    and (what := lex.get("patient", tree.lemmas[c]))
                ):
                    return what
                if tree.relations[c] == "relcl" and (what := lex.get("agent", tree.lemmas[c])):
                    return what
    return None


def _role(tree: Tree, lex: Lexicon, at: int) -> FigureKind | None:
    """What the verb or noun above a token says of it."""
    relation, head = tree.relations[at], tree.heads[at]
    lemma = tree.lemmas[head]
    if relation == "nsubjpass":
        return _passive(tree, lex, head)
    if relation in ("dobj", "obj", "iobj"):
        if tree.lemmas[at] == "life" and lemma in ("claim", "lose", "take", "cost"):
            return FigureKind.KILLED
        if lemma == "shoot" and any(tree.lower[c] == "dead" for c in tree.children[head]):
            return FigureKind.KILLED
        return lex.get("patient", lemma) or _clause_state(tree, lex, head)
    if relation == "nsubj":
        if what := lex.get("state", tree.lower[head]) or lex.get("agent", lemma):
            return what
        if tree.tags[head] == "VBN" or (
            tree.child(head, "dobj") is None
            and tree.tags[head] == "VBD"
            and lemma in ("kill", "wound", "injure", "arrest", "detain")
        ):
            return _passive(tree, lex, head)
        if lemma == "lose" and any(tree.lemmas[c] == "life" for c in tree.children[head]):
            return FigureKind.KILLED
        return _clause_state(tree, lex, head)
    if relation == "pobj":
        return _after_preposition(tree, lex, at, head)
    if relation in ("attr", "npadvmod", "oprd") and tree.pos[head] in ("VERB", "AUX"):
        subject = tree.child(head, "nsubj", "nsubjpass", "dobj")
        return lex.get("toll", tree.lemmas[subject]) if subject is not None else None
    return None


def _passive(tree: Tree, lex: Lexicon, verb: int) -> FigureKind | None:
    """What a passive verb, or the verbs joined to it, do to its subject; a death outweighs what led to it."""
    met = [lex.get("patient", tree.lemmas[v]) or lex.get("state", tree.lower[v]) for v in tree.conjuncts(verb)]
    met = [m for m in met if m]
    if FigureKind.KILLED in met:
        return FigureKind.KILLED
    return met[0] if met else _clause_state(tree, lex, verb)


def _clause_state(tree: Tree, lex: Lexicon, verb: int) -> FigureKind | None:
    for c in tree.children[verb]:
        if (
            tree.relations[c] in ("oprd", "acomp", "xcomp", "ccomp")
            and c > verb
            and tree.child(c, "nsubj", "nsubjpass") is None
        ):
            what = lex.get("state", tree.lower[c]) or (
                lex.get("patient", tree.lemmas[c]) if tree.tags[c] in ("VBN", "VBD") else None
            )
            if what:
                return what
    return None


def _after_preposition(tree: Tree, lex: Lexicon, at: int, preposition: int) -> FigureKind | None:
    word, above = tree.lower[preposition], tree.heads[preposition]
    if word == "of":
        if what := lex.get("of", tree.lemmas[above]):
            return (
                what
                if tree.lemmas[above] != "life" or tree.lemmas[tree.heads[above]] in ("claim", "take", "cost")
                else None
            )
        return None
    if word in ("to", "at", "by", "from", "above", "past"):
        near = [above, *tree.ancestors(above)][:2]
        for node in near:
            for c in (node, *tree.children[node]):
                if (
                    c != at
                    and tree.pos[c] in ("NOUN", "PROPN")
                    and c < preposition
                    and (what := lex.get("toll", tree.lemmas[c]))
                ):
                    return what
    return None


def _single(tree: Tree, lex: Lexicon, i: int) -> Told | None:
    """One person told of with an article: "killed a man", "another was wounded"."""
    alone = tree.lower[i] == "another" and tree.relations[i] in ("nsubjpass", "dobj", "nsubj", "conj")
    if not alone:
        det = tree.child(i, "det")
        if det is None or tree.tags[i] not in ("NN",) or tree.lower[det] not in ("a", "an", "another"):
            return None
        if tree.lemmas[i] in GROUPS or tree.lemmas[i] in lex.slots["thing"] or lex.get("noun", tree.lemmas[i]):
            return None
    found = _event(tree, lex, i, None if alone else i, [i])
    if not found or found[0] not in HARM or not (alone or found[0] is FigureKind.KILLED or lex.human(tree.lemmas[i])):
        return None
    first = i if alone else min(tree.child(i, "det") or i, i)
    return Told(
        first, i, i, found[0], Decimal(1), Decimal(1), True, "people", "" if alone else _whom(tree, lex, i, [i]),
        _owner(tree, i), found[1],
    )  # fmt: skip


def _others(tree: Tree, noun: int | None, tokens: list[int]) -> bool:
    return (
        "other" in tree.lower[tokens[-1] + 1 : (noun or tokens[-1]) + 1] or tree.lower[noun or tokens[-1]] == "others"
    )


def names(tree: Tree) -> list[tuple[str, int, int]]:
    """The parser's names: label, first and last token."""
    out: list[tuple[str, int, int]] = []
    for i, mark in enumerate(tree.entities):
        iob, _, label = mark.partition("-")
        if label and iob == "I" and out and out[-1][0] == label and out[-1][2] == i - 1:
            out[-1] = (label, out[-1][1], i)
        elif label:
            out.append((label, i, i))
    return out


def event(tree: Tree, head: int) -> tuple[FigureKind | None, bool] | None:
    """What happens to the person that a token names, and whether they are a part of a figure told before."""
    return _event(tree, lexicon(), head, head, [head])


def _squared(tree: Tree, noun: int) -> bool:
    return any(tree.lower[c] in ("square", "sq", "sq.") for c in tree.children[noun]) or tree.lower[noun] in (
        "km2",
        "km²",
    )


def _unit(what: FigureKind, lemma: str) -> str:
    if what in PERSONAL:
        return "people"
    if what is FigureKind.DISTANCE:
        return {"kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m"}.get(lemma, lemma)
    if what is FigureKind.AREA:
        return {"kilometre": "km2", "kilometer": "km2", "km": "km2", "mile": "sq mi"}.get(lemma, lemma)
    if what is FigureKind.MONEY:
        return {"dollar": "USD", "euro": "EUR", "pound": "GBP", "ruble": "RUB", "rouble": "RUB", "yuan": "CNY", "yen": "JPY",
                "hryvnia": "UAH", "rupee": "INR", "shekel": "ILS"}.get(lemma, lemma)  # fmt: skip
    return lemma


def _whom(tree: Tree, lex: Lexicon, noun: int | None, tokens: list[int]) -> str:
    lemma = tree.lemmas[noun] if noun is not None else ""
    if (
        noun is None
        or lemma in GENERIC
        or lemma in lex.slots["thing"]
        or lex.slots["noun"].get(lemma, FigureKind.KILLED) not in PERSONAL
    ):
        return ""
    first = noun
    while first - 1 > tokens[-1] and tree.heads[first - 1] == noun and tree.relations[first - 1] in ("compound",):
        first -= 1
    return tree.text[tree.starts[first] : tree.ends[noun]]


def _owner(tree: Tree, noun: int | None) -> str:
    if noun is None:
        return ""
    for c in tree.children[noun]:
        if tree.relations[c] in ("amod", "poss", "compound", "nmod") and tree.words[c][:1].isupper():
            return tree.words[c]
        if tree.relations[c] == "prep" and tree.lower[c] == "from" and (p := tree.child(c, "pobj")) is not None:
            return tree.words[p]
    return tree.words[noun] if tree.words[noun][:1].isupper() else ""
