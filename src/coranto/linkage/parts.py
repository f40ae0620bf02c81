"""Events -> which event is part of which larger one: a town's share of a night's barrage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from coranto.records import Event, EventType, FigureKind, Precision

LARGE = frozenset({FigureKind.DRONES, FigureKind.MISSILES, FigureKind.STRIKES})
WIDE = (Precision.COUNTRY, Precision.REGION, Precision.PROVINCE)
DAYS = 2  # widest period of a whole


class Placed(Iterable[Event]):
    """Events, each with the one larger event that it is part of where there is exactly one; read twice."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = events
        self._wholes: dict[tuple[str, str], list[Event]] = defaultdict(list)
        for e in events:
            if e.type is EventType.ASSAULT and _large(e):
                for actor in _countries(e):
                    self._wholes[actor, _land(e)].append(e)

    def __iter__(self) -> Iterator[Event]:
        return (_part(e, self._wholes) for e in self._events)


def _large(e: Event) -> bool:
    days = _days(e)
    told = any(r.value.what in LARGE for r in e.figures)
    return told and days is not None and days[1] - days[0] < DAYS and all(r.value.precision in WIDE for r in e.place)


def _part(e: Event, wholes: Mapping[tuple[str, str], Sequence[Event]]) -> Event:
    days = _days(e)
    if e.type is not EventType.ASSAULT or days is None or not e.place or e.place[0].value.precision in WIDE:
        return e
    found = {}
    for actor in _countries(e):
        for whole in wholes.get((actor, _land(e)), ()):
            span = _days(whole)
            if whole.id != e.id and span and span[0] <= days[1] and days[0] <= span[1]:
                found[whole.id] = whole
    return replace(e, part_of=next(iter(found))) if len(found) == 1 else e


def _countries(e: Event) -> set[str]:
    return {r.value.country for r in e.actors if r.value.country}


def _land(e: Event) -> str:
    places = [r.value.country for r in e.place] or [r.value.country for r in e.recipients]
    return places[0] if places else ""


def _days(e: Event) -> tuple[int, int] | None:
    period = e.time[0].value.period if e.time else None
    return (period.low.toordinal(), period.high.toordinal()) if period else None
