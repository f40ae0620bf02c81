"""The record -> JSON lines: one event a line with its members and evidence, or one coded event a line."""

from typing import TextIO

from coranto.publish.formats.lines import CodedLine, Documents, EventLine
from coranto.publish.reading import RecordReader
from coranto.records import to_json


def write_jsonl(reader: RecordReader, out: TextIO) -> None:
    """Every event is a line of ``out``, by id, as ``schemas/event-line.json`` says."""
    documents = Documents(reader)
    for event in reader.events():
        members = reader.coded(event.coded)
        ids = dict.fromkeys(member.document for member in members)
        found = tuple(line for line in map(documents.__getitem__, ids) if line)
        _line(EventLine(event=event, members=members, documents=found), out)


def write_coded(reader: RecordReader, out: TextIO) -> None:
    """Every coded event is a line of ``out``, by id, as ``schemas/coded-line.json`` says."""
    documents = Documents(reader)
    for coded in reader.every_coded():
        event = reader.belongs([coded.id]).get(coded.id, "")
        _line(CodedLine(coded=coded, document=documents[coded.document], event=event), out)


def _line(record: object, out: TextIO) -> None:
    out.write(to_json(record).decode("utf-8"))
    out.write("\n")
