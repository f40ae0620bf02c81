"""The record -> CSV: one row an event, made for spreadsheets and statistics programs."""

import csv
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TextIO

from coranto.publish import phrases
from coranto.publish.formats.lines import event_lines
from coranto.publish.formats.mapping import Mapping
from coranto.publish.pages.event import contested
from coranto.publish.reading import RecordReader
from coranto.records import Event, FigureKind, Modality, Period, Place, Precision, Reading, Ref

Cell = str | int | Decimal | float | None
PINNED = frozenset({Precision.SITE, Precision.TOWN, Precision.DISTRICT})
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
COUNTED = (
    FigureKind.KILLED,
    FigureKind.WOUNDED,
    FigureKind.MISSING,
    FigureKind.DETAINED,
    FigureKind.DISPLACED,
)


def write_csv(reader: RecordReader, out: TextIO, mapping: Mapping | None = None) -> None:
    """Every event is a row of ``out`` under a header. Unknown is empty, never 0; several readings stand in one cell,
    joined by "; "; no cell holds a line break or begins like a formula. Lines end with CR LF (RFC 4180), so open a
    file with ``newline=""``. With a mapping, ``own_labels`` holds what the members are called in it.
    """
    rows = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    rows.writerow([*COLUMNS, *(["own_labels"] if mapping else [])])
    for line in event_lines(reader):
        cells = [column(line.event) for column in COLUMNS.values()]
        cells[-1] = _joined(d.uri for d in line.documents)
        if mapping:
            cells.append(_joined(mapping.label(member) for member in line.members))
        rows.writerow([_safe(cell) for cell in cells])


def _safe(cell: Cell) -> Cell:
    """Text on one line that no spreadsheet takes for a formula."""
    if not isinstance(cell, str):
        return cell
    text = phrases.clean(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _joined(values: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(str(v).replace(";", ",") for v in values if v not in (None, "")))


def _each(field: str, of: Callable[[Any], object]) -> Callable[[Event], Cell]:
    """What every reading of a field gives, in the order of the readings: columns of one field run parallel."""

    def cell(event: Event) -> Cell:
        values = [str(of(reading.value) or "").replace(";", ",") for reading in getattr(event, field)]
        return "; ".join(values) if any(values) else ""

    return cell


def _period(event: Event) -> Period | None:
    return next((r.value.period for r in event.time if r.value.period), None)


def _day(part: str) -> Callable[[Event], Cell]:
    return lambda event: str(getattr(period, part)) if (period := _period(event)) else None


def _pin(part: str) -> Callable[[Event], Cell]:
    """A coordinate of the first reading, only where there is one place and it is finer than a province."""

    def cell(event: Event) -> Cell:
        if len(event.place) != 1 or event.place[0].value.precision not in PINNED:
            return None
        found: float | None = getattr(event.place[0].value, part)
        return found

    return cell


def _figures(event: Event, kind: FigureKind) -> list[Reading[Any]]:
    return [r for r in event.figures if r.value.what is kind and not r.value.of_whom]


def _low(kind: FigureKind) -> Callable[[Event], Cell]:
    def cell(event: Event) -> Cell:
        return min((r.value.low for r in _figures(event, kind) if r.value.low is not None), default=None)

    return cell


def _high(kind: FigureKind) -> Callable[[Event], Cell]:
    """The largest of what is said; empty where a reading is open above."""

    def cell(event: Event) -> Cell:
        highs = [r.value.high for r in _figures(event, kind)]
        return None if None in highs else max(highs, default=None)

    return cell


def _title(event: Event) -> Cell:
    return phrases.neutral(event)


def _code(value: Ref) -> str:
    return value.code


def _country(value: Ref | Place) -> str:
    return value.country


# Column -> what it holds; the order is that of the file. The last one is filled from the members.
COLUMNS: dict[str, Callable[[Event], Cell]] = {
    "event_id": lambda e: e.id,
    "type": lambda e: e.type.value,
    "title": _title,
    "day": _day("best"),
    "day_low": _day("low"),
    "day_high": _day("high"),
    "actors": _each("actors", lambda v: v.name),
    "actor_codes": _each("actors", _code),
    "actor_countries": _each("actors", _country),
    "recipients": _each("recipients", lambda v: v.name),
    "recipient_codes": _each("recipients", _code),
    "recipient_countries": _each("recipients", _country),
    "places": _each("place", lambda v: v.name),
    "place_ids": _each("place", lambda v: v.id),
    "place_precisions": _each("place", lambda v: v.precision.value),
    "place_countries": _each("place", _country),
    "latitude": _pin("latitude"),
    "longitude": _pin("longitude"),
    **{f"{kind.value}_{end}": of(kind) for kind in COUNTED for end, of in (("low", _low), ("high", _high))},
    "figures": _each("figures", phrases.say),
    "modalities": _each("modality", lambda v: v.value),
    "denied": lambda e: "yes" if any(r.value is Modality.DENIED for r in e.modality) else "no",
    "contested": lambda e: _joined(contested(e)),
    "coded_events": lambda e: len(e.coded),
    "reports": lambda e: len(e.reports),
    "outlets": lambda e: len(e.outlets),
    "independent_voices": lambda e: len(e.voices),
    "outlet_names": lambda e: _joined(e.outlets),
    "part_of": lambda e: e.part_of,
    "addresses": lambda e: None,
}
