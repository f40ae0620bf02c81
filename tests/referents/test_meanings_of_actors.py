import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from coranto import knowledge
from coranto.knowledge import Knowledge
from coranto.mentions import actors as actor_mentions
from coranto.records import (
    Analysis,
    Basis,
    Block,
    BlockKind,
    Document,
    Field,
    Period,
    Ref,
    Referent,
    RefKind,
    Report,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
    Words,
)
from coranto.referents import actors
from coranto.referents.actors import resolve_string
from coranto.sentences import parse

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "actors.jsonl").open(encoding="utf-8")]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def analysis(known: Knowledge, text: str, published: str = "") -> Analysis:
    said = None
    if published:
        day = date.fromisoformat(published)
        said = Sourced(
            value=TimeExpression(timex=Timex(type="DATE", value=published), period=Period(low=day, high=day, best=day)),
            basis=Basis.STATED,
            via=Via.METADATA,
            evidence=(Field(document="d", path="meta", raw=published),),
        )
    span = Span(0, len(text))
    document = Document(
        id="d",
        uri="u",
        digest="0" * 32,
        outlet="o",
        text=text,
        published=said,
        blocks=(Block(kind=BlockKind.BODY, span=span),),
    )
    report = Report(id="r", document="d", span=span, published=said)
    made = Analysis(document=document, reports=(report,))
    made = replace(made, sentences=parse.make(known)([made])[0])
    return replace(made, mentions=actor_mentions.make(known)(made))


def resolved(known: Knowledge, text: str, published: str = "") -> dict[str, Referent]:
    made = analysis(known, text, published)
    found = {r.mention: r for r in actors.make(known)(made, ())}
    return {m.words.quote: found[m.id] for m in made.mentions if m.id in found}


def ref(referent: Referent) -> Ref:
    value = referent.value.value
    assert isinstance(value, Ref)
    return value


@pytest.fixture(scope="module")
def answers(known: Knowledge) -> dict[str, dict[str, Referent]]:
    return {text: resolved(known, text, "2025-05-20") for text in dict.fromkeys(c["text"] for c in CASES)}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, id=f"{c['quote']}@{n}", marks=[pytest.mark.xfail(reason=c["xfail"])] if "xfail" in c else [])
        for n, c in enumerate(CASES)
    ],
)
def test_written_cases(case: dict[str, str], answers: dict[str, dict[str, Referent]]) -> None:
    found = answers[case["text"]]
    assert case["quote"] in found, sorted(found)
    met = ref(found[case["quote"]])
    assert met.country == case["country"]
    assert (met.sectors or ("",))[0] == case["sector"]
    assert met.role == case["role"]


def test_evidence_is_quoted_from_the_text(known: Knowledge, answers: dict[str, dict[str, Referent]]) -> None:
    for text, found in answers.items():
        for referent in found.values():
            assert referent.chain
            for piece in referent.value.evidence:
                assert isinstance(piece, Words)
                assert text[piece.span.start : piece.span.end] == piece.quote


def test_a_stale_role_is_never_presented(known: Knowledge) -> None:
    text = "Dmytro Kuleba arrived."
    assert ref(resolved(known, text, "2023-03-01")["Dmytro Kuleba"]).role == "foreign minister"
    later = ref(resolved(known, text, "2025-03-01")["Dmytro Kuleba"])
    assert (later.country, later.role) == ("UKR", "")


def test_the_text_overrides_the_table(known: Knowledge) -> None:
    met = ref(resolved(known, "Ukrainian Defence Minister Denys Shmyhal spoke.", "2023-03-01")[
        "Ukrainian Defence Minister Denys Shmyhal"])  # fmt: skip
    assert met.role == "defence minister"
    assert met.id == "person:denys-shmyhal"


def test_what_is_learnt_elsewhere_is_carried_with_both_words(known: Knowledge) -> None:
    found = resolved(known, "Norwegian envoy Kari Dahl met rebels. Dahl left on Monday.")
    dahl = found["Dahl"]
    assert dahl.value.basis is Basis.CARRIED
    assert dahl.value.via is Via.APPOSITION
    assert [e.quote for e in dahl.value.evidence if isinstance(e, Words)] == ["Dahl", "Norwegian envoy Kari Dahl"]
    assert dahl.chain == found["Norwegian envoy Kari Dahl"].chain


def test_a_place_assumed_for_local_actors_says_so(known: Knowledge) -> None:
    police = resolved(known, "Police arrested 20 protesters in Nairobi.")["Police"]
    assert ref(police).country == "KEN"
    assert police.value.basis is Basis.ASSUMED


def test_unknown_stays_unknown(known: Knowledge) -> None:
    met = ref(resolved(known, "Zarqa Vellim spoke on Monday.")["Zarqa Vellim"])
    assert (met.id, met.country, met.role, met.sectors) == ("", "", "", ())


@pytest.mark.parametrize(
    ("text", "sentence", "country", "sector"),
    [
        ("Iran's Foreign Ministry", "", "IRN", "GOV"),
        ("1,500 Taliban prisoners", "", "AFG", "REB"),
        ("A spokesman for President Ashraf Ghani", "", "AFG", "GOV"),
        ("a Belgian court", "", "BEL", "JUD"),
        ("rebels loyal to former vice president Riek Machar", "", "SSD", "REB"),
        ("the Iranian-backed Palestinian Islamic Jihad (PIJ) organization", "", "PSE", "REB"),
        ("Police in Japan", "", "JPN", "COP"),
        ("Chancellor Angela Merkel", "", "DEU", "GOV"),
        ("the ministry", "Officials in Oslo said the ministry had agreed.", "NOR", "GOV"),
        ("The Secretary of State, Hillary Clinton", "", "USA", "GOV"),
        ("", "", "", ""),
    ],
)
def test_bare_strings(known: Knowledge, text: str, sentence: str, country: str, sector: str) -> None:
    met = resolve_string(known.actors, text, sentence, None)
    assert met.country == country
    assert (met.sectors or ("",))[0] == sector


def test_a_bare_string_of_nothing_known(known: Knowledge) -> None:
    assert resolve_string(known.actors, "Thom", "", None).kind is RefKind.UNKNOWN
