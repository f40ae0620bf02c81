"""Scored pairs, vetoes and judgements -> clusters of coded events, the same whatever the order of the input."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np

from coranto.linkage.blocking import Candidates
from coranto.linkage.features import bare
from coranto.linkage.gists import Gist
from coranto.linkage.matching import judge, vetoes, weigh
from coranto.records import Merge, Modality

THRESHOLD = 0.5  # a pair from here on may join two clusters
NEAR_MISS = THRESHOLD / 2  # a pair from here on is kept to be shown, joined or not
MEAN = 0.4  # of all pairs between two clusters, for them to join
DENIALS = frozenset({Modality.DENIED, Modality.NEGATED})
LOOKED_AT = 14  # members of a large cluster, in order, that are compared
SHOWN = 16  # judgements of a coded event that are kept to be shown, the surest first

Pair = tuple[int, int]


class Judged:
    """Scores of pairs, by the numbers of their coded events: those of the candidates that are near misses or better.

    Held as columns, some tens of bytes a pair; the features are worked out again for those that are shown.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.ordered = candidates.ordered
        self.left, self.right, self.scores, self.vetoed = array("I"), array("I"), array("d"), array("b")
        for a, b in candidates.pairs():
            score = weigh(self.ordered[a], self.ordered[b])
            if score >= NEAR_MISS:
                self._keep(a, b, score)
        self._codes = array("Q", (a << 32 | b for a, b in zip(self.left, self.right, strict=True)))
        self._later: dict[Pair, int] = {}

    def _keep(self, a: int, b: int, score: float) -> None:
        self.left.append(a)
        self.right.append(b)
        self.scores.append(score)
        self.vetoed.append(any(True for _ in vetoes(self.ordered[a], self.ordered[b])))

    def of(self, a: int, b: int) -> tuple[float, bool]:
        """Score of a pair, and whether something forbids it; worked out once."""
        a, b = (a, b) if a < b else (b, a)
        at = bisect_left(self._codes, a << 32 | b)
        if at == len(self._codes) or self._codes[at] != a << 32 | b:
            if (a, b) not in self._later:
                self._later[a, b] = len(self.scores)
                self._keep(a, b, weigh(self.ordered[a], self.ordered[b]))
            at = self._later[a, b]
        return self.scores[at], bool(self.vetoed[at])

    def joining(self) -> Iterator[Pair]:
        """Pairs that may join two clusters, the best first."""
        scores = np.array(self.scores)
        wanted = np.flatnonzero((scores >= THRESHOLD) & (np.array(self.vetoed) == 0))
        left, right = np.array(self.left)[wanted], np.array(self.right)[wanted]
        for n in np.lexsort((right, left, -scores[wanted])).tolist():
            yield int(left[n]), int(right[n])


class Clusters:
    """Clusters that grow by the best pair first and never join across a veto."""

    def __init__(self, judged: Judged) -> None:
        self.judged = judged
        self.ordered = judged.ordered
        self._of = array("I", range(len(self.ordered)))
        self._members: dict[int, list[int]] = {}
        self._barred: dict[int, set[int]] = {}

    def members(self, n: int) -> list[int]:
        """The cluster of a number, by its smallest one."""
        return self._members.get(n) or [n]

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """Pairs that never come into one cluster."""
        for a, b in pairs:
            x, y = self._of[a], self._of[b]
            self._barred.setdefault(x, set()).add(y)
            self._barred.setdefault(y, set()).add(x)

    def put_together(self, pairs: Iterable[Pair]) -> None:
        """Pairs that are in one cluster whatever speaks against it."""
        for a, b in sorted(pairs):
            if self._of[a] != self._of[b]:
                self._join(self._of[a], self._of[b])

    def grow(self) -> None:
        """Every pair that may join two clusters has done so, the best first."""
        for a, b in self.judged.joining():
            x, y = self._of[a], self._of[b]
            if x != y and y not in self._barred.get(x, ()) and self._fits(x, y):
                self._join(x, y)

    def _fits(self, x: int, y: int) -> bool:
        """True if the members of two clusters are alike: costs, denials, bare mentions aside; and none is vetoed."""
        left, right = self.members(x), self.members(y)
        held = self.ordered
        found = []
        for a, b in product(left[:LOOKED_AT], right[:LOOKED_AT]):
            score, vetoed = self.judged.of(a, b)
            if vetoed:
                return False
            found.append((held[a], held[b], score))
        if len(found) == 1:
            return found[0][2] >= MEAN
        within = {held[n].id for n in (*left, *right)} if any(a.about or b.about for a, b, _ in found) else set()
        found = [x for x in found if not {x[0].about, x[1].about} & within] or found
        found = [x for x in found if (x[0].modality in DENIALS) is (x[1].modality in DENIALS)] or found
        scores = [s for a, b, s in found if not bare(a) and not bare(b)] or [s for _, _, s in found]
        return sum(scores) >= MEAN * len(scores)

    def _join(self, x: int, y: int) -> None:
        x, y = (x, y) if x < y else (y, x)
        members = self.members(y)
        for n in members:
            self._of[n] = x
        self._members[x] = sorted([*self.members(x), *members])
        self._members.pop(y, None)
        for other in self._barred.pop(y, ()):
            self._barred[other] = (self._barred[other] - {y}) | {x}
            self._barred.setdefault(x, set()).add(other)

    def all(self) -> Iterator[list[Gist]]:
        """The clusters, by their smallest member."""
        for n, root in enumerate(self._of):
            if n == root:
                yield [self.ordered[m] for m in self.members(n)]

    def shown(self) -> "Merges":
        """The judgements over pairs that are in one cluster, and over near misses: of a coded event, the surest."""
        left, right = np.array(self.judged.left), np.array(self.judged.right)
        scores, of = np.array(self.judged.scores), np.array(self._of)
        kept = np.flatnonzero((of[left] == of[right]) | (scores >= NEAR_MISS)) if len(left) else np.zeros(0, np.int64)
        ends, at = np.concatenate((left[kept], right[kept])), np.tile(kept, 2)
        order = np.lexsort((at, -scores[at], ends))
        ends, at = ends[order], at[order]
        first = np.flatnonzero(np.concatenate(([True], ends[1:] != ends[:-1]))) if len(ends) else ends
        rank = np.arange(len(ends)) - np.repeat(first, np.diff(np.append(first, len(ends))))
        kept = np.unique(at[rank < SHOWN])
        return Merges(self.ordered, left[kept], right[kept])


class Merges(Sequence[Merge]):
    """Judgements with their features, in order of id, each made when it is asked for."""

    def __init__(
        self, ordered: Sequence[Gist], left: "np.typing.NDArray[np.uint32]", right: "np.typing.NDArray[np.uint32]"
    ) -> None:
        ids = np.array([g.id for g in ordered])
        place = np.empty(len(ids), dtype=np.int64)
        place[np.argsort(ids)] = np.arange(len(ids))
        first = np.where(place[left] < place[right], left, right) if len(left) else left
        then = np.where(place[left] < place[right], right, left) if len(left) else right
        order = np.lexsort((place[then], place[first])) if len(left) else np.zeros(0, np.int64)
        self._ordered, self._left, self._right = ordered, first[order], then[order]

    def __len__(self) -> int:
        return len(self._left)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        return judge(self._ordered[self._left[at]], self._ordered[self._right[at]])


def cluster(
    candidates: Candidates, *, must: Iterable[tuple[str, str]] = (), cannot: Iterable[tuple[str, str]] = ()
) -> tuple[Iterator[list[Gist]], Merges]:
    """Clusters by smallest member, members in order; and the judgements that explain them.

    ``must`` and ``cannot`` are pairs of ids; what is not among the candidates is left out.
    """
    must, cannot = list(must), list(cannot)
    at = {g.id: n for n, g in enumerate(candidates.ordered)} if must or cannot else {}
    made = Clusters(Judged(candidates))
    made.keep_apart((at[a], at[b]) for a, b in cannot if a in at and b in at)
    made.put_together((at[a], at[b]) for a, b in must if a in at and b in at)
    made.grow()
    return made.all(), made.shown()
