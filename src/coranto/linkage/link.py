"""All coded events -> the record: lineage, events with their voices and contradictions, merges, positions.

Everything is computed anew from what is stored, in one fixed order: neither the order of reading nor the size of
batches leaves a trace.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from coranto.knowledge import Knowledge
from coranto.linkage import copies, corrections, merging, parts, positions, rewrites, stories, votes, wires
from coranto.linkage import furniture as furniture_
from coranto.linkage.blocking import Cap, pairs
from coranto.linkage.clustering import NEAR_MISS, cluster
from coranto.linkage.features import with_antecedents
from coranto.linkage.gists import Gist, Origin, Pool, gists, origins
from coranto.linkage.matching import logit
from coranto.linkage.spool import Spool
from coranto.linkage.voices import Roots, echo_key
from coranto.records import CodedEvent, Document, Event, Lineage, Merge, Position, Record, Report, Story

Pair = tuple[str, str]
Layer = TypeVar("Layer", CodedEvent, Report)
Page = tuple[Document, Sequence[Report], Sequence[CodedEvent]]


class Linked(Record, frozen=True, kw_only=True):
    """The record. ``caps`` names the blocks that were too large to compare in full, ``furniture`` the coded events that
    are not part of it, because their line stands under many pieces of one outlet."""

    lineage: tuple[Lineage, ...]
    events: tuple[Event, ...]
    merges: tuple[Merge, ...]
    positions: tuple[Position, ...]
    stories: tuple[Story, ...] = ()
    caps: tuple[Cap, ...] = ()
    furniture: tuple[str, ...] = ()


class Stream(NamedTuple):
    """The record; events and judgements, which are many, are made as they are asked for, as often as wanted."""

    lineage: Sequence[Lineage]
    events: Iterable[Event]
    merges: Iterable[Merge]
    positions: Sequence[Position]
    stories: Sequence[Story]
    caps: Sequence[Cap]
    furniture: Sequence[str]  # ids of coded events that an outlet's repeated lines told


def link(
    coded: Iterable[CodedEvent],
    reports: Iterable[Report],
    documents: Iterable[Document],
    knowledge: Knowledge,
    *,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
) -> Linked:
    """The record that coded events make together; ``must`` and ``cannot`` are people's judgements over pairs."""
    told, pieces = _by_document(coded), _by_document(reports)
    pages = ((d, pieces.get(d.id, []), told.get(d.id, [])) for d in documents)
    made = stream(pages, knowledge, must=must, cannot=cannot)
    return Linked(**{name: tuple(items) for name, items in made._asdict().items()})


def stream(
    pages: Iterable[Page], knowledge: Knowledge, *, must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()
) -> Stream:
    """As ``link``, from documents with their reports and coded events, which are let go one by one.

    Of a coded event little more than a kilobyte is held, and events wait in a temporary file.
    """
    held, sources, lines, cast = _read(pages, knowledge)
    roots = Roots(lines, sources)
    furniture = furniture_.furniture(held.values(), roots, sources)
    held, cast = _without(frozenset(furniture), held, cast)
    nodes, echoes = _nodes(held.values(), roots)
    candidates, caps = pairs(nodes, least=logit(NEAR_MISS))
    clusters, merges = cluster(candidates, must=_moved(must, echoes), cannot=_moved(cannot, echoes))
    copied: dict[str, list[Gist]] = defaultdict(list)
    for id_, node in echoes.items():
        if id_ != node:
            copied[node].append(held[id_])
    full = ([*some, *(g for n in some for g in copied.get(n.id, ()))] for some in clusters)
    events = Spool(Event, (merging.event(sorted(c), roots, sources) for c in sorted(full, key=merging.event_id)))
    return Stream(
        lineage=lines,
        events=parts.Placed(events),
        merges=merges,
        positions=positions.positions(events, held, cast),
        stories=list(stories.told(events, held)),
        caps=caps,
        furniture=furniture,
    )


def _without(
    ids: frozenset[str], held: dict[str, Gist], cast: list[votes.Cast]
) -> tuple[dict[str, Gist], list[votes.Cast]]:
    """What is held and cast without some coded events."""
    if not ids:
        return held, cast
    kept = {g.id: g._replace(about="" if g.about in ids else g.about) for g in held.values() if g.id not in ids}
    return kept, [c for c in cast if c.coded not in ids]


def _read(
    pages: Iterable[Page], knowledge: Knowledge
) -> tuple[dict[str, Gist], dict[str, Origin], list[Lineage], list[votes.Cast]]:
    """Gists by id, origins by report, the lineage, and votes told by name."""
    held: dict[str, Gist] = {}
    sources: dict[str, Origin] = {}
    prints: list[copies.Print] = []
    cast: list[votes.Cast] = []
    pool = Pool()
    lines: list[Lineage] = []
    notes: list[corrections.Told] = []
    for d, pieces, coded in pages:
        mine = sorted(pieces, key=lambda r: (r.span, r.id))
        found = origins(mine, d, knowledge)
        sources.update(found)
        prints.extend(copies.prints(d, mine, found))
        boiled = list(with_antecedents(gists(coded, d, {r.id: r for r in mine}, found, knowledge, pool)))
        held.update((g.id, g) for g in boiled)
        cast.extend(votes.casts(d, mine, boiled, knowledge))
        lines.extend(wires.lineage(mine, knowledge))
        notes.extend(corrections.told(d, mine, found))
    copied = copies.lineage(prints)
    lines = sorted(
        [*copied, *rewrites.lineage(prints, copied), *corrections.lineage(notes), *lines],
        key=lambda x: (x.report, x.origin, x.how),
    )
    cast.sort(key=lambda c: (held[c.coded], c.words.span, c.actor.name))
    return held, sources, lines, cast


def _by_document(layer: Iterable[Layer]) -> dict[str, list[Layer]]:
    held: dict[str, list[Layer]] = defaultdict(list)
    for item in layer:
        held[item.document].append(item)
    return held


def _nodes(held: Iterable[Gist], roots: Roots) -> tuple[list[Gist], dict[str, str]]:
    """One coded event for all that stand at one place of copies of one text, and which stands for which."""
    first: dict[str, Gist] = {}
    keys = [(g, echo_key(g, roots)) for g in held]
    for g, key in keys:
        first[key] = min(first.get(key, g), g, key=lambda g: (g.report != roots.of(g)[0], g.published or 10**7, g))
    echoes = {g.id: first[key].id for g, key in keys}
    moved = ((n, echoes.get(n.about, n.about)) for n in first.values())
    return [n if about == n.about else n._replace(about=about) for n, about in moved], echoes


def _moved(judged: Iterable[Pair], echoes: dict[str, str]) -> list[Pair]:
    """Judgements, moved to the coded events that stand for the ones judged; unknown ones are left out."""
    return sorted((echoes[a], echoes[b]) for a, b in judged if a in echoes and b in echoes and echoes[a] != echoes[b])


def describe(caps: Iterable[Cap]) -> list[dict[str, Any]]:
    """Caps as plain values, for the run's summary."""
    return [cap._asdict() for cap in caps]
