"""A ninjs record of a news agency (1.x to 3.x) -> Page."""

from collections.abc import Mapping
from typing import Any

from coranto.documents import dates, labels
from coranto.documents.cleaning import characters
from coranto.documents.fragment import pieces
from coranto.documents.page import Dated, Page, Piece
from coranto.records import BlockKind, DataError

_MARKS = frozenset({"versioncreated", "body_xhtml", "body_text", "bodies", "headlines", "pubstatus", "usageterms"})
_BODIES = ("body_html", "body_xhtml", "body_text")


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """True if two of the field names that only ninjs has are there, and its ``uri``."""
    return "uri" in record and len(_MARKS & set(record)) >= 1 and any(k in record for k in (*_BODIES, "bodies"))


def read_ninjs(record: Mapping[str, Any]) -> Page:
    """The page of a record. Raises DataError where it was withdrawn or holds no text."""
    if str(record.get("pubstatus") or "") in {"canceled", "cancelled", "withheld"}:
        raise DataError(f"expected an item that may be used, met one whose pubstatus is {record['pubstatus']}")
    body = next(filter(None, (str(record.get(k) or "") for k in _BODIES)), "") or _listed(record, "bodies")
    found = list(pieces(body))
    if not found:
        raise DataError("expected a ninjs record with a body, met none")
    day = _date(record, "firstpublished", "firstcreated", "versioncreated", "contentcreated")
    place = str(record.get("located") or "")
    if place and found[0].kind is BlockKind.BODY and place.split(",")[0].lower() not in found[0].text[:80].lower():
        found[0] = Piece(BlockKind.BODY, f"{place.upper()} — {found[0].text}")
    lead, entries, tail = labels.split(found, day=day, captured=None)
    address = str(record.get("uri") or "")
    return Page(
        title=_line(record.get("headline")) or _listed(record, "headlines") or _line(record.get("title")),
        byline=_line(record.get("byline")),
        outlet=_line(record.get("source") or record.get("copyrightholder")),
        language=str(record.get("language") or "")[:2].lower(),
        canonical=address if address.startswith("http") else "",
        published=day,
        updated=_date(record, "versioncreated"),
        pieces=lead,
        entries=entries,
        tail=tail,
    )


def _listed(record: Mapping[str, Any], name: str) -> str:
    """The value of the first member of a list of ``{role, contenttype, value}``, the main role before others."""
    told = record.get(name)
    members = [m for m in told if isinstance(m, Mapping) and m.get("value")] if isinstance(told, list) else []
    members.sort(key=lambda m: str(m.get("role") or "main") != "main")
    return str(members[0]["value"]) if members else ""


def _date(record: Mapping[str, Any], *names: str) -> Dated | None:
    for name in names:
        raw = str(record.get(name) or "")
        if raw and (value := dates.read(raw)):
            return Dated(name, raw[:120], value)
    return None


def _line(value: object) -> str:
    return " ".join(characters(str(value or "")).split())[:1000]
