"""A CSV of Wikidata's position-held statements -> rows of persons with dated roles.

Columns by the names that the query service gives them: ``personLabel`` (or ``itemLabel``), ``positionLabel``,
``start``, ``end``, ``countryLabel`` or ``country`` (name or ISO3); ``person`` (a Q number or address) is optional.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from coranto.knowledge.own.rows import ActorRow, Codes, cells, day, records
from coranto.records import DataError

NAMES = ("personlabel", "itemlabel", "humanlabel", "person name", "name")
ROLES = ("positionlabel", "position held", "officelabel", "role")
STARTS = ("start", "starttime", "start time", "from")
ENDS = ("end", "endtime", "end time", "to")
COUNTRIES = ("iso3", "countrylabel", "country", "jurisdictionlabel")
SEEN = ("observed", "retrieved", "modified")
ALIASES = ("aliases", "alias", "personaltlabel", "itemaltlabel")
OF = re.compile(r"^(?P<role>.+)\s+(?:of|for)\s+(?:the\s+)?(?P<where>[A-Z].*)$")


def read(path: Path, codes: Codes) -> Iterator[ActorRow]:
    """One row a statement. A role without an end counts up to the day in ``observed``, else to its start only."""
    for where, r in records(path):
        name, title = _first(r, NAMES), _first(r, ROLES)
        if not name or not title:
            raise DataError(f"{where}: expected {NAMES[0]} and {ROLES[0]}, met {', '.join(r)}")
        low, high, seen = (day(_plain(_first(r, c)), where) for c in (STARTS, ENDS, SEEN))
        found = OF.match(title)
        land = codes.country(found["where"]) if found else ""
        country = codes.country(_first(r, COUNTRIES)) or land
        role = found["role"] if found and land else title
        sector = codes.sector(role.lower())
        yield ActorRow(
            name=name, kind="person", variants=cells(_first(r, ALIASES).replace(",", "|")), country=country,
            sectors=(sector,) if sector else (), role=role.lower(), low=low, high=high, observed=seen or high or low,
        )  # fmt: skip


def _first(r: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((r[n] for n in names if r.get(n)), "")


def _plain(text: str) -> str:
    """A Wikidata time without its sign and clock: "+2019-05-20T00:00:00Z" is 2019-05-20; unknown days are cut."""
    found = re.match(r"^\+?(\d{4}(?:-\d\d(?:-\d\d)?)?)", text)
    return found[1].replace("-00", "") if found else text
