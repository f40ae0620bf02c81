"""The score from which an event is coded can be moved, and is a part of what a run was made with."""

import pytest

from coranto import knowledge
from coranto.engine.manifest import manifest
from coranto.evaluation.events import analyse
from coranto.records import UsageError


def coded(threshold, text):
    know = knowledge.Knowledge(threshold=threshold)
    return [e.type.value for a in analyse([text], know) for e in a.events]


def test_a_higher_threshold_codes_less():
    text = "Kenya is said to have been critical, and police may have held two men after a raid."
    counts = [len(coded(threshold, text)) for threshold in (0.0, 0.5, 1.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2]


def test_the_environment_moves_it(monkeypatch):
    monkeypatch.setenv("CORANTO_THRESHOLD", "0.7")
    know = knowledge.load()
    assert know.threshold == 0.7
    assert manifest(know).threshold == 0.7


@pytest.mark.parametrize("value", ["high", "2", "-0.1", "nan"])
def test_a_bad_value_is_told(monkeypatch, value):
    monkeypatch.setenv("CORANTO_THRESHOLD", value)
    with pytest.raises(UsageError, match="expected a number from 0 to 1 as CORANTO_THRESHOLD"):
        knowledge.load()
