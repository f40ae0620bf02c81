"""CodedEvent, its report and the document's text -> Gist: all that linkage looks at, and small."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeVar

from coranto.knowledge import DATA, Knowledge
from coranto.knowledge.tables import read_rows
from coranto.linkage.addresses import shared
from coranto.linkage.places import FINE
from coranto.records import (
    Basis,
    CodedEvent,
    Document,
    EventType,
    Figure,
    Granularity,
    Modality,
    Place,
    Ref,
    Report,
    Sourced,
    TimeExpression,
    Words,
    make_id,
)

T = TypeVar("T")
WINDOW = 160  # characters of context on either side of a trigger
LINE = 6  # words of the shortest line that is known again
AIM = 40  # characters after a trigger that tell what it is aimed at
ANY = "any:"  # of the frames by which the second signal types a word
LONGEST_EXACT = 2  # days: wider periods are not exact
BRANCHES = frozenset({"GOV", "MIL", "SPY", "COP"})
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<![.!?:\n] )(?<!\n)(?<!^)\b(?:[A-Z][\w'’-]+|\d[\d.,]*\d)")
_CLAUSE = re.compile(r"[.;:,\n]")
_POSSESSIVE = re.compile(r"['’]s?\b")
_TITLES = re.compile(r"^(?:the|a|an|mr|mrs|ms|dr)\.?\s+", re.IGNORECASE)


class Origin(NamedTuple):
    """Where a report comes from, before copies and credits are looked at."""

    report: str
    document: str
    uri: str  # the address that it shares with its twins
    outlet: str
    family: str  # outlets of one owner share it
    day: int  # ordinal of the best day it was published, 0 where unknown
    name: str
    rank: str = ""  # puts reports of one day in order, by what they say and not by where they lie


class Gist(NamedTuple):
    """A coded event as linkage sees it. Days are ordinals; 0 where unknown.

    ``rank`` puts coded events in order by what they say and not by where their document lies.
    """

    rank: bytes
    id: str
    document: str
    report: str
    sentence: str
    trigger: Words
    stem: str
    type: EventType
    cameo: str
    mode: str
    actors: tuple[Ref, ...]
    recipients: tuple[Ref, ...]
    place: Place | None
    place_stated: bool
    time: TimeExpression | None
    low: int
    high: int
    exact: bool  # words commit it to these days
    open: bool
    dated: bool  # words tell its days at all, however wide
    figures: tuple[Figure, ...]
    instrument: str
    modality: Modality
    claimant: str  # origin that says so; "" where the report speaks in its own voice
    claimant_name: str
    claimant_country: str
    parent: str
    sure: float
    published: int
    context: tuple[str, ...]  # stems of the words around it, those that name who and where, and common ones, left out
    story: tuple[str, ...]  # names and numbers of its report
    aim: tuple[str, ...]  # stems of the few words after the trigger: what was hit, signed, demanded
    echo: bytes  # hash of the words before and after it: equal in copies
    phrase: str  # the trigger and the words after it, lower case
    line: bytes  # hash of the words of its line; empty where they are few
    means: frozenset[str] = frozenset()  # kinds of weapon that an attack's words name
    guessed: bool = False  # only the second signal gave its type
    about: str = ""  # the attack before it in its report whose cost it tells


def fold(name: str) -> str:
    """A name as a key: case, articles and titles do not matter."""
    return " ".join(_WORD.findall(_POSSESSIVE.sub("", _TITLES.sub("", name)).casefold()))


def stem(word: str) -> str:
    """A crude key for the forms of one word."""
    return word.casefold()[:5]


def stems(text: str) -> frozenset[str]:
    """Stems of the words of four letters or more, and of numbers."""
    return frozenset(stem(w) for w in _WORD.findall(text) if len(w) > 3 or w.isdigit())


@cache
def _common() -> frozenset[str]:
    rows = read_rows(DATA / "linkage" / "common.tsv", columns=("word",))
    return stems(" ".join(row["word"] for row in rows))


@cache
def _means() -> Mapping[str, str]:
    rows = read_rows(DATA / "linkage" / "means.tsv", columns=("word", "kind"))
    return {row["word"]: row["kind"] for row in rows}


def _by(e: CodedEvent, text: str) -> frozenset[str]:
    """Kinds of weapon that the words of an attack name: its trigger and instrument, else the clause before it."""
    if e.type.value is not EventType.ASSAULT:
        return frozenset()
    table = _means()
    told = f"{e.trigger.quote} {e.instrument.value if e.instrument else ''}".casefold()
    if found := frozenset(table[w] for w in _WORD.findall(told) if w in table):
        return found
    start, end = e.trigger.span.start, e.trigger.span.end
    near = text[max(0, start - AIM) : start].rpartition(".")[2] + text[start : end + AIM].partition(".")[0]
    return frozenset(table[w] for w in _WORD.findall(near.casefold()) if w in table)


class Pool:
    """Equal values as one object: most countries, towns, days and words of a record are told again and again."""

    def __init__(self) -> None:
        self._held: dict[object, object] = {}
        self._last = ""

    def one(self, value: T) -> T:
        """The first of all values equal to this one."""
        return self._held.setdefault(value, value)  # type: ignore[return-value]

    def last(self, value: str) -> str:
        """The value before it, if it is equal: of what is told again only close by, nothing is kept."""
        self._last = self._last if self._last == value else value
        return self._last

    def words(self, found: Iterable[str]) -> tuple[str, ...]:
        """Words, in order and each once."""
        return tuple(self.one(w) for w in sorted(set(found)))


def origins(reports: Iterable[Report], document: Document, knowledge: Knowledge) -> dict[str, Origin]:
    """Where each report of a document comes from."""
    found = knowledge.outlets.by_domain(document.outlet) or knowledge.outlets.by_name(document.outlet)
    key = found.id if found else fold(document.outlet) or document.id
    name = found.name if found else document.outlet or document.uri
    return {
        r.id: Origin(
            report=r.id,
            document=document.id,
            uri=shared(document.canonical or document.uri),
            outlet=document.outlet,
            family=(found.family or found.id) if found else key,
            day=_day(r.published or document.published),
            name=name,
            rank=make_id(document.text[r.span.start : r.span.end], name),
        )
        for r in reports
    }


def gists(
    coded: Iterable[CodedEvent],
    document: Document,
    reports: Mapping[str, Report],
    origins: Mapping[str, Origin],
    knowledge: Knowledge,
    pool: Pool,
) -> Iterator[Gist]:
    """Coded events of one document, boiled down; what is equal in several is held once, in ``pool``."""
    names: dict[str, tuple[str, ...]] = {}
    for e in coded:
        report = reports.get(e.report)
        if e.report not in names:
            span = report.span if report else document.blocks[0].span if document.blocks else e.trigger.span
            found = _NAME.findall(document.text[span.start : span.end])[:400]
            names[e.report] = pool.words(fold(n) for n in found)
        published = origins[e.report].day if e.report in origins else 0
        yield _gist(e, document.text, published, names[e.report], _claimant(e, document.text, knowledge), pool)


def _gist(
    e: CodedEvent, text: str, published: int, names: tuple[str, ...], claimant: tuple[str, str, str], pool: Pool
) -> Gist:
    one = pool.one
    before, after = _around(text, e.trigger.span.start, e.trigger.span.end)
    echo = _hash(e.type.value, *(" ".join(_WORD.findall(part.casefold())) for part in (before, after)))
    low, high, exact = _days(e.time)
    words = _WORD.findall(e.trigger.quote)
    told = [w.quote for s in (*e.actors, *e.recipients, e.place) if s and (w := s.words) and len(w.quote) < 60]
    said = stems(" ".join(told)) | _common()
    return Gist(
        rank=_hash(echo.hex(), published, e.trigger.span.start, e.cameo, len(text)),
        id=e.id,
        document=one(e.document),
        report=one(e.report),
        sentence=pool.last(e.sentence),
        trigger=Words(document=one(e.document), span=e.trigger.span, quote=one(e.trigger.quote)),
        stem=one(stem(max(words, key=len))) if words else "",
        type=e.type.value,
        cameo=one(e.cameo),
        mode=e.mode.value if e.mode else "",
        actors=one(tuple(one(a.value) for a in e.actors if not _only_place(a, e))),
        recipients=one(tuple(one(r.value) for r in e.recipients)),
        place=one(e.place.value) if e.place else None,
        place_stated=bool(e.place and e.place.basis is not Basis.ASSUMED),
        time=one(e.time.value) if e.time else None,
        low=one(low),
        high=one(high),
        exact=exact,
        open=bool(e.time and e.time.value.is_open),
        dated=bool(e.time and e.time.basis is not Basis.ASSUMED),
        figures=one(tuple(one(f.value) for f in e.figures)),
        instrument=one(fold(e.instrument.value)) if e.instrument else "",
        modality=e.modality.value,
        claimant=one(claimant[0]),
        claimant_name=one(claimant[1]),
        claimant_country=one(claimant[2]),
        parent=e.parent,
        sure=e.type.score,
        published=one(published),
        context=pool.words(stems(f"{before} {e.trigger.quote} {after}") - said),
        story=names,
        aim=pool.words(stems(f"{' '.join(words[1:])} {_CLAUSE.split(_whole(after, AIM))[0]}") - said),
        echo=echo,
        means=_by(e, text),
        phrase=" ".join(f"{e.trigger.quote} {after[:60]}".casefold().split()),
        line=_line(text, e.trigger.span.start),
        guessed=f" {ANY}" in e.type.by,
    )


def _only_place(actor: Sourced[Ref], e: CodedEvent) -> bool:
    """True if an attack's actor is named by the very words that name the town where it happened."""
    if e.type.value is not EventType.ASSAULT or e.place is None or e.place.value.precision not in FINE:
        return False
    a, b = actor.words, e.place.words
    return a is not None and b is not None and a.span == b.span != e.trigger.span


def _hash(*parts: object) -> bytes:
    """What ``make_id`` makes, in a third of the memory."""
    return bytes.fromhex(make_id(*parts))


def _line(text: str, at: int) -> bytes:
    end = text.find("\n", at)
    words = _WORD.findall(text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)].casefold())
    return _hash(*words) if len(words) >= LINE else b""


def _whole(text: str, length: int) -> str:
    """The first ``length`` characters, and the rest of the word that they end in."""
    end = text.find(" ", length)
    return text[:end] if end >= 0 else text


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The trigger's paragraph before and after it, at most ``WINDOW`` characters to either side, whole words only."""
    low = max(text.rfind("\n", 0, start) + 1, start - WINDOW)
    stop = text.find("\n", end)
    high = min(len(text) if stop < 0 else stop, end + WINDOW)
    if low == start - WINDOW:
        low = text.find(" ", low, start) if " " in text[low:start] else low
    if high == end + WINDOW:
        high = text.rfind(" ", end, high) if " " in text[end:high] else high
    return text[low:start], text[end:high]


def _day(published: Sourced[TimeExpression] | None) -> int:
    return published.value.period.best.toordinal() if published and published.value.period else 0


def _days(time: Sourced[TimeExpression] | None) -> tuple[int, int, bool]:
    if time is None or time.value.period is None:
        return 0, 0, False
    period = time.value.period
    fine = time.value.granularity in (Granularity.INSTANT, Granularity.HOUR, Granularity.DAY)
    exact = fine and period.days <= LONGEST_EXACT and time.basis is not Basis.ASSUMED and time.words is not None
    return period.low.toordinal(), period.high.toordinal(), exact


def _claimant(e: CodedEvent, text: str, knowledge: Knowledge) -> tuple[str, str, str]:
    """Origin, name and country of who says so: the innermost speaker that is known, else the words that name one."""
    for speech in e.attribution:
        if speech.speaker:
            ref = speech.speaker.value
            return source_key(ref.name, knowledge) or f"claimant:{speaker_key(ref)}", ref.name, ref.country
    for speech in e.attribution:
        if speech.source:
            name = text[speech.source[0].start : speech.source[0].end]
            return source_key(name, knowledge) or f"claimant:name:{fold(name)}", name, ""
    return "", "", ""


def speaker_key(ref: Ref) -> str:
    """One key for all who speak for one branch of one state: they are one voice. Others are known by themselves."""
    branch = next((s for s in ref.sectors if s in BRANCHES), "")
    return f"{ref.country} {branch}" if branch and ref.country not in ("", "IGO", "NGO") else actor_key(ref)


def source_key(name: str, knowledge: Knowledge) -> str:
    """ "agency:..." or "outlet:..." where a name or address is one of the table of outlets, else ""."""
    found = knowledge.outlets.by_name(name) or (knowledge.outlets.by_domain(name) if "." in name else None)
    return f"{'agency' if found.wire else 'outlet'}:{found.family or found.id}" if found else ""


def actor_key(ref: Ref) -> str:
    """One key for one actor: its id, else country, sector and name."""
    if ref.id:
        return ref.id
    return f"name:{ref.country} {' '.join(ref.sectors[:1])} {fold(ref.name)}".replace("  ", " ")
