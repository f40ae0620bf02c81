"""A store -> the reads that pages, exports and explanations need."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from coranto.records import Analysis, CodedEvent, Document, Event, Failure, Lineage, Merge, Record

FACETS: Mapping[str, str] = {
    "type": "Event type",
    "actor": "Actor country",
    "recipient": "Recipient country",
    "place": "Place country",
    "modality": "Modality",
    "outlet": "Outlet",
}


class Filters(Record, frozen=True, kw_only=True):
    """What an event must have to be found. Values of one field are alternatives; fields are joined by "and"."""

    type: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()  # ISO 3166-1 alpha-3
    recipient: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: date | None = None  # first local day, inclusive
    until: date | None = None  # last local day, inclusive

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet."""
        found: tuple[str, ...] = getattr(self, facet)
        return found


class Bucket(Record, frozen=True, kw_only=True):
    """One value of a facet and the number of found events that have it."""

    value: str
    count: int


class Hits(Record, frozen=True, kw_only=True):
    """One page of what a search found, the number of all that it found, and its facets by field."""

    events: tuple[Event, ...]
    total: int
    facets: Mapping[str, tuple[Bucket, ...]]


class OutletCount(Record, frozen=True, kw_only=True):
    """What one outlet brought in."""

    outlet: str
    documents: int
    reports: int
    coded: int
    events: int


class RecordReader(Protocol):
    """Everything that is read from a record to show it or to give it out. Nothing here changes the record."""

    def counts(self) -> Mapping[str, int]:
        """How many documents, reports, coded events ("coded"), events, voices and failures there are."""
        ...

    def search(self, query: str, filters: Filters, *, order: str, limit: int, offset: int) -> Hits:
        """Events found by words and filters; ``order`` is "relevant", "newest" or "contested"."""
        ...

    def event(self, id: str) -> Event | None:
        """One event, or None."""
        ...

    def coded(self, ids: Sequence[str]) -> tuple[CodedEvent, ...]:
        """Coded events by id, in the order asked for; unknown ids are left out."""
        ...

    def belongs(self, coded: Sequence[str]) -> Mapping[str, str]:
        """The id of the event that each of these coded events is a member of."""
        ...

    def document(self, id: str) -> Analysis | None:
        """One document with its layers, or None."""
        ...

    def documents(self, ids: Sequence[str]) -> tuple[Document, ...]:
        """Documents without their layers; unknown ids are left out."""
        ...

    def merges(self, coded: Sequence[str]) -> tuple[Merge, ...]:
        """Judgements over pairs of which at least one is among ``coded``."""
        ...

    def lineages(self, reports: Sequence[str]) -> tuple[Lineage, ...]:
        """Where these reports took their words from."""
        ...

    def failures(self) -> Sequence[Failure]:
        """Everything that could not be done, oldest first."""
        ...

    def outlets(self) -> Sequence[OutletCount]:
        """What each outlet brought in, largest first."""
        ...

    def events(self) -> Iterator[Event]:
        """Every event, by id."""
        ...

    def every_coded(self) -> Iterator[CodedEvent]:
        """Every coded event, by id."""
        ...
