"""Rewrites found and reports of the same event left alone, by half of the gold."""

from pathlib import Path

from coranto import knowledge
from coranto.evaluation import rewrites

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "rewrites.jsonl"


def test_scores_are_shares_of_each_half():
    lines = [
        {"half": "first", "rewrite": True, "independent": False},
        {"half": "first", "rewrite": False, "independent": False},
        {"half": "second", "rewrite": True, "independent": True},
    ]
    assert rewrites.score(lines) == {
        "texts": 3, "recall": 0.6667, "false_joins": 0.3333, "recall.first": 0.5, "false_joins.first": 0.0,
        "recall.second": 1.0, "false_joins.second": 1.0,
    }  # fmt: skip


def test_a_line_for_each_text():
    lines, scores = rewrites.evaluate(GOLD, knowledge.load())
    assert [line["n"] for line in lines] == list(range(scores["texts"]))
    assert scores["false_joins"] <= 0.04
    assert scores["recall"] >= 0.8
