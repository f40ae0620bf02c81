"""Whatever is put in: a clear error, the right exit code, never a traceback, and the rest goes on."""

# ruff: noqa: E501

import gzip
import json
import sqlite3

import pytest

GOOD = "Turkey recalled its ambassador from Sweden on Friday."
SHELL = '<html><head><title>{0}</title><meta property="article:published_time" content="{2}"></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>'


def html(text, *, title="Title", published="2024-03-05T12:00:00Z"):
    return SHELL.format(title, text, published)


# -- usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (["read", "no/such/path", "--into", "r.db"], 2, "no/such/path"),
        (["read", "*.nothing", "--into", "r.db"], 2, "*.nothing"),
        (["read", "--into", "r.db"], 2, "PATHS"),
        (["read", "-", "--unknown"], 2, "--unknown"),
        (["read", "-", "--into", "no/such/folder/r.db"], 2, "folder"),
        (["read", "-", "--into", "r.db", "--workers", "0"], 2, "workers"),
        (["read", "-", "--into", "r.db", "--workers", "two"], 2, "workers"),
        (["stats", "missing.db"], 2, "missing.db"),
        (["export", "jsonl", "missing.db"], 2, "missing.db"),
        (["export", "xml", "missing.db"], 2, "xml"),
        (["explain"], 2, "--text"),
        (["explain", "missing.db"], 2, "EVENT"),
        (["evaluate", "events", "missing.jsonl"], 2, "missing.jsonl"),
        (["evaluate", "poetry", "missing.jsonl"], 2, "poetry"),
        (["retract", "missing.db", "x"], 2, "missing.db"),
        (["serve", "missing.db"], 2, "missing.db"),
        (["unknown"], 2, "unknown"),
    ],
    ids=lambda x: " ".join(x)[:40] if isinstance(x, list) else None,
)
def test_usage_errors(run, tmp_path, monkeypatch, arguments, code, words):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, input=GOOD.encode())
    assert result.exit_code == code
    assert words in result.output
    assert "expected" in result.output or "Usage:" in result.output


def test_a_folder_is_no_record(run, tmp_path):
    assert run("stats", tmp_path).exit_code == 2


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"junk" * 500])
@pytest.mark.parametrize("command", [["stats"], ["export", "csv"]])
def test_no_database(run, tmp_path, content, command):
    path = tmp_path / "r.db"
    path.write_bytes(content)
    result = run(*command, path)
    assert result.exit_code == 3
    assert "expected" in result.output and "met" in result.output
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(run, tmp_path):
    path = tmp_path / "r.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    connection.close()
    for arguments in (["stats", path], ["read", "-", "--into", path]):
        result = run(*arguments, input=GOOD.encode())
        assert result.exit_code == 3
        assert "birds" in result.output


def test_an_unknown_event_is_told(run, record):
    result = run("explain", record, "0123456789abcdef")
    assert result.exit_code in (2, 3)
    assert "0123456789abcdef" in result.output


def test_a_gold_file_that_is_none_is_told_with_its_line(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"text": "a", "source": "", "target": "", "root15": null}\n{oops\n', encoding="utf-8")
    result = run("evaluate", "events", gold)
    assert result.exit_code == 3
    assert "gold.jsonl:2" in result.output
    gold.write_text('{"words": "a"}\n', encoding="utf-8")
    result = run("evaluate", "events", gold)
    assert result.exit_code == 3 and "text" in result.output


def test_a_predictions_file_that_cannot_be_written(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"text": "A dog barked.", "source": "", "target": "", "root15": null}\n', encoding="utf-8")
    result = run("evaluate", "events", gold, "--predictions", tmp_path / "no" / "out.jsonl")
    assert result.exit_code == 2


# -- pages ------------------------------------------------------------------------------------------------

BIDI = "\u202e\u2066Turkey recalled\u2069 its amb\u00adassador from Sweden\u200b on Friday.\u202c\x07\x1b[31m"
PAGES = {
    "empty.html": (b"", "fails"),
    "blank.txt": (b"   \n\t\n", "fails"),
    "pdf.html": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "fails"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "fails"),
    "cut.html.gz": (gzip.compress(html(GOOD * 200).encode())[:-40], "fails"),
    "nogzip.html.gz": (b"<html>no gzip</html>", "fails or reads"),
    "nuls.txt": (b"\x00" * 500, "fails"),
    "some-nuls.html": (html("Turkey recalled its\x00 ambassador from Sweden.").encode(), "fails or reads"),
    "broken-utf16.html": (b"\xff\xfe" + html(GOOD).encode("utf-16-le")[:-1] + b"\xd8", "fails or reads"),
    "utf16.html": (html(GOOD).encode("utf-16"), "reads"),
    "broken-utf8.html": (html(GOOD).encode() + b"\xff\xfe\xfa\xc3", "reads"),
    "deep.html": (b"<html><body>" + b"<div>" * 20_000 + b"<p>" + GOOD.encode() + b"</p>", "fails or reads"),
    "script.html": (html(GOOD, title="<script>alert(1)</script> Ambassador &lt;script&gt;alert(2)&lt;/script&gt;").encode(), "reads"),
    "foreign.html": (html("Die Türkei hat am Freitag ihren Botschafter aus Schweden abberufen. Das sagte der Minister.").encode(), "reads"),
    "cyrillic.txt": ("Россия обстреляла Харьков в понедельник, сообщили власти. Погибли четыре человека.".encode(), "reads"),
    "year0.html": (html(GOOD, published="0000-00-00T00:00:00Z").encode(), "reads"),
    "year9999.html": (html(GOOD, published="9999-12-31T23:59:59Z").encode(), "reads"),
    "year-huge.html": (html(GOOD + " It began on 31 February 99999.", published="99999-99-99").encode(), "reads"),
    "bidi.txt": (BIDI.encode(), "reads"),
    "surrogates.json": (b'{"text": "Turkey recalled its ambassador from Sweden \\ud83d.", "url": "https://x.example/1"}', "fails or reads"),
    "list.json": (b"[1, 2, 3]", "fails"),
    "lines.jsonl": (b'{"text": "Turkey recalled its ambassador from Sweden."}\n{broken\n{"text": 5}\n', "fails"),
    "long-word.txt": (b"a" * 300_000, "fails or reads"),
    "one-sentence.txt": ((GOOD[:-1] + " and ").encode() * 400 + b"left.", "fails or reads"),
}  # fmt: skip


@pytest.fixture(scope="module")
def bad(tmp_path_factory, knowledge):
    """Every bad page beside a good one, read by the command into one record: exit code, output, failures, record."""
    from click.testing import CliRunner

    from coranto import cli
    from coranto import knowledge as knowledge_

    folder = tmp_path_factory.mktemp("bad")
    pages = folder / "pages"
    pages.mkdir()
    for name, (content, _) in PAGES.items():
        (pages / name).write_bytes(content)
    (pages / "zz-good.html").write_text(html(GOOD), encoding="utf-8")
    record = folder / "r.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge_, "load", lambda **_: knowledge)
        result = CliRunner().invoke(cli.main, ["read", str(pages), "--into", str(record)])
    return result, record


def test_the_rest_goes_on(bad):
    result, record = bad
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    with sqlite3.connect(record) as connection:
        uris = [u for (u,) in connection.execute("SELECT uri FROM documents")]
    connection.close()
    assert any(u.endswith("zz-good.html") for u in uris)


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_page_is_read_or_kept_as_a_failure(bad, name):
    _, record = bad
    with sqlite3.connect(record) as connection:
        read = connection.execute("SELECT count(*) FROM documents WHERE uri LIKE ?", (f"%/{name}%",)).fetchone()[0]
        read += (
            name == "surrogates.json"
            and connection.execute("SELECT count(*) FROM documents WHERE uri = 'https://x.example/1'").fetchone()[0]
        )
        bodies = connection.execute("SELECT body FROM failures WHERE uri LIKE ?", (f"%/{name}%",)).fetchall()
    connection.close()
    wanted = PAGES[name][1]
    assert read or bodies
    if wanted == "fails":
        assert bodies
        assert all(b"expected" in b or b"could not" in b for (b,) in bodies), bodies
    if wanted == "reads":
        assert read and not bodies


def test_failures_are_counted_and_over_the_limit_end_with_1(bad, run, tmp_path):
    result, record = bad
    assert result.exit_code == 1
    assert "failed in" in run("stats", record).output
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    result = run("read", empty, good, "--into", tmp_path / "r.db")
    assert result.exit_code == 1 and "1 new documents, 0 known, 1 failures" in result.output
    result = run("read", empty, good, "--into", tmp_path / "s.db", "--max-failures", "0.6")
    assert result.exit_code == 0


def test_nothing_of_a_hostile_page_is_markup_in_an_export(bad, run):
    _, record = bad
    for form in ("jsonl", "csv"):
        assert run("export", form, record).exit_code == 0
    for line in run("export", "jsonl", record).output.splitlines():
        json.loads(line)


def test_other_languages_and_wrong_years_code_nothing_wrong(bad, run):
    _, record = bad
    for line in run("export", "coded", record).output.splitlines():
        made = json.loads(line)
        assert "foreign.html" not in made["document"]["uri"] and "cyrillic.txt" not in made["document"]["uri"]
        period = (made["coded"]["time"] or {}).get("value", {}).get("period")
        assert period is None or period["low"] <= period["best"] <= period["high"]


def test_code_tells_failures_on_standard_error_and_goes_on(run, tmp_path):
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    result = run("code", tmp_path / "empty.html", tmp_path / "good.txt")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stderr.splitlines()[-1])["stage"]
    assert run("code", tmp_path / "empty.html").exit_code == 1
