"""The bundled reports -> a record, and a summary of it in a few lines."""

from collections.abc import Iterator
from pathlib import Path

from coranto.demo import reports
from coranto.engine.runs import read_into
from coranto.knowledge import Knowledge
from coranto.records import Event, Relation
from coranto.store.sqlite import Store

SHOWN = 5


def run(into: Path, *, knowledge: Knowledge) -> Iterator[str]:
    """Reads the bundled reports into a record (made if new, added to if not), then yields the lines of its summary."""
    with Store.open(into, create=True) as store:
        summary = read_into(store, reports(), knowledge=knowledge)
        yield from summarise(store)
        yield ""
        yield f"{summary.failed} inputs failed" if summary.failed else "nothing failed"
    yield f"explore it:  coranto serve {into}   (in this folder: .venv/bin/coranto serve {into}, or make serve)"


def summarise(store: Store) -> Iterator[str]:
    """What the record holds, and the events that are most contested and most widely told."""
    counts = store.counts()
    for name in ("documents", "reports", "coded", "events", "voices"):
        yield f"{counts[name]:>6}  {'coded events' if name == 'coded' else name}"
    events = list(store.events())
    contested = sorted((e for e in events if disputes(e)), key=lambda e: (-disputes(e), -len(e.voices), e.id))
    if contested:
        yield ""
        yield "most contested:"
        for event in contested[:SHOWN]:
            yield f"  {event.id}  {event.title}  ({_told(event)})"
            for relation in event.relations:
                if relation.relation is Relation.CONTESTED:
                    yield f"      {relation.field}: {relation.why}"
    told = sorted(events, key=lambda e: (-len(e.voices), -len(e.reports), e.id))
    yield ""
    yield "told by most voices:"
    for event in told[:SHOWN]:
        yield f"  {event.id}  {event.title}  ({_told(event)})"


def disputes(event: Event) -> int:
    """How many pairs of its readings contradict each other."""
    return sum(r.relation is Relation.CONTESTED for r in event.relations)


def _told(event: Event) -> str:
    return f"{_count(len(event.reports), 'report')}, {_count(len(event.voices), 'voice')}"


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
