"""Event -> one neutral sentence made of its fields."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from msgspec.structs import replace

from coranto.knowledge.tables import read_rows
from coranto.linkage.figures import whom
from coranto.linkage.matching import FOLDER
from coranto.records import Event, EventType, FigureKind, Modality, Precision, Reading, Ref, RefKind

MONTHS = ("January February March April May June July August September October November December").split()
TOLLS = (FigureKind.KILLED, FigureKind.WOUNDED)
FRAMES: Mapping[Modality, str] = {
    Modality.POSSIBLE: "possible: {}",
    Modality.PLANNED: "planned: {}",
    Modality.DEMANDED: "demanded: {}",
    Modality.THREATENED: "threatened: {}",
    Modality.NEGATED: "said not to have happened: {}",
    Modality.DENIED: "denied: {}",
}
DENIALS = (Modality.DENIED, Modality.NEGATED)
SHOWN = 3  # actors by name


@cache
def _clauses() -> Mapping[EventType, Mapping[str, str]]:
    columns = ("type", "both", "actor", "recipient", "neither")
    return {EventType(row["type"]): row for row in read_rows(FOLDER / "titles.tsv", columns=columns)}


def titled(event: Event) -> Event:
    """The event with its title."""
    return replace(event, title=title(event))


def title(event: Event) -> str:
    """One sentence of who did what to whom, where, when, at what cost, and whether only one side says so."""
    actor, recipient = _names(event.actors), _names(event.recipients)
    clauses = _clauses()[event.type]
    kind = "both" if actor and recipient else "actor" if actor else "recipient" if recipient else "neither"
    told = clauses[kind].format(actor=actor, recipient=recipient) + _where(event) + _when(event) + _toll(event)
    if event.modality and all(m.value in FRAMES for m in event.modality):
        told = FRAMES[event.modality[0].value].format(told)
    told += _who_says(event)
    return told[:1].upper() + told[1:] + "."


def _who_says(event: Event) -> str:
    """Who says so, where nobody says so in their own voice; and who denies it."""
    names = {v.origin: v.name for v in event.voices}
    denied = {o for m in event.modality if m.value in DENIALS for o in m.voices}
    said = {o for m in event.modality if m.value not in DENIALS for o in m.voices}
    told = ""
    if said and all(o.startswith("claimant:") for o in said):
        told = f", according to {_listed([names[o] for o in sorted(said)])}"
    elif not said and all(o.startswith("claimant:") for o in denied):
        return f", according to {_listed([names[o] for o in sorted(denied)])}"
    if said and denied:
        told += f"; denied by {_listed([names[o] for o in sorted(denied)])}"
    return told


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")


def _names(readings: Sequence[Reading[Ref]]) -> str:
    """Names of the actors that most tell of, those that are known before others; of one country only the first."""
    names: dict[str, str] = {}
    known = [r for r in readings if r.value.id or r.value.country]
    for r in known or readings[:1]:
        names.setdefault(r.value.country or r.value.name, named(r.value))
    shown = list(names.values())
    if len(shown) > SHOWN:
        return f"{', '.join(shown[:SHOWN])} and {len(shown) - SHOWN} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def named(ref: Ref) -> str:
    """The name of an actor, with the role of a person."""
    return f"{ref.role} {ref.name}" if ref.kind is RefKind.PERSON and ref.role else ref.name


def _where(event: Event) -> str:
    fine = [r.value for r in event.place if r.value.precision is not Precision.COUNTRY]
    places = fine or [r.value for r in event.place]
    if not places or any(places[0].name == r.value.name for r in (*event.actors, *event.recipients)):
        return ""
    return f" in {places[0].name}"


def _when(event: Event) -> str:
    period = event.time[0].value.period if event.time else None
    if period is None or event.time[0].value.is_open:
        return ""
    if period.low == period.high:
        return f" on {_day(period.low)}"
    if period.days <= 10:
        return f" between {_day(period.low)} and {_day(period.high)}"
    same_month = (period.low.year, period.low.month) == (period.high.year, period.high.month)
    return f" in {MONTHS[period.low.month - 1]} {period.low.year}" if same_month else f" in {period.best.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _toll(event: Event) -> str:
    told = []
    for what in TOLLS:
        numbers = [r.value for r in event.figures if r.value.what is what]
        numbers = [f for f in numbers if whom(f) == whom(numbers[0])]
        lows = [f.low if f.low is not None else f.high for f in numbers]
        highs = [f.high for f in numbers]
        known = [x for x in (*lows, *highs) if x is not None]
        if not known:
            continue
        low, high = min(known), max(known)
        told.append(
            f"{'at least ' if None in highs else ''}{low:f}"
            + (f" to {high:f}" if high != low else "")
            + f" {what.value}"
        )
    return f" ({', '.join(told)})" if told else ""
