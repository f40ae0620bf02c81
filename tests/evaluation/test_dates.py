"""Scores of the days that pages are given."""

import json

import pytest

from coranto.evaluation.dates import evaluate
from coranto.records import DataError


def page(day, shown, **more):
    body = f"<html><body><h1>Ferry halted</h1><p class='date'>{shown}</p><p>The boats stay in port.</p></body></html>"
    return {"uri": "https://a.example/x", "form": "html", "body": body, "day": day, **more}


def test_right_inside_and_made_up(tmp_path, knowledge):
    gold = [
        page("2020-05-05", "5 May 2020"),
        page("2020-05-06", "5 May 2020"),
        page(None, "5 May 2020"),
        page(None, "soon"),
        page("2023-11-19", "Yesterday", captured="2023-11-20T12:00:00Z"),
    ]
    file = tmp_path / "dates.jsonl"
    file.write_text("".join(json.dumps(g) + "\n" for g in gold))
    lines, scores = evaluate(file, knowledge)
    assert [line["day"] for line in lines] == ["2020-05-05", "2020-05-05", "2020-05-05", None, "2023-11-19"]
    assert scores == {"pages": 5.0, "right": 0.6, "inside": pytest.approx(2 / 3), "made_up": 1.0}


def test_a_line_without_its_fields(tmp_path, knowledge):
    file = tmp_path / "dates.jsonl"
    file.write_text('{"uri": "x"}\n')
    with pytest.raises(DataError, match="expected the fields"):
        evaluate(file, knowledge)
