"""Sentence -> its figures: the words of each number that counts something a record of conflict wants."""

from collections.abc import Callable

from coranto.knowledge import Knowledge
from coranto.language.en.figures import told
from coranto.language.trees import trees
from coranto.records import Analysis, Mention, MentionKind, make_id


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Mention, ...]]:
    """A finder of figures: qualifier, number and counted noun, as one mention each."""

    def figures(analysis: Analysis) -> tuple[Mention, ...]:
        out: dict[str, Mention] = {}
        for tree in trees(analysis):
            for t in tree.once(told):
                cited = tree.cite(analysis.document.id, t.first, t.last)
                id = make_id(tree.sentence.id, MentionKind.FIGURE, cited.span.start, cited.span.end)
                out.setdefault(
                    id, Mention(id=id, sentence=tree.sentence.id, kind=MentionKind.FIGURE, words=cited, head=t.head)
                )
        return tuple(out.values())

    return figures
