"""A WARC archive -> Sources: the body of each answer that is a text, with what its HTTP headers say.

Every record is accounted for: a source, a Failure, or passed over with the reason (requests, pictures, errors).
"""

import re
from collections.abc import Iterator
from typing import IO, Any, cast

from coranto.documents.source import Found, Passed, Source, failed

_TEXTS = re.compile(
    r"text/(?:html|plain|xml|markdown)|application/(?:xhtml\+xml|(?:rss|atom|rdf)\+xml|xml|json|ld\+json)|message/rfc822",
    re.IGNORECASE,
)
_HINTS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/json": ".json", "message/rfc822": ".eml",
}  # fmt: skip
_BROKEN = (ValueError, RuntimeError, OSError, EOFError)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class _Counted:
    """A stream that knows how much of it was read, which is what the archive's reader asks of one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.at = stream, 0

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        got = self.stream.read(size)
        self.at += len(got)
        return got

    def tell(self) -> int:
        """How many bytes were read."""
        return self.at


def records(stream: IO[bytes], uri: str, limit: int) -> Iterator[Found]:
    """What each record of an archive is, in order; an archive that breaks off is a Failure behind what it held."""
    from fastwarc.warc import ArchiveIterator

    count = 0
    try:
        for record in ArchiveIterator(cast(Any, _Counted(stream)), parse_http=True, auto_decode="all"):
            count += 1
            name = _header(record.headers, "WARC-Record-ID").strip("<>") or str(count)
            try:
                yield _one(record, uri, name, limit)
            except _BROKEN as error:
                yield failed(
                    _target(record, uri), f"expected a whole record, met {type(error).__name__}: {error}", name
                )
    except BaseException as error:
        if not isinstance(error, _BROKEN) and type(error).__name__ != "PanicException":
            raise
        yield failed(uri, f"expected a whole archive, met {type(error).__name__} after {count} records: {error}")
        return
    if not count:
        yield failed(uri, "expected a WARC archive, met no record")


def _one(record: Any, uri: str, name: str, limit: int) -> Found:
    kind = str(getattr(record.record_type, "name", record.record_type)).rsplit(".", 1)[-1]
    target = _target(record, uri)
    if kind not in {"response", "resource", "conversion"}:
        told = "revisit: the body is in another record" if kind == "revisit" else kind
        return Passed(uri=target, record=name, reason=told)
    http = record.http_headers
    status = int(getattr(http, "status_code", None) or 200) if http is not None else 200
    if status != 200:
        return Passed(uri=target, record=name, reason=f"HTTP status {status}")
    told = _header(http, "Content-Type") if http is not None else _header(record.headers, "Content-Type")
    kind = told.split(";")[0].strip().lower()
    if kind and kind != "application/octet-stream" and not _TEXTS.match(kind):
        return Passed(uri=target, record=name, reason=f"no text: {kind[:60]}")
    data = bytes(record.reader.read(limit + 1))
    if len(data) > limit:
        return failed(target, f"expected at most {limit} bytes, met more", name)
    encoded = http is not None and (_header(http, "Content-Encoding") or _header(http, "Transfer-Encoding"))
    if not encoded and len(data) < record.content_length:
        return failed(target, f"expected a body of {record.content_length} bytes, met {len(data)}: it breaks off", name)
    charset = _CHARSET.search(told)
    return Source(
        uri=target,
        data=data,
        record=name,
        hint=_HINTS.get(kind, ""),
        charset=charset[1] if charset else "",
        captured=_header(record.headers, "WARC-Date") or (_header(http, "Date") if http is not None else ""),
        modified=_header(http, "Last-Modified") if http is not None else "",
    )


def _target(record: Any, uri: str) -> str:
    return _header(record.headers, "WARC-Target-URI").strip("<>") or uri


def _header(headers: Any, name: str) -> str:
    try:
        return str(headers.get(name) or "").strip()
    except (KeyError, UnicodeError):
        return ""
