"""Values of the record -> words that a reader understands."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import singledispatch

from coranto.records import (
    Event,
    EventType,
    Figure,
    FigureKind,
    Granularity,
    Modality,
    Period,
    Place,
    Ref,
    TimeExpression,
)

UNKNOWN = "unknown"

# A neutral verb phrase, and what joins it to a recipient.
ACTS: dict[EventType, tuple[str, str]] = {
    EventType.AGREE: ("agreed", "with"),
    EventType.CONSULT: ("consulted", "with"),
    EventType.SUPPORT: ("expressed support", "for"),
    EventType.CONCEDE: ("made a concession", "to"),
    EventType.COOPERATE: ("cooperated", "with"),
    EventType.AID: ("gave aid", "to"),
    EventType.RETREAT: ("withdrew or eased force", "towards"),
    EventType.REQUEST: ("made a demand", "to"),
    EventType.ACCUSE: ("accused or criticised", ""),
    EventType.REJECT: ("rejected a demand or proposal", "of"),
    EventType.THREATEN: ("threatened", ""),
    EventType.SANCTION: ("sanctioned or reduced relations", "with"),
    EventType.PROTEST: ("protested", "against"),
    EventType.MOBILIZE: ("mobilised", "against"),
    EventType.COERCE: ("used coercion", "against"),
    EventType.ASSAULT: ("used force", "against"),
}

# The finest units first say a day; others say the span that they cover.
_PERIODS = {
    Granularity.WEEK: "week of ",
    Granularity.VAGUE: "about ",
}
# These are said by their TIMEX value: "2024-03", "2024-Q1".
_NAMED = frozenset({Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR, Granularity.DECADE})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Text on one line, without control and direction-changing characters."""
    return " ".join(_CONTROL.sub("", text).split())


def listed(parts: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def number(value: Decimal) -> str:
    """A decimal with thousands set apart and no needless zeros."""
    return f"{value.normalize():,f}"


def plain(value: Decimal) -> str:
    """A decimal with no needless zeros, exponents or separators."""
    return f"{value.normalize():f}"


def days(period: Period) -> str:
    """ISO day, or first and last day."""
    return f"{period.low}" if period.low == period.high else f"{period.low} to {period.high}"


def briefly(time: TimeExpression) -> str:
    """The days of a time without its clock, as short as they can be: "2024-03-05", "2024-03-04/10", "2024-03"."""
    if time.period is None or time.granularity in _NAMED:
        return clean(time.timex.value)
    low, high = str(time.period.low), str(time.period.high)
    if time.is_open:
        return f"by {high}"
    if low == high:
        return low
    return f"{low}/{high[8:]}" if low[:7] == high[:7] else f"{low}/{high}"


@singledispatch
def say(value: object) -> str:
    """A value of a field in words."""
    return clean(str(value))


@say.register
def _(value: Ref) -> str:
    name = clean(value.name) or UNKNOWN
    role = clean(value.role)
    return f"{name}, {role}" if role and role.lower() not in name.lower() else name


@say.register
def _(value: Place) -> str:
    wider = [clean(part) for part in (value.admin1, value.country) if part and part != value.name]
    return ", ".join([clean(value.name) or UNKNOWN, *wider])


@say.register
def _(value: TimeExpression) -> str:
    if value.period is None:
        return clean(value.timex.value) or UNKNOWN
    if value.is_open:
        return f"some time up to {value.period.high}"
    prefix = _PERIODS.get(value.granularity, "")
    if value.granularity in _NAMED:
        return clean(value.timex.value)
    clock = f" {value.instant:%H:%M} UTC" if value.instant and value.granularity is Granularity.INSTANT else ""
    return f"{prefix}{days(value.period)}{clock}"


@say.register
def _(value: Figure) -> str:
    parts = [amount(value), value.unit if value.unit != "people" else "", clean(value.of_whom), counted(value.what)]
    whose = f"({value.whose})" if value.whose else ""
    return " ".join(filter(None, [*parts, whose]))


@say.register
def _(value: Modality) -> str:
    return value.value


def amount(figure: Figure) -> str:
    """The number of a figure with its bounds: "at least 7", "7 to 9", "about 300"."""
    about = "" if figure.exact else "about "
    match (figure.low, figure.high):
        case (None, None):
            return "an unknown number of"
        case (Decimal() as low, None):
            return f"at least {about}{number(low)}"
        case (None, Decimal() as high):
            return f"at most {about}{number(high)}"
        case (Decimal() as low, Decimal() as high) if low == high:
            return f"{about}{number(low)}"
        case (Decimal() as low, Decimal() as high):
            return f"{about}{number(low)} to {number(high)}"
    raise AssertionError(figure)


def counted(what: FigureKind) -> str:
    """What a figure counts, in words."""
    return "" if what is FigureKind.OTHER else what.value.replace("-", " ")


def code(value: object) -> str:
    """The code beside a value's name: "UKR MIL", "town", "" where there is none."""
    match value:
        case Ref():
            return value.code
        case Place():
            return value.precision.value
        case TimeExpression():
            return value.granularity.value
        case _:
            return ""


def neutral(event: Event) -> str:
    """One sentence made of an event's fields: its own title, or who did what to whom, where and when."""
    if event.title:
        return clean(event.title)
    verb, joint = ACTS[event.type]
    actors = _leading([say(r.value) for r in event.actors])
    recipients = _leading([say(r.value) for r in event.recipients])
    words = [actors or "An unnamed actor", verb]
    if recipients:
        words += [joint, recipients]
    if event.place:
        words += ["in", say(event.place[0].value)]
    if event.time:
        words += ["·", say(event.time[0].value)]
    return " ".join(filter(None, words)).replace(" ·", ",")


def _leading(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= 3 else f"{names[0]}, {names[1]} and {len(names) - 2} others"
