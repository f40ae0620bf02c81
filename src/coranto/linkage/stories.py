"""Texts -> stories: texts that tell of one running matter, by the rare words and names that they share.

The same whatever the order: words are weighed by how many texts have them, pairs are looked at where they share some
of their weightiest words, and groups grow by the most alike pair first, as long as all of them are alike.
"""

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from coranto.linkage.gists import Gist
from coranto.records import Event, Period, Story, make_id

KEPT = 60  # weightiest words of a text that stand for it
KEYS = 24  # of these, by which texts are brought together
CROWD = 60  # texts that share such a word, above which only neighbours in time are compared
ALIKE = 0.15  # from here on two texts may be of one story
MEAN = 0.09  # of all pairs between two groups, for them to be one story
APART = 14  # days between two texts of one story, with nothing between them
LOOKED_AT = 12  # members of a large group that are compared
LONGEST = 31  # days: an event of a longer period does not say when its story ran
NAME = 1.5  # how much more a capitalised word weighs
_WORD = re.compile(r"[^\W_]+")


class Told(NamedTuple):
    """An event as stories see it."""

    id: str
    title: str
    voices: int
    reports: tuple[str, ...]
    low: str
    period: Period | None


class Sketch(NamedTuple):
    """A text as its words' hashes and how often each stands in it; ``day`` is an ordinal, 0 where unknown."""

    id: str
    day: int
    words: tuple[tuple[int, float], ...]


def sketch(id_: str, text: str, day: int = 0) -> Sketch:
    """What a text is compared by."""
    found: Counter[int] = Counter()
    named: set[int] = set()
    for m in _WORD.finditer(text):
        word = m.group()
        if len(word) > 3 or word.isdigit():
            key = zlib.crc32(word.casefold()[:6].encode("utf-8", "surrogatepass"))
            found[key] += 1
            if word[0].isupper() and text[max(0, m.start() - 2) : m.start()].strip(" \n“\"'") == "":
                named.add(key)
    words = ((k, (1 + log(n)) * (NAME if k in named else 1.0)) for k, n in found.items())
    return Sketch(id_, day, tuple(sorted(words)))


def told(events: Iterable[Event], members: Mapping[str, Gist]) -> list[Story]:
    """The stories of a record, by id: of every event, the story of most of its reports; of two events or more."""
    gists: dict[str, Gist] = {}
    for g in members.values():
        gists[g.report] = min(gists.get(g.report, g), g)
    words: dict[str, tuple[int, float]] = {}
    of = stories([_of_report(g, words) for _, g in sorted(gists.items())])
    held: dict[str, list[Told]] = defaultdict(list)
    for e in events:
        votes = Counter(of[r] for r in e.reports if r in of)
        if votes:
            story = min(votes, key=lambda s: (-votes[s], s))
            period = e.time[0].value.period if e.time else None
            held[story].append(Told(e.id, e.title, len(e.voices), e.reports, _low(e), period))
    return [_story(id_, some) for id_, some in sorted(held.items()) if len(some) > 1]


def _of_report(g: Gist, held: dict[str, tuple[int, float]]) -> Sketch:
    """A report as the names and numbers in it; what it has in common with others is ``held`` once."""
    words = (held.setdefault(n, (zlib.crc32(n.encode("utf-8", "surrogatepass")), 1.0)) for n in g.story)
    return Sketch(g.report, g.published, tuple(sorted(words)))


def _story(id_: str, events: Sequence[Told]) -> Story:
    first = min(events, key=lambda e: (-e.voices, e.low, e.title, e.id))
    days = [e.period for e in events if e.period and e.period.days <= LONGEST]
    period = None
    if days:
        low, high = min(p.low for p in days), max(p.high for p in days)
        period = Period(low=low, high=high, best=low)
    ordered = sorted(events, key=lambda e: (e.low, e.title, e.id))
    return Story(
        id=make_id("story", id_),
        title=first.title,
        events=tuple(e.id for e in ordered),
        reports=tuple(sorted({r for e in events for r in e.reports})),
        period=period,
    )


def _low(e: Event) -> str:
    period = e.time[0].value.listed if e.time else None
    return period.low.isoformat() if period else "9999"


def stories(sketches: Sequence[Sketch]) -> dict[str, str]:
    """Text -> its story, named by the smallest id in it."""
    ordered = sorted(sketches, key=lambda s: (s.day, s.words, s.id))
    vectors = _vectors(ordered)
    likeness = {pair: c for pair in _candidates(ordered, vectors) if (c := _cosine(vectors, *pair)) >= ALIKE}
    group = list(range(len(ordered)))
    members = {n: [n] for n in group}
    for a, b in sorted(likeness, key=lambda p: (-likeness[p], p)):
        x, y = group[a], group[b]
        if x != y and _fit(members[x], members[y], vectors):
            x, y = sorted((x, y))
            members[x] = sorted([*members[x], *members.pop(y)])
            for n in members[x]:
                group[n] = x
    named = {x: min(ordered[n].id for n in some) for x, some in members.items()}
    return {s.id: named[group[n]] for n, s in enumerate(ordered)}


def _vectors(ordered: Sequence[Sketch]) -> list[dict[int, float]]:
    """The weightiest words of each text, of length one."""
    spread = Counter(k for s in ordered for k, _ in s.words)
    total = len(ordered) + 1
    made = []
    for s in ordered:
        weighed = sorted(((n * log(total / spread[k]), k) for k, n in s.words), reverse=True)[:KEPT]
        length = sqrt(sum(w * w for w, _ in weighed)) or 1.0
        made.append({k: w / length for w, k in weighed})
    return made


def _candidates(ordered: Sequence[Sketch], vectors: Sequence[Mapping[int, float]]) -> Iterator[tuple[int, int]]:
    """Pairs that share two of either's weightiest words, near in time."""
    held: dict[int, list[int]] = defaultdict(list)
    for n, vector in enumerate(vectors):
        for k in list(vector)[:KEYS]:
            held[k].append(n)
    codes = array("Q")
    for some in held.values():
        if len(some) <= CROWD:
            codes.extend(a << 32 | b for a, b in combinations(some, 2) if _near(ordered, a, b))
        else:
            near = (p for i, a in enumerate(some) for p in ((a, b) for b in some[i + 1 : i + 6]))
            codes.extend(a << 32 | b for a, b in near if _near(ordered, a, b))
    met, times = np.unique(np.frombuffer(codes, dtype=np.uint64), return_counts=True) if codes else ((), ())
    return ((int(c) >> 32, int(c) & 0xFFFFFFFF) for c, n in zip(met, times, strict=True) if n > 1)


def _near(ordered: Sequence[Sketch], a: int, b: int) -> bool:
    return not ordered[a].day or not ordered[b].day or abs(ordered[a].day - ordered[b].day) <= APART


def _cosine(vectors: Sequence[Mapping[int, float]], a: int, b: int) -> float:
    x, y = vectors[a], vectors[b]
    return sum(w * y[k] for k, w in x.items() if k in y)


def _fit(left: Sequence[int], right: Sequence[int], vectors: Sequence[Mapping[int, float]]) -> bool:
    pairs = list(product(left[:LOOKED_AT], right[:LOOKED_AT]))
    return sum(_cosine(vectors, a, b) for a, b in pairs) >= MEAN * len(pairs)
