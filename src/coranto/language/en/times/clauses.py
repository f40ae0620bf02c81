"""Parsed sentence -> the tense of the clause that a stretch of it stands in."""

from collections.abc import Callable

from coranto.language.trees import Tree
from coranto.records import Span, Tense

WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "wo n't"})
OPEN = frozenset({"would", "may", "might", "could", "should", "must", "can"})
PLANNING = frozenset({
    "plan", "schedule", "expect", "intend", "set", "slate", "due", "agree", "want",
    "hope", "aim", "prepare", "vow", "promise", "pledge", "threaten", "decide", "arrange",
    "order", "propose", "invite", "ask", "urge", "call", "postpone", "delay", "move",
    "go", "ready", "poise", "anticipate", "await", "mean", "seek", "likely", "bind",
    "deadline",
})  # fmt: skip
SCHEDULING = frozenset({"plan", "schedule", "slate", "set", "postpone", "delay", "organize", "organise", "reschedule"})
AHEAD = frozenset({"ahead", "until", "till"})
FORTHCOMING = frozenset({"upcoming", "forthcoming", "coming", "planned", "scheduled", "next", "expected", "future"})
DONE = frozenset({  # what is spoken of with its day after it was done
    "attack", "massacre", "killing", "bombing", "invasion", "assault", "raid", "coup", "uprising", "shooting", "blast",
    "explosion", "earthquake", "crash", "assassination", "murder", "ambush", "airstrike", "strike", "incursion",
})  # fmt: skip
STARTING = frozenset({
    "begin", "start", "open", "expire", "end", "meet", "visit", "travel", "leave",
    "arrive", "fly", "host", "hold", "convene", "vote", "resume", "take", "run",
    "last",
})  # fmt: skip


def clause_tense(tree: Tree) -> Callable[[int, int], Tense]:
    """The tense at a span of the document, told from the verb that governs it."""

    def tense(start: int, end: int) -> Tense:
        tokens = tree.covering(Span(start, end))
        return tense_at(tree, tree.head_of(tokens)) if tokens else Tense.NONE

    return tense


def adverbial(tree: Tree) -> Callable[[int, int], bool]:
    """True at a span that says when its verb happens ("attacked on 7 October"), not of which day a noun is."""

    def direct(start: int, end: int) -> bool:
        tokens = tree.covering(Span(start, end))
        if not tokens:
            return False
        at = tree.head_of(tokens)
        if tree.relations[at] == "pobj":
            at = tree.heads[at]
            if tree.lemmas[tree.heads[at]] in DONE:
                return not any(tree.lower[c] in ("a", "an", *FORTHCOMING) for c in tree.children[tree.heads[at]])
        elif tree.relations[at] not in ("npadvmod", "advmod", "tmod", "nsubj"):
            return False
        return tree.tags[tree.heads[at]] in ("VBD", "VBN")

    return direct


def tense_at(tree: Tree, token: int) -> Tense:
    """The tense of the nearest verb above a token; words of planning on the way ("ahead of") make it future."""
    below = token
    for i in (token, *tree.ancestors(token)):
        if tree.lower[i] in AHEAD or (tree.lower[i] in FORTHCOMING and tree.relations[i] == "amod"):
            return Tense.FUTURE
        if tree.pos[i] == "NOUN" and i != token and any(
            tree.lower[c] in FORTHCOMING for c in tree.all(i, "amod", "compound")):  # fmt: skip
            return Tense.FUTURE
        if tree.pos[i] in ("VERB", "AUX"):
            return Tense.FUTURE if _is_put_off(tree, i, below) else verb_tense(tree, i)
        below = i
    return Tense.NONE


def _is_put_off(tree: Tree, verb: int, below: int) -> bool:
    """True of what is planned, or put off to a time: the object, or "for", "until", "to"."""
    if tree.lemmas[verb] not in SCHEDULING:
        return False
    return tree.relations[below] in ("dobj", "xcomp") or tree.lower[below] in ("for", "until", "till", "to")


def verb_tense(tree: Tree, verb: int) -> Tense:
    """The tense of a verb with its auxiliaries; an infinitive takes that of what it hangs on."""
    helpers = [c for c in tree.children[verb] if tree.relations[c] in ("aux", "auxpass")]
    words = {tree.lower[c] for c in helpers}
    if words & WILL:
        return Tense.FUTURE
    if words & OPEN:
        return Tense.PAST if "have" in words else Tense.FUTURE
    helper_tags = {tree.tags[c] for c in helpers}
    if "to" in words:
        return _infinitive(tree, verb)
    tag = tree.tags[verb]
    if tag == "VBN" and tree.lemmas[verb] in PLANNING and "VBD" not in helper_tags:
        return Tense.FUTURE
    if tag == "VBD" or "VBD" in helper_tags:
        planned = tree.lemmas[verb] in ("schedule", "slate", "due", "expect", "plan", "set") and tag == "VBN"
        return Tense.FUTURE if planned else Tense.PAST
    if tag == "VBN":
        return Tense.PAST
    if tag == "VBG":
        if any(tree.lemmas[c] == "be" for c in helpers):
            return Tense.FUTURE
        return _above(tree, verb)
    if tag in ("VBZ", "VBP"):
        return Tense.FUTURE if tree.lemmas[verb] in STARTING or _planned(tree, verb) else Tense.PRESENT
    return Tense.NONE


def _planned(tree: Tree, verb: int) -> bool:
    return any(tree.lower[c] in PLANNING for c in tree.all(verb, "acomp", "attr", "oprd", "xcomp"))


def _infinitive(tree: Tree, verb: int) -> Tense:
    head = tree.heads[verb]
    if head == verb or tree.lemmas[head] in PLANNING or tree.pos[head] in ("NOUN", "ADJ", "AUX", "PROPN"):
        return Tense.FUTURE
    return _above(tree, verb)


def _above(tree: Tree, verb: int) -> Tense:
    head = next((i for i in tree.ancestors(verb) if tree.pos[i] in ("VERB", "AUX")), None)
    return Tense.NONE if head is None else verb_tense(tree, head)
