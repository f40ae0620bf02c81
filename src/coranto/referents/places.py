"""Place mentions -> the places they stand for, or the division that holds them, or nothing.

A namesake is chosen by what the text says (a type word, "X, in Kharkiv region"), by the countries and divisions of
the report's other toponyms, by nearness to them and to the outlet's home, and last by how well known it is. All
toponyms of a document are
weighed together; the same name means the same place throughout, unless its own words say otherwise.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from coranto.knowledge import Knowledge
from coranto.knowledge.places import PINNED, Candidate, Gazetteer, Kind, fold
from coranto.language.en.placewords import PlaceWords, place_words
from coranto.records import (
    Analysis,
    Basis,
    Mention,
    MentionKind,
    Place,
    Precision,
    Referent,
    Referred,
    Sourced,
    Via,
    Words,
)

BY = "referents.places/1"
ROUNDS = 3
NEAR_KM = 150.0
RANK_COST = (0.0, 0.5, 1.6, 3.0)
KIND_GAIN = {
    Kind.COUNTRY: 3.2, Kind.REGION: 2.4, Kind.ADMIN1: 0.7, Kind.ADMIN2: -0.9, Kind.TOWN: 0.0, Kind.SITE: 0.6,
}  # fmt: skip
WIDE_GAIN = 2.0  # a region of several countries: the Middle East, not Middle East, Maryland
WITHIN_GAIN = 4.0
LISTED_GAIN = 2.0
CAPITAL_GAIN = 0.7
VOTERS = 12  # candidates of a toponym, the likeliest first, that speak for its country and division
SPOTS = frozenset({Kind.TOWN, Kind.ADMIN2, Kind.SITE})
AGREED = 0.6
SAME_SENTENCE = 200  # characters
SENTENCE_END = re.compile(r"""[.!?]["”’')]*\s+(?:[A-Z“"]|$)|\n""")
HOME = (1.0, 0.3)
ASSUMED = 0.3  # score of a division that is only assumed of an unknown name
SURE = 0.35  # a town or site with a smaller share of the weight is not pinned


class Scored(NamedTuple):
    """A candidate with its share of the weight among its namesakes, 0..1."""

    candidate: Candidate
    share: float


class _Slot:
    """One toponym while the document is weighed."""

    __slots__ = ("candidates", "key", "kinds", "listed", "scores", "span", "weight", "within")

    def __init__(
        self,
        span: tuple[int, int],
        key: str,
        candidates: list[Candidate],
        kinds: frozenset[str],
        weight: float = 1.0,
    ) -> None:
        self.span, self.key, self.candidates, self.kinds, self.weight = span, key, candidates, kinds, weight
        self.within: list[_Slot] = []
        self.listed: frozenset[str] = frozenset()
        self.scores: list[float] = []

    def shares(self) -> list[float]:
        """The weights as shares of one."""
        top = max(self.scores)
        weights = [math.exp(1.6 * (s - top)) for s in self.scores]
        total = sum(weights)
        return [w / total for w in weights]

    def best(self) -> int:
        """Index of the best candidate."""
        return max(range(len(self.scores)), key=lambda i: (self.scores[i], -i))


def resolve_spans(
    gazetteer: Gazetteer, text: str, spans: Sequence[tuple[int, int]], *, context: str = "", home: str = ""
) -> list[tuple[Scored, ...]]:
    """For each span of ``text``, its candidates, the best first; needs no parse.

    An empty tuple where the gazetteer knows nothing. ``context`` is a dateline's place, which counts as one toponym;
    ``home`` the id of the outlet's town or country, which counts as less.
    """
    words = place_words()
    slots = [_slot(gazetteer, words, text, span) for span in spans]
    if context:
        slots.append(_slot(gazetteer, words, context, (0, len(context))))
    if entry := gazetteer.entry(home) if home else None:
        slots.append(_Slot((0, 0), f" {home}", [entry], frozenset(), HOME[entry.kind == Kind.COUNTRY]))
    _contain(words, text, slots[: len(spans)], gazetteer)
    _weigh([s for s in slots if s.candidates])
    return [_ranked(s) for s in slots[: len(spans)]]


def _slot(gazetteer: Gazetteer, words: PlaceWords, text: str, span: tuple[int, int]) -> _Slot:
    phrase = " ".join(text[span[0] : span[1]].split())
    short = words.abbreviations.get(phrase) or words.abbreviations.get(phrase + ".") or words.demonyms.get(phrase)
    if short and (entry := gazetteer.entry(short)):
        return _Slot(span, fold(phrase), [entry], frozenset())
    shape = words.shape(phrase, text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40])
    found: list[Candidate] = []
    for name in shape.names:
        met = gazetteer.find(name)
        whole = name == phrase and any(c.rank <= 1 for c in met)
        fitting = [c for c in met if c.kind in shape.kinds] if shape.kinds and not whole else list(met)
        if fitting:
            found = fitting
            break
        found = found or list(met)
    return _Slot(span, fold(phrase), found[:60], shape.kinds)


def _contain(words: PlaceWords, text: str, slots: Sequence[_Slot], gazetteer: Gazetteer) -> None:
    """Notes, for each toponym, the toponyms that the text says it lies in."""
    ordered = sorted((s for s in slots if s.candidates), key=lambda s: s.span)
    listed = _listed(words, text, ordered)
    for n, (first, second) in enumerate(pairwise(ordered)):
        if second.span[0] - first.span[1] > 40 or second.span[0] < first.span[1] or n in listed:
            continue
        between = text[first.span[1] : second.span[0]]
        if words.lies_within(between):
            first.within.append(second)
        elif words.holds(between):
            second.within.append(first)


def _listed(words: PlaceWords, text: str, ordered: Sequence[_Slot]) -> set[int]:
    """Numbers of the toponyms whose next one is of the same list: "Arizona, California, Colorado and Utah".

    A list has three members or more, all of them countries or all of them divisions, and its members are read so.
    """
    out: set[int] = set()
    run: list[int] = []
    for n, slot in enumerate(ordered):
        follows = bool(run) and words.lists(text[ordered[n - 1].span[1] : slot.span[0]])
        levels = _levels(slot) & (_levels(ordered[n - 1]) if follows else _levels(slot))
        run = [*run, n] if follows and levels else [n] if _levels(slot) else []
        if len(run) > 2:
            out.update(run[:-1])
            for at in run:
                ordered[at].listed = levels
    return out


def _levels(slot: _Slot) -> frozenset[str]:
    """COUNTRY or ADMIN1 where the toponym is the name in use of one."""
    return frozenset(c.kind for c in slot.candidates if c.kind in (Kind.COUNTRY, Kind.ADMIN1) and c.rank <= 1)


def _inside(inner: Candidate, outer: Candidate) -> bool:
    """True if ``outer`` holds ``inner``."""
    if outer.kind == Kind.COUNTRY:
        return inner.country == outer.country and inner.kind != Kind.COUNTRY
    if outer.kind in (Kind.ADMIN1, Kind.ADMIN2):
        return outer.id in (inner.admin1, inner.admin2)
    if outer.kind == Kind.REGION:
        near = distance(inner, outer)
        return (not outer.country or inner.country == outer.country) and near is not None and near < 350
    return False


def distance(a: Candidate, b: Candidate) -> float | None:
    """Kilometres between two middles, None where one has none."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    return kilometres(a.latitude, a.longitude, b.latitude, b.longitude)


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points given in degrees."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def _prior(c: Candidate) -> float:
    people = math.log10(max(c.population, 300)) - 2.5
    weight = {Kind.COUNTRY: 0.3, Kind.ADMIN1: 0.5, Kind.ADMIN2: 0.5, Kind.REGION: 0.0, Kind.SITE: 0.0}.get(c.kind, 0.85)
    wide = WIDE_GAIN * (c.kind == Kind.REGION and not c.country)
    return weight * people + KIND_GAIN[c.kind] + wide + CAPITAL_GAIN * (c.capital and c.rank < 2) - RANK_COST[c.rank]


def _weigh(slots: list[_Slot]) -> None:
    """Scores of all candidates of all toponyms, in a fixed number of rounds."""
    near: dict[tuple[int, int], float] = {}
    held: dict[str, set[int]] = defaultdict(set)
    for slot in slots:
        held[slot.key].update(_contained(slot))
    base = {id(s): [_prior(c) for c in s.candidates] for s in slots}
    for slot in slots:
        own = _contained(slot)
        gain = WITHIN_GAIN if own else 0.8 * WITHIN_GAIN
        rows = own or held[slot.key]
        base[id(slot)] = [
            p + gain * (c.row in rows) + LISTED_GAIN * (c.kind in slot.listed)
            for p, c in zip(base[id(slot)], slot.candidates)
        ]
        slot.scores = list(base[id(slot)])
    for _ in range(ROUNDS):
        votes: dict[str, _Vote] = {}
        for slot in slots:
            if slot.key not in votes:
                votes[slot.key] = _Vote(slot)
        support: dict[tuple[str, int], float] = {}
        for slot in slots:
            others = [v for key, v in votes.items() if key != slot.key]
            for c in slot.candidates:
                if (slot.key, id(c)) not in support:
                    support[slot.key, id(c)] = _support(c, others, near)
        fresh = [[b + support[s.key, id(c)] for b, c in zip(base[id(s)], s.candidates)] for s in slots]
        for slot, scores in zip(slots, fresh):
            slot.scores = scores


def _contained(slot: _Slot) -> set[int]:
    """Rows of the candidates that lie in a toponym that is said to hold this one."""
    return {c.row for w in slot.within for c in slot.candidates for o in w.candidates if _inside(c, o)}


class _Vote:
    """What one toponym says of the document: how likely each country and division is, and its likeliest spots."""

    __slots__ = ("admin1", "country", "share", "spots")

    def __init__(self, slot: _Slot) -> None:
        self.country, self.admin1 = defaultdict[str, float](float), defaultdict[str, float](float)
        shares = [slot.weight * s for s in slot.shares()]
        self.share = max(shares)
        ranked = sorted(zip(shares, slot.candidates), key=lambda p: (-p[0], p[1].row))[:VOTERS]
        for share, c in ranked:
            self.country[c.country] += share
            if division := _division(c):
                self.admin1[division] += share
        self.spots = [(s, c) for s, c in ranked[:3] if c.kind in SPOTS and s > 0.1]


def _division(c: Candidate) -> str:
    return c.id if c.kind == Kind.ADMIN1 else c.admin1


def _support(c: Candidate, votes: Sequence[_Vote], known: dict[tuple[int, int], float]) -> float:
    """What the document's other toponyms say for a candidate: same country, same division, nearness."""
    country = admin1 = total = near = 0.0
    division = _division(c)
    for vote in votes:
        total += vote.share
        if c.country:
            country += vote.country.get(c.country, 0.0)
        if division:
            admin1 += vote.admin1.get(division, 0.0)
        if c.kind != Kind.COUNTRY:
            for share, spot in vote.spots:
                near += share * _nearness(c, spot, known)
    if not total:
        return 0.0
    return 1.2 * country / (total + 1) + 0.9 * min(1.0, country) + 1.1 * min(2.0, admin1) + 0.9 * min(2.0, near)


def _nearness(a: Candidate, b: Candidate, known: dict[tuple[int, int], float]) -> float:
    """How near two places are, 1 at no distance, remembered for the document."""
    pair = id(a), id(b)
    if pair not in known:
        km = distance(a, b)
        known[pair] = math.exp(-km / NEAR_KM) if km is not None else 0.0
    return known[pair]


def _ranked(slot: _Slot) -> tuple[Scored, ...]:
    if not slot.candidates:
        return ()
    ranked = sorted(zip(slot.candidates, slot.shares()), key=lambda p: (-p[1], p[0].row))
    return tuple(Scored(c, round(share, 3)) for c, share in ranked[:5])


def settle(gazetteer: Gazetteer, name: str, ranked: Sequence[Scored], holder: Candidate | None) -> Place | None:
    """The place to state: the best candidate; where it is unsure, the division or country that most agree on.

    ``holder`` is what the text says the place lies in: a name that the gazetteer lacks is known as finely as that.
    None = nothing can be said.
    """
    if not ranked:
        return _coarse(gazetteer, name, holder) if holder else None
    best = ranked[0]
    if best.share >= SURE or best.candidate.kind not in PINNED:
        return gazetteer.place(best.candidate)
    for level in ("admin1", "country"):
        shares: dict[str, float] = defaultdict(float)
        for s in ranked:
            shares[getattr(s.candidate, level)] += s.share
        value, share = max(shares.items(), key=lambda item: (item[1], item[0]))
        agreed = gazetteer.entry(value) if level == "admin1" else gazetteer.country(value)
        if share >= AGREED and agreed:
            return _coarse(gazetteer, name, agreed)
    return None


def _coarse(gazetteer: Gazetteer, name: str, holder: Candidate) -> Place:
    """A place of which only the division, country or region that holds it is known: it has no id and no pin."""
    outer = gazetteer.place(holder)
    precision = outer.precision if outer.precision not in (Precision.TOWN, Precision.SITE) else Precision.DISTRICT
    return Place(id="", name=name, precision=precision, country=outer.country, admin1=outer.admin1)


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Referent, ...]]:
    """A resolver of the place mentions of a document, all weighed together."""

    def places(analysis: Analysis) -> tuple[Referent, ...]:
        gazetteer, text = knowledge.places, analysis.document.text
        mentions = [m for m in analysis.mentions if m.kind is MentionKind.PLACE]
        context = next((r.place.value for r in analysis.reports if r.place), "")
        spans = [(m.words.span.start, m.words.span.end) for m in mentions]
        home = knowledge.outlets.home(analysis.document.outlet)
        ranks = resolve_spans(gazetteer, text, spans, context=context, home=home)
        out: list[Referent] = []
        for n, (m, ranked) in enumerate(zip(mentions, ranks)):
            held = holder(text, spans, ranks, n) if not ranked else None
            place = settle(gazetteer, m.words.quote, ranked, held[1] if held else None)
            if place is None and not ranked:
                out.extend(_assumed(gazetteer, mentions, text, spans, ranks, n))
            if place is None:
                continue
            evidence = (m.words, mentions[held[0]].words) if held else (m.words,)
            score = ranked[0].share if ranked else 0.5
            rest = ranked[1:] if place.id else ranked
            others = tuple(_sourced(gazetteer.place(s.candidate), (m.words,), s.share) for s in rest)
            out.append(Referent(mention=m.id, value=_sourced(place, evidence, score), others=others))
        return tuple(out)

    return places


def _assumed(
    gazetteer: Gazetteer,
    mentions: Sequence[Mention],
    text: str,
    spans: Sequence[tuple[int, int]],
    ranks: Sequence[tuple[Scored, ...]],
    n: int,
) -> Iterator[Referent]:
    """An unknown name is assumed to lie in the division of the nearest place of its sentence; it gets no pin."""
    beside = neighbour(text, spans, ranks, n)
    around = division(gazetteer, beside[1]) if beside else None
    if beside and around:
        words = mentions[n].words
        evidence = (words, mentions[beside[0]].words)
        place = _coarse(gazetteer, words.quote, around)
        yield Referent(mention=mentions[n].id, value=_sourced(place, evidence, ASSUMED, Basis.ASSUMED))


def _sourced(place: Place, evidence: tuple[Words, ...], score: float, basis: Basis = Basis.STATED) -> Sourced[Referred]:
    via = Via.RULE if basis is Basis.ASSUMED else Via.GAZETTEER
    return Sourced(value=place, basis=basis, via=via, evidence=evidence, score=score, by=BY)


def holder(
    text: str, spans: Sequence[tuple[int, int]], ranks: Sequence[tuple[Scored, ...]], n: int
) -> tuple[int, Candidate] | None:
    """The toponym that the text says an unknown name lies in, with its number: "X, a suburb of Y", "Y's X district"."""
    words = place_words()
    for other in (n + 1, n - 1):
        if not 0 <= other < len(spans) or not ranks[other]:
            continue
        left, right = sorted((spans[n], spans[other]))
        between = text[left[1] : right[0]]
        held = words.lies_within(between) or words.part_of(between) if other > n else words.holds(between)
        if len(between) < 60 and held:
            return other, ranks[other][0].candidate
    return None


def neighbour(
    text: str, spans: Sequence[tuple[int, int]], ranks: Sequence[tuple[Scored, ...]], n: int
) -> tuple[int, Candidate] | None:
    """The nearest known town or division of the same sentence, with its number: where an unknown name may lie."""
    found: list[tuple[int, int, Candidate]] = []
    for other, ranked in enumerate(ranks):
        if other == n or not ranked or ranked[0].candidate.kind in (Kind.REGION, Kind.COUNTRY):
            continue
        if ranked[0].share < SURE:
            continue
        left, right = sorted((spans[n], spans[other]))
        between = text[left[1] : right[0]]
        if len(between) < SAME_SENTENCE and not SENTENCE_END.search(between):
            found.append((len(between), other, ranked[0].candidate))
    return min(found)[1:] if found else None


def division(gazetteer: Gazetteer, found: Candidate) -> Candidate | None:
    """The division of the first order that a place is or lies in, else its country."""
    return gazetteer.entry(_division(found)) or gazetteer.country(found.country)
