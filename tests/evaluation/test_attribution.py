"""Attribution scores: what matches, one to one, and what the program answers for a file."""

import json
from pathlib import Path

from coranto import knowledge
from coranto.evaluation import attribution

GOLD = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 35]]}


def test_a_triple_needs_source_cue_and_half_of_the_content() -> None:
    assert attribution.same(GOLD, {"source": [[4, 9]], "cue": [[10, 14]], "content": [[20, 35]]})
    assert not attribution.same(GOLD, {"source": [[4, 9]], "cue": [[10, 14]], "content": [[27, 35]]})
    assert not attribution.same(GOLD, {"source": [[40, 44]], "cue": [[10, 14]], "content": [[15, 35]]})
    assert not attribution.same(GOLD, {"source": [[0, 9]], "cue": [[14, 15]], "content": [[15, 35]]})


def test_without_a_source_in_gold_cue_and_content_count() -> None:
    gold = {"cue": [[10, 14]], "content": [[15, 35]]}
    assert attribution.same(gold, {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 35]]})


def test_matches_are_one_to_one_and_as_many_as_can_be() -> None:
    near = {"source": [[0, 9]], "cue": [[10, 20]], "content": [[15, 35]]}
    other = {"source": [[0, 9]], "cue": [[16, 20]], "content": [[15, 35]]}
    assert attribution.matches([GOLD, other], [near, GOLD], attribution.same) == {0: 1, 1: 0}
    assert len(attribution.matches([GOLD], [GOLD, GOLD], attribution.same)) == 1


def test_items_without_a_content_are_not_asked_for() -> None:
    gold = [{"attributions": [GOLD, {"source": [[0, 9]], "cue": [[10, 14]]}]}]
    scores = attribution.scores(gold, [{"attributions": [GOLD]}])
    assert scores["attributions"] == 1
    assert scores["triple.f1"] == scores["cue.f1"] == scores["cue_source.f1"] == 1.0


def test_a_file_is_answered_line_by_line(tmp_path: Path) -> None:
    text = "Harbour reopens\n\nThe mayor said the harbour is open again.\nBoats left at noon."
    start = text.index("the harbour")
    told = {
        "source": [[17, 26]],
        "cue": [[27, 31]],
        "content": [[start, text.index(".\n")]],
    }
    path = tmp_path / "gold.jsonl"
    items = [{"doc": "a", "text": text, "attributions": [told]}, {"doc": "b", "text": "Rain.", "attributions": []}]
    path.write_text("".join(json.dumps(i) + "\n" for i in items), encoding="utf-8")
    lines, scores = attribution.evaluate(path, knowledge.load())
    assert [(line["n"], line["doc"]) for line in lines] == [(0, "a"), (1, "b")]
    assert lines[0]["attributions"] == [told]
    assert lines[1]["attributions"] == []
    assert scores["triple.f1"] == 1.0
