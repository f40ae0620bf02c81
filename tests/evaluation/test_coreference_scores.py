"""MUC, B3 and CEAFe by worked examples; given mentions are clustered over documents."""

import json
from itertools import permutations

import pytest

from coranto.evaluation import coreference as c
from coranto.evaluation import linkage

GOLD = dict(zip("abcdefg", "1112233"))


def test_the_same_groups_score_one():
    assert c.conll(GOLD, {m: f"x{g}" for m, g in GOLD.items()})["conll"] == 1.0


def test_the_examples_of_the_measures():
    gold = dict(zip("abcdefg", "1111122"))
    found = dict(zip("abcdefg", "1122222"))
    assert c.muc(gold, found) == pytest.approx((4 / 5, 4 / 5, 4 / 5))
    assert c.b3(gold, found)[0] == pytest.approx((2 + 3 * 3 / 5 + 2 * 2 / 5) / 7)
    assert c.b3(gold, found)[1] == pytest.approx((2 * 2 / 5 + 3 * 3 / 5 + 2) / 7)
    assert c.ceafe(gold, found)[2] == pytest.approx((4 / 7 + 4 / 7) / 2)


def test_groups_are_assigned_as_well_as_by_trying_all():
    likeness = [[0.9, 0.8, 0.1], [0.8, 0.1, 0.3], [0.5, 0.6, 0.7], [0.2, 0.9, 0.4]]
    best = max(sum(likeness[r][k] for k, r in enumerate(rows)) for rows in permutations(range(4), 3))
    assert c.assigned(likeness) == pytest.approx(best)
    assert c.assigned([list(row) for row in zip(*likeness)]) == pytest.approx(best)


def test_mentions_are_grouped_over_documents(tmp_path, knowledge):
    path = tmp_path / "gold.jsonl"
    texts = [
        "Russian forces shelled Kharkiv on Monday , killing two people near the market .",
        "On Monday Russian forces shelled Kharkiv ; the market was hit and two people died .",
        "The cup final was postponed in Lisbon because of rain over the stadium .",
    ]
    with path.open("w") as out:
        for n, (text, word) in enumerate(zip(texts, ("shelled", "shelled", "postponed"))):
            tokens = text.split()
            mention = {"tokens": [tokens.index(word)], "head_lemma": word, "chain": word}
            out.write(json.dumps({"doc": str(n), "context_tokens": tokens, "mentions": [mention]}) + "\n")
    lines, scores = linkage.evaluate(path, knowledge)
    clusters = [line["clusters"][0] for line in lines]
    assert clusters[0] == clusters[1] != clusters[2]
    assert scores["conll"] == 1.0


def test_tokens_become_text():
    text, spans = linkage.laid(["Talks", "failed", ",", "again", "."])
    assert text == "Talks failed, again."
    assert [text[s.start : s.end] for s in spans] == ["Talks", "failed", ",", "again", "."]
