"""Gold actor strings and their scores."""

import json
from pathlib import Path

import pytest

from coranto.evaluation.actors import evaluate, score
from coranto.knowledge import Knowledge
from coranto.records import DataError

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "actors.jsonl"


def _write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def _row(text: str, actor: str, **more: object) -> dict[str, object]:
    start = text.index(actor)
    return {"text": text, "start": start, "end": start + len(actor), "actor": actor, **more}


def test_predictions_have_the_documented_fields(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "Estonia's interior minister met NATO. He left."
    gold = _write(
        tmp_path / "gold.jsonl",
        _row(text, "Estonia's interior minister", country="EST", sectors=["GOV"], date="2024-03-12", kind="title"),
        _row(text, "NATO", country="IGO", sectors=[], date="2024-03-12"),
        _row(text, "He", country="EST", sectors=["GOV"], date="2024-03-12", kind="pronoun"),
    )
    lines, scores = evaluate(gold, knowledge)
    assert [(p["n"], p["country"]) for p in lines] == [(0, "EST"), (1, "IGO"), (2, "EST")]
    assert lines[0]["sectors"] == ["GOV"]
    assert lines[2]["via"] == "coreference"
    assert scores["country"] == 1.0
    assert scores["kind title"] == "1 strings, country 1.0, with sector 1.0"


def test_an_unlabelled_gold_is_answered_and_not_scored(tmp_path: Path, knowledge: Knowledge) -> None:
    lines, scores = evaluate(_write(tmp_path / "gold.jsonl", _row("The Kremlin said no.", "The Kremlin")), knowledge)
    assert lines[0]["country"] == "RUS"
    assert scores == {"strings": 1, "answered": 1}


def test_null_is_right_for_null_only() -> None:
    items = [{"country": None, "sectors": []}, {"country": "FRA", "sectors": ["GOV"], "also": ["DEU"]}]
    lines = [{"country": "USA", "sectors": []}, {"country": "DEU", "sectors": ["GOV", "MIL"]}]
    found = score(items, lines)
    assert (found["country"], found["country_and_sector"]) == (0.5, 0.5)


def test_a_date_that_is_no_day_is_an_error(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(DataError, match="ISO day"):
        evaluate(_write(tmp_path / "gold.jsonl", _row("The Kremlin said no.", "The Kremlin", date="soon")), knowledge)


def test_the_shipped_gold_is_well_formed() -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 200
    for r in rows:
        assert r["text"][r["start"] : r["end"]] == r["actor"]
        assert set(r) <= {"text", "start", "end", "actor", "date", "country", "also", "sectors", "kind"}
