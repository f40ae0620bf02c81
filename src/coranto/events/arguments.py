"""Match -> its arguments: actors, recipients, place, time, figures, each with evidence and basis.

An argument is taken from the clause of the trigger; what is carried from elsewhere says so.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar, cast

from msgspec.structs import replace

from coranto.events.reading import Match, SentenceReading
from coranto.knowledge.frames import Frame
from coranto.language.en.clauses import CARRYING, INTO, REPORTED, SHARING, WHOSE
from coranto.language.en.slots import OWNING, is_apart, subject
from coranto.records import (
    Analysis,
    Basis,
    EventType,
    Figure,
    FigureKind,
    Mention,
    MentionKind,
    Place,
    Precision,
    Ref,
    RefKind,
    Report,
    Sourced,
    Speech,
    Via,
    Words,
)

T = TypeVar("T")
BY = "events/1"
DOMESTIC = frozenset(
    {"GOV", "MIL", "COP", "LEG", "JUD", "CVL", "OPP", "LAB", "EDU", "HLH", "MED", "AGR", "SPY", "PTY", "ELI"}
)
ARMED = frozenset({"MIL", "COP"})
BODIES = frozenset({"IGO", "NGO", "IMG", "MNC"})
PLURAL = frozenset({"NNS", "NNPS"})
TARGETED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.RETREAT})
GROUND = ("settlement", "infrastructure", "territory", "position")  # classes of the lexicon
VISITED = {"dobj": "obj", "nsubj": "subj", "nsubjpass": "obj"}  # where the host of a visit stands, by relation
FINENESS = {p: n for n, p in enumerate(Precision)}


class Arguments:
    """Finds the arguments of triggers in one sentence; ``document`` is the id that evidence names."""

    def __init__(self, reading: SentenceReading, document: str, report: Report, *, home: str = "") -> None:
        self.reading, self.tree, self.document, self.report = reading, reading.tree, document, report
        self.home = home

    # -- actors ---------------------------------------------------------------------------------

    def take(self, match: Match, groups: Iterable[tuple[str, ...]], *, depth: int = 0) -> tuple[Sourced[Ref], ...]:
        """The refs that the first group of slots with any gives; all slots of a group are taken together."""
        for group in groups:
            tokens = [t for slot in group for t in match.slots.get(slot, ())]
            if refs := self.refs(tokens, depth=depth):
                return refs
        return ()

    def refs(self, tokens: Iterable[int], *, depth: int = 0) -> tuple[Sourced[Ref], ...]:
        """Who these tokens name, without repeats."""
        out: dict[tuple[str, str], Sourced[Ref]] = {}
        for t in tokens:
            for ref in self.who(t, depth=depth):
                out.setdefault((ref.value.id, "" if ref.value.id else ref.value.name), ref)
        return tuple(out.values())

    def who(self, t: int, *, depth: int = 0) -> list[Sourced[Ref]]:
        """Who a noun names: the actor it heads, the place that stands for its country, or its owner."""
        if t in self.reading.places and self.tree.relations[t] in ("compound", "nmod") and not self._is_land(t):
            return []  # "the Kherson shelling" was not done by Kherson
        if (speaker := self.reading.speaker(t)) is not None:
            words = self.tree.cite(self.document, t, t)
            return [cited(replace(speaker, basis=Basis.CARRIED, via=Via.COREFERENCE), words)]
        found = self.reading.actors.get(t) or self._covering(t)
        nobody = not any(value.value.country or value.value.sectors for _, value in found or ())
        if found and nobody and t in self.reading.places:
            return self._of_place(t)
        if found:
            return self._named(t) or self._whose(t) or [cited(value, mention.words) for mention, value in found]
        if t in self.reading.places:
            return self._of_place(t)
        if self.tree.lower[t] in REPORTED:
            return self._speakers(t)
        if depth > 2:
            return []
        inner = self.reading.matches.get(t)
        if inner is not None and inner.frame is not None and inner.frame.kind == "event" and self.tree.pos[t] != "VERB":
            if refs := self.take(inner, inner.frame.actor, depth=depth + 1):
                return list(refs)
        for relation in (("poss",), ("amod", "compound", "nmod")):
            owners = [
                r
                for c in self.tree.all(t, *relation)
                for r in self.who(c, depth=depth + 1)
                if r.value.country or r.value.id
            ]
            if owners:
                return owners
        for p in self.tree.all(t, "prep", "acl"):
            if self.tree.lower[p] in CARRYING:
                if owners := [r for o in self.tree.all(p, "dobj") for r in self.who(o, depth=depth + 1)]:
                    return owners
            if self.tree.lower[p] in WHOSE or self.tree.lower[p] in OWNING:
                links = self.tree.all(p, "prep") if self.tree.lower[p] == "belonging" else self.tree.all(p, "agent")
                below = [o for a in (p, *links) for o in self.tree.all(a, "pobj")]
                owners = [r for o in below for r in self.who(o, depth=depth + 1)]
                if owners:
                    return owners
        return []

    def _whose(self, t: int) -> list[Sourced[Ref]]:
        """The owner that a relative clause goes on about: "Ukraine, *whose* forces"."""
        tree = self.tree
        if not any(tree.lower[c] == "whose" for c in tree.all(t, "poss")):
            return []
        owner = next((tree.heads[a] for a in tree.ancestors(t) if tree.relations[a] == "relcl"), None)
        owners = self.who(owner, depth=2) if owner is not None else []
        return [
            cited(replace(o, value=replace(value.value, country=o.value.country), via=Via.COREFERENCE), mention.words)
            for o in owners[:1]
            for mention, value in self.reading.actors.get(t, ())
        ]

    def _named(self, t: int) -> list[Sourced[Ref]]:
        """The person that an apposition names: "the foreign minister, *Selim Aydin*"."""
        if any(value.value.kind is RefKind.PERSON for _, value in self.reading.actors.get(t, ())):
            return []
        office = next((value.value for _, value in self.reading.actors.get(t, ())), None)
        named = [p for c in self.tree.all(t, "appos") for p in self.reading.actors.get(c, ())]
        return [
            cited(replace(value, value=_in_office(value.value, office)), mention.words)
            for mention, value in named
            if value.value.kind is RefKind.PERSON
        ]

    def _speakers(self, t: int) -> list[Sourced[Ref]]:
        """Whom a pronoun in a reported clause stands for: those who say so ("A and B said *they* would ...")."""
        tree = self.tree
        for at in (t, *tree.ancestors(t)):
            if tree.relations[at] == "ccomp":
                heads = subject(tree, tree.heads[at])
                if (
                    not heads
                    or heads == [t]
                    or (tree.lower[t] == "they" and len(heads) < 2 and not self._is_many(heads[0]))
                ):
                    return []
                words = tree.cite(self.document, t, t)
                found = self.refs([h for h in heads if tree.pos[h] != "PRON"])
                return [cited(replace(r, basis=Basis.CARRIED, via=Via.COREFERENCE), words) for r in found]
        return []

    def _is_many(self, t: int) -> bool:
        """True for a plural, and for a country or body that "they" may stand for: "*Israel* decided they had ..."."""
        kinds = {value.value.kind for _, value in self.reading.actors.get(t, ())}
        return self.tree.tags[t] in PLURAL or bool(kinds & {RefKind.COUNTRY, RefKind.ORGANISATION, RefKind.ARMED_GROUP})

    def _is_ground(self, t: int) -> bool:
        """True for a noun that is where its country is: "French *soil*", "a Syrian *town*"."""
        lemma = self.tree.lemmas[t]
        return any(self.reading.frames.within(lemma, kind) for kind in GROUND)

    def _is_land(self, t: int) -> bool:
        return self.reading.places[t][1].value.precision is Precision.COUNTRY

    def _covering(self, t: int) -> list[tuple[Mention, Sourced[Ref]]] | None:
        head = self.reading.inside.get(t)
        if head is None or (self.tree.relations[t] in ("amod", "poss", "compound") and head in self.tree.subtree(t)):
            return None
        return self.reading.actors.get(head) if self.tree.heads[t] != head or self.tree.pos[t] == "PROPN" else None

    def _of_place(self, t: int) -> list[Sourced[Ref]]:
        mention, value = self.reading.places[t]
        if not value.value.country:
            return []
        ref = Ref(
            id=f"country:{value.value.country}",
            name=value.value.name,
            kind=RefKind.COUNTRY,
            country=value.value.country,
        )
        return [Sourced(value=ref, basis=Basis.STATED, via=Via.GAZETTEER, evidence=(mention.words,),
                        score=round(value.score * 0.8, 3), by=BY)]  # fmt: skip

    # -- the clause ------------------------------------------------------------------------------

    def governor(self, t: int) -> int:
        """The nearest trigger at or above a token (-1 where there is none)."""
        at = t
        while True:
            if at in self.reading.matches:
                return at
            if self.tree.heads[at] == at:
                return -1
            at = self.tree.heads[at]

    def clause(self, own: frozenset[int]) -> frozenset[int]:
        """The triggers whose time and place the event shares: its own, the verb a noun event is an argument of,
        and the verbs it is coordinated with."""
        shared = set(own)
        for t in own:
            at = t
            while self.tree.heads[at] != at:
                relation = self.tree.relations[at]
                up = self.tree.heads[at]
                if relation == "pobj" and self.tree.lower[up] not in SHARING:
                    break
                if relation == "advcl" and is_apart(self.tree, at):
                    break
                if self.tree.pos[at] in ("VERB", "AUX") and relation not in ("conj", "advcl", "amod", "compound"):
                    break
                if relation in ("relcl", "ccomp", "appos"):
                    break
                at = up
                if at in self.reading.matches:
                    shared.add(at)
                    if self.tree.pos[at] in ("VERB", "AUX") and self.tree.relations[at] != "conj":
                        break
        return frozenset(shared)

    def place(self, own: frozenset[int], frame: Frame) -> Sourced[Place] | None:
        """The finest place that the clause puts the event in; a target's place counts for attacks and seizures."""
        shared = self.clause(own)
        best: tuple[int, int, int] | None = None
        found: Sourced[Place] | None = None
        for head, (mention, value) in self.reading.places.items():
            governor = self.governor(head)
            if governor not in shared:
                continue
            rank = self._rank(head, frame)
            if rank is None:
                continue
            key = (rank, FINENESS[value.value.precision], mention.words.span.start)
            if best is None or key < best:
                best, found = key, cited(value, mention.words)
        return found

    def _rank(self, head: int, frame: Frame) -> int | None:
        """How a place stands to the event: 0 located in it, 1 its target, None neither."""
        tree = self.tree
        at = head
        for _ in range(4):
            relation, up = tree.relations[at], tree.heads[at]
            if relation in ("pobj", "pcomp"):
                preposition = tree.lower[up]
                if preposition in INTO and not (preposition == "by" and tree.relations[up] == "agent"):
                    return 0
                if preposition in ("on", "against", "of", "to") and frame.type in TARGETED:
                    return 1
                if preposition == "of":
                    at = tree.heads[up]
                    continue
                return None
            if relation in ("dobj", "nsubjpass") and frame.type in TARGETED:
                return 1
            if frame.mode == "visit" and VISITED.get(relation, "") in {s for group in frame.recipient for s in group}:
                return 1  # "visited *Moscow*", "*Washington* hosted the two presidents"
            if relation in ("npadvmod", "advmod"):
                return 0
            if relation in ("compound", "nmod", "amod") and self._is_land(head) and not self._is_ground(up):
                return None  # "attacks on *US* warships" need not be in the US
            if relation in ("conj", "appos", "compound", "poss", "nmod", "amod", "advmod"):
                at = up
                continue
            return None
        return None

    def settle(self, refs: tuple[Sourced[Ref], ...], place: Sourced[Place] | None) -> tuple[Sourced[Ref], ...]:
        """People without a country are given that of the place where it is done to them, with its words as evidence."""
        if place is None or not place.value.country:
            return refs
        country, evidence = place.value.country, place.evidence
        return tuple(
            replace(
                r,
                value=replace(r.value, country=country),
                via=Via.RULE,
                evidence=(*r.evidence, *evidence),
                score=round(r.score * 0.8, 3),
            )
            if r.value.kind is RefKind.ROLE and (not r.value.country or r.basis is Basis.ASSUMED)
            else r
            for r in refs
        )

    def at_home(self, refs: tuple[Sourced[Ref], ...]) -> tuple[Sourced[Ref], ...]:
        """Domestic roles that nothing else places ("the army", "a judge") are assumed to be of the report's country."""
        if not self.home:
            return refs
        return tuple(
            replace(
                r,
                value=replace(r.value, country=self.home),
                basis=Basis.ASSUMED,
                via=Via.RULE,
                score=round(r.score * 0.6, 3),
            )
            if not r.value.country and not r.value.id and DOMESTIC & set(r.value.sectors[:1])
            else r
            for r in refs
        )

    def speaking_at_home(self, speech: Speech) -> Speech:
        """The voice of an army or police ("an army spokesman") is assumed to be of the report's country."""
        if speech.speaker is None or not ARMED & set(speech.speaker.value.sectors[:1]):
            return speech
        return replace(speech, speaker=self.at_home((speech.speaker,))[0])

    def target(self, place: Sourced[Place] | None) -> tuple[Sourced[Ref], ...]:
        """The country of the place that is attacked, where nobody else is named as attacked."""
        if place is None or not place.value.country:
            return ()
        ref = Ref(
            id=f"country:{place.value.country}",
            name=place.value.name,
            kind=RefKind.COUNTRY,
            country=place.value.country,
        )
        return (replace(place, value=ref, via=Via.RULE, score=round(place.score * 0.6, 3), by=BY),)  # type: ignore[arg-type]

    def figures(self, own: frozenset[int], others: frozenset[int]) -> tuple[Sourced[Figure], ...]:
        """The figures of the trigger's own clause, and of a verb that tells no event of ``others``: "the toll of the
        shelling *rose to 15*"; and what is counted among them: "killed 31, *including seven children*"."""
        out = []
        own = own | (self.clause(own) - others)
        before: dict[FigureKind, bool] = {}
        for mention, referent in self.reading.mentions:
            if mention.kind is MentionKind.FIGURE and referent is not None and isinstance(referent.value.value, Figure):
                what, governor = referent.value.value.what, self.governor(mention.head)
                before[what] = governor in own or (governor not in others and before.get(what, False))
                if before[what]:
                    out.append(cast("Sourced[Figure]", cited(referent.value, mention.words)))
        return tuple(out)


def home(analysis: Analysis) -> str:
    """The country that at least half of a document's places and actors with a country belong to, "" if none does."""
    counts: Counter[str] = Counter()
    for r in analysis.referents:
        value = r.value.value
        if isinstance(value, Place | Ref) and len(value.country) == 3 and value.country not in BODIES:
            counts[value.country] += 1
    if not counts:
        return ""
    country, most = min(counts.items(), key=lambda c: (-c[1], c[0]))
    return country if most >= 2 and most * 2 >= counts.total() else ""


def _in_office(person: Ref, office: Ref | None) -> Ref:
    """The person with the country and sectors of the office that the same phrase gives them."""
    if office is None or person.country:
        return person
    return replace(
        person, country=office.country, sectors=person.sectors or office.sectors, role=person.role or office.role
    )


def cited(value: Sourced[T], words: Words) -> Sourced[T]:
    """The same value with the words of this sentence as its first evidence."""
    return replace(value, evidence=(words, *(e for e in value.evidence if e != words)))
