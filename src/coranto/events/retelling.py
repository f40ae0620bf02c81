"""Coded events of one report -> the same, those that are told again with the day of where they are told first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from coranto.events.reading import SentenceReading
from coranto.events.times import carried, is_short, simple_past
from coranto.language.en.aspects import GENERAL, akin, recurs, takes_up
from coranto.records import Basis, CodedEvent, Precision, Ref, Sourced, TimeExpression, Via


class Telling(NamedTuple):
    """How a trigger tells its event: its lemma, and whether it goes back to what is known ("the shelling")."""

    lemma: str
    again: bool = False
    singular: bool = True
    past: bool = False


def telling(reading: SentenceReading, token: int) -> Telling:
    """How the sentence tells the event of a token."""
    tree = reading.tree
    noun = tree.tags[token] in ("NN", "NNP")
    past = tree.pos[token] == "VERB" and simple_past(tree, token) and not recurs(tree, token)
    return Telling(tree.lemmas[token], takes_up(tree, token), noun or tree.pos[token] == "VERB", past)


def retold(
    events: Sequence[CodedEvent], told: Mapping[str, Telling], headlines: frozenset[str]
) -> tuple[CodedEvent, ...]:
    """The events, those told again with the day of where they are told first; ``told`` is by the id of an event.

    "The shelling" and "the men who shelled it" take up the nearest event of their kind that can be theirs, a verb in
    the simple past one of the same verb, and a headline what the text tells first of it.
    """
    out = list(events)
    for n, event in enumerate(out):
        if event.sentence not in headlines and _is_assumed(event):
            before = [e for e in out[:n] if e.sentence not in headlines and e.sentence != event.sentence]
            if (time := _first_told(event, before[::-1], told)) is not None:
                out[n] = replace(event, time=time)
    for n, event in enumerate(out):
        if event.sentence in headlines and _is_assumed(event):
            after = [e for e in out if e.report == event.report and e.sentence not in headlines and not e.parent]
            same = [e for e in after if _may_be_one(event, e)]
            single = len({e.sentence for e in same}) == 1
            lead = [e for e in after if e.sentence == after[0].sentence and _of_one_country(event, e)]
            worded = [e for e in (*lead, *same) if _one_word(event, e, told)]
            first = next(iter(worded), same[0] if single else None)
            if first is not None and first.time and is_short(first.time) and first.time.basis is not Basis.ASSUMED:
                out[n] = replace(event, time=carried(first.time))
    return tuple(out)


def _first_told(
    event: CodedEvent, before: Sequence[CodedEvent], told: Mapping[str, Telling]
) -> Sourced[TimeExpression] | None:
    """The day of what an event takes up, looked for from the nearest back; None where it takes up nothing."""
    how = told[event.id]
    same = [e for e in before if _may_be_one(event, e)]
    one = [e for e in same if _one_word(event, e, told) and (how.again or (told[e.id].past and _shares(event, e)))]
    if not one and how.again and how.singular and told[event.id].lemma in GENERAL:
        one = same
    if not (how.again or how.past):
        return None
    for e in one:
        if e.time is not None and is_short(e.time):
            return e.time if e.time.basis is Basis.ASSUMED and how.again else carried(e.time)
    return None


def _is_assumed(event: CodedEvent) -> bool:
    """True of a time that is assumed from the report's own day."""
    return event.time is not None and event.time.basis is Basis.ASSUMED and event.time.via is Via.RULE


def _one_word(a: CodedEvent, b: CodedEvent, told: Mapping[str, Telling]) -> bool:
    return akin(told[a.id].lemma, told[b.id].lemma)


def _may_be_one(a: CodedEvent, b: CodedEvent) -> bool:
    """True of one type in one report, where neither parties nor towns speak against it."""
    if a.report != b.report or a.type.value is not b.type.value:
        return False
    sides = ((a.actors, b.actors), (a.recipients, b.recipients))
    if any(x and y and not x & y for x, y in ((_countries(p), _countries(q)) for p, q in sides)):
        return False
    towns = [{e.place.value.name} if e.place and e.place.basis is not Basis.ASSUMED
             and e.place.value.precision is not Precision.COUNTRY else set() for e in (a, b)]  # fmt: skip
    return not all(towns) or towns[0] == towns[1]


def _of_one_country(a: CodedEvent, b: CodedEvent) -> bool:
    return bool(_countries((*a.actors, *a.recipients)) & _countries((*b.actors, *b.recipients)))


def _countries(refs: Sequence[Sourced[Ref]]) -> frozenset[str]:
    return frozenset(r.value.country for r in refs if r.value.country)


def _shares(a: CodedEvent, b: CodedEvent) -> bool:
    return bool(_codes(a.actors) & _codes(b.actors))


def _codes(refs: Sequence[Sourced[Ref]]) -> frozenset[str]:
    return frozenset(r.value.code or r.value.name for r in refs)
