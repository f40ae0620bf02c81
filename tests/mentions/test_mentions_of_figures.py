"""Figures in parsed sentences, case by case (`tests/cases/figures.jsonl`)."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from coranto.evaluation.places import parsed
from coranto.knowledge import Knowledge
from coranto.mentions import figures as mentions
from coranto.records import Analysis, Figure
from coranto.referents import figures as referents

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "figures.jsonl").read_text(encoding="utf-8").splitlines()
]


def analyse(text: str, knowledge: Knowledge) -> Analysis:
    analysis = next(parsed([text], knowledge))
    analysis = replace(analysis, mentions=mentions.make(knowledge)(analysis))
    return replace(analysis, referents=referents.make(knowledge)(analysis))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=c["text"][:50], marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for c in CASES
    ],
)
def test_figures(case: dict[str, object], knowledge: Knowledge) -> None:
    found = [r.value.value for r in analyse(str(case["text"]), knowledge).referents]
    wanted = case["figures"]
    assert isinstance(wanted, list)
    assert len(found) == len(wanted)
    for figure, want in zip(found, wanted):
        assert isinstance(figure, Figure)
        assert figure.what == want["what"]
        assert (_words(figure.low), _words(figure.high)) == (want["low"], want["high"])
        assert figure.exact is want["exact"]
        assert figure.of_whom == want.get("of_whom", figure.of_whom)
        assert figure.whose == want.get("whose", figure.whose)


def _words(bound: object) -> str | None:
    return None if bound is None else str(bound)


def test_a_mention_holds_qualifier_number_and_noun(knowledge: Knowledge) -> None:
    analysis = analyse("More than 300 Russian soldiers were captured.", knowledge)
    assert [m.words.quote for m in analysis.mentions] == ["More than 300 Russian soldiers"]
    assert analysis.mentions[0].words in analysis.referents[0].value.evidence


def test_unknown_is_never_zero(knowledge: Knowledge) -> None:
    analysis = analyse("No one was killed. There were no casualties.", knowledge)
    assert analysis.referents == ()
