"""Where outlets are at home, and what groups and parties were over time."""

from datetime import date
from itertools import pairwise

import pytest

from coranto.knowledge import Knowledge
from coranto.knowledge.actor_files import read_standings
from coranto.knowledge.actors import DATA
from coranto.knowledge.outlets import HOMES
from coranto.knowledge.tables import read_rows


@pytest.mark.parametrize(
    ("outlet", "home"),
    [
        ("www.oregonlive.com", "geonames:5746545"),
        ("news.example.ie", "country:IRL"),
        ("example.co.uk", "country:GBR"),
        ("example.io", ""),
        ("example.com", ""),
        ("reuters.com", ""),  # a wire writes for the world
        ("dawn.com", "country:PAK"),
        ("", ""),
    ],
)
def test_home_of_an_outlet(knowledge: Knowledge, outlet: str, home: str) -> None:
    assert knowledge.outlets.home(outlet) == home


def test_every_home_is_a_town_of_the_gazetteer(knowledge: Knowledge) -> None:
    for row in read_rows(HOMES, columns=("domain", "place", "source")):
        entry = knowledge.places.entry(row["place"])
        assert entry is not None
        assert entry.kind == "town"
        assert row["source"]


def test_standings_are_of_known_names_and_do_not_overlap(knowledge: Knowledge) -> None:
    for id_, held in read_standings(DATA / "actors" / "standings.tsv").items():
        assert id_ in knowledge.actors.entries
        for before, after in pairwise(held):
            assert before.high is not None
            assert after.low is not None
            assert before.high <= after.low


def test_a_party_rules_only_in_its_time(knowledge: Knowledge) -> None:
    entry = knowledge.actors.named("Awami League")
    assert entry is not None
    assert "GOV" in knowledge.actors.dated(entry.ref, date(2020, 1, 1)).sectors
    assert "OPP" in knowledge.actors.dated(entry.ref, date(2025, 1, 1)).sectors
    assert knowledge.actors.dated(entry.ref, date(1999, 1, 1)).sectors == ("PTY",)
