"""CSV and YAML files of actors and places -> rows; rows -> the files of a layer."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from coranto.records import DataError, MissingResource

ACTORS, PLACES = "actors.tsv", "places.sqlite"
ACTOR_KINDS = ("country", "organisation", "armed group", "person", "role")
PLACE_KINDS = ("country", "admin1", "admin2", "town", "site", "region")
FIRST_ROW = 1_000_000_000  # own places are numbered from here on, so that they never meet the shipped ones


class Codes(Protocol):
    """What readers ask of the shipped tables."""

    def country(self, name: str) -> str:
        """ISO 3166-1 alpha-3 of a country's name or code, or ""."""
        ...

    def sector(self, role: str) -> str:
        """The PLOVER sector of a role noun, or ""."""
        ...


class ActorRow(Struct, frozen=True):
    """One name with what it stands for, in one period. Empty days are open."""

    name: str
    kind: str
    variants: tuple[str, ...] = ()
    country: str = ""
    sectors: tuple[str, ...] = ()
    role: str = ""
    low: str = ""
    high: str = ""
    observed: str = ""


class PlaceRow(Struct, frozen=True):
    """One place; degrees are WGS84. ``gid`` is its GeoNames id, if it has one."""

    id: str
    name: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    variants: tuple[str, ...] = ()
    population: int = 0
    gid: str = ""


def records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each record of a CSV, TSV or YAML file stands, and its cells as text, columns in lower case."""
    if path.suffix.lower() in (".yaml", ".yml"):
        yield from _yaml(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for n, row in enumerate(csv.DictReader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ","), 2):
            if None in row:
                raise DataError(f"{path}:{n}: expected {len(row) - 1} cells, met more")
            yield f"{path}:{n}", {k.strip().lower(): (v or "").strip() for k, v in row.items()}


def _yaml(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        import yaml
    except ImportError as error:
        raise MissingResource("expected the package pyyaml to read YAML, met none (pip install pyyaml)") from error
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"{path}: expected YAML, met {error}") from error
    if not isinstance(held, list) or not all(isinstance(r, Mapping) for r in held):
        raise DataError(f"{path}: expected a list of records, met {type(held).__name__}")
    for n, record in enumerate(held):
        yield f"{path}: record {n}", {str(k).strip().lower(): _text(v) for k, v in record.items()}


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "|".join(map(str, value))
    return "" if value is None else str(value).strip()


def cells(text: str) -> tuple[str, ...]:
    """The parts of a cell that bars separate."""
    return tuple(c.strip() for c in text.split("|") if c.strip())


def day(text: str, where: str) -> str:
    """A day, month or year in ISO form, checked; "" stays ""."""
    if not text:
        return ""
    padded = text if len(text) > 7 else f"{text}-01-01" if len(text) == 4 else f"{text}-01"
    try:
        date.fromisoformat(padded[:10])
    except ValueError as error:
        raise DataError(f"{where}: expected a day, month or year in ISO form, met {text!r}") from error
    return text[:10]


def land(text: str, where: str, codes: Codes) -> str:
    """The country of a cell as ISO3 (or IGO, NGO, ...); DataError for what is no country."""
    if not text or text in ("IGO", "NGO", "MNC", "IMG"):
        return text
    found = codes.country(text)
    if not found:
        raise DataError(f"{where}: expected a country's name or ISO 3166-1 alpha-3 code, met {text!r}")
    return found


def read_actors(path: Path, codes: Codes) -> Iterator[ActorRow]:
    """Rows of ``name, kind, variants, country, sectors, role, from, to, observed``; only ``name`` must be there."""
    for where, r in records(path):
        name, kind = r.get("name", ""), r.get("kind", "") or "organisation"
        if not name or kind not in ACTOR_KINDS:
            raise DataError(f"{where}: expected a name and a kind of {', '.join(ACTOR_KINDS)}, met {name!r}, {kind!r}")
        low, high, observed = (day(r.get(c, ""), where) for c in ("from", "to", "observed"))
        if kind == "person" and r.get("role") and not (high or observed):
            raise DataError(f"{where}: expected 'to' or 'observed' for the role of {name}: a role may be stale")
        yield ActorRow(
            name=name, kind=kind, variants=cells(r.get("variants", "")),
            country=land(r.get("country", ""), where, codes), sectors=cells(r.get("sectors", "")),
            role=r.get("role", ""), low=low, high=high, observed=observed,
        )  # fmt: skip


def read_places(path: Path, codes: Codes) -> Iterator[PlaceRow]:
    """Rows of ``name, kind, variants, country, latitude, longitude, population``; a pin needs both degrees."""
    for where, r in records(path):
        name, kind = r.get("name", ""), r.get("kind", "") or "town"
        if not name or kind not in PLACE_KINDS:
            raise DataError(f"{where}: expected a name and a kind of {', '.join(PLACE_KINDS)}, met {name!r}, {kind!r}")
        latitude, longitude = (
            _degrees(r.get(c, ""), where, limit) for c, limit in (("latitude", 90), ("longitude", 180))
        )
        if (latitude is None or longitude is None) and kind in ("town", "site"):
            raise DataError(f"{where}: expected latitude and longitude of {name}, met none")
        people = r.get("population", "")
        yield PlaceRow(
            id=f"own:{name.lower().replace(' ', '-')}", name=name, kind=kind, variants=cells(r.get("variants", "")),
            country=land(r.get("country", ""), where, codes), latitude=latitude, longitude=longitude,
            population=int(people) if people.isdigit() else 0,
        )  # fmt: skip


def _degrees(text: str, where: str, limit: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 999.0
    if abs(value) > limit:
        raise DataError(f"{where}: expected degrees between -{limit} and {limit}, met {text!r}")
    return value


COLUMNS = ("name", "kind", "variants", "country", "sectors", "role", "from", "to", "observed")


def write_actors(path: Path, found: Iterable[ActorRow]) -> None:
    """The table of a layer's actors."""
    lines = ["\t".join(COLUMNS)]
    for r in found:
        values = (
            r.name,
            r.kind,
            "|".join(r.variants),
            r.country,
            "|".join(r.sectors),
            r.role,
            r.low,
            r.high,
            r.observed,
        )
        lines.append("\t".join(" ".join(v.split()) for v in values))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_places(path: Path, found: Iterable[PlaceRow]) -> None:
    """The gazetteer of a layer, in the form of the one that ships."""
    from coranto.knowledge.places import SCHEMA, fold

    link = sqlite3.connect(path)
    link.executescript(SCHEMA)
    for n, r in enumerate(found, FIRST_ROW):
        at = (None if v is None else round(v * 10_000) for v in (r.latitude, r.longitude))
        plain = r.id.startswith("geonames:")
        link.execute(
            "insert into place values (?,?,?,?,?,?,null,null,?,?,?,0)",
            (n, None if plain else r.id, int(r.gid) if r.gid else None, r.name, r.kind, r.country, *at, r.population),
        )
        for rank, name in ((0, r.name), *((1, v) for v in r.variants)):
            if key := fold(name):
                link.execute("insert or ignore into name values (?,?,?)", (key, n, rank))
    link.execute("create index place_id on place(id)")
    link.execute("create index place_gid on place(gid)")
    link.commit()
    link.close()
