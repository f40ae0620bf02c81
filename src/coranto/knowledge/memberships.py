"""``data/actors/memberships.tsv`` -> which countries an organisation had as members on a day."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from coranto.knowledge.actors import DATA, parse_day
from coranto.knowledge.tables import read_rows

Stay = tuple[str, date | None, date | None]  # ISO3, first and last day; None = open


class Memberships:
    """Members of organisations and blocs, with the days on which they came and left."""

    def __init__(self, stays: dict[str, list[Stay]]) -> None:
        self._stays = stays

    def __len__(self) -> int:
        return len(self._stays)

    def members(self, organisation: str, day: date) -> tuple[str, ...]:
        """ISO3 codes of the members of ``org:...`` on a day, in order; empty where the table knows none."""
        held = self._stays.get(organisation, ())
        return tuple(
            sorted(c for c, low, high in held if (low is None or low <= day) and (high is None or day <= high))
        )


def load(folder: Path = DATA) -> Memberships:
    """The shipped memberships."""
    path = folder / "actors" / "memberships.tsv"
    stays: dict[str, list[Stay]] = defaultdict(list)
    for row in read_rows(path, columns=("org", "iso3", "from", "to")):
        where = f"{path}: {row['org']} {row['iso3']}"
        stay = (row["iso3"], parse_day(row["from"], where), parse_day(row["to"], where, last=True))
        stays[f"org:{row['org']}"].append(stay)
    return Memberships(dict(stays))
