"""Sentence -> its ACTOR mentions: names, peoples, role nouns, pronouns, country adjectives, as whole noun phrases."""

from collections.abc import Callable, Iterator

from coranto.knowledge import Knowledge
from coranto.knowledge.actors import ActorTable, Hit, NameKind
from coranto.language.en.pronouns import EMPTY_IT, PAIR_WORDS, PAIRS, PERSONAL
from coranto.language.en.titles import COUNTRIES, Phrase, backed, closed_tokens, names, read
from coranto.language.en.titlewords import AMERICAN_SEAT
from coranto.language.trees import Tree, trees
from coranto.records import Analysis, Mention, MentionKind, make_id

BEFORE = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "advmod", "neg", "case"})
JOINED = frozenset({"compound", "amod", "nmod", "poss"})
NOMINAL = frozenset({"NOUN", "PROPN"})
ARGUMENTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "appos", "attr", "oprd", "poss", "agent", "ROOT", "nmod",
     "npadvmod", "csubj", "dep", "compound", "amod"}
)  # fmt: skip
WHERE = frozenset(
    "in at near across around outside inside through into via along within throughout over above off between".split()
)
SPOKEN_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson", "lawyer", "representative", "envoy", "ambassador"})
BARE = frozenset(
    "force resistance opposition power authority state command mission leadership intelligence industry market house"
    " party public reserve press union justice prison jail school church executive cabinet defense defence security"
    " general patient staff campaign business media radio television trade council university college hospital"
    " parliament congress court target head member source figure office council unit".split()
)
PARTS_OF_PLACES = frozenset(
    "street city town village north south east west northeast northwest southeast southwest part coast border district"
    " province region capital outskirts centre center suburb area port island territory map airspace edge gulf sea"
    " strait bay corner side mile kilometre kilometer km rest most".split()
)
DATED = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "WORK_OF_ART", "LAW", "EVENT", "PRODUCT"})
ADDRESSES = ("http", "www.", "@")  # "Incehttp://": a page's link glued to a word
PREDICATIVE = frozenset({"attr", "acomp"})


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Mention, ...]]:
    """The finder of actors in one analysis."""
    table = knowledge.actors

    def find(analysis: Analysis) -> tuple[Mention, ...]:
        document = analysis.document.id
        return tuple(m for tree in trees(analysis) for m in _mentions(tree, document, table))

    return find


def _mentions(tree: Tree, document: str, table: ActorTable) -> Iterator[Mention]:
    taken: set[int] = set()
    stretches: set[tuple[int, int, int]] = set()
    hits = tree.once(names, table)
    longer = {i: h for h in hits for i in range(h.first, h.last + 1) if h.last > h.first}
    for head in _heads(tree):
        if head in taken or _furniture(tree.words[head]):
            continue
        first, last = extent(tree, head)
        if head in longer:
            first, last = min(first, longer[head].first), max(last, longer[head].last)
        if last in longer:  # "members of the Coalition for Change": no name is cut in two
            last = max(last, longer[last].last)
        for start, end, at in _actors(tree, head, first, last, table):
            taken.update(range(start, end + 1))
            stretches.add((start, end, at))
    stretches.update(_modifiers(tree, hits, taken))
    stretches.update(_pronouns(tree, taken))
    for start, end, at in sorted(stretches):
        words = tree.cite(document, start, end)
        key = make_id(tree.sentence.id, MentionKind.ACTOR, words.span.start, words.span.end)
        yield Mention(id=key, sentence=tree.sentence.id, kind=MentionKind.ACTOR, words=words, head=at)


def _furniture(word: str) -> bool:
    """True for what names nobody: "Incehttp://", "@BBCAfrica", the seat "R-La."."""
    return any(mark in word.lower() for mark in ADDRESSES) or AMERICAN_SEAT.fullmatch(word) is not None


def _heads(tree: Tree) -> list[int]:
    """Nouns that can head a phrase, those high in the tree first."""
    found = [i for i in range(tree.n) if _can_head(tree, i)]
    depth = {i: sum(1 for _ in tree.ancestors(i)) for i in found}
    return sorted(found, key=lambda i: (depth[i], i))


def _can_head(tree: Tree, i: int) -> bool:
    relation = tree.relations[i]
    if tree.pos[i] in NOMINAL:
        return relation not in ("compound", "nmod", "amod", "npadvmod") or _stray_compound(tree, i)
    return (
        tree.pos[i] in ("ADJ", "NUM", "VERB", "X", "INTJ", "ADV")
        and tree.words[i][:1].isupper()
        and relation in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "ROOT", "agent", "dative")
        and (tree.pos[i] != "VERB" or relation != "ROOT")
    )


def _stray_compound(tree: Tree, i: int) -> bool:
    """A noun that the parser hangs on a verb as a compound or a modifier of time."""
    return tree.pos[tree.heads[i]] in ("VERB", "AUX") and tree.words[i][:1].isupper()


def extent(tree: Tree, head: int) -> tuple[int, int]:
    """First and last token of the noun phrase of ``head``: modifiers before it, the head, a name glued on, "of ..."."""
    first = head
    for c in tree.children[head]:
        if c < head and tree.relations[c] in BEFORE:
            first = min(first, tree.subtree(c)[0])
    while first < head and tree.words[first] in (",", "``", '"', "“", "-", "—", "–", "'"):
        first += 1
    last = head
    for c in tree.children[head]:
        if c != last + 1 and not (c > head and tree.relations[c] == "prep" and c == last + 1):
            continue
        if tree.relations[c] == "appos" and tree.entities[c] and tree.pos[c] == "PROPN":
            last = c
        elif tree.relations[c] == "prep" and _bound(tree, head, c):
            last = _object_end(tree, c, last)
    glued = _glued_name(tree, head)
    return first, max(last, glued)


def _glued_name(tree: Tree, head: int) -> int:
    """The last token of a name that follows a title at once: "foreign minister Sergei Lavrov"."""
    if head + 1 < tree.n and tree.entities[head + 1] == "B-PERSON" and tree.pos[head] in NOMINAL:
        end = head + 1
        while end + 1 < tree.n and tree.entities[end + 1] == "I-PERSON":
            end += 1
        inner = range(head + 1, end + 1)
        if all(tree.heads[i] == head or tree.heads[i] in inner for i in inner):
            return end
    return head


def _bound(tree: Tree, head: int, prep: int) -> bool:
    word = tree.lower[prep]
    return word == "of" or (word == "for" and tree.lower[head] in SPOKEN_FOR) or (
        word in ("in", "from") and tree.relations[head] in ("nsubj", "nsubjpass") and tree.pos[head] == "NOUN"
        and any(tree.entities[c].endswith("GPE") for c in tree.children[prep])
    )  # fmt: skip


def _object_end(tree: Tree, prep: int, last: int) -> int:
    inner = tree.child(prep, "pobj")
    if inner is None:
        return last
    ends = [extent(tree, c)[1] for c in tree.conjuncts(inner) if c - inner <= 6]
    return max([last, *ends]) if tree.lower[prep] == "of" else max(last, extent(tree, inner)[1])


def _actors(tree: Tree, head: int, first: int, last: int, table: ActorTable) -> list[tuple[int, int, int]]:
    """The mentions of one noun phrase: none, one, or one for each coordinated country."""
    words = tree.words[first : last + 1]
    phrase = read(words, table, closed=closed_tokens(tree.entities[first : last + 1]))
    if not _is_actor(tree, head, words, phrase, table, first):
        return []
    split = _coordinated(tree, head, first, last)
    if split:
        return [(start, last, head) for start in (first, *split)]
    if phrase.role is not None and words[0].lower() in ("the", "these", "those", "both") and tree.lower[head] in PAIRS:
        number = next((n for n in range(first, head) if tree.lower[n] in PAIR_WORDS), None)
        if number is not None:
            return [(first, last, head), (number if number > first else head, last, head)]
    return [(first, last, head)]


def _coordinated(tree: Tree, head: int, first: int, last: int) -> list[int]:
    """Starts of further mentions in "Russian and Belarusian troops": the second and later adjectives."""
    for c in tree.children[head]:
        if first <= c < head and tree.relations[c] in JOINED and tree.words[c][:1].isupper():
            others = [j for j in tree.conjuncts(c) if j != c and j < head and tree.words[j][:1].isupper()]
            if others and tree.pos[c] in ("ADJ", "PROPN", "NOUN"):
                return [j - 1 if j - 1 > c and tree.relations[j - 1] in ("compound", "amod") else j for j in others]
    return []


def _is_actor(tree: Tree, head: int, words: list[str], phrase: Phrase, table: ActorTable, first: int) -> bool:
    entity = tree.entities[head][2:]
    if phrase.name is not None:
        kind = phrase.name.entry.kind
        if kind is NameKind.LOCALITY:
            return False
        if kind in COUNTRIES or kind is NameKind.DEMONYM:
            return _country_actor(tree, head, kind)
        return entity not in DATED or kind is NameKind.PERSON
    if phrase.people:
        return True
    if phrase.role is not None and phrase.proper is None:
        return _role_actor(tree, head, first, phrase)
    if phrase.proper is not None:
        start, end = phrase.proper
        if phrase.role is None and " ".join(words[start : end + 1]) in table.no_names:
            return False
        if entity == "PERSON":
            return True
        return phrase.role is not None or (entity in ("ORG", "NORP") and tree.pos[head] == "PROPN")
    return False


def _country_actor(tree: Tree, head: int, kind: NameKind) -> bool:
    """A country acts as subject, object and owner, not where it is only a place."""
    if _after_a_place(tree, head):
        return False
    chain = head
    while tree.relations[chain] in ("conj", "appos") and tree.heads[chain] != chain:
        chain = tree.heads[chain]
    if tree.relations[chain] == "pobj":
        preposition = tree.lower[tree.heads[chain]]
        if preposition == "between":
            return True
        if preposition == "of" and tree.lemmas[tree.heads[tree.heads[chain]]] in PARTS_OF_PLACES:
            return False
        if preposition == "at" and kind is NameKind.COUNTRY:
            return True
        return preposition not in WHERE or kind is NameKind.METONYM
    return tree.relations[chain] != "npadvmod"


def _after_a_place(tree: Tree, head: int) -> bool:
    """True for the country in "Kusu, Oita Prefecture, Japan"."""
    first = head
    while first > 0 and tree.relations[first - 1] == "compound" and tree.heads[first - 1] == head:
        first -= 1
    if first < 2 or tree.words[first - 1] != ",":
        return False
    place = first - 2
    return tree.entities[place][2:] in ("GPE", "LOC", "FAC") and tree.relations[head] in ("appos", "npadvmod", "nmod")


def _role_actor(tree: Tree, head: int, first: int, phrase: Phrase) -> bool:
    role = phrase.role
    if role is None or role.kind == "place" or tree.entities[head][2:] in ("DATE", "TIME", "MONEY", "PERCENT"):
        return False
    if tree.pos[head] not in NOMINAL:
        return False
    if tree.pos[head] == "PROPN" and tree.entities[head][2:] in ("GPE", "LOC", "FAC") and role.kind == "body":
        return False
    if tree.lower[first] in ("no", "any", "little", "much", "more") and tree.lower[head] in BARE:
        return False
    if phrase.owner is not None or phrase.country is not None or first < head:
        return tree.relations[head] != "npadvmod"
    plural = tree.tags[head] in ("NNS", "NNPS")
    if role.kind == "body" or tree.lower[head] in BARE:
        return (plural and tree.lower[head] not in BARE) or tree.lower[head] in ("police", "parliament") or (
            tree.relations[head] in ("nsubj", "agent") and tree.lower[head] not in BARE
        )  # fmt: skip
    return True


def _modifiers(tree: Tree, hits: list[Hit], taken: set[int]) -> Iterator[tuple[int, int, int]]:
    """Names that only qualify another noun: "Israeli airstrikes", "Hamas rockets", "Putin's decision"."""
    closed = closed_tokens(tree.entities)
    for hit in hits:
        if hit.entry.kind is not NameKind.PERSON and hit.first in closed and hit.entry.kind in COUNTRIES:
            continue
        span = range(hit.first, hit.last + 1)
        if hit.entry.kind is NameKind.LOCALITY or any(i in taken for i in span) or backed(tree.words, hit):
            continue
        head = tree.head_of(list(span))
        outer = tree.heads[head]
        if hit.entry.kind is NameKind.GROUP and outer not in span and tree.entities[head][2:] not in DATED:
            yield hit.first, hit.last, head
            continue
        if outer in span or tree.relations[head] not in ARGUMENTS:
            continue
        if tree.relations[head] in (*JOINED, "conj") and tree.pos[outer] in (*NOMINAL, "ADJ"):
            entity = tree.entities[head][2:]
            wide = hit.last + 1 < tree.n and tree.entities[hit.last + 1].startswith("I-")
            if wide and tree.entities[hit.last][2:] in ("FAC", "ORG", "LOC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"):
                continue
            if entity in DATED or (entity in ("FAC", "LOC") and tree.relations[head] == "compound"):
                continue
            yield hit.first, hit.last, head


def _pronouns(tree: Tree, taken: set[int]) -> Iterator[tuple[int, int, int]]:
    for i, word in enumerate(tree.lower):
        pronoun = PERSONAL.get(word)
        if pronoun is None or i in taken or tree.pos[i] not in ("PRON", "DET"):
            continue
        if word in ("it", "itself") and (tree.relations[i] not in ("nsubj", "nsubjpass") or _empty(tree, i)):
            continue
        if word == "it" and tree.lemmas[tree.heads[i]] in EMPTY_IT and tree.relations[i] == "nsubj":
            continue
        if pronoun.possessive and tree.pos[tree.heads[i]] not in NOMINAL:
            continue
        yield i, i, i


def _empty(tree: Tree, i: int) -> bool:
    verb = tree.heads[i]
    return tree.child(verb, "csubj") is not None or tree.child(verb, "expl") is not None
