"""A CSV or TSV file -> Sources, a JSON record a row: the header names the columns, as fields of JSON are named."""

import codecs
import csv
import json
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import IO, Any, cast

from coranto.documents.columns import renamed
from coranto.documents.source import Found, Source, failed

MOST_COLUMNS = 2_000
SAMPLE = 512  # bytes of which encoding and separator are told


class _Readable:
    """What TextIOWrapper asks of a stream, over one that only reads."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.closed = stream, False

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        return None

    def close(self) -> None:
        self.closed = True

    def read1(self, size: int = -1) -> bytes:
        return self.stream.read(size if size > 0 else 65_536)

    read = read1


def rows(
    stream: IO[bytes], uri: str, hint: str, limit: int, columns: Mapping[str, str], head: bytes
) -> Iterator[Found]:
    """A source a row that holds anything, its number counted from 1 below the header; what is no row is a Failure."""
    csv.field_size_limit(min(limit, 2**31 - 1))
    lines = TextIOWrapper(cast(Any, _Readable(stream)), encoding=_encoding(head), errors="replace", newline="")
    separator = "\t" if hint == ".tsv" else _separator(head.decode(_encoding(head), "replace"))
    reader = csv.reader((line.replace("\x00", "") for line in _bounded(lines, limit)), delimiter=separator)
    number, names = 0, list[str]()
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield failed(uri, f"expected a row of a table, met {error}", str(number))
            return
        if row is None:
            break
        if not names:
            if not any(map(str.strip, row)):
                continue
            names = [n.strip().lstrip("\ufeff") for n in row]
            if len(names) > MOST_COLUMNS or (
                len(names) < 2 and not columns and names[0].lower() not in {"text", "body"}
            ):
                yield failed(uri, f"expected a header that names columns, met {names[:3]}")
                return
            continue
        number += 1
        if not any(map(str.strip, row)):
            continue
        if len(row) > len(names):
            yield failed(uri, f"expected {len(names)} columns in row {number}, met {len(row)}", str(number))
            continue
        record = renamed(dict(zip(names, row)), columns)
        yield Source(uri=uri, data=json.dumps(record, ensure_ascii=False).encode(), record=str(number), hint=".json")
    if not number:
        yield failed(uri, "expected rows below a header, met none")


def _bounded(lines: TextIOWrapper, limit: int) -> Iterator[str]:
    """The lines, none longer than the limit."""
    while line := lines.readline(limit + 1):
        if len(line) > limit:
            raise csv.Error(f"a line of more than {limit} characters")
        yield line


def _encoding(head: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(sample: str) -> str:
    first = next((line for line in sample.splitlines() if line.strip()), "")
    return max(",;\t|", key=lambda s: (first.count(s), s == ","))
