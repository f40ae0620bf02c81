"""Datelines, credits and kinds of blocks, case by case."""

import json
from pathlib import Path

import pytest

from coranto.documents.page import Composer
from coranto.documents.read import read
from coranto.documents.reports import make
from coranto.documents.sources import Source
from coranto.knowledge import load
from coranto.records import Analysis, BlockKind, Document, Report

CASES = Path(__file__).parents[1] / "cases"
KNOWLEDGE = load()
REPORTS = make(KNOWLEDGE)


def cases(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def read_report(text: str) -> tuple[Document, Report]:
    document = read(Source(uri="x.txt", data=text.encode(), hint=".txt"), KNOWLEDGE.outlets)
    assert isinstance(document, Document)
    (report,) = REPORTS([Analysis(document=document)])[0]
    return document, report


@pytest.mark.parametrize("case", cases("datelines"), ids=lambda c: str(c["text"])[:40])
def test_dateline(case):
    document, report = read_report(case["text"])
    lines = [b for b in document.blocks if b.kind is BlockKind.DATELINE]
    assert bool(lines) is case["dateline"]
    assert (report.place.value if report.place else None) == case["place"]
    assert [c.value for c in report.credit] == case["agencies"]
    if case["date"]:
        assert case["date"] in document.text[lines[0].span.start : lines[0].span.end]
    if lines:
        body = next(b for b in document.blocks if b.kind is BlockKind.BODY)
        assert body.span.start >= lines[0].span.end


@pytest.mark.parametrize("case", cases("credits"), ids=lambda c: str(c["text"])[:40])
def test_credit(case):
    document, report = read_report(f"The army left the town on Monday, the mayor said.\n{case['text']}")
    assert document.blocks[-1].kind == case["kind"]
    assert [c.value for c in report.credit] == case["credit"]


@pytest.mark.parametrize("case", cases("blocks"), ids=lambda c: str(c["text"])[:40])
def test_blocks(case):
    composer = Composer(KNOWLEDGE.outlets)
    found = [[s.kind.value, case["text"][s.start : s.end]] for s in composer.stretches(case["text"])]
    assert found == case["blocks"]


def test_upstream_is_named_with_its_words_and_never_the_outlet_itself():
    document, report = read_report("Kyodo reported a launch. According to Al Jazeera, two died. He told the mayor so.")
    assert [u.value for u in report.upstream] == ["Kyodo News", "Al Jazeera"]
    for named in report.upstream:
        words = named.words
        assert words and document.text[words.span.start : words.span.end] == words.quote


def test_a_dateline_with_a_year_dates_a_report_that_has_no_other_date():
    _, report = read_report("JERUSALEM, Oct. 7, 2023 (Xinhua) -- Sirens were heard in the city.")
    assert report.published and report.published.value.timex.value == "2023-10-07"
    _, report = read_report("JERUSALEM, Oct. 7 (Xinhua) -- Sirens were heard in the city.")
    assert report.published is None
