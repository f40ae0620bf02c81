"""Paths, folders, globs, standard input -> Source: the bytes of one document each, or a Failure that says why not."""

import glob
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import IO, cast

from coranto.documents import feed, markup, newsml, packing, table, warc
from coranto.documents.columns import renamed
from coranto.documents.source import STAGE, Found, Passed, Source, failed, refusal
from coranto.records import DataError, Failure, UsageError

__all__ = ["STAGE", "Passed", "Source", "find_sources", "from_bytes", "refusal"]
PAGES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md", ".markdown", ".text", ".json", ".eml", ".mht", ".mhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
TABLES = frozenset({".csv", ".tsv"})
XML = frozenset({".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml", ".feed"})
KNOWN = PAGES | LINES | TABLES | XML | {".warc", ".ninjs"}
EXPECTED = (
    "expected .html .htm .xhtml .txt .text .md .json .jsonl .csv .tsv .xml .rss .atom .nitf .eml .warc, "
    "or one of these with .gz or .zst"
)
PACKED = (".gz", ".zst", ".zstd")
_CALENDAR = re.compile(
    rb"^(?:From|Subject|Date|Received|Return-Path|MIME-Version|Delivered-To|Message-ID): ", re.I | re.M
)


def find_sources(
    paths: Sequence[str], *, limit_bytes: int = 200_000_000, columns: Mapping[str, str] | None = None,
    passed: Callable[[Passed], None] | None = None, fetch: Callable[[str], Iterator[Found]] | None = None,
) -> Iterator[Source | Failure]:  # fmt: skip
    """Every document under ``paths`` in a fixed order, each once; what cannot be read is a Failure.

    A path is a file, a folder (read with all below it, in order of name, hidden files left out), a glob or ``-``.
    ``limit_bytes`` bounds a file or a line after decompression. ``columns`` names fields of tables and JSON lines;
    ``passed`` is told of what an archive holds beside documents. With ``fetch`` addresses may be among the paths; they
    come last. Raises UsageError where a path does not exist.
    """
    asked = [p for p in dict.fromkeys(paths) if fetch and p.startswith(("http://", "https://"))]
    named = [(path, _expanded(path)) for path in paths if path not in asked]
    seen: set[str] = set()
    fetched = (found for address in asked if fetch for found in fetch(address))
    for found in chain(_all(named, seen, limit_bytes, columns or {}), fetched):
        if not isinstance(found, Passed):
            yield found
        elif passed:
            passed(found)


def _all(
    named: Sequence[tuple[str, Sequence[str]]], seen: set[str], limit: int, columns: Mapping[str, str]
) -> Iterator[Found]:
    for path, files in named:
        if path == "-":
            yield from _stream(cast(IO[bytes], sys.stdin.buffer), "stdin", "", limit, columns)
        for file in files:
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield from _file(file, limit, columns)


def from_bytes(data: bytes, uri: str, hint: str = "", *, limit_bytes: int = 200_000_000) -> Iterator[Found]:
    """What bytes hold that came from elsewhere than a file."""
    yield from _stream(cast(IO[bytes], BytesIO(data)), uri, hint, limit_bytes, {})


def _expanded(path: str) -> Sequence[str]:
    if path == "-":
        return ()
    if os.path.isdir(path):
        return list(_below(path))
    if os.path.lexists(path):
        return (path,)
    if path.startswith(("http://", "https://")):
        raise UsageError(f"expected --fetch beside the address {path!r}: nothing is fetched unless asked for")
    found = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
    if not found:
        raise UsageError(f"expected a file, a folder, a glob that matches or -, met {path!r}, which does not exist")
    return [file for one in found for file in (_below(one) if os.path.isdir(one) else (one,))]


def _below(folder: str) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (os.path.join(where, f) for f in sorted(files) if not f.startswith("."))


def _suffix(name: str) -> str:
    name = name.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    return Path(name).suffix


def _file(file: str, limit: int, columns: Mapping[str, str]) -> Iterator[Found]:
    uri, hint = Path(file).as_posix(), _suffix(file)
    if not os.path.isfile(file):
        yield failed(uri, "expected a regular file, met " + ("a broken link" if os.path.islink(file) else "none"))
    elif hint not in KNOWN:
        yield failed(uri, f"{EXPECTED}, met {hint or 'no suffix'}")
    else:
        try:
            with open(file, "rb") as raw:
                yield from _stream(raw, uri, hint, limit, columns)
        except OSError as error:
            yield failed(uri, f"expected a readable file, met {error.strerror or error}", retryable=True)


def _stream(raw: IO[bytes], uri: str, hint: str, limit: int, columns: Mapping[str, str]) -> Iterator[Found]:
    packing_name = ""
    try:
        stream, first, packing_name = packing.opened(raw)
        hint = hint or _told_by(first)
        if hint in LINES:
            yield from _lines(stream, uri, limit, columns)
        elif hint in TABLES:
            yield from table.rows(stream, uri, hint, limit, columns, first)
        elif hint == ".warc":
            yield from warc.records(stream, uri, limit)
        else:
            yield from _whole(stream, uri, hint, limit, columns)
    except packing.BROKEN as error:
        yield failed(
            uri, f"expected whole {packing_name or 'gzip or zstd'} data, met a broken or truncated file ({error})"
        )


def _told_by(first: bytes) -> str:
    """The suffix that the first bytes of a nameless stream stand for, or ""."""
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return ".jsonl"
    if start.startswith(b"WARC/"):
        return ".warc"
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<nitf", b"<newsItem", b"<newsMessage")):
        return ".xml"
    head = start.split(b"\n\n")[0].split(b"\r\n\r\n")[0]
    return ".eml" if len(_CALENDAR.findall(head)) >= 3 else ""


def _whole(stream: IO[bytes], uri: str, hint: str, limit: int, columns: Mapping[str, str]) -> Iterator[Found]:
    data = stream.read(limit + 1)
    if error := refusal(data, limit=limit):
        yield failed(uri, error)
    elif hint in {".json", ".ninjs"}:
        yield from _json(data, uri, limit, columns)
    elif hint in XML:
        yield from _xml(data, uri)
    else:
        yield Source(uri=uri, data=data, hint=hint)


def _xml(data: bytes, uri: str) -> Iterator[Found]:
    """What an XML file is: a feed's items, an agency's items, else a page."""
    root = _root(data)
    if root in {"rss", "feed", "rdf"}:
        yield from feed.items(data, uri)
    elif root == "html":
        yield Source(uri=uri, data=data, hint=".html")
    elif root == "nitf":
        yield Source(uri=uri, data=data, hint=".nitf")
    else:
        try:
            found = list(newsml.items(markup.parsed(data)))
        except DataError as error:
            yield failed(uri, str(error))
            return
        if not found:
            yield failed(uri, "expected RSS, Atom, NewsML-G2, NITF or XHTML, met other XML")
        for n, (name, item, why) in enumerate(found, 1):
            where = name or (str(n) if len(found) > 1 else "")
            if why:
                yield Passed(uri=uri, record=where, reason=why)
            else:
                yield Source(uri=uri, data=item, record=where, hint=".newsml")


def _root(data: bytes) -> str:
    """The name of the first element, in lower case, without its namespace; "" where there is none near the top."""
    start = data[:20_000].replace(b"\x00", b"")
    start = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", b"", start, flags=re.S | re.I)
    met = re.search(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)", start)
    return met[1].decode("ascii", "replace").lower() if met else ""


def _json(data: bytes, uri: str, limit: int, columns: Mapping[str, str]) -> Iterator[Found]:
    """A file of one record, of a list of records, or of one record a line."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        if data.count(b"\n") > 1 and data.lstrip().startswith(b"{") and b"}\n{" in data.replace(b"\r", b""):
            yield from _lines(cast(IO[bytes], BytesIO(data)), uri, limit, columns)
        else:
            yield failed(uri, f"expected JSON, met {type(error).__name__}: {error}"[:200])
        return
    if not isinstance(value, list):
        if columns and isinstance(value, dict):
            data = json.dumps(renamed(value, columns), ensure_ascii=False).encode("utf-8", "replace")
        yield Source(uri=uri, data=data, hint=".json")
        return
    for n, item in enumerate(value, 1):
        item = renamed(item, columns) if isinstance(item, dict) else item
        packed = json.dumps(item, ensure_ascii=False).encode("utf-8", "replace")
        yield Source(uri=uri, data=packed, record=str(n), hint=".json")


def _lines(stream: IO[bytes], uri: str, limit: int, columns: Mapping[str, str]) -> Iterator[Found]:
    number, met = 0, False
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            met = True
            yield failed(uri, f"expected at most {limit} bytes a line, met more", str(number))
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not line:
            continue
        met = True
        if line[:1] == b"{" and line[-1:] == b"}":
            yield _line(line, uri, number, columns)
        else:
            yield failed(uri, f"expected a JSON object on line {number}, met {line[:40]!r}", str(number))
    if not met:
        yield failed(uri, "expected text, met an empty file")


def _line(line: bytes, uri: str, number: int, columns: Mapping[str, str]) -> Source:
    if columns:
        with suppress(ValueError, RecursionError):  # the reader says what is wrong with it
            line = json.dumps(renamed(json.loads(line), columns), ensure_ascii=False).encode("utf-8", "replace")
    return Source(uri=uri, data=line, record=str(number), hint=".jsonl")
