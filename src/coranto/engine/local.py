"""The verbs that an engine has, done in one process. Another executor is another small file with the same verbs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K", bound=Hashable)


def map_(fn: Callable[[Sequence[A]], Iterable[B]], batches: Iterable[Sequence[A]]) -> Iterator[B]:
    """``fn`` over every batch, in order."""
    for batch in batches:
        yield from fn(batch)


def group(items: Iterable[A], keys: Callable[[A], Iterable[K]], fn: Callable[[K, list[A]], B]) -> Iterator[B]:
    """``fn`` over the items of each key, keys in order; an item may have several (a map cell and its neighbours)."""
    held: dict[K, list[A]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            held[key].append(item)
    for key in sorted(held, key=repr):
        yield fn(key, held[key])


def components(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Connected components, members sorted, components by smallest member: the order of the input changes nothing."""
    parent = {n: n for n in nodes}

    def root(n: str) -> str:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        x, y = root(a), root(b)
        if x != y:
            parent[max(x, y)] = min(x, y)
    made: dict[str, list[str]] = defaultdict(list)
    for n in sorted(parent):
        made[root(n)].append(n)
    return sorted(tuple(m) for m in made.values())
