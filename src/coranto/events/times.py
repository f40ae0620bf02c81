"""Match -> when it happened: the clause's time (STATED), that of the sentence before (CARRIED), the report's (ASSUMED).

"Rebels shelled the market on Tuesday. Twenty people died." The second sentence has no time of its own and goes on
with what the first tells, so its day is carried from there. "Rebels have shelled the town for years" is of no one day:
its time is open, some time up to the report's day.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple, cast

from msgspec.structs import replace

from coranto.events.arguments import BY, Arguments, cited
from coranto.events.reading import SentenceReading
from coranto.knowledge.zones import local_day
from coranto.language.en.aspects import is_earlier, recurs
from coranto.language.en.clauses import (
    ADJUNCT,
    BOUNDING,
    DEFINITE,
    ELSEWHERE,
    GOING_ON,
    NOT_THEN,
    PRONOUNS,
    SAYING,
    WHEN,
)
from coranto.language.en.times import occasions
from coranto.language.trees import Tree
from coranto.records import (
    PAST,
    Basis,
    BlockKind,
    EventType,
    Granularity,
    Mention,
    MentionKind,
    Period,
    Place,
    Report,
    Sourced,
    SpeechKind,
    TimeExpression,
    Timex,
    Via,
)

TOLD_ON = frozenset({  # what is told on in the next sentence without a word that joins it
    EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE, EventType.RETREAT, EventType.CONSULT,
    EventType.AID,
})  # fmt: skip
FARTHEST = 2  # sentences over which a day is carried
WIDEST = 31  # days of a report's own date that an event may be assumed from
LONGEST = 2  # days: what is coarser is not carried
RECORDED = 0.6  # how sure a day of common record is
OPEN = 366  # days before its report in which an event is looked for of which only "some time before" is known
OPEN_SCORE = 0.3  # of the score of the report's day is left for an open time
HALF = 0.8  # of the score is left where a time is carried


class Told(NamedTuple):
    """The day that a sentence tells of, with the paragraph that it stands in, and how many sentences ago that was."""

    time: Sourced[TimeExpression]
    block: int
    ago: int = 1


def time_of(
    arguments: Arguments, own: frozenset[int], kind: EventType, told: Told | None, *, nth: int | None
) -> Sourced[TimeExpression] | None:
    """The time of an event; None where neither the text nor the report tells it.

    ``nth``: which sentence of its report's text it stands in; None for what is not told as having happened.
    """
    if (stated := _stated(arguments, own)) is not None:
        return stated
    if (known := _of_record(arguments.reading, own, arguments.report.document)) is not None:
        return known
    if told is not None and _goes_on(arguments.reading, own, kind):
        return carried(told.time)
    if (said := _said(arguments.reading, own)) is not None:
        return said
    if nth is not None and is_earlier(arguments.tree, _head(arguments.tree, own), nth=nth):
        return some_time(arguments.report, _since(arguments, own), _earliest(arguments.reading))
    return assumed(arguments.report)


def assumed(report: Report) -> Sourced[TimeExpression] | None:
    """The report's own day, as an assumption; None where that is known no better than to some weeks."""
    published = report.published
    if published is None or published.value.period is None or published.value.period.days > WIDEST:
        return None
    score = round(published.score * 0.7, 3)
    return replace(published, value=_day(published.value), basis=Basis.ASSUMED, via=Via.RULE, score=score, by=BY)


def some_time(
    report: Report, since: Sourced[TimeExpression] | None = None, beside: Sourced[TimeExpression] | None = None
) -> Sourced[TimeExpression] | None:
    """The time up to the report's own day, as an assumption: from ``since`` where that is named, else for `OPEN` days,
    or from the earlier time ``beside`` it."""
    day = assumed(report)
    if day is None or day.value.period is None:
        return day
    best = day.value.period.best
    low, named = best - timedelta(OPEN), day.evidence[:0]
    for told in (since, beside):
        if told is not None and told.value.period is not None:
            first = told.value.period.low
            if first < low or (told is since and first < best):
                low, named = first, told.evidence
                break
    period = Period(low=low, high=day.value.period.high, best=best)
    value = TimeExpression(timex=Timex(type="DATE", value=PAST), period=period, granularity=Granularity.VAGUE)
    return replace(day, value=value, evidence=(*named, *day.evidence), score=round(day.score * OPEN_SCORE, 3))


def _since(arguments: Arguments, own: frozenset[int]) -> Sourced[TimeExpression] | None:
    """The time from which on it happened: "killed hundreds *since January*"."""
    tree = arguments.tree
    for mention, value in _times(arguments.reading):
        path = (mention.head, *tree.ancestors(mention.head))
        marked = any(
            tree.lower[i] == "since" or any(tree.lower[c] == "since" for c in tree.all(i, "mark")) for i in path
        )
        if marked and any(i in own for i in path):
            return cited(value, mention.words)
    return None


def _earliest(reading: SentenceReading) -> Sourced[TimeExpression] | None:
    """The time of a sentence that begins first."""
    times = [
        (value.value.period.low, n, cited(value, mention.words))
        for n, (mention, value) in enumerate(_times(reading))
        if value.value.period
    ]
    return min(times, key=lambda t: t[:2])[2] if times else None


def _stated(arguments: Arguments, own: frozenset[int]) -> Sourced[TimeExpression] | None:
    """The time that the clause of the trigger names: the nearest of its own, else of the clauses that it shares."""
    reading, tree = arguments.reading, arguments.reading.tree
    shared = arguments.clause(own)
    below = frozenset(_below(reading, own))
    listed = frozenset(_listed(tree, own))
    within = frozenset(_when(reading, own))
    best: tuple[int, int] | None = None
    found: Sourced[TimeExpression] | None = None
    for mention, value in _times(reading):
        governor = arguments.governor(mention.head)
        if bounds(tree, mention.head) and mention.head not in within:
            continue
        if governor not in own and governor not in below and governor not in shared:
            governor = _outer(arguments, governor)
        rank = 0 if governor in own else 1 if governor in below else 2 if governor in shared else 3
        rank = 4 if rank == 3 and governor in listed else rank
        if rank == 3 and governor not in within and mention.head not in within:
            continue
        key = (rank, min(abs(mention.head - t) for t in own))
        if best is None or key < best:
            best, found = key, cited(value, mention.words)
    return found


def _of_record(reading: SentenceReading, own: frozenset[int], document: str) -> Sourced[TimeExpression] | None:
    """The day of common record of what a noun names: "Russia's *invasion* of Ukraine"; a war is of no one day."""
    tree = reading.tree
    token = _head(tree, own)
    if tree.pos[token] != "NOUN" or tree.lemmas[token] == "war":
        return None
    start, sentence = tree.starts[0], tree.sentence.span
    lower = tree.text[sentence.start : sentence.end].lower()
    for event in occasions.known():
        at = lower.find(event.phrase) + sentence.start
        if at < start or not at <= tree.starts[token] < at + len(event.phrase):
            continue
        if event.beside and not any(word in tree.text for word in event.beside):
            continue
        period = Period(low=event.day, high=event.day, best=event.day)
        value = TimeExpression(timex=Timex(type="DATE", value=event.day.isoformat()), period=period)
        evidence = (tree.cite(document, token, token),)
        return Sourced(value=value, basis=Basis.ASSUMED, via=Via.TABLE, evidence=evidence, score=RECORDED, by=BY)
    return None


def _outer(arguments: Arguments, governor: int) -> int:
    """The verb of an adjunct that is a noun with a time: "*in a statement on Saturday*, they urged"."""
    tree = arguments.reading.tree
    if governor < 0 or tree.pos[governor] == "VERB" or tree.relations[governor] != "pobj":
        return governor
    preposition = tree.heads[governor]
    return arguments.governor(tree.heads[preposition]) if tree.lower[preposition] in ADJUNCT else governor


def _said(reading: SentenceReading, own: frozenset[int]) -> Sourced[TimeExpression] | None:
    """The day on which it was said that something had happened: the day of that is assumed from it."""
    tree = reading.tree
    token = _head(tree, own)
    verb = next((i for i in (token, *tree.ancestors(token)) if tree.pos[i] in ("VERB", "AUX")), None)
    if verb is None or not (simple_past(tree, verb) or _earlier(tree, verb)):
        return None
    for at in (verb, *tree.ancestors(verb)):
        if tree.relations[at] != "ccomp" or tree.lemmas[tree.heads[at]] not in SAYING:
            continue
        for mention, value in _times(reading):
            above = next((i for i in tree.ancestors(mention.head) if tree.pos[i] in ("VERB", "AUX")), None)
            if above == tree.heads[at] and is_short(value) and not bounds(tree, mention.head):
                score = round(value.score * 0.7, 3)
                return replace(cited(value, mention.words), basis=Basis.ASSUMED, via=Via.RULE, score=score, by=BY)
    return None


def _below(reading: SentenceReading, own: frozenset[int]) -> Iterator[int]:
    """The verbs that say more of an event that is a noun: "the strike that *hit* the market on Tuesday"."""
    tree = reading.tree
    for t in own:
        if tree.pos[t] not in ("VERB", "AUX"):
            for c in tree.all(t, "relcl", "acl"):
                if c in reading.matches and tree.lemmas[c] not in SAYING and not _earlier(tree, c):
                    yield c


def _listed(tree: Tree, own: frozenset[int]) -> Iterator[int]:
    """The verbs that go on after one with the same subject: "raided the office and *detained* two men on Tuesday"."""
    for t in own:
        if tree.pos[t] in ("VERB", "AUX"):
            for c in tree.conjuncts(t):
                if c > t and tree.tags[c] == tree.tags[t] and tree.child(c, "nsubj", "nsubjpass") is None:
                    yield c


def _when(reading: SentenceReading, own: frozenset[int]) -> Iterator[int]:
    """What a clause with "when" hangs on: "It came on *Saturday*, when three were shot", up to its verb."""
    tree = reading.tree
    for t in own:
        for at in (t, *tree.ancestors(t)):
            if tree.relations[at] in ("relcl", "advcl"):
                if not any(tree.lower[c] in WHEN for c in tree.all(at, "advmod", "mark")):
                    break
                for up in tree.ancestors(at):
                    yield up
                    if tree.pos[up] in ("VERB", "AUX"):
                        break
                break


def _times(reading: SentenceReading) -> Iterator[tuple[Mention, Sourced[TimeExpression]]]:
    """The mentions of times that have days."""
    for mention, referent in reading.mentions:
        if mention.kind is MentionKind.TIME and referent is not None:
            value = referent.value.value
            if isinstance(value, TimeExpression) and value.period is not None:
                yield mention, cast("Sourced[TimeExpression]", referent.value)


def bounds(tree: Tree, head: int) -> bool:
    """True for a time that only bounds: "since March", "until Friday", "after the 7 October attacks"."""
    at = head
    while tree.relations[at] in ("compound", "nummod", "nmod", "poss", "amod", "appos"):
        at = tree.heads[at]
    return tree.relations[at] == "pobj" and tree.lower[tree.heads[at]] in BOUNDING


# -- carried from the sentence before ----------------------------------------------------------------


def told_in(reading: SentenceReading, block: int, before: Told | None) -> Told | None:
    """The day that a sentence tells of in its main clause, for the next; else what the one before told, if it goes on.

    The day on which something was only said is no day of what happened.
    """
    tree = reading.tree
    if tree.sentence.kind is BlockKind.HEADLINE:
        return None
    for mention, value in _times(reading):
        if bounds(tree, mention.head) or value.value.period is None or value.value.period.days > LONGEST:
            continue
        verb = next((i for i in tree.ancestors(mention.head) if tree.pos[i] in ("VERB", "AUX")), None)
        if (
            verb is None
            or tree.lemmas[verb] in SAYING
            or not _in_main_clause(tree, verb)
            or not simple_past(tree, verb)
        ):
            continue
        return Told(cited(value, mention.words), block)
    if before is None or before.block != block or before.ago == FARTHEST or any(True for _ in _times(reading)):
        return None
    return before._replace(ago=before.ago + 1)


def _in_main_clause(tree: Tree, verb: int) -> bool:
    """True of the main verb, one coordinated with it, and the content of a verb of saying."""
    at = verb
    while tree.heads[at] != at:
        up = tree.heads[at]
        if tree.relations[at] == "ccomp" and tree.lemmas[up] not in SAYING:
            return False
        if tree.relations[at] not in ("ccomp", "conj"):
            return False
        at = up
    return True


def _goes_on(reading: SentenceReading, own: frozenset[int], kind: EventType) -> bool:
    """True of an event in the simple past that a sentence goes on to tell, outside quotations."""
    tree = reading.tree
    token = _head(tree, own)
    chain = (token, *tree.ancestors(token))
    verbs = [i for i in chain if tree.pos[i] in ("VERB", "AUX")]
    if not verbs or not all(simple_past(tree, v) or tree.relations[v] == "advcl" for v in (verbs[0], verbs[-1])):
        return False
    if any(True for _ in _times(reading)) or _is_quoted(reading, token) or recurs(tree, verbs[0]):
        return False
    if any(tree.lower[i] in NOT_THEN or any(tree.lower[c] in NOT_THEN for c in tree.all(i, "mark")) for i in chain):
        return False
    if tree.pos[token] == "NOUN" and not any(tree.lower[c] in DEFINITE for c in tree.all(token, "det", "poss")):
        return False
    verb, first = verbs[0], next((w for w in tree.lower if w.isalpha()), "")
    if first in ELSEWHERE:
        return False
    joined = first in GOING_ON or any(tree.lower[c] in GOING_ON for c in tree.all(verb, "advmod"))
    pronoun = any(tree.lower[c] in PRONOUNS for c in tree.all(verb, "nsubj", "nsubjpass"))
    if kind in TOLD_ON:
        return True
    return joined or (pronoun and tree.lemmas[verb] not in SAYING)


def _head(tree: Tree, own: frozenset[int]) -> int:
    """The verb among the tokens of a trigger, else its first."""
    return next((t for t in sorted(own) if tree.pos[t] == "VERB"), min(own))


def _is_quoted(reading: SentenceReading, token: int) -> bool:
    tree = reading.tree
    at = tree.starts[token]
    lead = tree.text[tree.starts[0] : at] if tree.text else ""
    if lead.count("“") > lead.count("”") or lead.count('"') % 2:
        return True
    return any(
        s.kind is not SpeechKind.INDIRECT and any(c.start <= at < c.end for c in s.content) for s in reading.speech
    )


def simple_past(tree: Tree, verb: int) -> bool:
    """True of "shelled" and "was shelled"."""
    helpers = {tree.lower[c] for c in tree.all(verb, "aux", "auxpass")}
    if helpers & {"had", "has", "have", "will", "would", "can", "could", "may", "might", "must", "should", "to"}:
        return False
    return tree.tags[verb] == "VBD" or bool(helpers & {"was", "were"})


def _earlier(tree: Tree, verb: int) -> bool:
    return any(tree.lower[c] == "had" for c in tree.all(verb, "aux"))


def carried(time: Sourced[TimeExpression]) -> Sourced[TimeExpression]:
    """A time that is taken over from another sentence, less sure than there."""
    return replace(time, basis=Basis.CARRIED, via=Via.RULE, score=round(time.score * HALF, 3), by=BY)


def at_its_place(time: Sourced[TimeExpression] | None, place: Sourced[Place] | None) -> Sourced[TimeExpression] | None:
    """The time with the day where it happened, where its instant and its place are known: 23:30 GMT is the next day in
    Kyiv. The instant and what the words say (the TIMEX3 value) stay."""
    if time is None or place is None or time.value.instant is None or time.value.period is None:
        return time
    day = local_day(time.value.instant, place.value)
    if day is None or time.value.period.days > 1 or day == time.value.period.best:
        return time
    value = replace(time.value, period=Period(low=day, high=day, best=day))
    score = round(min(time.score, place.score), 3)
    return replace(time, value=value, via=Via.RULE, evidence=(*time.evidence, *place.evidence), score=score, by=BY)


def is_short(time: Sourced[TimeExpression]) -> bool:
    """True of a time that is fine enough to be carried."""
    return time.value.period is not None and time.value.period.days <= LONGEST


def _day(time: TimeExpression) -> TimeExpression:
    """The local day of an instant: what is assumed from a time of publication is no finer."""
    if time.period is None or time.period.days > 1:
        return replace(time, instant=None)
    timex = Timex(type="DATE", value=time.period.best.isoformat())
    return TimeExpression(timex=timex, period=time.period, granularity=Granularity.DAY)
