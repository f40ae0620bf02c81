"""docs/explanation/borders.md against the shipped gazetteer and the tables of actors."""

import re
from pathlib import Path

import pytest

from coranto.knowledge import Knowledge
from coranto.knowledge.actors import NameKind
from coranto.referents.places import resolve_spans

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "borders.md").read_text(encoding="utf-8")
TABLE = dict(re.findall(r"^\| ([A-Z][^|]*?) \| ?([A-Z]{3})? ?\|$", PAGE, re.M))
LANDS = (NameKind.COUNTRY, NameKind.CAPITAL, NameKind.LOCALITY, NameKind.GROUP)


def test_the_table_was_read() -> None:
    assert len(TABLE) > 50
    assert TABLE["Kashmir"] == ""


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_contested_place_is_filed_as_the_page_says(knowledge: Knowledge, name: str) -> None:
    best = resolve_spans(knowledge.places, name, [(0, len(name))])[0][0].candidate
    assert (best.country or "") == TABLE[name]


@pytest.mark.parametrize("name", sorted(n for n in TABLE if TABLE[n]))
def test_an_actor_named_for_it_has_no_other_country(knowledge: Knowledge, name: str) -> None:
    entry = knowledge.actors.named(name)
    if entry is not None and entry.kind in LANDS:
        assert entry.ref.country == TABLE[name]


def test_no_code_reads_a_countrys_outline() -> None:
    """No source file decides a country by a polygon."""
    source = Path(__file__).parents[2] / "src" / "coranto"
    for stage in ("knowledge", "mentions", "referents", "events", "linkage"):
        for path in (source / stage).rglob("*.py"):
            assert not re.search(r"\b(?:shapely|polygon|point_in)\b", path.read_text(encoding="utf-8"), re.I), path
