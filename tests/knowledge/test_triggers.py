"""The second signal: a sentence and its tokens -> how likely each tells of each type."""

from pathlib import Path

import pytest

from coranto.knowledge import triggers
from coranto.knowledge.triggers import TYPES, TriggerModel
from coranto.records import EventType, MissingResource


@pytest.fixture(scope="module")
def model() -> TriggerModel:
    return triggers.load()


def guess(model, text, word):
    return model.read(text, [text.index(word)])[0]


def test_each_type_has_a_column():
    assert sorted(TYPES) == sorted(EventType)


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Mortar crews on the ridge shelled the market in Kutum at noon.", "shelled", EventType.ASSAULT),
        ("The two foreign ministers met in Lusaka on Friday.", "met", EventType.CONSULT),
        ("Peru's congress censured the minister over the spill.", "censured", EventType.ACCUSE),
        ("Agents bundled the blogger into a van and took him to a police station.", "bundled", EventType.COERCE),
    ],
)
def test_words_are_taken_for_their_types(model, text, word, kind):
    made = guess(model, text, word)
    assert made.best is kind
    assert made.of[kind] > 0.5


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The striker fired a shot over the bar in the last minute.", "fired"),
        ("The bank's shares were hammered as investors fled to gold.", "hammered"),
        ("The museum is open from nine to five except on Mondays.", "open"),
    ],
)
def test_other_senses_are_no_event(model, text, word):
    assert guess(model, text, word).none > 0.6


def test_likelihoods_sum_to_one(model):
    made = guess(model, "Kenya and Uganda signed a pact.", "signed")
    assert made.none + sum(made.of.values()) == pytest.approx(1, abs=0.1)  # each is rounded to two digits


def test_the_same_sentence_gives_the_same_guess(model):
    text = "Protesters blocked the road to the mine."
    first = guess(model, text, "blocked")
    model.read("A longer sentence in between, about nothing at all that matters to anybody here.", [0])
    assert guess(model, text, "blocked").of == first.of


def test_what_lies_beyond_the_longest_sentence_is_not_judged(model):
    text = "word " * 400 + "attacked"
    assert model.read(text, [0, text.index("attacked")]).keys() == {0}


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(MissingResource, match=r"expected the file .*model\.onnx"):
        triggers.load(tmp_path)
