"""The ontology: its 16 types, their quad classes and modes, and what CAMEO codes become."""

import pytest

from coranto.knowledge import plover
from coranto.knowledge.plover import Ontology, Quad
from coranto.records import DataError, EventType


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return plover.load()


def test_totals(ontology: Ontology) -> None:
    assert set(ontology.types) == set(EventType)
    assert len(ontology.contexts) == 37
    assert sum(len(ontology.modes(t)) for t in EventType) == 67
    assert len(ontology.cameo) == 313


def test_quad_classes(ontology: Ontology) -> None:
    by = {q: {t.value for t in EventType if ontology.quad(t) is q} for q in Quad}
    assert by[Quad.NEUTRAL] == set()
    assert by[Quad.VERBAL_COOPERATION] == {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"}
    assert by[Quad.MATERIAL_COOPERATION] == {"COOPERATE", "AID", "RETREAT"}
    assert by[Quad.VERBAL_CONFLICT] == {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    assert by[Quad.MATERIAL_CONFLICT] == {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


def test_modes_and_scores(ontology: Ontology) -> None:
    assert [m.name for m in ontology.modes(EventType.MOBILIZE)] == ["troops", "weapons", "police", "militia"]
    assert ontology.modes(EventType.AID) == ()
    assert ontology.has_mode(EventType.PROTEST, "hunger")
    assert not ontology.has_mode(EventType.AGREE, "visit")
    assert ontology.score(EventType.RETREAT, "disarm") == 10
    assert ontology.score(EventType.PROTEST, "vandalize") == ontology.score(EventType.PROTEST) == -5
    conflict = {Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT}
    assert all(ontology.score(t) <= 0 for t in EventType if ontology.quad(t) in conflict)


@pytest.mark.parametrize(
    ("code", "type", "mode"),
    [
        ("042", "CONSULT", "visit"),
        ("0841", "RETREAT", "release"),
        ("0871", "CONCEDE", ""),
        ("163", "SANCTION", "discontinue"),
        ("116", "SANCTION", "convict"),
        ("1724", "COERCE", "martial-law"),
        ("191", "COERCE", "restrict"),
        ("186", "ASSAULT", "targeted"),
        ("195", "ASSAULT", "aerial"),
        ("1384", "THREATEN", "violence"),
        ("0256", "REQUEST", "yield"),
    ],
)
def test_cameo_code_becomes_type_and_mode(ontology: Ontology, code: str, type: str, mode: str) -> None:
    entry = ontology.of_cameo(code)
    assert (entry.code, entry.type, entry.mode) == (code, EventType(type), mode)


def test_longer_code_falls_back_to_the_code_above_it(ontology: Ontology) -> None:
    assert ontology.of_cameo("1949").code == "194"
    assert ontology.of_cameo("190").type is EventType.ASSAULT


def test_statement_is_no_event(ontology: Ontology) -> None:
    assert ontology.of_cameo("010").type is None


def test_unknown_code_is_an_error(ontology: Ontology) -> None:
    with pytest.raises(DataError, match="expected a CAMEO code"):
        ontology.of_cameo("99")


def test_goldstein_stays_on_its_scale(ontology: Ontology) -> None:
    known = [e.goldstein for e in ontology.cameo.values() if e.goldstein is not None]
    assert len(known) > 300
    assert all(-10 <= g <= 10 for g in known)
    assert ontology.of_cameo("057").goldstein == 8.0
    assert ontology.of_cameo("1821").goldstein is None
