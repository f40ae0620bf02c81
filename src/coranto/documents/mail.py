"""A mail message -> Page: its subject, sender and date from the header, its text from the first part that is one."""

from collections.abc import Sequence
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr
from typing import Any

from coranto.documents import dates, labels
from coranto.documents.cleaning import characters, paragraphs, unglued
from coranto.documents.fragment import pieces as fragment
from coranto.documents.page import Dated, Page, Piece
from coranto.documents.text import piece, unwrapped
from coranto.records import DataError

MOST_PARTS = 200


def read_mail(data: bytes) -> Page:
    """The page of a message. Raises DataError where it has no text or too many parts."""
    try:
        message = message_from_bytes(data, policy=default)
        parts = [p for p, _ in zip(message.walk(), range(MOST_PARTS + 1))]
    except (MessageError, RecursionError, IndexError, KeyError) as error:
        raise DataError(f"expected a mail message, met {type(error).__name__}: {error}"[:200]) from error
    if len(parts) > MOST_PARTS:
        raise DataError(f"expected at most {MOST_PARTS} parts, met more")
    if not any(_header(message, name) for name in ("From", "Subject", "Date")):
        raise DataError("expected a mail message, met no From, Subject or Date")
    name, address = parseaddr(_header(message, "From"))
    raw = _header(message, "Date")
    value = dates.read(raw) if raw else None
    day = Dated("mail:Date", raw, value) if value else None
    lead, entries, tail = labels.split(_body(parts), day=day, captured=None)
    return Page(
        title=_header(message, "Subject"),
        outlet=address.rpartition("@")[2] or name,
        byline=f"From {name}"[:300] if name else "",
        language=_header(message, "Content-Language")[:2].lower(),
        canonical=_header(message, "Archived-At").strip("<>"),
        published=day,
        pieces=lead,
        entries=entries,
        tail=tail,
    )


def _body(parts: "Sequence[Message[Any, Any]]") -> list[Piece]:
    """The pieces of the longest of plain text and HTML, plain text where both tell as much."""
    best: dict[str, list[Piece]] = {}
    for part in parts:
        kind = part.get_content_type()
        if kind not in {"text/plain", "text/html"} or part.get_content_disposition() == "attachment" or kind in best:
            continue
        text = _decoded(part)
        if kind == "text/html":
            found = list(fragment(text))
        else:
            found = [piece(p) for p in paragraphs(unglued("\n".join(unwrapped(characters(text).split("\n")))))]
        if found:
            best[kind] = found
    if not best:
        raise DataError("expected a message with a text, met none")
    plain, rich = best.get("text/plain", []), best.get("text/html", [])
    return plain if sum(len(p.text) for p in plain) >= 0.5 * sum(len(p.text) for p in rich) else rich


def _decoded(part: "Message[Any, Any]") -> str:
    raw: Any = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return str(part.get_payload() or "")
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return raw.decode("utf-8" if b"\xc3" in raw or b"\xe2" in raw else "cp1252", "replace")


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(characters(str(message.get(name) or "")).split())[:1000]
    except (HeaderParseError, ValueError, IndexError, AttributeError, TypeError):
        return ""
