"""docs/reference/records.md names every public record, field and value; docs/explanation/modality.md every modality."""

import inspect
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coranto import records
from coranto.events.factuality import CONTENT

DOCS = Path(__file__).parents[1] / "docs"
TEXT = (DOCS / "reference" / "records.md").read_text(encoding="utf-8")
MODALITY = (DOCS / "explanation" / "modality.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", TEXT, re.M))
OWN: dict[str, Any] = {
    name: value
    for name, value in vars(records).items()
    if inspect.isclass(value) and value.__module__ == records.__name__ and not name.startswith("_")
}


def test_every_class_has_a_row_and_every_row_is_there() -> None:
    assert set(OWN) <= set(ROWS)
    assert [name for name in ROWS if not hasattr(records, name)] == []


@pytest.mark.parametrize("name", sorted(n for n, c in OWN.items() if issubclass(c, msgspec.Struct)))
def test_every_field_is_named(name: str) -> None:
    assert [f for f in OWN[name].__struct_fields__ if f"`{f}`" not in ROWS[name]] == []


@pytest.mark.parametrize("name", sorted(n for n, c in OWN.items() if issubclass(c, StrEnum)))
def test_every_value_is_named(name: str) -> None:
    said = set(re.split(r"[|,\s`]*\s[|,\s`]*|,", ROWS[name])) | set(re.split(r", |\| ", ROWS[name]))
    assert [str(member) for member in OWN[name] if str(member) not in said] == []


@pytest.mark.parametrize("name", sorted(n for n, c in OWN.items() if issubclass(c, records.Coranto)))
def test_exit_codes_are_those_of_the_errors(name: str) -> None:
    assert ROWS[name].endswith(f"| {OWN[name].exit_code}")


def test_every_function_and_constant_is_named() -> None:
    public = [
        name
        for name, value in vars(records).items()
        if not name.startswith("_") and inspect.isfunction(value) and value.__module__ == records.__name__
    ]
    assert [name for name in (*public, "CODED_BLOCKS") if f"`{name}`" not in TEXT] == []


def test_every_modality_has_an_example() -> None:
    shown = re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+\. \|$", MODALITY, re.M)
    assert set(shown) == set(records.Modality)


def test_the_table_of_factuality_is_that_of_the_program() -> None:
    rows = re.findall(r"^\| (\w+) \| ([-+]?[\d.]+) \| ([-+]?[\d.]+) \|$", MODALITY, re.M)
    told = {name: (float(affirmed), float(negated)) for name, affirmed, negated in rows}
    assert told == {
        str(m): (round(3 * found.positive, 2), round(3 * found.negative, 2)) for m, found in CONTENT.items()
    }
