"""A number of dead in a parsed sentence -> what its clause makes of it: part, whole, update, background, not real."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.figurelists import PLACED, SEXES
from coranto.language.en.figures import Told
from coranto.language.en.figurewords import GENERIC
from coranto.language.trees import Tree

YEAR = re.compile(r"^(?:1[89]|20)\d\d$")
FEWER = (("fewer", "than"), ("less", "than"), ("under",), ("below",))
REASONS = frozenset({"for", "over", "about", "after", "against"})
PAST_CLAUSES = frozenset({"when", "which", "where"})
CLAUSES = frozenset({"relcl", "advcl", "ccomp", "conj", "pcomp", "parataxis", "ROOT", "acl", "xcomp"})
MONTHS = frozenset("January February March April May June July August September October November December".split())
TIMED = frozenset({"day", "week", "month", "year", "hour", "decade"})


class Count(NamedTuple):
    """One number of dead of a report. ``teller`` is the verb of telling that it stands under, if any."""

    sentence: int
    first: int
    low: Decimal | None
    high: Decimal | None
    whom: str  # lemma of the counted; "" = people
    subset: bool
    marks: frozenset[str]
    head: int
    teller: int | None


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """The words of ``data/en/tolls.tsv`` by slot."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(DATA / "en" / "tolls.tsv", columns=("words", "slot")):
        out[row["slot"]].add(row["words"])
    return {slot: frozenset(words) for slot, words in out.items()}


def count(tree: Tree, n: int, g: Told, others: Sequence[Told]) -> Count:
    """A figure of dead with what its clause makes of it; ``others`` are the sentence's figures of dead."""
    low, high = g.low, g.high
    marks = frozenset(_marks(tree, g, others))
    if low is None and "update" in marks:
        low = high  # "bringing the total up to 104"
    if any(tree.lower[g.first : g.first + len(s)] == list(s) for s in FEWER) and low is None and high is not None:
        high -= 1
    whom = tree.lemmas[g.last] if g.of_whom else ""
    whom = next((k for k in ("armed", "forces", "civil") if whom in cues()[k]), whom)
    if g.head != g.last and g.of_whom == "them":
        whom = ""
    return Count(
        n, g.first, low, high, "" if whom in GENERIC else whom, g.subset, marks, g.head,
        teller(tree, g.head),
    )  # fmt: skip


def without_parts(counts: list[Count]) -> list[Count]:
    """A total that the numbers after it add up to stands alone: "three died, two in Rafah and one in Jabalia".

    Three Italians, two Nepalis and a Frenchman are six: what each number counts is told.
    """
    full = [c for c in counts if not c.subset]
    total, parts = full[:1], full[1:]
    if len(parts) < 2 or least(total[0]) != sum(least(c) for c in parts):
        return counts
    apart = any(c.whom and c.whom != total[0].whom and c.whom not in SEXES for c in parts)
    return counts if total[0].whom and apart else total


def least(c: Count) -> Decimal:
    """The fewest that a number may mean; of "up to 12", twelve."""
    return c.low if c.low is not None else c.high or Decimal(0)


def _marks(tree: Tree, g: Told, others: Sequence[Told]) -> set[str]:
    """What its words make of a figure: a whole, a running total, one that comes on top, an update, and so on."""
    cue = cues()
    out: set[str] = set()
    start, end = _clause(tree, g, others)
    before, after = tree.lower[start : g.first], tree.lower[g.last + 1 : end]
    around = [*before, "|", *after]
    for slot, words in (
        ("whole", around),
        ("running", around),
        ("period", around),
        ("earlier", before),
    ):
        if _has(words, cue[slot]):
            out.add(slot)
    near = tree.lower[max(start, g.first - 4) : g.last + 1] + after[:2]
    near = [w for w, following in zip(near, [*near[1:], ""]) if following != "than"]  # no "more" of "more than"
    if _has(near, cue["apart"]) or _has(tree.lower[start : start + 2], cue["apart"]) or _placed(tree):
        out.add("apart")
    if _has(tree.lower[start:end], cue["update"]) or risen(tree, g) or _added(tree, g) or _settled(tree, g):
        out.add("update")
    if longer(tree, max(0, start - 1), end):
        out.add("period")
    return out | _tense(tree, g, before, after)


def _tense(tree: Tree, g: Told, before: list[str], after: list[str]) -> set[str]:
    """What the verbs around a figure say of its time and of whether it is real."""
    cue = cues()
    out: set[str] = set()
    if cue["long"] & {tree.lemmas[s] for v in clause_verbs(tree, g.head)[:1] for s in tree.all(v, "nsubj")}:
        out.add("running")
    if g.others:
        out.add("others")
    verb = next(iter(clause_verbs(tree, g.head)), None)
    years = [i for i in range(tree.n) if YEAR.match(tree.words[i]) and next(iter(clause_verbs(tree, i)), -1) == verb]
    if years:
        out.add("dated")
    if (
        tree.lower[g.first - 1] == "from"
        and "to" not in tree.lower[g.first : g.last + 1]
        and clause_rises(tree, g.head)
    ):
        out.add("earlier")
    by = teller(tree, g.head)
    if by is not None and any(tree.lower[c] == "had" for c in tree.children[by]):
        out.add("earlier")
    if tree.lower[g.last : g.last + 2] == ["more", "than"] or after[:2] == ["more", "than"]:
        out.add("earlier")
    if cue["corrected"] & set(tree.lemmas) or "down" in after[:1] + before[-2:]:
        out.add("corrected")
    if nested(tree, g.head):
        out.add("nested")
    helpers = {tree.lower[c] for c in tree.children[verb] if tree.relations[c] == "aux"} if verb is not None else set()
    if "had" in helpers and teller(tree, g.head) is None:
        out.add("before")
    if helpers & {"has", "have"}:
        out.add("perfect")
    if unreal(tree, g.head):
        out.add("unreal")
    if _background(tree, g.head):
        out.add("background")
    if presumed(tree, g):
        out.add("presumed")
    if deed(tree, g.head):
        out.add("deed")
    if g.of_whom and tree.lemmas[g.last] in cue["assailant"]:
        out.add("assailants")
    if any(
        tree.relations[i] == "advcl" and "when" in (tree.lower[c] for c in tree.children[i])
        for i in tree.ancestors(g.head)
    ):
        out.add("when")
    return out


def deed(tree: Tree, head: int) -> bool:
    """True for what somebody stands trial for or protests against: "guilty of killing a man", "the killing of X"."""
    for i in (head, *tree.ancestors(head)):
        above = tree.heads[i]
        if tree.relations[i] == "pcomp" and tree.relations[above] == "prep":
            return True
        if (
            tree.relations[i] == "pobj"
            and tree.lower[above] == "of"
            and tree.lemmas[tree.heads[above]] in cues()["deed"]
        ):
            noun = tree.heads[above]
            return tree.relations[noun] != "dobj" or tree.lemmas[tree.heads[noun]] not in cues()["teller"]
    return False


def presumed(tree: Tree, g: Told) -> bool:
    """True for people "feared dead"."""
    return any(
        w in cues()["presumed"]
        for w in (tree.lower[i] for v in clause_verbs(tree, g.head)[:2] for i in (v, *tree.children[v]))
    )


def _placed(tree: Tree) -> bool:
    """True for a sentence that opens on another place: "In Rafah, tank fire killed three"."""
    return tree.lower[0] in PLACED and any(tree.pos[i] == "PROPN" for i in tree.subtree(0))


def _clause(tree: Tree, g: Told, others: Sequence[Told]) -> tuple[int, int]:
    """The words around a figure that speak of it: up to the next figure of dead or semicolon."""
    start = max([o.last + 1 for o in others if o.last < g.first], default=0)
    end = min([o.first for o in others if o.first > g.last], default=tree.n)
    stops = [i for i in range(tree.n) if tree.words[i] in (";", ":", "—", "–")]
    start = max([start, *(i + 1 for i in stops if i < g.first)])
    end = min([end, *(i for i in stops if i > g.last)])
    return start, end


def _has(words: list[str], phrases: frozenset[str]) -> bool:
    line = f" {' '.join(words)} "
    return any(f" {p} " in line for p in phrases)


def clause_verbs(tree: Tree, at: int) -> list[int]:
    """The verbs above a token, lowest first."""
    return [i for i in (at, *tree.ancestors(at)) if tree.pos[i] in ("VERB", "AUX")]


def unreal(tree: Tree, head: int) -> bool:
    """True for deaths denied, averted, threatened or only possible under a condition."""
    cue = cues()
    below = head
    for depth, i in enumerate((head, *tree.ancestors(head))):
        if tree.pos[i] in ("VERB", "AUX"):
            helpers = {tree.lower[c] for c in tree.children[i] if tree.relations[c] in ("aux", "auxpass")}
            marks = {tree.lower[c] for c in tree.children[i] if tree.relations[c] == "mark"}
            negated = any(tree.relations[c] == "neg" and tree.lower[c] != "nothing" for c in tree.children[i])
            marks |= {
                tree.lower[m] for c in tree.children[i] if tree.relations[c] == "advcl" for m in tree.all(c, "mark")
            } & {"if", "unless"}
            if helpers & {"could", "would", "should", "will", "'d"} or marks & {"if", "unless"}:
                return depth < 4 and tree.lemmas[i] not in cue["teller"] | {"verify", "ascertain", "corroborate"}
            if negated and depth < 3 and tree.lemmas[i] not in cue["teller"] | {"survive"}:
                return True
            governed = tree.relations[below] in ("xcomp", "ccomp", "dobj", "pobj", "acl", "pcomp", "prep")
            if any(tree.lower[c] == "alive" for v in tree.conjuncts(i)[1:] for c in tree.children[v]):
                return True
            if depth and tree.lemmas[i] in cue["denying"] and governed and tree.lower[below] != "after":
                return tree.lemmas[i] not in ("fear", "call", "order", "warn", "rule") or _infinitive(tree, below)
        elif depth and tree.relations[below] in ("acl", "relcl", "prep") and _untrue(tree, i):
            return True
        elif depth and tree.lemmas[i] in cue["plot"] and tree.relations[below] in ("acl", "prep"):
            return True
        if tree.relations[i] == "advcl" or (
            tree.relations[i] == "relcl" and tree.lemmas[tree.heads[i]] not in cue["report"]
        ):
            return False
        below = i
    return False


def _untrue(tree: Tree, noun: int) -> bool:
    """True for "reports that ... were false"."""
    verb = tree.heads[noun]
    return tree.lemmas[noun] in cues()["report"] and any(tree.lower[c] in cues()["false"] for c in tree.children[verb])


def _infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.lower[c] == "to" and tree.relations[c] == "aux" for c in tree.children[verb])


def _background(tree: Tree, head: int) -> bool:
    """True inside a clause about an earlier event: "since December, when", "six days after"."""
    above = tree.heads[head]
    if tree.relations[head] == "pobj" and tree.lower[above] == "of":
        above = tree.heads[tree.heads[above]]
    if tree.relations[head] == "pobj" and tree.lower[above] in REASONS:
        return True
    for i in (head, *tree.ancestors(head)):
        if tree.relations[i] in ("relcl", "advcl", "acl") and (
            opener := next((c for c in tree.subtree(i) if tree.lower[c] in PAST_CLAUSES), None)
        ):
            before = tree.lower[max(0, opener - 12) : opener]
            if opener < head and (_has(before, cues()["running"]) or "anniversary" in before or "earlier" in before):
                return True
            if opener < head and any(w.isdigit() and len(w) == 4 and w[:2] in ("19", "20") for w in before):
                return True
        if tree.relations[i] in ("advcl", "pcomp", "pobj", "nsubj") and _long_after(tree, i, head):
            return True
    return False


def nested(tree: Tree, head: int) -> bool:
    """True inside a relative clause on another event: "in revenge for a strike that killed five"."""
    for i in (head, *tree.ancestors(head)):
        if tree.relations[i] == "acl" and i < head and tree.lemmas[i] in cues()["guilt"]:
            return True  # "a man convicted of murdering ten"
        if tree.relations[i] == "relcl" and i != head and i <= head:
            noun = tree.heads[i]
            fresh = {tree.lower[c] for c in tree.children[noun]} & {"second", "another", "third", "other"}
            return (
                not fresh
                and tree.relations[noun] not in ("nsubj", "nsubjpass", "attr")
                and tree.lemmas[tree.heads[noun]] not in cues()["teller"]
            )
    return False


def _long_after(tree: Tree, verb: int, head: int) -> bool:
    """True for "six days after 19 people died"."""
    start = min(tree.subtree(verb))
    for i in range(max(0, start - 2), head):
        if tree.lower[i] in ("after", "since") and i and tree.lemmas[i - 1] in TIMED:
            return True
    return False


def risen(tree: Tree, g: Told) -> bool:
    """True for a toll that is told to have become this number."""
    verbs = [v for v in clause_verbs(tree, g.head) if tree.lemmas[v] in cues()["rise"]][:1]
    before = " ".join(tree.lower[max(0, g.first - 3) : g.last])
    if not verbs or not (" to" in f" {before}" or tree.lemmas[verbs[0]] in ("reach", "exceed", "pass", "double")):
        return False
    around = (*tree.subtree(verbs[0]), *range(g.first))
    return any(tree.lemmas[i] in cues()["count"] or tree.lemmas[i] == "dead" for i in around)


def _settled(tree: Tree, g: Told) -> bool:
    """True for "..., putting the number of dead at 11"."""
    verb = next(iter(clause_verbs(tree, g.head)), None)
    return (
        verb is not None
        and tree.lower[verb] in ("putting", "making", "totaling", "totalling")
        and tree.relations[verb] == "advcl"
    )


def longer(tree: Tree, start: int, end: int) -> bool:
    """True where some words tell of a longer time or a series: "in the campaign", "since October 2023"."""
    words = tree.lower[start:end]
    if _has(words, cues()["period"]):
        return True
    for i in range(start, end):
        if (
            tree.lower[i] == "since"
            and i + 1 < end
            and (
                YEAR.match(tree.words[i + 1])
                or tree.words[i + 1] in MONTHS
                or (cues()["long"] | cues()["pause"]) & set(tree.lemmas[i + 1 : min(i + 6, end)])
            )
        ):
            return True
        if tree.lower[i] in ("in", "of", "during") and i + 2 < end:
            if tree.words[i + 1] == "Operation":
                return True
            if tree.lower[i + 1] in ("the", "its", "this") and cues()["long"] & set(
                tree.lemmas[i + 2 : min(i + 4, end)]
            ):
                return True
    return False


def clause_rises(tree: Tree, head: int) -> bool:
    """True where the verb above a number is one of rising or being revised."""
    return any(tree.lemmas[v] in cues()["rise"] for v in clause_verbs(tree, head)[:1])


def _added(tree: Tree, g: Told) -> bool:
    """True for "with the deaths of three women, 20 people have now died"."""
    return (
        tree.lower[:3] in (["with", "the", "deaths"], ["with", "the", "death"])
        and g.first > 4
        and (tree.lower[g.first - 1]) != "of"
    )


def teller(tree: Tree, head: int) -> int | None:
    """The verb of telling, or the "according to", that a figure stands under."""
    for i in (head, *clause_verbs(tree, head)[:1]):
        if (by := next((c for c in tree.children[i] if tree.lower[c] in ("according", "per")), None)) is not None:
            return by
    parts = [i for i in range(tree.n) if tree.words[i] == ";"]
    near = [v for v in clause_verbs(tree, head) if not any(min(v, head) < p < max(v, head) for p in parts)]
    return next((v for v in near if tree.lemmas[v] in cues()["teller"] and told_by(tree, v)), None)


def told_by(tree: Tree, verb: int) -> bool:
    """True for a verb with a subject of its own."""
    return tree.child(verb, "nsubj") is not None
