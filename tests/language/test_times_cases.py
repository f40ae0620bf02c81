"""Written cases: text, the day it was published, one expression in it, what it means."""

import json
from datetime import date
from pathlib import Path

import pytest

from coranto.language.en.times import FoundTime, find_times

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "times.jsonl").read_text(encoding="utf-8").splitlines()
]


def _found(case: dict) -> list[FoundTime]:
    anchor = date.fromisoformat(case["anchor"]) if case["anchor"] else None
    return find_times(case["text"], anchor=anchor)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=f"{n}-{c['quote']}", marks=pytest.mark.xfail(reason=c["fails"]) if "fails" in c else ())
        for n, c in enumerate(CASES)
    ],
)
def test_case(case: dict) -> None:
    end = case["start"] + len(case["quote"])
    over = [t for t in _found(case) if t.span.start < end and case["start"] < t.span.end]
    if case["type"] is None:
        assert not over
        return
    assert [(t.span.start, t.span.end) for t in over] == [(case["start"], end)]
    found = over[0]
    assert (found.timex.type, found.timex.value) == (case["type"], case["value"])
    days = (found.period.low.isoformat(), found.period.high.isoformat()) if found.period else (None, None)
    assert days == (case["low"], case["high"])
