"""The pieces of a page's visible text -> its headline, and the pieces typed by their own form and by where they stand.

Running text is where long lines that end as sentences stand close together. What lies above the headline and below the
text is the page's furniture; between headline and text stand the standfirst, who wrote it and when; within the text
stand headings, links and boxes. A line's own words (``form``) go before its place, and a sentence within the text is
never taken out of it. Texts that are paragraphs only are left alone.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from coranto.documents.page import Piece, alike
from coranto.language.en import labels, lineforms, pageforms
from coranto.records import BlockKind

FEWEST, FURNITURE = 3, 4  # lines of running text that make a page; beside fewer of them, other lines that do
INDEX = 10  # lines of the shortest page that only lists pieces
SENTENCE = 45  # characters of the shortest line that counts as running text
LONGEST = 220  # characters that no heading or link has
SHORT_COST, KNOWN_COST, ASIDE_COST = (
    0.9,
    0.25,
    2.2,
)  # what a short line takes off: unknown, of known form, opening a list
OWN = 400  # characters of running text behind which a line may end a page's own text
RUN_COST = 10.0  # what a run of short lines (a table, a list within a text) takes off at most
ABOVE = 25  # lines above the running text among which its headline is
BETWEEN = 10  # lines below the headline among which names and times are
STANDFIRST = 3  # sentences that may stand between a headline and its names and times
MENU = 4  # words of the longest entry of a menu
HEADING = 60  # characters of the longest heading within a text
ENTRY = 100  # characters of the longest entry of a list that has lost its marks
_ENDED = re.compile(r"[.!?…:](?:[\"”’')\]]|\[\d+\])*$")
_INNER = re.compile(r"[.!?][\"”’')]* [\"“‘(]?[A-Z]")
_QUOTED = re.compile(r"[\"“][^\"“”]{20,}[\"”]\.?")
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]+:")
_PARTS = re.compile(r"\s*[·|•]\s*|\s+[/–—-]\s+")
_LOOSE = frozenset({BlockKind.BODY, BlockKind.ITEM})
_BOXES = frozenset({BlockKind.NEWSLETTER, BlockKind.DONATION})
_DATED = frozenset({BlockKind.TIMESTAMP, BlockKind.BYLINE})

Form = Callable[[str], BlockKind]  # the kind that the words of a whole line give it, BODY where they give none


class Flat(NamedTuple):
    """The headline ("" where none was found), the pieces, in their order, without it, and which piece it was."""

    title: str
    pieces: tuple[Piece, ...]
    head: int | None = None

    @property
    def kinds(self) -> list[BlockKind]:
        """The kinds of all lines, the headline's among them."""
        kinds = [p.kind for p in self.pieces]
        return kinds if self.head is None else [*kinds[: self.head], BlockKind.HEADLINE, *kinds[self.head :]]


def parted(pieces: Sequence[Piece], *, title: str = "", posts: str = "", form: Form) -> Flat | None:
    """The parts of a flattened page, or None where the pieces are a text that needs none. ``posts`` is the text of the
    posts that follow the pieces."""
    flat = ruled(pieces, title=title, posts=posts, form=form)
    if flat is None or title or posts or not any(p.kind is BlockKind.BODY for p in flat.pieces):
        return flat
    texts = [p.text for p in pieces]
    likelier = lineforms.retyped(texts, flat.kinds)
    head = likelier.index(BlockKind.HEADLINE) if BlockKind.HEADLINE in likelier else None
    kept = tuple(Piece(kind, text) for n, (kind, text) in enumerate(zip(likelier, texts)) if n != head)
    return Flat(texts[head] if head is not None else "", kept, head)


def ruled(pieces: Sequence[Piece], *, title: str = "", posts: str = "", form: Form) -> Flat | None:
    """The same by rules alone, which is what the model of lines learns from and mends."""
    page = _Page(pieces, form)
    running = sum(page.running)
    if posts and not running:
        return page.opening(title, posts)
    if not running and page.is_index():
        return page.index(title)
    if not running or all(page.running[1:]) or (running < FEWEST and len(pieces) - running < FURNITURE):
        return None
    start, end = page.stretch()
    told = " ".join([t for n, t in enumerate(page.texts) if page.running[n] and n >= start][:8])
    head = None if title else page.headline(start, told)
    page.above(start if head is None else min(head, start))
    first = page.between(head, start) if head is not None else start
    page.within(first, end)
    page.below(end)
    page.boxed()
    return page.flat(title, head)


def inner(pieces: Sequence[Piece], form: Form) -> tuple[Piece, ...]:
    """The pieces of a post, typed as within a text."""
    page = _Page(pieces, form)
    page.within(0, len(pieces))
    page.boxed()
    return page.flat("", None).pieces


def behind(one: Piece) -> BlockKind:
    """The kind of a line behind the posts of a live blog."""
    return BlockKind.BOILERPLATE if pageforms.is_menu(one.text) or one.kind is BlockKind.BOILERPLATE else one.kind


class _Page:
    """The lines of one page with the kinds that they have so far; ``known`` where a line's own words gave it."""

    def __init__(self, pieces: Sequence[Piece], form: Form) -> None:
        self.texts = [p.text for p in pieces]
        self.forms = [self._form(p, form) for p in pieces]
        self.known = [kind not in _LOOSE for kind in self.forms]
        self.kinds = [form if known else p.kind for form, known, p in zip(self.forms, self.known, pieces)]
        self.running = [not known and _is_running(p.text) for known, p in zip(self.known, pieces)]
        self._lists()

    def flat(self, title: str, head: int | None) -> Flat:
        kept = tuple(Piece(kind, text) for n, (kind, text) in enumerate(zip(self.kinds, self.texts)) if n != head)
        return Flat(self.texts[head] if head is not None else title, kept, head)

    def opening(self, title: str, posts: str) -> Flat:
        """What stands above the first post of a live blog."""
        head = None if title else self.headline(len(self.texts), posts)
        self.above(head if head is not None else 0)
        self.between(head if head is not None else -1, len(self.texts))
        return self.flat(title, head)

    def is_index(self) -> bool:
        """True if the lines, none of them running text, are the titles of pieces among menus, names and times."""
        furniture = [known or pageforms.is_menu(t) for known, t in zip(self.known, self.texts)]
        told = any(self._is_sentence(n) or len(text) > LONGEST for n, text in enumerate(self.texts))
        return len(self.texts) >= INDEX and not told and sum(furniture) * 4 >= len(self.texts)

    def index(self, title: str) -> Flat:
        """The titles of pieces are teasers."""
        for n, text in enumerate(self.texts):
            if not self.known[n]:
                self.kinds[n] = BlockKind.TEASER if _words(text) > MENU else BlockKind.BOILERPLATE
        return self.flat(title, None)

    @staticmethod
    def _form(one: Piece, form: Form) -> BlockKind:
        if one.kind not in _LOOSE:
            return one.kind
        if not any(map(str.isalnum, one.text)):
            return BlockKind.BOILERPLATE
        parts = [p for p in _PARTS.split(one.text) if p]
        if len(parts) > 2 and all(_words(p) < MENU and not any(map(str.isdigit, p)) for p in parts):
            return BlockKind.BOILERPLATE
        if (kind := form(one.text)) is not BlockKind.BODY:
            return kind
        if labels.label(one.text):
            return BlockKind.TIMESTAMP
        if 1 < len(parts) <= 4 and len(one.text) <= ENTRY and BlockKind.TIMESTAMP in (told := [form(p) for p in parts]):
            named = BlockKind.BYLINE in told or any(labels.is_name(p) and not pageforms.is_menu(p) for p in parts)
            return BlockKind.BYLINE if named else BlockKind.TIMESTAMP
        return one.kind

    def _lists(self) -> None:
        """Boxes that a screen reader's words open and close ("list of 3 items", "end of list")."""
        opened = None
        for n, text in enumerate(self.texts):
            if pageforms.matches("list opens", text):
                opened = n
            elif opened is not None and pageforms.matches("list ends", text):
                for k in range(opened, n + 1):
                    told = not self.known[k] and not pageforms.matches("list", self.texts[k])
                    self._type(k, BlockKind.RELATED if told and _words(self.texts[k]) > MENU else BlockKind.BOILERPLATE)
                opened = None

    def _type(self, n: int, kind: BlockKind) -> None:
        self.kinds[n] = self.forms[n] = kind
        self.known[n], self.running[n] = True, False

    def stretch(self) -> tuple[int, int]:
        """The running text, half-open: the lines with the highest sum of scores, up to where a page's own text ends."""
        best, start, end = 0.0, 0, 0
        total, first, run = 0.0, 0, 0.0
        for n in range(len(self.texts)):
            if total <= 0:
                total, first = 0.0, n
            score = self._score(n)
            run = 0.0 if score > 0 else run - score
            total += score if score > 0 or score <= -ASIDE_COST or run <= RUN_COST else 0.0
            if total > best:
                best, start, end = total, first, n + 1
        own = 0
        for n in range(start, end):
            if (
                own >= OWN
                and labels.is_fixed(self.texts[n], "end")
                and (self._behind(n + 1) or not self.running[n + 1])
            ):
                return start, n
            if own >= OWN and self._behind(n) and 2 * self._told(n + 1, end) < own:
                return start, n
            own += self._told(n, n + 1)
        while end < len(self.texts) and self._is_sentence(end) and not self.known[end] and not self._behind(end):
            end += 1
        while end - 1 > start and (self.known[end - 1] or self._behind(end - 1)):
            end -= 1
        return start, end

    def _told(self, start: int, end: int) -> int:
        """Characters of running text."""
        return sum(len(self.texts[n]) for n in range(start, end) if self.running[n])

    def _behind(self, n: int) -> bool:
        """True if a line is what stands behind a text: a few words on who wrote it."""
        return pageforms.matches("behind", self.texts[n])

    def _linked(self, n: int) -> bool:
        """True if a line is one of three at most behind a line that links to other pieces from within a text."""
        opener = next((k for k in range(n - 1, max(-1, n - 4), -1) if self.known[k] or self.running[k]), None)
        return opener is not None and pageforms.matches("inline link", self.texts[opener])

    def _score(self, n: int) -> float:
        if self.running[n]:
            return 1.0 + min(len(self.texts[n]), 300) / 100
        if labels.is_fixed(self.texts[n], "end") or (
            labels.is_fixed(self.texts[n], "aside") and not self.known[n] and not pageforms.is_menu(self.texts[n])
        ):
            return -ASIDE_COST
        return -KNOWN_COST if self.known[n] or self._is_sentence(n) or self._linked(n) else -SHORT_COST

    def _is_sentence(self, n: int) -> bool:
        return bool(_ENDED.search(self.texts[n])) and _words(self.texts[n]) > MENU

    def headline(self, start: int, told: str) -> int | None:
        """The line above the running text that is most like a headline: near it, long enough, in the words that the
        text opens with; of neighbours the first, for a standfirst says the same again."""
        words = set(alike(told).split())
        scores = {n: s for n in range(max(0, start - ABOVE), start) if (s := self._like_headline(n, start, words))}
        found = max(scores, key=lambda n: (scores[n], n), default=None)
        while found is not None and scores.get(found - 1, 0.0) > 0.55 * scores[found] and self._is_told(found - 1):
            found -= 1
        return found

    def _is_told(self, n: int) -> bool:
        """True if a line has words enough to say what happened."""
        return sum(word[:1].isalpha() for word in self.texts[n].split()) >= MENU

    def _like_headline(self, n: int, start: int, words: set[str]) -> float:
        """0 where a line is none."""
        line = self.texts[n]
        own = [w for w in alike(line).split() if len(w) > 3]
        trail = any(line != other and line.endswith(other) and _words(other) > MENU for other in self.texts)
        if trail or self.known[n] or not 15 <= len(line) <= LONGEST or len(own) < 2 or labels.label(line):
            return 0.0
        if (_words(line) < 4 and (labels.is_name(line) or line.isupper())) or (
            _words(line) < 7 and pageforms.matches("organisation", line)
        ):
            return 0.0
        shared = sum(w in words for w in own) / len(own)
        dated = sum(0.15 for kind in self.forms[n + 1 : n + 4] if kind in _DATED)
        again = line in self.texts[max(0, n - 6) : n] or line in self.texts[n + 1 : n + 4]
        again = again or any(line in other and line != other for other in self.texts)
        score = shared + min(len(line), 80) / 160 + min(dated, 0.3) - 0.02 * (start - n) - 0.3 * line.endswith(".")
        score += 0.15 * again
        return score if score > 0.45 else 0.0

    def above(self, end: int) -> None:
        """Menus, and links to other pieces."""
        for n in range(end):
            if not self.known[n] and self.kinds[n] in _LOOSE:
                told = BlockKind.RELATED if self.running[n] else BlockKind.LINK
                self.kinds[n] = BlockKind.BOILERPLATE if _words(self.texts[n]) <= MENU else told

    def between(self, head: int, start: int) -> int:
        """Types the lines from the headline to the last name or time near it; where the text begins."""
        dated = [n for n in range(head + 1, min(head + 1 + BETWEEN, len(self.texts))) if self._is_dated(n)]
        last = next((n for n in reversed(dated) if self._is_standfirst(head + 1, n)), head)
        first = max(last + 1, start)
        for n in range(head + 1, first):
            text = self.texts[n]
            if not self.known[n] and self.kinds[n] is BlockKind.BODY:
                self.kinds[n] = BlockKind.CAPTION if self._credited(n) else self._between(text)
        return first

    def _is_standfirst(self, start: int, end: int) -> bool:
        """True if the sentences of some lines are few beside those that follow."""
        before, after = sum(self.running[start:end]), sum(self.running[end:])
        return before <= STANDFIRST and (not before or after > 2 * before)

    @staticmethod
    def _between(text: str) -> BlockKind:
        if pageforms.is_place(text):
            return BlockKind.DATELINE
        if (
            pageforms.is_menu(text)
            or "://" in text
            or (_words(text) <= MENU and pageforms.matches("organisation", text))
        ):
            return BlockKind.BOILERPLATE
        capitals = text.isupper() and 2 <= _words(text) <= 3
        if labels.is_name(text) or capitals or pageforms.matches("title", text):
            return BlockKind.BYLINE
        return BlockKind.TEASER if _words(text) > MENU else BlockKind.BOILERPLATE

    def _credited(self, n: int) -> bool:
        """True if a line stands above the credit of a picture."""
        return (
            _words(self.texts[n]) > MENU
            and n + 1 < len(self.texts)
            and pageforms.matches("picture credit", self.texts[n + 1])
        )

    def _is_dated(self, n: int) -> bool:
        named = not self.running[n] and labels.is_name(self.texts[n]) and not pageforms.is_menu(self.texts[n])
        return self.forms[n] in _DATED or named

    def within(self, start: int, end: int) -> None:
        """Headings, links and boxes within the text."""
        listed = box = False
        for n in range(start, end):
            text = self.texts[n]
            if self.known[n] or self.kinds[n] not in _LOOSE:
                box = self.forms[n] is BlockKind.RELATED or (box and self.forms[n] is BlockKind.TIMESTAMP)
                continue
            box = box and not self.running[n]
            ended = bool(_ENDED.search(text))
            listed = (listed or self._opens_list(n, end)) and not text.endswith(":") and len(text) <= ENTRY and ended
            if self.kinds[n] is BlockKind.ITEM:
                continue
            if (n == start or not ended) and self._credited(n):
                self.kinds[n] = BlockKind.CAPTION
            elif _QUOTED.fullmatch(text):
                self.kinds[n] = BlockKind.QUOTE
            elif _asks(text):
                self.kinds[n] = BlockKind.TEASER
            elif self._tagged(n):
                self.kinds[n] = BlockKind.BOILERPLATE
            elif self._signed(n, end):
                self.kinds[n] = BlockKind.BYLINE
            elif box:
                self.kinds[n] = BlockKind.RELATED if _words(text) > 2 else BlockKind.BOILERPLATE
            elif text.endswith(":") and _words(text) <= MENU:
                self.kinds[n] = BlockKind.TEASER
            elif listed:
                self.kinds[n] = BlockKind.ITEM
            elif not self.running[n] and len(text) <= LONGEST and not ended:
                self.kinds[n] = self._inner(n, end)

    def _opens_list(self, n: int, end: int) -> bool:
        """True if a line is the first of two or more short sentences behind a colon."""
        if n == 0 or n + 1 >= end or not self.texts[n - 1].endswith(":"):
            return False
        return all(len(t) <= ENTRY and _ENDED.search(t) and not t.endswith(":") for t in self.texts[n : n + 2])

    def _tagged(self, n: int) -> bool:
        """True if a line is the list of words behind "Tags:"."""
        return n > 0 and pageforms.matches("tags", self.texts[n - 1]) and not _ENDED.search(self.texts[n])

    def _signed(self, n: int, end: int) -> bool:
        """True if a line is a name above what its bearer is, or that."""
        if n + 1 < end and labels.is_name(self.texts[n]) and pageforms.matches("title", self.texts[n + 1]):
            return True
        return n > 0 and self.kinds[n - 1] is BlockKind.BYLINE and pageforms.matches("title", self.texts[n])

    def _inner(self, n: int, end: int) -> BlockKind:
        text, words = self.texts[n], _words(self.texts[n])
        if pageforms.is_menu(text):
            return BlockKind.BOILERPLATE
        follows = next((k for k in range(n + 1, end) if not self.known[k]), end)
        if text.isupper() and words <= MENU:
            return BlockKind.TEASER
        if follows < end and (self.running[follows] or self._is_sentence(follows)) and len(text) <= HEADING:
            return BlockKind.TEASER
        return BlockKind.LINK if words > MENU else BlockKind.BOILERPLATE

    def below(self, end: int) -> None:
        """Lists of other pieces, menus, who wrote the piece."""
        box = False
        for n in range(end, len(self.texts)):
            text = self.texts[n]
            if self.known[n] or self.kinds[n] not in _LOOSE:
                box = self.forms[n] is BlockKind.RELATED or (box and self.forms[n] is BlockKind.TIMESTAMP)
            elif labels.is_fixed(text, "aside") or labels.is_fixed(text, "end"):
                box = pageforms.matches("list of pieces", text) or not pageforms.is_menu(text)
                self.kinds[n] = BlockKind.RELATED if box else BlockKind.BOILERPLATE
            elif _words(text) <= (2 if box else MENU):
                self.kinds[n] = BlockKind.BOILERPLATE
            elif not box and self._is_sentence(n) and (pageforms.matches("author", text) or self._behind(n)):
                self.kinds[n] = BlockKind.CREDIT
            elif self._is_sentence(n) and not box:
                self.kinds[n] = BlockKind.RELATED if self.running[n] else BlockKind.BOILERPLATE
            else:
                self.kinds[n] = BlockKind.RELATED if box else BlockKind.LINK

    def boxed(self) -> None:
        """A line between two of one appeal is part of it."""
        for n in range(1, len(self.texts) - 1):
            before, after = self.forms[n - 1], self.forms[n + 1]
            if not self.known[n] and before is after and before in _BOXES:
                self.kinds[n] = before


def _is_running(line: str) -> bool:
    if len(line) < SENTENCE:
        return False
    return bool(_ENDED.search(line) or (len(line) > 90 and _INNER.search(line)) or len(line) > LONGEST)


def _words(line: str) -> int:
    return len(line.split())


def _asks(line: str) -> bool:
    return line.endswith("?") and len(line) <= ENTRY and line[:1].isupper() and not _SPEAKER.match(line)
