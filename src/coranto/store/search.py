"""Words and filters -> events with facets."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, func, literal_column, select, table, text

from coranto.records import Event, Record
from coranto.store import tables as t
from coranto.store.rows import unpack

FACETS = ("type", "actor", "recipient", "place", "modality", "outlet", "day")
LONGEST_FACET = 60
Order = Literal["relevant", "newest", "contested"]
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_FULL_TEXT = table("sentences_text")


class Search(Record, frozen=True, kw_only=True):
    """What an event must have to be found. Values of one facet are alternatives; facets are joined by "and"."""

    words: str = ""  # "quoted phrases" and begin* are understood
    facets: Mapping[str, tuple[str, ...]] = {}
    since: date | None = None  # first local day, inclusive
    until: date | None = None
    order: Order = "newest"


class Found(Record, frozen=True, kw_only=True):
    """One page of what was found, the number of all that was found, and (value, number) by facet, largest first."""

    events: tuple[Event, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def match_words(words: str) -> str:
    """The FTS5 expression of what a person typed: every term must occur; no operator of FTS5 gets through."""
    terms = []
    for phrase, word in _TERM.findall(words):
        plain = re.sub(r"[^\w\s'’.-]", " ", phrase or word).strip()
        if re.search(r"\w", plain):
            terms.append(f'"{plain}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms)


def search_events(connection: Connection, search: Search, *, limit: int, offset: int) -> Found:
    """One page of the events that a search finds, their number and their facets.

    A facet counts with every filter but its own, so that another value of it can be chosen.
    """
    wanted = _matching(search)
    total = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    e = t.EVENTS.c
    newest = (e.low.desc(), e.voices.desc(), e.id)
    order: tuple[Any, ...] = newest
    if search.order == "contested":
        order = (e.contested.desc(), e.voices.desc(), *newest)
    page = select(e.body).where(e.id.in_(wanted))
    if search.order == "relevant" and match_words(search.words):
        ranks = _hits(search.words).subquery()
        page = page.join(ranks, ranks.c.event == e.id)
        order = (ranks.c.rank, *newest)
    bodies = connection.execute(page.order_by(*order).limit(limit).offset(offset)).scalars()
    return Found(
        events=tuple(unpack(body, Event) for body in bodies),
        total=int(total),
        facets={facet: _facet(connection, search, facet) for facet in FACETS},
    )


def _matching(search: Search, *, without: str = "") -> Select[Any]:
    """Ids of the events that are found, the filter of one facet left out."""
    e, f = t.EVENTS.c, t.EVENT_FACETS.c
    wanted = select(e.id)
    if match_words(search.words):
        wanted = wanted.where(e.id.in_(select(_hits(search.words).subquery().c.event)))
    elif search.words.strip():
        wanted = wanted.where(text("0"))
    for facet, values in search.facets.items():
        if values and facet != without:
            wanted = wanted.where(e.id.in_(select(f.event).where(and_(f.facet == facet, f.value.in_(values)))))
    if search.since:
        wanted = wanted.where(e.high >= search.since.isoformat())
    if search.until:
        wanted = wanted.where(and_(e.low <= search.until.isoformat(), e.low != ""))
    return wanted


def _hits(words: str) -> Select[Any]:
    """Events with a member in a sentence that matches, with the best rank of those."""
    s, c, m = t.SENTENCES.c, t.CODED.c, t.EVENT_MEMBERS.c
    hits = (
        select(literal_column("rowid").label("n"), literal_column("rank").label("rank"))
        .select_from(_FULL_TEXT)
        .where(text("sentences_text MATCH :words").bindparams(words=match_words(words)))
        .subquery()
    )
    return (
        select(m.event, func.min(hits.c.rank).label("rank"))
        .select_from(
            hits.join(t.SENTENCES, s.n == hits.c.n)
            .join(t.CODED, c.sentence == s.id)
            .join(t.EVENT_MEMBERS, m.coded == c.id)
        )
        .group_by(m.event)
    )


def _facet(connection: Connection, search: Search, facet: str) -> tuple[tuple[str, int], ...]:
    f = t.EVENT_FACETS.c
    found = connection.execute(
        select(f.value, func.count().label("number"))
        .where(and_(f.facet == facet, f.event.in_(_matching(search, without=facet))))
        .group_by(f.value)
        .order_by(func.count().desc(), f.value)
        .limit(LONGEST_FACET)
    )
    return tuple((value, int(number)) for value, number in found)
