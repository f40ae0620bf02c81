"""Gold arguments and their scores."""

import json
from pathlib import Path

from coranto.evaluation.arguments import evaluate
from coranto.knowledge import Knowledge

BARE = {"actor": None, "recipient": None, "place": None, "time": None, "speaker": None, "modality": "asserted"}


def _write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(BARE | r) + "\n" for r in rows), encoding="utf-8")
    return path


def test_fields_are_right_where_their_words_overlap(tmp_path: Path, knowledge: Knowledge) -> None:
    gold = _write(
        tmp_path / "gold.jsonl",
        {"text": "Rebels shelled the town of Goma on Monday, a governor said.", "type": "ASSAULT", "trigger": "shelled",
         "actor": "Rebels", "recipient": "town", "place": "Goma", "time": "Monday", "speaker": "governor"},
        {"text": "Kenya recalled its envoy from Sudan.", "type": "SANCTION", "trigger": "recalled", "actor": "Sudan",
         "recipient": "Kenya", "accept_recipient": ["Sudan"], "place": "Sudan"},
        {"text": "The lake is deep.", "type": "ASSAULT", "trigger": "deep"},
    )  # fmt: skip
    lines, scores = evaluate(gold, knowledge)
    assert scores["sentences"] == 3
    assert scores["coded"] == 0.6667
    assert lines[0]["right"]["actor"] and lines[0]["right"]["time"] and lines[0]["right"]["speaker"]
    assert lines[1]["right"] == {"type": True, "actor": False, "recipient": True, "place": True, "time": True,
                                 "speaker": True, "modality": True}  # fmt: skip
    assert not lines[2]["coded"] and lines[2]["right"] == {}
    assert scores["actor"] == 0.5


def test_the_shipped_gold_names_phrases_of_its_texts() -> None:
    path = Path(__file__).parents[2] / "evaluation" / "gold" / "arguments.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = [r["text"] for r in rows for f in ("trigger", "actor", "recipient", "place", "time", "speaker")
             if r[f] is not None and r[f] not in r["text"]]  # fmt: skip
    assert rows and wrong == []
