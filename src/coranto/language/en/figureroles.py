"""A counted token of a parse -> what happens to it: killed, wounded, fled, or nothing that is counted."""

from coranto.language.en.figurelists import listed
from coranto.language.en.figurewords import Lexicon, lexicon
from coranto.language.trees import Tree
from coranto.records import FigureKind

PASSED_OVER = frozenset(
    "others more were are was is have has had been being reported reportedly confirmed critically seriously severely "
    "also still feared left be lightly shot".split()
)
WHOLE = frozenset("dead victims killed fatalities casualties deaths bodies slain deceased".split())
RANGING = frozenset({"anything", "anywhere", "somewhere"})
MODIFIERS = frozenset({"amod", "acl", "relcl", "compound", "punct"})
NOBODY = frozenset({"none", "neither", "nobody"})
COUNTS = frozenset({"number", "count", "figure", "tally", "total", "estimate"})
BEFORE_DEATH = frozenset({FigureKind.WOUNDED, FigureKind.MISSING, FigureKind.ABDUCTED, FigureKind.DETAINED})
INJURING = frozenset({"injures", "wounds", "hurts"})
BODIES = frozenset({"body", "remains", "remain", "corpse", "skull"})
COMPANY = frozenset({"along", "together"})
FATAL = frozenset({"shoot", "wound", "stab", "injure", "beat", "hit"})


def happening(
    tree: Tree, lex: Lexicon, anchor: int, noun: int | None, tokens: list[int]
) -> tuple[FigureKind | None, bool] | None:
    """What happens to the counted, and whether they are a part of another figure's."""
    if bodies(tree, anchor):
        return FigureKind.KILLED, partial(tree, tokens)
    if noun is not None and (what := lex.get("state", tree.lower[noun])):
        return what, partial(tree, tokens)  # "34 hurt"
    if what := _state(tree, lex, anchor, noun, tokens):
        if what in BEFORE_DEATH and _role(tree, lex, anchor) is FigureKind.KILLED:
            what = FigureKind.KILLED
        return what, partial(tree, tokens)
    at, subset = anchor, partial(tree, tokens)
    for _ in range(6):
        what = _role(tree, lex, at)
        if what is not None:
            return what, subset
        relation, head = tree.relations[at], tree.heads[at]
        if relation == "conj" and tree.pos[head] in ("VERB", "AUX") and tree.pos[at] in ("NUM", "NOUN"):
            told = _parallel(tree, head, at)  # "eleven died on the spot and two in hospital"
            if told is None and tree.relations[head] == "acl":
                told = tree.heads[head]  # "a leader known as Ox and seven of his men"
            if told is None:
                return None
            at = told
        elif relation == "conj" and tree.relations[head] == "pobj" and tree.lower[at] == "another":
            told = _parallel(
                tree, tree.heads[tree.heads[head]], at
            )  # "one was killed near Tyre and another in Naqoura"
            if told is None:
                return None
            at = told
        elif relation == "conj" and tree.pos[head] == "PROPN" and _of_place(tree, head) and lex.human(tree.lemmas[at]):
            at = tree.heads[tree.heads[head]]  # "the mayor of Leiria and his brother"
        elif relation == "conj" and INJURING & set(tree.lower[head:at]):
            return FigureKind.WOUNDED, subset  # "kills two people and injures 17 others", its verb taken for a noun
        elif relation in ("conj", "appos") and head != at:
            if relation == "appos":
                subset = subset or (tree.pos[head] in ("NOUN", "NUM", "PROPN", "ADJ") and not listed(tree, head, at))
            at = head
            at = tree.heads[at] if tree.relations[at] == "nummod" and tree.heads[at] < anchor else at
        elif relation in ("pobj", "pcomp") and tree.lower[head] in ("including", "of", "among", "include"):
            subset = True
            at = tree.heads[head]
        elif relation in ("dobj", "pobj", "nsubj") and tree.lemmas[head] == "include":
            subset = True
            at = _included(tree, head)
        elif relation == "pobj" and (with_whom := _company(tree, head)) is not None:
            at = with_whom
        elif relation in ("prep", "pobj") and _ranging(tree, at, head):
            at = head
        elif relation == "prep":
            at = head
        elif relation in ("attr",) and tree.lemmas[head] == "be" and (s := tree.child(head, "nsubj")) is not None:
            return _state(tree, lex, s, s, [s]), subset
        elif relation in ("nummod", "dep", "amod") and head != at:
            at = head
        elif relation == "compound" and tree.words[at + 1] == "-":
            at = head  # "passers-by"
        else:
            return None
    return None


def bodies(tree: Tree, at: int) -> bool:
    """True for those whose bodies are told of: "the bodies of two missing girls"."""
    of = tree.heads[at]
    return tree.relations[at] == "pobj" and tree.lower[of] == "of" and tree.lemmas[tree.heads[of]] in BODIES


def _of_place(tree: Tree, name: int) -> bool:
    """True for the name in "the mayor of Leiria"."""
    of = tree.heads[name]
    return tree.relations[name] == "pobj" and tree.lower[of] == "of"


def _parallel(tree: Tree, verb: int, at: int) -> int | None:
    """The counted word of a clause that a later number without a verb of its own is laid beside."""
    object = tree.child(verb, "dobj")
    if object is not None and object < at:
        return object
    return tree.child(verb, "nsubj", "nsubjpass")


def _company(tree: Tree, preposition: int) -> int | None:
    """The one beside whom others are told of: "killed a commander along with two guards"."""
    if tree.lower[preposition] == "alongside":
        above = tree.heads[preposition]
    elif tree.lower[preposition] == "with" and COMPANY & {
        tree.lower[tree.heads[preposition]],
        tree.lower[preposition - 1],
    }:
        above = tree.heads[preposition]
        above = tree.heads[above] if tree.lower[above] in COMPANY else above
    else:
        return None
    if tree.pos[above] != "VERB":
        return above
    return next((c for r in ("dobj", "nsubjpass", "nsubj") if (c := tree.child(above, r)) is not None), None)


def _ranging(tree: Tree, at: int, head: int) -> bool:
    """True inside "at anything from 50 to 100"."""
    return (
        tree.lower[at] in RANGING
        or tree.lower[head] in RANGING
        or (tree.lower[head] in ("from", "between") and tree.lower[tree.heads[head]] in RANGING)
    )


def _included(tree: Tree, verb: int) -> int:
    """What "including" hangs on: the noun or number before it."""
    head = tree.heads[verb]
    if tree.pos[head] == "VERB" and (s := tree.child(head, "nsubjpass", "dobj", "nsubj")) is not None and s < verb:
        return s
    return head


def partial(tree: Tree, tokens: list[int]) -> bool:
    """True for "three of the 12" and "including three"."""
    before = tree.lower[max(0, tokens[0] - 4) : tokens[0]]
    after = tree.lower[tokens[-1] + 1 : tokens[-1] + 4]
    if "including" in before or _after_colon(tree, tokens[0]):
        return True
    if before[-1:] == ["with"] and tree.lower[tokens[-1] + 1 : tokens[-1] + 2] == ["killed"]:
        return True  # "68 people are killed, with 37 killed in Gaza City"
    if "among" in before and before[before.index("among") + 1 :][:1] in (["them"], ["whom"], ["which"], ["those"]):
        return True
    if after[:1] != ["of"]:
        return tree.lower[tokens[-1]] == "of" and after[:1] in (["them"], ["whom"])
    object_of = tree.relations[tokens[-1]] == "dobj"
    if after[1:2] in (["whom"], ["which"]):
        return True
    if after[1:2] in (["them"], ["those"]):
        return not object_of
    at = tokens[-1] + 2 + (after[1:2] == ["the"])
    if at >= tree.n or object_of or (after[1:2] != ["the"] and tree.pos[at] != "NUM"):
        return False
    if tree.pos[at] != "NUM":
        return tree.lower[at] in WHOLE
    noun = tree.heads[at]
    if tree.lower[at + 1 : at + 2] and tree.lower[at + 1] in WHOLE:
        return True
    return noun > at and (tree.lower[noun] in WHOLE or _modifier(tree, lexicon(), noun) is not None)


def _after_colon(tree: Tree, first: int) -> bool:
    """True for the breakdown that follows a colon or dash: "33 people: 12 in Missouri, eight in Kansas"."""
    colon = max((i for i in range(first) if tree.words[i] in (":", "—", "–", "(") or _dash(tree, i)), default=0)
    if not colon or first - colon > 40 or any(tree.pos[i] == "VERB" and tree.tags[i] in ("VBD", "VBP", "VBZ")
                                              for i in range(colon, first)):  # fmt: skip
        return False
    return any(tree.pos[i] == "NUM" for i in range(colon)) and any(tree.pos[i] == "VERB" for i in range(colon))


def _dash(tree: Tree, i: int) -> bool:
    """True for a hyphen that stands for a dash."""
    return tree.words[i] == "-" and 0 < i < tree.n - 1 and tree.ends[i - 1] < tree.starts[i]


def done(tree: Tree, lex: Lexicon, verb: int) -> FigureKind | None:
    """What a verb, with its particle or "to death", does to its object."""
    if tree.lemmas[verb] in ("sentence", "condemn"):
        return None
    for c in tree.children[verb]:
        if tree.relations[c] in ("prt", "advmod", "oprd", "acomp", "dobj") and (
            what := lex.get("patient", f"{tree.lemmas[verb]} {tree.lower[c]}")
        ):
            return what
        if tree.relations[c] == "prep" and (p := tree.child(c, "pobj")) is not None:
            if what := lex.get("patient", f"{tree.lower[c]} {tree.lemmas[p]}"):
                return what
    object = tree.child(verb, "dobj")
    if tree.lemmas[verb] in FATAL and object is not None and _to_end(tree, object) == "to death":
        return FigureKind.KILLED
    return lex.get("patient", tree.lemmas[verb])


def _to_end(tree: Tree, verb: int) -> str:
    """ "to death" beside a verb or its object, or ""."""
    for c in tree.children[verb]:
        if tree.relations[c] == "prep" and (p := tree.child(c, "pobj")) is not None:
            return f"{tree.lower[c]} {tree.lemmas[p]}"
    return ""


def toll_of(tree: Tree, lex: Lexicon, noun: int) -> FigureKind | None:
    """What a noun like "toll" or "the number of dead" counts."""
    if what := lex.get("toll", tree.lemmas[noun]):
        return what
    if tree.lemmas[noun] not in COUNTS:
        return None
    of = next((c for c in tree.children[noun] if tree.lower[c] == "of"), None)
    if of is None:
        told = next((c for c in tree.children[noun] if tree.relations[c] == "compound"), None)
        return lex.get("toll", tree.lemmas[told]) if told is not None else None
    for c in tree.children[of]:
        if tree.lemmas[c] == "victim":
            return FigureKind.KILLED
        if what := (lex.get("state", tree.lower[c]) or lex.get("noun", tree.lemmas[c]) or _modifier(tree, lex, c)):
            return what
    return None


def _state(tree: Tree, lex: Lexicon, anchor: int, noun: int | None, tokens: list[int]) -> FigureKind | None:
    """A participle or adjective beside the counted: "12 wounded soldiers", "12 people killed", "5 dead"."""
    return following(tree, lex, max(tokens[-1], noun or 0) + 1) or (_modifier(tree, lex, noun) if noun else None)


def following(tree: Tree, lex: Lexicon, at: int) -> FigureKind | None:
    """What the first word from ``at`` on says that is more than an auxiliary or an adverb."""
    while at + 1 < tree.n and (
        (tree.lower[at] in PASSED_OVER and not (tree.lower[at] == "shot" and tree.child(at, "dobj")))
        or (tree.lower[at] == "and" and tree.lower[at - 1] == "shot")
    ):
        at += 1
    if at >= tree.n:
        return None
    if what := lex.get("state", tree.lower[at]):
        return what
    if tree.tags[at] in ("VBN", "JJ", "VBD") and tree.child(at, "dobj") is None and (what := done(tree, lex, at)):
        return what
    return lex.get("agent", tree.lemmas[at]) if tree.tags[at] == "VBP" else None


def _modifier(tree: Tree, lex: Lexicon, noun: int) -> FigureKind | None:
    """What a participle, adjective or relative clause of the counted noun says."""
    for c in tree.children[noun]:
        if tree.relations[c] not in MODIFIERS or tree.tags[c] not in ("VBN", "JJ", "VBD", "NN", "VBG"):
            continue
        if what := lex.get("state", tree.lower[c]):
            return what
        passive = tree.tags[c] in ("VBN", "VBD") and tree.child(c, "dobj") is None
        if passive and (what := done(tree, lex, c)):
            return what
        subject = tree.child(c, "nsubj", "nsubjpass")
        if tree.relations[c] == "relcl" and subject is not None and tree.tags[subject] not in ("WP", "WDT"):
            continue  # "20 people, 14 of whom died"
        if tree.relations[c] == "relcl" and (what := lex.get("agent", tree.lemmas[c])):
            return what
    return None


def qualified(
    tree: Tree, lex: Lexicon, anchor: int, first: int, tokens: list[int]
) -> tuple[FigureKind | None, bool] | None:
    """What happens to the subject of "over 200 people have died", whose "over" the parse takes for a preposition."""
    over = tree.heads[anchor]
    if tree.relations[anchor] != "pobj" or not first <= over < tokens[0]:
        return None
    verb = tree.heads[over]
    if tree.pos[verb] not in ("VERB", "AUX") or tree.child(verb, "nsubj", "nsubjpass") is not None or verb < anchor:
        return None
    what = lex.get("state", tree.lower[verb]) or lex.get("agent", tree.lemmas[verb])
    return (what or _passive(tree, lex, verb), False) if what or tree.tags[verb] == "VBN" else None


def state_beside(tree: Tree, lex: Lexicon, noun: int) -> FigureKind | None:
    """What a participle, adjective or relative clause of a noun says: "the 12 people killed"."""
    return _modifier(tree, lex, noun)


def _role(tree: Tree, lex: Lexicon, at: int) -> FigureKind | None:
    """What the verb or noun above a token says of it."""
    relation, head = tree.relations[at], tree.heads[at]
    lemma = tree.lemmas[head]
    if relation == "nsubjpass":
        if lemma == "lose" and lex.human(tree.lemmas[at]):
            return FigureKind.KILLED
        if tree.lemmas[at] == "life":
            return FigureKind.KILLED if lemma in ("lose", "claim", "take", "cost", "cut") else None
        return _passive(tree, lex, head)
    if tree.lower[at + 1 : at + 3] in (["their", "lives"], ["his", "life"], ["her", "life"]) and lemma == "cost":
        return FigureKind.KILLED
    if relation in ("dobj", "obj", "iobj"):
        subject = tree.child(head, "nsubj")
        if subject is not None and lemma in ("reach", "exceed", "number", "top", "hit", "surpass", "total", "pass"):
            return toll_of(tree, lex, subject)
        if tree.lemmas[at] == "life" and lemma in ("claim", "lose", "take", "cost"):
            return FigureKind.KILLED
        if lemma in FATAL and any(tree.lower[c] in ("dead", "fatally") for c in tree.children[head]):
            return FigureKind.KILLED
        kept = tree.child(next((c for c in tree.children[at] if tree.lower[c] == "of"), at), "pobj")
        lost = tree.lemmas[at if kept is None else kept]
        if lemma in ("lose", "cost") and (lex.get("force", lost) or lost in ("man", "woman")):
            return FigureKind.KILLED
        return done(tree, lex, head) or _clause_state(tree, lex, head)
    if relation == "nsubj":
        if what := lex.get("state", tree.lower[head]) or lex.get("agent", lemma):
            return what
        later = [v for v in tree.conjuncts(head)[1:] if tree.child(v, "nsubj", "nsubjpass") is None]
        if any(lex.get("agent", tree.lemmas[v]) is FigureKind.KILLED for v in later):
            return FigureKind.KILLED  # "a runner collapses and later dies"
        if tree.child(head, "dobj") is None and (
            tree.tags[head] == "VBN"
            or (tree.tags[head] == "VBD" and lemma in ("kill", "wound", "injure", "arrest", "detain"))
        ):
            return _passive(tree, lex, head)
        if tree.child(head, "dobj") is None and (what := lex.get("patient", _to_end(tree, head))):
            return what  # "bled to death"
        object = tree.child(head, "dobj")
        if lemma == "survive" and tree.child(head, "neg") is not None:
            return FigureKind.KILLED
        if lemma == "pay" and "lives" in tree.lower[head : head + 4]:
            return FigureKind.KILLED
        if object is not None and (what := lex.get("suffer", f"{lemma} {tree.lemmas[object]}")):
            return what
        return _clause_state(tree, lex, head) if object is None else None
    if relation == "pobj":
        return _after_preposition(tree, lex, at, head)
    if relation in ("attr", "npadvmod", "oprd") and tree.pos[head] in ("VERB", "AUX"):
        subject = tree.child(head, "nsubj", "nsubjpass", "dobj")
        return toll_of(tree, lex, subject) if subject is not None else None
    return None


def _passive(tree: Tree, lex: Lexicon, verb: int) -> FigureKind | None:
    """What a passive verb, or the verbs joined to it, do to its subject; a death outweighs what led to it."""
    verbs = [v for v in tree.conjuncts(verb) if v == verb or tree.child(v, "nsubj", "nsubjpass") is None]
    met = [done(tree, lex, v) or lex.get("state", tree.lower[v]) for v in verbs]
    met += [_clause_state(tree, lex, v) for v in verbs[1:]]
    met += [lex.get("agent", tree.lemmas[v]) for v in verbs[1:]]
    if any(tree.lemmas[v] in FATAL and "fatally" in tree.lower[v - 1 : v + 2] for v in verbs):
        return FigureKind.KILLED
    if FigureKind.KILLED in met:
        return FigureKind.KILLED
    return next((m for m in met if m), None) or _clause_state(tree, lex, verb)


def _clause_state(tree: Tree, lex: Lexicon, verb: int) -> FigureKind | None:
    for c in tree.children[verb]:
        if (
            tree.relations[c] in ("oprd", "acomp", "xcomp", "ccomp")
            and c > verb
            and tree.child(c, "nsubj", "nsubjpass", "mark") is None
        ):
            raised = tree.relations[c] == "xcomp" and any(tree.lower[k] == "to" for k in tree.children[c])
            what = (lex.get("agent", tree.lemmas[c]) if raised else lex.get("state", tree.lower[c])) or (
                done(tree, lex, c) if tree.tags[c] in ("VBN", "VBD") else None
            )
            if what:
                return what
    return None


def _after_preposition(tree: Tree, lex: Lexicon, at: int, preposition: int) -> FigureKind | None:
    word, above = tree.lower[preposition], tree.heads[preposition]
    if word == "as" and (s := tree.child(above, "nsubjpass", "dobj")) is not None:
        return toll_of(tree, lex, s)
    if (
        word == "among"
        and tree.lemmas[above] == "survivor"
        and any(tree.lower[c] == "no" for c in tree.children[above])
    ):
        return FigureKind.KILLED
    if word == "of":
        if tree.lower[above] in NOBODY and tree.lemmas[tree.heads[above]] == "survive":
            return FigureKind.KILLED
        if what := lex.get("of", tree.lemmas[above]):
            return (
                what
                if tree.lemmas[above] != "life" or tree.lemmas[tree.heads[above]] in ("claim", "take", "cost")
                else None
            )
        return None
    if word in ("to", "at", "by", "from", "above", "past") and tree.relations[preposition] != "agent":
        near = [above, *tree.ancestors(above)][:2]
        for node in near:
            for c in (node, *tree.children[node]):
                if (
                    c != at
                    and (tree.pos[c] in ("NOUN", "PROPN") or tree.lower[c] == "dead")
                    and (c < preposition or tree.lemmas[node] in ("bring", "raise", "take", "push"))
                    and (what := toll_of(tree, lex, c))
                ):
                    return what
    return None
