"""On which day the events of a report happened: `tests/cases/event_days.jsonl`.

`days` gives, for a part of a trigger, the day, month or year that the report tells, or "wide": only that it was before.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from coranto.documents import dates
from coranto.engine.pipeline import Pipeline
from coranto.language.en.aspects import akin, words
from coranto.records import Basis, Block, BlockKind, Document, Period, Report, Sourced, Span, Via, make_id

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "event_days.jsonl").read_text(encoding="utf-8").splitlines()
]
LEAST = 0.9  # share of the days that are right


def written(case):
    """A case -> a document of a headline and paragraphs."""
    parts = [case["headline"], *case["paragraphs"]]
    text = "\n\n".join(parts)
    blocks, at = [], 0
    for n, part in enumerate(parts):
        kind = BlockKind.BODY if n else BlockKind.HEADLINE
        blocks.append(Block(kind=kind, span=Span(at, at + len(part))))
        at += len(part) + 2
    name = make_id("days", text)
    return Document(id=name, uri="case:", digest=name, outlet="", text=text, blocks=tuple(blocks))


@pytest.fixture(scope="module")
def coded(knowledge):
    """A case -> its coded events, with the words around each trigger."""
    pipeline = Pipeline(knowledge)

    def run(case):
        day = dates.read(case["published"])
        published = Sourced(value=day, basis=Basis.ASSUMED, via=Via.RULE, evidence=(), score=1.0, by="test")

        def one_report(batch):
            return [
                (Report(id=make_id(a.document.id, 0), document=a.document.id, span=Span(0, len(a.document.text)),
                        published=published),)
                for a in batch
            ]  # fmt: skip

        pipeline.stages["reports"] = one_report
        return next(pipeline([written(case)]))

    return run


def right(expected, published, event):
    """True if the event's days are those that the report tells."""
    if event.time is None:
        return False
    period = event.time.value.period
    if expected == "wide":
        return period.days > 2 and period.high == date.fromisoformat(published)
    if len(expected) == 10:
        return period.days <= 2 and period.best.isoformat() == expected
    return period.low.isoformat().startswith(expected) and period.high.isoformat().startswith(expected)


def judged(case, coded):
    """Each expectation with the event that it is about, where one is coded."""
    analysis = coded(case)
    text = analysis.document.text
    for part, expected in case["days"].items():
        at = text.index(part)
        span = Span(at, at + len(part))
        found = [e for e in analysis.events if e.trigger.span.start < span.end and span.start < e.trigger.span.end]
        yield part, expected, (found[0] if found else None)


def test_the_days_of_events(coded):
    told = [right(want, c["published"], event) for c in CASES for _, want, event in judged(c, coded) if event]
    assert len(told) > 140
    assert sum(told) / len(told) >= LEAST


def test_an_open_time_is_assumed_and_of_a_low_score(coded):
    case = {"published": "2024-03-08", "headline": "Port reopens", "days": {},
            "paragraphs": ["Yemen reopened the port.", "Rebels have attacked ships since January."]}  # fmt: skip
    event = next(e for e in coded(case).events if e.trigger.quote.startswith("attacked"))
    assert event.time.basis is Basis.ASSUMED and event.time.value.is_open and event.time.score < 0.3
    assert event.time.value.period == Period(low=date(2024, 1, 1), high=date(2024, 3, 8), best=date(2024, 3, 8))
    assert "January" in event.time.words.quote
    assert event.time.value.listed == Period(low=date(2024, 3, 8), high=date(2024, 3, 8), best=date(2024, 3, 8))


@pytest.mark.parametrize(("verb", "noun", "one"), [("shell", "shelling", True), ("seize", "seizure", True),
                                                  ("attack", "arrest", False), ("be", "bear", False)])  # fmt: skip
def test_verbs_and_their_nouns(verb, noun, one):
    assert akin(verb, noun) is one


@pytest.mark.parametrize("kind", ["fresh", "often", "over", "goes", "stretch", "through", "holds"])
def test_every_kind_of_word_has_some(kind):
    assert words(kind)
