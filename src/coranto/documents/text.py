"""Plain text -> Page: a title line, a byline, paragraphs."""

import re
from datetime import datetime

from coranto.documents import dates, flattened, labels
from coranto.documents.cleaning import characters, paragraphs, unescaped, unglued
from coranto.documents.page import Dated, Page, Piece
from coranto.language.en import labels as forms
from coranto.records import BlockKind

TITLE_LONGEST = 200  # characters
_ITEM = re.compile(r"^(?:[•●▪◦‣∙*·]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
_HEADER = re.compile(
    r"^(title|headline|date|published|author|byline|by|source|outlet|publisher|url|link|language)\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
STAMP = 80  # characters of a line that holds a page's date
_STOP = re.compile(r"[.!?…:;,]['\"’”)]?$")
_WRAPPED = (50, 100)  # characters: lines of hard-wrapped text lie between


def read_text(text: str, form: flattened.Form, *, captured: datetime | None = None) -> Page:
    """The page that a text is, its lines typed by their own ``form`` and by where they stand.

    Header lines ("Title: ...", "Date: ...") are fields; else a short first line without a closing stop, with a longer
    text behind it, is the title.
    """
    lines = characters(unescaped(text)).split("\n")
    fields, lines = headers(lines)
    body = paragraphs(unglued("\n".join(unwrapped(lines))))
    title = fields.get("title", "") or fields.get("headline", "")
    raw = fields.get("published", "") or fields.get("date", "")
    value = dates.read(raw) if raw else None
    published = Dated("header:date", raw, value) if value else None
    pieces = [piece(p) for p in body]
    lead, entries, tail = labels.split(pieces, day=published or _day_of(body), captured=captured)
    posts = " ".join(p.text for e in entries[:8] for p in (Piece(BlockKind.BODY, e.headline), *e.pieces))
    entries = tuple(e._replace(pieces=flattened.inner(e.pieces, form)) for e in entries)
    flat = flattened.parted(lead, title=title, posts=posts, form=form)
    if flat:
        title, lead = flat.title, flat.pieces
    if not title and len(body) > 1 and lead and lead[0].text == body[0] and is_title(body):
        title, lead = body[0], lead[1:]
    return Page(
        title=title.strip(),
        byline=fields.get("byline", "") or fields.get("author", "") or fields.get("by", ""),
        outlet=fields.get("outlet", "") or fields.get("publisher", "") or fields.get("source", ""),
        canonical=fields.get("url", "") or fields.get("link", ""),
        published=published,
        pieces=lead,
        entries=entries,
        tail=tuple(p._replace(kind=flattened.behind(p)) for p in tail),
    )


def _day_of(body: list[str]) -> Dated | None:
    """The date of a short line near the top: of the last change, where it tells both."""
    for line in body[:5]:
        if len(line) <= STAMP and (value := dates.read(forms.changed(line)) or dates.read(line)):
            return Dated("text", line, value)
    return None


def piece(paragraph: str) -> Piece:
    """A paragraph as a piece: an ITEM if it begins with a bullet or number, else BODY."""
    return Piece(BlockKind.ITEM if _ITEM.match(paragraph) else BlockKind.BODY, paragraph)


def headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Fields of the lines "Name: value" at the top (two or more, or one before an empty line), and the other lines."""
    fields: dict[str, str] = {}
    start = next((n for n, line in enumerate(lines) if line.strip() and line.strip() != "---"), len(lines))
    n = start
    while n < len(lines) and (met := _HEADER.match(lines[n].strip())):
        fields.setdefault(met[1].lower(), met[2].strip().strip("\"'"))
        n += 1
    ended = n >= len(lines) or not lines[n].strip() or lines[n].strip() == "---"
    if len(fields) < 2 and not (fields and ended):
        return {}, lines
    return fields, lines[n + (n < len(lines) and lines[n].strip() == "---") :]


def is_title(body: list[str]) -> bool:
    """True if the first of some paragraphs is a title."""
    first, rest = body[0], body[1:]
    return (
        8 <= len(first) <= TITLE_LONGEST
        and not _STOP.search(first)
        and not dates.read(first)
        and max(map(len, rest)) > len(first) / 2
        and first[:1] not in "-–—(["
    )


def unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs of hard-wrapped text (most lines of 50 to 100 characters, empty lines between) as one line each."""
    full = [len(line) for line in lines if line.strip()]
    inner = [n for n in full if _WRAPPED[0] <= n <= _WRAPPED[1]]
    if (
        len(full) < 6
        or max(full) > _WRAPPED[1]
        or len(inner) < 0.6 * len(full)
        or not any(not s.strip() for s in lines)
    ):
        return lines
    out: list[str] = []
    for line in lines:
        if out and out[-1] and line.strip() and len(out[-1].rsplit("\n", 1)[-1]) > 40:
            out[-1] = f"{out[-1]} {line.strip()}"
        else:
            out.append(line.strip())
    return out
