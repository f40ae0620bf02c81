"""A store -> a RecordReader."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from sqlalchemy import select

from coranto.publish.reading import FACETS, Bucket, Filters, Hits, OutletCount, RecordReader
from coranto.records import Analysis, CodedEvent, Document, Event, Failure, Lineage, Merge
from coranto.store.rows import unpack
from coranto.store.search import Order, Search
from coranto.store.sqlite import Store
from coranto.store.tables import DOCUMENTS

CHUNK = 500  # ids in one question


def open_record(path: str | Path) -> RecordReader:
    """The record in a file. Raises UsageError where there is none, DataError where the file is no record."""
    return StoredRecord(Store.open(Path(path)))


def reading(record: Store | RecordReader) -> RecordReader:
    """A store as a RecordReader; any other RecordReader as it is."""
    return StoredRecord(record) if isinstance(record, Store) else record


class StoredRecord:
    """The reads of a store under the names that pages and exports use."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def counts(self) -> Mapping[str, int]:
        """Numbers of documents, reports, coded events, events, voices (summed over events) and failures."""
        return self.store.counts()

    def search(self, query: str, filters: Filters, *, order: str, limit: int, offset: int) -> Hits:
        """Events found by words and filters, with facets."""
        search = Search(
            words=query,
            facets={name: filters.values(name) for name in FACETS},
            since=filters.since,
            until=filters.until,
            order=cast(Order, order),
        )
        found = self.store.search_events(search, limit=limit, offset=offset)
        facets = {
            name: tuple(Bucket(value=value, count=count) for value, count in found.facets.get(name, ()))
            for name in FACETS
        }
        return Hits(events=found.events, total=found.total, facets=facets)

    def event(self, id: str) -> Event | None:
        """One event, or None."""
        return self.store.event(id)

    def coded(self, ids: Sequence[str]) -> tuple[CodedEvent, ...]:
        """Coded events in the order asked for."""
        return self.store.coded_by_id(ids)

    def belongs(self, coded: Sequence[str]) -> Mapping[str, str]:
        """Coded event -> the event that it is a member of."""
        return self.store.belongs(coded)

    def document(self, id: str) -> Analysis | None:
        """One document with the layers that are kept, or None."""
        return self.store.document(id)

    def documents(self, ids: Sequence[str]) -> tuple[Document, ...]:
        """Documents without their layers; unknown ids are left out."""
        found: list[Document] = []
        with self.store.engine.connect() as connection:
            for start in range(0, len(ids), CHUNK):
                wanted = select(DOCUMENTS.c.body).where(DOCUMENTS.c.id.in_(ids[start : start + CHUNK]))
                found += [unpack(body, Document) for body in connection.execute(wanted).scalars()]
        return tuple(found)

    def merges(self, coded: Sequence[str]) -> tuple[Merge, ...]:
        """Judgements over pairs of which at least one is among ``coded``."""
        return self.store.merges(coded)

    def lineages(self, reports: Sequence[str]) -> tuple[Lineage, ...]:
        """Where these reports took their words from."""
        return self.store.lineages(reports)

    def failures(self) -> Sequence[Failure]:
        """Everything that could not be done, oldest first."""
        return self.store.failures()

    def outlets(self) -> Sequence[OutletCount]:
        """What each outlet brought in, most documents first."""
        return [OutletCount(**row) for row in self.store.outlets()]

    def events(self) -> Iterator[Event]:
        """Every event, by id."""
        return self.store.events()

    def every_coded(self) -> Iterator[CodedEvent]:
        """Every coded event, by id."""
        return self.store.coded()
