"""The actor tables of the user's layers -> persons, names and roles for the one ActorTable."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from coranto.knowledge.actors import ActorTable, Entry, NameKind, Person, Role, Tenure, fold, parse_day
from coranto.knowledge.own.rows import cells
from coranto.knowledge.tables import read_rows
from coranto.records import Ref, RefKind

KINDS = {
    "country": (NameKind.COUNTRY, RefKind.COUNTRY),
    "organisation": (NameKind.ORGANISATION, RefKind.ORGANISATION),
    "armed group": (NameKind.GROUP, RefKind.ARMED_GROUP),
}


class Codes:
    """Country names and role nouns as the shipped tables know them."""

    def __init__(self, table: ActorTable) -> None:
        self.table = table
        self.known = {e.ref.country for e in table.entries.values() if e.kind is NameKind.COUNTRY}
        self.by_iso2 = table.iso2

    def country(self, name: str) -> str:
        """ISO3 of a country's name, ISO2 or ISO3 code, or ""."""
        if name.upper() in self.known:
            return name.upper()
        if len(name) == 2 and name.upper() in self.by_iso2:
            return self.by_iso2[name.upper()]
        entry = self.table.named(name) if name else None
        return entry.ref.country if entry is not None and entry.kind in (NameKind.COUNTRY, NameKind.FORMER) else ""

    def sector(self, role: str) -> str:
        """The sector of a role noun, by its longest known ending ("minister of justice", "state minister")."""
        words = role.split()
        for start in range(len(words)):
            if (found := self.table.role(" ".join(words[start:]))) is not None:
                return found.sector
        found = self.table.role(words[0]) if words else None
        return found.sector if found is not None else ""


def read(files: Iterable[tuple[str, Path]]) -> tuple[list[Person], list[tuple[str, Entry]], list[Role]]:
    """All layers together: names marked as the user's own, persons with their tenures, role nouns."""
    persons: dict[str, list[dict[str, str]]] = {}
    names: list[tuple[str, Entry]] = []
    roles: list[Role] = []
    for layer, path in files:
        for row in read_rows(path, columns=("name", "kind", "country", "sectors", "role", "from", "to", "observed")):
            key = f"{layer}/{fold_name(row['name'])}"
            if row["kind"] == "person":
                persons.setdefault(key, []).append(row)
            elif row["kind"] == "role":
                roles.append(Role(row["name"].lower(), (cells(row["sectors"]) or ("UNK",))[0], "person"))
            else:
                names.extend(_names(key, row))
    made = []
    for key, held in persons.items():
        person = _person(key, held)
        made.append(person)
        entry = Entry(
            NameKind.PERSON,
            Ref(id=person.id, name=person.name, kind=RefKind.PERSON, country=person.country),
            own=True,
        )
        spelt = {person.name, *(v for row in held for v in cells(row["variants"]))}
        names.extend((name, entry) for name in sorted(spelt))
    return made, names, roles


def fold_name(name: str) -> str:
    """A name as a part of an id."""
    return "-".join(filter(None, (fold(w) for w in name.split())))


def _names(key: str, row: dict[str, str]) -> list[tuple[str, Entry]]:
    name_kind, ref_kind = KINDS[row["kind"]]
    ref = Ref(
        id=f"country:{row['country']}" if row["kind"] == "country" and row["country"] else f"own:{key}",
        name=row["name"], kind=ref_kind, country=row["country"], sectors=cells(row["sectors"]),
    )  # fmt: skip
    return [(name, Entry(name_kind, ref, own=True)) for name in (row["name"], *cells(row["variants"]))]


def _person(key: str, held: list[dict[str, str]]) -> Person:
    tenures = []
    for row in held:
        if not (row["role"] or row["sectors"]):
            continue
        low, high = parse_day(row["from"], key), parse_day(row["to"], key, last=True)
        observed = parse_day(row["observed"], key, last=True) or high or low or date.min
        tenures.append(Tenure(row["role"], row["country"], cells(row["sectors"]), low, high, observed))
    tenures.sort(key=lambda t: (t.low or date.min, t.high or date.max))
    return Person(f"own:{key}", held[0]["name"], "", held[0]["country"], tuple(tenures))
