"""Events -> positions: who stands where on a matter, by which act."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from coranto.knowledge.tables import read_rows
from coranto.linkage.gists import Gist, actor_key
from coranto.linkage.matching import FOLDER
from coranto.records import Event, Modality, Period, Position, Ref, RefKind, Stance

SPEAK_FOR = frozenset({"GOV", "MIL", "LEG", "SPY", "JUD"})
HELD = frozenset({Modality.ASSERTED, Modality.CLAIMED})
NEAR = 40  # characters from the trigger on in which a word decides
_CLAUSE = re.compile(r"[,;:.]| who | which | while | as | after | before ")


class Row(NamedTuple):
    """What a kind of coded event shows."""

    type: str
    cameo: str
    trigger: str
    stance: Stance
    act: str


@cache
def _rows() -> tuple[Row, ...]:
    columns = ("type", "cameo", "trigger", "stance", "act")
    return tuple(
        Row(r["type"], r["cameo"], r["trigger"], Stance(r["stance"]), r["act"])
        for r in read_rows(FOLDER / "positions.tsv", columns=columns)
    )


def shown(gist: Gist) -> Row | None:
    """Which stance a coded event shows, if any: of what was done, not of what is planned, denied or history.

    Of the rows that fit, the one whose word comes first in the text decides, then the one that is listed first.
    """
    if gist.modality not in HELD:
        return None
    fitting = []
    for n, row in enumerate(_rows()):
        if row.type in ("*", gist.type.value) and gist.cameo.startswith(row.cameo):
            found = re.search(rf"\b{re.escape(row.trigger)}\b", gist.phrase[:NEAR]) if row.trigger else None
            if found or not row.trigger:
                fitting.append((found.start() if found else NEAR, n, row))
    return min(fitting)[2] if fitting else None


def positions(events: Sequence[Event], members: Mapping[str, Gist]) -> list[Position]:
    """A position for every actor that can hold one, matter and act of every event, in order of actor and day."""
    content: dict[str, list[Gist]] = {}
    for g in members.values():
        if g.parent:
            content.setdefault(g.parent, []).append(g)
    made = [p for e in events for p in _of(e, members, content)]
    return sorted(
        made, key=lambda p: (actor_key(p.actor), str(p.period.low if p.period else ""), p.matter, p.act, p.coded)
    )


def _of(event: Event, members: Mapping[str, Gist], content: Mapping[str, Sequence[Gist]]) -> Iterator[Position]:
    held: dict[tuple[str, Stance, str], tuple[Ref, list[Gist]]] = {}
    for g in (members[c] for c in event.coded):
        row = shown(g)
        if row is None:
            continue
        for ref in (a for a in g.actors if holds(a) and not _at_home(a, g)):
            held.setdefault((ref.country or actor_key(ref), row.stance, row.act), (ref, []))[1].append(g)
    for (_, stance, act), (ref, gists) in sorted(held.items(), key=lambda item: item[0]):
        yield Position(
            actor=ref,
            matter=_matter(gists, content),
            stance=stance,
            act=act,
            period=_period(gists),
            coded=tuple(sorted({g.id for g in gists})),
            evidence=tuple(dict.fromkeys(g.trigger for g in gists)),
        )


def holds(ref: Ref) -> bool:
    """True if an actor is, or speaks for, a state, an organisation or an armed group."""
    if ref.kind in (RefKind.COUNTRY, RefKind.ORGANISATION, RefKind.ARMED_GROUP):
        return bool(ref.country or ref.id)
    return bool(ref.country) and bool(SPEAK_FOR & set(ref.sectors))


def _at_home(ref: Ref, gist: Gist) -> bool:
    """True if it is done to one's own side alone: a quarrel within a state is no position of that state."""
    return bool(gist.recipients) and {r.country for r in gist.recipients} == {ref.country}


def _matter(gists: Sequence[Gist], content: Mapping[str, Sequence[Gist]]) -> str:
    """What it is about, in words: the recipients and what is said of them, else the words after the trigger."""
    names = sorted({r.name for g in gists for r in g.recipients})
    inner = sorted({c.trigger.quote for g in gists for c in content.get(g.id, ())})
    if names or inner:
        return ": ".join(filter(None, (", ".join(names), ", ".join(inner))))
    first = min(gists, key=lambda g: g.id)
    after = first.phrase[len(first.trigger.quote) :].strip()
    return _CLAUSE.split(after)[0].strip()


def _period(gists: Sequence[Gist]) -> Period | None:
    known = [
        g.time.period
        for g in sorted(gists)
        if g.time and g.time.period and (g.exact or not any(x.exact for x in gists))
    ]
    return min(known, key=lambda p: (p.days, p.low)) if known else None


def is_vote(position: Position) -> bool:
    """True if the position was taken in a vote."""
    return position.act in ("votes for", "votes against", "abstains", "vetoes")
