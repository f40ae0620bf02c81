"""An HTML page -> Page: main text by trafilatura, metadata by `metadata`, posts by `liveblog`.

Nothing of the page is run or fetched. Length, depth and number of elements are bounded, so that time and memory are.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from coranto.documents import dates, liveblog
from coranto.documents.cleaning import characters, paragraphs, unglued, unmarked
from coranto.documents.metadata import Meta, clean
from coranto.documents.page import Dated, Entry, Page, Piece, alike
from coranto.documents.text import piece
from coranto.records import BlockKind, DataError

LONGEST = 12_000_000  # characters of markup, scripts and styles left out
DEEPEST = 250  # elements within elements
MOST_ELEMENTS = 150_000
SHORT = 250  # characters: a shorter main text is replaced by the metadata's articleBody if that is longer
_NOISE = re.compile(
    r"<(style|svg|script|noscript|template|iframe)\b(?P<attributes>[^>]*)>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SITE = re.compile(r"\s+[|–—•·»-]\s+[^|–—•·»]{2,60}$")
_BLOCKS = {"p", "head", "item", "quote", "cell", "fw", "code", "div"}


def read_html(markup: str) -> Page:
    """The page that markup is. Raises DataError where it is too long, too deep or has too many elements."""
    tree = _tree(markup)
    meta = Meta(tree)
    captions = list(_captions(tree))
    for element in list(tree.iter("script", "style", "noscript", "template", "iframe", "svg", etree.Comment)):
        element.drop_tree()
    body, told = _main(tree, meta.canonical)
    day = meta.published() or _guessed(told)
    entries, _ = liveblog.shown(tree, day)
    entries = liveblog.joined(liveblog.linked(meta.article), entries)
    pieces = _cut_at_posts(body, entries) if entries else body
    if not entries:
        pieces = _or_article_body(pieces, meta)
    return Page(
        title=meta.title or _heading(tree, told),
        byline=_byline(meta.authors),
        outlet=meta.publisher or clean(str(getattr(told, "sitename", "") or "")),
        language=meta.language,
        canonical=meta.canonical,
        published=day,
        updated=meta.updated(),
        pieces=tuple(_with_captions(pieces, captions)),
        entries=entries,
    )


def _tree(markup: str) -> HtmlElement:
    if len(markup) > LONGEST:
        markup = _NOISE.sub(lambda m: m[0] if "ld+json" in m["attributes"].lower() else "", markup)
    if len(markup) > LONGEST:
        raise DataError(f"expected at most {LONGEST} characters of HTML, met {len(markup)}")
    parser = HTMLParser(huge_tree=False, remove_pis=True, encoding="utf-8", recover=True)
    raw = _DECLARATION.sub("", markup).encode("utf-8", "replace")
    try:
        tree = document_fromstring(raw, parser=parser, ensure_head_body=False)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise DataError(f"expected HTML, met what no parser reads ({error})"[:200]) from error
    _bounded(tree)
    return tree


def _bounded(tree: HtmlElement) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth, count = depth + 1, count + 1
        else:
            depth -= 1
        if depth > DEEPEST:
            raise DataError(f"expected at most {DEEPEST} elements within one another, met more")
        if count > MOST_ELEMENTS:
            raise DataError(f"expected at most {MOST_ELEMENTS} elements, met more")


def _main(tree: HtmlElement, url: str) -> tuple[list[Piece], Any]:
    """The pieces of the main text, and what trafilatura says of the page."""
    from trafilatura.core import bare_extraction

    found = bare_extraction(
        tree,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        include_links=True,
        with_metadata=True,
        date_extraction_params={
            "extensive_search": False, "original_date": True, "min_date": "1980-01-01", "max_date": "2099-12-31",
        },
    )  # fmt: skip
    if found is None or isinstance(found, dict) or found.body is None:
        return [], found
    return list(_pieces(found.body)), found


def _pieces(body: Any) -> Iterator[Piece]:
    for element in body.iter():
        if element.tag not in _BLOCKS or any(a.tag in _BLOCKS for a in element.iterancestors()):
            continue
        whole = "".join(_texts(element))
        anchored = sum(len("".join(ref.itertext()).strip()) for ref in element.iter("ref"))
        lines = paragraphs(unglued(characters(whole)))
        for line in lines:
            if element.tag == "head":
                yield Piece(BlockKind.HEADLINE, line)
            elif len(lines) == 1 and len(line) > 12 and anchored >= 0.9 * len(line):
                yield Piece(BlockKind.LINK, line)
            elif element.tag == "quote":
                yield Piece(BlockKind.QUOTE, line)
            elif element.tag in {"item", "cell"}:
                yield Piece(BlockKind.ITEM, piece(line).text)
            else:
                yield piece(line)


def _texts(element: Any) -> Iterator[str]:
    """The text of an element with line breaks at <lb/> and between inner blocks; other white space is one space."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == "lb" or (node is not element and node.tag in _BLOCKS):
                yield "\n"
            yield re.sub(r"\s+", " ", node.text or "")
        elif node is not element:
            yield ("\n" if node.tag in _BLOCKS else "") + re.sub(r"\s+", " ", node.tail or "")


def _captions(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath("//article//figcaption | //main//figcaption | //figure//figcaption")[:60]:
        text = clean(str(element.text_content()))
        if 15 <= len(text) <= 1200:
            yield text


def _with_captions(pieces: list[Piece], captions: list[str]) -> Iterator[Piece]:
    """The pieces, those that are captions marked so, and behind them the captions that were not among them."""
    left = {alike(c): c for c in captions}
    for one in pieces:
        if left.pop(alike(one.text), None) is not None:
            yield Piece(BlockKind.CAPTION, one.text)
        else:
            yield one
    text = alike(" ".join(p.text for p in pieces))
    yield from (Piece(BlockKind.CAPTION, c) for key, c in left.items() if key and key not in text)


def _cut_at_posts(pieces: list[Piece], entries: tuple[Entry, ...]) -> list[Piece]:
    """What stands before the first post and belongs to none."""
    posts = alike(" ".join([e.headline for e in entries] + [p.text for e in entries for p in e.pieces]))
    first = next((n for n, p in enumerate(pieces) if len(p.text) > 40 and alike(p.text) in posts), len(pieces))
    kept = pieces[:first]
    while kept and (alike(kept[-1].text) in posts or kept[-1].kind is BlockKind.HEADLINE):
        kept.pop()
    return kept


def _or_article_body(pieces: list[Piece], meta: Meta) -> list[Piece]:
    told = meta.article.get("articleBody")
    length = sum(len(p.text) for p in pieces)
    if length >= SHORT or not isinstance(told, str):
        return pieces
    lines = paragraphs(unglued(characters(unmarked(told))))
    return [piece(line) for line in lines] if sum(map(len, lines)) > 2 * length else pieces


def _heading(tree: HtmlElement, told: Any) -> str:
    for path in ("//article//h1", "//main//h1", "//h1"):
        if found := [clean(str(h.text_content())) for h in tree.xpath(path)[:3]]:
            return found[0]
    title = clean(str(getattr(told, "title", "") or "")) or clean(str(tree.findtext(".//title") or ""))
    return _SITE.sub("", title)


def _byline(authors: str) -> str:
    return f"By {authors}"[:400] if authors else ""


def _guessed(told: Any) -> Dated | None:
    raw = getattr(told, "date", None) or ""
    value = dates.read(raw) if raw else None
    return Dated("htmldate", raw, value) if value else None
