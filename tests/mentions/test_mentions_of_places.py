"""Toponyms in parsed sentences, case by case (`tests/cases/places.jsonl`): what is found and what it stands for."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from coranto.evaluation.places import parsed
from coranto.knowledge import Knowledge
from coranto.mentions import places as mentions
from coranto.records import Analysis, MentionKind, Place, Precision
from coranto.referents import places as referents

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "places.jsonl").read_text(encoding="utf-8").splitlines()
]


def read(text: str, knowledge: Knowledge) -> list[tuple[str, Place | None]]:
    analysis = next(parsed([text], knowledge))
    analysis = replace(analysis, mentions=mentions.make(knowledge)(analysis))
    values = {r.mention: r.value.value for r in referents.make(knowledge)(analysis)}
    out = []
    for m in analysis.mentions:
        value = values.get(m.id)
        assert value is None or isinstance(value, Place)
        out.append((m.words.quote, value))
    return out


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c["text"][:50], marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for c in CASES
    ],
)
def test_places(case: dict[str, object], knowledge: Knowledge) -> None:
    found = read(str(case["text"]), knowledge)
    wanted = case["places"]
    assert isinstance(wanted, list)
    assert [quote for quote, _ in found] == [w["quote"] for w in wanted]
    for (_, place), want in zip(found, wanted):
        if "id" in want:
            assert (place.id if place else None) == want["id"]
        elif want.keys() > {"quote"}:
            assert place is not None
            assert place.precision == want["precision"]
            assert place.country == want.get("country", place.country)


def test_only_towns_and_sites_carry_a_pin(knowledge: Knowledge) -> None:
    text = "Shells fell on Kupiansk in Kharkiv region, Ukraine, and on the Kakhovka Dam near the Black Sea."
    for _, place in read(text, knowledge):
        assert place is not None
        pinned = place.latitude is not None and place.longitude is not None
        assert pinned == (place.precision in (Precision.TOWN, Precision.SITE))


def test_mentions_quote_the_text_and_do_not_overlap(knowledge: Knowledge) -> None:
    analysis: Analysis = next(parsed(["Troops left Kyiv, Ukraine, for the Donetsk region."], knowledge))
    found = mentions.make(knowledge)(analysis)
    text = analysis.document.text
    assert all(text[m.words.span.start : m.words.span.end] == m.words.quote for m in found)
    assert {m.kind for m in found} == {MentionKind.PLACE}
    assert all(a.words.span.end <= b.words.span.start for a, b in pairwise(found))
