"""An RSS or Atom feed -> Sources: a JSON record an item, with its full text where the feed has it, else its summary."""

import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from coranto.documents import markup
from coranto.documents.cleaning import characters, unmarked
from coranto.documents.source import Found, Source, failed

MOST = 5_000  # items of one feed
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,12})|([0-9]{1,12}));")


def items(data: bytes, uri: str) -> Iterator[Found]:
    """A source an item, its record the item's own id or address; what is no feed is a Failure."""
    import feedparser

    if markup.defines_entities(data):
        yield failed(uri, "expected a feed without entity definitions, met <!ENTITY")
        return
    try:
        told = feedparser.parse(
            BytesIO(_REFERENCE.sub(_scalar, data)),
            sanitize_html=False,
            response_headers={"content-location": uri, "content-type": "application/xml"},
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError) as error:
        yield failed(uri, f"expected RSS or Atom, met what breaks its parser: {type(error).__name__}: {error}"[:300])
        return
    entries = told.entries[:MOST]
    wrong = told.get("bozo_exception") if told.bozo else None
    if isinstance(wrong, feedparser.CharacterEncodingOverride):
        wrong = None
    if wrong and (not entries or not told.version):
        yield failed(uri, f"expected RSS or Atom, met {type(wrong).__name__}: "
                     f"{wrong}")  # fmt: skip
        return
    if not entries:
        yield failed(uri, "expected a feed with items, met none")
    for n, entry in enumerate(entries, 1):
        record = _record(entry, told.feed)
        if not record["body_html"] and not record["title"]:
            yield failed(uri, f"expected an item with a title or a text, met neither in item {n}", str(n))
            continue
        data = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
        yield Source(uri=f"{uri}#{n}", data=data, record=str(entry.get("id") or n), hint=".json")
    if wrong:
        yield failed(uri, f"the feed is broken behind item {len(entries)}: {wrong}")


def _scalar(met: re.Match[bytes]) -> bytes:
    """A character reference, or U+FFFD for one to what is no character: surrogates, NUL, beyond Unicode."""
    number = int(met[1], 16) if met[1] else int(met[2])
    return met[0] if 0 < number < 0xD800 or 0xE000 <= number <= 0x10FFFF else "\ufffd".encode()


def _record(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    source = entry.get("source") or {}
    own = dict(entry.items())  # the mapping itself answers for "updated" with "published"
    content = max((str(c.get("value") or "") for c in entry.get("content") or ()), key=len, default="")
    summary = str(entry.get("summary") or "")
    authors = [str(a.get("name") or "") for a in entry.get("authors") or () if isinstance(a, Mapping)]
    return {
        "url": _address(entry),
        "title": _line(entry.get("title")),
        "publisher": _line(source.get("title")) or _line(feed.get("title")),
        "pubDate": str(entry.get("published") or entry.get("created") or ""),
        "updated": str(own.get("updated") or ""),
        "author": ", ".join(dict.fromkeys(filter(None, authors))) or _line(entry.get("author")),
        "language": str(feed.get("language") or ""),
        "body_html": content if len(content) > len(summary) / 2 else summary,
    }


def _address(entry: Mapping[str, Any]) -> str:
    link = str(entry.get("link") or "")
    own = str(entry.get("id") or "")
    return link or (own if own.startswith(("http://", "https://")) else "")


def _line(value: object) -> str:
    return " ".join(characters(unmarked(str(value or ""))).split())[:1000]
