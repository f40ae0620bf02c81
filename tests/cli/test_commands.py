"""Commands on good input: read, code, export, explain, evaluate, retract, stats, doctor."""

# ruff: noqa: E501

import csv
import io
import json
import re
import subprocess
import sys

import pytest

from coranto.records import CodedEvent, EventType

STRIKE = "Russian artillery shelled a market in Kharkiv on 5 March 2024, killing four people, officials said."
HEAVY = ("spacy", "fastapi", "sqlalchemy", "trafilatura", "lxml", "numpy")


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


# -- starting -------------------------------------------------------------------------------------------


def test_help_and_imports_load_nothing_heavy():
    program = (
        "import sys\nfrom coranto import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "HEAVY []" in done.stdout
    assert "coranto read" in done.stdout


@pytest.mark.parametrize("command", ["read", "code", "serve", "export", "explain", "evaluate", "retract", "stats", "doctor", "demo"])  # fmt: skip
def test_every_command_has_help_with_what_it_does(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")
    assert len(result.output.splitlines()) > 5


def test_version(run):
    assert re.fullmatch(r"coranto, version \d+\.\d+\.\d+\n", run("--version").output)


# -- read -----------------------------------------------------------------------------------------------


def test_read_a_file(run, news, tmp_path):
    result = run("read", news / "strike.html", "--into", tmp_path / "r.db")
    assert result.exit_code == 0
    assert "1 new documents, 0 known, 0 failures" in result.output


def test_read_a_folder_with_all_below_it(run, news, tmp_path):
    assert "3 new documents" in run("read", news, "--into", tmp_path / "r.db").output


def test_read_a_glob(run, news, tmp_path):
    result = run("read", str(news / "**" / "*.html"), "--into", tmp_path / "r.db")
    assert "2 new documents" in result.output


def test_read_standard_input(run, tmp_path):
    result = run("read", "-", "--into", tmp_path / "r.db", input=STRIKE.encode())
    assert result.exit_code == 0
    assert "1 new documents" in result.output
    assert "1 coded events" in result.output


def test_read_again_adds_nothing(run, news, record, tmp_path):
    path = tmp_path / "r.db"
    path.write_bytes(record.read_bytes())
    assert "0 new documents, 3 known, 0 failures" in run("read", news, "--into", path).output


def test_the_same_file_by_two_ways_is_read_once(run, news, tmp_path):
    result = run("read", news / "strike.html", str(news / "*.html"), news, "--into", tmp_path / "r.db")
    assert "3 new documents, 0 known" in result.output


# -- code -----------------------------------------------------------------------------------------------


def test_code_writes_coded_events(run):
    result = run("code", "-", input=STRIKE.encode())
    (event,) = lines(result.output)
    assert event["type"]["value"] == "ASSAULT"
    assert event["trigger"]["quote"] == "shelled"
    assert set(event) == set(CodedEvent.__struct_fields__)


def test_code_all_layers(run, news):
    (analysis,) = lines(run("code", "--all-layers", news / "strike.html").output)
    assert analysis["document"]["title"] == "News of the day"
    assert analysis["sentences"] and analysis["mentions"] and analysis["predicates"] and analysis["events"]


# -- export ---------------------------------------------------------------------------------------------


def test_export_jsonl_to_a_file(run, record, tmp_path):
    out = tmp_path / "events.jsonl"
    assert run("export", "jsonl", record, "--out", out).exit_code == 0
    made = lines(out.read_text(encoding="utf-8"))
    assert {m["event"]["type"] for m in made} == {"ASSAULT", "SANCTION", "ACCUSE"}
    assert all(m["members"] and m["documents"] for m in made)


def test_export_coded_and_plover(run, record):
    assert len(lines(run("export", "coded", record).output)) == 3
    result = run("export", "plover", record)
    assert len(lines(result.stdout)) == 2
    assert result.stderr == "left out, no day: 1\n"


def test_export_csv(run, record):
    rows = list(csv.DictReader(io.StringIO(run("export", "csv", record).output)))
    assert len(rows) == 3
    assert {r["type"] for r in rows} <= set(EventType)
    assert not [v for r in rows for v in r.values() if v == "None"]


def test_export_twice_is_the_same_to_the_byte(run, record):
    for form in ("jsonl", "csv", "coded", "plover"):
        assert run("export", form, record).output == run("export", form, record).output


# -- explain, stats, retract, doctor ----------------------------------------------------------------------


def test_explain_an_event(run, record):
    (event,) = [m["event"] for m in lines(run("export", "jsonl", record).output) if m["event"]["type"] == "ASSAULT"]
    output = run("explain", record, event["id"]).output
    assert "shelled" in output and "Kharkiv" in output


def test_explain_a_text(run):
    output = run("explain", "--text", "The minister denied that troops had crossed the border.").output
    assert "SENTENCE" in output and "denied" in output


def test_stats_counts_every_noun(run, record):
    output = run("stats", record).output
    assert re.search(r"^documents +3$", output, re.M)
    assert re.search(r"^coded +3$", output, re.M)


def test_retract_takes_out_what_only_it_supported(run, news, record, tmp_path):
    path = tmp_path / "r.db"
    path.write_bytes(record.read_bytes())
    (coded,) = [m for m in lines(run("export", "coded", path).output) if m["coded"]["type"]["value"] == "SANCTION"]
    result = run("retract", path, coded["document"]["id"])
    assert "1 documents retracted" in result.output
    assert len(lines(run("export", "jsonl", path).output)) == 2
    assert "0 documents retracted" in run("retract", path, "nothing-of-that-name").output


def test_doctor_finds_everything_here(run):
    result = run("doctor")
    assert result.exit_code == 0
    assert "MISSING" not in result.output
    assert "spacy" in result.output and "full-text search there" in result.output


# -- evaluate ---------------------------------------------------------------------------------------------


def predictions(run, tmp_path, task, gold):
    out = tmp_path / "out.jsonl"
    result = run("evaluate", task, gold, "--predictions", out)
    assert result.exit_code == 0
    return lines(out.read_text(encoding="utf-8")), dict(line.split() for line in result.output.splitlines())


def gold_file(tmp_path, records):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_evaluate_events_answers_every_line_in_order(run, tmp_path):
    gold = gold_file(tmp_path, [
        {"text": "Turkey recalled its ambassador from Sweden.", "source": "Turkey", "target": "Sweden", "root15": "SANCTION"},
        {"text": "The river rose by two metres.", "source": "", "target": "", "root15": None},
        {"text": "Japan condemned North Korea.", "source": "Japan", "target": "North Korea", "root15": "ACCUSE"},
    ])  # fmt: skip
    made, scores = predictions(run, tmp_path, "events", gold)
    assert [set(m) for m in made] == [{"n", "given", "free", "extra"}] * 3
    assert [m["n"] for m in made] == [0, 1, 2]
    assert [set(m["given"]) for m in made] == [{"root15", "score"}] * 3
    assert [set(m["free"]) for m in made] == [{"root15", "actor", "recipient", "score"}] * 3
    assert [m["free"]["root15"] for m in made] == ["SANCTION", None, "ACCUSE"]
    assert made[0]["free"]["actor"].startswith("TUR") and made[0]["free"]["recipient"].startswith("SWE")
    assert float(scores["free.accuracy"]) == float(scores["given.accuracy"]) == 1


def test_evaluate_time_answers_with_intervals(run, tmp_path):
    text = "The two sides met on 5 March 2024 and again the next week."
    gold = gold_file(tmp_path, [
        {"doc": "a", "dct": "2024-03-20", "text": text,
         "timexes": [{"start": 21, "end": 33, "text": "5 March 2024", "type": "DATE", "value": "2024-03-05"}]},
        {"doc": "b", "dct": None, "text": "Nothing was said.", "timexes": []},
    ])  # fmt: skip
    made, _ = predictions(run, tmp_path, "time", gold)
    assert [(m["n"], m["doc"], set(m)) for m in made] == [
        (n, d, {"n", "doc", "timexes"}) for n, d in ((0, "a"), (1, "b"))
    ]
    first = made[0]["timexes"][0]
    assert set(first) == {"start", "end", "type", "value", "low", "high"}
    assert (first["value"], first["low"], first["high"]) == ("2024-03-05",) * 3
    assert text[first["start"] : first["end"]].endswith("5 March 2024")
    assert made[1]["timexes"] == []


def test_evaluate_record_answers_with_the_keys_lists(run, tmp_path):
    (tmp_path / "a.txt").write_text(STRIKE, encoding="utf-8")
    key = {
        "documents": [{"doc": "a", "file": "a.txt", "outlet": "Gazette", "title": "", "date": "2024-03-06"}],
        "events": [{"id": "1", "doc": "a", "quote": "shelled a market in Kharkiv", "date": "2024-03-05", "actor": "RUS MIL",
                    "type": "ASSAULT", "accept": [], "recipient": "", "modality": "asserted", "attribution": "officials"}],
    }  # fmt: skip
    path = tmp_path / "key.json"
    path.write_text(json.dumps(key), encoding="utf-8")
    (made,), scores = _record(run, tmp_path, path)
    lists = {"documents", "events", "cross_document_links", "state_positions", "quantities", "quantity_relations", "claim_conflicts"}  # fmt: skip
    assert set(made) >= lists
    (event,) = made["events"]
    wanted = {"id", "doc", "start", "end", "trigger", "type", "cameo", "actor", "recipient", "date", "location",
              "attribution", "modality", "parent", "background"}  # fmt: skip
    assert set(event) >= wanted
    assert (event["doc"], event["type"], event["date"]) == ("a", "ASSAULT", ["2024-03-05", "2024-03-05"])
    assert STRIKE[slice(*event["trigger"])] == "shelled"
    (killed,) = made["quantities"]
    assert (killed["what"], killed["low"], killed["high"]) == ("killed", 4, 4)
    assert {"doc", "start", "end", "what", "low", "high", "unit", "claimant"} <= set(killed)
    assert scores["events recall"] == 1


def _record(run, tmp_path, path):
    out = tmp_path / "out.jsonl"
    result = run("evaluate", "record", path, "--predictions", out)
    scores = {name: float(value) for name, value in (line.rsplit(None, 1) for line in result.output.splitlines())}
    return lines(out.read_text(encoding="utf-8")), scores


def test_the_command_itself_reads_standard_input(shell, tmp_path):
    done = shell("read", "-", "--into", tmp_path / "r.db", input=STRIKE.encode())
    assert done.returncode == 0, done.stderr
    assert b"1 new documents" in done.stdout
