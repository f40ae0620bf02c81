"""Exports: whole, valid under their schemas, and safe to open."""

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import msgspec
import pytest
from memory_record import MemoryRecord
from msgspec.structs import replace
from scenario import HOSTILE, KHARKIV, killed

from coranto.publish import formats
from coranto.publish.formats.csv import COLUMNS, write_csv
from coranto.publish.formats.jsonl import write_coded, write_jsonl
from coranto.publish.formats.lines import KINDS, SCHEMAS, CodedLine, EventLine, schema
from coranto.publish.formats.plover import write_plover
from coranto.publish.pages.document import document_page
from coranto.publish.pages.event import event_page
from coranto.publish.pages.lists import events_page, failures_page, home_page
from coranto.records import EventType, Modality, Place, Precision, Reading, Ref, RefKind, UsageError, to_json


def written(write: object, record: MemoryRecord) -> str:
    out = io.StringIO(newline="")
    write(record, out)
    return out.getvalue()


def rows(record: MemoryRecord) -> dict[str, dict[str, str]]:
    text = written(write_csv, record)
    return {row["event_id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.mark.parametrize("name", KINDS)
def test_schemas_are_those_of_the_records(name: str) -> None:
    kept = json.loads((SCHEMAS / f"{name}.json").read_bytes())
    assert kept == json.loads(json.dumps(schema(name))), "run python -m coranto.publish.formats.lines"
    jsonschema.Draft202012Validator.check_schema(kept)


def test_no_schema_is_left_over() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(KINDS)


def test_every_event_is_a_line_that_its_schema_allows(record: MemoryRecord) -> None:
    lines = written(write_jsonl, record).splitlines()
    assert len(lines) == len(record.record)
    check = jsonschema.Draft202012Validator(schema("event-line"))
    for line in lines:
        check.validate(json.loads(line))
    strike = next(e for e in (msgspec.json.decode(x, type=EventLine) for x in lines) if len(e.members) == 5)
    assert strike.event == record.record[0]
    assert {d.outlet for d in strike.documents} == set(strike.event.outlets)
    assert all(m.type.evidence for m in strike.members)


def test_every_coded_event_is_a_line_that_its_schema_allows(record: MemoryRecord) -> None:
    lines = written(write_coded, record).splitlines()
    check = jsonschema.Draft202012Validator(schema("coded-line"))
    for line in lines:
        check.validate(json.loads(line))
    read = [msgspec.json.decode(line, type=CodedLine) for line in lines]
    assert [r.coded for r in read] == list(record.every_coded())
    assert all(r.event and r.document for r in read)


def test_pages_are_what_their_schemas_allow(record: MemoryRecord) -> None:
    pages = {
        "home-page": home_page(record),
        "events-page": events_page(record),
        "event-page": event_page(record, record.record[0].id),
        "document-page": document_page(record, record.analyses[0].document.id),
        "failures-page": failures_page(record),
    }
    for name, page in pages.items():
        jsonschema.Draft202012Validator(schema(name)).validate(json.loads(to_json(page)))


def test_csv_has_a_row_an_event(record: MemoryRecord) -> None:
    found = rows(record)
    assert set(found) == {e.id for e in record.record}
    strike = found[record.record[0].id]
    assert strike["day"] == "2024-03-05" and strike["actor_codes"] == "RUS MIL"
    assert (strike["killed_low"], strike["killed_high"]) == ("7", "")
    assert strike["figures"] == "7 killed; 11 killed; at least 9 killed"
    assert (strike["reports"], strike["outlets"], strike["independent_voices"]) == ("5", "5", "3")
    assert strike["latitude"] == "49.98" and strike["place_precisions"] == "town"
    assert strike["denied"] == "yes" and strike["contested"] == "figures; occurrence"
    assert not any("numsources" in column.casefold() for column in COLUMNS)


def test_unknown_is_empty_and_never_nought(record: MemoryRecord) -> None:
    bare = replace(record.record[0], place=(), time=(), figures=(), actors=(), recipients=(), title="")
    row = rows(replace(record, record=(bare,)))[bare.id]
    for column in ("day", "day_low", "latitude", "longitude", "killed_low", "killed_high", "wounded_low", "actors"):
        assert row[column] == "", column


def test_columns_of_one_field_run_parallel(record: MemoryRecord) -> None:
    people = [Ref(id="", name=n, kind=RefKind.PERSON, country=c) for n, c in (("A", "NOR"), ("B", ""), ("C", "NOR"))]
    actors = tuple(Reading(value=p, coded=("x",), voices=("x",)) for p in people)
    row = rows(replace(record, record=(replace(record.record[0], actors=actors),)))[record.record[0].id]
    assert (row["actors"], row["actor_countries"]) == ("A; B; C", "NOR; ; NOR")


def test_figures_of_some_people_only_are_not_the_toll(record: MemoryRecord) -> None:
    children = Reading(value=replace(killed(2, 2), of_whom="children"), coded=("x",), voices=("x",))
    event = replace(record.record[0], figures=(children,))
    row = rows(replace(record, record=(event,)))[event.id]
    assert row["killed_low"] == "" and row["figures"] == "2 children killed"


def test_a_country_is_never_pinned(record: MemoryRecord) -> None:
    country = Place(id="country:UKR", name="Ukraine", precision=Precision.COUNTRY, latitude=49.0, longitude=32.0)
    place = Reading(value=country, coded=("x",), voices=("x",))
    event = replace(record.record[0], place=(place,))
    assert rows(replace(record, record=(event,)))[event.id]["latitude"] == ""
    two = replace(event, place=(replace(place, value=KHARKIV), replace(place, value=replace(KHARKIV, name="Kupiansk"))))
    assert rows(replace(record, record=(two,)))[event.id]["latitude"] == ""


@pytest.mark.parametrize(
    "title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a\nb", 'a"b', HOSTILE, "\u202e=1", " =2"]
)
def test_no_cell_is_a_formula_or_breaks_a_line(record: MemoryRecord, title: str) -> None:
    events = (replace(record.record[0], title=title), record.record[1])
    text = written(write_csv, replace(record, record=events))
    assert text.count("\r\n") == 3 and text.count("\n") == 3
    for row in csv.reader(io.StringIO(text, newline="")):
        assert len(row) == len(COLUMNS)
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)
        assert not any(cell.startswith("-") and not cell[1:2].isdigit() for cell in row)


def test_codes_are_quoted_as_text_and_numbers_are_not(record: MemoryRecord) -> None:
    line = next(x for x in written(write_csv, record).split("\r\n") if record.record[0].id in x)
    assert f'"{record.record[0].id}"' in line and ",7," in line and '"7"' not in line


def test_plover_lines_have_its_names_and_say_what_was_left_out(record: MemoryRecord) -> None:
    denied = replace(
        record.record[1],
        modality=(Reading(value=Modality.PLANNED, coded=("x",), voices=("x",)),),
    )
    undated = replace(record.record[2], time=())
    out = io.StringIO()
    told = write_plover(replace(record, record=(record.record[0], denied, undated)), out)
    assert (told.written, told.left_out) == (1, {"not said to have happened": 1, "no day": 1})
    line = json.loads(out.getvalue())
    allowed = {
        "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc",
        "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder",
        "coded_date", "coded_time", "comment", "size",
    }  # fmt: skip
    assert {name for name in line if not name.startswith("coranto_")} <= allowed
    assert line["event"] == [EventType.ASSAULT] and line["quad_code"] == 4 and line["date"] == "2024-03-05"
    assert line["actor"][0] == {
        "code": "RUS", "sector": "MIL", "entity_text": "Russian forces", "identifier_id": "country:RUS",
        "identifier_text": "Russian forces",
    }  # fmt: skip
    assert line["event_loc"]["geonameid"] == "706483" and line["event_loc"]["lat"] == 49.98
    assert line["size"] == {"dead": "7-"} and line["coranto_independent_voices"] == 3


@pytest.mark.parametrize("form", formats.FORMS)
def test_a_file_is_whole_or_not_there(record: MemoryRecord, tmp_path: Path, form: str) -> None:
    out = tmp_path / "record.out"
    formats.write(form, record, out)
    assert out.stat().st_size > 1000 and [p.name for p in tmp_path.iterdir()] == ["record.out"]

    class Broken(MemoryRecord, frozen=True, kw_only=True):
        def events(self) -> None:
            raise OSError("gone")

        every_coded = events

    kept = out.read_bytes()
    with pytest.raises(OSError, match="gone"):
        formats.write(form, Broken(), out)
    assert out.read_bytes() == kept and [p.name for p in tmp_path.iterdir()] == ["record.out"]


def test_unknown_forms_and_places_are_told(record: MemoryRecord, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected a form among jsonl"):
        formats.write("xls", record)
    with pytest.raises(UsageError, match="expected a file that can be written"):
        formats.write("csv", record, tmp_path / "none" / "x.csv")


def test_what_a_form_cannot_hold_is_told(record: MemoryRecord, capsys: pytest.CaptureFixture[str]) -> None:
    undated = replace(record.record[0], time=())
    formats.write("plover", replace(record, record=(undated, record.record[1])))
    told = capsys.readouterr()
    assert told.err == "left out, no day: 1\n" and len(told.out.splitlines()) == 1


def test_nothing_of_the_web_is_needed_to_export_or_explain() -> None:
    code = (
        "import sys, coranto.publish.formats.csv, coranto.publish.explain, coranto.publish.stored;"
        "print([m for m in ('fastapi', 'starlette', 'jinja2', 'uvicorn', 'spacy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_decimals_are_plain() -> None:
    from coranto.publish.phrases import number, plain

    assert plain(Decimal("1E+6")) == "1000000" and number(Decimal("1250000.50")) == "1,250,000.5"
