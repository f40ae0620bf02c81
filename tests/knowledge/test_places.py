"""The gazetteer: spellings, stop-list, containment, pins, unpacking."""

import gzip
import time
from pathlib import Path

import pytest

from coranto.knowledge import places
from coranto.knowledge.places import Gazetteer, Kind, fold, unpack
from coranto.knowledge.tables import read_rows
from coranto.records import MissingResource, Precision


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return places.load()


def test_spellings_fold() -> None:
    assert fold("Khar’kov") == fold("KHARKOV")
    assert fold("St. Petersburg") == fold("Saint Petersburg")
    assert fold("Port-au-Prince") == "port au prince"
    assert fold("Łódź") == "lodz"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Kyiv", "geonames:703448"), ("Kiev", "geonames:703448"), ("Харків", "geonames:706483"),
        ("al-Hasakah", "geonames:173811"), ("the Netherlands", "country:NLD"), ("U.S.", "country:USA"),
        ("Donbass", "region:donbas"), ("Gaza Strip", "geonames:281132"),
        ("Strait of Hormuz", "region:strait-of-hormuz"),
    ],
)  # fmt: skip
def test_names_in_use_are_found(gazetteer: Gazetteer, name: str, id: str) -> None:
    assert id in [c.id for c in gazetteer.find(name)]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("White House", "geonames:2553604"), ("Borisoglebsk", "geonames:460413"), ("Pokrovsk", "geonames:563464"),
        ("Kashmir", "geonames:1269320"),
    ],
)  # fmt: skip
def test_aliases_that_mislead_are_not_there(gazetteer: Gazetteer, name: str, id: str) -> None:
    assert id not in [c.id for c in gazetteer.find(name)]


def test_a_town_knows_what_holds_it(gazetteer: Gazetteer) -> None:
    town = gazetteer.entry("geonames:704422")
    assert town is not None
    place = gazetteer.place(town)
    assert (place.country, place.admin1, place.precision) == ("UKR", "Donetsk Oblast", Precision.TOWN)
    assert place.latitude == pytest.approx(48.28, abs=0.01)


def test_a_country_has_a_middle_and_no_pin(gazetteer: Gazetteer) -> None:
    country = gazetteer.country("UKR")
    assert country is not None and country.latitude == pytest.approx(49)
    assert gazetteer.place(country).latitude is None


def test_no_capital_is_missing(gazetteer: Gazetteer) -> None:
    for city in ("Kyiv", "Khartoum", "Damascus", "Tehran", "Brasília", "Canberra", "Nairobi", "Seoul"):
        assert any(c.capital for c in gazetteer.find(city)), city


def test_authored_places_are_many_and_sound() -> None:
    rows = list(read_rows(places.DATA / "regions.tsv"))
    assert len(rows) >= 300
    assert len({r["id"] for r in rows}) == len(rows)
    for r in rows:
        assert r["kind"] in (Kind.REGION, Kind.SITE)
        assert -90 <= float(r["lat"]) <= 90 and -180 <= float(r["lon"]) <= 180


def test_loading_is_fast(gazetteer: Gazetteer) -> None:
    start = time.perf_counter()
    places.load().find("Kyiv")
    assert time.perf_counter() - start < 1


def test_unpacking_is_kept_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    packed = tmp_path / "x.gz"
    packed.write_bytes(gzip.compress(b"one"))
    first = unpack(packed)
    assert first.read_bytes() == b"one" and unpack(packed) == first
    packed.write_bytes(gzip.compress(b"two"))
    assert unpack(packed) != first
    assert sorted(p.suffix for p in first.parent.iterdir()) == [".sqlite", ".sqlite"]


def test_a_missing_gazetteer_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingResource, match="expected the gazetteer"):
        unpack(tmp_path / "nothing.gz")
