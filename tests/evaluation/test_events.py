"""Events gold -> lines and scores: by hand-made answers, and on a few sentences of our own."""

# ruff: noqa: E501

import json

import pytest

from coranto.evaluation.events import document, evaluate, scores
from coranto.records import DataError


def gold(*roots):
    return [{"text": str(n), "source": "", "target": "", "root15": r} for n, r in enumerate(roots)]


def line(n, given, free, extra=0):
    return {"n": n, "given": {"root15": given, "score": 1.0},
            "free": {"root15": free, "actor": None, "recipient": None, "score": 1.0}, "extra": extra}  # fmt: skip


def test_all_right():
    made = scores(
        gold("AID", "ASSAULT", None), [line(0, "AID", "AID"), line(1, "ASSAULT", "ASSAULT"), line(2, None, None)]
    )
    assert made["given.accuracy"] == made["free.accuracy"] == made["free.precision"] == made["free.macro_f1"] == 1
    assert made["free.fired"] == made["left_alone"] == 1
    assert made["extra_per_sentence"] == 0


def test_silence_costs_accuracy_but_no_precision():
    made = scores(gold("AID", "AID", "AID", "AID"), [line(n, "AID", "AID" if n else None) for n in range(4)])
    assert made["free.accuracy"] == made["free.fired"] == 0.75
    assert made["free.precision"] == 1
    assert made["given.accuracy"] == 1


def test_a_sentence_without_an_event_counts_only_as_left_alone():
    made = scores(gold("AID", None, None), [line(0, "AID", "AID"), line(1, "AID", "AID"), line(2, None, None)])
    assert made["free.accuracy"] == made["free.precision"] == 1
    assert made["left_alone"] == 0.5


def test_extra_events_are_counted_over_all_sentences():
    made = scores(gold("AID", None), [line(0, "AID", "AID", extra=2), line(1, None, None, extra=1)])
    assert made["extra_per_sentence"] == 1.5


def test_the_interval_holds_the_score():
    lines = [line(n, "AID" if n % 3 else "ASSAULT", "AID") for n in range(30)]
    made = scores(gold(*["AID"] * 30), lines)
    assert made["given.accuracy.low"] <= made["given.accuracy"] <= made["given.accuracy.high"]
    assert made["given.accuracy.low"] < made["given.accuracy.high"]
    assert scores(gold(*["AID"] * 30), lines) == made


def test_nothing_asked_is_no_error():
    assert scores([], [])["sentences"] == 0


@pytest.fixture(scope="module")
def answered(tmp_path_factory, knowledge):
    path = tmp_path_factory.mktemp("gold") / "g.jsonl"
    records = [
        {"text": "Ethiopian troops withdrew from Mekelle.", "source": "Ethiopian troops", "target": "Mekelle", "root15": "YIELD"},
        {"text": "Ukraine accused Russia of shelling a school in Sumy.", "source": "Russia", "target": "a school in Sumy",
         "marked": "Ukraine accused <s>Russia</s> of shelling <t>a school in Sumy</t>.", "root15": "ASSAULT"},
        {"text": "The choir sang in the old church.", "source": "", "target": "", "root15": None},
        {"text": "Japan condemned North Korea. France praised Kenya.", "source": "France", "target": "Kenya", "root15": "SUPPORT"},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return evaluate(path, knowledge)


def test_concede_and_retreat_are_one_root(answered):
    assert answered[0][0]["given"]["root15"] == answered[0][0]["free"]["root15"] == "YIELD"


def test_given_source_and_target_choose_the_content(answered):
    assert answered[0][1]["given"]["root15"] == "ASSAULT"
    assert answered[0][1]["free"]["root15"] == "ACCUSE"


def test_given_source_and_target_choose_the_sentence(answered):
    assert answered[0][3]["given"]["root15"] == "SUPPORT"
    assert answered[0][3]["extra"] == 1


def test_no_event_is_null(answered):
    assert answered[0][2]["free"] == {"root15": None, "actor": None, "recipient": None, "score": 0.0}


def test_lines_are_in_order_of_the_gold(answered):
    assert [p["n"] for p in answered[0]] == [0, 1, 2, 3]
    assert answered[1]["sentences"] == 4


@pytest.mark.parametrize("content", ['{"text": "a"}\n', "[1]\n", "{\n"])
def test_gold_of_another_form_is_told_with_its_line(tmp_path, knowledge, content):
    path = tmp_path / "g.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"g\.jsonl:1"):
        evaluate(path, knowledge)


def test_a_sentence_is_a_document_of_one_body_block():
    made = document("Words.", 3)
    assert made.uri == "gold:3" and made.published is None
    assert [(b.kind.value, b.span.start, b.span.end) for b in made.blocks] == [("body", 0, 6)]
    assert document("Words.", 3) == made != document("Words.", 4)
