"""Paths, folders, globs, standard input -> Source: the bytes of one document each, or a Failure that says why not."""

import glob
import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, cast

from coranto.records import Failure, Record, UsageError

STAGE = "sources"
PAGES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md", ".text", ".json"})
LINES = frozenset({".jsonl", ".ndjson"})
EXPECTED = "expected .html .htm .xhtml .txt .md .text .jsonl .json, or one of these with .gz"
_MAGIC = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG picture", b"GIF8": "a GIF picture", b"\xff\xd8\xff": "a JPEG picture",
    b"PK\x03\x04": "a ZIP archive or office document", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"BZh": "a bzip2 archive", b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive", b"RIFF": "a media file",
    b"\xd0\xcf\x11\xe0": "an old office document", b"SQLite format 3": "an SQLite database", b"ID3": "a sound file",
    b"\x1f\x8b": "gzip inside gzip", b"OggS": "a media file", b"\x28\xb5\x2f\xfd": "a zstd archive",
}  # fmt: skip
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Source(Record, frozen=True, kw_only=True):
    """The bytes of one document, where they came from, and what kind of file it was."""

    uri: str
    data: bytes
    record: str = ""  # number of the line or item it was, for files that hold many
    hint: str = ""  # suffix, without ".gz"


def find_sources(paths: Sequence[str], *, limit_bytes: int = 200_000_000) -> Iterator[Source | Failure]:
    """Every document under ``paths`` in a fixed order, each once; what cannot be read is a Failure.

    A path is a file, a folder (read with all below it, in order of name, hidden files left out), a glob or ``-``.
    ``limit_bytes`` bounds a file or a line after decompression. Raises UsageError where a path does not exist.
    """
    named = [(path, _expanded(path)) for path in paths]
    seen: set[str] = set()
    for path, files in named:
        if path == "-":
            yield from _stream(cast(IO[bytes], sys.stdin.buffer), "stdin", "", limit_bytes)
        for file in files:
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield from _file(file, limit_bytes)


def _expanded(path: str) -> Sequence[str]:
    if path == "-":
        return ()
    if os.path.isdir(path):
        return list(_below(path))
    if os.path.lexists(path):
        return (path,)
    found = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
    if not found:
        raise UsageError(f"expected a file, a folder, a glob that matches or -, met {path!r}, which does not exist")
    return [file for one in found for file in (_below(one) if os.path.isdir(one) else (one,))]


def _below(folder: str) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (os.path.join(where, f) for f in sorted(files) if not f.startswith("."))


def _failed(uri: str, error: str, where: str = "", *, retryable: bool = False) -> Failure:
    return Failure(uri=uri, stage=STAGE, error=error, where=where, retryable=retryable)


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def _file(file: str, limit: int) -> Iterator[Source | Failure]:
    uri, hint = Path(file).as_posix(), _suffix(file)
    if not os.path.isfile(file):
        yield _failed(uri, "expected a regular file, met " + ("a broken link" if os.path.islink(file) else "none"))
    elif hint not in PAGES | LINES:
        yield _failed(uri, f"{EXPECTED}, met {hint or 'no suffix'}")
    else:
        try:
            with open(file, "rb") as raw:
                yield from _stream(raw, uri, hint, limit)
        except OSError as error:
            yield _failed(uri, f"expected a readable file, met {error.strerror or error}", retryable=True)


def _stream(raw: IO[bytes], uri: str, hint: str, limit: int) -> Iterator[Source | Failure]:
    head = raw.read(2)
    stream: IO[bytes] = cast(IO[bytes], _Rest(head, raw))
    try:
        if head == b"\x1f\x8b":
            unpacked = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
            first = unpacked.read(1)
            stream = cast(IO[bytes], _Rest(first, unpacked))
        else:
            first = head[:1]
        if hint in LINES or (not hint and first == b"{"):
            yield from _lines(stream, uri, limit)
        else:
            yield from _whole(stream, uri, hint, limit)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield _failed(uri, f"expected whole gzip data, met a broken or truncated file ({error})")


class _Rest:
    """A stream with its first bytes put back."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self.head, self.stream = BytesIO(head), stream

    def read(self, size: int = -1) -> bytes:
        got = self.head.read(size)
        return got + self.stream.read(size - len(got) if size >= 0 else -1) if size != len(got) else got

    def readline(self, size: int = -1) -> bytes:
        got = self.head.read(size)
        return got if got.endswith(b"\n") or size == len(got) else got + self.stream.readline(size - len(got))


def _whole(stream: IO[bytes], uri: str, hint: str, limit: int) -> Iterator[Source | Failure]:
    data = stream.read(limit + 1)
    if error := refusal(data, limit=limit):
        yield _failed(uri, error)
    elif hint == ".json":
        yield from _json(data, uri, limit)
    else:
        yield Source(uri=uri, data=data, hint=hint)


def refusal(data: bytes, *, limit: int) -> str:
    """Why bytes cannot be a page or a text, or "" where they may be one."""
    if len(data) > limit:
        return f"expected at most {limit} bytes, met more"
    if not data.strip():
        return "expected text, met an empty file"
    if kind := next((name for magic, name in _MAGIC.items() if data.startswith(magic)), ""):
        return f"expected text, met {kind}"
    if b"\x00" in data and not data.startswith(_WIDE):
        return f"expected text, met binary data (a NUL at byte {data.index(0)})"
    return ""


def _json(data: bytes, uri: str, limit: int) -> Iterator[Source | Failure]:
    """A file of one record, of a list of records, or of one record a line."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        if data.count(b"\n") > 1 and data.lstrip().startswith(b"{") and b"}\n{" in data.replace(b"\r", b""):
            yield from _lines(cast(IO[bytes], BytesIO(data)), uri, limit)
        else:
            yield _failed(uri, f"expected JSON, met {type(error).__name__}: {error}"[:200])
        return
    if not isinstance(value, list):
        yield Source(uri=uri, data=data, hint=".json")
        return
    for n, item in enumerate(value, 1):
        yield Source(uri=uri, data=json.dumps(item, ensure_ascii=False).encode(), record=str(n), hint=".json")


def _lines(stream: IO[bytes], uri: str, limit: int) -> Iterator[Source | Failure]:
    number, met = 0, False
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            met = True
            yield _failed(uri, f"expected at most {limit} bytes a line, met more", str(number))
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not line:
            continue
        met = True
        if line[:1] == b"{" and line[-1:] == b"}":
            yield Source(uri=uri, data=line, record=str(number), hint=".jsonl")
        else:
            yield _failed(uri, f"expected a JSON object on line {number}, met {line[:40]!r}", str(number))
    if not met:
        yield _failed(uri, "expected text, met an empty file")
