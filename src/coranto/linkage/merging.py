"""A cluster of coded events -> Event: readings side by side, each with who gives it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from coranto.linkage import contradictions, figures, titles
from coranto.linkage.gists import Gist, Origin, actor_key
from coranto.linkage.voices import Roots, voices
from coranto.records import Event, EventType, Figure, Place, Reading, TimeExpression, Voice, make_id

T = TypeVar("T")


def event_id(members: Iterable[Gist]) -> str:
    """The id of the event that some coded events are: the hash of the smallest one's."""
    return make_id("event", min(g.id for g in members))


def event(members: Sequence[Gist], roots: Roots, origins: Mapping[str, Origin]) -> Event:
    """The event that a cluster tells of."""
    told = voices(members, roots)
    voice_of = {c: v.origin for v in told for c in v.coded}
    held = {g.id: g for g in members}
    figures_read = _readings(((g, f) for g in members for f in g.figures), _figure_key, voice_of)
    made = Event(
        id=event_id(members),
        type=_type(members, told),
        coded=tuple(sorted(held)),
        reports=tuple(sorted({g.report for g in members})),
        outlets=tuple(sorted({origins[g.report].outlet for g in members if g.report in origins})),
        voices=told,
        actors=_readings(((g, r) for g in members for r in g.actors), actor_key, voice_of),
        recipients=_readings(((g, r) for g in members for r in g.recipients), actor_key, voice_of),
        place=_readings(((g, g.place) for g in members if g.place), _place_key, voice_of),
        time=_readings(((g, g.time) for g in _timed(members) if g.time), _time_key, voice_of),
        figures=figures_read,
        modality=_readings(((g, g.modality) for g in members), str, voice_of),
    )
    return titles.titled(contradictions.related(made, held, tuple(figures.relations(figures_read, held))))


def _type(members: Sequence[Gist], told: Sequence[Voice]) -> EventType:
    """The type that most voices give; of equals, that of the surest coded event."""
    by_voice = {c: v.origin for v in told for c in v.coded}
    votes: dict[EventType, set[str]] = defaultdict(set)
    sure: dict[EventType, float] = defaultdict(float)
    for g in members:
        votes[g.type].add(by_voice[g.id])
        sure[g.type] = max(sure[g.type], g.sure)
    return max(votes, key=lambda t: (len(votes[t]), sure[t], t.value))


def _timed(members: Sequence[Gist]) -> Sequence[Gist]:
    """Those that name their days, if any does: a day that is only assumed is no reading against one that is named,
    nor "some time before" against an assumed day."""
    named = [g for g in members if g.exact] or [g for g in members if g.dated]
    return named or [g for g in members if not g.open] or members


def _readings(
    values: Iterable[tuple[Gist, T]], key: Callable[[T], str], voice_of: Mapping[str, str]
) -> tuple[Reading[T], ...]:
    """Equal values together, those of most voices first."""
    held: dict[str, tuple[T, set[str]]] = {}
    for g, value in values:
        held.setdefault(key(value), (value, set()))[1].add(g.id)
    made = [
        Reading(value=value, coded=tuple(sorted(ids)), voices=tuple(sorted({voice_of[i] for i in ids})))
        for value, ids in (held[k] for k in sorted(held))
    ]
    return tuple(sorted(made, key=lambda r: (-len(r.voices), -len(r.coded))))


def _figure_key(f: Figure) -> str:
    number = [f"{x.normalize():f}" if x is not None else "" for x in (f.low, f.high)]
    return "\x1f".join((f.what.value, *number, f.unit, f.of_whom.casefold(), f.whose, str(f.as_of or "")))


def _place_key(p: Place) -> str:
    return p.id or p.name.casefold()


def _time_key(t: TimeExpression) -> str:
    return f"{t.period.low} {t.period.high}" if t.period else t.timex.value
