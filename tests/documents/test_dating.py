"""Pages with the day on which they were published: `tests/cases/pages.jsonl`, all of them invented.

`day` is the best day (null: nothing on the page tells it), `low` and `high` the interval where it is wider. A case with
`xfail` is a known fault; its value is the cause.
"""

import json
from pathlib import Path

import pytest

from coranto.documents.read import read
from coranto.documents.sources import Source
from coranto.records import Document

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "pages.jsonl").read_text(encoding="utf-8").splitlines()
]
SUFFIXES = {"html": ".html", "text": ".txt", "record": ".json"}


def dated(case, knowledge):
    """The date of a case's page, read from its bytes."""
    source = Source(uri=case["uri"], data=case["body"].encode(), hint=SUFFIXES[case["form"]])
    document = read(source, knowledge.outlets)
    assert isinstance(document, Document), document
    return document.published, document


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=[pytest.mark.xfail(reason=c["xfail"])] if c.get("xfail") else [], id=c["name"])
        for c in CASES
    ],
)
def test_case(case, knowledge):
    published, document = dated(case, knowledge)
    if case["day"] is None:
        assert published is None
        return
    assert published is not None
    period = published.value.period
    assert period.best.isoformat() == case["day"]
    assert period.low.isoformat() == case.get("low", case["day"])
    assert period.high.isoformat() == case.get("high", case["day"])
    assert published.evidence and 0 < published.score <= 1
    for words in published.evidence:
        if getattr(words, "span", None):
            assert document.text[words.span.start : words.span.end] == words.quote


def test_there_are_sixty_pages():
    assert len(CASES) >= 60
