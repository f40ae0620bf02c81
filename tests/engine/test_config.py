import pytest

from coranto.engine.config import Config, load
from coranto.records import UsageError


def test_command_line_over_environment_over_file(tmp_path):
    path = tmp_path / "coranto.toml"
    path.write_text('workers = 2\nbatch_words = 500\nrecord = "a.db"\n[stages]\nevents = "mine:make"\n')
    config = load(path, environment={"CORANTO_WORKERS": "3", "CORANTO_RECORD": "b.db"}, record="c.db", model=None)
    assert config == Config(record="c.db", workers=3, batch_words=500, stages={"events": "mine:make"})


def test_without_anything_the_defaults_hold():
    assert load(environment={}) == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("workers = 0", "at least 1 as workers, met 0"),
        ("workers = 'many'", "workers"),
        ("wrokers = 2", "wrokers"),
        ("max_failures = 3", "0 to 1 as max_failures"),
        ("[stages]\nevent = 'a:b'", "expected stages reports"),
        ("workers = = 2", "expected TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, message):
    path = tmp_path / "coranto.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=message):
        load(path, environment={})


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="expected a readable configuration"):
        load(tmp_path / "none.toml", environment={})
