"""Pieces with time labels between them ("2 hours ago", "10:42 GMT") -> the posts of a live blog told in plain text.

A label stands before its post, behind the post's headline, or after the post: which of these holds is read off the
whole page. A clock time gets its day from the page's own day and from the order of the labels; a label relative to
the reader's clock is resolved only where the time of capture is known.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from coranto.documents import dates
from coranto.documents.page import Dated, Entry, Piece
from coranto.language.en import labels as forms
from coranto.records import BlockKind, Period, TimeExpression

FEWEST = 3  # posts
LONG = 60  # characters that make a sentence of a post
HEADLINE = 200  # characters of the longest headline
TOLD = 0.4  # share of posts that must hold a sentence
HOUR = timedelta(hours=1)
_SPACED = re.compile(r"(?=[A-Z])|[:._]")  # "datePublished" is "date published"
_ENDED = re.compile(r"[.!?…][\"”’)]?$")


class Split(NamedTuple):
    """The pieces before the first post, the posts, the pieces behind the last."""

    lead: tuple[Piece, ...]
    entries: tuple[Entry, ...] = ()
    tail: tuple[Piece, ...] = ()


class _Section(NamedTuple):
    label: str
    pieces: list[Piece]


def split(pieces: Sequence[Piece], *, day: Dated | None, captured: datetime | None) -> Split:
    """The pieces parted at their labels; no posts where labels do not part the page into posts."""
    whole = Split(tuple(pieces))
    for parts in (("ago", "clock"), ("day",)):
        lead, sections, stamp = _sections(pieces, parts)
        if len(sections) < FEWEST:
            continue
        lead, sections = _without_summary(*_without_stamp(lead, sections))
        tail = _tail(sections)
        lead, sections = _laid_out(lead, sections)
        told = sum(_told(s.pieces) for s in sections)
        if told < max(FEWEST, (TOLD if "clock" in parts else 0.8) * len(sections)):
            continue
        times = resolved([s.label for s in sections], day=day or stamp, captured=captured)
        named = _names(sections)
        entries = tuple(_entry(s, t, named) for s, t in zip(sections, times))
        return Split(tuple(lead), entries, tuple(tail))
    return whole


def _sections(pieces: Sequence[Piece], parts: Sequence[str]) -> tuple[list[Piece], list[_Section], Dated | None]:
    """The pieces before the first label, a section a label, and the page's own stamp where it has one of another
    kind than its posts' labels."""
    found = [forms.label(p.text) for p in pieces]
    kinds = Counter(f.parts for f in found if f and f.parts & set(parts))
    usual = kinds.most_common(1)[0][0] if kinds else frozenset[str]()
    stamp: Dated | None = None
    lead: list[Piece] = []
    sections: list[_Section] = []
    for one, label in zip(pieces, found):
        if label and not label.parts & set(parts):
            label = None
        if label and "day" in label.parts - usual and not (sections and _told(sections[-1].pieces)):
            if stamp is None and (value := dates.read(one.text)):
                stamp = Dated("text", one.text, value)
            (sections[-1].pieces if sections else lead).append(Piece(BlockKind.TIMESTAMP, one.text))
        elif label and sections and not sections[-1].pieces and _joins(sections[-1].label, label):
            sections[-1] = _Section(f"{sections[-1].label} {one.text}", [])
        elif label:
            sections.append(_Section(one.text, []))
        elif "clock" in parts and (met := forms.labelled(one.text)):
            sections.append(_Section(met[0], [Piece(BlockKind.HEADLINE, met[1])]))
        else:
            (sections[-1].pieces if sections else lead).append(one)
    return lead, sections, stamp


def _joins(before: str, label: forms.Label) -> bool:
    """True if two labels on neighbouring lines are one time told in two ways: "2h ago", "14.30 GMT"."""
    other = forms.label(before)
    return other is not None and not other.parts & label.parts


def _without_stamp(lead: list[Piece], sections: list[_Section]) -> tuple[list[Piece], list[_Section]]:
    """The sections without a first one that is the page's own last change ("Last updated: 5 minutes ago")."""
    if not forms.is_change(sections[0].label) or _told(sections[0].pieces) or forms.is_change(sections[1].label):
        return lead, sections
    return [*lead, Piece(BlockKind.TIMESTAMP, sections[0].label), *sections[0].pieces], sections[1:]


def _without_summary(lead: list[Piece], sections: list[_Section]) -> tuple[list[Piece], list[_Section]]:
    """The sections without those of a box of key events above the posts, which become part of the lead."""
    at = next((n for n in range(max(0, len(lead) - 3), len(lead)) if forms.is_fixed(lead[n].text, "summary")), None)
    if at is None:
        return lead, sections
    count = min(1, len(lead) - 1 - at)
    while count <= len(sections) - FEWEST and _is_heading(sections[max(0, count - 1)].pieces):
        count += 1
    last = max(0, count - 1)
    box = [p for s in sections[:last] for p in (Piece(BlockKind.TIMESTAMP, s.label), *s.pieces)]
    rest = sections[last:count]
    box = [Piece(BlockKind.RELATED, p.text) if p.kind is BlockKind.BODY else p for p in (*lead[at:], *box)]
    behind = [p for s in rest for p in (Piece(BlockKind.TIMESTAMP, s.label), *s.pieces)]
    return [*lead[:at], *box, *behind], sections[count:]


def _is_heading(pieces: Sequence[Piece]) -> bool:
    return len(pieces) == 1 and _short(pieces)


def _tail(sections: list[_Section]) -> list[Piece]:
    """What stands behind the last post, taken off its section: from the first line that ends a page's own text."""
    pieces = sections[-1].pieces
    first = next((n for n, p in enumerate(pieces) if n and forms.is_fixed(p.text, "end")), None)
    if first is None:
        last = max((n for n, p in enumerate(pieces) if _told([p]) or _is_sentence(p)), default=len(pieces))
        if len(pieces) - last <= 4:
            return []
        first = last + 1
    tail = [Piece(BlockKind.RELATED, p.text) if p.kind in _LOOSE else p for p in pieces[first:]]
    del pieces[first:]
    return tail


_LOOSE = frozenset({BlockKind.BODY, BlockKind.ITEM, BlockKind.TEASER})


def _laid_out(lead: list[Piece], sections: list[_Section]) -> tuple[list[Piece], list[_Section]]:
    """The sections with their own pieces, wherever the labels stand."""
    others = sum(_told(s.pieces) for s in sections[:-1])
    if not _told(sections[-1].pieces) and others == len(sections) - 1 and _told(lead):  # the label stands after
        before = [lead, *(s.pieces for s in sections[:-2]), [*sections[-2].pieces, *sections[-1].pieces]]
        return [], [_Section(s.label, p) for s, p in zip(sections, before)]
    return _with_headlines(lead, sections) if _headlines_precede(lead, sections) else (lead, sections)


def _told(pieces: Sequence[Piece]) -> bool:
    return any(len(p.text) >= LONG and _ENDED.search(p.text) for p in pieces)


def _is_sentence(piece: Piece) -> bool:
    return bool(_ENDED.search(piece.text)) and len(piece.text.split()) > 4


def _short(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and len(pieces[-1].text) <= HEADLINE and not _ENDED.search(pieces[-1].text)


def _headlines_precede(lead: list[Piece], sections: list[_Section]) -> bool:
    before = [lead, *(s.pieces for s in sections[:-1])]
    heads = sum(_short(b) and not forms.is_fixed(b[-1].text, "furniture") for b in before)
    opened = sum(_short(s.pieces[:1]) for s in sections)
    return heads >= 0.7 * len(sections) and opened <= 0.3 * len(sections)


def _with_headlines(lead: list[Piece], sections: list[_Section]) -> tuple[list[Piece], list[_Section]]:
    before = [lead, *(s.pieces for s in sections[:-1])]
    heads = [b.pop() if _short(b) else None for b in before]
    made = [
        _Section(s.label, [Piece(BlockKind.HEADLINE, h.text), *s.pieces] if h else s.pieces)
        for s, h in zip(sections, heads)
    ]
    return lead, made


def _names(sections: Sequence[_Section]) -> frozenset[str]:
    """The lines that are names of who wrote a post: first or second in several sections, or in most sections some."""
    met: Counter[str] = Counter()
    count = 0
    for section in sections:
        body = [p.text for p in section.pieces if not _is_marker(p)][:2]
        names = [t for n, t in enumerate(body) if forms.is_name(t) and len(section.pieces) > n + 1]
        met.update(names)
        count += bool(names)
    least = 1 if count >= len(sections) / 2 else 2
    return frozenset(name for name, n in met.items() if n >= least)


def _is_marker(piece: Piece) -> bool:
    return forms.is_fixed(piece.text, "marker")


def _entry(section: _Section, published: Dated | None, names: frozenset[str]) -> Entry:
    """The post of a section: markers and names before its headline stand behind it."""
    pieces = list(section.pieces)
    moved: list[Piece] = []
    while len(pieces) > 1 and (_is_marker(pieces[0]) or (pieces[0].text in names and not moved)):
        kind = BlockKind.BOILERPLATE if _is_marker(pieces[0]) else BlockKind.BYLINE
        moved.append(Piece(kind, pieces.pop(0).text))
    headline = ""
    if pieces and (pieces[0].kind is BlockKind.HEADLINE or (_short(pieces[:1]) and pieces[0].kind in _LOOSE)):
        headline = pieces.pop(0).text
    if pieces and pieces[0].text in names:
        moved.append(Piece(BlockKind.BYLINE, pieces.pop(0).text))
    kept = [Piece(BlockKind.BOILERPLATE, p.text) if forms.is_fixed(p.text, "furniture") else p for p in pieces]
    return Entry(headline, published, (Piece(BlockKind.TIMESTAMP, section.label), *moved, *kept))


def resolved(labels: Sequence[str], *, day: Dated | None, captured: datetime | None) -> list[Dated | None]:
    """What each label means, or None where nothing tells its day.

    Clock times run down (newest first) or up; where one jumps against that, a midnight lies between. The newest is of
    the page's day, the oldest where that is the day on which the page was begun.
    """
    clocks = [forms.clock(label) for label in labels]
    told = [c for c in clocks if c]
    down = sum(a > b for a, b in pairwise(told)) >= sum(a < b for a, b in pairwise(told))
    known = day.value.period.best if day and day.value.period else None
    shifts, last = [0], None
    for clock in clocks:
        jumped = clock and last and (clock > last if down else clock < last)
        shifts.append(shifts[-1] + bool(jumped))
        last = clock or last
    backs = shifts[1:] if down else [shifts[-1] - s for s in shifts[1:]]
    begun = day is not None and (forms.starts(day.raw) or forms.starts(_SPACED.sub(" ", day.path)))
    newest = known + timedelta(days=max(backs, default=0)) if known and begun else known
    return [_meaning(label, c, newest, back, captured) for label, c, back in zip(labels, clocks, backs)]


def _meaning(
    label: str, clock: tuple[int, int] | None, newest: date | None, back: int, captured: datetime | None
) -> Dated | None:
    if whole := dates.read(label):
        return Dated("label", label, whole)
    if clock and newest:
        written = f"{newest - timedelta(days=back)} {clock[0] % 24:02}:{clock[1]:02}"
        value = dates.read(dates.zoned(written, forms.zone(label)))
        return Dated("label", label, value) if value else None
    if captured and (told := forms.ago(label)):
        return Dated("label", label, _before(captured, *told))
    return None


def _before(captured: datetime, length: timedelta, exact: bool) -> TimeExpression:
    """A length before a moment, which was rounded down: an instant where it is finer than days, with the days that it
    may be of."""
    width = timedelta(minutes=1) if length < HOUR else HOUR if exact else timedelta(days=max(1, length.days // 10))
    moment, low, high = captured - length, (captured - length - width).date(), (captured - length).date()
    best = (captured - length - width / 2).date()
    value = dates.at(moment) if exact else dates.on(best)
    return replace(value, period=Period(low=low, high=high, best=best))
