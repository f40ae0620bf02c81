"""ACTOR mentions -> who they stand for: titles, then names in the document, dated tables, modifiers, coreference."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.knowledge.actors import ActorTable, Hit, NameKind
from coranto.language.en.pronouns import (
    LED,
    MEMBERS,
    MEN,
    OFFICERS,
    OTHERS,
    PERSONAL,
    RIVALS,
    SETTLEMENTS,
    SOMEBODY,
)
from coranto.language.en.statecraft import acts_as_state
from coranto.language.en.titles import PLACED, Phrase, backed, names, with_places
from coranto.language.trees import Tree, trees
from coranto.records import (
    Analysis,
    Basis,
    Mention,
    MentionKind,
    Ref,
    Referent,
    RefKind,
    Sourced,
    Via,
    Words,
    make_id,
)
from coranto.referents.actor_names import Names
from coranto.referents.actor_strings import resolve_string
from coranto.referents.actor_values import is_place_name, joined, ref_of
from coranto.referents.assumed import assume, spread
from coranto.referents.claims import published_days
from coranto.referents.coreference import FAR, REACH, Discourse, Met, is_pair
from coranto.referents.placed import localities, phrase_of
from coranto.referents.titles import Taught, learn

__all__ = ["make", "resolve_string"]

BY = "referents/1"
PLACES_OF = frozenset({"in", "at", "near", "across", "outside", "around"})
LOCAL = frozenset({"COP", "JUD", "MED", "CVL", "LEG", "OPP", "EDU", "REL", "REB", "MIL", "UAF", "CRM", "LAB", "AGR"})
POSSESSIVES = frozenset({"its", "his", "her", "their"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NO_DESCRIPTION = frozenset({"CVL", "UNK"})
ARMED = (("REB",), ("CRM",), ("PRM",), ("MIL",), ("COP",), ("UAF",))
LEADERLESS = (*ARMED, ("OPP",), ("PTY",), ("LAB",), ("BUS",), ("REL",))  # "its leaders" are of that sector
OF_LAND = frozenset({"UNK", "BUS", "REB", "PTY"})  # "the Lebanese group", "the Danish carrier": bodies named before
Valued = tuple[Ref, Basis, Via, tuple[Words, ...], float]  # a reference, how it was come by, its score


def make(knowledge: Knowledge) -> Callable[[Analysis, Sequence[Referent]], tuple[Referent, ...]]:
    """The resolver of the actors of one analysis, given what its place mentions stand for."""

    def resolve(analysis: Analysis, places: Sequence[Referent]) -> tuple[Referent, ...]:
        resolver = _Resolver(analysis, knowledge, places)
        made = list(resolver.referents())
        assumed = assume(resolver.trees, resolver.mentions, made, resolver.placed, resolver.document)
        return tuple(spread(assumed, resolver.owed))

    return resolve


class _Resolver:
    """Resolves the actors of one document in order of text."""

    def __init__(self, analysis: Analysis, knowledge: Knowledge, places: Sequence[Referent]) -> None:
        table = knowledge.actors
        self.table, self.document = table, analysis.document.id
        self.memberships = knowledge.memberships
        self.trees = trees(analysis)
        self.days = published_days(analysis)
        self.placed = localities(self.trees, analysis.mentions, places)
        self.discourse = Discourse(table, knowledge.frames)
        self.names = Names()
        self.owed: dict[str, str] = {}  # mention of a possession -> chain of an owner whose country is not told yet
        self.mentions: dict[str, list[Mention]] = {}
        for m in analysis.mentions:
            if m.kind is MentionKind.ACTOR:
                self.mentions.setdefault(m.sentence, []).append(m)
        for tree in self.trees:
            if tree.sentence.id in self.mentions:
                day, held = self.days.get(tree.sentence.report), self.placed.get(tree.sentence.id, ())
                for taught in tree.once(learn, self.document, table, day, held):
                    self.names.teach(taught, tree.sentence.id)

    def _places(self, tree: Tree) -> tuple[Hit, ...]:
        return self.placed.get(tree.sentence.id, ())

    def referents(self) -> Iterator[Referent]:
        for number, tree in enumerate(self.trees):
            mentions = self.mentions.get(tree.sentence.id, ())
            sharing = Counter(m.head for m in mentions)
            pairs: dict[int, list[Met]] = {}
            for mention in mentions:
                made = self._resolve(tree, number, mention, sharing[mention.head] > 1, pairs)
                if made is not None:
                    yield made
                    value = made.value
                    if isinstance(value.value, Ref):
                        self.discourse.add(tree, number, mention, value, made.chain)  # type: ignore[arg-type]

    def _resolve(
        self, tree: Tree, number: int, mention: Mention, shared: bool, pairs: dict[int, list[Met]]
    ) -> Referent | None:
        if tree.lower[mention.head] in PERSONAL and mention.words.quote.lower() in PERSONAL:
            found = self.discourse.pronoun(tree, number, mention.head)
            return self._pointing_back(mention, found, number) if found else None
        tokens = tree.covering(mention.words.span)
        first, last = tokens[0], tokens[-1]
        words = tree.words[first : last + 1]
        phrase = phrase_of(tree, first, last, self.table, self._places(tree))
        if shared and is_pair(["the", *words, "two"], tree.lower[mention.head]) and not phrase.country:
            start, noun = mention.words.span.start, tree.lower[mention.head]
            pair = pairs.setdefault(mention.head, self.discourse.pair(number, start, noun))
            return self._pointing_back(mention, [pair.pop(0)], number) if pair else None
        if shared and phrase.role is not None:
            phrase = replace(phrase, country=_first_place(words, self.table) or phrase.country)
        self._note_owner(tree, number, phrase, first)
        if (
            phrase.role is not None
            and not phrase.country
            and not phrase.owner
            and not phrase.name
            and not phrase.proper
        ):
            words, phrase = _with_tail(tree, mention.head, first, last, phrase, self.table, self._places(tree))
        if pointing := self._description(tree, mention, phrase, words, number):
            return pointing
        return self._by_words(tree, mention, phrase, words, number)

    def _note_owner(self, tree: Tree, number: int, phrase: Phrase, first: int) -> None:
        """Let later words point back to the country or body that a phrase names only as its owner."""
        for hit in (phrase.country, phrase.owner):
            if hit is None or hit.entry.kind in (NameKind.LOCALITY, NameKind.DEMONYM, NameKind.PERSON):
                continue
            start, end = first + hit.first, first + hit.last
            words = tree.cite(self.document, start, end)
            key = make_id(tree.sentence.id, MentionKind.ACTOR, words.span.start, words.span.end)
            mention = Mention(id=key, sentence=tree.sentence.id, kind=MentionKind.ACTOR, words=words, head=end)
            ref = replace(hit.entry.ref, sectors=("GOV",)) if is_place_name(hit) else hit.entry.ref
            value = Sourced(value=ref, basis=Basis.STATED, via=Via.TABLE, evidence=(words,), score=0.8, by=BY)
            chain = self.names.chain(ref, ref.id, mention, proper=True)
            self.discourse.add(tree, number, mention, value, chain, owner=True)

    # -- by its own words -----------------------------------------------------------------------

    def _by_words(self, tree: Tree, mention: Mention, phrase: Phrase, words: list[str], number: int) -> Referent:
        day = self.days.get(tree.sentence.report)
        ref, others = ref_of(phrase, words, self.table, day)
        basis, via, score = Basis.STATED, Via.TABLE, 0.9
        evidence: tuple[Words, ...] = (mention.words,)
        if phrase.owner is not None and self._are_members(phrase, phrase.owner.entry.ref):
            ref = _members_of(ref, phrase.owner.entry.ref)
        if phrase.people and acts_as_state(tree, mention.head, words, self.discourse.harms):
            ref = replace(ref, sectors=("GOV",))
        if ref.kind is RefKind.UNKNOWN and tree.entities[mention.head].endswith("PERSON"):
            ref = replace(ref, kind=RefKind.PERSON)
        if phrase.role is not None:
            via = Via.APPOSITION if ref.kind is RefKind.PERSON else Via.RULE
        elif phrase.name is not None and phrase.name.entry.own:
            via = Via.DICTIONARY
        if phrase.name is not None and is_place_name(phrase.name):
            score = 0.9 if phrase.name.entry.kind is NameKind.COUNTRY else 0.75
        if self._is_last_name(ref, phrase) and (named := self.names.surname(words[phrase.name.last])):  # type: ignore[union-attr]
            if named.key != ref.id:  # "Johnson", where the report is about another Johnson than the table's
                ref, via, score = named.ref, Via.COREFERENCE, 0.8
                basis, evidence = Basis.CARRIED, (mention.words, named.words)
        key = self.names.key_of(ref)
        if (ref.kind in (RefKind.PERSON, RefKind.UNKNOWN) and phrase.proper is not None) or ref.id in self.names.by_key:
            known = self.names.find(key, tree.sentence.id, mention.words.span.start)
            if known is not None and (not ref.role or not ref.country):
                taught, here = known
                ref = joined(ref, taught.ref)
                via, score = (Via.APPOSITION, 0.85) if taught.ref.role else (Via.COREFERENCE, 0.6)
                basis = Basis.STATED if here else Basis.CARRIED
                evidence = (mention.words, taught.words)
                key = taught.key
            elif known is None and phrase.proper is not None and " " in ref.name and ref.kind is RefKind.PERSON:
                self.names.teach(Taught(key, ref, mention.words), tree.sentence.id)
        if phrase.role is not None and phrase.role.sector == "UNK" and ref.country:
            ref = self._like_owner(tree, mention, ref, number)
        if not ref.country and not ref.id and phrase.role is None and (spot := self._spot(tree, mention.head)):
            ref, via, score = replace(ref, country=spot.entry.ref.country), Via.GAZETTEER, 0.5
        if not ref.country and phrase.role is not None:
            ref, basis, via, evidence, score = self._owned(tree, mention, phrase, ref, number)
        elif not ref.country and not ref.sectors:
            score = 0.3
        chain = self.names.chain(ref, key, mention, proper=phrase.proper is not None)
        value = Sourced(value=ref, basis=basis, via=via, evidence=evidence, score=score, by=BY)
        rest = tuple(replace(value, value=o, score=round(score / 2, 3)) for o in others[:3])
        return Referent(mention=mention.id, value=value, others=rest, chain=chain)  # type: ignore[arg-type]

    @staticmethod
    def _is_last_name(ref: Ref, phrase: Phrase) -> bool:
        """True for a person whom a table knows by the last name alone."""
        hit = phrase.name
        return ref.kind is RefKind.PERSON and bool(ref.id) and hit is not None and hit.first == hit.last

    def _owned(self, tree: Tree, mention: Mention, phrase: Phrase, ref: Ref, number: int) -> Valued:
        """A role without a country: its possessor's by coreference, else assumed from where the clause puts it."""
        for i in tree.covering(mention.words.span):
            found: Valued | None = None
            if i == mention.head:
                found = self._of_members(tree, mention, phrase, ref, number)
            elif tree.relations[i] == "poss" and tree.lower[i] in SETTLEMENTS:
                found = self._of_settlement(mention, ref, number, i)
            elif tree.relations[i] == "poss" and tree.tags[i] == "NN":
                found = self._of_body(tree, mention, phrase, ref, number, i)
            elif tree.relations[i] == "poss" and tree.lower[i] in PERSONAL:
                found = self._of_pronoun(tree, mention, phrase, ref, number, i)
            if found is not None:
                return found
        hit = (
            _locative(tree, mention.head, self.table, self._places(tree))
            if LOCAL.intersection(ref.sectors[:1])
            else None
        )
        if hit is not None:
            place = tree.cite(self.document, hit.first, hit.last)
            owned = replace(ref, country=hit.entry.ref.country)
            return owned, Basis.ASSUMED, Via.RULE, (mention.words, place), 0.4
        return ref, Basis.STATED, Via.RULE, (mention.words,), 0.5

    def _of_members(self, tree: Tree, mention: Mention, phrase: Phrase, ref: Ref, number: int) -> Valued | None:
        """ "The 27 members", of an organisation met before."""
        met = self._organisation(tree, phrase, mention, number)
        if met is None:
            return None
        evidence = (mention.words, met.mention.words)
        return _members_of(ref, met.value.value), Basis.CARRIED, Via.COREFERENCE, evidence, 0.6

    def _of_settlement(self, mention: Mention, ref: Ref, number: int, token: int) -> Valued | None:
        """ "The city's police", of the place named last."""
        last = self._last_place(number, token)
        if last is None:
            return None
        where, hit = last
        evidence = (mention.words, self.trees[where].cite(self.document, hit.first, hit.last))
        basis = Basis.STATED if where == number else Basis.CARRIED
        return replace(ref, country=hit.entry.ref.country), basis, Via.COREFERENCE, evidence, 0.6

    def _of_body(
        self, tree: Tree, mention: Mention, phrase: Phrase, ref: Ref, number: int, token: int
    ) -> Valued | None:
        """ "The army's spokesman", of the army named before; "the bloc's members"."""
        for met in self.discourse.description(number, mention.words.span.start, tree.lower[token])[:1]:
            whose = met.value.value
            if whose.country:
                members = self._are_members(phrase, whose)
                owned = _members_of(ref, whose) if members else replace(ref, country=whose.country)
                return owned, Basis.CARRIED, Via.COREFERENCE, (mention.words, met.mention.words), 0.6
        return None

    def _of_pronoun(
        self, tree: Tree, mention: Mention, phrase: Phrase, ref: Ref, number: int, token: int
    ) -> Valued | None:
        """ "His government", of whom the pronoun stands for; "his guest", of the guest named before."""
        vague = phrase.role is None or phrase.role.sector == "UNK"
        if vague:
            for met in self.discourse.same_noun(number, mention.words.span.start, tree.lower[mention.head])[:1]:
                evidence = (mention.words, met.mention.words)
                return met.value.value, Basis.CARRIED, Via.COREFERENCE, evidence, 0.6
        for met in self.discourse.pronoun(tree, number, token)[:1]:
            owner = met.value.value
            if tree.lower[mention.head] in OTHERS and owner.kind is not RefKind.PERSON:
                return None  # the allies of a state are of other states
            if owner.country:
                theirs = vague or (tree.lower[mention.head] in MEN and owner.sectors[:1] in ARMED)
                theirs = theirs or (tree.lower[mention.head] in LED and owner.sectors[:1] in LEADERLESS)
                owned = replace(
                    ref,
                    name=_owned_name(ref.name, owner.name),
                    country=owner.country,
                    sectors=(owner.sectors if theirs else ref.sectors) or ref.sectors,
                )
                basis = Basis.STATED if met.sentence == number else Basis.CARRIED
                return owned, basis, Via.COREFERENCE, (mention.words, met.mention.words), 0.6
            self.owed[mention.id] = met.chain
        return None

    def _are_members(self, phrase: Phrase, owner: Ref) -> bool:
        """True for the members of an organisation as a whole: "NATO members", "EU countries"."""
        last = phrase.title.rsplit(" ", 1)[-1]
        return last in MEMBERS and owner.id in self.memberships

    def _organisation(self, tree: Tree, phrase: Phrase, mention: Mention, number: int) -> Met | None:
        """The organisation met before whose members "the 27 members", "member states" are: as many as are said."""
        if "member" not in phrase.title and "members" not in phrase.title:
            return None
        day = self.days.get(tree.sentence.report)
        said = next((int(tree.words[i]) for i in tree.covering(mention.words.span) if tree.words[i].isdigit()), 0)
        for met in reversed(self.discourse.met):
            owner = met.value.value.id
            if owner in self.memberships and number - met.sentence <= FAR:
                if not said or (day is not None and len(self.memberships.members(owner, day)) == said):
                    return met
        return None

    def _like_owner(self, tree: Tree, mention: Mention, ref: Ref, number: int) -> Ref:
        """A counterpart or colleague is of the sector of those whose they are: "their Sudanese colleagues"."""
        for i in tree.covering(mention.words.span):
            if tree.lower[i] in PERSONAL and tree.relations[i] == "poss":
                for met in self.discourse.pronoun(tree, number, i)[:1]:
                    return replace(ref, sectors=met.value.value.sectors or ref.sectors)
        return ref

    def _spot(self, tree: Tree, head: int) -> Hit | None:
        """The place mention that a name of no table is: "Khan Younis" as who acts or suffers."""
        return next((h for h in self.placed.get(tree.sentence.id, ()) if h.first <= head <= h.last), None)

    def _last_place(self, number: int, token: int) -> tuple[int, Hit] | None:
        """The last place named before a token, and in which sentence: what "the city" stands for."""
        for n in range(number, max(-1, number - REACH - 1), -1):
            before = [h for h in self.placed.get(self.trees[n].sentence.id, ()) if n < number or h.last < token]
            if before:
                return n, before[-1]
        return None

    # -- by what it points back to -----------------------------------------------------------------

    def _description(
        self, tree: Tree, mention: Mention, phrase: Phrase, words: list[str], number: int
    ) -> Referent | None:
        if phrase.role is None or phrase.owner or phrase.proper or phrase.name:
            return None
        if words[0].lower() not in DEFINITE or phrase.former:
            return None
        unsaid = len(words) == 2 and words[1].lower() in SOMEBODY
        if phrase.role.sector in NO_DESCRIPTION and phrase.role.kind != "body" and not unsaid:
            return None
        if phrase.country and (phrase.role.kind != "body" or phrase.role.sector not in OF_LAND or len(words) != 3):
            return None
        start = mention.words.span.start
        said = phrase.country.entry.ref.country if phrase.country else ""
        found = self.discourse.description(number, start, phrase.title, said)
        if not found and len(words) == 2:
            found = self._other_words(tree, phrase, number, start, words[1].lower(), mention.head)
        return self._pointing_back(mention, found, number) if found else None

    def _other_words(self, tree: Tree, phrase: Phrase, number: int, start: int, noun: str, head: int) -> list[Met]:
        """Whom a bare "the strikers", "the general" or "the neighbours" stands for that were named by another word."""
        if noun in RIVALS:
            pair = self.discourse.pair(number, start, "sides")
            return pair if len(pair) == 2 else []
        if phrase.role is None or phrase.role.kind == "body":
            return []
        plural = tree.tags[head] in ("NNS", "NNPS")
        if noun in OFFICERS and (police := self.discourse.like(number, start, "COP", plural=plural, bodies=True)):
            return police
        return self.discourse.like(number, start, phrase.role.sector, plural=plural)

    def _pointing_back(self, mention: Mention, found: list[Met], number: int) -> Referent:
        best = found[0]
        score = 0.7 if len(found) == 1 else 0.55
        value = self._carried(mention, best, number, score)
        others = tuple(self._carried(mention, m, number, round(score / 2, 3)) for m in found[1:3])
        return Referent(mention=mention.id, value=value, others=others, chain=best.chain)  # type: ignore[arg-type]

    @staticmethod
    def _carried(mention: Mention, met: Met, number: int, score: float) -> Sourced[Ref]:
        basis = Basis.STATED if met.sentence == number else Basis.CARRIED
        evidence = (mention.words, met.mention.words)
        return Sourced(value=met.value.value, basis=basis, via=Via.COREFERENCE, evidence=evidence, score=score, by=BY)


def _members_of(ref: Ref, owner: Ref) -> Ref:
    """The members of an organisation, as one actor that is not the organisation."""
    return replace(ref, id=owner.id.replace("org:", "members:", 1), country=owner.country, sectors=("GOV",))


def _with_tail(
    tree: Tree, head: int, first: int, last: int, phrase: Phrase, table: ActorTable, placed: Sequence[Hit]
) -> tuple[list[str], Phrase]:
    """The phrase with what follows its words and hangs on them: "rebels loyal to X", "residents in Kharkiv"."""
    words = tree.words[first : last + 1]
    after = next((c for c in tree.children[head] if c == last + 1), None)
    if after is None or tree.relations[after] not in ("amod", "acl", "prep"):
        return words, phrase
    end = min(tree.subtree(after)[-1], last + 9)
    longer = phrase_of(tree, first, end, table, placed)
    headed = longer.name is not None or longer.proper is not None  # the tail's own name, which the words lack
    if longer.role_at == phrase.role_at and not headed and (longer.country or longer.owner):
        return words, longer
    return words, phrase


def _first_place(words: list[str], table: ActorTable) -> Hit | None:
    return next((h for h in table.match(words) if h.entry.kind in PLACED and not backed(words, h)), None)


def _locative(tree: Tree, head: int, table: ActorTable, placed: Sequence[Hit]) -> Hit | None:
    """The place that the clause of ``head`` is put in: a country, capital or locality after "in", "at", "near"."""
    found = []
    for hit in with_places(tree.once(names, table), placed):
        if hit.entry.kind in PLACED and hit.entry.kind is not NameKind.DEMONYM and not backed(tree.words, hit):
            top = tree.head_of(list(range(hit.first, hit.last + 1)))
            while tree.relations[top] in ("appos", "npadvmod") and tree.heads[top] != top:
                top = tree.heads[top]
            above = tree.heads[top]
            if tree.relations[top] == "pobj" and tree.lower[above] in PLACES_OF:
                found.append(hit)
    countries = {h.entry.ref.country for h in found}
    return min(found, key=lambda h: abs(h.first - head)) if len(countries) == 1 else None


def _owned_name(name: str, owner: str) -> str:
    """ "its forces" of Russia are "Russia's forces"."""
    first, _, rest = name.partition(" ")
    return f"{owner}'s {rest}" if first.lower() in POSSESSIVES and rest and owner else name
