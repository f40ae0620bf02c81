"""Tables -> records: everything that is read from a store. Nothing here changes it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Engine, Select, Table, func, inspect, select

from coranto.records import (
    ActorClaim,
    Analysis,
    BlockKind,
    CodedEvent,
    Document,
    Event,
    Failure,
    Lineage,
    Merge,
    Position,
    Predicate,
    Report,
    Sentence,
    Span,
    Speech,
    Story,
    Tokens,
)
from coranto.store import tables as t
from coranto.store.rows import unpack
from coranto.store.search import Found, Search, search_events

T = TypeVar("T")
CHUNK = 500
AHEAD = 50  # documents that are read at once
NO_PARSE = Tokens(starts=(), ends=(), lemmas=(), tags=(), pos=(), heads=(), relations=(), entities=())


class Reads:
    """The reading half of a store. Streams are in order of id, so that the order of reading in leaves no trace."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # -- state ----------------------------------------------------------------------------------------

    @property
    def linked(self) -> bool:
        """True if what linkage made stands for exactly the coded events and judgements that are stored."""
        return self._column(select(t.META.c.value).where(t.META.c.name == "linked")) == ["yes"]

    def counts(self) -> dict[str, int]:
        """How many rows each noun has, and how many outlets the documents come from."""
        shown = (t.DOCUMENTS, t.REPORTS, t.SENTENCES, t.SPEECH, t.PREDICATES, t.CODED, t.CLAIMS, t.LINEAGE, t.EVENTS,
                 t.VOICES, t.MERGES, t.POSITIONS, t.JUDGEMENTS, t.FAILURES, t.RUNS)  # fmt: skip
        with self.engine.connect() as connection:
            made = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in shown
            }
            made["outlets"] = connection.execute(select(func.count(t.DOCUMENTS.c.outlet.distinct()))).scalar_one()
        return made

    def known(self, documents: Iterable[str]) -> set[str]:
        """Those of some document ids that are stored."""
        ids = sorted(set(documents))
        return {
            i for some in _chunks(ids) for i in self._column(select(t.DOCUMENTS.c.id).where(t.DOCUMENTS.c.id.in_(some)))
        }

    def runs(self) -> list[dict[str, Any]]:
        """Runs, oldest first: n, started, ended, state, manifest and summary (JSON)."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(t.RUNS).order_by(t.RUNS.c.n)).mappings()]

    # -- streams, in order of id -----------------------------------------------------------------------

    def pages(self) -> Iterator[tuple[Document, list[Report], list[CodedEvent]]]:
        """Every document with its reports and coded events."""
        documents = self.documents()
        while some := list(islice(documents, AHEAD)):
            ids = [d.id for d in some]
            reports, coded = defaultdict(list), defaultdict(list)
            for r in self._in(t.REPORTS, "document", ids, Report):
                reports[r.document].append(r)
            for e in self._in(t.CODED, "document", ids, CodedEvent):
                coded[e.document].append(e)
            yield from ((d, reports[d.id], coded[d.id]) for d in some)

    def documents(self) -> Iterator[Document]:
        """Every document."""
        return self._stream(t.DOCUMENTS, Document)

    def reports(self) -> Iterator[Report]:
        """Every report."""
        return self._stream(t.REPORTS, Report)

    def coded(self) -> Iterator[CodedEvent]:
        """Every coded event."""
        return self._stream(t.CODED, CodedEvent)

    def events(self) -> Iterator[Event]:
        """Every event."""
        return self._stream(t.EVENTS, Event)

    def positions(self) -> Iterator[Position]:
        """Every position."""
        return self._stream(t.POSITIONS, Position)

    def stories(self) -> Iterator[Story]:
        """Every story."""
        return self._stream(t.STORIES, Story) if self._has(t.STORIES) else iter(())

    def lineage(self) -> Iterator[Lineage]:
        """Every lineage."""
        return self._stream(t.LINEAGE, Lineage)

    def failures(self) -> list[Failure]:
        """Everything that could not be done, oldest first."""
        return [unpack(b, Failure) for b in self._column(select(t.FAILURES.c.body).order_by(t.FAILURES.c.n))]

    def judgements(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Pairs of coded events that must be, and pairs that cannot be, one event: the last word on each pair holds."""
        j = t.JUDGEMENTS.c
        last: dict[tuple[str, str], str] = {}
        with self.engine.connect() as connection:
            for a, b, verdict in connection.execute(select(j.a, j.b, j.verdict).order_by(j.n)):
                last[a, b] = verdict
        return tuple(sorted(p for p, v in last.items() if v == kind) for kind in ("must", "cannot"))  # type: ignore[return-value]

    # -- one or a few ------------------------------------------------------------------------------------

    def event(self, id: str) -> Event | None:
        """One event, or None."""
        return self._one(t.EVENTS, id, Event)

    def coded_by_id(self, ids: Sequence[str]) -> tuple[CodedEvent, ...]:
        """Coded events in the order asked for; unknown ids are left out."""
        found = {e.id: e for e in self._in(t.CODED, "id", ids, CodedEvent)}
        return tuple(found[i] for i in ids if i in found)

    def belongs(self, coded: Sequence[str]) -> dict[str, str]:
        """Coded event -> the event that it is a member of."""
        m = t.EVENT_MEMBERS.c
        with self.engine.connect() as connection:
            return {
                row.coded: row.event
                for some in _chunks(coded)
                for row in connection.execute(select(m.coded, m.event).where(m.coded.in_(some)))
            }

    def history(self, event: str) -> list[tuple[str, str]]:
        """What became of an event that is no more, and whence it came: (kind, other event), oldest first."""
        if not self._has(t.HISTORY):
            return []
        h = t.HISTORY.c
        with self.engine.connect() as connection:
            found = connection.execute(select(h.kind, h.other).where(h.event == event).order_by(h.n))
            return [(row.kind, row.other) for row in found]

    def today(self, event: str) -> list[str]:
        """The events that an id stands for now: itself, or what it was merged or split into."""
        held, todo, seen = set(), [event], set()
        while todo:
            id_ = todo.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            if self.event(id_):
                held.add(id_)
            else:
                todo += [other for kind, other in self.history(id_) if kind in ("merged into", "split into")]
        return sorted(held)

    def document(self, id: str) -> Analysis | None:
        """One document, by id, with the layers that are kept (sentences without their parse), or None."""
        document = self._one(t.DOCUMENTS, id, Document)
        if document is None:
            return None
        return Analysis(
            document=document,
            reports=tuple(sorted(self._in(t.REPORTS, "document", [id], Report), key=lambda r: (r.span, r.id))),
            sentences=tuple(self._sentences(id)),
            claims=tuple(self._in(t.CLAIMS, "document", [id], ActorClaim)),
            speech=tuple(sorted(self._in(t.SPEECH, "document", [id], Speech), key=lambda s: (s.content, s.id))),
            predicates=tuple(
                sorted(self._in(t.PREDICATES, "document", [id], Predicate), key=lambda p: (p.trigger.span, p.id))
            ),
            events=tuple(sorted(self._in(t.CODED, "document", [id], CodedEvent), key=lambda e: (e.trigger.span, e.id))),
        )

    def versions(self, uri: str) -> list[Document]:
        """Every body that was met under one address, by day and id."""
        d = t.DOCUMENTS.c
        return [unpack(b, Document) for b in self._column(select(d.body).where(d.uri == uri).order_by(d.day, d.id))]

    def merges(self, coded: Sequence[str]) -> tuple[Merge, ...]:
        """Judgements over pairs of which at least one is among ``coded``, best first."""
        found = {(m.a, m.b): m for side in ("a", "b") for m in self._in(t.MERGES, side, coded, Merge)}
        return tuple(sorted(found.values(), key=lambda m: (-m.score, m.a, m.b)))

    def lineages(self, reports: Sequence[str]) -> tuple[Lineage, ...]:
        """Where these reports took their words from."""
        return tuple(self._in(t.LINEAGE, "report", reports, Lineage))

    def positions_of(self, country: str) -> tuple[Position, ...]:
        """Positions of one country (ISO3), by day."""
        return tuple(sorted(self._in(t.POSITIONS, "country", [country], Position), key=_when))

    def search_events(self, search: Search, *, limit: int = 50, offset: int = 0) -> Found:
        """One page of the events that a search finds, their number, and facets."""
        with self.engine.connect() as connection:
            return search_events(connection, search, limit=limit, offset=offset)

    def outlets(self) -> list[Mapping[str, Any]]:
        """What each outlet brought in (outlet, documents, reports, coded, events), most documents first."""
        d, r, c, m = t.DOCUMENTS.c, t.REPORTS.c, t.CODED.c, t.EVENT_MEMBERS.c
        joined = t.DOCUMENTS.outerjoin(t.REPORTS, r.document == d.id).outerjoin(t.CODED, c.report == r.id)
        joined = joined.outerjoin(t.EVENT_MEMBERS, m.coded == c.id)
        wanted = select(
            d.outlet, func.count(d.id.distinct()).label("documents"), func.count(r.id.distinct()).label("reports"),
            func.count(c.id.distinct()).label("coded"), func.count(m.event.distinct()).label("events"),
        ).select_from(joined).group_by(d.outlet)  # fmt: skip
        with self.engine.connect() as connection:
            made = [dict(row) for row in connection.execute(wanted).mappings()]
        return sorted(made, key=lambda row: (-row["documents"], row["outlet"]))

    # -- small verbs ---------------------------------------------------------------------------------------

    def _has(self, table: Table) -> bool:
        return inspect(self.engine).has_table(table.name)

    def _column(self, statement: Select[Any]) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(statement).scalars())

    def _stream(self, table: Table, kind: type[T]) -> Iterator[T]:
        with self.engine.connect() as connection:
            for body in (
                connection.execution_options(yield_per=CHUNK)
                .execute(select(table.c.body).order_by(table.c.id))
                .scalars()
            ):
                yield unpack(body, kind)

    def _one(self, table: Table, id: str, kind: type[T]) -> T | None:
        return next(iter(self._in(table, "id", [id], kind)), None)

    def _in(self, table: Table, column: str, values: Sequence[str], kind: type[T]) -> list[T]:
        order = list(table.primary_key.columns)
        return [
            unpack(body, kind)
            for some in _chunks(sorted(set(values)))
            for body in self._column(select(table.c.body).where(table.c[column].in_(some)).order_by(*order))
        ]

    def _sentences(self, document: str) -> Iterator[Sentence]:
        s = t.SENTENCES.c
        with self.engine.connect() as connection:
            for row in connection.execute(select(t.SENTENCES).where(s.document == document).order_by(s.start, s.id)):
                yield Sentence(
                    id=row.id,
                    report=row.report,
                    kind=BlockKind(row.kind),
                    span=Span(row.start, row.end),
                    tokens=NO_PARSE,
                )


def _when(position: Position) -> tuple[str, str]:
    return (position.period.low.isoformat() if position.period else "", position.matter)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
