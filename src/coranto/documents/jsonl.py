"""One JSON record (``{id, url, publisher, title, date, text | html, upstream, ...}``) -> Page, or the HTML it holds."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from coranto.documents import dates, labels
from coranto.documents.cleaning import characters, paragraphs, unescaped, unglued
from coranto.documents.page import Dated, Page, Piece
from coranto.documents.text import piece
from coranto.records import DataError

TEXT = ("text", "body", "content", "articleBody", "maintext", "article_text", "plain_text")
TITLE = ("title", "headline", "name")
OUTLET = ("publisher", "outlet", "source", "source_name", "site", "site_name", "domain")
DATE = (
    "date",
    "published",
    "datePublished",
    "date_published",
    "published_at",
    "publishedAt",
    "publish_date",
    "pubDate",
)
UPDATED = ("updated", "dateModified", "modified", "date_modified", "updated_at")
BYLINE = ("byline", "author", "authors", "creator")
URL = ("url", "link", "uri", "canonical", "source_url")
CAPTURED = ("captured", "crawl_time", "crawled", "fetched", "date_download", "retrieved")
_EMPTY = frozenset({"", "na", "n/a", "none", "null", "nan", "unknown"})
_SEPARATED = re.compile(r"\s*[;|]\s*")


def parsed(data: bytes) -> Mapping[str, Any]:
    """The object that a JSON record is. Raises DataError where it is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DataError(f"expected a JSON object, met {type(error).__name__}: {error}"[:200]) from error
    if not isinstance(value, dict):
        raise DataError(f"expected a JSON object, met a {type(value).__name__}")
    return value


def field(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, str]:
    """The first of the fields that holds anything: its name and its cleaned text."""
    for name in names:
        text = _flat(record.get(name))
        if text.strip().lower() not in _EMPTY:
            return name, text
    return "", ""


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return characters(value).strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_flat, value[:50])))
    if isinstance(value, dict):
        return _flat(value.get("name") or value.get("title") or value.get("uri"))
    return ""


def read_record(record: Mapping[str, Any]) -> Page:
    """The page of a record. Raises DataError where it has no text."""
    text = field(record, TEXT)[1]
    if not text:
        raise DataError(f"expected a record with {' or '.join(TEXT[:3])}, met {', '.join(sorted(record)[:9])}")
    return with_pieces(record, [piece(p) for p in paragraphs(unglued(unescaped(text)))])


def with_pieces(record: Mapping[str, Any], pieces: Sequence[Piece]) -> Page:
    """The page of a record whose text is cut into pieces already."""
    page = described(record)
    day = page.updated or page.published
    lead, entries, tail = labels.split(pieces, day=day, captured=page.captured)
    return page._replace(pieces=lead, entries=entries, tail=tail)


def described(record: Mapping[str, Any]) -> Page:
    """What a record says of its page, without its text."""
    named = field(record, ("upstream",))[1]
    return Page(
        title=" ".join(unescaped(field(record, TITLE)[1]).split()),
        byline=" ".join(field(record, BYLINE)[1].split())[:300],
        outlet=field(record, OUTLET)[1][:120],
        language=field(record, ("language", "lang"))[1][:2].lower(),
        canonical=field(record, URL)[1],
        published=_dated(record, DATE),
        updated=_dated(record, UPDATED),
        captured=_moment(record),
        upstream=tuple(("upstream", name) for n in _SEPARATED.split(named) if (name := n.strip(" *_"))),
    )


def _dated(record: Mapping[str, Any], names: tuple[str, ...]) -> Dated | None:
    for name in names:
        raw = _flat(record.get(name))
        if raw and (value := dates.read(raw)):
            return Dated(name, raw, value)
    return None


def _moment(record: Mapping[str, Any]) -> datetime | None:
    found = _dated(record, CAPTURED)
    if found is None or found.value.period is None:
        return None
    if found.value.instant:
        return found.value.instant
    raw = found.value.timex.value
    return datetime.fromisoformat(raw if "T" in raw else f"{raw}T00:00").replace(tzinfo=UTC)
