"""Two groupings of the same mentions -> MUC, B3, CEAFe and their mean F1 (CoNLL)."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from coranto.evaluation.scores import f1

Groups = Mapping[Any, str]


def conll(gold: Groups, found: Groups) -> dict[str, float]:
    """Each measure's precision, recall and F1, and the mean of the three F1."""
    out: dict[str, float] = {}
    measures = {"muc": muc, "b3": b3, "ceafe": ceafe}
    for name, measure in measures.items():
        for part, value in zip(("precision", "recall", "f1"), measure(gold, found)):
            out[f"{name}.{part}"] = round(value, 4)
    out["conll"] = round(sum(out[f"{name}.f1"] for name in measures) / len(measures), 4)
    return out


def _sets(named: Groups) -> list[set[Hashable]]:
    made: dict[str, set[Hashable]] = defaultdict(set)
    for mention, name in named.items():
        made[name].add(mention)
    return list(made.values())


def muc(gold: Groups, found: Groups) -> tuple[float, float, float]:
    """Links: how many joins are needed to make one grouping's sets out of the other's."""

    def links(sets: list[set[Hashable]], other: Groups) -> tuple[int, int]:
        kept = sum(len(s) - len({other[m] for m in s}) for s in sets)
        return kept, sum(len(s) - 1 for s in sets)

    (right, wanted), (also, made) = links(_sets(gold), found), links(_sets(found), gold)
    precision, recall = also / made if made else 0.0, right / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def b3(gold: Groups, found: Groups) -> tuple[float, float, float]:
    """Mentions: the share of each mention's set that is right."""
    both = Counter((gold[m], found[m]) for m in gold)
    theirs, ours = Counter(gold.values()), Counter(found[m] for m in gold)
    recall = sum(n * n / theirs[g] for (g, _), n in both.items()) / len(gold) if gold else 0.0
    precision = sum(n * n / ours[f] for (_, f), n in both.items()) / len(gold) if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ceafe(gold: Groups, found: Groups) -> tuple[float, float, float]:
    """Sets: the best one-to-one match of sets, by the mentions that they share."""
    theirs, ours = Counter(gold.values()), Counter(found[m] for m in gold)
    likeness: dict[str, dict[str, float]] = defaultdict(dict)
    for (g, f), n in Counter((gold[m], found[m]) for m in gold).items():
        likeness[g][f] = 2 * n / (theirs[g] + ours[f])
    total = sum(assigned(part) for part in _parts(likeness))
    return f1(total, len(ours), len(theirs))


def _parts(likeness: Mapping[str, Mapping[str, float]]) -> Iterator[list[list[float]]]:
    """The likeness of sets that share mentions, one matrix for every group that shares none with another."""
    of: dict[str, list[str]] = defaultdict(list)
    for g, row in likeness.items():
        for f in row:
            of[f].append(g)
    seen: set[str] = set()
    for start in likeness:
        if start in seen:
            continue
        part, todo = [], [start]
        while todo:
            g = todo.pop()
            if g not in seen:
                seen.add(g)
                part.append(g)
                todo.extend(x for f in likeness[g] for x in of[f])
        columns = sorted({f for g in part for f in likeness[g]})
        yield [[likeness[g].get(f, 0.0) for f in columns] for g in sorted(part)]


def assigned(likeness: Sequence[Sequence[float]]) -> float:
    """The largest sum of one-to-one pairs of rows and columns (the Hungarian method, rows and columns made equal)."""
    size = max(len(likeness), len(likeness[0]))
    cost = np.zeros((size + 1, size + 1))
    cost[1 : len(likeness) + 1, 1 : len(likeness[0]) + 1] = -np.array(likeness)
    u, v = np.zeros(size + 1), np.zeros(size + 1)
    row_of = np.zeros(size + 1, dtype=int)
    for row in range(1, size + 1):
        row_of[0], column = row, 0
        least, used, way = np.full(size + 1, np.inf), np.zeros(size + 1, dtype=bool), np.zeros(size + 1, dtype=int)
        while True:
            used[column] = True
            r = row_of[column]
            slack = cost[r] - u[r] - v
            better = ~used & (slack < least)
            least[better], way[better] = slack[better], column
            free = np.where(used, np.inf, least)
            free[0] = np.inf
            nearest = int(free.argmin())
            step = least[nearest]
            u[row_of[used]] += step
            v[used] -= step
            least[~used] -= step
            column = nearest
            if not row_of[column]:
                break
        while column:
            row_of[column], column = row_of[way[column]], way[column]
    return float(-sum(cost[row_of[c], c] for c in range(1, size + 1)))
