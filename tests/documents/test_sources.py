import gzip
import json

import pytest

from coranto.documents.sources import Source, find_sources
from coranto.records import Failure, UsageError


def found(*paths, **options):
    return list(find_sources([str(p) for p in paths], **options))


def test_a_folder_is_read_in_order_and_each_file_once(tmp_path):
    (tmp_path / "b.txt").write_text("two")
    (tmp_path / "a.html").write_text("<p>one</p>")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.md").write_text("three")
    (tmp_path / ".hidden.txt").write_text("no")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    got = found(tmp_path, tmp_path / "a.html", tmp_path / "*.txt")
    assert [g.uri.rsplit("/", 1)[-1] for g in got] == ["a.html", "b.txt", "d.pdf", "c.md"]
    assert isinstance(got[2], Failure) and ".pdf" in got[2].error and "expected" in got[2].error


def test_json_lines_are_one_source_each_and_a_broken_line_is_a_failure(tmp_path):
    file = tmp_path / "x.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"text": "one"}\n\nnot json\n{"text": "two"}'))
    one, bad, two = found(file)
    assert isinstance(one, Source) and one.record == "1" and json.loads(one.data) == {"text": "one"}
    assert isinstance(bad, Failure) and bad.where == "3"
    assert isinstance(two, Source) and two.record == "4"


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b" \n", "empty"),
        ("page.html", b"%PDF-1.4 ...", "PDF"),
        ("page.html", b"\x89PNG\r\n", "PNG"),
        ("page.txt", b"a\x00b", "NUL"),
        ("page.html.gz", gzip.compress(b"x" * 50_000)[:-20], "truncated"),
        ("page.html.gz", gzip.compress(b"x" * 2_000_000), "at most"),
        ("long.txt", b"x" * 1_000_001, "at most"),
        ("long.jsonl", b'{"text": "' + b"x" * 1_000_001 + b'"}', "at most"),
    ],
)
def test_what_is_no_text_is_a_failure_that_says_why(tmp_path, name, data, word):
    (tmp_path / name).write_bytes(data)
    (got,) = found(tmp_path / name, limit_bytes=1_000_000)
    assert isinstance(got, Failure) and got.stage == "sources" and word in got.error


def test_a_json_file_holds_one_record_or_a_list(tmp_path):
    (tmp_path / "a.json").write_text('[{"text": "one"}, {"text": "two"}]')
    (tmp_path / "b.json").write_text('{"text": "three"}')
    got = found(tmp_path)
    assert [json.loads(g.data)["text"] for g in got] == ["one", "two", "three"]


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="expected a file"):
        found(tmp_path / "nothing")
