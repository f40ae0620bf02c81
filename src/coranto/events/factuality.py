"""A token in its sentence -> how true the sentence makes its event, and whether the event still lies ahead.

From the outside in: the truth of a clause comes from what governs it (a signature, a frame's content, a conjunction, a
relative clause), and is then turned by its own negation, modals, adverbs and conditions.
"""

from coranto.events.qualifiers import SUBJECTS, is_imperative, is_inverted, is_past, is_to, modal_truth, own
from coranto.events.reading import SentenceReading
from coranto.knowledge import signatures
from coranto.knowledge.signatures import Signature
from coranto.language.en.clauses import WISHES
from coranto.language.en.modals import (
    ANYBODY,
    CONDITIONALS,
    MODAL_TRUTH,
    NEGATING_LINKS,
    OPEN_LINKS,
    PRESUPPOSING_LINKS,
    UNREAL_LINKS,
)
from coranto.language.en.slots import LIGHT, is_passive
from coranto.language.trees import Tree
from coranto.records import Modality, Record

M = Modality
POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
CONTENT = {  # of a frame without a signature: truth of its content when the frame is true, and when it is not
    M.ASSERTED: Signature(positive=0.9, negative=-0.3),
    M.BACKGROUND: Signature(positive=0.9, negative=0.9),
    M.CLAIMED: Signature(positive=0.7, negative=0.0),
    M.ALLEGED: Signature(positive=0.4, negative=0.0),
    M.POSSIBLE: Signature(positive=0.2, negative=-0.1),
    M.PLANNED: Signature(positive=0.3, negative=-0.4),
    M.DEMANDED: Signature(positive=0.05, negative=-0.1),
    M.THREATENED: Signature(positive=0.0, negative=-0.1),
    M.NEGATED: Signature(positive=-0.9, negative=0.5),
    M.DENIED: Signature(positive=-0.65, negative=0.6),
}
OPEN = Signature(positive=0.15, negative=-0.2)  # an infinitive whose governor is not known
GOING = Signature(positive=1.0, negative=-1.0)  # "is going to leave"
FORWARD = frozenset({M.PLANNED, M.DEMANDED, M.THREATENED})


class Standing(Record, frozen=True, kw_only=True):
    """How true an event is (-1 certainly not .. 1 certainly) and whether it lies ahead of the time of writing."""

    truth: float
    ahead: bool = False

    def times(self, factor: float, *, ahead: bool = False) -> "Standing":
        """The same, weakened or turned by a factor."""
        return Standing(truth=self.truth * factor, ahead=self.ahead or ahead)


REAL = Standing(truth=1.0)


def standing(reading: SentenceReading, i: int) -> Standing:
    """How the sentence stands to the event of token ``i``, whether or not a frame knows it."""
    factor, ahead = own(reading.tree, i)
    return _given(reading, i).times(factor, ahead=ahead)


def _given(reading: SentenceReading, i: int) -> Standing:
    """What the surroundings of a token make of it, its own words apart."""
    tree = reading.tree
    relation, head = tree.relations[i], tree.heads[i]
    if head == i:
        return _root(tree, i)
    if relation == "conj":
        return _conjunct(reading, i)
    if relation in ("xcomp", "ccomp", "pcomp", "oprd", "pobj", "acl", "dobj", "nsubj", "nsubjpass", "attr", "advcl"):
        if (found := _governed(reading, i)) is not None:
            return found
    if relation in ("xcomp", "oprd", "acomp", "aux", "auxpass", "neg", "prt", "attr"):
        return reading.once(standing, head)
    if relation in ("ccomp", "parataxis"):
        return _clause(reading, i)
    if relation in ("relcl", "acl", "appos", "amod", "compound", "nmod"):
        return _modifier(reading, i)
    if relation == "advcl":
        return _adverbial(reading, i)
    if relation in ("prep", "agent"):
        return _linked(reading, i, tree.lower[i])
    if relation in ("pcomp", "pobj"):
        return _linked(reading, i, tree.lower[head])
    if relation in ("csubj", "csubjpass"):
        return Standing(truth=0.5)
    return _argument(reading, i)


def _root(tree: Tree, i: int) -> Standing:
    if is_imperative(tree, i):
        return Standing(truth=0.1, ahead=True)
    if tree.lower[-1] == "?" or (tree.n > 1 and tree.lower[-2] == "?"):
        asks_what = any(tree.tags[c] in ("WP", "WRB", "WDT") for c in tree.subtree(i))
        return Standing(truth=0.6 if asks_what else 0.3)
    return REAL


def _conjunct(reading: SentenceReading, i: int) -> Standing:
    tree = reading.tree
    head = tree.heads[i]
    top = head
    while tree.relations[top] == "conj":
        top = tree.heads[top]
    given = _given(reading, top)
    choice = any(tree.lower[c] in ("or", "nor") for c in tree.all(head, "cc"))
    if tree.child(i, *SUBJECTS) is None and tree.tags[i] == tree.tags[head] and not tree.all(i, "aux"):
        while tree.relations[head] == "conj" and not tree.all(head, "aux") and tree.tags[tree.heads[head]] == "VB":
            head = tree.heads[head]
        shared = [c for c in tree.all(head, "aux") if c < i]
        value, ahead = modal_truth(tree, shared, negated=tree.child(head, "neg") is not None and bool(shared))
        given = given.times(value, ahead=ahead)
    elif is_imperative(tree, i) and tree.tags[head] != "VB":
        return Standing(truth=0.1, ahead=True)
    return given.times(0.5) if choice and given.truth > 0 and tree.pos[i] in ("VERB", "AUX") else given


def _governed(reading: SentenceReading, i: int) -> Standing | None:
    """The standing of a complement whose governor has a signature, or whose frame names it as content."""
    tree = reading.tree
    head, kind = _governor(tree, i)
    found = _signature(tree, i, head, kind)
    forward = found is not None and kind in ("inf", "obj") and _looks_ahead(tree, i, found)
    if found is None:
        match = reading.matches.get(head)
        frame = match.frame if match else None
        if match is not None and frame is not None and frame.inner is not None and i in match.content:
            found, forward = CONTENT[frame.inner], frame.inner in FORWARD
        elif kind in ("inf", "obj") and tree.relations[i] in ("xcomp", "ccomp"):
            found, forward = OPEN, True
        else:
            return None
    if kind == "fin" and i < head and found.positive < 0.5 and not tree.all(i, "mark"):
        return None  # two sentences run together: "Ghana wants it, Togo wants it"
    outer = reading.once(standing, head)
    if kind == "fin" and any(tree.lower[m] in ("whether", "if") for m in tree.all(i, "mark")):
        return Standing(truth=0.0, ahead=outer.ahead and not is_past(tree, i))
    if kind == "inf" and tree.pos[head] == "ADJ" and (measured := _measured(tree, head, outer)) is not None:
        return measured
    ahead = (outer.ahead and outer.truth * found.positive != 0) or (forward and not is_past(tree, head))
    if kind == "fin" and (found.shared or is_past(tree, i)):
        ahead = False
    return Standing(truth=found.under(outer.truth), ahead=ahead)


def _governor(tree: Tree, i: int) -> tuple[int, str]:
    """The word that a complement belongs to, past its preposition, and which complement it is ("" = none)."""
    head, link, relation = tree.heads[i], "", tree.relations[i]
    if relation in ("pcomp", "pobj"):
        link, head = tree.lower[head], tree.heads[head]
        if tree.pos[head] == "ADV" and tree.relations[head] in ("advmod", "prt"):  # "stopped short of attacking"
            head = tree.heads[head]
    if relation == "advcl" and not (is_to(tree, i) and tree.pos[head] == "ADJ"):
        return head, "obj" if is_to(tree, i) and is_passive(tree, head) else ""
    kind = _complement(tree, i, head, link)
    if relation in ("dobj", "nsubj", "nsubjpass", "attr") and kind != "fin":
        kind = ""
    return head, kind


def _signature(tree: Tree, i: int, head: int, kind: str) -> Signature | None:
    """The signature of a governor with this complement, or of the adjective or noun that it links."""
    known, pos = signatures.load(), POS.get(tree.pos[head], "")
    if kind == "inf" and tree.lemmas[head] in WISHES:
        if any(tree.lower[c] in ("would", "'d", "’d") for c in tree.all(head, "aux")):
            return OPEN
    if kind == "inf" and tree.lower[head] == "going":
        return GOING
    for word in (tree.lemmas[head], tree.lower[head]):
        if found := known.of(pos, word, kind):
            return found
    if tree.relations[i] in ("xcomp", "ccomp") and pos == "v":
        for c in tree.all(head, "acomp", "oprd", "attr"):  # "is unable to", "are likely to"
            if c != i and (found := known.of("a", tree.lower[c], kind) or known.of("n", tree.lemmas[c], kind)):
                return found
    return None


def _looks_ahead(tree: Tree, i: int, sign: Signature) -> bool:
    """True if an infinitive is left to the future by its governor, not implied, denied or dated before it."""
    if any(tree.lower[c] == "have" for c in tree.all(i, "aux")):
        return False
    return abs(sign.positive) < 0.5 or (abs(sign.positive) < 0.7 and sign.negative > -0.6)


def _complement(tree: Tree, i: int, head: int, link: str) -> str:
    """Which complement of its governor a clause is: inf, obj, fin, ing or from."""
    if link == "from":
        return "from"
    if link:
        return "ing" if tree.tags[i] == "VBG" else ""
    if tree.tags[i] == "VBG" and tree.child(i, "aux", "auxpass") is None:
        return "ing"
    bare = tree.tags[i] == "VB" and not any(tree.lower[c] in MODAL_TRUTH for c in tree.all(i, "aux"))
    if bare and not any(tree.lower[c] == "do" for c in tree.all(i, "aux")):
        if tree.pos[head] not in ("VERB", "AUX"):
            return "inf"
        someone = tree.child(i, "nsubj", "nsubjpass") is not None or tree.child(head, "dobj") is not None
        return "obj" if someone or is_passive(tree, head) else "inf"
    if tree.tags[i] == "VBN" and tree.relations[i] in ("xcomp", "oprd"):
        return "obj"
    return "fin"


def _clause(reading: SentenceReading, i: int) -> Standing:
    """A finite clause whose governor says nothing of its truth: "X is, he went on", two sentences run together."""
    tree = reading.tree
    given = reading.once(standing, tree.heads[i])
    if any(tree.lower[m] in CONDITIONALS for m in tree.all(i, "mark")):
        return Standing(truth=0.1)
    if tree.child(i, "mark") is None and tree.heads[i] > i:
        return _root(tree, i) if not is_imperative(tree, i) else Standing(truth=0.1, ahead=True)
    return Standing(truth=0.8 * max(given.truth, 0.3), ahead=given.ahead and not is_past(tree, i))


def _modifier(reading: SentenceReading, i: int) -> Standing:
    """A relative clause, participle or modifier: mostly taken for granted, unless its noun is not a real one."""
    tree = reading.tree
    noun = tree.heads[i]
    if is_to(tree, i):
        if tree.relations[noun] == "pobj" and tree.lower[tree.heads[noun]] == "for":  # "refused *for it to happen*"
            verb = tree.heads[tree.heads[noun]]
            sign = signatures.load().of(POS.get(tree.pos[verb], ""), tree.lemmas[verb], "inf") or OPEN
            outer = reading.once(standing, verb)
            return Standing(truth=sign.under(outer.truth), ahead=outer.ahead or not is_past(tree, verb))
        outer = reading.once(standing, noun)
        return Standing(truth=0.15 * max(outer.truth, 0.0), ahead=outer.ahead or not is_past(tree, i))
    clause = _clause_of(tree, noun)
    if clause == i:
        return REAL
    outer = reading.once(standing, clause)
    vague = tree.lower[noun] in ANYBODY or any(
        tree.lower[c] in ("a", "an", "any", "every", "no", "whichever") for c in tree.all(noun, "det")
    )
    if tree.relations[i] in ("amod", "compound", "nmod"):
        return Standing(truth=0.9)
    if vague and (outer.ahead or outer.truth < 0.4):
        return Standing(truth=0.35, ahead=outer.ahead and not is_past(tree, i))
    return Standing(truth=0.7 if tree.lower[noun] in ANYBODY else 0.9)


def _adverbial(reading: SentenceReading, i: int) -> Standing:
    """An adverbial clause by its conjunction; a bare infinitive is a purpose."""
    tree = reading.tree
    head = tree.heads[i]
    outer = reading.once(standing, head)
    if is_to(tree, i):
        if (found := _measured(tree, head, outer)) is not None:
            return found
        return Standing(truth=0.5 * outer.truth if outer.truth > 0 else 0.0, ahead=not is_past(tree, head))
    marks = {tree.lower[c] for c in tree.children[i] if tree.relations[c] in ("mark", "advmod", "prep") and c < i + 1}
    if not marks and is_inverted(tree, i):
        return Standing(truth=-0.6)
    if "as" in marks and marks & UNREAL_LINKS:
        return Standing(truth=-0.3)
    if marks & NEGATING_LINKS:
        return Standing(truth=-0.8)
    if marks & OPEN_LINKS or marks & CONDITIONALS:
        if marks & {"if", "unless", "whether"}:
            return Standing(truth=0.0)
        known = is_past(tree, i)
        return Standing(truth=0.8 if known else 0.1, ahead=outer.ahead and not known)
    if is_imperative(tree, i) and not marks:
        return Standing(truth=0.1, ahead=True)
    if marks & {"when", "once", "after", "as", "while"} and not is_past(tree, i):
        return Standing(truth=0.5 if outer.ahead or outer.truth < 0.5 else 0.8, ahead=outer.ahead)
    if marks & PRESUPPOSING_LINKS or tree.tags[i] in ("VBD", "VBP", "VBZ"):
        return Standing(truth=0.95)
    if tree.tags[i] in ("VBG", "VBN"):
        return Standing(truth=max(outer.truth, 0.1) * 0.9, ahead=outer.ahead)
    return Standing(truth=0.8 * max(outer.truth, 0.3))


def _measured(tree: Tree, head: int, outer: Standing) -> Standing | None:
    """The infinitive of "too tired to" and "strong enough to"; None where its head is not measured so."""
    words = {tree.lower[c] for h in (head, *tree.all(head, "acomp", "advmod", "attr")) for c in tree.children[h]}
    if "too" in words:
        return Standing(truth=-0.6 * outer.truth)
    if "enough" in words:
        return Standing(truth=0.4 * outer.truth)
    return None


def _linked(reading: SentenceReading, i: int, word: str) -> Standing:
    """The gerund or noun of a preposition."""
    tree = reading.tree
    preposition = tree.heads[i] if tree.relations[i] in ("pcomp", "pobj") else i
    above = {tree.lower[tree.heads[preposition]], word, tree.lower[max(preposition - 1, 0)]}
    outer = reading.once(standing, tree.heads[preposition]) if preposition != tree.heads[preposition] else REAL
    if above & NEGATING_LINKS:
        return Standing(truth=-0.8)
    if tree.pos[i] not in ("VERB", "AUX"):
        return _argument(reading, i)
    if word in ("before", "until"):
        return Standing(truth=0.7 if outer.truth > 0.6 else 0.2, ahead=outer.ahead)
    if word in ("after", "since", "despite", "besides", "while"):
        return Standing(truth=0.9, ahead=outer.ahead)
    if word in ("about", "to", "against", "of", "for"):
        return Standing(truth=0.5 * max(outer.truth, 0.2), ahead=outer.ahead)
    return Standing(truth=0.9 * outer.truth if outer.truth > 0 else outer.truth * 0.3, ahead=outer.ahead)


def _argument(reading: SentenceReading, i: int) -> Standing:
    """An event that a noun names: what a light verb carries shares its truth; the rest is mostly granted."""
    tree = reading.tree
    clause = _clause_of(tree, i)
    if clause == i:
        return REAL
    outer = reading.once(standing, clause)
    if tree.lemmas[clause] in LIGHT:
        return outer
    definite = any(tree.lower[c] in ("the", "this", "that", "these", "those") for c in tree.all(i, "det"))
    if definite or tree.child(i, "poss") is not None:
        return Standing(truth=0.85, ahead=outer.ahead)
    return Standing(truth=0.9 * max(outer.truth, 0.1), ahead=outer.ahead)


def _clause_of(tree: Tree, i: int) -> int:
    """The verb above a token, or the root."""
    at = i
    while tree.heads[at] != at:
        at = tree.heads[at]
        if tree.pos[at] in ("VERB", "AUX"):
            return at
    return at
