"""What became of an event between two states of a record."""

from coranto.store.rows import history_rows


def rows(before, after):
    return [(r["event"], r["kind"], r["other"]) for r in history_rows(before, after, "now")]


def test_what_stays_has_no_history():
    assert rows({"a": "1", "b": "1"}, {"a": "1", "b": "1", "c": "2"}) == []


def test_merged():
    assert rows({"a": "1", "b": "2"}, {"a": "1", "b": "1"}) == [("2", "merged into", "1")]


def test_split_from_one_that_lives_on():
    assert rows({"a": "1", "b": "1"}, {"a": "1", "b": "2"}) == [("2", "split from", "1")]


def test_split_into():
    assert rows({"a": "1", "b": "1"}, {"a": "2", "b": "3"}) == [("1", "split into", "2"), ("1", "split into", "3")]


def test_gone_with_its_documents():
    assert rows({"a": "1", "b": "2"}, {"a": "1"}) == [("2", "gone", "")]
