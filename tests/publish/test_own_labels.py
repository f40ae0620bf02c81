"""A table of the user's own labels beside the exported events."""

import csv
import io
import re

import pytest
from memory_record import MemoryRecord

from coranto.publish import formats
from coranto.publish.formats import mapping
from coranto.publish.formats.csv import write_csv
from coranto.records import DataError, EventType, UsageError


def table(tmp_path, text):
    path = tmp_path / "codebook.tsv"
    path.write_text("type\tmode\tcameo\tlabel\n" + text, encoding="utf-8")
    return path


def test_the_most_particular_rule_wins(record: MemoryRecord, tmp_path):
    rules = mapping.read(table(tmp_path, "ASSAULT\t\t\tviolence\n\t\t19\tarmed violence\nACCUSE\t\t\twords\n"))
    for event in record.every_coded():
        label = rules.label(event)
        if event.cameo.startswith("19"):
            assert label == "armed violence"
        elif event.type.value is EventType.ASSAULT:
            assert label == "violence"
        elif event.type.value is EventType.ACCUSE:
            assert label == "words"
        else:
            assert label == ""


def test_csv_gets_a_column_of_labels(record: MemoryRecord, tmp_path):
    out = io.StringIO(newline="")
    write_csv(record, out, mapping.read(table(tmp_path, "ASSAULT\t\t\tviolence\n")))
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert {r["own_labels"] for r in rows if r["type"] == "ASSAULT"} == {"violence"}
    assert {r["own_labels"] for r in rows if r["type"] != "ASSAULT"} <= {""}


def test_without_a_table_there_is_no_such_column(record: MemoryRecord):
    out = io.StringIO(newline="")
    write_csv(record, out)
    assert "own_labels" not in out.getvalue().splitlines()[0]


def test_another_form_is_refused(record: MemoryRecord, tmp_path):
    with pytest.raises(UsageError, match="expected csv beside a table of own labels, met jsonl"):
        formats.write("jsonl", record, tmp_path / "out", mapped=table(tmp_path, "ASSAULT\t\t\tviolence\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("WAR\t\t\tviolence\n", "expected a PLOVER type, met 'WAR'"),
        ("ASSAULT\t\t\t\n", "expected a label and at least one of type, mode and cameo"),
        ("\t\t\tviolence\n", "expected a label and at least one of type, mode and cameo"),
        ("", "expected at least one rule"),
    ],
)
def test_a_bad_table_is_told(tmp_path, text, told):
    with pytest.raises(DataError, match=re.escape(told)):
        mapping.read(table(tmp_path, text))
