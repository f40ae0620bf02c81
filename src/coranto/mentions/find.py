"""Analysis (sentences) -> its Mention layer: actors, places, times, figures, each found by its own file."""

from collections.abc import Callable, Sequence

from coranto.knowledge import Knowledge
from coranto.mentions import actors, figures, places, times
from coranto.records import Analysis, Mention


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Mention, ...]]]:
    """A stage: the mentions of each document, in order of text, then kind."""
    finders = [module.make(knowledge) for module in (actors, places, times, figures)]

    def mentions(batch: Sequence[Analysis]) -> list[tuple[Mention, ...]]:
        return [
            tuple(sorted((m for find in finders for m in find(a)), key=lambda m: (m.words.span, m.kind, m.id)))
            for a in batch
        ]

    return mentions
