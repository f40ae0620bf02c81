"""Tree -> the cues of one sentence with their sources and contents: verbs, nouns, adjectives, prepositions, colons."""

from collections.abc import Iterator

from msgspec import Struct

from coranto.knowledge.cues import Cue, CueTable
from coranto.language.en.slots import is_passive, subject
from coranto.language.trees import Tree
from coranto.mentions.speech_spans import phrase, runs
from coranto.records import Span

TELLING = frozenset({"says", "believes", "confirms", "warns"})  # "agreed to leave": no words are told
NAMING = frozenset({"denies", "confirms", "claims", "alleges"})  # their objects are told: "denied the attack"
AFTER = frozenset({"prep", "oprd", "xcomp", "dative", "acomp", "agent", "ccomp"})
ASIDES = frozenset(
    "echoing referring citing noting adding alluding compared according despite calling claiming".split()
)
MODALS = frozenset("would could should might can may must".split())
COMPLEMENTS = ("ccomp", "xcomp", "oprd", "acomp")


class Said(Struct, kw_only=True):
    """One attribution as found. ``told`` is false where the content is an object of attitude, not words or a thought;
    ``spoken`` is true where quoted words may belong to it."""

    tree: Tree
    head: int
    cue: list[Span]
    source: list[Span]
    content: list[Span]
    stance: str
    told: bool
    spoken: bool


def cues_of(tree: Tree, table: CueTable) -> Iterator[Said]:
    """The attributions of one sentence, in order of their cues; contents may still be empty where words are quoted."""
    if (titled := _of_colon(tree)) is not None:
        yield titled
    for i in range(tree.n):
        pos, lemma = tree.pos[i], tree.lemmas[i]
        found = None
        if tree.lower[i] in ("according", "per") and tree.relations[i] in ("prep", "pcomp", "advmod"):
            found = _of_preposition(tree, i)
        elif pos in ("VERB", "AUX") and (cue := table.get("v", lemma)):
            found = _of_verb(tree, i, cue)
        elif pos == "VERB":
            found = _of_manner(tree, i)
        elif pos == "NOUN" and (cue := table.get("n", lemma)):
            found = _of_noun(tree, i, cue)
        elif pos == "ADJ" and (cue := table.get("v", lemma)):
            found = _of_adjective(tree, i, cue)
        if found is not None:
            yield found


def _of_verb(tree: Tree, i: int, cue: Cue) -> Said | None:
    """ "X said that ...", "..., X said", "X wants to ...", "X blamed Y for ...", "X is called Y by Z"."""
    passive = is_passive(tree, i)
    source = _agents(tree, i) if passive else subject(tree, _teller(tree, i))
    if not source and not passive:
        source = _neighbour(tree, i, cue)
    if cue.source == ("none",):
        source = []
    content, told = _clauses(tree, i, cue, passive), True
    if not content:
        content, told = _objects(tree, i, cue, passive), cue.stance in NAMING
    spoken = "quote" in cue.content and bool(source) and not passive
    if not content and not spoken:
        return None
    if not told and _is_unreal(tree, i):
        return None
    return _said(tree, i, source, content, cue.stance, told=told, spoken=spoken)


def _teller(tree: Tree, i: int) -> int:
    """The verb whose subject also says a participle after a comma: "X said it was over, adding that ..."."""
    head = tree.heads[i]
    if tree.tags[i] != "VBG" or tree.relations[i] != "advcl" or tree.lower[i - 1] != "," or tree.lower[i] not in ASIDES:
        return i
    return tree.heads[head] if tree.relations[head] == "ccomp" and tree.heads[head] < head else i


def _is_unreal(tree: Tree, i: int) -> bool:
    """True of an attitude that nobody is said to hold: negated, an infinitive, "would back"."""
    unreal = any(tree.lower[c] == "to" or tree.lower[c] in MODALS for c in tree.all(i, "aux"))
    return unreal or tree.child(i, "neg") is not None


def _neighbour(tree: Tree, i: int, cue: Cue) -> list[int]:
    """The noun beside a finite verb of saying whose subject the parse has lost: "..., said Amal Haddad, 60"."""
    if "quote" not in cue.content or tree.tags[i] not in ("VBD", "VBZ", "VBP"):
        return []
    for c in tree.all(i, "dobj", "attr", "npadvmod", "oprd", "appos", "dep"):
        if c > i and tree.tags[c] in ("NNP", "NNPS", "NN", "NNS", "PRP") and tree.child(i, "ccomp", "parataxis"):
            return [c]
    if i and tree.tags[i - 1] in ("NNP", "NNPS", "NNS", "PRP"):
        return [i - 1]
    return []


def _clauses(tree: Tree, i: int, cue: Cue, passive: bool) -> list[int]:
    """Tokens of the clause that a cue verb tells, below it or above it."""
    found: list[int] = []
    has_object = tree.child(i, "dobj") is not None
    for c in tree.all(i, "ccomp", "xcomp"):
        if _is_infinitive(tree, c):
            continue
        if has_object and c < i and "quote" not in cue.content:
            continue
        if "that" in cue.content or "quote" in cue.content:
            if tree.relations[c] == "ccomp" or tree.tags[c] != "VBN":
                found.extend(_clause(tree, c, i))
    if cue.stance not in TELLING and "inf" in cue.content and not found and not passive:
        found = [t for c in tree.all(i, "xcomp", "ccomp") if _is_infinitive(tree, c) for t in tree.subtree(c)]
    if found or "quote" not in cue.content or has_object:
        return [t for t in found if t != i]
    return _clause_above(tree, i)


def _clause(tree: Tree, c: int, cue: int) -> list[int]:
    """The tokens of a clause that is told, without what the reporter adds to it after a comma ("..., echoing X") and,
    where it stands before the cue, without what a colon or semicolon divides from it."""
    tokens = tree.subtree(c)
    for d in tree.all(c, "advcl", "prep"):
        first = tree.subtree(d)[0]
        if c < d and first and tree.words[first - 1] == "," and tree.lower[first] in ASIDES:
            out = set(tree.subtree(d))
            tokens = [t for t in tokens if t not in out]
    if c < cue:
        cut = max((t for t in tokens if t < c and tree.words[t] in (";", ":")), default=-1)
        tokens = [t for t in tokens if t > cut]
    return tokens


def _clause_above(tree: Tree, i: int) -> list[int]:
    """The clause in which the cue stands as a parenthesis: "the road, officials say, is open"."""
    head, relation = tree.heads[i], tree.relations[i]
    if head == i or tree.pos[head] not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
        return []
    before = tree.lower[i - 1] if i else ""
    marked = any(tree.lower[c] == "as" for c in tree.all(i, "mark"))
    aside = relation == "parataxis" or (relation in ("ccomp", "advcl") and (marked or (head < i and before == ",")))
    if not aside or any(tree.relations[c] == "mark" and tree.lower[c] != "as" for c in tree.children[i]):
        return []
    own = set(tree.subtree(i))
    return [t for t in _clause(tree, head, i) if t not in own]


def _objects(tree: Tree, i: int, cue: Cue, passive: bool) -> list[int]:
    """Tokens of what a cue verb is about: an infinitive, an object with what is said of it, a prepositional object."""
    for slot in cue.content:
        found: list[int] = []
        if slot == "raised":
            found = [t for c in tree.all(i, "xcomp", "oprd", "acomp") for t in tree.subtree(c)]
            found += [t for c in tree.all(i, "nsubj", "expl") if found for t in tree.subtree(c)]
        elif slot == "inf":
            found = [t for c in tree.all(i, "xcomp", "ccomp") if _is_infinitive(tree, c) for t in tree.subtree(c)]
            found += [t for c in tree.all(i, "dobj") if found and c < found[0] for t in tree.subtree(c)]
        elif slot == "obj":
            found = _object_and_more(tree, i, passive)
        elif slot == "pred":
            held = [c for c in tree.all(i, *COMPLEMENTS) if not _is_infinitive(tree, c)]
            found = [t for c in held for t in tree.subtree(c)]
            found += [t for c in tree.all(i, "nsubjpass" if passive else "dobj") if found for t in tree.subtree(c)]
        elif slot == "as":
            parts = [c for c in tree.all(i, "prep") if tree.lower[c] == "as"]
            found = [t for c in parts for t in tree.subtree(c)]
            found += [t for c in tree.all(i, "nsubjpass" if passive else "dobj") if found for t in tree.subtree(c)]
        elif slot not in ("quote", "that"):
            found = _governed(tree, i, slot)
        if found:
            return sorted(set(found) - {i})
    return []


def _object_and_more(tree: Tree, i: int, passive: bool) -> list[int]:
    objects = tree.all(i, "nsubjpass") if passive else tree.all(i, "dobj")
    if not objects:
        return []
    if not passive and tree.relations[i] == "relcl" and tree.lower[objects[0]] in ("that", "which", "who", "whom"):
        return []
    found = [t for o in objects for t in tree.subtree(o)]
    for c in tree.children[i]:
        if c > objects[-1] and tree.relations[c] in AFTER and not _tells_time(tree, c):
            found.extend(tree.subtree(c))
    return found


def _tells_time(tree: Tree, p: int) -> bool:
    return any(tree.entities[o][2:] in ("DATE", "TIME") for o in tree.all(p, "pobj")) or tree.relations[p] == "agent"


def _governed(tree: Tree, i: int, preposition: str) -> list[int]:
    """What a preposition below the cue, or below its particle ("lashed out at"), governs."""
    for holder in (i, *tree.all(i, "prt", "advmod", "prep")):
        for p in tree.all(holder, "prep"):
            if tree.lower[p] == preposition:
                also = [c for c in tree.children[i] if c > p and (tree.lower[c] == "as" or _is_infinitive(tree, c))]
                return [t for c in (p, *also) for t in tree.subtree(c) if t != p]
    return []


def _of_manner(tree: Tree, i: int) -> Said | None:
    """Any verb that quoted words complete: "'Stay,' she beamed"."""
    clauses = [c for c in tree.all(i, "ccomp") if c < i and tree.words[i - 1] in ("”", '"', "''", "»")]
    source = tree.all(i, "nsubj")
    if not clauses or not source:
        return None
    return _said(tree, i, source, tree.subtree(clauses[0]), "says", told=True, spoken=True)


def _of_preposition(tree: Tree, i: int) -> Said | None:
    """ "according to X, ..."."""
    own = set(tree.subtree(i))
    objects = [o for p in (i, *tree.all(i, "prep")) for o in tree.all(p, "pobj")]
    if not objects or (tree.lower[i] == "per" and not any(_is_named(tree, o) for o in objects)):
        return None
    head = tree.heads[i]
    while tree.heads[head] != head and tree.pos[head] not in ("VERB", "AUX"):
        head = tree.heads[head]
    while tree.relations[head] == "conj" and tree.pos[tree.heads[head]] in ("VERB", "AUX"):
        head = tree.heads[head]
    content = [t for t in tree.subtree(head) if t not in own]
    return _said(tree, i, objects, content, "says", told=True, spoken=False) if content else None


def _is_named(tree: Tree, i: int) -> bool:
    """True of "the army" and "Reuters", false of "hour" in "five per hour"."""
    return tree.pos[i] == "PROPN" or tree.child(i, "det", "poss") is not None


def _of_noun(tree: Tree, i: int, cue: Cue) -> Said | None:
    """ "a statement that ...", "Kyiv's claim that ...", "the support of X for Y"."""
    clauses = [c for c in tree.all(i, "acl", "ccomp") if any(tree.lower[m] == "that" for m in tree.all(c, "mark"))]
    if not clauses and tree.relations[i] in ("nsubj", "attr"):  # "his answer was that ..."
        copula = tree.heads[i]
        if tree.lemmas[copula] == "be":
            clauses = [c for c in tree.all(copula, "ccomp") if c > i]
    if not clauses:
        return None
    source = tree.all(i, "poss") or [
        o for p in tree.all(i, "prep") if tree.lower[p] in ("by", "from", "of") for o in tree.all(p, "pobj")
    ]
    head = tree.heads[i]
    if not source and tree.relations[i] == "dobj" and tree.pos[head] == "VERB":
        source = subject(tree, head)
    return _said(tree, i, source, [t for c in clauses for t in tree.subtree(c)], cue.stance, told=True, spoken=False)


def _of_adjective(tree: Tree, i: int, cue: Cue) -> Said | None:
    """ "X is concerned that ...", "X is critical of Y"."""
    head = tree.heads[i]
    if tree.relations[i] != "acomp":
        return None
    source = subject(tree, head)
    found: list[int] = []
    for holder in (i, head):
        for c in tree.all(holder, "ccomp", "xcomp"):
            if c > i and ("inf" if _is_infinitive(tree, c) else "that") in cue.content:
                found.extend(tree.subtree(c))
    for slot in cue.content:
        if not found and slot not in ("that", "inf"):
            found = _governed(tree, i, slot) or _governed(tree, head, slot)
    return _said(tree, i, source, found, cue.stance, told=False, spoken=False) if found and source else None


def _of_colon(tree: Tree) -> Said | None:
    """A name and a colon at the head of a line: "Envoy Amal Haddad: the talks go on"."""
    colon = next((i for i in range(1, min(tree.n, 7)) if tree.words[i] == ":"), 0)
    first = tree.starts[0]
    if not colon or colon >= tree.n - 2 or tree.text[max(0, first - 1) : first].strip():
        return None
    named = all(tree.pos[i] in ("PROPN", "PUNCT", "NOUN", "ADJ") for i in range(colon))
    known = any(tree.entities[i][2:] in ("PERSON", "ORG", "NORP", "GPE") for i in range(colon))
    if not named or not (known or all(tree.pos[i] == "PROPN" for i in range(colon))):
        return None
    content = runs(tree, range(colon + 1, tree.n))
    name = tree.text[first : tree.ends[colon - 1]]
    if name.isupper() and content:  # a transcript: the speaker has the whole line
        end = tree.text.find("\n", content[-1].end)
        content = [Span(content[0].start, end if end > 0 else len(tree.text))]
    return Said(
        tree=tree, head=colon, cue=[tree.span(colon, colon)], source=[tree.span(0, colon - 1)], content=content,
        stance="says", told=False, spoken=True,
    )  # fmt: skip


def _agents(tree: Tree, i: int) -> list[int]:
    return [o for a in tree.all(i, "agent") for o in tree.all(a, "pobj")]


def _is_infinitive(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] == "to" for c in tree.all(i, "aux"))


def _said(
    tree: Tree, i: int, source: list[int], content: list[int], stance: str, *, told: bool, spoken: bool
) -> Said | None:
    cue = [*tree.all(i, "neg", "prt"), i]
    if tree.lower[i] == "according":
        cue = [i, *(p for p in tree.all(i, "prep") if tree.lower[p] == "to")]
    taken = set(cue)
    spans = runs(tree, [t for t in content if t not in taken])
    if content and not spans:
        return None
    return Said(
        tree=tree,
        head=i,
        cue=runs(tree, sorted(cue)),
        source=_sources(tree, i, source),
        content=spans,
        stance=stance,
        told=told,
        spoken=spoken,
    )


def _sources(tree: Tree, i: int, heads: list[int]) -> list[Span]:
    """Noun phrases of the sources; with the relative pronoun that stands for one ("the envoy, *who* said")."""
    found = [phrase(tree, s) for s in heads if tree.lower[s] not in ("it", "there")]
    relative = tree.child(i, "nsubj")
    if found and relative is not None and tree.lower[relative] in ("who", "that", "which"):
        found.append(tree.span(relative, relative))
    return sorted(set(found), key=lambda s: s.start)
