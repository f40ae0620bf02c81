"""judge, diff and timeline, on one small record."""

import shutil

import pytest
from click.testing import CliRunner

from coranto.cli import main
from coranto.store.sqlite import Store

PAGES = {
    "a": "Russian forces shelled a market in Kharkiv on 4 March 2024, killing seven. Poland condemned the attack.",
    "b": "Seven people were killed on 4 March 2024 when Russian troops shelled a market in Kharkiv.",
}


def run(*words, code=0):
    made = CliRunner().invoke(main, [str(w) for w in words])
    assert made.exit_code == code, made.output
    return made.output


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("record")
    for name, text in PAGES.items():
        (folder / f"{name}.txt").write_text(text)
    run("read", folder / "a.txt", "--into", folder / "first.db")
    shutil.copy(folder / "first.db", folder / "r.db")
    run("read", folder / "b.txt", "--into", folder / "r.db")
    return folder


def shelling(path):
    with Store.open(path) as store:
        return max(store.events(), key=lambda e: len(e.reports))


def test_diff_of_two_states(made):
    out = run("diff", made / "first.db", made / "r.db").splitlines()
    assert any(line.startswith(("~", "<", ">")) for line in out)
    assert out[-1].startswith("")
    same = run("diff", made / "r.db", made / "r.db").splitlines()
    assert len(same) == 1 and "0 changed, 0 new" in same[0]


def test_a_merge_is_undone_and_the_judgement_survives_a_run(made, tmp_path):
    path = tmp_path / "r.db"
    shutil.copy(made / "r.db", path)
    event = shelling(path)
    assert len(event.reports) == 2
    with Store.open(path) as store:
        coded = store.coded_by_id(event.coded)
    one = next(c for c in coded if "shelled" in c.trigger.quote and c.report == event.reports[0])
    other = next(c for c in coded if "shelled" in c.trigger.quote and c.report == event.reports[1])
    assert "two events now" in run("judge", path, one.id, other.id, "--different", "--why", "another market")
    with Store.open(path) as store:
        belongs = store.belongs([one.id, other.id])
    assert len(set(belongs.values())) == 2
    (tmp_path / "c.txt").write_text("Kenya recalled its ambassador from Somalia on 6 March 2024.")
    run("read", tmp_path / "c.txt", "--into", path)
    with Store.open(path) as store:
        assert len(set(store.belongs([one.id, other.id]).values())) == 2
    a, b = sorted(belongs.values())
    assert "one event now" in run("judge", path, one.id, other.id, "--same")
    with Store.open(path) as store:
        assert store.today(a) == store.today(b)


def test_judging_what_is_not_there(made):
    assert "expected the id" in run("judge", made / "r.db", "x", "y", "--same", code=2)
    event = shelling(made / "r.db").id
    assert "which are one" in run("judge", made / "r.db", event, event, "--different", code=2)
    assert "expected one of" in run("judge", made / "r.db", event, event, code=2)


def test_timelines(made):
    out = run("timeline", made / "r.db")
    assert "2024-03-04" in out and "Kharkiv" in out
    assert "Poland" in run("timeline", made / "r.db", "--actor", "POL")
    assert "Kharkiv" not in run("timeline", made / "r.db", "--actor", "POL").replace("attack", "")
    assert len(run("timeline", made / "r.db", "--limit", "1").splitlines()) == 1
    assert "expected the country" in run("timeline", made / "r.db", "--actor", "nobody", code=2)


def test_stories_and_a_dossier(made):
    listed = run("timeline", made / "r.db", "--stories").splitlines()
    story = listed[0].split()[0]
    page = run("timeline", made / "r.db", "--story", story, "--dossier")
    assert "independent voices" in page and "Who:" in page
    assert run("timeline", made / "r.db", "--story", story)
    run("timeline", made / "r.db", "--dossier", code=2)
    assert "expected the id of a story" in run("timeline", made / "r.db", "--story", "zzz", code=2)
