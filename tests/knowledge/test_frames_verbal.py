"""Frames of verbal and cooperative events, operators, cues of speech: every row loads and fits its example."""

import re
from pathlib import Path

import pytest

from coranto.knowledge import frames
from coranto.knowledge.frames import Frame
from coranto.knowledge.tables import read_rows

DATA = Path(frames.FOLDER).parent
FILES = {
    "agree": 120,
    "consult": 120,
    "support": 120,
    "concede": 60,
    "cooperate": 60,
    "aid": 80,
    "request": 100,
    "accuse": 150,
    "reject": 120,
    "operators": 250,
}
MODES = {
    "CONSULT": {"", "visit", "third-party", "multilateral", "phone"},
    "REQUEST": {"", "assist", "change", "yield", "meet"},
    "REJECT": {"", "assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
}
STANCES = {
    "says", "claims", "alleges", "denies", "confirms", "warns", "asks", "demands", "believes", "threatens", "promises",
    "accuses",
}  # fmt: skip
IRREGULAR = dict(
    pair.split("=")
    for pair in """
be=is/are/was/were/been bear=bore/borne begin=began/begun break=broke/broken bring=brought build=built
buy=bought catch=caught choose=chose/chosen come=came cut=cut/cutting deal=dealt die=dying do=does/did/done
draw=drew/drawn drive=drove/driven fall=fell feed=fed feel=felt fight=fought find=found fly=flew/flown
forbid=forbade foretell=foretold forget=forgot forgive=forgave/forgiven freeze=froze gainsay=gainsaid
get=got/getting give=gave go=went/gone grow=grew hang=hung have=has/had/having hear=heard hit=hit/hitting
hold=held keep=kept know=knew lay=laid lead=led leave=left lend=lent let=let/letting lie=lied/lying lose=lost
make=made mean=meant meet=met pay=paid put=put/putting quit=quit read=read rebuild=rebuilt ring=rang rise=rose
run=ran/running say=said see=saw seek=sought sell=sold send=sent set=set/setting shake=shook shoot=shot
show=shown sit=sat/sitting speak=spoke/spoken spend=spent spread=spread stand=stood stick=stuck strike=struck
swear=swore/sworn take=took teach=taught tear=tore tell=told think=thought throw=threw understand=understood
undertake=undertook uphold=upheld win=won withdraw=withdrew write=wrote/written
""".split()
)


def _has_form(lemma: str, text: str) -> bool:
    """True if a word of the text is the lemma or a form of it."""
    stem = lemma[:-1] if lemma[-1] in "ey" else lemma
    regular = rf"(?:{re.escape(lemma)}|{re.escape(stem)}|{re.escape(lemma + lemma[-1])})(?:s|es|ed|d|ing|ies|ied|y)?"
    forms = "|".join([regular, *filter(None, IRREGULAR.get(lemma, "").split("/"))])
    return bool(re.search(rf"\b(?:{forms})\b", re.sub(r"\[[ar] ", "", text.lower())))


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Frame]]:
    """The frames of each file."""
    classes = frames.load().classes
    return {name: frames.read(frames.FOLDER / f"{name}.tsv", classes) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_file_is_rich_enough(name: str, rows: dict[str, list[Frame]]) -> None:
    assert len(rows[name]) >= FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_example_holds_trigger(name: str, rows: dict[str, list[Frame]]) -> None:
    wrong = [(f.id, f.trigger, f.example) for f in rows[name] if not _has_form(f.trigger, f.example)]
    assert not wrong


@pytest.mark.parametrize("name", FILES)
def test_examples_differ_and_brackets_close(name: str, rows: dict[str, list[Frame]]) -> None:
    examples = [f.example for f in rows[name]]
    assert len(set(examples)) == len(examples)
    assert [e for e in examples if e.count("[") != e.count("]") or "[" in re.sub(r"\[[AR] ", "", e)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_two_rows_have_the_same_conditions(name: str, rows: dict[str, list[Frame]]) -> None:
    keys = [(f.pos, f.trigger, tuple(sorted(map(repr, f.when)))) for f in rows[name]]
    assert sorted({str(k) for k in keys if keys.count(k) > 1}) == []


def test_events_have_mode_code_and_slots(rows: dict[str, list[Frame]]) -> None:
    wrong = [
        (f.id, f.trigger, f.mode)
        for found in rows.values()
        for f in found
        if f.kind == "event"
        and f.type is not None
        and (f.mode not in MODES.get(f.type.value, {f.mode}) or not re.fullmatch(r"\d{2,4}", f.cameo) or not f.actor)
    ]
    assert not wrong


def test_consultations_have_their_parties_together(rows: dict[str, list[Frame]]) -> None:
    for f in rows["consult"]:
        if f.kind == "event" and f.type == "CONSULT" and f.mode != "visit":
            assert f.recipient == () or f.cameo == "045", f.id


def test_content_has_a_modality(rows: dict[str, list[Frame]]) -> None:
    assert [f.id for found in rows.values() for f in found if f.content and f.inner is None] == []


def test_operators_pass_a_modality_on(rows: dict[str, list[Frame]]) -> None:
    for f in rows["operators"]:
        assert f.kind in ("~", "-"), f.id
        assert f.kind == "-" or (f.inner is not None and f.content), f.id


def test_cues_of_speech() -> None:
    rows = list(read_rows(DATA / "speech_cues.tsv", columns=("lemma", "pos", "pattern", "stance", "weight", "example")))
    assert len(rows) >= 350
    assert {r["stance"] for r in rows} == STANCES
    assert {r["pos"] for r in rows} == {"v", "n", "p"}
    assert len({(r["lemma"], r["pos"], r["stance"]) for r in rows}) == len(rows)
    for r in rows:
        assert 0.1 <= float(r["weight"]) <= 1.0, r
        assert len(r["pattern"].split(":")) == 2, r
        found = r["lemma"] in r["example"].lower() if r["pos"] == "p" else _has_form(r["lemma"], r["example"])
        assert found, r
