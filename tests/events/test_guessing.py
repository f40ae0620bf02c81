"""Words that no frame holds are given the frame of the type that the second signal is sure of."""

import pytest

from coranto import knowledge
from coranto.evaluation.events import analyse
from coranto.events.guessing import ANY
from coranto.events.reading import read
from coranto.records import EventType, Modality


@pytest.fixture(scope="module")
def know():
    return knowledge.load()


def coded(know, text):
    return [e for a in analyse([text], know) for e in a.events]


def test_a_word_that_no_frame_holds_is_coded(know):
    assert not know.frames.of("v", "cannonade")
    (event,) = coded(know, "Nigeria's army cannonaded the rebels' camp on Monday.")
    assert event.type.value is EventType.ASSAULT
    assert event.actors[0].value.country == "NGA"
    assert f"{ANY}" in event.type.by
    assert event.trigger.quote == "cannonaded"


def test_its_modality_is_read_as_that_of_any_other(know):
    found = coded(know, "Nigeria's army denied that it had cannonaded a market.")
    assert [e.modality.value for e in found if e.type.value is EventType.ASSAULT] == [Modality.DENIED]


def test_it_is_not_asked_where_nothing_can_come_of_it(know):
    for analysis in analyse(["The museum opens at nine.", "Prices rose by two per cent in May."], know):
        assert [r.guesses for r in read(analysis, know)] == [{}]


def test_a_sense_that_is_blocked_stays_so(know):
    assert coded(know, "Kenya struck a balance between growth and debt.") == []
