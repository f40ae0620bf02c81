"""The user's own layers of actors and places."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from coranto import knowledge as shipped
from coranto.cli import main
from coranto.engine.doctor import examine
from coranto.engine.manifest import manifest
from coranto.knowledge import actors, frames, own, places
from coranto.knowledge.own.actors import Codes
from coranto.knowledge.places import unpack
from coranto.records import DataError, Precision, UsageError

DAY = date(2024, 5, 1)


@pytest.fixture(scope="module")
def codes() -> Codes:
    return Codes(actors.load())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORANTO_KNOWLEDGE", str(tmp_path / "own"))
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def table() -> actors.ActorTable:
    return actors.load(own=own.actor_files())


CSV = """name,kind,variants,country,sectors,role,from,to,observed
Aruna Velt,person,A. Velt,Latvia,GOV,transport minister,2023-09,,2024-06
Red Dawn Front,armed group,RDF|Dawn Front,PER,REB,,,,
Wagner Group,organisation,,RUS,BUS,,,,
"""


def test_a_csv_of_actors_is_laid_over_the_shipped_table(home: Path, codes: Codes) -> None:
    layer = own.add(write(home, "mine.csv", CSV), "actors", table=codes)
    assert (layer.name, layer.kind, layer.rows) == ("mine", "actors", 3)
    found = table()
    person = found.person_at("Aruna Velt", DAY)
    assert person is not None
    assert (person.country, person.sectors, person.role) == ("LVA", ("GOV",), "transport minister")
    group = found.named("Dawn Front")
    assert group is not None and (group.ref.country, group.own) == ("PER", True)
    wagner = found.named("Wagner Group")
    assert wagner is not None and wagner.ref.sectors == ("BUS",)  # the user's row comes before ours


def test_a_role_is_not_presented_after_it_was_last_observed(home: Path, codes: Codes) -> None:
    own.add(write(home, "mine.csv", CSV), "actors", table=codes)
    later = table().person_at("Aruna Velt", date(2025, 1, 1))
    assert later is not None and later.role == ""
    with pytest.raises(DataError, match="stale"):
        text = "name,kind,country,role,from\nAruna Velt,person,LVA,minister,2023\n"
        own.add(write(home, "stale.csv", text), "actors", table=codes)


def test_yaml_holds_the_same(home: Path, codes: Codes) -> None:
    pytest.importorskip("yaml")
    text = (
        "- name: Red Dawn Front\n  kind: armed group\n  variants: [RDF, Dawn Front]\n  country: Peru\n  sectors: REB\n"
    )
    own.add(write(home, "mine.yaml", text), "actors", table=codes)
    entry = table().named("RDF")
    assert entry is not None and (entry.ref.country, entry.ref.sectors) == ("PER", ("REB",))


PETRARCH = """# a comment
ARUNA_VELT_  ;AB 1 Jan 2020
\t[LVAELI <010905]
\t[LVAGOV 230901-240630]
+A_VELT_
DAWN_FRONT_ [PERREB]
+RED_DAWN_
WORLD_BODY_ [IGOUNO]
!ANGLER! {}
KELP_FARMER_ {KELP_FARMERS_} [~AGR]
"""


def test_a_petrarch_dictionary(home: Path, codes: Codes) -> None:
    own.add(write(home, "phoenix.txt", PETRARCH), "petrarch", table=codes)
    found = table()
    person = found.person_at("Aruna Velt", DAY)
    assert person is not None and (person.country, person.sectors) == ("LVA", ("GOV",))
    group = found.named("Red Dawn")
    assert group is not None and (group.ref.country, group.ref.sectors) == ("PER", ("REB",))
    body = found.named("World Body")
    assert body is not None and body.ref.country == "IGO"
    role = found.role("kelp farmers")
    assert role is not None and role.sector == "AGR"


def test_a_line_that_is_no_dictionary_is_named(home: Path, codes: Codes) -> None:
    with pytest.raises(DataError, match=":1: expected a name before"):
        own.add(write(home, "bad.txt", "+SYNONYM_\n"), "petrarch", table=codes)
    assert own.layers() == []


POSITIONS = """person,personLabel,positionLabel,countryLabel,start,end,observed
Q1,Aruna Velt,Minister of Finance of Latvia,,2023-09-15T00:00:00Z,,2024-06-01
Q1,Aruna Velt,ambassador,Latvia,2010-01-01,2014-05-01,
"""


def test_positions_held_from_wikidata(home: Path, codes: Codes) -> None:
    own.add(write(home, "held.csv", POSITIONS), "positions", table=codes)
    found = table()
    now, then = found.person_at("Aruna Velt", DAY), found.person_at("Aruna Velt", date(2012, 1, 1))
    assert now is not None and (now.country, now.role, now.sectors) == ("LVA", "minister of finance", ("GOV",))
    assert then is not None and then.role == "ambassador"


def geonames(gid: int, name: str, variants: str, group: str, code: str, country: str) -> str:
    cells = [str(gid), name, name, variants, "56.1", "26.2", group, code, country, "", "00", "", "", "", "120", "", "5"]
    return "\t".join([*cells, "Europe/Riga", "2024-01-01"]) + "\n"


def test_a_geonames_dump_and_a_csv_of_places(home: Path, codes: Codes) -> None:
    dump = geonames(99000001, "Veltava", "Veltawa,Вельтава", "P", "PPL", "LV") + geonames(
        99000002, "Hotel Velt", "", "S", "HTL", "LV"
    )
    assert own.add(write(home, "LV.txt", dump), "geonames", table=codes).rows == 1
    text = "name,kind,variants,country,latitude,longitude\nCamp Osprey,site,Osprey base,Latvia,56.5,26.5\n"
    own.add(write(home, "camps.csv", text), "places", table=codes)
    gazetteer = places.Gazetteer(unpack(places.PACKED), own=own.place_files())
    town, camp = gazetteer.find("Veltawa"), gazetteer.find("Osprey base")
    assert [(c.id, c.country, c.kind) for c in town] == [("geonames:99000001", "LVA", "town")]
    place = gazetteer.place(camp[0])
    assert (place.precision, place.latitude, place.country) == (Precision.SITE, 56.5, "LVA")
    assert gazetteer.entry("geonames:99000001") is not None
    assert "geonames:703448" in {c.id for c in gazetteer.find("Kyiv")}


def test_a_place_that_ships_keeps_what_it_is_known_by(home: Path, codes: Codes) -> None:
    own.add(write(home, "UA.txt", geonames(703448, "Kyiv", "Kijuw", "P", "PPLC", "UA")), "geonames", table=codes)
    gazetteer = places.Gazetteer(unpack(places.PACKED), own=own.place_files())
    assert [(c.id, c.population > 1e6) for c in gazetteer.find("Kijuw")] == [("geonames:703448", True)]
    assert sum(c.id == "geonames:703448" for c in gazetteer.find("Kyiv")) == 1


def test_layers_are_part_of_what_a_run_was_made_with(home: Path, codes: Codes) -> None:
    before = manifest(shipped.load())
    layer = own.add(write(home, "mine.csv", CSV), "actors", table=codes)
    after = manifest(shipped.load())
    assert (before.own, after.own) == ({}, {"mine": f"actors:{layer.digest}"})
    assert any(c.name == "own knowledge: mine" and layer.digest in c.found for c in examine())
    again = own.add(write(home, "mine.csv", CSV + "Blue Front,armed group,,PER,REB,,,,\n"), "actors", table=codes)
    assert again.digest != layer.digest
    assert [held.rows for held, _ in own.layers()] == [4]
    own.remove("mine")
    assert own.layers() == []
    with pytest.raises(UsageError):
        own.remove("mine")


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("actors", "name,kind\n,person\n", "expected a name"),
        ("actors", "name,kind,country\nX,organisation,Narnia\n", "a country's name"),
        ("actors", "name,kind,from\nX,organisation,last week\n", "ISO form"),
        ("places", "name,kind,latitude,longitude\nX,town,,\n", "latitude"),
        ("places", "name,kind,latitude,longitude\nX,town,95,4\n", "degrees"),
        ("geonames", "1\tX\n", "19 cells"),
        ("positions", "personLabel\nX\n", "positionlabel"),
        ("actors", "name,kind\n", "at least one"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(home: Path, codes: Codes, kind: str, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        own.add(write(home, "bad.csv", text), kind, table=codes)
    assert own.layers() == []


def test_the_command_adds_lists_and_removes(home: Path) -> None:
    run = CliRunner()
    path = write(home, "mine.csv", CSV)
    added = run.invoke(main, ["knowledge", "add", str(path), "--name", "ours"])
    assert added.exit_code == 0 and "ours: 3 rows" in added.output
    assert "ours  actors" in run.invoke(main, ["knowledge", "list"]).output
    assert run.invoke(main, ["knowledge", "remove", "ours"]).exit_code == 0
    assert run.invoke(main, ["knowledge", "list"]).output == ""
    assert run.invoke(main, ["knowledge", "add", str(home / "none.csv")]).exit_code == 2


FRAMES = """- {trigger: cannonade, pos: v, type: ASSAULT, mode: heavy-weapons, actor: subj, recipient: obj, weight: .9}
- {trigger: bomb, pos: v, type: none}
- {trigger: storm, pos: v, when: obj=stage, type: "-"}
"""


def test_frames_are_laid_over_the_lexicon(home: Path, codes: Codes) -> None:
    before = frames.load()
    layer = own.add(write(home, "words.yaml", FRAMES), "frames", table=codes)
    assert (layer.kind, layer.rows) == ("frames", 3)
    lexicon = shipped.load().frames
    (mine,) = lexicon.of("v", "cannonade")
    assert (mine.id, mine.type, mine.weight) == ("own/words:1", "ASSAULT", 0.9)
    assert before.of("v", "bomb") and not lexicon.of("v", "bomb")
    assert [f.kind for f in lexicon.of("v", "storm") if f.id.startswith("own/words:")] == ["-"]
    assert len(lexicon.of("v", "attack")) == len(before.of("v", "attack"))
    own.remove("words")
    assert frames.load().of("v", "bomb") == before.of("v", "bomb")


def test_only_the_frames_of_a_condition_are_taken_out(home: Path, codes: Codes) -> None:
    before = frames.load().of("v", "storm")
    own.add(write(home, "words.csv", "trigger,pos,when,type\nstorm,v,subj=@force|@armed,none\n"), "frames", table=codes)
    after = shipped.load().frames.of("v", "storm")
    assert len(after) == len(before) - 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("trigger,pos,type\nzap,x,ASSAULT\n", "expected pos v, n or a, met 'x'"),
        ("trigger,pos,type\nzap,v,WAR\n", "expected a PLOVER type"),
        ("trigger,pos,type,weight\nzap,v,ASSAULT,much\n", "expected a number as weight"),
        ("trigger,pos,type,colour\nzap,v,ASSAULT,red\n", "expected columns trigger, pos"),
        ("trigger,pos,type\n,v,ASSAULT\n", "expected trigger, met none"),
        ("trigger,pos,type\n", "expected at least one frame"),
        ("trigger,pos,type,when\nzap,v,ASSAULT,obj=@nosuch\n", "expected a class of classes.tsv, met @nosuch"),
    ],
)
def test_a_bad_table_of_frames_is_told_and_changes_nothing(home: Path, codes: Codes, text: str, told: str) -> None:
    with pytest.raises(DataError, match=re.escape(told)):
        own.add(write(home, "bad.csv", text), "frames", table=codes)
    assert own.layers() == []
