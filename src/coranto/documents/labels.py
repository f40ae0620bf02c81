"""Pieces with time labels between them ("2 hours ago", "10:42 GMT") -> the posts of a live blog told in plain text.

A label stands before its post, behind the post's headline, or after the post: which of these holds is read off the
whole page. A clock time gets its day from the page's own day and from the order of the labels; a label relative to
the reader's clock is resolved only where the time of capture is known.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from coranto.documents import dates
from coranto.documents.page import Dated, Entry, Piece
from coranto.records import BlockKind

FEWEST = 3  # posts
LONG = 60  # characters that make a sentence of a post
_ZONE = r"(?:\(?(?:[A-Z]{2,4}|local time)\)?)"
_CLOCK = rf"\d{{1,2}}(?:[:.h]\d\d)(?:\s?[ap]\.?m\.?)?(?:\s?{_ZONE})?|\d{{1,2}}\s?[ap]\.?m\.?(?:\s?{_ZONE})?"
_AGO = (
    r"(?:about |over )?(?:\d{1,3}|an?|one)\s?(?:m|h|d|mins?|minutes?|hrs?|hours?|days?|weeks?|months?)\.? ago|just now"
)
_PREFIX = r"(?:(?:last )?(?:updated?|posted|published)\b(?: at)?[:\s]*)?"
_LABEL = re.compile(
    rf"{_PREFIX}(?:{_AGO}|{_CLOCK})(?:\s*[/|·•,(-]\s*(?:{_AGO}|{_CLOCK})\)?)?(?:\s*[/|·•,-].{{0,30}})?", re.I
)
_LABELLED = re.compile(rf"({_CLOCK})\s*[-–—|:]\s*(\S.{{8,240}})", re.I)
_AGO_PARTS = re.compile(r"(\d{1,3}|an?|one)\s?(m|h|d|w)[a-z]*\.? ago", re.I)
_CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?\s?([ap])?(?:\.?m\b)?", re.I)
_ZONED = re.compile(r"(?:\d|[apAP]\.?[mM]\.?)\s?\(?(?![AP]M)([A-Z]{2,4})\b")
_ENDED = re.compile(r"[.!?…][\"”’)]?$")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


class _Section(NamedTuple):
    label: str
    pieces: list[Piece]


def split(
    pieces: Sequence[Piece], *, day: Dated | None, captured: datetime | None
) -> tuple[tuple[Piece, ...], tuple[Entry, ...]]:
    """The pieces before the first post, and the posts; no posts where labels do not part the page into posts."""
    lead, sections = _sections(pieces)
    if len(sections) < FEWEST:
        return tuple(pieces), ()
    if not sections[-1].pieces and _told(lead):  # the label stands after its post
        before = [lead, *(s.pieces for s in sections[:-1])]
        lead, sections = [], [_Section(s.label, p) for s, p in zip(sections, before)]
    elif _headlines_precede(lead, sections):
        lead, sections = _with_headlines(lead, sections)
    if sum(_told(s.pieces) for s in sections) < max(FEWEST, 0.7 * len(sections)):
        return tuple(pieces), ()
    times = resolved([s.label for s in sections], day=day, captured=captured)
    return tuple(lead), tuple(_entry(s, t) for s, t in zip(sections, times))


def _sections(pieces: Sequence[Piece]) -> tuple[list[Piece], list[_Section]]:
    lead: list[Piece] = []
    sections: list[_Section] = []
    for one in pieces:
        if len(one.text) <= 60 and _LABEL.fullmatch(one.text):
            sections.append(_Section(one.text, []))
        elif met := _LABELLED.fullmatch(one.text):
            sections.append(_Section(met[1], [Piece(BlockKind.HEADLINE, met[2])]))
        else:
            (sections[-1].pieces if sections else lead).append(one)
    return lead, sections


def _told(pieces: Sequence[Piece]) -> bool:
    return any(len(p.text) >= LONG and _ENDED.search(p.text) for p in pieces)


def _short(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and len(pieces[-1].text) <= 200 and not _ENDED.search(pieces[-1].text)


def _headlines_precede(lead: list[Piece], sections: list[_Section]) -> bool:
    before = [lead, *(s.pieces for s in sections[:-1])]
    return sum(_short(b) for b in before) >= 0.7 * len(sections) and not _short(sections[-1].pieces[:1])


def _with_headlines(lead: list[Piece], sections: list[_Section]) -> tuple[list[Piece], list[_Section]]:
    before = [lead, *(s.pieces for s in sections[:-1])]
    heads = [b.pop() if _short(b) else None for b in before]
    made = [
        _Section(s.label, [Piece(BlockKind.HEADLINE, h.text), *s.pieces] if h else s.pieces)
        for s, h in zip(sections, heads)
    ]
    return lead, made


def _entry(section: _Section, published: Dated | None) -> Entry:
    pieces, headline = list(section.pieces), ""
    if len(pieces) > 1 and (pieces[0].kind is BlockKind.HEADLINE or _short(pieces[:1])):
        headline = pieces.pop(0).text
    return Entry(headline, published, (Piece(BlockKind.TIMESTAMP, section.label), *pieces))


def resolved(labels: Sequence[str], *, day: Dated | None, captured: datetime | None) -> list[Dated | None]:
    """What each label means, or None where nothing tells its day.

    Clock times run down (newest first) or up; where one jumps against that, a midnight lies between. The newest is of
    the page's day.
    """
    clocks = [_clock(label) for label in labels]
    told = [c for c in clocks if c]
    down = sum(a > b for a, b in pairwise(told)) >= sum(a < b for a, b in pairwise(told))
    newest = day.value.period.best if day and day.value.period else None
    shifts, last = [0], None
    for clock in clocks:
        jumped = clock and last and (clock > last if down else clock < last)
        shifts.append(shifts[-1] + bool(jumped))
        last = clock or last
    backs = shifts[1:] if down else [shifts[-1] - s for s in shifts[1:]]
    return [_meaning(label, c, newest, back, captured) for label, c, back in zip(labels, clocks, backs)]


def _meaning(
    label: str, clock: tuple[int, int] | None, newest: date | None, back: int, captured: datetime | None
) -> Dated | None:
    if whole := dates.read(label):
        return Dated("label", label, whole)
    if clock and newest:
        zone = _ZONED.search(label)
        written = f"{newest - timedelta(days=back)} {clock[0] % 24:02}:{clock[1]:02}"
        value = dates.read(dates.zoned(written, zone[1] if zone else ""))
        return Dated("label", label, value) if value else None
    if captured and (met := _AGO_PARTS.search(label)):
        count = int(met[1]) if met[1].isdigit() else 1
        moment = captured - count * _UNITS[met[2].lower()]
        exact = met[2].lower() in "mh"
        return Dated("label", label, dates.at(moment) if exact else dates.on(moment.date()))
    return None


def _clock(label: str) -> tuple[int, int] | None:
    met = _CLOCK_PARTS.search(re.sub(_AGO, "", label, flags=re.I))
    if met is None or not (met[2] or met[3]) or int(met[1]) > 24:
        return None
    hour = int(met[1])
    if met[3]:
        hour = hour % 12 + (12 if met[3].lower() == "p" else 0)
    return hour, int(met[2] or 0)
