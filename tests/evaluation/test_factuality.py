import json

import pytest

from coranto import knowledge
from coranto.evaluation import factuality
from coranto.records import DataError


def test_offsets_are_those_of_words_joined_by_spaces():
    assert factuality.token_offsets("It did n't fall .") == [(0, 2), (3, 6), (7, 10), (11, 15), (16, 17)]


def test_error_and_correlation():
    assert factuality.mean_error([(3, 1), (-1, -1)]) == 1.0
    assert factuality.pearson([(3, 1), (0, 0), (-3, -1)]) == pytest.approx(1.0)
    assert factuality.pearson([(3, -1), (0, 0), (-3, 1)]) == pytest.approx(-1.0)
    assert factuality.pearson([(3, 1), (3, 1)]) == 0.0
    made = factuality.scores([(3, 2), (-3, -2), (1, 1), (0, 1)])
    assert made["targets"] == 4
    assert made["r.low"] <= made["r"] <= made["r.high"]


def test_every_target_has_a_value_whatever_its_word(tmp_path):
    gold = tmp_path / "gold.jsonl"
    lines = [
        {
            "text": "The fleet did n't leave .",
            "targets": [{"span1": [4, 5], "label": -3}, {"span1": [1, 2], "label": 3}],
        },
        {"text": "The army will leave .", "targets": [{"span1": [3, 4], "label": -2}]},
        {
            "text": "Tanks crossed the river .",
            "targets": [{"span1": [1, 2], "label": 3}, {"span1": [4, 5], "label": 0}],
        },
    ]
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines))
    predicted, scores = factuality.evaluate(gold, knowledge.load())
    assert [p["n"] for p in predicted] == [0, 1, 2]
    assert [len(p["targets"]) for p in predicted] == [2, 1, 2]
    assert predicted[0]["targets"][0] < -2
    assert predicted[1]["targets"][0] < -1
    assert predicted[2]["targets"][0] > 2
    assert scores["targets"] == 5


def test_tokens_outside_the_text_are_an_error(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"text": "It fell .", "targets": [{"span1": [2, 4], "label": 3}]}))
    with pytest.raises(DataError, match=r"expected tokens in \[0, 3\], met 2-4"):
        factuality.evaluate(gold, knowledge.load())
