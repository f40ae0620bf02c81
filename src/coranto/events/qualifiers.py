"""A clause's own words -> what they make of its truth: negation, modals, adverbs, conditions, quantities, tense."""

from coranto.language.en.modals import (
    ADVERB_TRUTH,
    COMING,
    DETERMINERS,
    FEW,
    LOOKING_AHEAD,
    MODAL_TRUTH,
    NOBODY,
    PERCEIVED,
    PERFECT_TRUTH,
    STATES,
)
from coranto.language.trees import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


def own(tree: Tree, i: int) -> tuple[float, bool]:
    """The factor (-1..1) by which a token's own words turn its truth, and whether they place it ahead."""
    below = tree.children[i]
    negated = any(tree.relations[c] == "neg" and not _only(tree, c) for c in below)
    truth, ahead = modal_truth(tree, [c for c in below if tree.relations[c] == "aux"], negated=negated)
    for c in below:
        word, relation = tree.lower[c], tree.relations[c]
        if relation in ("advmod", "npadvmod") and word in ADVERB_TRUTH:
            truth *= ADVERB_TRUTH[word]
        elif relation == "advmod" and word == "longer" and not negated:
            truth *= -0.8
        elif relation in ("nsubj", "nsubjpass", "dobj", "attr"):
            truth *= _quantity(tree, c)
        elif relation == "advcl" and any(tree.lower[m] in ("if", "unless") for m in tree.all(c, "mark", "advmod")):
            truth *= 0.5
    if tree.pos[i] in ("NOUN", "PROPN"):
        truth *= _quantity(tree, i)
    if tree.lower[i] == "going" and any(is_to(tree, c) for c in tree.all(i, "xcomp")):
        truth, ahead = 0.4 * truth, True
    elif not ahead and _is_coming(tree, i):
        truth, ahead = 0.4 * truth, True
    if tree.tags[i] in ("VBZ", "VBP") and tree.child(i, "aux") is None and tree.lemmas[i] not in STATES:
        truth *= 0.8  # habits
    if any(tree.lower[c] == "you" for c in tree.all(i, "nsubj")) and tree.tags[i] != "VBD":
        truth *= 0.7
    return max(-1.0, min(1.0, truth)), ahead


def modal_truth(tree: Tree, words: list[int], *, negated: bool) -> tuple[float, bool]:
    """What auxiliaries and negation make of a verb's truth, and whether they look ahead."""
    lower = [tree.lower[c] for c in words]
    modal = next((w for w in lower if w in MODAL_TRUTH), None)
    if modal is None:
        going = "going" in lower
        return (-0.95 if negated else 0.4 if going else 1.0), going
    verb = tree.heads[words[0]]
    if "have" in lower and modal in PERFECT_TRUTH:
        value = PERFECT_TRUTH[modal]
        return (-value if negated else value), False
    if not negated and modal in ("would", "'d", "’d", "will", "'ll", "’ll", "can") and tree.lemmas[verb] in STATES:
        return 0.6, False
    if not negated and modal in ("can", "could") and tree.lemmas[verb] in PERCEIVED:
        return 0.6, False
    alone, under = MODAL_TRUTH[modal]
    return (under if negated else alone), modal in LOOKING_AHEAD


def _only(tree: Tree, c: int) -> bool:
    """True for "not only", "not just"."""
    return c + 1 < tree.n and tree.lower[c + 1] in ("only", "just", "merely", "simply")


def _quantity(tree: Tree, i: int) -> float:
    words = {tree.lower[c] for c in tree.all(i, "det", "neg", "amod")}
    if tree.lower[i] in NOBODY or words & DETERMINERS:
        return -1.0
    if tree.lower[i] in FEW or (words & FEW and "a" not in words):
        return 0.4
    return 1.0


def _is_coming(tree: Tree, i: int) -> bool:
    """True for a present that is dated ahead: "leaves tomorrow", "is leaving next week"."""
    if tree.tags[i] not in ("VBG", "VBZ", "VBP", "VB") or is_past(tree, i):
        return False
    times = tree.all(i, "npadvmod", "advmod")
    return any(tree.lower[t] in COMING or any(tree.lower[c] in COMING for c in tree.all(t, "amod")) for t in times)


def is_to(tree: Tree, i: int) -> bool:
    """True for an infinitive with "to"."""
    return tree.tags[i] == "VB" and any(tree.lower[c] == "to" for c in tree.all(i, "aux"))


def is_past(tree: Tree, i: int) -> bool:
    """True if the finite verb at or above a token is past."""
    at = i
    while True:
        aux = {tree.lower[c] for c in tree.all(at, "aux", "auxpass")}
        if tree.tags[at] == "VBD" or aux & {"had", "was", "were", "did", "has", "have", "'ve", "’ve", "ve"}:
            return True
        if tree.tags[at] in ("VBZ", "VBP") or aux & MODAL_TRUTH.keys() or tree.heads[at] == at:
            return tree.tags[at] == "VBN" and not aux
        at = tree.heads[at]


def is_imperative(tree: Tree, i: int) -> bool:
    """True for a bare verb without a subject: "leave now", "do not shoot"."""
    if tree.tags[i] != "VB" or tree.lemmas[i] == "thank" or tree.child(i, *SUBJECTS) is not None:
        return False
    return all(tree.lower[c] in ("do", "n't", "please", "let") for c in tree.all(i, "aux", "auxpass"))


def is_inverted(tree: Tree, i: int) -> bool:
    """True for a condition without a conjunction: "*had* the bridge held", "*were* they to leave"."""
    subject = tree.child(i, "nsubj", "nsubjpass")
    return subject is not None and any(
        tree.lower[c] in ("had", "were", "should") and c < subject for c in tree.all(i, "aux", "auxpass")
    )
