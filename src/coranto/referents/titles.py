"""Tree -> what its titles and appositions teach: "X, the Y of Z", "Z's Y X", "X is the Y of Z"."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from coranto.knowledge.actors import ActorTable, NameKind, fold
from coranto.language.en.titles import Phrase, closed_tokens, read
from coranto.language.trees import Tree
from coranto.records import Ref, RefKind, Words
from coranto.referents.actor_values import country_of, ref_of, sectors_of, title_of

APPOINTING = frozenset({"appoint", "elect", "name", "reappoint", "reelect", "inaugurate"})
LEFT = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "advmod"})


class Taught(Struct, frozen=True):
    """A name with the role and country that a sentence gives it, and the words that do."""

    key: str  # folded name
    ref: Ref
    words: Words


def learn(tree: Tree, document: str, table: ActorTable, day: date | None) -> tuple[Taught, ...]:
    """Every person that this sentence gives a title, an apposition or a predicate noun."""
    return tuple(_taught(tree, document, table, day))


def _taught(tree: Tree, document: str, table: ActorTable, day: date | None) -> Iterator[Taught]:
    for i in range(tree.n):
        if tree.pos[i] not in ("PROPN", "NOUN"):
            continue
        relation = tree.relations[i]
        if tree.pos[i] == "PROPN" and relation != "compound":
            first, last = stretch(tree, i)
            yield from _from_phrase(tree, document, table, day, first, last)
        if relation == "appos" and not tree.entities[i].endswith(("DATE", "CARDINAL", "MONEY")):
            yield from _from_pair(tree, document, table, day, tree.heads[i], i)
        elif relation in ("oprd", "pobj") and (named := _appointed(tree, i)) is not None:
            yield from _from_pair(tree, document, table, day, named, i)
        elif relation == "attr" and tree.lemmas[tree.heads[i]] == "be":
            subject = tree.child(tree.heads[i], "nsubj")
            if subject is not None and tree.child(tree.heads[i], "neg") is None:
                yield from _from_pair(tree, document, table, day, subject, i)


def _appointed(tree: Tree, i: int) -> int | None:
    """The person appointed, where ``i`` is the office: "X was named prime minister", "X is elected as mayor"."""
    verb = tree.heads[i]
    if tree.relations[i] == "pobj":
        if tree.lower[verb] != "as":
            return None
        verb = tree.heads[verb]
    return tree.child(verb, "nsubjpass") if tree.lemmas[verb] in APPOINTING else None


def stretch(tree: Tree, head: int) -> tuple[int, int]:
    """First token of the modifiers of a noun, and the last of its "of ...", "for ...", "to ..." tail."""
    first = min([head, *(tree.subtree(c)[0] for c in tree.children[head] if c < head and tree.relations[c] in LEFT)])
    last = head
    for c in tree.children[head]:
        if c > head and tree.relations[c] == "prep" and tree.lower[c] in ("of", "for", "in", "at", "to", "from"):
            inner = tree.child(c, "pobj")
            if inner is not None and c <= last + 1:
                last = stretch(tree, inner)[1]
    return first, last


def _from_phrase(
    tree: Tree, document: str, table: ActorTable, day: date | None, first: int, last: int
) -> Iterator[Taught]:
    words = tree.words[first : last + 1]
    phrase = read(words, table, closed=closed_tokens(tree.entities[first : last + 1]))
    person = phrase.name is not None and phrase.name.entry.kind is NameKind.PERSON
    if phrase.role is None or not (person or phrase.proper is not None):
        return
    ref, _ = ref_of(phrase, words, table, day)
    if ref.kind is RefKind.PERSON:
        yield Taught(_key(ref), ref, tree.cite(document, first, last))


def _from_pair(
    tree: Tree, document: str, table: ActorTable, day: date | None, one: int, other: int
) -> Iterator[Taught]:
    """A name beside a description, in either order."""
    for name, said in ((one, other), (other, one)):
        if tree.pos[name] != "PROPN":
            continue
        (a, b), (c, d) = stretch(tree, name), stretch(tree, said)
        named = read(tree.words[a : b + 1], table, closed=closed_tokens(tree.entities[a : b + 1]))
        words = tree.words[c : d + 1]
        phrase = read(words, table, closed=closed_tokens(tree.entities[c : d + 1]))
        if phrase.role is None or phrase.name is not None or phrase.proper is not None or phrase.role.kind == "place":
            continue
        ref = _person(named, tree.words[a : b + 1], table, day)
        if ref is None:
            continue
        full = replace(
            ref,
            kind=RefKind.ORGANISATION if phrase.role.kind == "body" else RefKind.PERSON,
            country=country_of(phrase, table, day) or ref.country,
            sectors=sectors_of(phrase, phrase.role, words, table, day),
            role=title_of(phrase),
        )
        first, last = min(a, c), max(b, d)
        yield Taught(_key(full), full, tree.cite(document, first, last))
        return


def _person(named: Phrase, words: list[str], table: ActorTable, day: date | None) -> Ref | None:
    """The person that a name phrase names, without a role, or None if it names something else."""
    if named.name is not None and named.name.entry.kind is NameKind.PERSON:
        return ref_of(named, words, table, day)[0]
    if named.proper is not None and named.proper[1] >= named.proper[0]:
        return ref_of(named, words, table, day)[0]
    return None


def _key(ref: Ref) -> str:
    return ref.id or name_key(ref.name)


def name_key(name: str) -> str:
    """A name folded for comparison within one document."""
    return " ".join(filter(None, (fold(w) for w in name.replace("-", " ").split())))
