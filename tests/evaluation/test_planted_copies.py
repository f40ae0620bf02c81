"""Copies planted in a corpus: all are found, nothing else is joined, none has a voice of its own."""

import json
import random

import pytest

from coranto.evaluation import copies
from coranto.records import DataError

WORDS = [f"{a}{b}" for a in "bar cor dol fen gat hul".split() for b in "mont vale ster wick port land".split()]


@pytest.fixture
def corpus(tmp_path):
    draw = random.Random(7)
    path = tmp_path / "corpus.jsonl"
    with path.open("w") as out:
        for n in range(12):
            sentences = [" ".join(draw.choices(WORDS, k=14)).capitalize() + "." for _ in range(10)]
            out.write(json.dumps({"text": " ".join(sentences), "date": f"2024-03-{n + 1:02}"}) + "\n")
    return path


def test_all_copies_of_plain_texts_are_found(corpus):
    lines, scores = copies.evaluate(corpus, None)
    assert scores["texts"] == 12
    assert scores["recall"] == 1.0
    assert scores["false_joins"] == 0.0
    assert scores["independent"] <= 0.06
    assert [line["n"] for line in lines] == list(range(12 + scores["pairs"]))


def test_it_is_the_same_each_time(corpus):
    assert copies.evaluate(corpus, None) == copies.evaluate(corpus, None)


def test_short_texts_are_left_out(tmp_path):
    path = tmp_path / "short.jsonl"
    path.write_text('{"text": "Too short to copy."}\n')
    assert copies.evaluate(path, None)[1]["texts"] == 0


def test_a_line_without_text_is_an_error(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"body": "?"}\n')
    with pytest.raises(DataError, match="expected the fields text"):
        copies.evaluate(path, None)
