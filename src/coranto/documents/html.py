"""An HTML page -> Page: main text by trafilatura, metadata by `metadata`, posts by `liveblog`.

Nothing of the page is run or fetched. Length, depth and number of elements are bounded, so that time and memory are.
"""

import copy
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from coranto.documents import clues, dates, labels, liveblog
from coranto.documents.cleaning import characters, paragraphs, unglued, unmarked
from coranto.documents.metadata import Meta, clean
from coranto.documents.page import Dated, Entry, Page, Piece, alike
from coranto.documents.text import piece
from coranto.records import BlockKind, DataError

LONGEST = 8_000_000  # characters of markup, scripts and styles left out
DEEPEST = 250  # elements within elements
MOST_ELEMENTS = 40_000
MOST_ATTRIBUTES = 500  # of one element, after which they are left out
SHORT = 250  # characters: a shorter main text is replaced by the metadata's articleBody if that is longer
_NOISE = re.compile(
    r"<(style|svg|script|noscript|template|iframe)\b(?P<attributes>[^>]*)>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_CROWDED = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,20})[^<>]{2000,}>?")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SITE = re.compile(r"\s+[|–—•·»-]\s+[^|–—•·»]{2,60}$")
_LINKABLE = frozenset({BlockKind.BODY, BlockKind.ITEM, BlockKind.TEASER})
_BLOCKS = {"p", "head", "item", "quote", "row", "fw", "code", "div"}


def read_html(markup: str, *, captured: datetime | None = None) -> Page:
    """The page that markup is, fetched at ``captured``. Raises DataError where it is too long, deep or crowded."""
    tree = _tree(markup)
    meta = Meta(tree)
    shown = list(clues.of_tree(tree, captured))
    for element in list(tree.iter("script", "style", "noscript", "template", "iframe", "svg", etree.Comment)):
        element.drop_tree()
    captions, links = list(_captions(tree)), _links(tree)
    day = meta.published()
    told = _guessed_meta(tree, meta, day)
    seen = [*meta.clues(), *shown]
    if told is not None and (guess := _guessed(told)):
        day = day or guess
        seen.append(clues.of_value("htmldate", guess.path, guess.raw, guess.value))
    body = _main(tree, meta.canonical)
    entries = liveblog.shown(tree, meta.updated() or day, captured)
    entries = liveblog.joined(liveblog.linked(meta.article), entries)
    pieces = _cut_at_posts(body, entries) if entries else body
    tail: tuple[Piece, ...] = ()
    if not entries:
        pieces = _or_article_body(pieces, meta)
        lead, entries, tail = labels.split(pieces, day=meta.updated() or day, captured=captured)
        pieces = list(lead)
    pieces = [Piece(BlockKind.LINK, p.text) if alike(p.text) in links and p.kind in _LINKABLE else p for p in pieces]
    return Page(
        title=_title(meta, tree, told),
        byline=_byline(meta.authors),
        outlet=meta.publisher or clean(str(getattr(told, "sitename", "") or "")),
        language=meta.language,
        canonical=meta.canonical,
        published=day,
        updated=meta.updated(),
        pieces=tuple(_with_captions(pieces, captions)),
        entries=entries,
        clues=tuple(seen),
        tail=tail,
    )


def _tree(markup: str) -> HtmlElement:
    if len(markup) > LONGEST:
        markup = _NOISE.sub(lambda m: m[0] if "ld+json" in m["attributes"].lower() else "", markup)
    if len(markup) > LONGEST:
        raise DataError(f"expected at most {LONGEST} characters of HTML, met {len(markup)}")
    markup = _CROWDED.sub(lambda m: m[0] if m[0].count("=") < MOST_ATTRIBUTES else f"<{m[1]}>", markup)
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


def _main(tree: HtmlElement, url: str) -> list[Piece]:
    """The pieces of the main text. A page with hardly any is tried again with less care for furniture."""
    found = _extracted(tree, url, precise=True)
    pieces = list(_pieces(found.body)) if found is not None and found.body is not None else []
    length = sum(len(p.text) for p in pieces)
    if length < SHORT:
        wider = _extracted(tree, url, precise=False)
        more = list(_pieces(wider.body)) if wider is not None and wider.body is not None else []
        if sum(len(p.text) for p in more) > max(SHORT, 3 * length):
            return more
    return pieces


def _extracted(tree: HtmlElement, url: str, *, precise: bool) -> Any:
    from trafilatura.core import bare_extraction

    return bare_extraction(
        tree, url=url or None, favor_precision=precise, favor_recall=not precise, include_comments=False
    )


def _guessed_meta(tree: HtmlElement, meta: Meta, day: Dated | None) -> Any:
    """What trafilatura finds of title, outlet and date: asked only where the page's own metadata lack one of them."""
    if day and meta.publisher and meta.title:
        return None
    from trafilatura.metadata import extract_metadata

    asked = {
        "extensive_search": False, "original_date": True, "min_date": "1980-01-01", "max_date": "2099-12-31",
    }  # fmt: skip
    return extract_metadata(copy.deepcopy(tree), meta.canonical or None, asked, False)


class _Run:
    """The words between two edges of blocks, and the kind of the block they stand in."""

    def __init__(self, tag: str) -> None:
        self.tag, self.parts = tag, list[str]()


def _pieces(body: Any) -> Iterator[Piece]:
    """The main text, a piece a block; words that stand loose between blocks go on with the piece before them where
    they begin or it ends in mid-sentence."""
    last: Piece | None = None
    for run in _runs(body):
        for line in paragraphs(unglued(characters("".join(run.parts)))):
            made = _piece(run, line)
            if last and run.tag == "" and made.kind is last.kind is BlockKind.BODY and _continues(last.text, line):
                space = "" if line[0] in ",.;:)!?’”" or last.text[-1] == "(" else " "
                last = Piece(last.kind, last.text + space + line)
                continue
            if last:
                yield last
            last = made
    if last:
        yield last


def _piece(run: _Run, line: str) -> Piece:
    kinds = {"head": BlockKind.TEASER, "quote": BlockKind.QUOTE, "item": BlockKind.ITEM, "row": BlockKind.ITEM}
    return Piece(kinds[run.tag], line) if run.tag in kinds else piece(line)


def _continues(before: str, after: str) -> bool:
    return after[0] in ",.;:)!?’”" or after[0].islower() or before[-1] not in '.!?:”"’)'


def _runs(body: Any) -> Iterator[_Run]:
    """The words of the main text, cut at the edges of blocks. Line breaks are <lb/>; other white space is one space."""
    tags, run = [""], _Run("")
    for event, node in etree.iterwalk(body, events=("start", "end")):
        block = node is not body and node.tag in _BLOCKS
        if block:
            yield run
            if event == "start":
                tags.append(node.tag if tags[-1] in {"", "p", "div"} else tags[-1])
            else:
                tags.pop()
            run = _Run(tags[-1])
        elif node.tag == "lb" and event == "start":
            run.parts.append("\n")
        elif node.tag == "cell" and event == "start" and run.tag == "row" and any(map(str.strip, run.parts)):
            run.parts.append(" | ")
        words = node.text if event == "start" else "" if node is body else node.tail
        run.parts.append(re.sub(r"\s+", " ", words or ""))
    yield run


def _links(tree: HtmlElement) -> set[str]:
    """The words of links that fill a paragraph, a line of a list or a heading of their own."""
    found = set()
    for anchor in tree.iter("a"):
        words = " ".join(str(anchor.text_content()).split())
        around = anchor.getparent()
        while around is not None and around.tag in {"span", "strong", "b", "em", "i", "u", "font"}:
            around = around.getparent()
        if (
            len(words) > 12
            and around is not None
            and len(" ".join(str(around.text_content()).split())) <= len(words) + 3
        ):
            found.add(alike(words))
    return found


def _captions(tree: HtmlElement) -> Iterator[str]:
    """Captions of the page's own pictures: not those within links, of headlines, or of lists of other pages."""
    for element in tree.xpath("//figcaption[not(ancestor::a or ancestor::aside or ancestor::nav or ancestor::footer)]")[
        :60
    ]:
        text = clean(str(element.text_content()))
        linked = sum(len(clean(str(a.text_content()))) for a in element.iter("a", "h1", "h2", "h3", "h4"))
        if 15 <= len(text) <= 1200 and linked < len(text) / 2:
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


def _title(meta: Meta, tree: HtmlElement, told: Any) -> str:
    """The headline as metadata give it, without the site's name where the page's first heading leaves it out."""
    headings = [
        clean(str(h.text_content())) for path in ("//article//h1", "//main//h1", "//h1") for h in tree.xpath(path)
    ]
    first = next(filter(None, headings), "")
    if meta.title:
        return first if len(first) > 15 and meta.title.startswith(first) else meta.title
    title = clean(str(getattr(told, "title", "") or "")) or clean(str(tree.findtext(".//title") or ""))
    return first or _SITE.sub("", title)


def _byline(authors: str) -> str:
    authors = authors.strip(" ,;|")
    return f"By {authors}"[:400] if authors else ""


def _guessed(told: Any) -> Dated | None:
    raw = getattr(told, "date", None) or ""
    value = dates.read(raw) if raw else None
    return Dated("htmldate", raw, value) if value else None
