"""Frames of material conflict, retreats and threats: every row loads, names what is known, and fits its example."""

import re
from pathlib import Path

import pytest

from coranto.knowledge import frames, plover
from coranto.knowledge.frames import BLOCK, Frame, FrameLexicon
from coranto.records import DataError, EventType

FILES = {
    "assault": 550,
    "coerce": 320,
    "mobilize": 150,
    "protest": 160,
    "sanction": 215,
    "retreat": 210,
    "threaten": 95,
    "blocks": 450,
}
PREPOSITIONS = frozenset(
    "about across after against along among around as at because behind beside between beyond by during following "
    "for from in inside into like near of off on onto out outside over since through throughout to toward towards "
    "under upon via when with within without".split()
)
SLOTS = PREPOSITIONS | {
    "subj",
    "obj",
    "iobj",
    "comp",
    "prt",
    "poss",
    "mod",
    "head",
    "inf",
    "fin",
    "purpose",
    "pred",
    "must",
    "obliged",
    "whether",
}
IRREGULAR = {
    lemma: forms.split("/")
    for lemma, forms in (
        pair.split("=")
        for pair in """
be=is/are/was/were beat=beaten begin=began bite=bit blow=blew/blown break=broke bring=brought build=built burn=burnt
come=came dig=dug draw=drew drive=drove fall=fell fight=fought find=found flee=fled fly=flew forbid=forbade
freeze=froze give=gave go=went/gone hang=hung hold=held keep=kept lay=laid lead=led leave=left make=made
overrun=overran overthrow=overthrew quit=quit retake=retook/retaken ring=rang rise=rose see=saw seek=sought send=sent
shoot=shot sink=sank slay=slew spy=spied steal=stole stand=stood strike=struck swear=swore take=took/taken tear=tore
throw=threw/thrown unfreeze=unfroze withdraw=withdrew withhold=withheld withstand=withstood die=dying
""".split()
    )
}


@pytest.fixture(scope="module")
def lexicon() -> FrameLexicon:
    return frames.load()


@pytest.fixture(scope="module")
def own(lexicon: FrameLexicon) -> list[Frame]:
    return [f for f in lexicon.frames if f.id.partition(":")[0] in FILES]


def has_form(lemma: str, text: str) -> bool:
    """True if a word of the text is a form of the lemma."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*|[a-z]+", text.lower())
    words += [p for w in words for p in w.split("-")]
    stem = lemma.rstrip("ey") if len(lemma) > 3 else lemma
    endings = r"(?:e|y|s|es|ed|d|ing|ies|ied|'s)?"
    pattern = re.compile(
        rf"(?:{re.escape(stem)}|{re.escape(lemma)}{re.escape(lemma[-1])}?|{re.escape(lemma)}k){endings}"
    )
    return any(pattern.fullmatch(w) or w in IRREGULAR.get(lemma, ()) for w in words)


@pytest.mark.parametrize(("name", "least"), FILES.items())
def test_every_file_holds_its_frames(own: list[Frame], name: str, least: int) -> None:
    assert sum(f.id.startswith(f"{name}:") for f in own) >= least


def test_examples_hold_their_trigger(own: list[Frame]) -> None:
    assert [f"{f.id} {f.trigger}" for f in own if not has_form(f.trigger, f.example)] == []


def test_examples_mark_their_arguments(own: list[Frame]) -> None:
    for f in own:
        assert f.example.count("[") == f.example.count("]"), f.id
        assert set(re.findall(r"\[(\w) ", f.example)) <= {"A", "R"}, f.id
        if f.kind == BLOCK:
            assert "[" not in f.example, f.id
        if "[R" in f.example:
            assert f.recipient, f.id
        if "[A" in f.example:
            assert f.actor, f.id
        assert "{" not in f.example, f.id


def test_modes_codes_and_contexts_are_known(own: list[Frame]) -> None:
    ontology = plover.load()
    for f in own:
        if f.type is None:
            assert (f.mode, f.cameo, f.actor) == ("", "", ()), f.id
            continue
        assert not f.mode or ontology.has_mode(f.type, f.mode), (f.id, f.mode)
        assert f.cameo in ontology.cameo, (f.id, f.cameo)
        assert set(f.contexts) <= set(ontology.contexts), (f.id, f.contexts)


def test_slots_are_known(own: list[Frame]) -> None:
    for f in own:
        named = {s for group in (*f.actor, *f.recipient) for s in group} | {c.slot for c in f.when} | set(f.content)
        assert named <= SLOTS, (f.id, named - SLOTS)
        assert 0.1 <= f.weight <= 1.0, f.id


def test_no_row_stands_twice(own: list[Frame]) -> None:
    keys = [(f.pos, f.trigger, f.when) for f in own]
    assert len(keys) == len(set(keys))


def test_types_that_these_files_tell(own: list[Frame]) -> None:
    told = {f.type for f in own if f.type is not None}
    assert {EventType(t) for t in "ASSAULT COERCE MOBILIZE PROTEST SANCTION RETREAT THREATEN".split()} <= told


@pytest.mark.parametrize(
    ("pos", "lemma", "name"),
    [
        ("n", "tank", "weapon"),
        ("n", "shelling", "attack"),
        ("n", "ceasefire", "ceasefire"),
        ("n", "typhoon", "disaster"),
    ],
)
def test_classes(lexicon: FrameLexicon, pos: str, lemma: str, name: str) -> None:
    assert lexicon.within(lemma, name)


def test_blocking_row_wins_over_an_equal_one(lexicon: FrameLexicon) -> None:
    strike = lexicon.of("v", "strike")
    ranks = [f.rank for f in strike]
    assert ranks == sorted(ranks, reverse=True)
    assert strike[-1].rank < next(f for f in strike if f.kind == BLOCK).rank


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("hit\tx\t\tASSAULT", "expected pos"),
        ("hit\tv\t\tATTACK", "expected a PLOVER type"),
        ("hit\tv\tobj=@nosuch\tASSAULT", "expected a class"),
        ("hit\tv\tobj\tASSAULT", "expected conditions"),
    ],
)
def test_errors_name_the_row(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "own.tsv"
    cells = row.split("\t")
    path.write_text(
        "\t".join(frames.COLUMNS) + "\n" + "\t".join(cells + [""] * (len(frames.COLUMNS) - len(cells))) + "\n"
    )
    with pytest.raises(DataError, match=message):
        frames.read(path, {})
