"""Analysis (mentions) -> its Referent layer: what each mention stands for, by kind."""

from collections.abc import Callable, Sequence

from coranto.knowledge import Knowledge
from coranto.records import Analysis, Referent
from coranto.referents import actors, figures, places, times


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Referent, ...]]]:
    """A stage: a referent for each mention that can be resolved, in the order of the mentions."""
    place, actor = places.make(knowledge), actors.make(knowledge)
    others = [module.make(knowledge) for module in (times, figures)]

    def referents(batch: Sequence[Analysis]) -> list[tuple[Referent, ...]]:
        out = []
        for a in batch:
            found = {r.mention: r for resolve in others for r in resolve(a)}
            where = place(a)
            found.update((r.mention, r) for r in (*where, *actor(a, where)))
            out.append(tuple(found[m.id] for m in a.mentions if m.id in found))
        return out

    return referents
