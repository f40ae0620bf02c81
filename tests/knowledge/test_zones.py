"""The zone of a place, and the day of a moment there."""

from datetime import UTC, date, datetime

import pytest

from coranto.knowledge.zones import local_day, zones_of
from coranto.records import Place, Precision

NIGHT = datetime(2024, 3, 5, 23, 30, tzinfo=UTC)


def place(country, lat=None, lon=None, id="geonames:1"):
    return Place(id=id, name="there", precision=Precision.TOWN, country=country, latitude=lat, longitude=lon)


@pytest.mark.parametrize(
    ("where", "day"),
    [
        (place("UKR"), date(2024, 3, 6)),
        (place("GBR"), date(2024, 3, 5)),
        (place("PAK"), date(2024, 3, 6)),
        (place("USA", 38.9, -77.0), date(2024, 3, 5)),
        (place("RUS", 43.1, 131.9), date(2024, 3, 6)),
        (place("USA", 60.0, -98.5, id="country:USA"), date(2024, 3, 5)),
        (place(""), None),
    ],
)
def test_local_day(where, day):
    assert local_day(NIGHT, where) == day


def test_the_nearest_of_a_countrys_zones():
    assert [str(z) for z in zones_of(place("USA", 34.05, -118.24))] == ["America/Los_Angeles"]
    assert [str(z) for z in zones_of(place("AUS", -31.95, 115.86))] == ["Australia/Perth"]
    assert [str(z) for z in zones_of(place("BRA", -3.1, -60.0))] == ["America/Manaus"]


def test_a_country_of_several_zones_may_be_of_two_days():
    assert local_day(datetime(2024, 3, 5, 5, 30, tzinfo=UTC), place("USA", id="country:USA")) is None
