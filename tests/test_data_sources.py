"""Every data file says where it comes from; no entry is stale."""

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import make_sources  # noqa: E402

LICENCES = ("Apache-2.0", "CC0-1.0", "CC-BY", "CC BY", "MIT", "Unicode-3.0", "WordNet", "public domain")
COPYLEFT = ("GPL", "ODbL", "NC", "ND", "unknown", "proprietary")


def data_files():
    """What must be listed, as paths from the root: all that is shipped and is no code."""
    package = ROOT / "src" / "coranto"
    found = [p for folder in sorted(package.rglob("data")) if folder.is_dir() for p in folder.rglob("*")]
    found += [*(package / "demo").rglob("*"), *(package / "publish" / "web" / "static").rglob("*")]
    return {
        p.relative_to(ROOT).as_posix()
        for p in found
        if p.is_file() and p.suffix not in (".py", ".pyc") and "__pycache__" not in p.parts
    }


def listed():
    return {file: entry for entry in make_sources.entries() for file in
            (f.relative_to(ROOT).as_posix() for f in make_sources.files(entry["path"]))}  # fmt: skip


def test_every_data_file_is_listed():
    assert len(data_files()) > 50
    assert sorted(data_files() - set(listed())) == []


def test_no_entry_is_stale():
    assert [e["path"] for e in make_sources.entries() if not make_sources.files(e["path"])] == []


def test_no_file_is_listed_twice():
    held = [f for e in make_sources.entries() for f in make_sources.files(e["path"])]
    assert len(held) == len(set(held))


def test_every_licence_is_named_and_may_be_shipped():
    """By name; and none that forbids commerce or change, or that binds the code beside it."""
    wrong = [
        (e["path"], e["licence"])
        for e in make_sources.entries()
        if not e["licence"].startswith(LICENCES) or set(COPYLEFT) & set(e["licence"].replace("-", " ").split())
    ]
    assert wrong == []


def test_sources_toml_is_made_of_the_fragments():
    assert (ROOT / "SOURCES.toml").read_text(encoding="utf-8") == make_sources.sources()


def test_sources_toml_is_toml_with_a_hash_a_file():
    made = tomllib.loads(make_sources.sources())["file"]
    assert [e["path"] for e in made] == sorted(e["path"] for e in made)
    for entry in made:
        assert set(entry) == {*make_sources.FIELDS, "hashes"}
        assert set(entry["hashes"]) == {
            f.relative_to(ROOT).as_posix() for f in make_sources.files(entry["path"])
        }  # fmt: skip
        assert all(len(h) == 32 for h in entry["hashes"].values())


def test_an_incomplete_or_repeated_entry_is_refused(tmp_path):
    fragment = tmp_path / "a.toml"
    fragment.write_text('[[file]]\npath = "x"\norigin = "o"\nlicence = "l"\nversion = "1"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="maker"):
        make_sources.entries(tmp_path)
    whole = '[[file]]\npath = "x"\norigin = "o"\nlicence = "l"\nversion = "1"\nmaker = "m"\n'
    fragment.write_text(whole * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="several"):
        make_sources.entries(tmp_path)
