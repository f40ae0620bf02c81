"""A record made once by the command line, and the ways to run it."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from coranto import cli
from coranto import knowledge as knowledge_

STRIKE = "Russian artillery shelled a market in Kharkiv on 5 March 2024, killing four people, officials said."
RECALL = "Turkey recalled its ambassador from Sweden on Friday."
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2024-03-05T12:00:00Z"></head>
<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""


def page(text, *, title="News of the day", outlet="Test Gazette"):
    return PAGE.format(title=title, text=text, outlet=outlet)


@pytest.fixture
def run(monkeypatch, knowledge):
    """Arguments -> the result of the command, in this process with the shared knowledge; errors are not hidden."""
    monkeypatch.setattr(knowledge_, "load", lambda **_: knowledge)

    def invoke(*arguments, **options):
        result = CliRunner().invoke(cli.main, [str(a) for a in arguments], **options)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture(scope="session")
def shell():
    """Arguments -> the finished process of a real command."""

    def start(*arguments, **options):
        command = [sys.executable, "-m", "coranto.cli", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, timeout=120, env=dict(os.environ), **options)

    return start


@pytest.fixture(scope="session")
def news(tmp_path_factory):
    """A folder with two pages and one text."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "strike.html").write_text(page(STRIKE), encoding="utf-8")
    (folder / "below").mkdir()
    (folder / "below" / "recall.html").write_text(page(RECALL, outlet="Other Gazette"), encoding="utf-8")
    (folder / "note.txt").write_text("Japan condemned the missile launch by North Korea.", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def record(tmp_path_factory, news, knowledge):
    """The record of the folder, as a path."""
    from coranto.engine.runs import read_into
    from coranto.store.sqlite import Store

    path = tmp_path_factory.mktemp("record") / "record.db"
    with Store.open(path, create=True) as store:
        read_into(store, [str(news)], knowledge=knowledge)
    return path
