"""The documentation names everything that is public, and its links lead somewhere. See tools/check_docs.py."""

import importlib.util
import re
from pathlib import Path

import pytest

from coranto import cli

ROOT = Path(__file__).parents[1]
_spec = importlib.util.spec_from_file_location("check_docs", ROOT / "tools" / "check_docs.py")
assert _spec and _spec.loader
check_docs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(check_docs)

MODULES = sorted(
    p for p in (ROOT / "src" / "coranto").rglob("*.py") if "__pycache__" not in p.parts and p.name != "__main__.py"
)


@pytest.mark.parametrize("page", check_docs.pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    targets = check_docs.LINK.findall(page.read_text(encoding="utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_commands_and_what_is_expected_of_them_are_told_apart():
    block = "$ coranto stats r.db\ndocuments  3\n...\n\n$ ls\n"
    assert check_docs.commands(block) == [("coranto stats r.db", ["documents  3", "..."]), ("ls", [])]


def test_an_example_that_says_something_else_is_told(tmp_path):
    assert check_docs.run("echo one; echo two", ["one", "...", "two"], tmp_path) == ""
    assert "three" in check_docs.run("echo one; echo two", ["three"], tmp_path)
    assert "expected the line" in check_docs.run("echo one; echo two", ["two", "one"], tmp_path)
    assert check_docs.run("exit 3", [], tmp_path).startswith("exit code 3")


def test_every_command_is_documented():
    """In the README or in the reference of commands."""
    told = "\n".join(p.read_text(encoding="utf-8") for p in check_docs.pages())
    assert [name for name in cli.main.commands if not re.search(rf"\bcoranto {name}\b", told)] == []


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_command_and_option_says_what_it_does(name):
    command = cli.main.commands[name]
    assert command.help and command.help.split("\n")[0].strip()
    assert [p.name for p in command.params if p.param_type_name == "option" and not getattr(p, "help", "")] == []


def test_every_module_says_what_it_makes_of_what():
    lacking = [p for p in MODULES if p.stat().st_size and not _docstring(p)]
    assert [p.relative_to(ROOT).as_posix() for p in lacking] == []


def test_every_stage_module_opens_with_from_what_to_what():
    folders = ("documents", "sentences", "mentions", "referents", "events", "linkage")
    found = [p for p in MODULES if p.parent.name in folders and p.name != "__init__.py"]
    wrong = [p.relative_to(ROOT).as_posix() for p in found if not re.search(r"->|:", _docstring(p).split("\n\n")[0])]
    assert wrong == []


def test_no_file_is_too_long():
    """About 400 lines: when a file grows beyond, a concept is hiding in it. The list of nouns is one file by design."""
    long = {p.relative_to(ROOT).as_posix(): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {name: n for name, n in long.items() if n > 420 and not name.endswith("/records.py")} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [p for p in MODULES if p.stem in ("utils", "helpers", "misc", "manager", "base", "common")] == []


def _docstring(path):
    text = path.read_text(encoding="utf-8")
    found = re.match(r'(?:#[^\n]*\n|\s)*"""(.*?)"""', text, re.S)
    return found[1].strip() if found else ""
