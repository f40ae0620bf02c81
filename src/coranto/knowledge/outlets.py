"""data/outlets/*.tsv -> OutletTable: who publishes news, under which names and addresses, owned by whom, from where.

An alias written with a leading ``~`` is a name that metadata use ("The Sun", "AA") but that must not be looked for
in running text, where the words mean other things. It also takes the outlet's own name out of running text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from pathlib import Path

from coranto.knowledge.tables import read_rows
from coranto.records import DataError, Record

FILE = Path(__file__).parent / "data" / "outlets" / "outlets.tsv"
HOMES = FILE.with_name("homes.tsv")
COUNTRIES = Path(__file__).parent / "data" / "actors" / "countries.tsv"
# Domains of countries that the world uses as if they were of none.
WORLDLY = frozenset({"ai", "cc", "co", "fm", "gg", "io", "ly", "me", "news", "to", "tv", "ws", "la", "pw", "st", "sh"})
COLUMNS = ("id", "name", "aliases", "domains", "country", "family", "kind", "wire", "state")
KINDS = frozenset({"agency", "newspaper", "broadcaster", "online", "magazine", "government"})
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.")
_QUOTES = str.maketrans("’‘`", "'''")


class Outlet(Record, frozen=True, kw_only=True):
    """Someone who publishes: a newspaper, a broadcaster, an agency, a government's press office."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str = ""  # ISO 3166-1 alpha-3, "" for organisations of states
    family: str = ""  # outlets of one family are one owner's
    kind: str = "online"
    wire: bool = False  # its copy is printed by others
    state: bool = False  # owned or run by a state
    spoken: tuple[str, ...] = ()  # names that mean it in running text


class OutletTable:
    """Outlets by domain and by name, and expressions that find their names in text."""

    def __init__(
        self, outlets: Iterable[Outlet], homes: Mapping[str, str] | None = None, iso2: Mapping[str, str] | None = None
    ) -> None:
        self.outlets = tuple(outlets)
        self._homes, self._iso2 = homes or {}, iso2 or {}
        self._domains: dict[str, Outlet] = {}
        self._names: dict[str, Outlet] = {}
        for outlet in self.outlets:
            for domain in outlet.domains:
                if self._domains.setdefault(domain, outlet) is not outlet:
                    raise DataError(f"{FILE}: expected one outlet a domain, met {domain!r} twice")
        for outlet in self.outlets:
            self._names.setdefault(_key(outlet.name), outlet)
        for outlet in self.outlets:
            for name in outlet.aliases:
                self._names.setdefault(_key(name), outlet)

    def by_domain(self, host: str) -> Outlet | None:
        """The outlet of a host name or address, sought from the whole host up to its parent domains."""
        return next((self._domains[h] for h in _hosts(host) if h in self._domains), None)

    def home(self, outlet: str) -> str:
        """Id of the town ("geonames:...") or country ("country:...") that a domain or name publishes from, or "".

        A country by the outlet's row, not that of a wire, which writes for the world; else by the end of the domain.
        """
        hosts = list(_hosts(outlet))
        if town := next((self._homes[h] for h in hosts if h in self._homes), ""):
            return town
        if (known := self.by_domain(outlet) or self.by_name(outlet)) is not None:
            return f"country:{known.country}" if known.country and not known.wire else ""
        end = hosts[-1].rpartition(".")[2] if hosts else ""
        country = "GBR" if end == "uk" else self._iso2.get(end.upper(), "") if end not in WORLDLY else ""
        return f"country:{country}" if country else ""

    def by_name(self, text: str) -> Outlet | None:
        """The outlet of that name or alias; case, accents, quotes and a leading "The" do not matter."""
        return self._names.get(_key(text)) if text else None

    @cached_property
    def wire_names(self) -> re.Pattern[str]:
        """Finds the names of agencies whose copy others print, as words, in their own case; longest first.

        Short names that mean other things in running text are in: use it where a credit is expected.
        """
        return _alternatives(n for o in self.outlets if o.wire for n in (o.name, *o.aliases))

    @cached_property
    def spoken_names(self) -> re.Pattern[str]:
        """Finds the names that mean an outlet wherever they stand in running text."""
        return _alternatives(n for o in self.outlets for n in o.spoken)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Finds any name of any outlet: use it only where an outlet's name is expected."""
        return _alternatives(n for o in self.outlets for n in (o.name, *o.aliases))


def _hosts(host: str) -> Iterator[str]:
    """A host name or address as a host, and its parent domains."""
    host = host.lower().split("://")[-1].split("/")[0].rsplit("@", 1)[-1].split(":")[0].strip(".")
    host = _PREFIX.sub("", host)
    while host.count("."):
        yield host
        host = host.partition(".")[2]


def _alternatives(names: Iterable[str]) -> re.Pattern[str]:
    listed = {n for n in names if "(" not in n}
    listed |= {n.upper() for n in listed if len(n) > 4}
    return re.compile(rf"(?<![\w.@-])(?:{_trie(sorted(listed))})(?![\w@]|\.\w)")


def _trie(words: list[str]) -> str:
    """An expression for sorted, different words that looks at each letter once; longest first."""
    branches = []
    for first, group in groupby((w for w in words if w), key=lambda w: w[0]):
        rest = _trie([w[1:] for w in group])
        branches.append(re.escape(first) + rest)
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""
    return f"(?:{joined})?" if branches and words[0] == "" else joined


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_QUOTES))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _ARTICLE.sub("", " ".join(plain.replace("-", " ").split())).rstrip(".")


def _flag(row: dict[str, str], column: str) -> bool:
    if row[column] not in {"yes", "no"}:
        raise DataError(f"{FILE}: expected yes or no as {column} of {row['id']}, met {row[column]!r}")
    return row[column] == "yes"


def _outlet(row: dict[str, str]) -> Outlet:
    if row["kind"] not in KINDS:
        raise DataError(f"{FILE}: expected {', '.join(sorted(KINDS))} as kind of {row['id']}, met {row['kind']!r}")
    listed = [a for a in row["aliases"].split("|") if a]
    silent = {_key(a[1:]) for a in listed if a.startswith("~")}
    names = [row["name"], *(a for a in listed if not a.startswith("~"))]
    aliases = dict.fromkeys(a.removeprefix("~") for a in listed if a.removeprefix("~") != row["name"])
    return Outlet(
        id=row["id"],
        name=row["name"],
        aliases=tuple(aliases),
        domains=tuple(d for d in row["domains"].split("|") if d),
        country=row["country"],
        family=row["family"],
        kind=row["kind"],
        wire=_flag(row, "wire"),
        state=_flag(row, "state"),
        spoken=tuple(dict.fromkeys(n for n in names if _key(n) not in silent)),
    )


def load(path: Path = FILE) -> OutletTable:
    """The outlets of a table. Raises DataError where a row is not as expected."""
    homes = {r["domain"]: r["place"] for r in read_rows(HOMES, columns=("domain", "place"))}
    iso2 = {r["iso2"]: r["iso3"] for r in read_rows(COUNTRIES, columns=("iso2", "iso3"))}
    return OutletTable((_outlet(row) for row in read_rows(path, columns=COLUMNS)), homes, iso2)
