"""Two places -> whether they are one, or two in which one thing cannot have happened."""

import math

from coranto.records import Place, Precision

FINE = frozenset({Precision.SITE, Precision.TOWN})
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
        return _km(p, q) > TOWN_KM
    small = (*FINE, Precision.DISTRICT, Precision.PROVINCE)
    return p.precision in small and q.precision in small and bool(p.admin1 and q.admin1 and p.admin1 != q.admin1)


def _km(p: Place, q: Place) -> float:
    if p.latitude is None or q.latitude is None or p.longitude is None or q.longitude is None:
        return 0.0
    lat, lon, lat2, lon2 = map(math.radians, (p.latitude, p.longitude, q.latitude, q.longitude))
    h = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))
