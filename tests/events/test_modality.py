"""How factual written sentences make their events: `tests/cases/modality.jsonl`.

Each case names a word of its text and the bounds of its factuality; `ahead` is asked only where it is given.
"""

import json
from pathlib import Path

import pytest

from coranto import knowledge as shipped
from coranto.evaluation.events import analyse
from coranto.events.modality import mood
from coranto.events.reading import read
from coranto.knowledge import signatures
from coranto.records import DataError

FILE = Path(__file__).parents[1] / "cases" / "modality.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def readings():
    known = shipped.load()
    texts = sorted({case["text"] for case in CASES})
    return {t: read(a, known) for t, a in zip(texts, analyse(texts, known))}


def _parameters():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if case.get("xfail") else []
        yield pytest.param(case, marks=marks, id=f"{case['theme']}: {case['word']} in {case['text'][:50]}")


@pytest.mark.parametrize("case", list(_parameters()))
def test_factuality_lies_within_the_bounds_of_the_case(case, readings):
    reading = next(r for r in readings[case["text"]] if case["word"] in r.tree.words)
    found = mood(reading, reading.tree.words.index(case["word"]))
    assert case["low"] <= found.factuality <= case["high"]
    if "ahead" in case:
        assert found.ahead is case["ahead"]


def test_every_token_has_a_mood(readings):
    for made in readings.values():
        for reading in made:
            for i in range(reading.tree.n):
                assert -3.0 <= mood(reading, i).factuality <= 3.0


def test_what_both_signs_share_is_presupposed():
    known = signatures.load().of("v", "know", "fin")
    assert known.under(1.0) == known.under(-1.0) == known.under(0.0) > 0.9
    manage = signatures.load().of("v", "manage", "inf")
    assert manage.under(1.0) > 0.9 > 0.1 > manage.under(0.0) > -0.1 > manage.under(-1.0)
    assert signatures.load().of("a", "angered", "fin") == signatures.load().of("v", "anger", "fin")
    assert signatures.load().of("v", "shell", "inf") is None


def test_a_signature_with_an_unknown_grade_is_an_error():
    row = {"lemma": "manage", "pos": "v", "complement": "inf", "positive": "yes", "negative": "-"}
    with pytest.raises(DataError, match="expected grades"):
        signatures.Signatures([row])
    with pytest.raises(DataError, match="known complement"):
        signatures.Signatures([{**row, "positive": "+", "complement": "that"}])
