from datetime import date
from pathlib import Path

import pytest

from coranto.knowledge.actors import DATA, ActorTable, NameKind, fold, load
from coranto.knowledge.tables import read_rows
from coranto.records import DataError, RefKind

SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load()


def ids(table: ActorTable, text: str) -> list[str]:
    return [hit.entry.ref.id for hit in table.match(text.split())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Korean and Korean", ["country:KOR", "country:KOR"]),
        ("they told us that US and U.S. troops", ["country:USA", "country:USA"]),
        ("who asked WHO and the who", ["org:world-health-organization"]),
        ("Democratic Republic of the Congo", ["country:COD"]),
        ("Republic of the Congo", ["country:COG"]),
        ("Guinea-Bissau and Guinea", ["country:GNB", "country:GIN"]),
        ("turkey in Turkey", ["country:TUR"]),
        ("al-Shabaab and Al Shabaab and al - Shabaab", ["group:al-shabaab"] * 3),
        ("the People 's Liberation Army", ["force:people-s-liberation-army"]),
        ("Kiev Kyiv Kyyiv", ["country:UKR"] * 3),
        ("Niger Nigeria Nigerien Nigerian", ["country:NER", "country:NGA", "country:NER", "country:NGA"]),
    ],
)
def test_names_match_longest_first_and_by_their_spelling(table: ActorTable, text: str, expected: list[str]) -> None:
    assert ids(table, text) == expected


@pytest.mark.parametrize("name", ["Volodymyr Zelensky", "Zelenskiy", "Zelenskyy", "Volodymyr Zelenskyi"])
def test_transliterations_are_one_person(table: ActorTable, name: str) -> None:
    assert ids(table, name) == ["person:volodymyr-zelenskyy"]


def test_accents_articles_and_endings_fold() -> None:
    assert fold("Élysée") == "elysee"
    assert fold("Zelenskiy") == fold("Zelenskyy") == fold("Zelenskii") == "zelensky"
    assert fold("Sana'a") == fold("Sanaa")


def test_a_role_holds_only_inside_its_dates(table: ActorTable) -> None:
    def role(name: str, *day: int) -> str:
        ref = table.person_at(name, date(*day))
        assert ref is not None
        return ref.role

    assert role("Joe Biden", 2012, 5, 1) == "vice president"
    assert role("Joe Biden", 2018, 5, 1) == ""
    assert role("Joe Biden", 2023, 5, 1) == "president"
    assert role("Joe Biden", 2025, 5, 1) == ""
    assert role("Sergey Lavrov", 2060, 1, 1) == ""
    assert role("Mark Rutte", 2025, 1, 1) == "nato secretary-general"


def test_a_person_without_a_day_has_no_role(table: ActorTable) -> None:
    ref = table.person_at("Angela Merkel", None)
    assert ref is not None
    assert (ref.kind, ref.country, ref.role) == (RefKind.PERSON, "DEU", "")
    assert table.person_at("Nobody Known", None) is None


@pytest.mark.parametrize(
    ("noun", "sector"),
    [
        ("troops", "MIL"),
        ("rebels", "REB"),
        ("policemen", "COP"),
        ("lawmakers", "LEG"),
        ("courts", "JUD"),
        ("journalists", "JRN"),
        ("doctors", "MED"),
        ("ministries", "GOV"),
        ("Foreign Minister", "GOV"),
        ("ministers of defence", "GOV"),
        ("refugees", "REF"),
        ("gunmen", "UAF"),
        ("companies", "BUS"),
    ],
)
def test_roles_have_sectors_in_singular_and_plural(table: ActorTable, noun: str, sector: str) -> None:
    role = table.role(noun)
    assert role is not None
    assert role.sector == sector


def test_sizes_and_codes_of_the_data(table: ActorTable) -> None:
    countries = list(read_rows(DATA / "actors" / "countries.tsv"))
    assert len(countries) == len({r["iso3"] for r in countries}) == 250
    codes = {r["iso3"] for r in countries} | {"IGO", "NGO", "IMG", ""}
    sizes = {"organisations": 200, "groups": 300, "forces": 300, "persons": 1000}
    for name, least in sizes.items():
        rows = list(read_rows(DATA / "actors" / f"{name}.tsv"))
        assert len(rows) >= least
        assert {r["country"] for r in rows} <= codes
        assert {s for r in rows for s in r["sectors"].split("|") if s} <= SECTORS
    assert len(table.persons) >= 500
    assert len(table.roles) >= 1500
    assert {r.sector for r in table.roles.values()} <= SECTORS


def test_tenures_are_in_order(table: ActorTable) -> None:
    for person in table.persons.values():
        for tenure in person.tenures:
            assert tenure.low is None or tenure.high is None or tenure.low <= tenure.high, person.id
            assert tenure.low is None or tenure.low <= tenure.observed, person.id


def test_a_metonym_is_known_as_one(table: ActorTable) -> None:
    entry = table.named("Downing Street")
    assert entry is not None
    assert (entry.kind, entry.ref.country) == (NameKind.METONYM, "GBR")


def test_a_bad_date_is_named(tmp_path: Path) -> None:
    from coranto.knowledge.actor_files import read_persons

    header = "id name variants short gender country role sectors from to observed".split()
    row = ["x", "X Y", "", "Y", "m", "UKR", "minister", "GOV", "soon", "", "2025"]
    path = tmp_path / "persons.tsv"
    path.write_text("\t".join(header) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="soon"):
        list(read_persons(path))
