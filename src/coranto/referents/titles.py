"""Tree -> what its titles and appositions teach: "X, the Y of Z", "Z's Y X", "X is the Y of Z"."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from coranto.knowledge.actors import ActorTable, Hit, NameKind, fold
from coranto.language.en.titles import Phrase
from coranto.language.en.titlewords import AMERICAN_SEAT, HEADING
from coranto.language.trees import Tree
from coranto.records import Ref, RefKind, Words
from coranto.referents.actor_values import country_of, ref_of, sectors_of, title_of
from coranto.referents.placed import phrase_of

APPOINTING = frozenset({"appoint", "elect", "name", "reappoint", "reelect", "inaugurate"})
LEFT = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "advmod"})


class Taught(Struct, frozen=True):
    """A name with the role and country that a sentence gives it, and the words that do."""

    key: str  # folded name
    ref: Ref
    words: Words


class Setting(NamedTuple):
    """One sentence with all by which its titles are read."""

    tree: Tree
    document: str
    table: ActorTable
    day: date | None
    placed: tuple[Hit, ...]

    def phrase(self, first: int, last: int) -> Phrase:
        """What tokens ``first``..``last`` say of an actor."""
        return phrase_of(self.tree, first, last, self.table, self.placed)


def learn(
    tree: Tree, document: str, table: ActorTable, day: date | None, placed: tuple[Hit, ...]
) -> tuple[Taught, ...]:
    """Every person that this sentence gives a title, an apposition, a predicate noun or a body to lead.

    ``placed``: its places, each with its country.
    """
    return tuple(_taught(Setting(tree, document, table, day, placed)))


def _taught(at: Setting) -> Iterator[Taught]:
    tree = at.tree
    for leader, body in _led(tree):
        yield from _from_pair(at, leader, body, leads=True)
    yield from _seated(at)
    for i in range(tree.n):
        if tree.pos[i] not in ("PROPN", "NOUN"):
            continue
        relation = tree.relations[i]
        if tree.pos[i] == "PROPN" and relation != "compound":
            yield from _from_phrase(at, *stretch(tree, i))
        if relation == "appos" and not tree.entities[i].endswith(("DATE", "CARDINAL", "MONEY")):
            yield from _from_pair(at, tree.heads[i], i)
        elif relation in ("oprd", "pobj") and (named := _appointed(tree, i)) is not None:
            yield from _from_pair(at, named, i)
        elif relation == "attr" and tree.lemmas[tree.heads[i]] == "be":
            subject = tree.child(tree.heads[i], "nsubj")
            if subject is not None and tree.child(tree.heads[i], "neg") is None:
                yield from _from_pair(at, subject, i)


def _seated(at: Setting) -> Iterator[Taught]:
    """American lawmakers by party and state: "Nancy Mace, R-S.C."."""
    tree = at.tree
    for i in range(2, tree.n):
        seat = tree.words[i - 1] == "," and AMERICAN_SEAT.match(tree.text, tree.starts[i])
        if seat and tree.entities[i - 2].endswith("PERSON"):
            first = i - 2
            while first > 0 and tree.entities[first] == "I-PERSON":
                first -= 1
            name = " ".join(tree.words[first : i - 1])
            ref = Ref(id="", name=name, kind=RefKind.PERSON, country="USA", sectors=("LEG",), role="member of congress")
            yield Taught(_key(ref), ref, tree.cite(at.document, first, i))


def _led(tree: Tree) -> Iterator[tuple[int, int]]:
    """Persons and what they lead: "X, who heads *the ministry*", "X, heading *the team*", "X commands *the army*"."""
    for clause in range(tree.n):
        body = tree.child(clause, "dobj") if tree.lemmas[clause] in HEADING and tree.pos[clause] == "VERB" else None
        if body is None or tree.child(clause, "neg") is not None:
            continue
        subject = tree.child(clause, "nsubj")
        if subject is not None and tree.lower[subject] != "who":
            if tree.entities[subject].endswith("PERSON"):
                yield subject, body
        elif tree.relations[clause] in ("relcl", "acl"):
            last = (clause if subject is None else subject) - 1
            last -= last > 0 and tree.words[last] == ","
            if last >= 0 and tree.pos[last] == "PROPN":  # the name just before, whatever the parser hangs the clause on
                while tree.relations[last] in ("compound", "flat") and tree.heads[last] != last:
                    last = tree.heads[last]
                yield last, body


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


def _from_phrase(at: Setting, first: int, last: int) -> Iterator[Taught]:
    phrase, words = at.phrase(first, last), at.tree.words[first : last + 1]
    person = phrase.name is not None and phrase.name.entry.kind is NameKind.PERSON
    if phrase.role is None or not (person or phrase.proper is not None):
        return
    ref, _ = ref_of(phrase, words, at.table, at.day)
    if ref.kind is RefKind.PERSON:
        yield Taught(_key(ref), ref, at.tree.cite(at.document, first, last))


def _from_pair(at: Setting, one: int, other: int, *, leads: bool = False) -> Iterator[Taught]:
    """A name beside a description, in either order; with ``leads`` the name first, and then the body that it leads."""
    tree = at.tree
    for name, said in ((one, other), (other, one))[: 1 if leads else 2]:
        if tree.pos[name] != "PROPN":
            continue
        (a, b), (c, d) = stretch(tree, name), stretch(tree, said)
        phrase, words = at.phrase(c, d), tree.words[c : d + 1]
        if phrase.role is None or phrase.name is not None or phrase.proper is not None or phrase.role.kind == "place":
            continue
        if leads and phrase.role.kind != "body":
            continue
        ref = _person(at.phrase(a, b), tree.words[a : b + 1], at.table, at.day)
        if ref is None:
            continue
        full = replace(
            ref,
            kind=RefKind.ORGANISATION if phrase.role.kind == "body" and not leads else RefKind.PERSON,
            country=country_of(phrase, at.table, at.day) or ref.country,
            sectors=sectors_of(phrase, phrase.role, words, at.table, at.day),
            role=f"head of {title_of(phrase)}" if leads else title_of(phrase),
        )
        first, last = min(a, c), max(b, d)
        yield Taught(_key(full), full, tree.cite(at.document, first, last))
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
