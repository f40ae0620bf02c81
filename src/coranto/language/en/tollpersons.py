"""Dead whom no number counts: named persons, "the driver", and attackers who die; and tolls told of as "the figure"."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from coranto.language.en.figureroles import FATAL, bodies, done
from coranto.language.en.figures import Told, event, human, names, told
from coranto.language.en.figurewords import GROUPS, lexicon, no_figure
from coranto.language.en.numbers import Quantity, number, quantities
from coranto.language.en.tollclauses import Count, clause_verbs, cues, deed, longer, nested, told_by, unreal
from coranto.language.trees import Tree
from coranto.records import FigureKind, Span

Toll = tuple[Decimal | None, Decimal | None]
OTHER = frozenset(
    "wound injure hurt injury miss missing case arrest displace detain hospitalize survivor patient".split()
)
ANYONE = frozenset({"", "man", "woman", "boy", "teenager", "youth"})
REFLEXIVE = frozenset({"himself", "herself", "itself"})
PRONOUNS = frozenset({"he", "she", "who", "him", "her"})
BAND = 20  # attackers at most
DIRECT = frozenset({"dobj", "nsubjpass", "nsubj", "conj"})


def persons(sentences: Sequence[Tree], total: Toll | None, counts: Sequence[Count]) -> Toll | None:
    """The toll with the dead whom no number counts: named ones where none is counted or beside "N others"."""
    found = Decimal(0)
    closed = any({"update", "whole"} & c.marks for c in counts)
    definite = False
    for n, tree in enumerate(sentences):
        here = [c for c in counts if c.sentence == n]
        later = [c for c in counts if not here and c.sentence == counts[0].sentence > n]
        beside = any("others" in c.marks for c in here + later) or any("apart" in c.marks for c in later)
        if (total is None or beside) and (named := _named(tree)):
            found += named
            if total is None:
                break
    if total is None and not found:
        found = next((Decimal(k) for tree in sentences if (k := _definite(tree))), Decimal(0))
        definite = bool(found)
    elif total is not None:
        found += sum(_beside(tree, counts, n) for n, tree in enumerate(sentences))
    if not closed and not _included(sentences) and not _told_of(sentences, counts):
        found += _attackers(sentences, victims=total is not None or bool(found), counted=definite)
    if not found:
        return total
    low, high = total if total is not None else (Decimal(0), Decimal(0))
    return (low or Decimal(0)) + found, None if high is None else high + found


def anaphoric(tree: Tree, n: int, groups: Sequence[Told]) -> list[Count]:
    """ "The figure had gone up to 23": a number that a toll told of before has become."""
    base = tree.sentence.span.start
    text = tree.text[base : tree.sentence.span.end]
    out: list[Count] = []
    for q in quantities(text):
        tokens = tree.covering(Span(base + q.core, base + q.end))
        if not tokens or q.percent or tree.lower[tokens[-1] + 1 : tokens[-1] + 2] == ["of"]:
            continue
        if any(g.first <= tokens[0] <= g.last for g in groups):
            continue
        if no_figure(tree, text, q, tokens):
            continue
        if (verb := _bare(tree, tokens)) is not None:
            if any(tree.lower[c] == "had" for c in tree.children[verb]):
                continue
            out.append(Count(n, tokens[0], q.low, q.high, "", False, frozenset({"anaphoric"}), tokens[-1], verb))
            continue
        before = tree.lower[max(0, tokens[0] - 9) : tokens[0]]
        subject = next((i for i in range(tokens[0]) if tree.lemmas[i] in cues()["count"]), None)
        verbs = [i for i in range(tokens[0]) if tree.lemmas[i] in cues()["rise"] | {"stand", "be"}]
        top = tree.head_of(tokens)
        if (
            top not in tokens
            or OTHER & set(tree.lemmas[:top])
            or tree.tags[min(top + 1, tree.n - 1)][:2] in ("NN", "JJ")
        ):
            continue
        if subject is None or not verbs or not {"to", "at", "reached", "was"} & set(before[-4:]):
            continue
        of_dead = {"killed", "dead", "deaths", "fatalities"} & set(tree.lower[subject:top])
        if any(tree.lower[c] == "of" for c in tree.children[subject]) and not of_dead:
            continue
        q = q._replace(low=q.high) if q.high is not None and "from" in before[-2:] else q
        marks = {"update"} | (set() if of_dead else {"anaphoric"}) | ({"period"} if longer(tree, 0, tree.n) else set())
        out.append(Count(n, tokens[0], q.low, q.high, "", False, frozenset(marks), tokens[-1], None))
    return out


def _bare(tree: Tree, tokens: list[int]) -> int | None:
    """The verb of telling above a number that counts no noun: "the rebels spoke of 30"."""
    at = tree.head_of(tokens)
    after = tree.tags[at + 1] if at + 1 < tree.n else "."
    if after[:1].isalpha() and after not in ("CC",):
        return None
    if (
        at not in tokens
        or OTHER & set(tree.lemmas[max(0, at - 9) : at])
        or tree.relations[at] not in ("dobj", "pobj", "attr")
        or after[:2] in ("NN", "JJ")
    ):
        return None
    if any(tree.lower[c] == "of" for c in tree.children[at]):
        return None
    above = tree.heads[at]
    if tree.relations[at] == "pobj":
        if tree.lower[above] not in ("of", "at"):
            return None
        above = tree.heads[above]
    if tree.lemmas[above] == "be" and tree.relations[above] == "ccomp":
        above = tree.heads[above]
    return above if tree.lemmas[above] in cues()["teller"] and told_by(tree, above) else None


def _named(tree: Tree) -> int:
    """How many persons a sentence names as killed."""
    found = names(tree)
    persons = {
        tree.head_of(list(range(a, b + 1))) for label, a, b in found if label == "PERSON" and tree.words[a - 1] != "-"
    }
    persons = {head for head in persons if tree.relations[head] != "compound"}
    other = {tree.head_of(list(range(a, b + 1))) for label, a, b in found if label == "ORG"}
    other |= {i for i in range(tree.n) if tree.entities[i] in ("", "O")}
    proper = {i for i in other if tree.tags[i] == "NNP" and tree.relations[i] in ("nsubjpass", "dobj")}
    dead = [head for head in persons | proper if _name_dies(tree, head)]
    return len({_clause_of(tree, head) for head in dead})


def _clause_of(tree: Tree, name: int) -> tuple[int, str]:
    """What tells persons apart: two subjects of one verb are two pieces of one name."""
    person = _titled(tree, name)
    subject = tree.relations[person] == "nsubjpass" and tree.tags[person] in ("NN", "NNP")
    return (tree.heads[person], "nsubjpass") if subject else (name, "")


def _name_dies(tree: Tree, name: int) -> bool:
    if unreal(tree, name) or nested(tree, name) or deed(tree, name):
        return False
    if bodies(tree, name) and not {"find", "discover"} & set(tree.lemmas):
        return False
    what = event(tree, _titled(tree, name))
    return bool(what and what[0] is FigureKind.KILLED and not what[1])


def _titled(tree: Tree, name: int) -> int:
    """The noun whose names a name is one of: "commanders X and Y"; else the name."""
    first = _top(tree, name)
    bare = tree.child(first, "nummod", "det", "poss") is None
    return first if bare and human(tree, first) else name


def _definite(tree: Tree) -> int:
    """How many persons told of with "the", or as "he", are killed."""
    return sum(_dies(tree, i) for i in range(tree.n) if _definite_one(tree, i))


def _definite_one(tree: Tree, i: int) -> bool:
    if tree.relations[i] not in DIRECT:
        return False
    if tree.lower[i] in PRONOUNS - {"who"}:
        return True
    lex = lexicon()
    det = tree.child(i, "det", "poss")
    if det is None:
        titled = tree.tags[i] == "NN" and tree.tags[i + 1 : i + 2] in (("NNP",), ("``",))
        return titled and human(tree, i)  # "commander Ahmad Said was killed"
    if tree.lower[det] != "the" or tree.tags[i] not in ("NN", "NNP"):
        return False
    met = tree.relations[i] in ("nsubjpass", "dobj") and tree.lemmas[tree.heads[i]] in ("kill", "murder", "assassinate")
    things = tree.lemmas[i] in lex.slots["thing"] or tree.lemmas[i] in GROUPS
    return human(tree, i) or (met and not things)


def _dies(tree: Tree, i: int) -> bool:
    if unreal(tree, i) or nested(tree, i) or deed(tree, i) or tree.lower[i + 1 : i + 3] == ["among", "them"]:
        return False
    what = event(tree, i)
    return bool(what and what[0] is FigureKind.KILLED and not what[1])


def _beside(tree: Tree, counts: Sequence[Count], n: int) -> int:
    """ "The driver" of "killing the driver and two passengers"."""
    found = 0
    for c in counts:
        if c.sentence == n and tree.relations[c.head] == "conj" and not c.subset:
            h = tree.heads[c.head]
            named = "PERSON" in tree.entities[h] and tree.relations[h] != "pobj"
            person = named or tree.relations[h] in ("nsubjpass", "dobj")
            if tree.tags[h] == "NNP" and person and h not in {k.head for k in counts} and "others" not in c.marks:
                found += 1
    here = [c for c in counts if c.sentence == n and not c.subset]
    for i in range(tree.n):
        if tree.lemmas[i] in cues()["attacker"] - {"driver"}:
            continue
        if _definite_one(tree, i) and _dies(tree, i):
            listed = tree.subtree(_top(tree, i))
            found += any((c.head in listed and c.head != i) or ("others" in c.marks and c.first > i) for c in here)
    return found


def _top(tree: Tree, i: int) -> int:
    """The first item of the list that a noun stands in."""
    while tree.relations[i] in ("conj", "appos") and tree.pos[tree.heads[i]] in ("NOUN", "PROPN", "NUM", "ADJ"):
        i = tree.heads[i]
    return i


def _included(sentences: Sequence[Tree]) -> bool:
    """True where the number is told to hold the attacker."""
    for tree in sentences:
        for i in range(tree.n):
            if tree.lower[i] in ("including", "includes", "included", "among") and (
                (cues()["attacker"] | REFLEXIVE) & {*tree.lemmas[i : i + 6], *tree.lower[i : i + 6]}
            ):
                return True
    return False


def _told_of(sentences: Sequence[Tree], counts: Sequence[Count]) -> bool:
    """True where an attacker is among those counted: "a gunman was shot dead", "a man was killed by the police"."""
    for c in counts:
        tree = sentences[c.sentence]
        verb = next((v for v in clause_verbs(tree, c.head)), None)
        passive = verb is not None and tree.child(verb, "auxpass") is not None
        killer = tree.child(verb, "agent") if verb is not None else None
        others_hurt = any(g.what is FigureKind.WOUNDED for g in told(tree))
        if c.whom in cues()["attacker"] | {"armed"}:
            return True
        if (
            c.low == c.high == 1
            and len(counts) == 1
            and passive
            and c.whom in ANYONE
            and not (others_hurt and killer is None)
        ):
            return True
    return False


def _attackers(sentences: Sequence[Tree], *, victims: bool, counted: bool) -> int:
    """1 where an attacker dies who is not ``counted`` (as "he" or "the gunman"): by own hand, or killed in turn."""
    armed = False
    band = 0
    for tree in sentences:
        for i in range(tree.n):
            band = band or _band(tree, i)
            if tree.lower[i] == "themselves" and (several := _selves(tree, i)):
                return several
            if band and victims and _the_band(tree, i) and _dies(tree, i):
                return band
            if _own_hand(tree, i, victims=victims) or (victims and not counted and _killed_in_turn(tree, i)):
                return 1
            if (
                armed
                and not counted
                and tree.lower[i] in ("he", "she")
                and tree.relations[i] in DIRECT
                and _dies(tree, i)
            ):
                return 1
        armed = armed or any(tree.relations[i] == "nsubj" and _armed(tree, i) for i in range(tree.n))
    return 0


def _armed(tree: Tree, i: int) -> bool:
    """True for the subject of an attack: "a gunman", "a man stabbed two people to death"."""
    verbs = tree.conjuncts(tree.heads[i])
    kills = any(done(tree, lexicon(), v) is FigureKind.KILLED or tree.lemmas[v] in FATAL for v in verbs)
    return tree.lemmas[i] in cues()["attacker"] or (kills and tree.tags[i] == "NN" and human(tree, i))


def _band(tree: Tree, i: int) -> int:
    """How many attackers a counted noun tells of: "three suicide bombers attacked the base"."""
    counted = tree.child(i, "nummod") if tree.lemmas[i] in cues()["attacker"] | cues()["armed"] else None
    value = number(tree.words[counted]) if counted is not None and tree.relations[i] == "nsubj" else None
    return int(value) if value is not None and value < BAND else 0


def _the_band(tree: Tree, i: int) -> bool:
    """True for attackers told of before: "they", "both", "the bombers", "both attackers"."""
    if tree.lower[i] in ("they", "both"):
        return tree.relations[i] in DIRECT
    det = tree.child(i, "det", "predet")
    known = det is not None and tree.lower[det] in ("the", "both") and tree.child(i, "nummod") is None
    return known and tree.tags[i] == "NNS" and tree.lemmas[i] in cues()["attacker"] | cues()["armed"]


def _selves(tree: Tree, i: int) -> int:
    """How many of "two bombers blew themselves up"."""
    verb = tree.heads[i]
    if tree.relations[i] != "dobj" or tree.lemmas[verb] not in ("kill", "shoot"):
        return 0
    for v in (verb, *tree.ancestors(verb)):
        if (subject := tree.child(v, "nsubj")) is not None:
            told_of = tree.child(subject, "nummod")
            value = number(tree.words[told_of]) if told_of is not None else None
            return int(value) if value is not None and value < BAND else 0
    return 0


def _own_hand(tree: Tree, i: int, *, victims: bool = False) -> bool:
    """True for "killed himself", "turned the gun on himself", "blew herself up", "took his own life"."""
    verb, relation = tree.heads[i], tree.relations[i]
    while relation in ("conj", "appos") and tree.pos[verb] != "VERB":
        verb, relation = tree.heads[verb], tree.relations[verb]
    if relation == "conj" and tree.child(verb, "dobj") is not None:
        relation = "dobj"  # "killed her and then himself"
    if tree.lower[i] in REFLEXIVE:
        if relation == "dobj" and tree.lemmas[verb] == "blow":
            return not victims and not unreal(tree, i)  # the toll that is told of a bombing is its victims'
        if relation == "dobj" and tree.lemmas[verb] in {"kill", "hang"} | FATAL - {"hit"}:
            return not unreal(tree, i)
        above = tree.heads[verb]
        return tree.relations[i] == "pobj" and tree.lower[verb] == "on" and "turn" in (
            tree.lemmas[above], tree.lemmas[tree.heads[above]]
        ) and not unreal(tree, i)  # fmt: skip
    if tree.lemmas[i] == "life" and tree.lemmas[verb] == "take":
        return "own" in (tree.lower[c] for c in tree.children[i]) and not unreal(tree, i)
    return tree.lemmas[i] == "suicide" and tree.lemmas[verb] == "commit" and not unreal(tree, i)


def _killed_in_turn(tree: Tree, i: int) -> bool:
    """True for "before he was shot dead", "before being killed by police", "the gunman was killed"."""
    if tree.lower[i] == "before" and i + 2 < tree.n:
        end = min(i + 8, tree.n)
        subject = (PRONOUNS | {"being", "him", "her"}) & set(tree.lower[i + 1 : end]) or (
            cues()["attacker"] & set(tree.lemmas[i + 1 : end])
        )
        dead = any(tree.lower[k] in ("dead", "killed") or (tree.lower[k] == "died") for k in range(i + 1, end))
        active = any(tree.lower[k] in ("killing", "kills") for k in range(i + 1, end))
        return bool(subject) and dead and not active and "," not in tree.words[i + 1 : end]
    if tree.lower[i] in REFLEXIVE and tree.relations[i] in ("nsubj", "nsubjpass"):
        return _dies(tree, i)  # "and was himself killed"
    ends = tree.child(i, "auxpass") is not None or tree.lemmas[i] == "die"
    if tree.relations[i] == "conj" and ends and tree.child(i, "nsubj") is None and tree.child(i, "nsubjpass") is None:
        return _turned_on(tree, i)
    if tree.lemmas[i] not in cues()["attacker"] or tree.tags[i] != "NN":
        return False
    det = tree.child(i, "det")
    listed = tree.relations[i] == "conj" or len(tree.conjuncts(i)) > 1
    if det is None or tree.lower[det] != "the" or (listed and tree.lemmas[i] == "driver"):
        return False  # a driver among others told of is no attacker
    return tree.relations[i] in DIRECT and _dies(tree, i)


def _turned_on(tree: Tree, verb: int) -> bool:
    """True for "stabbed two people to death and was then shot dead"."""
    first = tree.heads[verb]
    subject = tree.child(first, "nsubj")
    if subject is None or tree.tags[subject] not in ("NN", "NNP", "PRP", "JJ"):
        return False
    if tree.child(first, "dobj", "ccomp", "oprd", "xcomp") is None:
        return False
    if tree.lemmas[verb] == "die":
        return True
    return done(tree, lexicon(), verb) is FigureKind.KILLED or any(
        tree.lower[c] in ("dead", "fatally") for c in tree.children[verb]
    )


_PART = re.compile(r"^\s+of\s+(?:the|its|their|his|her|some|about)?\s*$")
_EVERYONE = re.compile(
    r"\b(?:everyone|everybody|all)\b[^.;]{0,30}\b(?:killed|died|perished|drowned|dead)\b"
    r"|\b(?:killing|killed|kills)\s+(?:everyone|everybody|all)\b", re.IGNORECASE
)  # fmt: skip
_ABOARD = re.compile(r"^[^.;,]{0,40}\b(?:on board|aboard|inside)\b")


_NOBODY = re.compile(r"\b(?:no survivors|no[ -]?(?:body|one|ne)\b[^.;]{0,20}\bsurvive[ds]?)\b", re.IGNORECASE)
_JOINED = re.compile(r"^\s+\w+(?:\s+\w+)?\s+and\s+$")


def survivors(sentences: Sequence[Tree], counted: set[int]) -> Decimal | None:
    """The dead of "two of the nine survived", "all but two of the nine died", "everyone aboard died", "no survivors".

    ``counted`` are the sentences that number their dead.
    """
    aboard: Decimal | None = None
    for n, tree in enumerate(sentences):
        base = tree.sentence.span.start
        text = tree.text[base : tree.sentence.span.end]
        found = quantities(text)
        aboard = _aboard(text, found) if aboard is None else aboard
        for few, many in pairwise(found):
            if few.low is None or many.low is None or not _PART.match(text[few.end : many.start]):
                continue
            if re.search(r"\ball\s+(?:but|except|bar)\s+$", text[: few.start], re.IGNORECASE) or re.match(
                r"[^.;,]{0,60}\bsurvived?\b", text[many.end :]
            ):
                return many.low - few.low
        if aboard is not None and (_NOBODY.search(text) or (n not in counted and _EVERYONE.search(text))):
            return aboard
    return None


def _aboard(text: str, found: Sequence[Quantity]) -> Decimal | None:
    """How many are told to be on board: "18 passengers and four crew on board" are 22."""
    for n, q in enumerate(found):
        if q.low is None or not _ABOARD.match(text[q.end :]):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        if after is not None and after.low is not None and _JOINED.match(text[q.end : after.start]):
            return q.low + after.low
        return q.low
    return None
