"""A GeoNames dump (tab-separated, 19 columns, as of download.geonames.org) -> rows of places."""

from collections.abc import Iterator
from pathlib import Path

from coranto.knowledge.own.rows import Codes, PlaceRow
from coranto.records import DataError

COLUMNS = 19
KINDS = {"PCLI": "country", "PCL": "country", "ADM1": "admin1", "ADM2": "admin2"}
LATIN_UP_TO = 0x24F


def read(path: Path, codes: Codes) -> Iterator[PlaceRow]:
    """Towns, divisions, islands, sites and regions; other features (schools, hotels, streams) are left out."""
    with path.open(encoding="utf-8") as file:
        for n, line in enumerate(file, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != COLUMNS:
                raise DataError(f"{path}:{n}: expected {COLUMNS} cells of a GeoNames dump, met {len(cells)}")
            kind = _kind(cells[6], cells[7])
            if not kind:
                continue
            try:
                latitude, longitude, people = float(cells[4]), float(cells[5]), int(cells[14] or 0)
            except ValueError as error:
                raise DataError(f"{path}:{n}: expected degrees and a number of people, met {error}") from error
            if not cells[0].isdigit():
                raise DataError(f"{path}:{n}: expected a GeoNames id, met {cells[0]!r}")
            yield PlaceRow(
                id=f"geonames:{cells[0]}", gid=cells[0], name=cells[1], kind=kind, country=codes.country(cells[8]),
                latitude=latitude, longitude=longitude, population=people,
                variants=tuple(dict.fromkeys(v for v in (cells[2], *cells[3].split(",")) if _usable(v))),
            )  # fmt: skip


def _kind(group: str, code: str) -> str:
    if group == "P":
        return "town"
    if group == "A":
        return KINDS.get(code, "")
    if code in ("MILB", "AIRB", "AIRP", "CMPRF", "DAM", "PSN", "CSTM"):
        return "site"
    return "region" if code in ("ISL", "ISLS", "RGN", "MT", "MTS", "SEA", "STRT", "LK", "PEN", "VAL") else ""


def _usable(name: str) -> bool:
    """Names in Latin letters that are no codes."""
    return len(name) > 2 and not (name.isupper() and len(name) < 5) and all(ord(c) <= LATIN_UP_TO for c in name)
