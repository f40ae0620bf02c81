"""Analysis -> what its trees tell, frame by frame: for each trigger its slots, the frame that wins and those that lose.

Predicates and coded events are both made from this reading, so it is made once a document.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from coranto.events.guessing import ask, fill
from coranto.knowledge import Knowledge
from coranto.knowledge.frames import MARKS, Condition, Frame, FrameLexicon
from coranto.language.en.clauses import FIRST_PERSON
from coranto.language.en.headlines import hidden_verb, is_verbless, names_a_matter
from coranto.language.en.slots import Slots, slots
from coranto.language.trees import Remembering, Tree, trees
from coranto.records import (
    Analysis,
    BlockKind,
    Mention,
    MentionKind,
    Place,
    Ref,
    Referent,
    RefKind,
    Sourced,
    Speech,
    SpeechKind,
)

if TYPE_CHECKING:
    from coranto.knowledge.triggers import Guess, TriggerModel

POS = {"VERB": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a", "AUX": "v"}
ENOUGH = 3  # the weight of words from which a sentence is of a genre
STATELIKE = frozenset({RefKind.COUNTRY, RefKind.ORGANISATION, RefKind.OFFICE})


class Match:
    """One trigger: its slots, the winning frame (None where none holds) and the frames that held but lost."""

    __slots__ = ("frame", "lost", "slots", "token")

    def __init__(self, token: int, found: Slots, frame: Frame | None, lost: tuple[Frame, ...]) -> None:
        self.token, self.slots, self.frame, self.lost = token, found, frame, lost

    @property
    def content(self) -> list[int]:
        """The tokens that head this frame's content."""
        if self.frame is None:
            return []
        return [t for slot in self.frame.content for t in self.slots.get(slot, ())]


class SentenceReading(Remembering):
    """A tree with its mentions by token, and the match of every trigger in it."""

    def __init__(
        self,
        tree: Tree,
        mentions: Iterable[tuple[Mention, Referent | None]],
        frames: FrameLexicon,
        speech: Sequence[Speech] = (),
        model: "TriggerModel | None" = None,
        genres: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        super().__init__()
        self.tree = tree
        self.speech = speech
        self.frames = frames
        self.genres = genres or {}
        self.mentions = list(mentions)
        self.actors: dict[int, list[tuple[Mention, Sourced[Ref]]]] = {}  # "Russian and Belarusian troops" has two
        self.places: dict[int, tuple[Mention, Sourced[Place]]] = {}
        self.inside: dict[int, int] = {}  # token of an actor mention -> the mention's head
        for mention, referent in self.mentions:
            value = referent.value if referent else None
            if mention.kind is MentionKind.ACTOR and value is not None and isinstance(value.value, Ref):
                self.actors.setdefault(mention.head, []).append((mention, cast("Sourced[Ref]", value)))
                for t in tree.covering(mention.words.span):
                    self.inside.setdefault(t, mention.head)
            elif mention.kind is MentionKind.PLACE and value is not None and isinstance(value.value, Place):
                self.places[mention.head] = (mention, cast("Sourced[Place]", value))
        self.verbless = tree.sentence.kind is BlockKind.HEADLINE and is_verbless(tree)
        self.heading = tree.sentence.kind is BlockKind.HEADLINE and names_a_matter(tree)
        self.matches: dict[int, Match] = {}
        for i in range(tree.n):
            if (match := self._match(i)) is not None:
                self.matches[i] = match
        # what the second signal takes the tokens for, where it was asked
        self.guesses: dict[int, Guess] = ask(self, model) if model is not None else {}
        fill(self)
        self.matches = dict(sorted(self.matches.items()))

    @property
    def genre(self) -> str:
        """The genre that the sentence's words speak for, where it is not news: "sport", "stage"; else ""."""
        words = set(self.tree.lower)
        weighed = {name: sum(w for word, w in known.items() if word in words) for name, known in self.genres.items()}
        return next((name for name, weight in weighed.items() if weight >= ENOUGH), "")

    def slots(self, i: int) -> Slots:
        """The slots of a trigger that was read; none where token ``i`` is no trigger yet."""
        return self.matches[i].slots if i in self.matches else {}

    def put(self, i: int, found: Slots, held: Sequence[Frame]) -> None:
        """Let the first of some frames win at a token."""
        if held:
            self.matches[i] = Match(i, found, held[0], tuple(held[1:]))

    def _match(self, i: int) -> Match | None:
        tree = self.tree
        if self.verbless and (hidden := self._hidden(i)) is not None:
            return hidden
        pos = POS.get(tree.pos[i])
        if pos is None or (tree.pos[i] == "AUX" and tree.relations[i] in ("aux", "auxpass")):
            return None
        frames = self.frames.of(pos, tree.lemmas[i])
        if not frames and pos == "n" and tree.tags[i] in ("NNPS", "NNP"):
            frames = self.frames.of(pos, tree.lower[i].removesuffix("s"))
        if not frames and pos == "a" and tree.tags[i].startswith("VB"):
            frames = self.frames.of("v", tree.lemmas[i])
        if not frames and pos != "v":
            return None
        if pos == "n" and (self._is_part_of_name(i) or tree.entities[i][2:] in ("DATE", "TIME")):
            return None
        found = slots(tree, i)
        held = [f for f in frames if all(self.holds(c, found) for c in f.when)]
        return Match(i, found, held[0] if held else None, tuple(held[1:]))

    def _hidden(self, i: int) -> Match | None:
        """A noun of a headline read as its verb, where a verb frame of it holds."""
        frames = self.frames.of("v", self.tree.lemmas[i]) or self.frames.of("v", self.tree.lower[i].removesuffix("s"))
        found = hidden_verb(self.tree, i) if frames else None
        held = [f for f in frames if all(self.holds(c, found) for c in f.when)] if found else []
        return Match(i, found, held[0], tuple(held[1:])) if found and held and held[0].kind == "event" else None

    def _is_part_of_name(self, i: int) -> bool:
        """True for a word inside a longer proper name ("Strike Group", "Human Rights Watch")."""
        tree = self.tree
        return tree.relations[i] == "compound" and tree.pos[i] == "PROPN" and tree.pos[tree.heads[i]] == "PROPN"

    def holds(self, condition: Condition, found: Slots) -> bool:
        """True if a condition of a frame holds of these slots."""
        tokens = found.get(condition.slot)
        if not tokens:
            return ("-" in condition.alternatives) is condition.positive
        return self._fits(condition, tokens) is condition.positive

    def _fits(self, condition: Condition, tokens: list[int]) -> bool:
        """True if one of the tokens is what one of the alternatives says."""
        if "*" in condition.alternatives:
            return True
        tree, words = self.tree, condition.words
        if words:
            for t in tokens:
                if tree.lemmas[t] in words or tree.lower[t] in words:
                    return True
                if tree.tags[t] in ("NNP", "NNPS") and tree.lower[t].removesuffix("s") in words:
                    return True  # a plural name keeps its plural as lemma
        return any(self._is(mark, t) for mark in condition.alternatives if mark in MARKS for t in tokens)

    def _is(self, mark: str, t: int) -> bool:
        if mark == "ACTOR":
            return self.is_actor(t)
        if mark == "STATE":
            return any(value.value.kind in STATELIKE for _, value in self.actors.get(t, ()))
        return mark == "PLACE" and (t in self.places or self.tree.entities[t][2:] in ("GPE", "LOC", "FAC"))

    def speaker(self, t: int) -> Sourced[Ref] | None:
        """Who "I" and "we" are: the speaker of the innermost quoted speech that holds the token."""
        if self.tree.lower[t] not in FIRST_PERSON:
            return None
        at = self.tree.starts[t]
        quoted = [s for s in self.speech if s.kind is not SpeechKind.INDIRECT]
        held = [s for s in quoted if s.speaker and any(c.start <= at < c.end for c in s.content)]
        held.sort(key=lambda s: sum(c.end - c.start for c in s.content))
        return held[0].speaker if held else None

    def is_actor(self, t: int) -> bool:
        """True if the token heads someone who can act: a resolved actor, a name, a person's pronoun."""
        if t in self.actors or self.tree.entities[t][2:] in ("PERSON", "ORG", "NORP", "GPE"):
            return True
        return self.tree.pos[t] == "PRON" and self.tree.lower[t] not in ("it", "this", "that", "these", "what", "which")


_held: OrderedDict[int, tuple[Analysis, list[SentenceReading]]] = OrderedDict()


def read(analysis: Analysis, knowledge: Knowledge) -> list[SentenceReading]:
    """The readings of a document's sentences, in order. The last few documents' are remembered."""
    key = id(analysis.referents)
    held = _held.get(key)
    if held is not None and held[0].referents is analysis.referents and held[0].sentences is analysis.sentences:
        return held[1]
    values = {r.mention: r for r in analysis.referents}
    by_sentence: dict[str, list[tuple[Mention, Referent | None]]] = {}
    for m in analysis.mentions:
        by_sentence.setdefault(m.sentence, []).append((m, values.get(m.id)))
    said: dict[str, list[Speech]] = {}
    for s in analysis.speech:
        said.setdefault(s.sentence, []).append(s)
    made = [
        SentenceReading(
            t,
            by_sentence.get(t.sentence.id, ()),
            knowledge.frames,
            said.get(t.sentence.id, ()),
            knowledge.triggers,
            knowledge.genres,
        )
        for t in trees(analysis)
    ]
    _held[key] = (analysis, made)
    while len(_held) > 64:
        _held.popitem(last=False)
    return made
