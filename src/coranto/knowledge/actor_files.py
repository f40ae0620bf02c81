"""The files of ``data/actors`` -> names with what they stand for, persons and standings with their days."""

from collections.abc import Iterator, Set
from datetime import date
from pathlib import Path

from coranto.knowledge.actors import Entry, NameKind, Person, Tenure, fold, name_pieces, parse_day
from coranto.knowledge.tables import read_rows
from coranto.records import DataError, Ref, RefKind


def _cells(row: dict[str, str], column: str) -> list[str]:
    return [c.strip() for c in row[column].split("|") if c.strip()]


def _plurals(demonym: str) -> list[str]:
    if demonym.endswith(("ese", "ish", "ch", "ss", "s")) or demonym in ("US", "U.S."):
        return []
    if demonym.endswith("man"):
        return [demonym[:-3] + "men"]
    return [demonym + "s"]


def read_countries(path: Path) -> Iterator[tuple[str, Entry]]:
    """Countries by all their names: their own, capitals, seats of power, former states, peoples."""
    for row in read_rows(path, columns=("iso3", "name", "demonyms", "capital", "metonyms", "former_names")):
        ref = Ref(id=f"country:{row['iso3']}", name=row["name"], kind=RefKind.COUNTRY, country=row["iso3"])
        for name in [row["name"], *_cells(row, "other_names")]:
            yield name, Entry(NameKind.COUNTRY, ref)
        for column, kind in (("metonyms", NameKind.METONYM), ("capital", NameKind.CAPITAL)):
            for name in _cells(row, column):
                yield name, Entry(kind, ref)
        for name in _cells(row, "former_names"):
            yield name, Entry(NameKind.FORMER, ref)
        for name in _cells(row, "demonyms"):
            yield name, Entry(NameKind.DEMONYM, ref)
            for plural in _plurals(name):
                yield plural, Entry(NameKind.DEMONYM, ref, plural=True)


def read_peoples(path: Path) -> Iterator[tuple[str, Entry]]:
    """Peoples and inhabitants of one country: "Buryat", "Buryats"; they are no government, so they are civilians."""
    for row in read_rows(path, columns=("name", "plurals", "country", "source")):
        name = row["name"]
        ref = Ref(id=f"people:{fold(name)}", name=name, kind=RefKind.ROLE, country=row["country"], sectors=("CVL",))
        yield name, Entry(NameKind.DEMONYM, ref)
        for plural in _cells(row, "plurals"):
            yield plural, Entry(NameKind.DEMONYM, ref, plural=True)


def read_outlets(known: Set[tuple[tuple[str, ...], str]]) -> Iterator[tuple[str, Entry]]:
    """Outlets by the names that mean them in running text, where no other table has the name."""
    from coranto.knowledge.outlets import load as load_outlets

    for outlet in load_outlets().outlets:
        sectors = ("GOV",) if outlet.kind == "government" else ("JRN",)
        ref = Ref(
            id=f"outlet:{outlet.id}",
            name=outlet.name,
            kind=RefKind.ORGANISATION,
            country=outlet.country or "IGO",
            sectors=sectors,
        )
        for name in outlet.spoken:
            if name_pieces(name) not in known:
                yield name, Entry(NameKind.ORGANISATION, ref)


def read_named(path: Path, prefix: str, kind: RefKind) -> Iterator[tuple[str, Entry]]:
    """Organisations, forces or groups by their names and variants; ``prefix`` begins their ids."""
    name_kind = NameKind.GROUP if kind is RefKind.ARMED_GROUP else NameKind.ORGANISATION
    for row in read_rows(path, columns=("id", "name", "variants", "country", "sectors")):
        ref = Ref(
            id=f"{prefix}:{row['id']}",
            name=row["name"],
            kind=kind,
            country=row["country"],
            sectors=tuple(_cells(row, "sectors")),
        )
        for name in [row["name"], *_cells(row, "variants")]:
            yield name, Entry(name_kind, ref)


def read_localities(path: Path) -> Iterator[tuple[str, Entry]]:
    """Cities and provinces, which say of which country somebody is and are no actors."""
    for row in read_rows(path, columns=("name", "iso3")):
        ref = Ref(id=f"country:{row['iso3']}", name=row["iso3"], kind=RefKind.COUNTRY, country=row["iso3"])
        yield row["name"], Entry(NameKind.LOCALITY, ref)


def read_persons(path: Path) -> Iterator[tuple[Person, list[str]]]:
    """Persons of a table of tenures (one row a tenure) with all names that they go by; short names last."""
    rows: dict[str, list[dict[str, str]]] = {}
    columns = ("id", "name", "variants", "short", "gender", "country", "role", "sectors", "from", "to", "observed")
    for row in read_rows(path, columns=columns):
        rows.setdefault(row["id"], []).append(row)
    for key, held in rows.items():
        tenures = []
        for row in held:
            observed = parse_day(row["observed"], f"{path}: {key}", last=True)
            low, high = parse_day(row["from"], key), parse_day(row["to"], key, last=True)
            if observed is None:
                raise DataError(f"{path}: expected a day in 'observed' for {key}, met none")
            tenures.append(Tenure(row["role"], row["country"], tuple(_cells(row, "sectors")), low, high, observed))
        tenures.sort(key=lambda t: (t.low or date.min, t.high or date.max))
        first = held[0]
        person = Person(f"person:{key}", first["name"], first["gender"], first["country"], tuple(tenures))
        names = [first["name"], *_cells(first, "variants")]
        yield person, names + _cells(first, "short")


def read_standings(path: Path) -> dict[str, list[Tenure]]:
    """What groups and parties were over time, by their ids, oldest first."""
    out: dict[str, list[Tenure]] = {}
    for row in read_rows(path, columns=("id", "sectors", "from", "to", "observed", "source")):
        where = f"{path}: {row['id']}"
        observed = parse_day(row["observed"], where, last=True)
        if observed is None:
            raise DataError(f"{where}: expected a day in 'observed', met none")
        low, high = parse_day(row["from"], where), parse_day(row["to"], where, last=True)
        out.setdefault(row["id"], []).append(Tenure("", "", tuple(_cells(row, "sectors")), low, high, observed))
    return out
