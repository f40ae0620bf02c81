"""A parsed sentence -> the figures that it tells: what is counted, how many, of whom, and whose.

The words that say what a number counts are data (``data/en/figures.tsv``): verbs by what becomes of their object
(slot ``patient``) or what their subject does (``agent``), states ("5 dead"), counted nouns (``noun``), and nouns whose
"of" counts people (``of``, ``toll``). Numbers that count nothing (years, ages, weapons, resolutions) are left out.
"""

from decimal import Decimal
from typing import NamedTuple

from coranto.language.en.figureroles import NOBODY, following, happening, partial, qualified, state_beside
from coranto.language.en.figurewords import (
    GENERIC,
    GROUPS,
    HANDED,
    HARM,
    PERSONAL,
    Lexicon,
    group_sizes,
    lexicon,
    no_figure,
)
from coranto.language.en.numbers import Quantity, quantities
from coranto.language.en.placewords import place_words
from coranto.language.en.votes import votes
from coranto.language.trees import Tree
from coranto.records import FigureKind

CHANGES = frozenset("rise climb increase raise double triple jump grow go revise fall drop swell quadruple".split())
ALLEGED = frozenset({"alleged", "suspected", "wanted", "accused", "convicted"})
ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth"})
ARTICLES = frozenset({"a", "an", "another", "his", "her", "their", "its"})


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


def told(tree: Tree) -> list[Told]:
    """The figures of a sentence, in order of text."""
    lex = lexicon()
    base = tree.sentence.span.start
    text = tree.text[base : tree.sentence.span.end]
    out: list[Told] = []
    taken: list[tuple[int, int]] = []
    for v in votes(text):
        tokens = tree.between(base + v.start, base + v.end)
        if tokens:
            taken.append((v.start, v.end))
            out.append(Told(tokens[0], tokens[-1], tokens[0], v.what, v.number, v.number, True, "votes", "", ""))
    for q in quantities(text):
        if any(a < q.end and q.start < b for a, b in taken):
            continue
        tokens = tree.between(base + q.core, base + q.end)
        if tokens and tree.lower[max(0, tokens[0] - 2) : tokens[0]] == ["out", "of"]:
            continue  # "3 out of 4"
        if tokens and not no_figure(tree, text, q, tokens):
            before = out[-1] if out else None
            if made := _figure(tree, lex, text, q, base) or _elliptic(tree, lex, q, tokens, before):
                out.append(made)
    covered = {i for t in out for i in range(t.first, t.last + 1)}
    out.extend(t for i in range(tree.n) if i not in covered and (t := _single(tree, lex, i)))
    return sorted(out)


def _figure(tree: Tree, lex: Lexicon, text: str, q: Quantity, base: int) -> Told | None:
    tokens = tree.between(base + q.core, base + q.end)
    q = _changed(tree, q, tokens)
    first = tree.between(base + q.start, base + q.end)[0]
    anchor, noun = _anchor(tree, tokens)
    lemma = tree.lemmas[noun] if noun is not None else ""
    lemma = "corpse" if noun is not None and tree.lower[noun] == "corpses" else lemma
    if text[q.core - 1 : q.core] in "$€£" and q.core:
        unit = {"$": "USD", "€": "EUR", "£": "GBP"}[text[q.core - 1]]
        return Told(first, tokens[-1], tokens[-1], FigureKind.MONEY, q.low, q.high, q.exact, unit, "", "")
    if q.percent:
        return Told(first, tokens[-1], tokens[-1], FigureKind.SHARE, q.low, q.high, q.exact, "%", "", "")
    found = happening(tree, lex, anchor, noun, tokens) or qualified(tree, lex, anchor, first, tokens)
    if found and _population(tree, anchor, tokens) and not _own_state(tree, lex, anchor, noun, tokens):
        found = None
    if found and _nobody(tree, anchor):
        return None
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
    if noun is not None and tree.lower[noun + 1 : noun + 3] == ["or", "more"]:
        q = q._replace(high=None)
    last = max(tokens[-1], noun) if noun is not None and noun - tokens[-1] < 8 else tokens[-1]
    return Told(
        first, last, anchor, what, q.low, q.high, q.exact, _unit(what, lemma), _whom(tree, lex, noun, tokens),
        _owner(tree, noun), subset, _others(tree, noun, tokens),
    )  # fmt: skip


def _population(tree: Tree, anchor: int, tokens: list[int]) -> bool:
    """True for the number that another is a part of: "two of the seven", "14 out of 20"."""
    if tree.lower[max(0, tokens[0] - 2) : tokens[0]] == ["of", "the"] and tree.pos[tokens[0] - 3] == "NUM":
        return True
    of = tree.heads[anchor]
    if tree.relations[anchor] != "pobj" or tree.lower[of] != "of":
        return False
    above = tree.heads[of]
    above = tree.heads[above] if tree.lower[above] == "out" else above
    return tree.pos[above] == "NUM"


def _nobody(tree: Tree, anchor: int) -> bool:
    """True for "none of the 34 miners died"."""
    of = tree.heads[anchor]
    if tree.relations[anchor] != "pobj" or tree.lower[of] != "of" or tree.lower[tree.heads[of]] not in NOBODY:
        return False
    return tree.lemmas[tree.heads[tree.heads[of]]] != "survive"


def _own_state(tree: Tree, lex: Lexicon, anchor: int, noun: int | None, tokens: list[int]) -> bool:
    if any(lex.get("state", w) for w in tree.lower[tokens[-1] + 1 : tokens[-1] + 2]):
        return True
    if noun is not None and lex.get("state", tree.lower[noun]):
        return True
    return noun is not None and state_beside(tree, lex, noun) is not None


def _changed(tree: Tree, q: Quantity, tokens: list[int]) -> Quantity:
    """The later of two numbers in "rose from three to six"."""
    if q.low == q.high or tree.lower[tokens[0] - 1] != "from" or not tokens[0]:
        return q
    verb = tree.heads[tokens[0] - 1]
    return q._replace(low=q.high) if tree.lemmas[verb] in CHANGES else q


def _elliptic(tree: Tree, lex: Lexicon, q: Quantity, tokens: list[int], before: Told | None) -> Told | None:
    """A number without a verb beside one that has it: "five are killed by bombs in X and three others by a drone"."""
    last = tokens[-1] + (tree.lower[tokens[-1] + 1 : tokens[-1] + 2] in (["others"], ["people"], ["more"]))
    first = tokens[0] - (tree.lower[tokens[0] - 1] in ("another", "further"))
    joined = first > 0 and tree.lower[first - 1 : first] in (["and"], [","], ["("], [":"], ["-"], ["–"], ["—"])
    ended = last > tokens[-1] and tree.tags[min(last + 1, tree.n - 1)] in (".", ",")
    likewise = tree.lower[first - 2 : first] in (["as", "was"], ["as", "were"], ["as", "did"], ["so", "did"])
    sided = (
        before is not None
        and tree.lower[first - 3 : first - 1] == ["and", "the"]
        and (tree.lemmas[tree.heads[before.head]] in ("lose", "cost"))
    )  # "the army lost seven men and the rebels three"
    joined = joined or likewise or sided
    placed = (
        ended
        or likewise
        or sided
        or (
            (last + 1 < tree.n)
            and (tree.tags[last + 1] == "IN" or tree.lower[last + 1] == "according")
            and (likewise or tree.lower[last + 1] != "of")
        )
    )
    if before is None or before.what not in HARM or not joined or not placed or before.subset:
        return None
    if before.what is FigureKind.CASUALTIES or lex.get("noun", tree.lemmas[last]):
        return None
    return before._replace(
        subset=partial(tree, tokens),
        first=tokens[0],
        last=last,
        head=last,
        low=q.low,
        high=q.high,
        exact=q.exact,
        of_whom="",
        others=last > tokens[-1],
    )


def _corpses(tree: Tree, lemma: str, anchor: int) -> bool:
    """True for bodies handed over, held or buried: no new deaths."""
    above = tree.lemmas[tree.heads[tree.heads[anchor]]] if tree.relations[anchor] == "pobj" else ""
    return "body" in (lemma, above) and bool(HANDED & set(tree.lemmas)) and "find" not in tree.lemmas


def _anchor(tree: Tree, tokens: list[int]) -> tuple[int, int | None]:
    """The token that stands in the clause for a number, and the noun that it counts."""
    top = tree.head_of(tokens)
    if tree.lower[tokens[-1]] == "of":
        pobj = tree.child(tokens[-1], "pobj")
        return top if tree.lower[top] != "of" else tree.heads[top], pobj
    if tree.heads[top] == tokens[-1] + 1 and (noun := _alleged(tree, tokens[-1] + 1)) is not None:
        return noun, noun
    at = top
    while tree.relations[at] in ("quantmod", "advmod", "compound") and tree.heads[at] > at:
        at = tree.heads[at]
    if tree.relations[at] in ("nummod", "amod", "det") and tree.pos[tree.heads[at]] in ("NOUN", "PROPN", "ADJ"):
        head = tree.heads[at]
        if head > at:
            head = _whole_name(tree, head)
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
    if (
        tree.relations[at] == "pobj"
        and tree.lower[tree.heads[at]] == "between"
        and tree.tags[after : after + 1] == ("NNS",)
    ):
        return after, after
    of = next((c for c in tree.children[at] if tree.lower[c] == "of"), None)
    if of is not None and (pobj := tree.child(of, "pobj")) is not None and at == tokens[-1]:
        return at, pobj
    return at, None


def _whole_name(tree: Tree, noun: int) -> int:
    """The plural that the word after a number is only a part of: "thirty IS-Somalia fighters"."""
    whole = noun
    while tree.relations[whole] in ("nmod", "compound") and tree.heads[whole] > whole:
        whole = tree.heads[whole]
    return whole if tree.tags[whole] == "NNS" else noun


def _alleged(tree: Tree, after: int) -> int | None:
    """The plural behind an adjective that the parse takes for the verb: "nineteen alleged militants are killed"."""
    if tree.lower[after : after + 1] and tree.lower[after] in ALLEGED:
        behind = range(after + 1, min(after + 9, tree.n))
        return next((k for k in behind if tree.tags[k] == "NNS" and tree.relations[k] in ("nsubj", "nsubjpass")), None)
    return None


def _singular(tree: Tree, lex: Lexicon, i: int) -> bool:
    """True for a noun, or the name of a people, in the singular."""
    if tree.tags[i] in ("NNP", "JJ"):
        return tree.words[i] in place_words().demonyms or (tree.tags[i] == "NNP" and lex.human(tree.lemmas[i]))
    return tree.tags[i] == "NN"


def _determiner(tree: Tree, i: int) -> int | None:
    """The word that says that one person is meant, or two: an article, "his", "both", or that of a father "and son"."""
    det = tree.child(i, "det", "poss", "predet")
    first = tree.heads[i]
    joined = tree.relations[i] == "conj" and tree.relations[first] != "appos"  # "X, an artist and activist" is one
    if det is None and joined and tree.child(i, "nummod") is None and tree.tags[i] == "NN":
        det = tree.child(first, "det", "poss") if tree.tags[first] == "NN" else None
    owned = det is not None and tree.relations[det] == "poss" and tree.pos[det] in ("NOUN", "PROPN")  # "a guard's son"
    return det if det is not None and (owned or tree.lower[det] in ARTICLES or tree.lower[det] == "both") else None


def _aged(tree: Tree, lex: Lexicon, i: int) -> Told | None:
    """One person told of by age alone: "a 15-year-old died"."""
    start = i - 5
    if start < 0 or tree.lower[start] not in ARTICLES or tree.lower[i - 3 : i] != ["-", "year", "-"]:
        return None
    what = following(tree, lex, i + 1) or lex.get("agent", tree.lemmas[min(i + 1, tree.n - 1)])
    return Told(start, i, i, what, Decimal(1), Decimal(1), True, "people", "", "") if what in HARM else None


def _related(tree: Tree, i: int) -> bool:
    """True for one who only says who another is: "the wife of a general was killed"."""
    of = tree.heads[i]
    return tree.relations[i] == "pobj" and tree.lower[of] == "of" and human(tree, tree.heads[of])


def _alone(tree: Tree, i: int) -> bool:
    """True for one more person told of without a noun: "another", "a third"."""
    if tree.relations[i] not in ("nsubjpass", "dobj", "nsubj", "conj"):
        return False
    if tree.lower[i] == "another":
        return i + 1 == tree.n or tree.pos[i + 1] != "NUM"
    return tree.lower[i] in ORDINALS and tree.lower[i - 1] == "a"


def _single(tree: Tree, lex: Lexicon, i: int) -> Told | None:
    """One person told of with an article: "killed a man", "another was wounded"."""
    if tree.lower[i] == "old" and (aged := _aged(tree, lex, i)):
        return aged
    if not tree.children[i] and i > 1 and tree.relations[i] != "conj" and tree.lower[i] != "another":
        return None
    det = None
    alone = _alone(tree, i)
    if not alone:
        det = _determiner(tree, i)
        if det is None and i < 2 and tree.tags[i] == "NN" and lex.human(tree.lemmas[i]) and tree.lower[0] != "no":
            det = i if tree.tags[i + 1 : i + 2] == ("VBN",) or tree.lower[i + 1 : i + 2] == ["dead"] else None
        if _related(tree, i):
            return None
        if det is None or not (_singular(tree, lex, i) or tree.lower[i] in group_sizes() or tree.lower[det] == "both"):
            return None
        if (
            tree.lemmas[i] == "life"
            or tree.lemmas[i] in GROUPS - set(group_sizes())
            or tree.lemmas[i] in lex.slots["thing"]
            or (lex.get("noun", tree.lemmas[i]) and not lex.human(tree.lemmas[i]))
        ):
            return None
    found = happening(tree, lex, i, None if alone else i, [i])
    if not found or found[0] not in HARM:
        return None
    direct = found[0] is FigureKind.KILLED and tree.relations[i] in ("dobj", "nsubjpass", "conj")
    number = Decimal(1)
    if not alone:
        number = group_sizes().get(tree.lower[i]) or group_sizes().get(tree.lower[i if det is None else det], number)
    both = det is not None and tree.lower[det] == "both"
    if not (alone or (direct and not both) or (number > 1 and not both) or human(tree, i)):
        return None  # "the toll of the shelling of a landing" counts no landing
    first = i if alone or det is None or det > i or tree.heads[det] != i else det
    return Told(
        first, i, i, found[0], number, number, True, "people", "" if alone else _whom(tree, lex, i, [i]),
        _owner(tree, i), found[1],
    )  # fmt: skip


def _others(tree: Tree, noun: int | None, tokens: list[int]) -> bool:
    return (
        "other" in tree.lower[tokens[-1] + 1 : (noun or tokens[-1]) + 1] or tree.lower[noun or tokens[-1]] == "others"
    )


def human(tree: Tree, i: int) -> bool:
    """True for a noun for a person, or a compound that ends on one: "vice-principal"."""
    end = i + 2 if tree.words[i + 1 : i + 2] == ["-"] and i + 2 < tree.n else i
    return any(lexicon().human(tree.lemmas[k]) or tree.words[k] in place_words().demonyms for k in (i, end))


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
    return happening(tree, lexicon(), head, head, [head])


def _squared(tree: Tree, noun: int) -> bool:
    return any(tree.lower[c] in ("square", "sq", "sq.") for c in tree.children[noun]) or tree.lower[noun] in (
        "km2",
        "km²",
    )


_UNITS = {
    FigureKind.DISTANCE: {"kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m"},
    FigureKind.AREA: {"kilometre": "km2", "kilometer": "km2", "km": "km2", "mile": "sq mi"},
    FigureKind.MONEY: {
        "dollar": "USD", "euro": "EUR", "pound": "GBP", "ruble": "RUB", "rouble": "RUB", "yuan": "CNY", "yen": "JPY",
        "hryvnia": "UAH", "rupee": "INR", "shekel": "ILS",
    },
}  # fmt: skip


def _unit(what: FigureKind, lemma: str) -> str:
    return "people" if what in PERSONAL else _UNITS.get(what, {}).get(lemma, lemma)


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
    start = tokens[-1] if tokens[-1] < noun else -1
    while first - 1 > start and tree.heads[first - 1] == noun and tree.relations[first - 1] in ("compound",):
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
