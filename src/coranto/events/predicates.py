"""Analysis -> its Predicate layer: every clause or noun that might be an event, coded or not."""

from collections.abc import Callable, Sequence

from coranto.events.modality import Mood, mood
from coranto.events.reading import SentenceReading, read
from coranto.knowledge import Knowledge
from coranto.records import Analysis, Predicate, make_id


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Predicate, ...]]]:
    """A stage: the predicates of each document, in order of text."""

    def predicates(batch: Sequence[Analysis]) -> list[tuple[Predicate, ...]]:
        return [tuple(p for r in read(a, knowledge) for p in of_sentence(a, r)) for a in batch]

    return predicates


def predicate_id(reading: SentenceReading, token: int) -> str:
    """The id of the predicate that a token heads."""
    return make_id(reading.tree.sentence.id, "predicate", reading.tree.starts[token])


def of_sentence(analysis: Analysis, reading: SentenceReading) -> list[Predicate]:
    """The predicates of one sentence: every verb, and the nouns and adjectives that some frame knows."""
    return [_predicate(analysis, reading, i, reading.once(mood, i)) for i in reading.matches]


def _predicate(analysis: Analysis, reading: SentenceReading, i: int, found: Mood) -> Predicate:
    tree = reading.tree
    return Predicate(
        id=predicate_id(reading, i),
        sentence=tree.sentence.id,
        trigger=tree.cite(analysis.document.id, i, i),
        head=i,
        lemma=tree.lemmas[i],
        modality=found.modality,
        positive=found.positive,
        tense=found.tense,
        factuality=found.factuality,
        path=found.path,
        parent=predicate_id(reading, found.governor) if found.governor is not None else "",
    )
