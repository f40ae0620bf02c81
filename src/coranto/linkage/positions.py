"""Events -> positions: who stands where on a matter, by which act."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from coranto.knowledge.tables import read_rows
from coranto.linkage.gists import Gist, actor_key
from coranto.linkage.matching import FOLDER
from coranto.linkage.votes import Cast
from coranto.records import Event, Modality, Period, Position, Ref, RefKind, Stance, Words

SPEAK_FOR = frozenset({"GOV", "MIL", "SPY"})
ORGANS = SPEAK_FOR | {"LEG"}  # of a state, that act as bodies
AWAY = re.compile(r"\b(?:former|ex|exiled|ousted|deposed|late)\b")  # no longer speaks for it
ANYBODY = re.compile(  # whose state the words do not say
    r".*\bgovernments|(?:state |some |many |other |senior |local |the )*"
    r"(?:officials?|authorities|leaders?|ministers?|governments?|countries|nations|states)"
)
LOOSE = frozenset(  # a way of speaking, and no bodies
    f"org:{name}"
    for name in ("europe", "the-west", "international-community", "africa", "arab-states", "asian-countries",
                 "latin-american-countries")
)  # fmt: skip
PUBLIC = frozenset({RefKind.COUNTRY, RefKind.ORGANISATION, RefKind.ARMED_GROUP})
PRIVATE = frozenset({"BUS", "CVL", "EDU", "JRN", "MED", "SOC"})  # of a country, and no part of its state
AGAINST_IT = frozenset({"OPP", "REB"})  # of a country, and not speaking for it
HELD = frozenset({Modality.ASSERTED, Modality.CLAIMED})
CAST = frozenset({"votes for", "votes against", "abstains", "refuses"})
NEAR = 40  # characters from the trigger on in which a word decides
_CLAUSE = re.compile(r"[,;:.]| who | which | that | called | and (?=\w+ed )| while | as | after | before ")


class Row(NamedTuple):
    """What a kind of coded event shows."""

    place: int  # in the table: of equals the first holds
    type: str
    cameo: str
    trigger: str
    stance: Stance | None  # None: it shows none
    act: str
    whom: str  # at what it is aimed; see the head of the table
    pattern: re.Pattern[str] | None  # its trigger, as a word


@cache
def _rows() -> tuple[Row, ...]:
    columns = ("type", "cameo", "trigger", "stance", "act", "whom")
    return tuple(
        Row(
            place=n,
            type=r["type"],
            cameo=r["cameo"],
            trigger=r["trigger"],
            stance=Stance(r["stance"]) if r["stance"] else None,
            act=r["act"],
            whom=r["whom"],
            pattern=_word(r["trigger"]) if r["trigger"] else None,
        )
        for n, r in enumerate(read_rows(FOLDER / "positions.tsv", columns=columns))
    )


def _word(told: str) -> re.Pattern[str]:
    """A word, or any word that begins so ("reject*")."""
    return re.compile(rf"\b{re.escape(told)}\b".replace(r"\*", r"\w*"))


@cache
def _matters() -> re.Pattern[str]:
    words = sorted((row["word"] for row in read_rows(FOLDER / "matters.tsv", columns=("word",))), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


@cache
def _rows_of(type_: str) -> tuple[Row, ...]:
    return tuple(row for row in _rows() if row.type in ("*", type_))


def shown(gist: Gist) -> Row | None:
    """Which stance a coded event shows, if any: of what was done, not of what is planned, denied or history.

    Of the rows that fit, the one whose word comes first in the text decides, then the one that is listed first.
    """
    if gist.modality not in HELD:
        return None
    fitting = []
    for row in _rows_of(gist.type.value):
        if gist.cameo.startswith(row.cameo) and _is_aimed(row, gist):
            found = row.pattern.search(gist.phrase[:NEAR]) if row.pattern else None
            told = found is not None or (row.pattern is None and not gist.guessed)
            if told and not (row.act in CAST and _body(gist)):
                fitting.append((found.start() if found and not row.trigger.endswith("*") else NEAR, row.place, row))
    return min(fitting, key=lambda f: f[:2])[2] if fitting else None


def _is_aimed(row: Row, gist: Gist) -> bool:
    """True if it is aimed at what the row asks for: another country, its organs, or else a matter."""
    abroad = [r for r in gist.recipients if _is_foreign(r, gist)]
    if row.whom == "foreign":
        return bool(abroad)
    if row.whom in ("organ", "state"):
        abroad = [r for r in abroad if (r.kind in PUBLIC and not PRIVATE & set(r.sectors)) or ORGANS & set(r.sectors)]
    if row.whom == "state":
        return bool(abroad)
    if row.whom in ("matter", "organ") and abroad:
        return True
    if row.whom == "event" and any(r.kind in PUBLIC for r in abroad):
        return True
    told = _object(gist)
    return not row.whom or told == f"{gist.trigger.quote.casefold()} it" or _matters().search(told) is not None


def _object(gist: Gist) -> str:
    """The trigger and the words of its clause after it; "" for what is done *by* those that follow."""
    clause = _CLAUSE.split(gist.phrase, maxsplit=1)[0]
    clause = clause.removesuffix(" and")
    return "" if clause[len(gist.trigger.quote) :].strip().startswith("by ") else clause


def _is_foreign(ref: Ref, gist: Gist) -> bool:
    """True for another country than that of those who act, or a body of states."""
    return ref.country not in ("", "NGO", *(a.country for a in gist.actors))


def _body(gist: Gist) -> bool:
    """True if those who act are a body of states: what it votes is a decision, and no stance of its own."""
    return bool(gist.actors) and all(a.country in ("IGO", "") for a in gist.actors)


def positions(events: Iterable[Event], members: Mapping[str, Gist], cast: Sequence[Cast] = ()) -> list[Position]:
    """A position for every actor that can hold one, matter and act of every event, in order of actor and day.

    ``cast`` are votes of states by name that are no coded events of their own: each stands with the vote's.
    """
    content: dict[str, list[Gist]] = {}
    for g in members.values():
        if g.parent:
            content.setdefault(g.parent, []).append(g)
    made = _joined([p for e in events for p in _of(e, members, content)], members)
    made += _cast(cast, made, members, content)
    return sorted(
        made, key=lambda p: (actor_key(p.actor), str(p.period.low if p.period else ""), p.matter, p.act, p.coded)
    )


def _cast(
    cast: Sequence[Cast], made: Sequence[Position], members: Mapping[str, Gist], content: Mapping[str, Sequence[Gist]]
) -> list[Position]:
    """Votes told by name, as positions, but those that a coded event of the same words shows already."""
    seen = {(p.actor.country, p.stance): list[Words]() for p in made}
    for p in made:
        seen[p.actor.country, p.stance] += [members[c].trigger for c in p.coded]
    held: dict[tuple[str, Stance, str], list[Cast]] = {}
    for c in cast:
        told = seen.get((c.actor.country, c.stance), ())
        if not any(w.document == c.words.document and w.span.overlaps(c.words.span) for w in told):
            held.setdefault((actor_key(c.actor), c.stance, c.coded), []).append(c)
    return [
        Position(
            actor=some[0].actor,
            matter=_matter([members[coded]], content),
            stance=stance,
            act=some[0].act,
            period=_period([members[coded]]),
            coded=(coded,),
            evidence=tuple(dict.fromkeys(c.words for c in some)),
        )
        for (_, stance, coded), some in sorted(held.items())
    ]


def _joined(made: Sequence[Position], members: Mapping[str, Gist]) -> list[Position]:
    """What one sentence says in one breath, "recalled its envoy and suspended flights", is one position."""
    held: list[Position] = []
    kept: dict[tuple[str, Stance, str], int] = {}
    for p in sorted(made, key=lambda p: (not _aimed(p, members), p.coded)):
        keys = [(p.actor.country or actor_key(p.actor), p.stance, s) for s in _sentences(p, members)]
        first = next((kept[k] for k in keys if k in kept), None)
        if first is None or _aimed(p, members):
            kept.update(dict.fromkeys([k for k in keys if k not in kept] or [(*keys[0][:2], p.coded[0])], len(held)))
            held.append(p)
            continue
        held[first] = replace(
            held[first],
            coded=tuple(sorted({*held[first].coded, *p.coded})),
            evidence=tuple(dict.fromkeys((*held[first].evidence, *p.evidence))),
        )
        kept.update(dict.fromkeys(keys, first))
    return [held[n] for n in dict.fromkeys(kept.values())]


def _aimed(position: Position, members: Mapping[str, Gist]) -> bool:
    """True if it says against whom or for whom the position is."""
    return any(members[c].recipients for c in position.coded)


def _sentences(position: Position, members: Mapping[str, Gist]) -> list[str]:
    return sorted({members[c].sentence for c in position.coded})


def _of(event: Event, members: Mapping[str, Gist], content: Mapping[str, Sequence[Gist]]) -> Iterator[Position]:
    """One position for each actor and stance of an event: by the act that most coded events show, or the weightiest."""
    held: dict[tuple[str, Stance], list[tuple[int, Row, Ref, Gist]]] = {}
    for g in (members[c] for c in event.coded):
        row = shown(g)
        if row is None or row.stance is None or _hearsay(g):
            continue
        for ref in (a for a in g.actors if holds(a) and not _at_home(a, g) and _for_it(a, row, g)):
            key = (ref.country or actor_key(ref), row.stance)
            held.setdefault(key, []).append((row.place, row, ref, g))
    for (_, stance), some in sorted(held.items(), key=lambda item: item[0]):
        gists = [g for *_, g in some]
        _, row, ref, _ = min(some, key=lambda x: (x[0], x[3]))
        yield Position(
            actor=ref,
            matter=_matter(gists, content),
            stance=stance,
            act=row.act,
            period=_period(gists),
            coded=tuple(sorted({g.id for g in gists})),
            evidence=tuple(dict.fromkeys(g.trigger for g in gists)),
        )


def holds(ref: Ref) -> bool:
    """True if an actor is, or speaks for, a state or a body of states."""
    sectors = set(ref.sectors)
    if not ref.country or ref.country == "NGO" or ref.kind is RefKind.ARMED_GROUP or sectors & AGAINST_IT:
        return False
    if ref.kind is RefKind.COUNTRY:
        return ref.id.startswith("country:")
    if ref.kind is RefKind.ORGANISATION:
        return bool(sectors & ORGANS) if ref.country != "IGO" else ref.id not in LOOSE
    if ref.kind is RefKind.ROLE and "MIL" in sectors:
        return False  # "8,000 troops" are sent, and send nobody
    if ref.kind is RefKind.ROLE and ANYBODY.fullmatch(ref.name.casefold()):
        return False
    return bool(sectors & SPEAK_FOR) and not AWAY.search(f"{ref.role} {ref.name}".casefold())


def _for_it(ref: Ref, row: Row, gist: Gist) -> bool:
    """True if by this act an actor takes a stand for its state: no person's vote, no parliament's own business."""
    if ref.kind is RefKind.PERSON and row.act in CAST:
        return False
    organ = ref.country != "IGO" and "LEG" in ref.sectors
    return not organ or any(_is_foreign(r, gist) for r in gist.recipients)


def _hearsay(gist: Gist) -> bool:
    """True if it is what somebody says of another: content of an accusation, or told by another state."""
    return bool(gist.parent) or bool(
        gist.claimant_country and gist.actors and gist.claimant_country not in {a.country for a in gist.actors}
    )


def _at_home(ref: Ref, gist: Gist) -> bool:
    """True if it is done to one's own side alone: a quarrel within a state is no position of that state."""
    own = {RefKind.ROLE, RefKind.OFFICE, RefKind.PERSON}
    whose = {r.country or (ref.country if "GOV" in r.sectors and r.kind in own else "?") for r in gist.recipients}
    return whose == {ref.country}


def _matter(gists: Sequence[Gist], content: Mapping[str, Sequence[Gist]]) -> str:
    """What it is about, in words: the recipients and what is said of them, else the words after the trigger."""
    names = sorted({r.name for g in gists for r in g.recipients})
    inner = sorted({c.trigger.quote for g in gists for c in content.get(g.id, ())})
    if names or inner:
        return ": ".join(filter(None, (", ".join(names), ", ".join(inner))))
    first = min(gists)
    after = first.phrase[len(first.trigger.quote) :].strip()
    return _CLAUSE.split(after)[0].strip().removesuffix(" and")


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
