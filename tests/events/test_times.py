"""When coded events happened: `tests/cases/event_times.jsonl`.

`trigger` is in the event's trigger, `day` is the best day of its time, `basis` says where that was read. A case with
`xfail` is a known fault; its value is the cause.
"""

import json
from pathlib import Path

import pytest

from coranto.documents import dates
from coranto.engine.pipeline import Pipeline
from coranto.evaluation.events import document
from coranto.records import Basis, Report, Sourced, Via, make_id

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "event_times.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def coded(knowledge):
    """A text and the day of its report -> its coded events."""
    pipeline = Pipeline(knowledge)

    def run(text, day):
        published = Sourced(value=dates.read(day), basis=Basis.ASSUMED, via=Via.RULE, evidence=(), score=1.0, by="test")

        def one_report(batch):
            return [
                (Report(id=make_id(a.document.id, 0), document=a.document.id, span=a.document.blocks[0].span,
                        published=published),)
                for a in batch
            ]  # fmt: skip

        pipeline.stages["reports"] = one_report
        return next(pipeline([document(text, 0)])).events

    return run


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=[pytest.mark.xfail(reason=c["xfail"])] if c.get("xfail") else [], id=c["text"][:50])
        for c in CASES
    ],
)
def test_case(case, coded):
    events = coded(case["text"], case["published"])
    found = [e.time for e in events if case["trigger"] in e.trigger.quote]
    assert found, [e.trigger.quote for e in events]
    assert (found[0].value.period.best.isoformat(), found[0].basis.value) == (case["day"], case["basis"])
