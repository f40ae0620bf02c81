"""Two places -> whether they are one, or two in which one thing cannot have happened."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coranto.records import Place, Precision

FINE = frozenset({Precision.SITE, Precision.TOWN})
SMALL = FINE | {Precision.DISTRICT, Precision.PROVINCE}
TOWN_KM = 20.0  # two towns further apart than this are two


def same(p: Place, q: Place) -> bool:
    """True if two places are one."""
    return p.id == q.id if p.id and q.id else p.name.casefold() == q.name.casefold()


def apart(p: Place, q: Place) -> bool:
    """True if nothing can have happened in both: other towns, provinces or countries."""
    if same(p, q) or Precision.REGION in (p.precision, q.precision):
        return False
    if p.country and q.country and p.country != q.country:
        return True
    if p.precision in FINE and q.precision in FINE and p.id and q.id:
        return kilometres(p, q) > TOWN_KM
    return p.precision in SMALL and q.precision in SMALL and bool(p.admin1 and q.admin1 and p.admin1 != q.admin1)


def kilometres(p: Place, q: Place) -> float:
    """From one place to the other; 0 where the place of either is not known."""
    if p.latitude is None or q.latitude is None or p.longitude is None or q.longitude is None:
        return 0.0
    lat, lon, lat2, lon2 = map(math.radians, (p.latitude, p.longitude, q.latitude, q.longitude))
    h = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


class Atlas:
    """Places as columns, to tell of many pairs at once what ``apart`` tells of one."""

    def __init__(self, places: Sequence[Place]) -> None:
        numbers: dict[str, int] = {"": 0}

        def column(of: Callable[[Place], Any], kind: Any = np.int64) -> NDArray[Any]:
            return np.fromiter(map(of, places), dtype=kind, count=len(places))

        def named(of: Callable[[Place], str]) -> NDArray[np.int64]:
            return column(lambda p: numbers.setdefault(of(p), len(numbers)))

        self.id, self.name = named(lambda p: p.id), named(lambda p: "name " + p.name.casefold())
        self.country, self.admin1 = named(lambda p: p.country), named(lambda p: p.admin1)
        self.region = column(lambda p: p.precision is Precision.REGION, np.bool_)
        self.fine = column(lambda p: p.precision in FINE, np.bool_)
        self.small = column(lambda p: p.precision in SMALL, np.bool_)
        self.latitude = np.radians(column(lambda p: np.nan if p.latitude is None else p.latitude, np.float64))
        self.longitude = np.radians(column(lambda p: np.nan if p.longitude is None else p.longitude, np.float64))

    def apart(self, p: NDArray[np.int64], q: NDArray[np.int64]) -> NDArray[np.bool_]:
        """``apart`` of every pair of places, given by number."""
        by_id = (self.id[p] != 0) & (self.id[q] != 0)
        one = np.where(by_id, self.id[p] == self.id[q], self.name[p] == self.name[q])
        lands = (self.country[p] != 0) & (self.country[q] != 0) & (self.country[p] != self.country[q])
        provinces = (self.admin1[p] != 0) & (self.admin1[q] != 0) & (self.admin1[p] != self.admin1[q])
        towns = self.fine[p] & self.fine[q] & by_id
        told = np.where(towns, self._km(p, q) > TOWN_KM, self.small[p] & self.small[q] & provinces)
        return np.asarray(~one & ~self.region[p] & ~self.region[q] & (lands | told), dtype=np.bool_)

    def _km(self, p: NDArray[np.int64], q: NDArray[np.int64]) -> NDArray[np.float64]:
        lat, lat2, lon, lon2 = self.latitude[p], self.latitude[q], self.longitude[p], self.longitude[q]
        h = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
        made: NDArray[np.float64] = np.nan_to_num(12742 * np.arcsin(np.sqrt(np.minimum(1.0, h))))
        return made
