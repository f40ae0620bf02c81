"""docs/reference/command-line.md names every command, option and argument that there is."""

import re
from pathlib import Path

import click
import pytest

from coranto.cli import main

TEXT = (Path(__file__).parents[1] / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S))


def names(parameter: click.Parameter) -> list[str]:
    """How a reader writes a parameter: its long options, or an argument in capitals."""
    if isinstance(parameter, click.Option):
        return [o for o in (*parameter.opts, *parameter.secondary_opts) if o.startswith("--")]
    return [(parameter.name or "").upper()]


def test_the_sections_are_the_commands() -> None:
    assert set(SECTIONS) == set(main.commands)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_parameter_is_named_in_its_section(command: str) -> None:
    wanted = [name for parameter in main.commands[command].params for name in names(parameter)]
    missing = [name for name in wanted if not re.search(rf"`[^`]*{re.escape(name)}\b", SECTIONS[command])]
    assert missing == []


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_choice_is_named_in_its_section(command: str) -> None:
    kinds = [p.type for p in main.commands[command].params]
    choices = [str(choice) for kind in kinds if isinstance(kind, click.Choice) for choice in kind.choices]
    assert [choice for choice in choices if f"`{choice}`" not in SECTIONS[command]] == []


@pytest.mark.parametrize("command", sorted(main.commands))
def test_no_option_is_named_that_does_not_exist(command: str) -> None:
    there = {name for parameter in main.commands[command].params for name in names(parameter)}
    assert set(re.findall(r"`(--[a-z-]+)`", SECTIONS[command])) <= there


def test_defaults_are_those_of_the_program() -> None:
    for command, section in SECTIONS.items():
        rows = dict(re.findall(r"^\| `(--[a-z-]+)` \| ([^|]+?) \|", section, re.M))
        if "| default |" not in section:
            continue
        for parameter in main.commands[command].params:
            shown = rows.get(names(parameter)[0])
            if isinstance(parameter, click.Option) and parameter.show_default:
                assert shown == str(parameter.default), f"{command} {parameter.name}"


def test_options_of_the_program_itself_are_named() -> None:
    for parameter in main.params:
        for name in names(parameter):
            assert f"`coranto {name}`" in TEXT or f"`{name}`" in TEXT
