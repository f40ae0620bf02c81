"""A toponym -> the places that bear it, with coordinates, containment and precision.

The gazetteer ships as one gzip'd SQLite file. On first use it is unpacked into a cache folder, under a name made of
its hash, so that all processes of a machine share one read-only copy.
"""

import gzip
import os
import re
import shutil
import sqlite3
import tempfile
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from coranto.records import MissingResource, Place, Precision

DATA = Path(__file__).parent / "data" / "places"
PACKED = DATA / "gazetteer.sqlite.gz"

SCHEMA = """
create table place(row integer primary key, id text, gid integer, name text, kind text, country text,
                   admin1 integer, admin2 integer, lat integer, lon integer, population integer,
                   capital integer);
create table name(key text, place int, rank int, primary key (key, place)) without rowid;
"""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
)
_DROPPED = re.compile("[\u0300-\u036f.'’ʼʻʹ‘`´ʾʿ\u200c]")
_SPACED = re.compile(r"[\s\-‐‑–—_/,()]+")
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ARTICLE = re.compile(r"^(?:the|al|el|as|ash|ad|an|ar|at|az) (?=\w{3})")


def fold(name: str) -> str:
    """The form under which spellings of a name are one: no case, accents, apostrophes, dots or hyphens."""
    lower = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = _SPACED.sub(" ", _DROPPED.sub("", lower)).strip().split(" ")
    return " ".join(_WORDS.get(w, w) for w in words)


def without_article(key: str) -> str:
    """A folded name without a leading "the", "al", "el" or another form of the Arabic article."""
    return _ARTICLE.sub("", key)


class Kind:
    """What a row of the gazetteer is."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    TOWN = "town"
    SITE = "site"
    REGION = "region"


PRECISION = {
    Kind.COUNTRY: Precision.COUNTRY,
    Kind.ADMIN1: Precision.PROVINCE,
    Kind.ADMIN2: Precision.DISTRICT,
    Kind.TOWN: Precision.TOWN,
    Kind.SITE: Precision.SITE,
    Kind.REGION: Precision.REGION,
}
PINNED = frozenset({Kind.TOWN, Kind.SITE})


class Candidate(NamedTuple):
    """One place that bears a name. ``latitude``/``longitude`` are its middle (degrees), which is no pin."""

    row: int
    id: str
    gid: str
    name: str
    kind: str
    country: str
    admin1: str  # id of the division that holds it, or ""
    admin2: str
    latitude: float | None
    longitude: float | None
    population: int
    capital: int  # 1 for a country's seat
    rank: int  # of the name: 0 the name in use, 1 an English or official variant, 2 an alias, 3 another script


class Gazetteer:
    """Read-only access to the compiled gazetteer and the user's own; safe to use from threads and after a fork."""

    def __init__(self, path: Path, *, own: Iterable[Path] = ()) -> None:
        self.path, self.own = path, tuple(own)
        self._local = threading.local()
        self._named = lru_cache(maxsize=60_000)(self._read_named)
        self._entry = lru_cache(maxsize=20_000)(self._read_entry)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Every place that bears this name, in any spelling that folds to the same, best-known first."""
        return self._named(fold(name))

    def has(self, name: str) -> bool:
        """True if at least one place bears this name."""
        return bool(self._named(fold(name)))

    def entry(self, id: str) -> Candidate | None:
        """The place of that id ("geonames:703448", "country:UKR", "region:donbas"), or None."""
        return self._entry(id)

    def country(self, iso3: str) -> Candidate | None:
        """The country of that ISO 3166-1 alpha-3 code, or None."""
        return self._entry(f"country:{iso3}")

    def place(self, found: Candidate) -> Place:
        """The record of a candidate: coordinates only for towns and sites, never for anything wider."""
        pin = found.kind in PINNED
        division = self._entry(found.admin1) if found.admin1 else None
        return Place(
            id=found.id,
            name=found.name,
            precision=PRECISION[found.kind],
            country=found.country or "",
            admin1=found.name if found.kind == Kind.ADMIN1 else division.name if division else "",
            latitude=found.latitude if pin else None,
            longitude=found.longitude if pin else None,
        )

    def _read_named(self, key: str) -> tuple[Candidate, ...]:
        rows = self._all(_BY_NAME, (key,))
        if not rows and (bare := without_article(key)) != key:
            rows = self._all(_BY_NAME, (bare,))
        found = [Candidate(*r) for r in rows]
        for path in self.own:
            for c in (Candidate(*r) for r in self._all(_BY_NAME, (key,), path)):
                shipped = self._entry(
                    c.id
                )  # a place that ships is kept as it ships, with the name that the user gives it
                if all(c.id != held.id for held in found):
                    found.append(shipped._replace(rank=c.rank) if shipped is not None else c)
        return tuple(found)

    def _read_entry(self, id: str) -> Candidate | None:
        scheme, _, gid = id.partition(":")
        known = scheme == "geonames" and gid.isdigit()
        for path in (self.path, *self.own):
            if rows := self._all(_BY_GID, (int(gid),), path) if known else self._all(_BY_ID, (id,), path):
                return Candidate(*rows[0])
        return None

    def _all(self, query: str, values: tuple[object, ...], path: Path | None = None) -> list[tuple[Any, ...]]:
        held: tuple[int, dict[Path, sqlite3.Connection]] | None = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            self._local.held = held = (os.getpid(), {})
        path, links = path or self.path, held[1]
        if path not in links:
            links[path] = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        rows: list[tuple[Any, ...]] = links[path].execute(query, values).fetchall()
        return rows


_ID = "coalesce({0}.id, 'geonames:' || {0}.gid, '')"
_COLUMNS = f"""p.row, {_ID.format("p")}, coalesce(cast(p.gid as text), ''), p.name, p.kind, p.country,
       {_ID.format("a")}, {_ID.format("b")}, p.lat / 10000.0, p.lon / 10000.0, p.population, p.capital"""
_JOINS = "left join place a on a.row = p.admin1 left join place b on b.row = p.admin2"
_BY_NAME = f"""select {_COLUMNS}, n.rank from name n join place p on p.row = n.place {_JOINS}
       where n.key = ? order by n.rank > 1, p.population desc, p.row"""
_BY_ID = f"select {_COLUMNS}, 0 from place p {_JOINS} where p.id = ?"
_BY_GID = f"select {_COLUMNS}, 0 from place p {_JOINS} where p.gid = ? and p.id is null"


def cache_folder() -> Path:
    """The folder for unpacked data: ``$XDG_CACHE_HOME/coranto`` or ``~/.cache/coranto``, else a temporary one."""
    stated = os.environ.get("XDG_CACHE_HOME")
    for parent in (Path(stated) if stated else Path.home() / ".cache", Path(tempfile.gettempdir())):
        folder = parent / "coranto"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise MissingResource(f"expected a folder that can be written for the gazetteer, met none at {folder}")


def unpack(packed: Path) -> Path:
    """The unpacked twin of a gzip'd file in the cache folder, made atomically where it is not there yet."""
    if not packed.is_file():
        raise MissingResource(f"expected the gazetteer at {packed}, met no file")
    digest = blake2b(packed.read_bytes(), digest_size=8).hexdigest()
    target = cache_folder() / f"gazetteer-{digest}.sqlite"
    if not target.is_file():
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name)
        with gzip.open(packed, "rb") as source, os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
        os.chmod(name, 0o644)
        os.replace(name, target)
    return target


def load(*, own: Iterable[Path] = ()) -> Gazetteer:
    """The gazetteer that ships with the program, and the user's own beside it."""
    return Gazetteer(unpack(PACKED), own=own)
