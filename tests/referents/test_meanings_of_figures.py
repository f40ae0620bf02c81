"""Tolls of one-paragraph reports."""

import json
from pathlib import Path

import pytest

from coranto.evaluation.figures import score, tolls
from coranto.knowledge import Knowledge

REPORTS = [
    ("At least 12 people, including three children, are killed in a strike on a market.", (12, None)),
    ("Sixteen soldiers and 28 rebels are killed in an ambush near the border.", (44, 44)),
    ("A drone hits a bus, killing two nurses and a driver and wounding nine others.", (3, 3)),
    ("Gunmen kill between five and seven villagers. Dozens of people flee.", (5, 7)),
    ("Twelve people are injured in a blast in 2024. The army blames rebels.", None),
    ("The death toll from the clashes rises to 56.", (56, 56)),
    ("A soldier is killed and two are wounded by a mine.", (1, 1)),
    ("The two sides sign a truce after 18 months of war.", None),
    ("A missile strikes a hotel, killing five of them.", (5, 5)),
    ("Seven fighters, two of them foreigners, are shot dead.", (7, 7)),
]


@pytest.mark.parametrize(("text", "wanted"), REPORTS)
def test_tolls(text: str, wanted: tuple[int, int | None] | None, knowledge: Knowledge) -> None:
    found = tolls([text], knowledge)[0]
    assert (found and (found["low"], found["high"])) == wanted


CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "tolls.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c["text"][:60], marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for c in CASES
    ],
)
def test_tolls_of_reports(case: dict[str, object], knowledge: Knowledge) -> None:
    found = tolls([str(case["text"])], knowledge)[0]
    assert (found and [found["low"], found["high"]]) == case["killed"]


def test_scores_compare_numbers_and_silence() -> None:
    gold = [{"killed": 3}, {"killed": None}, {"killed": {"low": 5, "high": None}}, {"killed": 2}]
    lines = [
        {"killed": {"low": 3, "high": 3}},
        {"killed": None},
        {"killed": {"low": 5, "high": None}},
        {"killed": None},
    ]
    assert score(gold, lines) == {"reports": 4, "exact": 0.75, "deadly": 3, "exact_deadly": 0.6667}
