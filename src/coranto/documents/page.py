"""What a reader found on a page (a Page of pieces) -> Document: one text, typed blocks, posts, dates with evidence."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from coranto.documents import clues as clues_
from coranto.documents import dating
from coranto.documents.clues import Clue
from coranto.documents.source import Source
from coranto.knowledge.outlets import OutletTable
from coranto.language.detect import OWN, language
from coranto.language.en import boilerplate, datelines
from coranto.records import (
    CODED_BLOCKS,
    Basis,
    Block,
    BlockKind,
    Document,
    Field,
    Post,
    Sourced,
    Span,
    TimeExpression,
    Via,
    Words,
    make_id,
)

STAGE = "documents/1"
DATELINE_WITHIN = 3  # body paragraphs from the beginning of a report that may open with its dateline
_OPENERS = frozenset({BlockKind.BODY})
_WORDS = re.compile(r"\w+")
PATH = re.compile(r"\w[^>]* [>›»] (?:[A-Z]|(?:19|20)\d\d\b)")


class Dated(NamedTuple):
    """A date as a page's metadata give it: where, in which words, and what they mean."""

    path: str
    raw: str
    value: TimeExpression


class Piece(NamedTuple):
    """A paragraph or line of cleaned text. BODY is typed further by its form; any other kind stands."""

    kind: BlockKind
    text: str


class Entry(NamedTuple):
    """A post of a live blog: its headline, its time, its pieces."""

    headline: str
    published: Dated | None
    pieces: tuple[Piece, ...]
    author: str = ""


class Page(NamedTuple):
    """Everything that a reader learns of one page; all text is cleaned."""

    title: str = ""
    byline: str = ""
    outlet: str = ""
    language: str = ""
    canonical: str = ""
    published: Dated | None = None
    updated: Dated | None = None
    captured: datetime | None = None
    upstream: tuple[tuple[str, str], ...] = ()  # (path, name)
    pieces: tuple[Piece, ...] = ()
    entries: tuple[Entry, ...] = ()
    clues: tuple[Clue, ...] = ()  # of the day of publication, besides those that the text holds
    tail: tuple[Piece, ...] = ()  # behind the posts: never of one of them


def digest(data: bytes) -> str:
    """32 hex digits that stand for the bytes."""
    return blake2b(data, digest_size=16).hexdigest()


def alike(text: str) -> str:
    """The words of a text in lower case: two pieces are the same if these are."""
    return " ".join(_WORDS.findall(text.casefold()))


class Composer:
    """Makes documents of pages. Holds the forms of furniture and datelines, read once."""

    def __init__(self, outlets: OutletTable) -> None:
        self.outlets = outlets
        self.stretches = boilerplate.make(outlets)
        self.dateline = datelines.make(outlets)

    def form(self, line: str) -> BlockKind:
        """The kind that a whole line has by its own words: BODY where they give it none."""
        kinds = {s.kind for s in self.stretches(line)}
        if len(kinds) == 1 and kinds != _OPENERS:
            return kinds.pop()
        if (found := self.dateline(f"{line} A")) and found.end >= len(line):
            return BlockKind.DATELINE
        return BlockKind.BODY

    def document(self, page: Page, source: Source, *, uri: str = "") -> Document:
        """The document of a page: its text is headline, byline, paragraphs, then the posts, a line each."""
        uri, hashed = uri or source.uri, digest(source.data)
        ident = make_id(uri, hashed)
        writing = _Writing(self)
        writing.lead(page)
        posts = [writing.post(entry, ident) for entry in page.entries]
        writing.tail(page)
        text = writing.text()
        published = _dated(page, text, writing.blocks, ident, uri=page.canonical or uri, lead=writing.lead_blocks)
        return Document(
            id=ident,
            uri=uri,
            digest=hashed,
            outlet=page.outlet,
            text=text,
            title=page.title,
            byline=page.byline,
            language=page.language or language(text),
            canonical=page.canonical,
            published=published,
            updated=_sourced(page.updated, ident),
            captured=page.captured,
            upstream=tuple(self._upstream(page.upstream, ident)),
            blocks=tuple(writing.blocks),
            posts=tuple(p for p in posts if p is not None),
        )

    def _upstream(self, named: Iterable[tuple[str, str]], ident: str) -> Iterable[Sourced[str]]:
        for path, name in dict.fromkeys(named):
            known = self.outlets.by_name(name)
            yield Sourced(
                value=known.name if known else name,
                basis=Basis.CARRIED,
                via=Via.METADATA,
                evidence=(Field(document=ident, path=path, raw=name),),
                by=STAGE,
            )


def _dated(
    page: Page, text: str, blocks: Sequence[Block], ident: str, *, uri: str, lead: int
) -> Sourced[TimeExpression] | None:
    """The day of a page by all its evidence; a date that a record or a header line gives it stands."""
    if page.published is not None and not page.clues:
        return _sourced(page.published, ident)
    seen = [*page.clues, *clues_.of_address(uri), *clues_.of_text(text, blocks[:lead], page.captured)]
    if page.updated is not None:
        seen.append(clues_.of_value("updated", page.updated.path, page.updated.raw, page.updated.value))
    found = dating.decide([*seen, *clues_.of_events(text)], captured=page.captured)
    if found is None and page.published is None:  # what the days of months and the posts tell
        told = [*seen, *clues_.of_events(text), *clues_.of_text(text, blocks[lead:], page.captured, within=len(blocks))]
        found = dating.decide([*told, *clues_.of_story(text, told)], captured=page.captured)
    if found is None or not any(c.kind != "below" for c in found.clues):
        return _sourced(page.published, ident)
    evidence = tuple(
        Words(document=ident, span=c.span, quote=text[c.span.start : c.span.end])
        if c.span
        else Field(document=ident, path=c.path, raw=c.raw)
        for c in found.clues
    )
    metadata = found.clues[0].span is None
    return Sourced(
        value=found.value,
        basis=Basis.CARRIED,
        via=Via.METADATA if metadata else Via.RULE,
        evidence=evidence,
        score=found.score,
        by=STAGE,
    )


def _sourced(dated: Dated | None, ident: str) -> Sourced[TimeExpression] | None:
    if dated is None:
        return None
    evidence = (Field(document=ident, path=dated.path, raw=dated.raw),)
    return Sourced(value=dated.value, basis=Basis.CARRIED, via=Via.METADATA, evidence=evidence, by=STAGE)


class _Writing:
    """The text of one document as it is written, with its blocks."""

    def __init__(self, composer: Composer) -> None:
        self.composer, self.lines, self.length = composer, list[str](), 0
        self.blocks: list[Block] = []
        self.lead_blocks = 0  # blocks before the first post

    def text(self) -> str:
        return "\n".join(self.lines)

    def lead(self, page: Page) -> None:
        if page.title:
            kind = BlockKind.LINK if is_path(page.title) else BlockKind.HEADLINE
            self._line(page.title, [_whole(kind, page.title)])
        if page.byline:
            self._line(page.byline, [boilerplate.Stretch(BlockKind.BYLINE, 0, len(page.byline))])
        skipped = {alike(page.title), alike(page.byline)} - {""}
        self._pieces(p for p in page.pieces if alike(p.text) not in skipped)
        self.lead_blocks = len(self.blocks)

    def tail(self, page: Page) -> None:
        """Lines behind the posts; they are of no report."""
        self._pieces(page.tail)

    def post(self, entry: Entry, ident: str) -> Post | None:
        start, first = self.length + bool(self.lines), len(self.blocks)
        if entry.headline:
            self._line(entry.headline, [_whole(BlockKind.HEADLINE, entry.headline)])
        if entry.author and self.composer.outlets.by_name(entry.author):
            self._line(entry.author, [boilerplate.Stretch(BlockKind.BYLINE, 0, len(entry.author))])
        own = alike(entry.headline)
        self._pieces(p for p in entry.pieces if len(entry.pieces) == 1 or alike(p.text) != own)
        if len(self.blocks) == first:
            return None
        headline = self.blocks[first].span if entry.headline and self.blocks[first].kind is BlockKind.HEADLINE else None
        return Post(
            span=Span(start, self.blocks[-1].span.end),
            headline=headline,
            published=_sourced(entry.published, ident),
        )

    def _pieces(self, pieces: Iterable[Piece]) -> None:
        openers = 0
        for piece in pieces:
            stretches = self._typed(piece)
            if openers < DATELINE_WITHIN and stretches and stretches[-1].kind in _OPENERS:
                openers += 1
                stretches = self._opened(piece.text, stretches)
            self._line(piece.text, stretches)

    def _typed(self, piece: Piece) -> Sequence[boilerplate.Stretch]:
        whole = [_whole(piece.kind, piece.text)]
        if piece.kind not in {BlockKind.BODY, BlockKind.ITEM, BlockKind.LINK}:
            return whole
        found = self.composer.stretches(piece.text)
        if piece.kind is BlockKind.LINK:
            return whole if len(found) == 1 and found[0].kind is BlockKind.BODY else found
        return [s._replace(kind=piece.kind) if s.kind is BlockKind.BODY else s for s in found]

    def _opened(self, text: str, stretches: Sequence[boilerplate.Stretch]) -> Sequence[boilerplate.Stretch]:
        """The stretches with the dateline taken off the first body."""
        n, body = next((n, s) for n, s in enumerate(stretches) if s.kind in _OPENERS)
        found = self.composer.dateline(text[body.start : body.end])
        if found is None or body.start + found.end >= body.end:
            return stretches
        line = text[body.start : body.start + found.end].rstrip()
        split = [
            boilerplate.Stretch(BlockKind.DATELINE, body.start, body.start + len(line)),
            boilerplate.Stretch(body.kind, body.start + found.end, body.end),
        ]
        return [*stretches[:n], *split, *stretches[n + 1 :]]

    def _line(self, text: str, stretches: Iterable[boilerplate.Stretch]) -> None:
        if not text:
            return
        at = self.length + bool(self.lines)
        self.lines.append(text)
        self.length = at + len(text)
        self.blocks.extend(
            Block(kind=s.kind, span=Span(at + s.start, at + s.end), language=s.language) for s in stretches
        )


def is_path(title: str) -> bool:
    """True for the way to a page through its site, "World > Asia > Flood": sections and subjects, and no headline."""
    return PATH.search(title) is not None


def _whole(kind: BlockKind, text: str) -> boilerplate.Stretch:
    """A line as one stretch: FOREIGN where it would be coded and is not in the language that is."""
    told = language(text) if kind in CODED_BLOCKS else OWN
    if told != OWN:
        return boilerplate.Stretch(BlockKind.FOREIGN, 0, len(text), told)
    return boilerplate.Stretch(kind, 0, len(text))
