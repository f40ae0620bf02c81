"""An NITF document of a news agency -> Page: headline, byline, dateline, blocks, captions, tagline, dates."""

from collections.abc import Iterator

from coranto.documents import dates, labels
from coranto.documents.cleaning import characters
from coranto.documents.fragment import of_tree
from coranto.documents.markup import Element, found, told, words
from coranto.documents.page import Dated, Page, Piece, alike
from coranto.records import BlockKind, DataError


def read_nitf(root: Element) -> Page:
    """The page of an ``nitf`` element. Raises DataError where it has no body."""
    content = next(found(root, "body.content"), None)
    if content is None:
        raise DataError("expected NITF with a body.content, met none")
    day = _date(root, "date.issue") or _date(root, "date.release") or _date(root, "story.date")
    title = told(root, "hl1") or told(root, "hedline") or told(root, "title")
    lead, entries, tail = labels.split(list(_pieces(root, content)), day=day, captured=None)
    return Page(
        title=_line(title),
        byline=_byline(told(root, "body.head", "byline") or told(root, "byline")),
        outlet=_line(told(root, "distributor")) or _attribute(root, "doc.copyright", "holder"),
        language=_attribute(root, "nitf", "lang")[:2].lower(),
        canonical=_attribute(root, "doc-id", "id-string") if "://" in _attribute(root, "doc-id", "id-string") else "",
        published=day,
        pieces=lead,
        entries=entries,
        tail=tail,
    )


def _pieces(root: Element, content: Element) -> Iterator[Piece]:
    body = list(of_tree(content))
    line = _line(told(root, "body.head", "dateline"))
    for n, one in enumerate(body):
        if line and one.kind is BlockKind.BODY:
            starts = alike(one.text).startswith(alike(line.split(",")[0]))
            body[n] = one if starts else Piece(one.kind, f"{line.rstrip(' -–—')} — {one.text}")
            break
    yield from body
    for part in ("tagline", "bibliography"):
        if text := _line(told(root, "body.end", part)):
            yield Piece(BlockKind.BODY, text)


def _date(root: Element, tag: str) -> Dated | None:
    for element in found(root, tag):
        raw = str(element.get("norm") or words(element))
        if value := dates.read(raw):
            return Dated(f"nitf:{tag}", raw[:120], value)
    return None


def _attribute(root: Element, tag: str, name: str) -> str:
    for element in found(root, tag):
        for key, value in element.attrib.items():
            if str(key).rsplit("}", 1)[-1] == name and str(value).strip():
                return _line(str(value))
    return ""


def _byline(text: str) -> str:
    text = _line(text)
    return text if not text or text.lower().startswith(("by ", "from ")) else f"By {text}"


def _line(text: str) -> str:
    return " ".join(characters(text).split())[:1000]
