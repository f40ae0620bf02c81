"""Records -> everything in them that a law speaks of; a store -> its tables."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from coranto.linkage.link import Linked, link
from coranto.records import Analysis, Document, Failure, Period, Sourced, TimeExpression, Timex, make_id

LAYERS = ("reports", "sentences", "mentions", "referents", "claims", "speech", "predicates", "events")
OF_RUNS = {"runs", "history"}  # tables that say when and how it was read, not what
NUMBERS = {"n"}  # columns that count insertions


class Bundled(NamedTuple):
    analyses: list[Analysis]
    failures: list[Failure]
    record: Linked


def linked(analyses: Sequence[Analysis], knowledge: Any) -> Linked:
    """The record that analyses make together."""
    return link(
        [e for a in analyses for e in a.events], [r for a in analyses for r in a.reports],
        [a.document for a in analyses], knowledge,
    )  # fmt: skip


def inside(record: object, kind: type) -> Iterator[Any]:
    """Every record of a kind anywhere in a record, itself included."""
    if isinstance(record, kind):
        yield record
    if isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from inside(getattr(record, name), kind)
    elif isinstance(record, (tuple, list)):
        for item in record:
            yield from inside(item, kind)
    elif isinstance(record, dict):
        for item in record.values():
            yield from inside(item, kind)


def renamed(document: Document, outlet: str, *, later: int = 0) -> Document:
    """The same page, to the letter, under another outlet and address, published ``later`` days after it."""
    new = make_id(document.id, outlet)
    made = msgspec.json.encode(document).replace(document.id.encode(), new.encode())
    uri = f"https://{outlet}/{new}"
    copy = msgspec.structs.replace(
        msgspec.json.decode(made, type=Document), outlet=outlet, uri=uri, canonical="", digest=make_id(uri) * 2
    )
    if later and copy.published:
        copy = msgspec.structs.replace(copy, published=_delayed(copy.published, timedelta(days=later)))
    return copy


def _delayed(published: Sourced[TimeExpression], by: timedelta) -> Sourced[TimeExpression]:
    period = published.value.period
    assert period is not None
    moved = Period(low=period.low + by, high=period.high + by, best=period.best + by)
    instant = published.value.instant and published.value.instant + by
    timex = Timex(type="DATE", value=moved.best.isoformat())
    value = msgspec.structs.replace(published.value, period=moved, instant=instant, timex=timex)
    return msgspec.structs.replace(published, value=value)


def tables(path: Path | str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables of a record, in order of content; runs and numbers of insertion are left out."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
        made = {n: _rows(connection, n) for n in names if n not in OF_RUNS and not n.startswith("sentences_text")}
    connection.close()
    return made


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    wanted = ", ".join(f'"{c}"' for c in columns if c not in NUMBERS)
    return sorted(connection.execute(f"SELECT {wanted} FROM {table}"), key=repr)


def differing(a: dict[str, Any], b: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """The tables that are not the same, with their numbers of rows; empty where all are."""
    return {n: (len(a.get(n, ())), len(b.get(n, ()))) for n in sorted({*a, *b}) if a.get(n) != b.get(n)}


def counted(path: Path | str, sql: str) -> int:
    """One number out of a database that another process may be making; -1 where it is not there yet."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)
        try:
            return int(connection.execute(sql).fetchone()[0])
        finally:
            connection.close()
    except (sqlite3.Error, TypeError):
        return -1


def by_coded(record: Linked) -> dict[str, Any]:
    """Coded event -> the event that it is a member of."""
    return {c: e for e in record.events for c in e.coded}


def all_ids(analyses: Iterable[Analysis]) -> dict[str, list[str]]:
    """Layer -> the ids of its records, over all analyses."""
    held: dict[str, list[str]] = {name: [] for name in LAYERS if name not in ("claims", "referents")}
    for a in analyses:
        for name, ids in held.items():
            ids.extend(r.id for r in getattr(a, name))
    return held
