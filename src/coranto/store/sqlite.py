"""Analyses and the record <-> one SQLite file (WAL, FTS5), readable while it is written."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from coranto.records import Analysis, Coranto, DataError, Event, Failure, Lineage, Merge, Position, Story, UsageError
from coranto.store import rows
from coranto.store import tables as t
from coranto.store.reads import Reads

T = TypeVar("T")
CHUNK = 500
MARK = b"SQLite format 3\x00"


class Store(Reads):
    """The record of one file. Reading never waits for writing; one writes at a time."""

    def __init__(self, path: Path, engine: Engine) -> None:
        super().__init__(engine)
        self.path = path

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, wait: float = 10.0) -> "Store":
        """The record at ``path``; a new one where there is none and ``create`` is set.

        ``wait``: seconds to wait for another writer. Raises UsageError where there is no file or folder, DataError
        where the file is not a record of this version.
        """
        path = Path(path)
        _check_path(path, create=create)
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": wait})
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        store = cls(path, engine)
        try:
            if create and store._empty():
                with store._write() as connection:
                    _make_schema(connection)
            with _told(path), engine.connect() as connection:
                _check_schema(connection, path)
        except Coranto:
            engine.dispose()
            raise
        return store

    def _empty(self) -> bool:
        with _told(self.path), self.engine.connect() as connection:
            return not _tables(connection)

    def close(self) -> None:
        """Every connection is closed."""
        self.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing ------------------------------------------------------------------------------------

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with _told(self.path), self.engine.connect() as connection:
            connection.execution_options(write=True)
            with connection.begin():
                yield connection

    def add(self, made: Iterable[Analysis | Failure]) -> int:
        """All of a batch is in the store, or nothing of it; returns the number of documents that were new.

        A document or failure that is known is skipped. Where something was added, the record is no longer linked.
        """
        analyses: dict[str, Analysis] = {}
        failures: list[Failure] = []
        for m in made:
            if isinstance(m, Failure):
                failures.append(m)
            else:
                analyses.setdefault(m.document.id, m)
        with self._write() as connection:
            held = _known(connection, analyses)
            new = [a for id_, a in analyses.items() if id_ not in held]
            _put(connection, t.DOCUMENTS, [rows.document_row(a) for a in new])
            layers = [rows.layer_rows(a) for a in new]
            for table in t.OF_DOCUMENT:
                _put(connection, table, [row for layer in layers for row in layer[table.name]])
            for a in new:
                _forget(connection, a.document.uri)
            _put(connection, t.FAILURES, [rows.failure_row(f) for f in failures], ignore=True)
            if new:
                _set(connection, "linked", "no")
        return len(new)

    def retract(self, document: str) -> int:
        """The documents of that id or address are gone with all their layers; returns how many. Link again after it."""
        with self._write() as connection:
            ids = _column(
                connection,
                select(t.DOCUMENTS.c.id).where((t.DOCUMENTS.c.id == document) | (t.DOCUMENTS.c.uri == document)),
            )
            for id_ in ids:
                for table in t.OF_DOCUMENT:
                    connection.execute(delete(table).where(table.c.document == id_))
                connection.execute(delete(t.DOCUMENTS).where(t.DOCUMENTS.c.id == id_))
            if ids:
                _set(connection, "linked", "no")
        return len(ids)

    def replace_record(
        self,
        *,
        lineage: Sequence[Lineage] = (),
        events: Iterable[Event] = (),
        merges: Iterable[Merge] = (),
        positions: Sequence[Position] = (),
        stories: Sequence[Story] = (),
        at: str = "",
    ) -> None:
        """What linkage made stands in place of what it had made before, and the record is linked; all or nothing.

        What became of events that are no more is noted, with ``at``, in their history.
        """
        with self._write() as connection:
            for table in t.ADDED:
                table.create(connection, checkfirst=True)
            before = _members(connection)
            for table in t.DERIVED:
                connection.execute(delete(table))
            _put(connection, t.LINEAGE, [rows.lineage_row(x) for x in lineage], ignore=True)
            for judged in _chunks(merges):
                _put(connection, t.MERGES, [rows.merge_row(m) for m in judged])
            _put(connection, t.POSITIONS, [rows.position_row(p) for p in positions], ignore=True)
            for some in _chunks(events):
                _put(connection, t.EVENTS, [rows.event_row(e) for e in some])
                _put(connection, t.EVENT_FACETS, [r for e in some for r in rows.facet_rows(e)])
                _put(connection, t.EVENT_MEMBERS, [{"coded": c, "event": e.id} for e in some for c in e.coded])
                _put(connection, t.VOICES, [r for e in some for r in rows.voice_rows(e)])
            _put(connection, t.STORIES, [rows.story_row(s) for s in stories])
            _put(connection, t.HISTORY, list(rows.history_rows(before, _members(connection), at)))
            _set(connection, "linked", "yes")

    def judge(self, a: str, b: str, verdict: str, *, by: str = "", why: str = "", at: str = "") -> None:
        """A person's word on a pair of coded events is kept: "must", "cannot" or "undo". Link again after it."""
        if verdict not in ("must", "cannot", "undo"):
            raise UsageError(f"expected must, cannot or undo as verdict, met {verdict!r}")
        low, high = sorted((a, b))
        with self._write() as connection:
            _put(connection, t.JUDGEMENTS, [{"a": low, "b": high, "verdict": verdict, "by": by, "why": why, "at": at}])
            _set(connection, "linked", "no")

    def start_run(self, started: str, manifest: str) -> int:
        """A run is noted as begun; returns its number."""
        with self._write() as connection:
            values = {"started": started, "ended": "", "state": "reading", "manifest": manifest, "summary": ""}
            return int(connection.execute(insert(t.RUNS).values(values).returning(t.RUNS.c.n)).scalar_one())

    def end_run(self, run: int, ended: str, summary: str) -> None:
        """A run is noted as done."""
        with self._write() as connection:
            connection.execute(
                update(t.RUNS).where(t.RUNS.c.n == run).values(ended=ended, state="done", summary=summary)
            )


# -- opening ------------------------------------------------------------------------------------------


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


def _on_connect(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY", "mmap_size=268435456"):
        try:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        except Exception as error:
            if "readonly" not in str(error) and "locked" not in str(error):
                raise


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise UsageError(f"expected a file for the record, met a folder: {path}")
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise UsageError(f"expected a record at {path}, met {'an empty file' if path.exists() else 'nothing'}")
        if not path.parent.is_dir():
            raise UsageError(f"expected a folder at {path.parent}, met nothing; the record cannot be made there")
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(MARK))
    except OSError as error:
        raise UsageError(f"expected a readable record at {path}, met {error.strerror}") from error
    if head != MARK:
        raise DataError(f"expected an SQLite database at {path}, met a file that begins with {head[:12]!r}")


def _make_schema(connection: Connection) -> None:
    if _tables(connection):
        return
    t.METADATA.create_all(connection)
    for statement in t.FULL_TEXT:
        connection.exec_driver_sql(statement)
    _set(connection, "schema", str(t.SCHEMA))
    _set(connection, "linked", "yes")


def _tables(connection: Connection) -> list[str]:
    return sorted(_column(connection, text("SELECT name FROM sqlite_master WHERE type = 'table'")))


def _check_schema(connection: Connection, path: Path) -> None:
    names = _tables(connection)
    if "meta" not in names or "documents" not in names:
        met = ", ".join(names[:5]) or "none"
        raise DataError(f"expected a record of coranto at {path}, met an SQLite database with tables {met}")
    version = _column(connection, select(t.META.c.value).where(t.META.c.name == "schema"))
    if version != [str(t.SCHEMA)]:
        raise DataError(
            f"expected a record of schema version {t.SCHEMA} at {path}, met version {', '.join(version) or 'none'}"
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors, in the program's words."""
    try:
        yield
    except OperationalError as error:
        met = str(error.orig)
        if "locked" in met or "busy" in met:
            raise UsageError(
                f"expected to be the only one who writes {path}, met another writer (database is locked)"
            ) from error
        if "readonly" in met or "unable to open" in met:
            raise UsageError(
                f"expected a record that can be written at {path}, met a read-only file or folder ({met})"
            ) from error
        raise DataError(f"expected room and a sound database at {path}, met: {met}") from error
    except IntegrityError as error:
        raise DataError(f"expected ids to be unique in {path}, met: {error.orig}") from error
    except DatabaseError as error:
        raise DataError(f"expected a sound SQLite database at {path}, met: {error.orig}") from error


# -- small verbs ----------------------------------------------------------------------------------------


def _put(connection: Connection, table: Table, made: Sequence[dict[str, Any]], *, ignore: bool = False) -> None:
    if made:
        statement = insert(table).prefix_with("OR IGNORE", dialect="sqlite") if ignore else insert(table)
        connection.execute(statement, list(made))


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(t.META).where(t.META.c.name == name))
    connection.execute(insert(t.META).values(name=name, value=value))


def _members(connection: Connection) -> dict[str, str]:
    """Coded event -> the event that it is a member of."""
    m = t.EVENT_MEMBERS.c
    return {row.coded: row.event for row in connection.execute(select(m.coded, m.event))}


def _forget(connection: Connection, uri: str) -> None:
    """A failure that may be tried again is over once its document is read."""
    connection.execute(delete(t.FAILURES).where((t.FAILURES.c.uri == uri) & (t.FAILURES.c.retryable == 1)))


def _column(connection: Connection, statement: Any) -> list[Any]:
    return list(connection.execute(statement).scalars())


def _known(connection: Connection, ids: Iterable[str]) -> set[str]:
    return {
        id_
        for some in _chunks(ids)
        for id_ in _column(connection, select(t.DOCUMENTS.c.id).where(t.DOCUMENTS.c.id.in_(some)))
    }


def _chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    held: list[T] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
