"""Analysis (sentences) -> its mentions of times: dates, times of day, durations, sets and ranges."""

from collections.abc import Callable

from coranto.knowledge import Knowledge
from coranto.language.en.times import read_times, spoken_of
from coranto.language.trees import Tree, trees
from coranto.records import Analysis, Mention, MentionKind, Span, make_id


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Mention, ...]]:
    """A finder: the time expressions of each sentence, in order of text."""

    def mentions(analysis: Analysis) -> tuple[Mention, ...]:
        return tuple(m for tree in trees(analysis) for m in _in_sentence(analysis, tree))

    return mentions


def _in_sentence(analysis: Analysis, tree: Tree) -> list[Mention]:
    sentence, document = tree.sentence, analysis.document
    made = []
    for time in read_times(document.text, tree.once(spoken_of), anchor=None):
        span: Span = time.span
        tokens = tree.covering(span)
        if tokens:
            made.append(
                Mention(
                    id=make_id(sentence.id, MentionKind.TIME, span.start, span.end),
                    sentence=sentence.id,
                    kind=MentionKind.TIME,
                    words=document.cite(span.start, span.end),
                    head=tree.head_of(tokens),
                )
            )
    return made
