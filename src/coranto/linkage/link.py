"""All coded events -> the record: lineage, events with their voices and contradictions, merges, positions.

Everything is computed anew from what is stored, in one fixed order: neither the order of reading nor the size of
batches leaves a trace.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from coranto.knowledge import Knowledge
from coranto.linkage import copies, corrections, merging, parts, positions, stories, votes, wires
from coranto.linkage import furniture as furniture_
from coranto.linkage.blocking import Cap, pairs
from coranto.linkage.clustering import NEAR_MISS, cluster
from coranto.linkage.features import with_antecedents
from coranto.linkage.gists import Gist, Origin, gists, origins
from coranto.linkage.matching import judge
from coranto.linkage.voices import Roots, echo_key
from coranto.records import CodedEvent, Document, Event, Lineage, Merge, Position, Record, Report, Story

Pair = tuple[str, str]
Layer = TypeVar("Layer", CodedEvent, Report)
Source = Iterable[Layer] | Callable[[str], Iterable[Layer]]


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


def link(
    coded: Source[CodedEvent],
    reports: Source[Report],
    documents: Iterable[Document],
    knowledge: Knowledge,
    *,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
) -> Linked:
    """The record that coded events make together; ``must`` and ``cannot`` are people's judgements over pairs.

    ``coded`` and ``reports`` may be functions of a document's id, so that not all need be in memory at once.
    """
    held, sources, lines, cast = _read(coded, reports, documents, knowledge)
    roots = Roots(lines, sources)
    furniture = furniture_.furniture(held.values(), roots, sources)
    held, cast = _without(frozenset(furniture), held, cast)
    nodes, echoes = _nodes(held.values(), roots)
    looked_at, caps = pairs(nodes)
    judged = {(m.a, m.b): m for m in (judge(a, b) for a, b in looked_at) if m.score >= NEAR_MISS}
    clusters, merges = cluster(nodes, judged, must=_moved(must, echoes), cannot=_moved(cannot, echoes))
    copied: dict[str, list[Gist]] = defaultdict(list)
    for id_, node in sorted(echoes.items()):
        copied[node].append(held[id_])
    full = [sorted(g for n in nodes_ for g in copied[n.id]) for nodes_ in clusters]
    events = parts.placed(sorted((merging.event(c, roots, sources) for c in full), key=lambda e: e.id))
    return Linked(
        lineage=tuple(lines),
        events=tuple(events),
        merges=tuple(merges),
        positions=tuple(positions.positions(events, held, cast)),
        stories=tuple(stories.told(events, held)),
        caps=tuple(caps),
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
    coded: Source[CodedEvent], reports: Source[Report], documents: Iterable[Document], knowledge: Knowledge
) -> tuple[dict[str, Gist], dict[str, Origin], list[Lineage], list[votes.Cast]]:
    """Gists by id, origins by report, the lineage, and votes told by name; texts are let go one by one."""
    coded_of, reports_of = _of(coded), _of(reports)
    held: dict[str, Gist] = {}
    sources: dict[str, Origin] = {}
    prints: list[copies.Print] = []
    cast: list[votes.Cast] = []
    lines: list[Lineage] = []
    notes: list[corrections.Told] = []
    for d in documents:
        mine = sorted(reports_of(d.id), key=lambda r: (r.span, r.id))
        found = origins(mine, d, knowledge)
        sources.update(found)
        prints.extend(copies.prints(d, mine, found))
        boiled = list(with_antecedents(gists(coded_of(d.id), d, {r.id: r for r in mine}, found, knowledge)))
        held.update((g.id, g) for g in boiled)
        cast.extend(votes.casts(d, mine, boiled, knowledge))
        lines.extend(wires.lineage(mine, knowledge))
        notes.extend(corrections.told(d, mine, found))
    lines = sorted(
        [*copies.lineage(prints), *corrections.lineage(notes), *lines], key=lambda x: (x.report, x.origin, x.how)
    )
    cast.sort(key=lambda c: (c.coded, c.words.span, c.actor.name))
    return dict(sorted(held.items())), sources, lines, cast


def _of(source: Source[Layer]) -> Callable[[str], Iterable[Layer]]:
    """What a document has of a layer, by the document's id."""
    if callable(source):
        return source
    held: dict[str, list[Layer]] = defaultdict(list)
    for item in source:
        held[item.document].append(item)
    return lambda document: held.pop(document, ())


def _nodes(held: Iterable[Gist], roots: Roots) -> tuple[list[Gist], dict[str, str]]:
    """One coded event for all that stand at one place of copies of one text, and which stands for which."""
    same: dict[str, list[Gist]] = defaultdict(list)
    for g in held:
        same[echo_key(g, roots)].append(g)
    nodes: list[Gist] = []
    echoes: dict[str, str] = {}
    for some in same.values():
        first = min(some, key=lambda g: (g.report != roots.of(g)[0], g.published or 10**7, g.report, g.id))
        nodes.append(first)
        echoes.update((g.id, first.id) for g in some)
    return sorted(n._replace(about=echoes.get(n.about, n.about)) for n in nodes), echoes


def _moved(judged: Iterable[Pair], echoes: dict[str, str]) -> list[Pair]:
    """Judgements, moved to the coded events that stand for the ones judged; unknown ones are left out."""
    return sorted((echoes[a], echoes[b]) for a, b in judged if a in echoes and b in echoes and echoes[a] != echoes[b])


def describe(caps: Iterable[Cap]) -> list[dict[str, Any]]:
    """Caps as plain values, for the run's summary."""
    return [cap._asdict() for cap in caps]
