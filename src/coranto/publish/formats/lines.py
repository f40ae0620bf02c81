"""What one line of an export is, and the JSON Schema of each kind of line."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from coranto.publish.pages.document import DocumentPage
from coranto.publish.pages.event import EventPage
from coranto.publish.pages.lists import EventsPage, FailuresPage, HomePage
from coranto.publish.reading import RecordReader
from coranto.records import CodedEvent, Event, Record, Sourced, TimeExpression, index

T = TypeVar("T")
BATCH = 250  # events read at a time
SCHEMAS = Path(__file__).parents[1] / "schemas"


class DocumentLine(Record, frozen=True, kw_only=True):
    """A document without its text: enough to find it again, and to check that it is the same."""

    id: str
    uri: str
    digest: str
    outlet: str
    title: str
    published: Sourced[TimeExpression] | None


class EventLine(Record, frozen=True, kw_only=True):
    """One event with the coded events that it is made of, their evidence, and the documents that they stand in."""

    event: Event
    members: tuple[CodedEvent, ...]
    documents: tuple[DocumentLine, ...]


class CodedLine(Record, frozen=True, kw_only=True):
    """One coded event with the document that it stands in, and the event that it belongs to ("" = none)."""

    coded: CodedEvent
    document: DocumentLine | None
    event: str


def event_lines(reader: RecordReader) -> Iterator[EventLine]:
    """Every event, by id, with its members and their documents."""
    for events in _batches(reader.events()):
        members = index(reader.coded([id for event in events for id in event.coded]))
        documents = _documents(reader, members.values())
        for event in events:
            own = tuple(members[id] for id in event.coded if id in members)
            ids = dict.fromkeys(member.document for member in own)
            yield EventLine(event=event, members=own, documents=tuple(documents[id] for id in ids if id in documents))


def coded_lines(reader: RecordReader) -> Iterator[CodedLine]:
    """Every coded event, by id, with its document and the event that it belongs to."""
    for members in _batches(reader.every_coded()):
        documents = _documents(reader, members)
        events = reader.belongs([member.id for member in members])
        for member in members:
            yield CodedLine(coded=member, document=documents.get(member.document), event=events.get(member.id, ""))


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, BATCH)):
        yield batch


def _documents(reader: RecordReader, members: Iterable[CodedEvent]) -> dict[str, DocumentLine]:
    ids = sorted({member.document for member in members})
    return {
        d.id: DocumentLine(id=d.id, uri=d.uri, digest=d.digest, outlet=d.outlet, title=d.title, published=d.published)
        for d in reader.documents(ids)
    }


# File name -> what it is the schema of.
KINDS: dict[str, type[Record]] = {
    "event-line": EventLine,
    "coded-line": CodedLine,
    "home-page": HomePage,
    "events-page": EventsPage,
    "event-page": EventPage,
    "document-page": DocumentPage,
    "failures-page": FailuresPage,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of line or page."""
    (made,), parts = msgspec.json.schema_components([KINDS[name]], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:coranto:{name}",
        **made,
        "$defs": parts,
    }


def write_schemas(folder: Path = SCHEMAS) -> None:
    """The folder holds the schema of every kind of line and page."""
    for name in KINDS:
        text = msgspec.json.format(msgspec.json.encode(schema(name), order="deterministic"), indent=1)
        (folder / f"{name}.json").write_bytes(text + b"\n")


if __name__ == "__main__":
    write_schemas()
