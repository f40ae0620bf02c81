"""Scoring of time expressions."""

import json
from pathlib import Path

import pytest

from coranto.evaluation.time import Counts, GoldTimex, compare, evaluate, score
from coranto.knowledge import Knowledge
from coranto.records import DataError

TEXT = "Troops left on Monday. They return in May 2025, after two weeks."


def _gold(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def _timex(quote: str, type: str, value: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, "type": type, "value": value}


def test_a_perfect_text_scores_a_hundred(tmp_path: Path, knowledge: Knowledge) -> None:
    timexes = [
        _timex("Monday", "DATE", "2024-03-04"),
        _timex("May 2025", "DATE", "2025-05"),
        _timex("two weeks", "DURATION", "P2W"),
    ]
    gold = _gold(tmp_path / "gold.jsonl", {"doc": "a", "dct": "2024-03-06", "text": TEXT, "timexes": timexes})
    predictions, scores = evaluate(gold, knowledge)
    assert scores["strict_f1"] == scores["value_f1"] == scores["type_accuracy"] == 100.0
    assert predictions[0]["n"] == 0 and predictions[0]["doc"] == "a"
    first = predictions[0]["timexes"][0]
    assert (first["start"], first["end"], first["low"], first["high"]) == (15, 21, "2024-03-04", "2024-03-04")
    assert predictions[0]["timexes"][2]["low"] is None


def test_a_range_is_predicted_as_its_ends(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "It ran from 3 to 5 May 2023."
    gold = _gold(tmp_path / "gold.jsonl", {"doc": "a", "dct": None, "text": text, "timexes": []})
    predictions, _ = evaluate(gold, knowledge)
    assert [t["value"] for t in predictions[0]["timexes"]] == ["2023-05-03", "2023-05-05"]


def test_an_expression_is_paired_once_with_the_most_alike() -> None:
    gold = [GoldTimex(start=0, end=10, type="DATE", value="2024")]
    found = [
        {"start": 0, "end": 4, "type": "DATE", "value": "2023"},
        {"start": 0, "end": 10, "type": "DATE", "value": "2024"},
    ]
    assert compare(gold, found) == Counts(gold=1, found=2, relaxed=1, strict=1, typed=1, valued=1)


def test_scores_have_intervals_that_hold_them() -> None:
    counts = [Counts(gold=4, found=5, relaxed=4, strict=n, typed=4, valued=n) for n in (1, 2, 3, 4)]
    scores = score(counts)
    assert scores["relaxed_precision"] == 80.0 and scores["relaxed_recall"] == 100.0
    assert scores["value_f1_low"] <= scores["value_f1"] <= scores["value_f1_high"]
    assert scores == score(counts)


@pytest.mark.parametrize(
    "line",
    [
        {"doc": "b", "text": "x"},
        {"doc": "b", "dct": "yesterday", "text": "x", "timexes": []},
        {"doc": "b", "dct": None, "text": "x", "timexes": [{"start": 0, "end": 9, "type": "DATE", "value": "2024"}]},
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, knowledge: Knowledge, line: dict[str, object]) -> None:
    good = {"doc": "a", "dct": None, "text": "x", "timexes": []}
    with pytest.raises(DataError, match=r"gold\.jsonl:2: expected"):
        evaluate(_gold(tmp_path / "gold.jsonl", good, line), knowledge)
