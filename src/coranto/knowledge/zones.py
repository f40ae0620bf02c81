"""A place -> its time zone: that of its country, of several the one whose point lies nearest."""

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coranto.knowledge.places import DATA
from coranto.knowledge.tables import read_rows
from coranto.records import Place


class _Point(NamedTuple):
    zone: str
    lat: float
    lon: float


@cache
def _zones() -> dict[str, tuple[_Point, ...]]:
    out: dict[str, tuple[_Point, ...]] = {}
    for row in read_rows(DATA / "zones.tsv", columns=("country", "zone", "lat", "lon")):
        point = _Point(row["zone"], float(row["lat"]), float(row["lon"]))
        out[row["country"]] = (*out.get(row["country"], ()), point)
    return out


def zones_of(place: Place) -> tuple[tzinfo, ...]:
    """The zone of a place; all that its country has, where nothing tells in which of them it lies."""
    points = _zones().get(place.country, ())
    if len(points) > 1 and place.latitude is not None and place.longitude is not None:
        if not place.id.startswith("country:"):
            lat, lon = place.latitude, place.longitude
            points = (min(points, key=lambda p: (abs(p.lon - lon) + abs(p.lat - lat) / 2, p.zone)),)
    return tuple(map(_named, points))


def _named(point: _Point) -> tzinfo:
    """The zone with its rules; by the sun where the machine has no such rules."""
    try:
        return ZoneInfo(point.zone)
    except ZoneInfoNotFoundError:
        return timezone(timedelta(hours=round(point.lon / 15)))


def local_day(moment: datetime, place: Place) -> date | None:
    """The day that a moment is of at a place; None where its zone is not known, or its zones are of two days."""
    days = {moment.astimezone(zone).date() for zone in zones_of(place)}
    return days.pop() if len(days) == 1 else None
