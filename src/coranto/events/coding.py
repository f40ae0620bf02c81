"""Analysis (all layers before) -> its CodedEvent layer.

A trigger becomes a candidate where an event frame holds; candidates that tell one event are joined; what is left and
scores at least ``threshold`` is coded. `explain` shows the same candidates, with what spoke for and against each.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from coranto.events.arguments import Arguments, home
from coranto.events.attribution import chain, stance_modality
from coranto.events.candidates import Candidate, candidates, is_ultimatum
from coranto.events.guessing import ANY
from coranto.events.predicates import predicate_id
from coranto.events.reading import SentenceReading, read
from coranto.events.retelling import Telling, retold, telling
from coranto.events.times import Told, at_its_place, time_of, told_in
from coranto.knowledge import Knowledge
from coranto.records import (
    CODED_BLOCKS,
    Analysis,
    Basis,
    BlockKind,
    CodedEvent,
    EventType,
    Modality,
    Report,
    Sourced,
    Speech,
    TimeExpression,
    Via,
    Words,
    make_id,
)

BY = "events/1"
OLDER = 45  # days before its report from which an event is background

# of what is told in these it is asked whether it was some time before
TOLD = frozenset(
    {Modality.ASSERTED, Modality.CLAIMED, Modality.ALLEGED, Modality.DENIED, Modality.NEGATED, Modality.BACKGROUND}
)
# what a cooperative or yielding act is while it lies in the future (PLOVER manual, AGREE and CONCEDE)
FUTURE = {
    EventType.CONSULT: (EventType.AGREE, "036"),
    EventType.SUPPORT: (EventType.AGREE, "032"),
    EventType.COOPERATE: (EventType.AGREE, "031"),
    EventType.AID: (EventType.AGREE, "033"),
    EventType.RETREAT: (EventType.CONCEDE, "080"),
}

# what a forceful act is while its actor only says that it will come (PLOVER manual, auxiliary modes)
FORCEFUL = {EventType.ASSAULT: "138", EventType.SANCTION: "131", EventType.PROTEST: "133", EventType.COERCE: "130"}
# acts done to people where they are
SETTLED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
# what an actor refuses by saying that it will not do it
YIELDING = frozenset({*FUTURE, EventType.AGREE, EventType.CONCEDE})


def make(
    knowledge: Knowledge, *, threshold: float | None = None
) -> Callable[[Sequence[Analysis]], list[tuple[CodedEvent, ...]]]:
    """A stage: the coded events of each document, in order of text."""

    def events(batch: Sequence[Analysis]) -> list[tuple[CodedEvent, ...]]:
        least = knowledge.threshold if threshold is None else threshold
        return [_of_document(a, knowledge, least) for a in batch]

    return events


def _of_document(analysis: Analysis, knowledge: Knowledge, threshold: float) -> tuple[CodedEvent, ...]:
    where = home(analysis)
    starts = [b.span.start for b in analysis.document.blocks]
    made: list[CodedEvent] = []
    headlines, told, report, said = set(), None, "", 0
    ways: dict[str, Telling] = {}
    for reading in read(analysis, knowledge):
        sentence = reading.tree.sentence
        if sentence.report != report:
            told, report, said = None, sentence.report, 0
        if sentence.kind is BlockKind.HEADLINE:
            headlines.add(sentence.id)
        else:
            said += 1
        block = bisect_right(starts, sentence.span.start)
        if told is not None and told.block < block - 1:
            told = None
        found = of_sentence(
            analysis,
            reading,
            threshold,
            home=where,
            told=told,
            nth=said if sentence.kind is not BlockKind.HEADLINE else 0,
        )
        tokens = {predicate_id(reading, i): i for i in reading.matches}
        ways |= {e.id: telling(reading, tokens[e.predicate]) for e in found}
        made += found
        told = told_in(reading, block, told)
    return retold(made, ways, frozenset(headlines))


def of_sentence(
    analysis: Analysis,
    reading: SentenceReading,
    threshold: float,
    *,
    home: str = "",
    told: Told | None = None,
    nth: int = 1,
) -> list[CodedEvent]:
    """The coded events of one sentence; ``told`` is the day that the sentence before tells of, ``nth`` says which
    sentence of its report's text it is, 0 for the headline."""
    if reading.tree.sentence.kind not in CODED_BLOCKS:
        return []
    report = next(r for r in analysis.reports if r.id == reading.tree.sentence.report)
    arguments = Arguments(reading, analysis.document.id, report, home=home)
    made = candidates(reading, arguments)
    found = [c for c in made if c.absorbed_by is None and c.score >= threshold and not _is_orphan(c, made, threshold)]
    ids = {c.token: _event_id(reading, c) for c in found}
    tokens = {c.token for c in made}
    return [
        _code(analysis, reading, arguments, report, c, _parent(c, made, ids), frozenset(tokens - c.own), told, nth)
        for c in found
    ]


def _is_orphan(c: Candidate, made: Sequence[Candidate], threshold: float) -> bool:
    """True for the content of an event that is itself too doubtful to be coded."""
    outer = next((m for m in made if m.token == c.governor), None)
    while outer is not None and outer.absorbed_by is not None:
        outer = outer.absorbed_by
    if outer is None or outer is c or outer.frame.id.startswith(ANY):
        return False  # what only the second signal takes for an event holds nothing back
    return outer.score < threshold


def _parent(c: Candidate, made: Sequence[Candidate], ids: dict[int, str]) -> str:
    """The id of the nearest coded event whose content this is; candidates that were not coded are passed over."""
    by = {m.token: m for m in made}
    at, seen = by.get(c.governor) if c.governor is not None else None, {c.token}
    while at is not None and at.token not in seen:
        seen.add(at.token)
        host = at
        while host.absorbed_by is not None:
            host = host.absorbed_by
        if host is c:
            return ""
        if host.token in ids:
            return ids[host.token]
        at = by.get(at.governor) if at.governor is not None else None
    return ""


def _event_id(reading: SentenceReading, c: Candidate) -> str:
    return make_id(reading.tree.sentence.id, "event", reading.tree.starts[c.token], c.type)


def _code(
    analysis: Analysis,
    reading: SentenceReading,
    arguments: Arguments,
    report: Report,
    c: Candidate,
    parent: str,
    others: frozenset[int],
    told: Told | None,
    nth: int,
) -> CodedEvent:
    trigger = _trigger(analysis, reading, c)
    place = arguments.place(c.own, c.frame)
    time = at_its_place(time_of(arguments, c.own, c.type, told, nth=nth if c.mood.modality in TOLD else None), place)
    recipients = c.recipients
    if c.type in SETTLED:
        recipients = arguments.settle(recipients, place)
    if c.type is EventType.ASSAULT and not recipients:
        own = {r.value.country for r in c.actors}
        recipients = tuple(r for r in arguments.target(place) if r.value.country not in own)
    attribution = tuple(arguments.speaking_at_home(s) for s in chain(analysis, trigger.span))
    modality = _modality(c, time, report, attribution)
    kind, cameo = coded_type(c, inner=bool(parent))
    if kind is EventType.REJECT and kind is not c.type:
        modality = _said(attribution)
    path = tuple(t for t in c.path_words if t is not None)
    return CodedEvent(
        id=_event_id(reading, c),
        document=analysis.document.id,
        report=report.id,
        sentence=reading.tree.sentence.id,
        predicate=predicate_id(reading, c.token),
        trigger=trigger,
        type=Sourced(
            value=kind, basis=Basis.STATED, via=Via.FRAME, evidence=(trigger,), score=c.score, by=f"{BY} {c.frame.id}"
        ),
        cameo=cameo,
        mode=Sourced(value=c.mode, basis=Basis.STATED, via=Via.FRAME, evidence=(trigger,), by=BY)
        if c.mode and kind is c.type
        else None,
        contexts=tuple(
            Sourced(value=x, basis=Basis.STATED, via=Via.FRAME, evidence=(trigger,), by=BY) for x in c.frame.contexts
        ),
        actors=arguments.at_home(c.actors),
        recipients=arguments.at_home(recipients),
        instrument=_instrument(analysis, reading, c),
        place=place,
        time=time,
        figures=arguments.figures(c.own, others),
        modality=Sourced(value=modality, basis=Basis.STATED, via=Via.RULE, evidence=path or (trigger,), by=BY),
        attribution=attribution,
        parent=parent,
    )


def coded_type(c: Candidate, *, inner: bool) -> tuple[EventType, str]:
    """Type and CAMEO code as PLOVER has them: what an actor says it will do is an agreement, what it says it will not
    do is a refusal. The content of another event keeps its own type."""
    if not inner and is_ultimatum(c):
        return EventType.THREATEN, FORCEFUL.get(c.type, "138")
    if inner or c.mood.modality is not Modality.PLANNED:
        return c.type, c.frame.cameo
    if not c.mood.positive and c.type in YIELDING:
        return EventType.REJECT, "120"
    told = set(c.mood.path) != {"to"}  # not only what something else is done for: "came together *to protest*"
    if told and c.mood.positive and c.type in FORCEFUL and c.actors and c.mode not in ("withdraw", "convict"):
        return EventType.THREATEN, FORCEFUL[c.type]
    return FUTURE.get(c.type, (c.type, c.frame.cameo))


def _trigger(analysis: Analysis, reading: SentenceReading, c: Candidate) -> Words:
    """The trigger's words: the verb with its particle, or up to the noun that completes it, at most 12 tokens."""
    tokens = sorted({c.token, *c.trigger_tokens})
    first, last = tokens[0], tokens[-1]
    if last - first >= 12:
        first = last = c.token
    return reading.tree.cite(analysis.document.id, first, last)


def _modality(
    c: Candidate, time: Sourced[TimeExpression] | None, report: Report, attribution: tuple[Speech, ...]
) -> Modality:
    modality = c.mood.modality
    if modality in (Modality.ASSERTED, Modality.CLAIMED) and attribution:
        modality = stance_modality(attribution[0]) or modality
    if modality in (Modality.ASSERTED, Modality.CLAIMED) and time is not None and time.basis is Basis.STATED:
        published = report.published.value.period if report.published else None
        period = time.value.period
        if published and period and (published.best - period.high).days > OLDER:
            return Modality.BACKGROUND
    return modality


def _said(attribution: tuple[Speech, ...]) -> Modality:
    """The modality of a verbal act that is made by saying so."""
    return (stance_modality(attribution[0]) if attribution else None) or Modality.ASSERTED


def _instrument(analysis: Analysis, reading: SentenceReading, c: Candidate) -> Sourced[str] | None:
    if c.instrument is None:
        return None
    words = reading.tree.cite(analysis.document.id, c.instrument, c.instrument)
    return Sourced(value=words.quote, basis=Basis.STATED, via=Via.RULE, evidence=(words,), by=BY)
