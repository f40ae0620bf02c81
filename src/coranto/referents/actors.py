"""ACTOR mentions -> who they stand for: titles, then names in the document, dated tables, modifiers, coreference."""

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.knowledge.actors import ActorTable, Hit, NameKind
from coranto.language.en.pronouns import PERSONAL
from coranto.language.en.titles import PLACED, Phrase, backed, closed_tokens, names, read
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
from coranto.referents.assumed import assume
from coranto.referents.claims import published_days
from coranto.referents.coreference import Discourse, Met, is_pair
from coranto.referents.titles import Taught, learn

__all__ = ["make", "resolve_string"]

BY = "referents/1"
PLACES_OF = frozenset({"in", "at", "near", "across", "outside", "around"})
LOCAL = frozenset({"COP", "JUD", "MED", "CVL", "LEG", "OPP", "EDU", "REL", "REB", "MIL", "UAF", "CRM", "LAB", "AGR"})
POSSESSIVES = frozenset({"its", "his", "her", "their"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NO_DESCRIPTION = frozenset({"CVL", "UNK"})


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Referent, ...]]:
    """The resolver of the actors of one analysis."""

    def resolve(analysis: Analysis) -> tuple[Referent, ...]:
        resolver = _Resolver(analysis, knowledge)
        return tuple(assume(resolver.trees, resolver.mentions, list(resolver.referents())))

    return resolve


class _Resolver:
    """Resolves the actors of one document in order of text."""

    def __init__(self, analysis: Analysis, knowledge: Knowledge) -> None:
        table = knowledge.actors
        self.table, self.document = table, analysis.document.id
        self.trees = trees(analysis)
        self.days = published_days(analysis)
        self.discourse = Discourse(table, knowledge.frames)
        self.names = Names()
        self.mentions: dict[str, list[Mention]] = {}
        for m in analysis.mentions:
            if m.kind is MentionKind.ACTOR:
                self.mentions.setdefault(m.sentence, []).append(m)
        for tree in self.trees:
            if tree.sentence.id in self.mentions:
                for taught in tree.once(learn, self.document, table, self.days.get(tree.sentence.report)):
                    self.names.teach(taught, tree.sentence.id)

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
        phrase = _phrase(tree, first, last, self.table)
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
            words, phrase = _with_tail(tree, mention.head, first, last, phrase, self.table)
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

    def _owned(
        self, tree: Tree, mention: Mention, phrase: Phrase, ref: Ref, number: int
    ) -> tuple[Ref, Basis, Via, tuple[Words, ...], float]:
        """A role without a country: its possessor's by coreference, else assumed from where the clause puts it."""
        for i in tree.covering(mention.words.span):
            if tree.relations[i] == "poss" and tree.tags[i] == "NN" and i != mention.head:
                for met in self.discourse.description(number, mention.words.span.start, tree.lower[i])[:1]:
                    if met.value.value.country:  # "the army's spokesman", of the army named before
                        owned = replace(ref, country=met.value.value.country)
                        return owned, Basis.CARRIED, Via.COREFERENCE, (mention.words, met.mention.words), 0.6
            asked = PERSONAL.get(tree.lower[i])
            if asked is not None and tree.relations[i] == "poss":
                for met in self.discourse.pronoun(tree, number, i)[:1]:
                    owner = met.value.value
                    if owner.country:
                        here = met.sentence == number
                        sectors = ref.sectors if phrase.role and phrase.role.sector != "UNK" else owner.sectors
                        return (
                            replace(
                                ref,
                                name=_owned_name(ref.name, owner.name),
                                country=owner.country,
                                sectors=sectors or ref.sectors,
                            ),
                            Basis.STATED if here else Basis.CARRIED,
                            Via.COREFERENCE,
                            (mention.words, met.mention.words),
                            0.6,
                        )
        if ref.sectors[:1] and ref.sectors[0] in LOCAL and (hit := _locative(tree, mention.head, self.table)):
            place = tree.cite(self.document, hit.first, hit.last)
            country = hit.entry.ref.country
            return replace(ref, country=country), Basis.ASSUMED, Via.RULE, (mention.words, place), 0.4
        return ref, Basis.STATED, Via.RULE, (mention.words,), 0.5

    # -- by what it points back to -----------------------------------------------------------------

    def _description(
        self, tree: Tree, mention: Mention, phrase: Phrase, words: list[str], number: int
    ) -> Referent | None:
        if phrase.role is None or phrase.country or phrase.owner or phrase.proper or phrase.name:
            return None
        if words[0].lower() not in DEFINITE or phrase.former:
            return None
        if phrase.role.sector in NO_DESCRIPTION and phrase.role.kind != "body":
            return None
        found = self.discourse.description(number, mention.words.span.start, phrase.title)
        return self._pointing_back(mention, found, number, role=phrase.title) if found else None

    def _pointing_back(self, mention: Mention, found: list[Met], number: int, *, role: str = "") -> Referent:
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


def _phrase(tree: Tree, first: int, last: int, table: ActorTable) -> Phrase:
    words = tree.words[first : last + 1]
    return read(words, table, closed=closed_tokens(tree.entities[first : last + 1]))


def _with_tail(
    tree: Tree, head: int, first: int, last: int, phrase: Phrase, table: ActorTable
) -> tuple[list[str], Phrase]:
    """The phrase with what follows its words and hangs on them: "rebels loyal to X", "residents in Kharkiv"."""
    words = tree.words[first : last + 1]
    after = next((c for c in tree.children[head] if c == last + 1), None)
    if after is None or tree.relations[after] not in ("amod", "acl", "prep"):
        return words, phrase
    end = min(tree.subtree(after)[-1], last + 9)
    longer = _phrase(tree, first, end, table)
    if longer.role_at == phrase.role_at and (longer.country or longer.owner):
        return words, longer
    return words, phrase


def _first_place(words: list[str], table: ActorTable) -> Hit | None:
    return next((h for h in table.match(words) if h.entry.kind in PLACED and not backed(words, h)), None)


def _locative(tree: Tree, head: int, table: ActorTable) -> Hit | None:
    """The place that the clause of ``head`` is put in: a country, capital or locality after "in", "at", "near"."""
    found = []
    for hit in tree.once(names, table):
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
