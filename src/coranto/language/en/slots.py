"""Tree, token -> Slots: where the arguments of a verb, noun or adjective stand, with the syntax undone.

Active and passive are one (`subj` acts, `obj` is acted upon); relative clauses, control, raising, coordination and
participles give the subject or object that they leave out. Labels are ClearNLP's, as spaCy's English pipelines give.
"""

from coranto.language.trees import Tree

Slots = dict[str, list[int]]

RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
CLAUSES = ("ccomp", "xcomp")
# verbs of two objects whose infinitive is done by the subject, not the object: "promised them to leave"
SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "use"})
# prepositions whose gerund is done by the object: "accused Russia of shelling", "banned it from entering"
OBJECT_PREPOSITIONS = frozenset({"of", "for", "from", "into", "against"})
# words that make a preposition of their own with the next: what "according *to* officials" names is no "to"
COMPOUNDED = frozenset({"according", "due", "owing", "thanks", "prior"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
OBLIGING = frozenset({"must", "should", "ought"})
QUANTITIES = frozenset(
    "dozen hundred thousand million score number couple majority minority handful series pair many several most some "
    "both all none half third quarter lot batch tonne ton group wave member barrage string spate round rest "
    "week day month night hour year".split()
)
# verbs that carry a noun's event: "Russia launched an attack", "an attack carried out by"
LIGHT = frozenset(
    "carry launch conduct make mount stage hold commit do give perform undertake execute begin start open "
    "continue resume lead pay have plan announce order organise organize initiate wage unleash claim".split()
)

# what somebody says something in: "a *statement* condemning the raid" is theirs who issued it
WRITINGS = frozenset(
    "statement letter resolution communique communiqué declaration note message petition report tweet post video "
    "decree motion appeal text document memo bulletin article editorial manifesto open-letter release".split()
)
# participles after a noun that name whose it is: "rockets *fired by*", "depots *belonging to*"
# participles that name what something carries: "planes *loaded* with tents", "a convoy *carrying* aid workers"
LOADED = frozenset("load pack fill laden carry".split())
WITHIN = frozenset({"in", "during", "at"})
# participles that name who does it before a noun: "*Saudi-led* raids"
LEADING = frozenset("led launched ordered organised organized orchestrated".split())
OWNING = frozenset("fired launched owned held controlled run operated used manned commanded led".split())


def is_passive(tree: Tree, i: int) -> bool:
    """True if verb ``i`` stands in the passive, a reduced relative ("troops killed in ...") included."""
    if tree.tags[i] not in ("VBN", "VBD"):
        return False
    if tree.child(i, "nsubjpass", "auxpass", "csubjpass") is not None:
        return True
    if tree.tags[i] == "VBN" and tree.child(i, "nsubj", "aux", "dobj") is None:
        if tree.relations[i] in ("acl", "agent") or tree.child(i, "agent") is not None:
            return True
        if tree.relations[i] == "conj" and tree.heads[i] != i:
            return is_passive(tree, tree.heads[i])
        return tree.relations[i] in ("advcl", "ROOT") and tree.child(i, "prep", "agent") is not None
    return tree.tags[i] == "VBD" and tree.relations[i] == "acl" and tree.child(i, "nsubj", "dobj") is None


def is_apart(tree: Tree, i: int) -> bool:
    """True for an adverbial clause with a subject of its own that happens at another time than its main clause:
    "arrived in Rome days *after* rebels had shelled Goma"."""
    return tree.child(i, "nsubj", "nsubjpass") is not None and any(
        tree.lower[m] in ("after", "before", "since", "until", "till", "because", "although", "though", "if")
        for m in tree.all(i, "mark", "advmod", "prep")
    )


def slots(tree: Tree, i: int) -> Slots:
    """The arguments of a verb, noun or adjective as ``slot -> head tokens``, coordinated heads all named."""
    if tree.pos[i] in ("VERB", "AUX"):
        return _verb(tree, i)
    if tree.pos[i] == "ADJ" or tree.relations[i] == "acomp":
        return _adjective(tree, i)
    return _noun(tree, i)


def _verb(tree: Tree, i: int) -> Slots:
    passive = is_passive(tree, i)
    made: Slots = {}
    _put(made, "prt", [c for c in tree.children[i] if tree.relations[c] in ("prt", "advmod")])
    _clauses(tree, i, made)
    _put(made, "iobj", _nouns(tree, tree.all(i, "dative")))
    prepositions(tree, i, made)
    agents = _nouns(tree, [o for a in tree.all(i, "agent") for o in tree.all(a, "pobj")])
    if passive and not agents:  # "financed, equipped and trained *by* Iran"
        agents = _nouns(tree, [o for c in tree.conjuncts(i) for a in tree.all(c, "agent") for o in tree.all(a, "pobj")])
    _put(made, "by", agents)
    if passive:
        _put(made, "subj", agents)
        _put(made, "obj", _passive_object(tree, i))
    else:
        _put(made, "subj", subject(tree, i))
        _put(made, "obj", _object(tree, i))
    for c in tree.all(i, "prt", "advmod"):  # "walked *away* from", "pulled *back* from"
        below: Slots = {}
        prepositions(tree, c, below)
        for slot, found in below.items():
            made.setdefault(slot, found)
    for o in made.get("obj", ())[:2]:
        _put_more(made, "mod", [c for c in tree.children[o] if tree.relations[c] in ("amod", "compound", "nmod")])
        if tree.pos[o] in ("NOUN", "PROPN"):
            inner: Slots = {}
            prepositions(tree, o, inner)
            for c in tree.all(o, "acl"):
                if tree.lemmas[c] in LOADED:
                    prepositions(tree, c, inner)
                    for t in inner.get("with", ()):
                        prepositions(tree, t, inner)
            for slot, found in inner.items():
                made.setdefault(slot, found)
    return made


def _clauses(tree: Tree, i: int, made: Slots) -> None:
    """The clauses and predicates under a verb: all of them as ``comp``, and each kind by its own name."""
    comp = _conjoined(tree, [c for c in tree.all(i, *CLAUSES, "oprd", "acomp") if not is_divided(tree, c, i)])
    _put(made, "comp", comp)
    _put(made, "pred", tree.all(i, "oprd", "acomp"))
    _put(made, "inf", [c for c in comp if _is_to(tree, c)])
    _put(made, "fin", [c for c in comp if _is_finite(tree, c)])
    _put(made, "purpose", _conjoined(tree, [c for c in tree.all(i, "advcl") if _is_to(tree, c)]))
    _put(made, "whether", [c for c in comp if _is_marked(tree, c, "if", "whether")])
    must = [c for c in tree.all(i, "ccomp") if any(tree.lower[a] in OBLIGING for a in tree.all(c, "aux"))]
    _put(made, "must", must)
    _put(made, "obliged", [t for c in must for t in _acted_on_or_acting(tree, c)])


def is_divided(tree: Tree, a: int, b: int) -> bool:
    """True where a semicolon stands between two tokens: what the parser joins there are clauses side by side."""
    return any(tree.lower[t] == ";" for t in range(min(a, b) + 1, max(a, b)))


def _is_to(tree: Tree, i: int) -> bool:
    return tree.tags[i] == "VB" and any(tree.lower[c] == "to" for c in tree.all(i, "aux"))


def _is_finite(tree: Tree, i: int) -> bool:
    if _is_to(tree, i) or tree.pos[i] not in ("VERB", "AUX"):
        return False
    return tree.tags[i] in FINITE or tree.child(i, "aux", "auxpass", "nsubj") is not None


def _is_marked(tree: Tree, i: int, *words: str) -> bool:
    return any(tree.lower[m] in words for m in tree.all(i, "mark"))


def _acted_on_or_acting(tree: Tree, i: int) -> list[int]:
    return _passive_object(tree, i) if is_passive(tree, i) else subject(tree, i)


def _noun(tree: Tree, i: int) -> Slots:
    made: Slots = {}
    _put(made, "poss", _nouns(tree, tree.all(i, "poss")))
    modifiers = [c for c in tree.children[i] if tree.relations[c] in ("amod", "compound", "nmod", "nn")]
    _put(made, "mod", [m for c in modifiers for m in _chain(tree, c)])
    leaders = [
        c for m in modifiers if tree.lower[m] in LEADING for c in tree.all(m, "npadvmod", "compound", "nmod", "amod")
    ]
    if tree.relations[i] in ("compound", "nmod", "amod"):
        _put(made, "head", [tree.heads[i]])
    _put(
        made,
        "comp",
        _conjoined(
            tree, [c for c in tree.all(i, "acl", "ccomp") if tree.tags[c] in ("VB", "VBG", "VBD", "VBZ", "VBP")]
        ),
    )
    prepositions(tree, i, made)
    by = [*made.get("by", ()), *_nouns(tree, leaders)]
    for c in tree.all(i, "acl", "relcl"):
        if is_passive(tree, c):
            by += _nouns(tree, [o for a in tree.all(c, "agent") for o in tree.all(a, "pobj")])
    _put(made, "by", by)
    if not made.get("by"):
        _put(made, "subj", _carrier(tree, i))
    return made


def _adjective(tree: Tree, i: int) -> Slots:
    made: Slots = {}
    head = tree.heads[i]
    if tree.relations[i] == "acomp" or tree.pos[head] == "AUX":
        _put(made, "subj", subject(tree, head))
        _put(made, "comp", _conjoined(tree, tree.all(head, *CLAUSES)))
    elif tree.relations[i] == "amod":
        _put(made, "subj", [head])
    _put(made, "comp", [*made.get("comp", ()), *_conjoined(tree, tree.all(i, *CLAUSES))])
    prepositions(tree, i, made)
    return made


def _put(made: Slots, slot: str, found: list[int]) -> None:
    if found:
        made[slot] = found


def _put_more(made: Slots, slot: str, found: list[int]) -> None:
    if found:
        made.setdefault(slot, []).extend(found)


def prepositions(tree: Tree, i: int, made: Slots) -> None:
    """Objects of the prepositions under ``i``; clauses under one ("of shelling") are its objects and ``comp`` too."""
    for p in tree.all(i, "prep", "agent", "dative"):
        objects = _nouns(tree, tree.all(p, "pobj"))
        clauses = _conjoined(tree, tree.all(p, "pcomp"))
        for inner in () if tree.lower[p] in COMPOUNDED else tree.all(p, "prep"):
            objects += _nouns(tree, tree.all(inner, "pobj"))
            if tree.all(inner, "pobj"):
                made.setdefault(tree.lower[inner], []).extend(_nouns(tree, tree.all(inner, "pobj")))
        if objects or clauses:
            made.setdefault(tree.lower[p], []).extend(objects + clauses)
        if clauses:
            made.setdefault("comp", []).extend(clauses)


def _chain(tree: Tree, i: int) -> list[int]:
    return [i, *(c for c in tree.all(i, "conj", "compound"))]


def _conjoined(tree: Tree, heads: list[int]) -> list[int]:
    return [j for h in heads for j in tree.conjuncts(h)]


def _nouns(tree: Tree, heads: list[int]) -> list[int]:
    """Heads with their coordinated nouns; a relative pronoun becomes what it stands for."""
    out: list[int] = []
    for h in heads:
        for j in tree.conjuncts(h):
            if tree.pos[j] in ("VERB", "AUX") and j != h:
                continue
            for k in _antecedent(tree, j) or [j]:
                out.extend(_counted(tree, k))
    return out


def _counted(tree: Tree, i: int) -> list[int]:
    """What a quantity counts: "dozens of *protesters*", "a number of *states*"; else the token itself."""
    if tree.lemmas[i] in QUANTITIES or tree.pos[i] == "NUM":
        for p in tree.all(i, "prep"):
            if tree.lower[p] == "of" and (objects := tree.all(p, "pobj")):
                return _nouns(tree, objects)
    return [i]


def _antecedent(tree: Tree, i: int) -> list[int]:
    """The noun that a relative pronoun stands for."""
    if tree.lower[i] not in RELATIVES or tree.tags[i] not in ("WDT", "WP", "IN", "WP$"):
        return []
    for a in tree.ancestors(i):
        if tree.relations[a] == "relcl":
            return [tree.heads[a]]
    return []


def subject(tree: Tree, i: int, *, depth: int = 0) -> list[int]:
    """Who does verb ``i``: its own subject, or the one that control, coordination or a participle gives it."""
    own = tree.all(i, "nsubj", "csubj")
    if own:
        return _nouns(tree, own)
    if passive := tree.all(i, "nsubjpass"):
        return _nouns(tree, passive)
    if depth > 6 or tree.heads[i] == i:
        return []
    head, relation = tree.heads[i], tree.relations[i]
    if relation == "conj":
        return [] if is_passive(tree, head) and not is_passive(tree, i) and not tree.all(head, "nsubjpass") else \
            _doer_of(tree, head, depth)  # fmt: skip
    if relation == "xcomp" or (relation in ("ccomp", "advcl") and tree.tags[i] == "VB" and tree.pos[head] == "VERB"):
        return _controller(tree, head, depth)
    if relation == "ccomp" and tree.pos[head] == "VERB" and tree.tags[i] in ("VBG", "VBN", "VB"):
        return _controller(tree, head, depth)
    if relation == "advcl" and tree.tags[i] in ("VBG", "VB", "VBN"):
        return _doer_of(tree, head, depth)
    if relation == "pcomp":
        return _of_gerund(tree, head, depth)
    if relation in ("acl", "relcl"):
        return _of_acl(tree, i, head, depth)
    return []


def _doer_of(tree: Tree, i: int, depth: int) -> list[int]:
    """Subject of a verb as written: the patient of a passive ("was hit and burned")."""
    if tree.pos[i] not in ("VERB", "AUX"):
        return []
    return subject(tree, i, depth=depth + 1)


def _controller(tree: Tree, head: int, depth: int) -> list[int]:
    if tree.pos[head] == "ADJ":
        return subject(tree, tree.heads[head], depth=depth + 1)
    if tree.pos[head] not in ("VERB", "AUX"):
        return []
    objects = tree.all(head, "dobj", "dative")
    if objects and tree.lemmas[head] not in SUBJECT_CONTROL and not is_passive(tree, head):
        return _nouns(tree, objects)
    for p in tree.all(head, "prep"):  # "called on Russia to withdraw"
        if tree.lower[p] in ("on", "upon", "for", "to", "with") and tree.lemmas[head] in (
            "call",
            "appeal",
            "plead",
            "press",
        ):
            return _nouns(tree, tree.all(p, "pobj"))
    return subject(tree, head, depth=depth + 1)


def _of_gerund(tree: Tree, preposition: int, depth: int) -> list[int]:
    head = tree.heads[preposition]
    if tree.pos[head] == "VERB":
        if tree.lower[preposition] in OBJECT_PREPOSITIONS:
            objects = _passive_object(tree, head) if is_passive(tree, head) else _object(tree, head)
            if objects:
                return objects
        return _doer_of(tree, head, depth)
    if tree.pos[head] in ("NOUN", "PROPN"):
        owner = _nouns(tree, tree.all(head, "poss"))
        return owner or _carrier(tree, head)
    return []


def _of_acl(tree: Tree, i: int, noun: int, depth: int) -> list[int]:
    if tree.relations[i] == "relcl":
        return [] if tree.child(i, "nsubj") is not None else [noun]
    if tree.tags[i] == "VBG":
        return (tree.lemmas[noun] in WRITINGS and _issuer(tree, noun)) or [noun]
    if tree.tags[i] == "VB":  # "a plan to attack", "Ankara's decision to close"
        return _nouns(tree, tree.all(noun, "poss")) or _carrier(tree, noun) or _nationals(tree, noun)
    return []


def _issuer(tree: Tree, noun: int) -> list[int]:
    """Whose writing it is: its owner, or whom it is from ("a *UN* resolution"), else who issued or adopted it."""
    head = tree.heads[noun]
    sources = [o for p in tree.all(noun, "prep") if tree.lower[p] in ("from", "by") for o in tree.all(p, "pobj")]
    if owners := _nouns(tree, tree.all(noun, "poss")) or _nouns(tree, sources) or _nationals(tree, noun):
        return owners
    if tree.relations[noun] == "dobj" and not is_passive(tree, head):
        return subject(tree, head, depth=3)
    if tree.relations[noun] == "nsubjpass":
        return _nouns(tree, [o for a in tree.all(head, "agent") for o in tree.all(a, "pobj")])
    return []


def _nationals(tree: Tree, noun: int) -> list[int]:
    return [c for c in tree.all(noun, "amod", "compound") if tree.entities[c][2:] in ("NORP", "GPE", "ORG")]


def _carrier(tree: Tree, noun: int) -> list[int]:
    """Who does the event of a noun that a light verb carries, or stands behind it: "Russia launched an *attack*"."""
    head = tree.heads[noun]
    if tree.relations[noun] == "pobj" and tree.lower[head] == "behind" and tree.pos[tree.heads[head]] == "AUX":
        return subject(tree, tree.heads[head], depth=3)
    if (
        tree.relations[noun] == "pobj"
        and tree.lower[head] in WITHIN
        and any(tree.lower[p] == "with" for p in tree.all(noun, "prep"))
    ):  # "*in* a phone call *with* Berlin, Kyiv asked": who does what is told in talks takes part in them
        return subject(tree, tree.heads[head], depth=3) if tree.pos[tree.heads[head]] == "VERB" else []
    if tree.relations[noun] == "dobj" and tree.lemmas[head] in LIGHT and not is_passive(tree, head):
        return subject(tree, head, depth=3)
    if tree.relations[noun] in ("nsubjpass",) and tree.lemmas[head] in LIGHT:
        return _nouns(tree, [o for a in tree.all(head, "agent") for o in tree.all(a, "pobj")])
    return []


def _object(tree: Tree, i: int) -> list[int]:
    found = _nouns(tree, tree.all(i, "dobj", "attr")) or _of_small_clause(tree, i)
    if not found and tree.relations[i] == "relcl" and tree.child(i, "nsubj") is not None:
        relative = tree.child(i, "nsubj")
        if relative is not None and tree.lower[relative] not in RELATIVES and not tree.all(i, "ccomp", "xcomp"):
            found = [tree.heads[i]]
    if not found and tree.relations[i] == "conj" and tree.pos[tree.heads[i]] == "VERB":
        return []
    if not found and tree.pos[i] == "VERB":  # "shelled and captured the town": the object stands with the last verb
        for c in tree.all(i, "conj"):
            if tree.pos[c] == "VERB" and tree.tags[c] == tree.tags[i] and tree.child(c, "nsubj", "nsubjpass") is None:
                if not tree.all(i, "prep", "ccomp", "xcomp"):
                    found = _nouns(tree, tree.all(c, "dobj"))
    return found


def _of_small_clause(tree: Tree, i: int) -> list[int]:
    """Of whom something is said without a verb: "found *the minister* guilty", "declared *the law* void"."""
    inner = [
        c for c in tree.all(i, "ccomp", "oprd") if tree.pos[c] in ("ADJ", "NOUN") and not tree.all(c, "cop", "aux")
    ]
    return _nouns(tree, [s for c in inner for s in tree.all(c, "nsubj")])


def _passive_object(tree: Tree, i: int) -> list[int]:
    own = tree.all(i, "nsubjpass", "nsubj", "csubjpass")
    if own:
        return _nouns(tree, own)
    head, relation = tree.heads[i], tree.relations[i]
    if relation in ("acl", "relcl"):
        return [head]
    if relation == "conj" and head != i:
        return _passive_object(tree, head) if is_passive(tree, head) else subject(tree, head, depth=3)
    if relation in ("xcomp", "ccomp") and head != i:
        return _controller(tree, head, 3)
    if relation == "advcl" and head != i:
        return subject(tree, head, depth=3)
    return []
