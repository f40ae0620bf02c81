"""Two gists -> what speaks for and against their telling of one event, by the names of `weights.tsv`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from coranto.linkage.figures import compare, far
from coranto.linkage.gists import Gist, stem
from coranto.linkage.places import FINE, apart, same
from coranto.records import EventType, Figure, FigureKind, Modality, Precision, Ref, RefKind, Relation

LATE = 3  # days after an event on which it may still be told as news, where no day is named
LITTLE = 0.04  # share of words in common below which two passages have nothing in common
TOLLS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.CASUALTIES})
MUCH = 0.2  # share of words in common from which two passages tell one thing
FEWEST_NAMES = 2  # names and numbers in common below which two reports tell other stories
WEEK = 7  # days: "last week" and a day in it
MONTH = 31  # days: a named stretch of time up to this says when
ONE_STORY = 0.4  # share of names and numbers in common from which two reports tell one story
AIMED = 2  # words after the trigger in common: "attacked a fuel depot", "hit a fuel depot"
LARGE = 10  # a number from here on is seldom the same by chance
COSTS = ("180", "171")  # CAMEO codes of violence that is told by what it did
NEARBY = 400  # characters within which a bare mention takes up the event before it
OCCURRED = frozenset({Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.DENIED, Modality.NEGATED,
                      Modality.BACKGROUND})  # fmt: skip
OF_OWN_KIND = frozenset({Modality.DENIED, Modality.NEGATED, Modality.BACKGROUND})
NAMED = frozenset({RefKind.PERSON, RefKind.ORGANISATION, RefKind.ARMED_GROUP, RefKind.OFFICE})
VERBAL = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT,
                    EventType.SANCTION, EventType.AID})  # fmt: skip
TWO_SIDED = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})


def features(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    """Features of a pair, by the names of `weights.tsv`; it is symmetric."""
    if a.type is b.type:
        yield "same type", 1.0
    if (a.mode and a.mode == b.mode) or (len(a.cameo) > 2 and a.cameo[:3] == b.cameo[:3]):
        yield "same mode", 1.0
    elif a.mode and b.mode:
        yield "other mode", 1.0
    yield from _who(a, b)
    yield from _when(a, b)
    yield from _where(a, b)
    if same_word(a, b):
        yield "same word", 1.0
    if len(common(a.aim, b.aim)) >= AIMED:
        yield "same aim", 1.0
    if a.instrument and b.instrument:
        yield ("same instrument" if alike(a.instrument, b.instrument) else "other instrument"), 1.0
    if a.means and b.means and not a.means & b.means:
        yield "other means", 1.0
    yield from _figures(a, b)
    words = _overlap(a.context, b.context) if a.sentence != b.sentence else 0.0
    if a.sentence != b.sentence:
        yield "context", words
    yield from _apart(a, b, words) if a.report != b.report else _together(a, b)
    if (a.modality in OF_OWN_KIND) is not (b.modality in OF_OWN_KIND):
        yield "other sort of modality", 1.0
    if answers(a, b) or answers(b, a):
        yield "denied by the accused", 1.0


def _apart(a: Gist, b: Gist, words: float) -> Iterator[tuple[str, float]]:
    """Of two reports: what their words share as a whole, and whether anything in particular ties the two."""
    names = len(common(a.story, b.story))
    story = _share(names, a.story, b.story)
    yield "story", story
    if names < FEWEST_NAMES:
        yield "another story", 1.0
    if words < LITTLE:
        yield "other words", 1.0
    if not _tied(a, b, words, story):
        yield "nothing in particular", 1.0
    if _cost(a) and _cost(b) and not _one_cost(a, b, story):
        yield "a cost alone", 1.0
    if not a.exact and not b.exact and a.published and b.published:
        yield "days between the reports", float(min(abs(a.published - b.published), 7))


def _together(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    """Of one report: one sentence tells one thing once, but for its toll; neighbours may say more of one thing."""
    if toll_of(a, b):
        yield "its toll", 1.0
        return
    yield ("one sentence" if a.sentence == b.sentence else "one report"), 1.0
    if a.sentence != b.sentence and _takes_up(a, b):
        yield "taken up again", 1.0


def _tied(a: Gist, b: Gist, words: float, story: float) -> bool:
    """True if more than a type, a country and a common word makes two events of two reports one."""
    near = a.exact or b.exact or abs(a.published - b.published) <= 1
    if near and a.place and b.place and a.place.precision in FINE and same(a.place, b.place):
        return True
    if same_word(a, b) and a.dated and b.dated and max(a.high - a.low, b.high - b.low) < WEEK and _overlapping(a, b):
        return True
    if _one_time(a, b) or (a.exact and b.exact and a.low == b.low) or len(common(a.aim, b.aim)) >= AIMED:
        return True
    if words >= MUCH or story >= ONE_STORY or _large_figure(a, b):
        return True
    names, also = [named((*g.actors, *g.recipients)) for g in (a, b)]
    one_target = named(a.recipients) & named(b.recipients)
    return len(names & also) > 1 or bool(one_target and (a.type not in VERBAL or shared(a.actors, b.actors)))


def _one_cost(a: Gist, b: Gist, story: float) -> bool:
    """True if two reports that tell who died or was hurt share more than that: number, weapon, doer, site or story."""
    if shared(a.actors, b.actors) or named(a.recipients) & named(b.recipients) or a.means & b.means:
        return True
    if a.place and b.place and a.place.precision is Precision.SITE and same(a.place, b.place):
        return True
    one_toll = any(f.what is g.what and agree(f, g) for f in a.figures for g in b.figures)
    one_town = bool(a.place and b.place and a.place.precision in FINE and same(a.place, b.place))
    return story >= ONE_STORY or _large_figure(a, b) or (one_town and one_toll)


def agree(f: Figure, g: Figure) -> bool:
    """True if two figures of one kind may be one number: equal, or one within the bounds of the other."""
    return compare(f, g)[0] in (Relation.SAME, Relation.BOUND)


def same_word(a: Gist, b: Gist) -> bool:
    """True if the triggers are, or begin with, forms of one word."""
    first, also = (g.trigger.quote.split(" ", 1)[0] for g in (a, b))
    return bool(a.stem and a.stem == b.stem) or (len(first) > 3 and stem(first) == stem(also))


def _overlapping(a: Gist, b: Gist) -> bool:
    return bool(a.low and b.low) and a.low <= b.high and b.low <= a.high


def _one_time(a: Gist, b: Gist) -> bool:
    """True if both are told of one and the same week or month: "in February 2022"."""
    return a.dated and b.dated and (a.low, a.high) == (b.low, b.high) and a.high - a.low <= MONTH


def _large_figure(a: Gist, b: Gist) -> bool:
    """True if both give one number of one thing that is seldom given by chance."""
    return any(
        f.what is g.what and f.low is not None and f.low >= LARGE and compare(f, g)[0] is Relation.SAME
        for f in a.figures
        for g in b.figures
    )


def bare(g: Gist) -> bool:
    """True if nothing tells whose event it is, or where: "the attack", "three were killed"."""
    return g.place is None and not g.actors and not any(r.country or r.id for r in g.recipients)


def with_antecedents(told: Iterable[Gist]) -> Iterator[Gist]:
    """Events of one document, each that tells only a cost with the attack of its report that it is the cost of."""
    reports: dict[str, list[Gist]] = defaultdict(list)
    for g in sorted(told, key=lambda g: (g.trigger.span, g.id)):
        reports[g.report].append(g)
    for some in reports.values():
        for n, g in enumerate(some):
            yield g._replace(about=_antecedent(g, some[:n][::-1], some[n + 1 :])) if _cost(g) else g


def _antecedent(cost: Gist, before: Sequence[Gist], after: Sequence[Gist]) -> str:
    """The other attack of its sentence, else, where it names no actor, the last before it; of a headline, the next."""
    here = [g for g in (*before, *after) if g.sentence == cost.sentence and _same_act(g, cost)]
    if here:
        return here[0].id
    attacks = (g for g in before or [g for g in after if not _cost(g)] if g.type is EventType.ASSAULT)
    near = next(attacks, None)
    if near is None or cost.actors or not _same_act(near, cost):
        return ""
    return near.about or near.id if abs(cost.trigger.span.start - near.trigger.span.start) <= NEARBY else ""


def _same_act(a: Gist, b: Gist) -> bool:
    """True if nothing speaks against two attacks of one report being one."""
    if not (a.type is b.type is EventType.ASSAULT) or not _one_night(a, b) or a.parent == b.id or b.parent == a.id:
        return False
    if shared(a.actors, b.actors) == "" or shared(a.recipients, b.recipients) == "":
        return False
    return not (a.place and b.place and apart(a.place, b.place))


def toll_of(a: Gist, b: Gist) -> bool:
    """True if one event says what the other cost, or both what a third one did: "struck a house", "four died"."""
    return a.about == b.id or b.about == a.id or bool(a.about and a.about == b.about)


def _one_night(a: Gist, b: Gist) -> bool:
    """True if two events of one report are told of one day, or of two that touch."""
    return not a.low or not b.low or max(a.low, b.low) - min(a.high, b.high) <= 1


def _cost(g: Gist) -> bool:
    """True if an event is told by its dead, its wounded or its ruins alone."""
    return g.cameo.startswith(COSTS) or bool(g.cameo == "190" and any(f.what in TOLLS for f in g.figures))


def _takes_up(a: Gist, b: Gist) -> bool:
    """True if one of two neighbours of one type in a report is bare: it says more of the other."""
    first, then = sorted((a, b), key=lambda g: (g.trigger.span, g.id))
    near = then.trigger.span.start - first.trigger.span.start <= NEARBY and _one_night(a, b)
    if not near or a.type is not b.type or bare(a) is bare(b):
        return False
    if bare(then):
        return not then.recipients or _cost(then)
    return bool(a.mode and a.mode == b.mode)


def answers(denial: Gist, told: Gist) -> bool:
    """True if an event is denied by the side that is said to have done it, and it is that event."""
    if denial.modality not in (Modality.DENIED, Modality.NEGATED) or told.modality in OF_OWN_KIND:
        return False
    if not denial.claimant_country or denial.claimant_country not in {r.country for r in told.actors}:
        return False
    if denial.stem == told.stem:
        return True
    return denial.type not in TWO_SIDED and shared(denial.recipients, told.recipients) != ""


def of_own_act(denial: Gist, told: Gist) -> bool:
    """True if somebody says not to have done what is told without a doer: that denies no occurrence."""
    if denial.modality not in (Modality.DENIED, Modality.NEGATED) or told.modality in OF_OWN_KIND:
        return False
    return bool(denial.actors) and not told.actors and denial.claimant_country in {r.country for r in denial.actors}


def _who(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    sides = [(a.actors, b.actors, "actor"), (a.recipients, b.recipients, "recipient")]
    if a.type in TWO_SIDED and b.type in TWO_SIDED:
        if shared((*a.actors, *a.recipients), (*b.actors, *b.recipients)) == "":
            yield "other actor", 1.0
            return
        if _crosses(a, b):
            sides = [(a.actors, b.recipients, "actor"), (a.recipients, b.actors, "recipient")]
    for left, right, side in sides:
        if left and right:
            found = shared(left, right)
            if found:
                yield f"same {side}" + (" country" if found == "country" else ""), 1.0
            elif found == "":
                yield f"other {side}", 1.0
        elif not left and not right and side == "recipient":
            yield "both silent on recipient", 1.0


def _crosses(a: Gist, b: Gist) -> bool:
    straight = bool(shared(a.actors, b.actors)) + bool(shared(a.recipients, b.recipients))
    crossed = bool(shared(a.actors, b.recipients)) + bool(shared(a.recipients, b.actors))
    return crossed > straight


def shared(left: tuple[Ref, ...], right: tuple[Ref, ...]) -> str | None:
    """ "id" or "country" where two lists of actors meet, "" where they are known and do not, None where unknown.

    A country that both name as a whole says no more than a country that they share.
    """
    if named(left) & named(right):
        return "id"
    x, y = {r.country for r in left if r.country}, {r.country for r in right if r.country}
    if x & y:
        return "country"
    return "" if x and y else None


def named(refs: tuple[Ref, ...]) -> set[str]:
    """Keys of the actors that are known by name; role words and counts of people name nobody."""
    return {r.id or r.name.casefold() for r in refs if r.kind is not RefKind.COUNTRY and (r.id or r.kind in NAMED)}


def _when(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    (low, high), (start, end) = reach(a), reach(b)
    if not low or not start:
        return
    if a.exact and b.exact and a.low <= b.high and b.low <= a.high:
        yield "same day", 1.0
    elif _one_time(a, b):
        yield "same day", 0.7
    elif a.open or b.open:
        return  # "some time before": neither for nor against
    elif low <= end and start <= high:
        told = "days overlap" if a.exact or b.exact or a.report == b.report else "told the same days"
        yield told, 1.0 if max(high - low, end - start) <= 31 else 0.3
    elif max(low, start) - min(high, end) <= 1:
        yield "near day", 1.0


def _where(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    if a.place is None or b.place is None:
        return
    p, q = a.place, b.place
    if same(p, q):
        yield ("same town" if p.precision in FINE else "within"), 1.0
    elif apart(p, q):
        return
    elif p.country and p.country == q.country:
        if Precision.COUNTRY in (p.precision, q.precision) or p.precision is not q.precision:
            yield "within", 1.0
        elif p.admin1 and p.admin1 == q.admin1:
            yield "same province", 1.0


def _figures(a: Gist, b: Gist) -> Iterator[tuple[str, float]]:
    best = ""
    if two_tellers(a, b):
        return
    if far_tolls(a, b):
        yield "far figure", 1.0
    for f in a.figures:
        for g in b.figures:
            if f.what is not g.what:
                continue
            relation, _ = compare(f, g)
            if relation is Relation.SAME:
                best = "same figure"
            elif relation in (Relation.BOUND, Relation.SUBSET):
                best = best if best == "same figure" else "near figure"
            elif relation is Relation.CONTESTED:
                best = best or "other figure"
    if best:
        yield best, 1.0


def two_tellers(a: Gist, b: Gist) -> bool:
    """True if one report lays what two sources say beside one another: that their numbers differ is the news."""
    return a.report == b.report and bool(a.claimant and b.claimant) and a.claimant != b.claimant


def far_tolls(a: Gist, b: Gist) -> bool:
    """True if two events give tolls of other orders."""
    return any(f.what is g.what and f.what in TOLLS and far(f, g) for f in a.figures for g in b.figures)


def common(a: Sequence[str], b: Sequence[str]) -> set[str]:
    """Words that are in both."""
    return set(a).intersection(b)


def _overlap(a: Sequence[str], b: Sequence[str]) -> float:
    return _share(len(common(a, b)), a, b) if a and b else 0.0


def _share(both: int, a: Sequence[str], b: Sequence[str]) -> float:
    return round(both / (len(a) + len(b) - both), 3) if both else 0.0


def alike(a: str, b: str) -> bool:
    """True if two names of weapons share a word."""
    return bool({stem(w) for w in a.split()} & {stem(w) for w in b.split()})


def reach(g: Gist) -> tuple[int, int]:
    """First and last day on which it may have happened: the days named, or the days before it was told."""
    if g.low and g.exact:
        return g.low, g.high
    if g.low:
        stated = g.high - g.low > 2
        return (g.low, g.high) if stated else (g.low - LATE, g.high)
    return (g.published - LATE, g.published) if g.published else (0, 0)
