"""Sentences with what must be coded from them: `tests/cases/events.jsonl`.

A case with `types` asks for an event of one of these types; `actor`, `recipient` (countries, all of them), `modality`
(one of these) and `parent` (its type) are asked of that event; `told` is how many events there must be that are no
other's content. No types: nothing is told as having happened (`told` 0: nothing is coded). A case with `xfail` is a
known fault; its value is the cause.
"""

import json
from pathlib import Path

import pytest

from coranto.evaluation.events import analyse

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "events.jsonl").read_text(encoding="utf-8").splitlines()
]

TOLD = {"asserted", "claimed", "alleged"}  # modalities that say that something happened


@pytest.fixture(scope="module")
def coded(knowledge):
    """Text -> its analysis, for the text of every case."""
    texts = sorted({case["text"] for case in CASES})
    return dict(zip(texts, analyse(texts, knowledge)))


def _parameters():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"])] if case.get("xfail") else []
        yield pytest.param(case, marks=marks, id=f"{case['theme']}: {case['text'][:60]}")


def countries(refs):
    """Countries of actors or recipients; NATO, the EU and the like are IGO."""
    return {r.value.country for r in refs}


def lacks(case, events, event):
    """What an event lacks of what a case asks, in words; nothing if it is all there."""
    missing = [
        f"{side} {code}"
        for side, refs in (("actor", event.actors), ("recipient", event.recipients))
        for code in case.get(side, "").split()
        if code not in countries(refs)
    ]
    if "modality" in case and event.modality.value.value not in case["modality"].split():
        missing.append(f"modality {case['modality']} (met {event.modality.value.value})")
    if "parent" in case and getattr(events.get(event.parent), "type", None) is None:
        missing.append(f"parent {case['parent']}")
    elif "parent" in case and events[event.parent].type.value.value != case["parent"]:
        missing.append(f"parent {case['parent']} (met {events[event.parent].type.value.value})")
    return missing


def best(case, analysis):
    """What the event that meets a case best lacks; where none is of its types, that."""
    events = {e.id: e for e in analysis.events}
    found = [lacks(case, events, e) for e in analysis.events if e.type.value.value in case["types"]]
    return min(found, key=len, default=[f"an event of {' or '.join(case['types'])}"])


@pytest.mark.parametrize("case", list(_parameters()))
def test_case(case, coded):
    analysis = coded[case["text"]]
    met = [
        (e.type.value.value, e.trigger.quote, sorted(countries(e.actors)), sorted(countries(e.recipients)),
         e.modality.value.value)
        for e in analysis.events
    ]  # fmt: skip
    if case["types"]:
        assert best(case, analysis) == [], met
        if "told" in case:
            assert sum(not e.parent for e in analysis.events) == case["told"], met
    elif "told" in case:
        assert len(analysis.events) == case["told"], met
    else:
        assert not [e for e in analysis.events if e.modality.value.value in TOLD], met


def test_there_are_enough_cases_of_every_theme():
    themes = {c["theme"].split(":")[0] for c in CASES}
    assert len(CASES) >= 120
    assert themes >= {
        "plain", "negation", "denial", "plan", "demand", "threat", "condition", "question", "claim", "passive",
        "relative", "nominal", "coordinated", "weapon", "place as target", "parent", "future", "no event",
    }  # fmt: skip
