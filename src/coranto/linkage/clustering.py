"""Scored pairs, vetoes and judgements -> clusters of coded events, the same whatever the order of the input."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from coranto.linkage.features import bare
from coranto.linkage.gists import Gist
from coranto.linkage.matching import judge
from coranto.records import Merge, Modality

THRESHOLD = 0.5  # a pair from here on may join two clusters
NEAR_MISS = THRESHOLD / 2  # a pair from here on is kept to be shown, joined or not
MEAN = 0.4  # of all pairs between two clusters, for them to join
DENIALS = frozenset({Modality.DENIED, Modality.NEGATED})
LOOKED_AT = 14  # members of a large cluster, by id, that are compared


class Clusters:
    """Clusters that grow by the best pair first and never join across a veto."""

    def __init__(self, gists: Iterable[Gist], judged: Mapping[tuple[str, str], Merge]) -> None:
        self.members: dict[str, list[Gist]] = {g.id: [g] for g in gists}
        self._of = {id_: id_ for id_ in self.members}
        self.judged = dict(judged)
        self._apart: dict[str, set[str]] = {id_: set() for id_ in self.members}

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Pairs that never come into one cluster."""
        for a, b in pairs:
            if a in self._of and b in self._of:
                self._apart[a].add(b)
                self._apart[b].add(a)

    def put_together(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Pairs that are in one cluster whatever speaks against it."""
        for a, b in sorted(pairs):
            if a in self._of and b in self._of and self._of[a] != self._of[b]:
                self._join(self._of[a], self._of[b])

    def grow(self) -> None:
        """Every pair that may join two clusters has done so, the best first."""
        wanted = [(-m.score, m.a, m.b) for m in self.judged.values() if m.score >= THRESHOLD and not m.vetoes]
        for _, a, b in sorted(wanted):
            x, y = self._of[a], self._of[b]
            if x != y and self._fits(x, y):
                self._join(x, y)

    def _fits(self, x: str, y: str) -> bool:
        """True if nothing keeps two clusters apart and their members are alike: costs, denials, bare mentions aside."""
        left, right = self.members[x], self.members[y]
        if any(b.id in self._apart[a.id] for a in left for b in right):
            return False
        judged = [(a, b, self._judge(a, b)) for a, b in product(_some(left), _some(right))]
        if any(m.vetoes for _, _, m in judged):
            return False
        within = {g.id for g in (*left, *right)}
        judged = [(a, b, m) for a, b, m in judged if not {a.about, b.about} & within] or judged
        judged = [(a, b, m) for a, b, m in judged if (a.modality in DENIALS) is (b.modality in DENIALS)] or judged
        telling = [m.score for a, b, m in judged if not bare(a) and not bare(b)]
        scores = telling or [m.score for _, _, m in judged]
        return sum(scores) >= MEAN * len(scores)

    def _judge(self, a: Gist, b: Gist) -> Merge:
        key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if key not in self.judged:
            self.judged[key] = judge(a, b)
        return self.judged[key]

    def _join(self, x: str, y: str) -> None:
        x, y = sorted((x, y))
        for g in self.members[y]:
            self._of[g.id] = x
        self.members[x] = sorted([*self.members[x], *self.members.pop(y)])

    def within(self) -> list[Merge]:
        """The judgements over pairs that are in one cluster, and over near misses, in order of id."""
        kept = [m for m in self.judged.values() if self._of[m.a] == self._of[m.b] or m.score >= NEAR_MISS]
        return sorted(kept, key=lambda m: (m.a, m.b))


def _some(members: Sequence[Gist]) -> Sequence[Gist]:
    return members if len(members) <= LOOKED_AT else members[:LOOKED_AT]


def cluster(
    gists: Collection[Gist],
    judged: Mapping[tuple[str, str], Merge],
    *,
    must: Iterable[tuple[str, str]] = (),
    cannot: Iterable[tuple[str, str]] = (),
) -> tuple[list[list[Gist]], list[Merge]]:
    """Clusters by smallest member, members by id; and the judgements that explain them."""
    made = Clusters(gists, judged)
    made.keep_apart(cannot)
    made.put_together(must)
    made.grow()
    return [made.members[k] for k in sorted(made.members)], made.within()
