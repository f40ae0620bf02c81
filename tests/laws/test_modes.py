"""Three ways of merging the coded events of one record."""

from datetime import date

import pytest

from coranto.linkage.link import link
from coranto.publish.modes import Told, contradictions, modes, table
from coranto.records import Place, Precision
from coranto.store.sqlite import Store

BARA = Place(id="geonames:1", name="Bara", precision=Precision.TOWN, country="SDN", latitude=13.7, longitude=30.4)
KOSTI = Place(id="geonames:2", name="Kosti", precision=Precision.TOWN, country="SDN", latitude=13.2, longitude=32.7)
DAY = date(2031, 3, 5).toordinal()


def told(id_, **fields):
    made = {"type": "ASSAULT", "cameo": "190", "actors": ("SDN REB",), "recipients": (), "day": DAY,
            "named": (DAY, DAY), "place": BARA, "tolls": (), "happened": True}  # fmt: skip
    return Told(id=id_, **{**made, **fields})


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, []),
        ({"named": (DAY + 3, DAY + 3)}, ["days"]),
        ({"named": None, "place": KOSTI}, ["places"]),
        ({"happened": False}, ["told and denied"]),
        ({"happened": None}, ["happened and only planned"]),
    ],
)
def test_pairs_contradict_by_days_places_and_whether_it_happened(other, why):
    assert list(contradictions(told("a"), told("b", **other))) == why
    assert list(contradictions(told("b", **other), told("a"))) == why


class Held(Store):
    """A record in memory: all that the modes ask of a store."""

    def __init__(self, coded, events):
        self._coded, self._events = coded, events

    def coded(self):
        return iter(self._coded)

    def events(self):
        return iter(self._events)


def test_every_mode_has_every_coded_event_once(bundled, knowledge):
    coded = [e for a in bundled.analyses for e in a.events]
    record = link(
        coded, [r for a in bundled.analyses for r in a.reports], [a.document for a in bundled.analyses], knowledge
    )
    made = modes(Held(coded, record.events))
    assert [m.name for m in made] == ["one a day", "1 km, 1 day", "coranto"]
    assert all(m.events + m.merged == len(coded) for m in made)
    assert made[-1].events == len(record.events)
    lines = list(table(made))
    assert len({line.count("|") for line in lines}) == 1
