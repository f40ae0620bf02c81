"""What one line of an export is, and the JSON Schema of each kind of line."""

from pathlib import Path
from typing import Any

import msgspec

from coranto.publish.pages.document import DocumentPage
from coranto.publish.pages.event import EventPage
from coranto.publish.pages.lists import EventsPage, FailuresPage, HomePage
from coranto.publish.reading import RecordReader
from coranto.records import CodedEvent, Event, Record, Sourced, TimeExpression

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


class Documents:
    """Lines of documents, each read once."""

    def __init__(self, reader: RecordReader) -> None:
        self._reader = reader
        self._known: dict[str, DocumentLine | None] = {}

    def __getitem__(self, id: str) -> DocumentLine | None:
        if id not in self._known:
            self._known[id] = self._read(id)
        return self._known[id]

    def _read(self, id: str) -> DocumentLine | None:
        found = self._reader.document(id)
        if found is None:
            return None
        document = found.document
        return DocumentLine(
            id=document.id,
            uri=document.uri,
            digest=document.digest,
            outlet=document.outlet,
            title=document.title,
            published=document.published,
        )


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
