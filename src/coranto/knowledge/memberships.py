"""``data/actors/memberships.tsv`` -> which countries an organisation had as members on a day."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from msgspec import Struct

from coranto.knowledge.actors import DATA, parse_day
from coranto.knowledge.tables import read_rows
from coranto.records import DataError

COLUMNS = ("org", "iso3", "from", "to", "observed", "source")


class Stay(Struct, frozen=True):
    """One country in one organisation; ``low`` and ``high`` are its first and last day, None = open."""

    country: str  # ISO3
    low: date | None
    high: date | None
    observed: date  # the day as of which the row was known to hold
    source: str  # where it can be checked

    def holds(self, day: date) -> bool:
        """True if the country was a member on that day, as far as is known."""
        return (self.low is None or self.low <= day) and (self.high is None or day <= self.high)


class Memberships:
    """Members of organisations and blocs, with the days on which they came and left."""

    def __init__(self, stays: dict[str, list[Stay]]) -> None:
        self._stays = stays

    def __len__(self) -> int:
        return len(self._stays)

    def __contains__(self, organisation: str) -> bool:
        return organisation in self._stays

    def stays(self, organisation: str, day: date) -> tuple[Stay, ...]:
        """The rows of the members of ``org:...`` on a day, by country; empty where the table knows none."""
        held = (s for s in self._stays.get(organisation, ()) if s.holds(day))
        return tuple(sorted(held, key=lambda s: s.country))

    def members(self, organisation: str, day: date) -> tuple[str, ...]:
        """ISO3 codes of the members of ``org:...`` on a day, in order; empty where the table knows none."""
        return tuple(s.country for s in self.stays(organisation, day))


def load(folder: Path = DATA) -> Memberships:
    """The shipped memberships."""
    path = folder / "actors" / "memberships.tsv"
    stays: dict[str, list[Stay]] = defaultdict(list)
    for row in read_rows(path, columns=COLUMNS):
        where = f"{path}: {row['org']} {row['iso3']}"
        observed = parse_day(row["observed"], where, last=True)
        if observed is None:
            raise DataError(f"{where}: expected a day in 'observed', met none")
        low, high = parse_day(row["from"], where), parse_day(row["to"], where, last=True)
        stays[f"org:{row['org']}"].append(Stay(row["iso3"], low, high, observed, row["source"]))
    return Memberships(dict(stays))
