"""The pieces of a page's visible text -> its headline, and the pieces with menus and lists of other pages marked.

Running text is where long lines that end as sentences stand close together; what lies before and behind it is the
page's furniture. Texts that are paragraphs only are left alone.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from coranto.documents.page import Piece, alike
from coranto.language.en import labels as forms
from coranto.records import BlockKind

FEWEST = 14  # lines below which a text is no flattened page
LOOSE = 0.35  # share of short lines that makes it one
RUN = 4  # short lines at its beginning or end that make it one
SENTENCE = 45  # characters of the shortest line that counts as running text
SHORT_COST, ASIDE_COST = 0.9, 2.2  # what a short line, and one that opens a list of other pages, take off
OWN = 400  # characters of running text behind which a line may end a page's own text
_ENDED = re.compile(r"[.!?…:][\"”’')\]]*$")
_INNER = re.compile(r"[.!?][\"”’')]* [\"“‘(]?[A-Z]")
_KINDS = frozenset({BlockKind.BODY, BlockKind.ITEM})


class Flat(NamedTuple):
    """The headline ("" where none was found) and the pieces, in their order, without it."""

    title: str
    pieces: tuple[Piece, ...]


def parted(pieces: Sequence[Piece], *, title: str = "") -> Flat | None:
    """The parts of a flattened page, or None where the pieces are a text that needs none."""
    running = [_is_running(p.text) for p in pieces]
    if not _is_flat(running):
        return None
    scores = [_score(p.text, r) for p, r in zip(pieces, running)]
    start, end = _best(scores)
    end = _ended(pieces, running, start, end)
    if not any(running[start:end]):
        return None
    head = None if title else _headline(pieces, start)
    first = start if head is None else min(start, head)
    kinds = [
        p if first <= n < end or p.kind not in _KINDS else Piece(BlockKind.LINK if not r else BlockKind.RELATED, p.text)
        for n, (p, r) in enumerate(zip(pieces, running))
    ]
    inner = [_inner(p, r) if start <= n < end else p for n, (p, r) in enumerate(zip(kinds, running))]
    kept = tuple(p for n, p in enumerate(inner) if n != head)
    return Flat(pieces[head].text if head is not None else title, kept)


def _is_running(line: str) -> bool:
    return len(line) >= SENTENCE and bool(_ENDED.search(line) or (len(line) > 120 and _INNER.search(line)))


def _is_flat(running: Sequence[bool]) -> bool:
    if len(running) < FEWEST or running.count(False) < LOOSE * len(running):
        return False
    if not any(running[:RUN]) or not any(running[-RUN:]):
        return True
    return "0" * (2 * RUN) in "".join("01"[r] for r in running)


def _score(line: str, running: bool) -> float:
    if running:
        return 1.0 + min(len(line), 300) / 100
    return -ASIDE_COST if forms.is_fixed(line, "aside") or forms.is_fixed(line, "end") else -SHORT_COST


def _best(scores: Sequence[float]) -> tuple[int, int]:
    """The stretch with the highest sum: half-open."""
    best, start, end = 0.0, 0, 0
    total, first = 0.0, 0
    for n, score in enumerate(scores):
        if total <= 0:
            total, first = 0.0, n
        total += score
        if total > best:
            best, start, end = total, first, n + 1
    return start, end


def _ended(pieces: Sequence[Piece], running: Sequence[bool], start: int, end: int) -> int:
    """Where the running text ends: at the first line that ends a page's own text, behind enough of it."""
    own = 0
    for n in range(start, end):
        if own >= OWN and forms.is_fixed(pieces[n].text, "end"):
            return n
        own += len(pieces[n].text) if running[n] else 0
    return end


def _headline(pieces: Sequence[Piece], start: int) -> int | None:
    """The line above the running text that is most like a headline: near it, long enough, in the text's own words."""
    words = set(alike(" ".join(p.text for p in pieces[start : start + 6])).split())
    best, found = 0.0, None
    for n in range(max(0, start - 15), start):
        line = pieces[n].text
        own = [w for w in alike(line).split() if len(w) > 3]
        if not 15 <= len(line) <= 200 or len(own) < 2 or forms.label(line) or forms.is_name(line):
            continue
        shared = sum(w in words for w in own) / len(own)
        score = shared + min(len(line), 80) / 160 - 0.02 * (start - n)
        if score > max(best, 0.45):
            best, found = score, n
    return found


def _inner(one: Piece, running: bool) -> Piece:
    """A short line within the running text without an end of a sentence: a heading, a link, a label."""
    if running or one.kind is not BlockKind.BODY or _ENDED.search(one.text):
        return one
    return Piece(BlockKind.LINK, one.text)
