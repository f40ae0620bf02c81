"""A record -> its timeline, that of a story or of an actor, and a dossier of a story on one page, as text."""

from collections.abc import Iterable, Iterator, Sequence

from coranto.records import Event, Relation, Story, UsageError
from coranto.store.sqlite import Store

LONGEST = 31  # days: an event of a longer period stands on no day of a timeline
SHOWN = 12  # events of a dossier
BAR = "─" * 72


def timeline(store: Store, *, story: str = "", actor: str = "", limit: int = 0) -> Iterator[str]:
    """A line for each event, by day; of a day, those of most voices first. ``limit``: only so many, of most voices.

    ``actor`` is a country (ISO3), an id or a name of an actor. Raises UsageError where no story or actor is so called.
    """
    events = list(_chosen(store, story, actor))
    if limit:
        events = sorted(events, key=_weight)[:limit]
    day = ""
    for e in sorted(events, key=lambda e: (_low(e), *_weight(e))):
        shown = _low(e) if _low(e) != day else ""
        day = _low(e)
        yield f"{shown:<10}  {len(e.voices):>3} {'voice ' if len(e.voices) == 1 else 'voices'}  {e.title}  [{e.id}]"


def stories(store: Store) -> Iterator[str]:
    """A line for each story: those of most events first."""
    for s in sorted(store.stories(), key=lambda s: (-len(s.events), s.id)):
        days = f"{s.period.low} to {s.period.high}" if s.period else "no day"
        yield f"{s.id}  {len(s.events):>4} events  {len(s.reports):>4} reports  {days:<24}  {s.title}"


def dossier(store: Store, story: str) -> Iterator[str]:
    """One page on a story: what, when, who, the main events with their voices, and what is contested."""
    found = _story(store, story)
    events = [e for e in (store.event(i) for i in found.events) if e]
    yield found.title
    when = f"{found.period.low} to {found.period.high}" if found.period else "no day named"
    voices = {v.origin for e in events for v in e.voices}
    outlets = {o for e in events for o in e.outlets}
    yield (
        f"{when} · {len(events)} events · {len(found.reports)} reports · {len(outlets)} outlets · "
        f"{len(voices)} independent voices  [{found.id}]"
    )
    yield BAR
    yield "Who: " + ", ".join(_actors(events))
    yield ""
    main = sorted(events, key=_weight)[:SHOWN]
    for e in sorted(main, key=lambda e: (_low(e), *_weight(e))):
        yield f"{_low(e) or 'no day':<10}  {e.title}"
        yield f"{'':<10}  {len(e.voices)} of: {', '.join(v.name for v in e.voices[:5])}  [{e.id}]"
    if len(events) > SHOWN:
        yield f"and {len(events) - SHOWN} more events: coranto timeline --story {found.id}"
    contested = [(e, r) for e in events for r in e.relations if r.relation is Relation.CONTESTED]
    if contested:
        yield BAR
        yield "Contested"
        yield from dict.fromkeys(f"  {r.field}: {r.why}  [{e.id}]" for e, r in contested)


def _chosen(store: Store, story: str, actor: str) -> Iterable[Event]:
    if story:
        found = _story(store, story)
        return [e for e in (store.event(i) for i in found.events) if e and _short(e)]
    events = [e for e in store.events() if _short(e)]
    if actor:
        wanted = actor.casefold()
        events = [e for e in events if any(wanted in names for names in _names(e))]
        if not events:
            raise UsageError(f"expected the country, id or name of an actor of this record, met {actor!r}")
    return events


def _story(store: Store, id_: str) -> Story:
    found = next((s for s in store.stories() if s.id == id_ or id_ in s.events), None)
    if found is None:
        raise UsageError(f"expected the id of a story, or of an event of one, met {id_!r}")
    return found


def _names(e: Event) -> Iterator[set[str]]:
    for r in (*e.actors, *e.recipients):
        yield {r.value.country.casefold(), r.value.id.casefold(), r.value.name.casefold()}


def _actors(events: Sequence[Event]) -> list[str]:
    counts: dict[str, int] = {}
    for e in events:
        for name in {r.value.name for r in (*e.actors, *e.recipients) if r.value.id or r.value.country}:
            counts[name] = counts.get(name, 0) + len(e.voices)
    return sorted(counts, key=lambda n: (-counts[n], n))[:8]


def _weight(e: Event) -> tuple[int, int, int, str]:
    """Most voices first, then most reports and mentions."""
    return (-len(e.voices), -len(e.reports), -len(e.coded), e.id)


def _low(e: Event) -> str:
    period = e.time[0].value.listed if e.time else None
    return period.low.isoformat() if period else ""


def _short(e: Event) -> bool:
    period = e.time[0].value.period if e.time else None
    return period is None or period.days <= LONGEST
