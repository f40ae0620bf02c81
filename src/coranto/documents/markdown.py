"""Markdown -> Page: the first heading is the title; quotations, lists, headings and pictures' words are pieces."""

import re
from collections.abc import Iterator
from datetime import datetime

from coranto.documents import dates, labels
from coranto.documents.cleaning import characters, paragraphs, unescaped, unglued, unmarked
from coranto.documents.page import Dated, Page, Piece, alike
from coranto.documents.text import headers, is_title, piece
from coranto.records import BlockKind

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s{0,3}(?:[-*_=]\s*){3,}$")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,3}[.)])\s+(.*)")
_QUOTE = re.compile(r"\s{0,3}>\s?(.*)")
_PICTURE = re.compile(r"!\[([^\]\n]{0,400})\]\([^()\s]{0,800}(?:\s+\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(r"\[([^\]\n]{1,400})\](?:\([^()\s]{0,800}(?:\s+\"[^\"\n]{0,200}\")?\)|\[[^\]\n]{0,80}\])")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]\n]{1,80}\]:\s+\S+.*")
_STRONG = re.compile(r"(\*{1,3}|_{1,3}(?=\w))(\S(?:[^*_\n]{0,600}?\S)?)\1(?![\w*])")
_AUTO = re.compile(r"<(https?://[^<>\s]{1,800})>")


def read_markdown(text: str, *, captured: datetime | None = None) -> Page:
    """The page that a Markdown text is; lines "Name: value" on top, also between "---", are its fields."""
    fields, lines = headers(characters(unescaped(text)).split("\n"))
    made = list(_pieces(lines))
    title = fields.get("title", "") or fields.get("headline", "")
    if not title and made and (made[0].kind is BlockKind.TEASER or is_title([p.text for p in made[:4]])):
        title = made.pop(0).text
    raw = fields.get("published", "") or fields.get("date", "")
    value = dates.read(raw) if raw else None
    day = Dated("header:date", raw, value) if value else None
    lead, entries, tail = labels.split([p for p in made if alike(p.text) != alike(title)], day=day, captured=captured)
    return Page(
        title=title.strip(),
        byline=fields.get("byline", "") or fields.get("author", "") or fields.get("by", ""),
        outlet=fields.get("outlet", "") or fields.get("publisher", "") or fields.get("source", ""),
        canonical=fields.get("url", "") or fields.get("link", ""),
        published=day,
        pieces=lead,
        entries=entries,
        tail=tail,
    )


def _pieces(lines: list[str]) -> Iterator[Piece]:
    """The blocks of the text; lines of one paragraph, item or quotation are joined."""
    kind, held = BlockKind.BODY, list[str]()
    fenced = False
    for line in [*lines, ""]:
        if _FENCE.match(line):
            fenced = not fenced
            line = ""
        elif fenced or _REFERENCE.fullmatch(line):
            continue
        now, words, starts = _line(line)
        if held and (starts or not words or kind is BlockKind.TEASER or (now is BlockKind.QUOTE and kind is not now)):
            yield from _made(kind, held)
            held = []
        if words:
            kind = now if starts or not held else kind
            held.append(words)


def _line(line: str) -> tuple[BlockKind, str, bool]:
    """The kind of a line, its words, and whether it begins a block. A bare line goes on with what is before it."""
    if not line.strip() or _RULE.fullmatch(line):
        return BlockKind.BODY, "", True
    if met := _HEADING.fullmatch(line):
        return BlockKind.TEASER, met[2], True
    if met := _QUOTE.fullmatch(line):
        return BlockKind.QUOTE, met[1].strip(), False
    if met := _ITEM.fullmatch(line):
        return BlockKind.ITEM, met[1], True
    return BlockKind.BODY, line.strip(), False


def _made(kind: BlockKind, held: list[str]) -> Iterator[Piece]:
    joined = " ".join(held)
    pictures = [m[1] for m in _PICTURE.finditer(joined) if len(m[1]) > 15]
    text = _AUTO.sub(r"\1", _PICTURE.sub("", joined))
    whole = _LINK.fullmatch(text.strip())
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", text))
    for line in paragraphs(unglued(unmarked(text))):
        made = piece(line) if kind is BlockKind.BODY else Piece(kind, line)
        yield Piece(BlockKind.LINK, line) if whole and len(line) > 12 and kind is BlockKind.BODY else made
    yield from (Piece(BlockKind.CAPTION, line) for p in pictures for line in paragraphs(p))
