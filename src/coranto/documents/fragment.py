"""The markup of one report's body, as a feed or an agency gives it -> Pieces: no furniture is looked for in it."""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from coranto.documents.cleaning import characters, paragraphs, unescaped, unglued
from coranto.documents.page import Piece, alike
from coranto.documents.text import piece
from coranto.records import BlockKind, DataError

LONGEST = 4_000_000  # characters of markup
DEEPEST = 200
_AWAY = frozenset(
    "script style noscript template iframe svg object embed form button nav video audio head picture img".split()
)
_KINDS = {
    "li": BlockKind.ITEM, "blockquote": BlockKind.QUOTE, "figcaption": BlockKind.CAPTION, "figure": BlockKind.CAPTION,
    "media-caption": BlockKind.CAPTION, "media-producer": BlockKind.CAPTION, "aside": BlockKind.RELATED,
    "h1": BlockKind.TEASER, "h2": BlockKind.TEASER, "h3": BlockKind.TEASER, "h4": BlockKind.TEASER,
    "h5": BlockKind.TEASER, "hl2": BlockKind.TEASER, "tr": BlockKind.ITEM, "dt": BlockKind.ITEM, "dd": BlockKind.ITEM,
}  # fmt: skip
_BLOCKS = frozenset({"p", "div", "section", "article", "body", "ul", "ol", "table", "br", "block", "pre", "dl", "hr"})
_INNER = frozenset({"p", "div", "br", "span", "section", "block"})  # of a quote, a caption: they stay of its kind


def pieces(markup: str) -> tuple[Piece, ...]:
    """The pieces of a body's markup, or of plain text without any, in order. Raises DataError where it is too long."""
    if len(markup) > LONGEST:
        raise DataError(f"expected at most {LONGEST} characters of a body, met {len(markup)}")
    if "<" not in markup:
        return tuple(piece(p) for p in paragraphs(unglued(characters(unescaped(markup)))))
    if not markup.strip():
        return ()
    parser = HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise DataError(f"expected markup, met what no parser reads ({error})"[:200]) from error
    return of_tree(tree)


def of_tree(tree: Any) -> tuple[Piece, ...]:
    """The pieces of a tree, HTML or NITF."""
    runs: list[tuple[BlockKind, list[str], list[str]]] = [(BlockKind.BODY, [], [])]
    _walk(tree, BlockKind.BODY, runs)
    return tuple(_made(runs))


def _walk(element: Any, kind: BlockKind, runs: list[tuple[BlockKind, list[str], list[str]]]) -> None:
    """Goes through a tree without recursion; a run is a kind, its words, and those of them that are links."""
    stack: list[tuple[Any, BlockKind, bool, bool]] = [(element, kind, False, False)]
    while stack:
        at, kind, linked, leaving = stack.pop()
        tag = at.tag.rsplit("}", 1)[-1].lower() if isinstance(at.tag, str) else ""
        if leaving:
            if tag in _BLOCKS or tag in _KINDS:
                runs.append((kind, [], []))
            _say(runs, at.tail if at is not element else "", linked)
            continue
        if not tag or tag in _AWAY:
            _say(runs, at.tail if at is not element else "", linked)
            continue
        own = _KINDS.get(tag, kind if tag in _INNER or tag not in _BLOCKS else BlockKind.BODY)
        if kind is BlockKind.CAPTION or (kind in {BlockKind.QUOTE, BlockKind.RELATED} and own is BlockKind.ITEM):
            own = kind
        if tag in _BLOCKS or tag in _KINDS:
            runs.append((own, [], []))
        if len(stack) > 20_000:
            raise DataError("expected markup of bounded depth, met more")
        stack.append((at, kind, linked, True))
        stack.extend((child, own, linked or tag == "a", False) for child in reversed(at))
        _say(runs, at.text, linked or tag == "a")


def _say(runs: list[tuple[BlockKind, list[str], list[str]]], words: str | None, linked: bool) -> None:
    if words:
        runs[-1][1].append(words)
        if linked:
            runs[-1][2].append(words)


def _made(runs: list[tuple[BlockKind, list[str], list[str]]]) -> Iterator[Piece]:
    for kind, parts, links in runs:
        text = " ".join("".join(parts).split())
        for line in paragraphs(unglued(characters(text))):
            if kind is BlockKind.BODY:
                whole = len(line) > 12 and alike("".join(links)) == alike(line)
                yield Piece(BlockKind.LINK, line) if whole else piece(line)
            else:
                yield Piece(kind, line)
