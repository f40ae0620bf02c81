"""The record -> JSON lines: one event a line with its members and evidence, or one coded event a line."""

from typing import TextIO

from coranto.publish.formats.lines import coded_lines, event_lines
from coranto.publish.reading import RecordReader
from coranto.records import to_json


def write_jsonl(reader: RecordReader, out: TextIO) -> None:
    """Every event is a line of ``out``, by id, as ``schemas/event-line.json`` says."""
    for line in event_lines(reader):
        out.write(to_json(line).decode("utf-8") + "\n")


def write_coded(reader: RecordReader, out: TextIO) -> None:
    """Every coded event is a line of ``out``, by id, as ``schemas/coded-line.json`` says."""
    for line in coded_lines(reader):
        out.write(to_json(line).decode("utf-8") + "\n")
