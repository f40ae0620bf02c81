"""Source -> Document: decoded, cleaned, read by what it is (a page, a text, a message, a record), or a Failure."""

import codecs
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from charset_normalizer import from_bytes

from coranto.documents import dates, fragment, html, jsonl, mail, markdown, markup, newsml, ninjs, nitf, text
from coranto.documents.page import Composer, Dated, Page
from coranto.documents.source import Source, refusal
from coranto.knowledge.outlets import OutletTable
from coranto.records import BlockKind, Coranto, DataError, Document, Failure

STAGE = "documents"
LONGEST = 30_000_000  # bytes that are read of one page
MARKDOWN = frozenset({".md", ".markdown"})
TEXT_LONGEST = 2_000_000  # characters of one document's text
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF32_BE, "utf-32"))  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_IS_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|script|section|main|h1|title)\b", re.IGNORECASE
)
_WESTERN = frozenset({"iso8859-1", "ascii", "latin-1", "iso-8859-1"})

Reading = Callable[[Source], Document | Failure]


@lru_cache(maxsize=4)
def make(outlets: OutletTable) -> Reading:
    """A function from a source to its document, or to the Failure that says what was expected and what was met."""
    composer = Composer(outlets)

    def read_one(source: Source) -> Document | Failure:
        try:
            if error := refusal(source.data, limit=LONGEST):
                raise DataError(error)
            page, uri = _page(source, composer.form)
            if not any(any(map(str.isalnum, p.text)) for p in page.pieces) and not page.entries:
                raise DataError("expected a page with text, met none (a menu, a script or an error page?)")
            if sum(len(p.text) for p in page.pieces) > TEXT_LONGEST:
                raise DataError(f"expected at most {TEXT_LONGEST} characters of text, met more")
            page = _published_by(_fetched(page, source), source, outlets)
            return composer.document(page, source, uri=uri)
        except Coranto as error:
            return _failed(source, str(error))
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            return _failed(source, f"the page could not be read ({type(error).__name__}: {error})"[:300])

    return read_one


def read(source: Source, outlets: OutletTable) -> Document | Failure:
    """The document of a source, or the Failure that says what was expected and what was met; never an exception."""
    return make(outlets)(source)


def _failed(source: Source, error: str) -> Failure:
    return Failure(uri=source.uri, stage=STAGE, error=error, where=source.record)


def _page(source: Source, form: Callable[[str], BlockKind]) -> tuple[Page, str]:
    """The page and the address that it names for itself where it is a record."""
    if source.hint in {".json", ".jsonl"}:
        return _record(source)
    if source.hint in {".newsml", ".nitf"}:
        root = markup.parsed(source.data)
        return (newsml.read_newsml(root) if source.hint == ".newsml" else nitf.read_nitf(root)), _item_uri(source)
    if source.hint == ".eml":
        return mail.read_mail(source.data), ""
    decoded = decode(source.data, charset=source.charset)
    looks = _IS_HTML.search(decoded[:3000]) if source.hint not in MARKDOWN else None
    if looks or source.hint in {".html", ".htm", ".xhtml"}:
        return html.read_html(decoded, captured=_captured(source)), ""
    if len(decoded) > TEXT_LONGEST:
        raise DataError(f"expected at most {TEXT_LONGEST} characters of text, met {len(decoded)}")
    if source.hint in MARKDOWN:
        return markdown.read_markdown(decoded, captured=_captured(source)), ""
    return text.read_text(decoded, form, captured=_captured(source)), ""


def _record(source: Source) -> tuple[Page, str]:
    record = jsonl.parsed(source.data)
    url = jsonl.field(record, jsonl.URL)[1]
    uri = url or jsonl.field(record, ("id",))[1] or _item_uri(source)
    if ninjs.is_ninjs(record):
        return ninjs.read_ninjs(record), uri
    if not jsonl.field(record, jsonl.TEXT)[1]:
        if (markup_ := record.get("html")) and isinstance(markup_, str) and markup_.strip():
            return _merged(html.read_html(markup_), jsonl.described(record)), uri
        if isinstance(body := record.get("body_html"), str):
            return jsonl.with_pieces(record, fragment.pieces(body)), uri
    return jsonl.read_record(record), uri


def _item_uri(source: Source) -> str:
    return f"{source.uri}#{source.record}" if source.record and "#" not in source.uri else source.uri


def _fetched(page: Page, source: Source) -> Page:
    """The page with what the archive or the server says of its capture, where it says nothing itself."""
    if page.captured is None:
        page = page._replace(captured=_captured(source))
    if page.updated is None and page.published is None and (value := dates.read(source.modified)):
        page = page._replace(updated=Dated("http:Last-Modified", source.modified[:120], value))
    if not page.canonical and source.captured and source.uri.startswith(("http://", "https://")):
        page = page._replace(canonical=source.uri)
    return page


def _captured(source: Source) -> datetime | None:
    """When an archive or a fetch says that it got the page, if it says a moment."""
    told = dates.read(source.captured) if source.captured else None
    return told.instant if told else None


def _merged(page: Page, told: Page) -> Page:
    """The page with what its record tells of it; the record wins."""
    chosen = {name: getattr(told, name) or getattr(page, name) for name in Page._fields}
    return Page(**{**chosen, "clues": ()} if told.published else chosen)


def _published_by(page: Page, source: Source, outlets: OutletTable) -> Page:
    """The page with its outlet under the table's name: of its publisher field, else of its domain, else as named."""
    host = urlsplit(page.canonical).hostname if "://" in page.canonical else ""
    known = (
        outlets.by_name(page.outlet) or (outlets.by_domain(host) if host else None) or outlets.by_domain(page.outlet)
    )
    if page.outlet and source.hint in {".json", ".jsonl"} and not outlets.by_name(page.outlet):
        known = outlets.by_domain(page.outlet)
    named = page.outlet or (host or "").removeprefix("www.")
    return page._replace(outlet=known.name if known else named, title=page.title[:1000])


def decode(data: bytes, *, charset: str = "") -> str:
    """Text of bytes: by their mark, else as UTF-8, else as a header beside them or they themselves declare, else as
    guessed; never an error."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    if charset or declared:
        name = _codec(charset) or _codec(declared[1].decode("ascii", "replace") if declared else "")
        if name and name != "utf-8":
            return data.decode("cp1252" if name in _WESTERN else name, "replace")
        if name:
            return data.decode("utf-8", "replace")
    if data[:2000].decode("utf-8", "ignore").strip() and _nearly_utf8(data):
        return data.decode("utf-8", "replace")
    best = from_bytes(data[:60_000]).best()
    return data.decode(_codec(best.encoding if best else "") or "cp1252", "replace")


def _nearly_utf8(data: bytes) -> bool:
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return bad <= sum(b >= 0x80 for b in data[:100_000]) / 20


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding else ""
