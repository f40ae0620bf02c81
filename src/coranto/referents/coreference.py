"""Actors met so far in a document -> the antecedent of a pronoun or a definite description, by salience."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from coranto.knowledge.actors import ActorTable
from coranto.knowledge.frames import FrameLexicon
from coranto.language.en.pronouns import (
    BUSINESS_NOUNS,
    COUNTRY_NOUNS,
    GROUP_NOUNS,
    PAIRS,
    PERSONAL,
    Pronoun,
    gender_of,
)
from coranto.language.trees import Tree
from coranto.records import EventType, Mention, Ref, RefKind, Sourced

REACH = 3  # sentences back that a pronoun may look
NEAR = 2  # sentences back that another word for the same people may look
FAR = 12  # sentences back that a description may look
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
PATIENTS = frozenset({"dobj", "nsubjpass"})
PEOPLE_OF_TWO = frozenset({"leaders", "presidents", "ministers", "men"})
ARMED = frozenset(
    "group militia movement organisation organization faction network rebels militants insurgents guerrillas fighters"
    " militiamen extremists jihadists gunmen".split()
)
ORGANISATIONS = frozenset("organisation organization agency bloc alliance body union group".split())
SORTED = {  # nouns for a body of one sort, and the sectors one of which it must have
    "party": frozenset({"PTY", "OPP"}),
    "parties": frozenset({"PTY", "OPP"}),
    **dict.fromkeys(BUSINESS_NOUNS, frozenset({"BUS", "MNC"})),
}
STATE = frozenset({"MIL", "GOV", "COP", "SPY", "LEG", "JUD"})
STANDING = {
    "head of state": frozenset({"president", "king", "queen", "emir", "sultan", "supreme leader"}),
    "head of government": frozenset({"prime minister", "chancellor", "premier", "taoiseach"}),
}
MANY = frozenset("staff crew team police people personnel public family couple crowd troops media".split())
COLLECTIVE = frozenset(
    "government army military police ministry court parliament force forces coastguard navy gendarmerie cabinet senate"
    " junta regime opposition council commission bank agency embassy".split()
)


class Met(Struct):
    """One mention of an actor, as later mentions may point back to it."""

    mention: Mention
    value: Sourced[Ref]
    chain: str
    sentence: int
    plural: bool
    gender: str  # "m", "f", "n" or ""
    subject: bool
    patient: bool  # suffers an act: object or passive subject
    clause: int  # token of the verb that governs it
    head: str  # head noun, lower case
    owner: bool  # named only as what another actor belongs to


class Discourse:
    """The actors of a document in order of text; answers who a pronoun or description points back to."""

    def __init__(self, table: ActorTable, frames: FrameLexicon) -> None:
        self.table, self.frames = table, frames
        self.met: list[Met] = []
        self.count: dict[str, int] = {}

    def add(
        self, tree: Tree, number: int, mention: Mention, value: Sourced[Ref], chain: str, *, owner: bool = False
    ) -> None:
        """Remember one resolved mention of sentence ``number``."""
        head = mention.head
        words = mention.words.quote.split()
        self.count[chain] = self.count.get(chain, 0) + 1
        self.met.append(
            Met(
                mention=mention,
                value=value,
                chain=chain,
                sentence=number,
                plural=_plural(tree, mention, value.value),
                gender=self._gender(value.value, words, tree.lower[head]),
                subject=tree.relations[_top(tree, head)] in SUBJECTS,
                patient=tree.relations[_top(tree, head)] in PATIENTS,
                clause=_clause(tree, head),
                head=tree.lower[head],
                owner=owner,
            )
        )

    def _gender(self, ref: Ref, words: list[str], head: str) -> str:
        if ref.kind is RefKind.PERSON or (ref.kind is RefKind.UNKNOWN and not ref.id):
            person = self.table.persons.get(ref.id)
            return (person.gender if person is not None else "") or gender_of([*words, *ref.role.split()])
        if ref.kind in (RefKind.COUNTRY, RefKind.ORGANISATION, RefKind.ARMED_GROUP):
            return "n"
        role = self.table.role(ref.role) if ref.role else None
        if (role is not None and role.kind == "body") or head in GROUP_NOUNS:
            return "n"
        return gender_of(words)

    def pronoun(self, tree: Tree, number: int, token: int) -> list[Met]:
        """Antecedents of the pronoun at ``token``, best first."""
        asked = PERSONAL[tree.lower[token]]
        start = tree.starts[token]
        clause, subject = _clause(tree, token), tree.relations[token] in SUBJECTS
        possessive = tree.relations[token] == "poss"
        reflexive = tree.lower[token].endswith(("self", "selves"))
        bound = frozenset() if possessive or reflexive else _bound(tree, clause, subject)
        passive = tree.relations[token] == "nsubjpass"
        hurting = _lenders(tree, clause) if possessive and _within_object(tree, token, clause) else frozenset()
        hurting = hurting if asked.gender not in ("m", "f") and self.harms(tree.lemmas[clause]) else frozenset()
        harms = tree.relations[token] == "nsubj" and self.harms(tree.lemmas[tree.heads[token]])
        banned = {
            m.chain
            for m in self.met
            if m.sentence == number and (m.clause in bound or (m.clause in hurting and m.subject and not m.owner))
        }

        def agrees(m: Met) -> bool:
            near = m.sentence >= number - REACH and m.mention.words.span.start < start
            return near and m.chain not in banned and _agrees(m, asked)

        def bonus(m: Met) -> float:
            near = (
                0.5 if (possessive or reflexive) and m.sentence == number and m.clause == clause and m.subject else 0.0
            )
            near += 0.3 if asked.gender in ("m", "f") and m.value.value.kind is RefKind.PERSON else 0.0
            near += 0.6 if passive and m.patient else 0.0
            near -= 1.0 if harms and m.value.value.sectors[:1] == ("CVL",) else 0.0
            return near + (0.6 if asked.plural and m.plural else 0.0)

        found = self._ranked(agrees, number, (subject and not passive) or possessive, bonus)
        return found or (self.pair(number, start, "sides") if asked.plural else [])

    def like(self, number: int, start: int, sector: str, *, plural: bool, bodies: bool = False) -> list[Met]:
        """Whom "the general" or "the strikers" may stand for: people of that sector just before, if of one country.

        With ``bodies`` a body of that sector too: "the officers" of the police.
        """

        def agrees(m: Met) -> bool:
            ref = m.value.value
            if m.mention.words.span.start >= start or m.sentence < number - NEAR or m.owner:
                return False
            if bodies and m.head in MANY:
                return bool(ref.country) and ref.sectors[:1] == (sector,)
            if m.plural != plural:
                return False
            person = ref.kind in (RefKind.PERSON, RefKind.ROLE) or (
                ref.kind is RefKind.OFFICE and (role := self.table.role(ref.role)) is not None and role.kind != "body"
            )
            return person and bool(ref.country) and ref.sectors[:1] == (sector,)

        found = self._ranked(agrees, number, True)
        return found if len({m.value.value.country for m in found}) == 1 else []

    def same_noun(self, number: int, start: int, noun: str) -> list[Met]:
        """Earlier mentions of "his guest" by the same noun that have a country."""

        def agrees(m: Met) -> bool:
            near = m.mention.words.span.start < start and m.sentence >= number - REACH
            return near and m.head == noun and bool(m.value.value.country)

        return self._ranked(agrees, number, True)

    def harms(self, verb: str) -> bool:
        """True for a verb that tells of an attack: civilians seldom stand for who does it."""
        return any(f.type is EventType.ASSAULT for f in self.frames.of("v", verb))

    def description(self, number: int, start: int, noun: str, country: str = "") -> list[Met]:
        """Antecedents of "the <noun>" at offset ``start``, best first; of ``country`` where the words say it."""
        last = noun.split()[-1]
        fits = _fits(noun, last, self.table)

        def agrees(m: Met) -> bool:
            near = m.mention.words.span.start < start and m.sentence >= number - FAR
            return near and fits(m) and country in ("", m.value.value.country)

        def topic(m: Met) -> float:  # "the country" is the one that the report is about
            return self.count[m.chain] / len(self.met) if noun in COUNTRY_NOUNS else 0.0

        return self._ranked(agrees, number, True, topic)

    def pair(self, number: int, start: int, noun: str) -> list[Met]:
        """The two last distinct actors that "the two <noun>" may stand for, in order of text; fewer if not two."""
        kinds = {RefKind.PERSON, RefKind.OFFICE} if noun in PEOPLE_OF_TWO else {RefKind.COUNTRY}
        wanted: list[Met] = []
        for m in reversed(self.met):
            if m.owner or m.mention.words.span.start >= start or m.sentence < number - FAR or len(wanted) == 2:
                continue
            ref = m.value.value
            if ref.kind in kinds or (noun == "sides" and ref.kind in (RefKind.ARMED_GROUP, RefKind.ORGANISATION)):
                if all((w.value.value.id or w.chain) != (ref.id or m.chain) for w in wanted):
                    wanted.append(m)
        return wanted[::-1]

    def _ranked(
        self,
        agrees: Callable[[Met], bool],
        number: int,
        subject: bool,
        bonus: Callable[[Met], float] = lambda m: 0.0,
    ) -> list[Met]:
        best: dict[str, tuple[float, int, Met]] = {}
        for at, m in enumerate(self.met):
            if agrees(m):
                score = -1.0 * (number - m.sentence) + (0.8 if m.subject and subject else 0.2 if m.subject else 0.0)
                score += min(self.count[m.chain], 4) * 0.15 + (0.2 if m.value.value.id else 0.0) + bonus(m)
                if m.chain not in best or (score, at) > best[m.chain][:2]:
                    best[m.chain] = (score, at, m)
        return [m for _, _, m in sorted(best.values(), key=lambda b: (-b[0], -b[1]))]


def _agrees(m: Met, asked: Pronoun) -> bool:
    ref = m.value.value
    if asked.plural:
        return m.plural or ref.kind in (RefKind.ARMED_GROUP,) or (m.gender == "n" and ref.kind is RefKind.ORGANISATION)
    if m.plural:
        return asked.gender == "n" and ref.kind in (RefKind.ARMED_GROUP, RefKind.ORGANISATION, RefKind.COUNTRY)
    if asked.gender == "n":
        return m.gender == "n"
    if m.gender == "n" or ref.kind in (RefKind.COUNTRY, RefKind.ARMED_GROUP, RefKind.ORGANISATION):
        return False
    if ref.kind is not RefKind.PERSON and m.head in MANY:
        return False
    return m.gender in ("", asked.gender)


def _fits(noun: str, last: str, table: ActorTable) -> Callable[[Met], bool]:
    """Which actors "the <noun>" may point back to."""
    if noun in COUNTRY_NOUNS:
        return lambda m: m.value.value.kind is RefKind.COUNTRY

    def fits(m: Met) -> bool:
        ref = m.value.value
        if ref.kind is RefKind.ARMED_GROUP and last in ARMED:
            return True
        if ref.kind is RefKind.ORGANISATION and last in SORTED:
            return bool(SORTED[last].intersection(ref.sectors)) or last in ref.name.lower().split()
        if ref.kind is RefKind.ORGANISATION and last in ORGANISATIONS:
            return last not in ARMED or not STATE.intersection(ref.sectors)
        if ref.kind is RefKind.ORGANISATION and last in (m.head, ref.name.lower().rpartition(" ")[2]):
            return bool(ref.id)
        role = ref.role.removeprefix("former ")
        if role in STANDING.get(noun, ()):
            return bool(ref.country or ref.id)
        if role == noun or role.endswith(" " + noun) or (role and noun.endswith(" " + role)):
            return bool(ref.country or ref.id)
        return m.head == last == noun and bool(ref.country or ref.id) and last in COLLECTIVE

    return fits


def _plural(tree: Tree, mention: Mention, ref: Ref) -> bool:
    if tree.lower[mention.head] in PERSONAL:
        return PERSONAL[tree.lower[mention.head]].plural
    return tree.tags[mention.head] in ("NNS", "NNPS") and ref.kind not in (RefKind.COUNTRY, RefKind.PERSON)


def _top(tree: Tree, i: int) -> int:
    while tree.relations[i] == "conj" and tree.heads[i] != i:
        i = tree.heads[i]
    return i


def _clause(tree: Tree, i: int) -> int:
    """The verb of the clause that ``i`` stands in."""
    for j in tree.ancestors(i):
        if tree.pos[j] in ("VERB", "AUX"):
            return j
    return i


def _bound(tree: Tree, clause: int, subject: bool) -> frozenset[int]:
    """The clauses whose actors a pronoun of ``clause`` cannot be: its own, and those that lend it their subject.

    "X vowed to ignore *him*": who is ignored is not X.
    """
    out = {clause}
    while not subject and tree.relations[clause] == "xcomp" and tree.heads[clause] != clause:
        clause = tree.heads[clause]
        out.add(clause)
    return frozenset(out)


def _lenders(tree: Tree, clause: int) -> frozenset[int]:
    """A clause and, where it has no subject of its own, the one that it shares the subject of."""
    out = {clause}
    while tree.relations[clause] in ("conj", "xcomp", "advcl") and tree.child(clause, "nsubj") is None:
        clause = tree.heads[clause]
        out.add(clause)
    return frozenset(out)


def _within_object(tree: Tree, i: int, clause: int) -> bool:
    """True for a token inside the object of a clause."""
    return any(tree.relations[j] == "dobj" and tree.heads[j] == clause for j in tree.ancestors(i))


def is_pair(words: Iterable[str], noun: str) -> bool:
    """True for "the two countries", "both sides"; "two men" are new."""
    lower = [w.lower() for w in words]
    definite = bool(lower) and lower[0] in ("the", "these", "those", "our", "their")
    return noun in PAIRS and ("both" in lower or (definite and "two" in lower))
