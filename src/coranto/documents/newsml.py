"""A NewsML-G2 item -> Page; a message of several -> the items. Inline XHTML, NITF and plain text are read."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from coranto.documents import dates, labels, nitf
from coranto.documents.cleaning import characters
from coranto.documents.fragment import of_tree, pieces
from coranto.documents.markup import Element, found, name, told, words
from coranto.documents.page import Dated, Page, Piece
from coranto.records import DataError

_GONE = ("canceled", "cancelled", "withheld")


def items(root: Element) -> Iterator[tuple[str, bytes, str]]:
    """Each item of a message or of a single item: its id, its bytes, and "" or why it is no report."""
    for element in [root] if name(root).endswith("Item") else [e for e in root.iter() if name(e).endswith("Item")]:
        if name(element) in {"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}:
            whole = name(element) == "newsItem"
            yield str(element.get("guid") or ""), etree.tostring(element), "" if whole else name(element)


def read_newsml(root: Element) -> Page:
    """The page of a ``newsItem``. Raises DataError where it was withdrawn or holds no text."""
    item = root if name(root) == "newsItem" else next(found(root, "newsItem"), root)
    status = next((str(e.get("qcode") or words(e)) for e in found(item, "itemMeta", "pubStatus")), "")
    if status.rsplit(":", 1)[-1] in _GONE:
        raise DataError(f"expected an item that may be used, met one that its provider withdrew ({status})")
    inner = next((e for e in item.iter() if name(e) == "nitf"), None)
    base = nitf.read_nitf(inner) if inner is not None else Page(pieces=_content(item))
    day = _date(item, "contentMeta", "contentCreated") or _date(item, "itemMeta", "firstCreated")
    day = day or _date(item, "itemMeta", "versionCreated") or base.published
    lead, entries, tail = (base.pieces, base.entries, base.tail)
    if not entries:
        lead, entries, tail = labels.split(base.pieces, day=day, captured=None)
    creator = told(item, "contentMeta", "by") or told(item, "contentMeta", "creator", "name")
    return base._replace(
        title=_line(told(item, "contentMeta", "headline") or told(item, "itemMeta", "title")) or base.title,
        byline=_line(creator) or base.byline,
        outlet=_provider(item) or base.outlet,
        language=_language(item) or base.language,
        canonical=next((str(e.get("href")) for e in found(item, "itemMeta", "link") if _is_page(e)), base.canonical),
        published=day,
        updated=_date(item, "contentMeta", "contentModified") or _date(item, "itemMeta", "versionCreated"),
        pieces=lead,
        entries=entries,
        tail=tail,
    )


def _content(item: Element) -> tuple[Piece, ...]:
    for element in found(item, "contentSet", "inlineXML"):
        body: Any = next((e for e in element.iter() if name(e) == "body"), element)
        if got := of_tree(body):
            return got
    for element in found(item, "contentSet", "inlineData"):
        if got := pieces("".join(str(t) for t in element.itertext())):
            return got
    away = any(True for _ in found(item, "contentSet", "remoteContent"))
    raise DataError(f"expected an item with a text, met {'one whose content is elsewhere' if away else 'none'}")


def _date(item: Element, *path: str) -> Dated | None:
    raw = told(item, *path)
    value = dates.read(raw) if raw else None
    return Dated(f"newsml:{path[-1]}", raw[:120], value) if value else None


def _provider(item: Element) -> str:
    for element in found(item, "itemMeta", "provider"):
        if named := told(element, "name"):
            return _line(named)
        if code := str(element.get("literal") or element.get("qcode") or ""):
            return code.rsplit(":", 1)[-1]
    return ""


def _language(item: Element) -> str:
    return next((str(e.get("tag") or "")[:2].lower() for e in found(item, "contentMeta", "language")), "")


def _is_page(element: Element) -> bool:
    return str(element.get("href") or "").startswith("http") and "html" in str(element.get("contenttype") or "")


def _line(text: str) -> str:
    return " ".join(characters(text).split())[:1000]
