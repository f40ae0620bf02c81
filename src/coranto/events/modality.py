"""A trigger in its sentence -> its modality, polarity, tense and the path of words that made them.

Effects are gathered from the inside out: the trigger's own negation, modals and adverbs first, then whatever
governs the clause (an operator, a request, a threat). The outermost effect that is more than a mere claim wins.
"""

from coranto.events.factuality import standing
from coranto.events.reading import SentenceReading
from coranto.language.en.clauses import GROUNDS, NOBODY, OCCURRING, UNTRUE
from coranto.language.en.modals import ADVERBS, CONDITIONALS, DETERMINERS, MODALS, MODIFIERS, NEGATIONS
from coranto.language.en.slots import is_divided, is_passive
from coranto.language.trees import Tree
from coranto.records import Modality, Record, Tense

WEAK = frozenset({Modality.ASSERTED, Modality.CLAIMED})


class Mood(Record, frozen=True, kw_only=True):
    """Modality, polarity and tense of one trigger; ``path`` names the words that made it, outermost first."""

    modality: Modality
    positive: bool
    tense: Tense
    path: tuple[str, ...]
    governor: int | None  # the trigger whose content this is
    factuality: float  # on the scale -3 (certainly not) .. +3 (certainly so)
    ahead: bool  # whether the event lies ahead of the time of writing: planned, demanded, hoped for


def mood(reading: SentenceReading, i: int) -> Mood:
    """How the sentence means the event of token ``i``, whether or not a frame knows it."""
    tree = reading.tree
    effects, positive = tree.once(_own, i)
    path = [word for word, _ in effects]
    kinds = [kind for _, kind in effects]
    governor: int | None = None
    at, within = i, False
    while tree.heads[at] != at:
        relation = tree.relations[at]
        if _only_describes(tree, at):
            break
        within = within or _is_content(tree, at)
        at = tree.heads[at]
        match = reading.matches.get(at)
        if within and (word := _called_false(tree, at)):
            positive = not positive
            kinds.append(Modality.DENIED)
            path.append(word)
        if within and governor is None and match and match.frame and match.frame.kind == "event":
            governor = at  # "rejected an accusation that ...", "a deal to ...", "met to ...": told inside another event
        if match is None or match.frame is None or match.frame.inner is None:
            if relation in ("xcomp", "ccomp", "conj") and tree.pos[at] in ("VERB", "AUX") and match is not None:
                outer, sign = tree.once(_own, at) if relation == "xcomp" else ([], True)
                kinds += [k for _, k in outer]
                path += [w for w, _ in outer]
                positive = positive and sign
            continue
        if not _contains(tree, match.content, i):
            continue
        if governor is None and match.frame.kind == "event":
            governor = at
        inner = match.frame.inner
        outer, sign = tree.once(_own, at)
        if inner in (Modality.NEGATED, Modality.DENIED):
            if not sign:  # "did not deny", "failed not"
                continue
            positive = not positive
        elif not sign and inner is not Modality.ASSERTED:
            positive = positive if match.frame.kind == "event" else not positive
        kinds.append(inner)
        path.append(tree.lower[at])
        kinds += [k for _, k in outer if k is not Modality.NEGATED]
    if _is_question(tree):
        kinds.append(Modality.POSSIBLE)
        path.append("?")
    stands = reading.once(standing, i)
    return Mood(
        modality=_outermost(kinds, positive),
        positive=positive,
        tense=tense(tree, i),
        path=tuple(reversed(path)),
        governor=governor,
        factuality=round(3 * stands.truth, 2),
        ahead=stands.ahead,
    )


def _only_describes(tree: Tree, i: int) -> bool:
    """True for a clause that only says who or what a noun is: what stands above it does not colour it."""
    relation = tree.relations[i]
    participle = relation == "acl" and tree.tags[i] in ("VBN", "VBG")
    return relation in ("relcl", "appos") or (participle and not _that(tree, i))


def _called_false(tree: Tree, i: int) -> str:
    """The word that calls a report untrue: "reports that he had fled were *false*"; "" where nothing does."""
    head = tree.heads[i]
    if tree.relations[i] != "nsubj" or tree.pos[i] != "NOUN" or tree.lemmas[head] != "be":
        return ""
    return next((tree.lower[c] for c in tree.all(head, "acomp") if tree.lower[c] in UNTRUE), "")


def _is_content(tree: Tree, i: int) -> bool:
    """True for a clause that says what the words above it are about: what was said, meant, or done it for."""
    relation = tree.relations[i]
    if is_divided(tree, i, tree.heads[i]):
        return False
    if relation == "advcl":
        return _purpose(tree, i)
    return relation in ("acl", "ccomp") or (relation == "pcomp" and tree.lower[tree.heads[i]] in GROUNDS)


def _outermost(kinds: list[Modality], positive: bool) -> Modality:
    strong = [k for k in kinds if k not in WEAK]
    if Modality.DENIED in strong:
        return Modality.DENIED
    moods = [k for k in strong if k is not Modality.NEGATED]
    if moods:
        return moods[-1]
    if not positive:
        return Modality.NEGATED
    return Modality.CLAIMED if Modality.CLAIMED in kinds else Modality.ASSERTED


def _contains(tree: Tree, heads: list[int], i: int) -> bool:
    if i in heads:
        return True
    at = i
    while tree.heads[at] != at:
        if tree.relations[at] in ("relcl", "appos"):
            return False
        at = tree.heads[at]
        if at in heads:
            return True
    return False


def _that(tree: Tree, i: int) -> bool:
    """True for the content clause of a noun: "an accusation *that* it had sent troops"."""
    return any(tree.lower[m] == "that" for m in tree.all(i, "mark"))


def _purpose(tree: Tree, i: int) -> bool:
    """True for a clause of purpose: "met *to* discuss"."""
    return tree.tags[i] == "VB" and any(tree.lower[c] == "to" for c in tree.all(i, "aux"))


def _own(tree: Tree, i: int) -> tuple[list[tuple[str, Modality]], bool]:
    """What the trigger's own words do: negation, modals, adverbs, conditionals, determiners of its arguments."""
    effects: list[tuple[str, Modality]] = []
    positive = True
    verb = _verb_of(tree, i)
    for c in tree.children[verb]:
        word, relation = tree.lower[c], tree.relations[c]
        if relation == "neg" or word in NEGATIONS:
            positive = not positive
            effects.append((word, Modality.NEGATED))
        elif relation == "aux" and (kind := MODALS.get(word)):
            effects.append((word, kind))
        elif relation in ("advmod", "npadvmod") and (kind := ADVERBS.get(word)):
            effects.append((word, kind))
        elif relation == "mark" and word in CONDITIONALS:
            effects.append((word, Modality.POSSIBLE))
        elif relation in ("nsubj", "nsubjpass", "dobj", "attr") and _is_none(tree, c):
            positive = not positive
            effects.append((tree.lower[c], Modality.NEGATED))
        elif relation == "advcl" and any(tree.lower[m] in CONDITIONALS for m in tree.all(c, "mark", "advmod")):
            if any(tree.relations[a] == "aux" and tree.lower[a] in MODALS for a in tree.children[verb]):
                effects.append(("if", Modality.POSSIBLE))
    if tree.relations[i] == "conj" and tree.tags[i] == "VB" and not tree.all(i, "aux", "nsubj", "nsubjpass"):
        for c in tree.all(tree.heads[i], "aux"):  # "must leave and *pay*"
            if kind := MODALS.get(tree.lower[c]):
                effects.append((tree.lower[c], kind))
    if verb == i and tree.relations[i] in ("advcl", "acl", "relcl", "ROOT") and _purpose(tree, i):
        effects.append(("to", Modality.PLANNED))
    if tree.pos[i] in ("NOUN", "PROPN"):
        for c in tree.children[i]:
            if tree.lower[c] in DETERMINERS and tree.relations[c] in ("det", "neg"):
                positive = not positive
                effects.append((tree.lower[c], Modality.NEGATED))
            elif kind := MODIFIERS.get(tree.lower[c]):
                effects.append((tree.lower[c], kind))
    return effects, positive


def _verb_of(tree: Tree, i: int) -> int:
    """The verb whose auxiliaries bear on the trigger: itself, the copula of an adjective, or the verb that only says
    that what the noun tells takes place: "the withdrawal *must begin*", "the rally *was not held*"."""
    head = tree.heads[i]
    if tree.pos[i] == "ADJ" and tree.relations[i] == "acomp":
        return head
    if tree.pos[i] == "NOUN" and tree.relations[i] in ("nsubj", "nsubjpass") and tree.lemmas[head] in OCCURRING:
        return head
    return i


def _is_none(tree: Tree, i: int) -> bool:
    if tree.lower[i] in NOBODY:
        return True
    return any(tree.lower[c] in DETERMINERS for c in tree.all(i, "det", "neg"))


def _is_question(tree: Tree) -> bool:
    return tree.lower[-1] == "?" or (tree.n > 1 and tree.lower[-2] == "?")


def tense(tree: Tree, i: int) -> Tense:
    """Where the trigger's clause stands in time."""
    at = i
    while tree.pos[at] not in ("VERB", "AUX") and tree.heads[at] != at:
        at = tree.heads[at]
    aux = {tree.lower[c] for c in tree.all(at, "aux", "auxpass")}
    if aux & {"will", "'ll", "’ll", "shall", "would", "'d"} or ("going" in aux):
        return Tense.FUTURE
    tag = tree.tags[at]
    if tag == "VBD" or aux & {"had", "was", "were", "did"}:
        return Tense.PAST
    if tag == "VBN":
        return Tense.PAST if aux & {"has", "have", "'ve", "’ve", "having"} or is_passive(tree, at) else Tense.NONE
    if tag in ("VBZ", "VBP"):
        return Tense.PRESENT
    if tag == "VB" and "to" in aux and tree.heads[at] != at:
        return Tense.FUTURE
    if tag == "VBG" and aux & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
        return Tense.PRESENT
    if tree.heads[at] != at:
        return tense(tree, tree.heads[at])
    return Tense.NONE
