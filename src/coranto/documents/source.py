"""Bytes and where they come from -> Source: what a reader of documents gets; or why they are none."""

from coranto.records import Failure, Record

STAGE = "sources"
_MAGIC = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG picture", b"GIF8": "a GIF picture", b"\xff\xd8\xff": "a JPEG picture",
    b"PK\x03\x04": "a ZIP archive or office document", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"BZh": "a bzip2 archive", b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive", b"RIFF": "a media file",
    b"\xd0\xcf\x11\xe0": "an old office document", b"SQLite format 3": "an SQLite database", b"ID3": "a sound file",
    b"\x1f\x8b": "gzip inside gzip", b"OggS": "a media file", b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"\xfd7zXZ": "an xz archive", b"wOFF": "a font", b"wOF2": "a font", b"\x00\x00\x01\x00": "an icon",
}  # fmt: skip
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Source(Record, frozen=True, kw_only=True):
    """The bytes of one document, where they came from, and what kind of file it was."""

    uri: str
    data: bytes
    record: str = ""  # number of the line or item it was, for files that hold many
    hint: str = ""  # suffix, without ".gz"
    charset: str = ""  # as a header beside the bytes names it
    captured: str = ""  # when it was fetched, as an archive or a fetch says
    modified: str = ""  # when the server says that it last changed


class Passed(Record, frozen=True, kw_only=True):
    """Something in an archive that is no document, and why: counted, and nothing is wrong."""

    uri: str
    record: str
    reason: str


Found = Source | Failure | Passed


def failed(uri: str, error: str, where: str = "", *, retryable: bool = False) -> Failure:
    """The failure of a source."""
    return Failure(uri=uri, stage=STAGE, error=error[:300], where=where, retryable=retryable)


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
