"""Tables of countries, organisations, groups, persons, localities, roles -> ActorTable, which finds and dates names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coranto.knowledge.tables import read_rows
from coranto.records import DataError, Ref, RefKind

DATA = Path(__file__).parent / "data"


class NameKind(StrEnum):
    """What sort of name a table gives."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    COUNTRY = "country"
    METONYM = "metonym"  # Kremlin, Downing Street
    CAPITAL = "capital"
    FORMER = "former"  # a state that is no more: Soviet Union
    DEMONYM = "demonym"  # Ukrainian, Ukrainians
    LOCALITY = "locality"  # a city or province: says which country, is no actor


RANK = {k: n for n, k in enumerate(NameKind)}


class Entry(Struct, frozen=True, gc=False):
    """What one name stands for. ``plural`` is true of a people's name: Ukrainians; ``own`` of a user's row."""

    kind: NameKind
    ref: Ref
    plural: bool = False
    own: bool = False


class Hit(Struct, frozen=True, gc=False):
    """Tokens ``first``..``last`` (both included) are a name of the tables; ``others`` are its further meanings."""

    first: int
    last: int
    entry: Entry
    others: tuple[Entry, ...] = ()


class Tenure(Struct, frozen=True):
    """A person held a role from ``low`` to ``high`` (None = open), last seen in it on ``observed``."""

    role: str
    country: str
    sectors: tuple[str, ...]
    low: date | None
    high: date | None
    observed: date


class Person(Struct, frozen=True):
    """A person with the roles held, oldest first. ``gender`` is "m", "f" or ""."""

    id: str
    name: str
    gender: str
    country: str
    tenures: tuple[Tenure, ...]


class Role(Struct, frozen=True):
    """A role noun's PLOVER sector and kind: office, person, body or place."""

    name: str
    sector: str
    kind: str


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "ß": "ss", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "’": "'"})
_DROPPED = re.compile(r"[^a-z0-9&]+")
_ENDING = re.compile(r"(?:iy|yy|ij|ii|yi|iyy)$")
_OPENING = re.compile(r"[ '-]")  # what ends the first word of a role of several
_PIECES = re.compile(r"[^\s\-–/]+")
_ARTICLES = frozenset({"al", "el", "ad", "as", "ash", "ar", "an", "at", "az", "ul", "ud"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without accents, case, dots and apostrophes, with one ending for -iy, -yy and -ii."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = _DROPPED.sub("", plain)
    return _ENDING.sub("y", plain) if len(plain) > 4 else plain


@lru_cache(maxsize=65536)
def pieces(word: str) -> tuple[tuple[str, str], ...]:
    """The folded parts of a token with their spelling; hyphens, slashes and brackets separate or vanish."""
    return tuple(_pieces(word))


def _pieces(word: str) -> Iterator[tuple[str, str]]:
    if "-" not in word and "/" not in word and "–" not in word:
        folded = fold(word)
        if folded:
            yield ("al" if folded == "el" else folded), word
        return
    for found in _PIECES.finditer(word):
        folded = fold(found.group())
        if folded:
            hyphen = word[found.end() : found.end() + 1] == "-"
            yield ("al" if folded == "el" or (hyphen and folded in _ARTICLES) else folded), found.group()


def name_pieces(name: str) -> tuple[tuple[str, ...], str]:
    """A name's folded pieces, and how it must be spelt: "upper", "capital" or "any"."""
    text = name.replace("’", "'").replace("'s", " 's")
    found = [p for word in text.split() for p in pieces(word)]
    bare = "".join(c for c in name if c.isalpha())
    if bare.isupper() and len(bare) <= 6:
        case = "upper"
    else:
        first = next((s for f, s in found if f not in _ARTICLES), name)
        case = "any" if first[:1].islower() and found[0][0] not in ("the", "al") else "capital"
    return tuple(f for f, _ in found), case


class _Key(Struct, frozen=True, gc=False):
    parts: tuple[str, ...]
    case: str
    entries: tuple[Entry, ...]


class ActorTable:
    """All names, longest first by their first piece; roles; persons with dated tenures."""

    iso2: Mapping[str, str] = {}  # ISO 3166-1 alpha-2 -> alpha-3
    standings: Mapping[str, Sequence[Tenure]] = {}  # what a group or party was, and when, by its id
    no_names: frozenset[str] = frozenset()  # names of things that neither act nor lie anywhere: "Ramadan", "HIMARS"

    def __init__(self, names: Iterable[tuple[str, Entry]], persons: Iterable[Person], roles: Iterable[Role]) -> None:
        self.persons = {p.id: p for p in persons}
        self.roles = {r.name: r for r in roles}
        self.longest_role = max((r.count(" ") + 1 for r in self.roles), default=1)
        self._openings = frozenset(_OPENING.split(r, maxsplit=1)[0] for r in self.roles if _OPENING.search(r))
        held: dict[tuple[tuple[str, ...], str], dict[tuple[str, str], Entry]] = {}
        self.entries: dict[str, Entry] = {}
        for name, entry in names:
            parts, case = name_pieces(name)
            if parts:
                held.setdefault((parts, case), {}).setdefault((entry.kind, entry.ref.id), entry)
                self.entries.setdefault(entry.ref.id, entry)
        self._keys: dict[tuple[str, ...], list[_Key]] = {}  # by their first two pieces, or their only one
        for (parts, case), entries in held.items():
            ranked = tuple(sorted(entries.values(), key=lambda e: (not e.own, RANK[e.kind])))
            self._keys.setdefault(parts[:2], []).append(_Key(parts, case, ranked))
        for keys in self._keys.values():
            keys.sort(key=lambda k: (-len(k.parts), k.case != "upper"))
        self._firsts = frozenset(parts[0] for parts in self._keys)
        self._role = lru_cache(maxsize=65536)(self._read_role)
        self._opens = lru_cache(maxsize=65536)(self._read_opens)

    def match(self, words: Sequence[str]) -> list[Hit]:
        """The names in a row of tokens, left to right, each as long as can be, none overlapping."""
        known = self._keys
        flat = [(folded, spelt, n) for n, word in enumerate(words) for folded, spelt in pieces(word)]
        shouted = len(words) > 3 and not any(c.islower() for w in words for c in w)
        hits: list[Hit] = []
        at = 0
        while at < len(flat):
            first = flat[at][0]
            if first not in self._firsts:
                at += 1
                continue
            step = 1
            longer = known.get((first, flat[at + 1][0]), ()) if at + 1 < len(flat) else ()
            for key in (*longer, *known.get((first,), ())):
                size = len(key.parts)
                if size > len(flat) - at or any(flat[at + n][0] != key.parts[n] for n in range(2, size)):
                    continue
                if self._spelt(key, flat[at : at + size], shouted) and not _goes_on(key, flat, at + size):
                    hits.append(Hit(flat[at][2], flat[at + size - 1][2], key.entries[0], key.entries[1:]))
                    step = size
                    break
            at += step
        return hits

    @staticmethod
    def _spelt(key: _Key, found: Sequence[tuple[str, str, int]], shouted: bool) -> bool:
        if key.case == "any":
            return True
        if key.case == "upper":
            return all(s.isupper() or not s[0].isalpha() for _, s, _ in found) and not (
                shouted and len("".join(key.parts)) < 3
            )
        for folded, spelt, _ in found:
            if folded not in _ARTICLES and folded != "the":
                return spelt[:1].isupper() or spelt[:1].isdigit() or not spelt[:1].isalpha()
        return False

    def named(self, name: str) -> Entry | None:
        """What a whole string names, or None."""
        words = name.split()
        hits = self.match(words)
        return hits[0].entry if len(hits) == 1 and hits[0].first == 0 and hits[0].last == len(words) - 1 else None

    def role(self, noun: str) -> Role | None:
        """The role of a noun or noun phrase, singular or plural, or None."""
        return self._role(noun)

    def _read_role(self, noun: str) -> Role | None:
        low = noun.lower().replace("’", "'")
        for form in _singulars(low):
            if (found := self.roles.get(form)) is not None:
                return found
        return None

    def _read_opens(self, word: str) -> bool:
        """True for a word that a role of several words may begin with."""
        return any(form in self._openings for form in _singulars(word))

    def roles_in(self, words: Sequence[str]) -> list[tuple[int, int, Role]]:
        """Role phrases in a row of tokens as (first, last, role), longest first at each place, none overlapping."""
        low = [w.lower().replace("’", "'") for w in words]
        found: list[tuple[int, int, Role]] = []
        at = 0
        while at < len(low):
            step = 1
            longest = self.longest_role if self._opens(low[at]) else 1
            for size in range(min(longest, len(low) - at), 0, -1):
                text = " ".join(low[at : at + size]).replace(" 's", "'s").replace(" - ", "-")
                role = self.role(text)
                if role is not None:
                    found.append((at, at + size - 1, role))
                    step = size
                    break
            at += step
        return found

    def person_at(self, name: str, day: date | None) -> Ref | None:
        """The person of that name with the role held on ``day`` ("" where none is known); None for an unknown name."""
        entry = self.named(name)
        return self.dated(entry.ref, day) if entry is not None and entry.kind is NameKind.PERSON else None

    def dated(self, ref: Ref, day: date | None) -> Ref:
        """A reference as of ``day``: a person's role only inside its dates, a sector from the nearest tenure before;
        a group's or party's sectors by what it was then, rebels or rulers."""
        person = self.persons.get(ref.id)
        if person is None:
            standing = [t for t in self.standings.get(ref.id, ()) if _covers(t, day)]
            return replace(ref, sectors=standing[-1].sectors) if standing else ref
        held = [t for t in person.tenures if _covers(t, day)]
        past = [t for t in person.tenures if day is None or t.low is None or t.low <= day]
        if day is not None and held:
            now = held[-1]
            return _person_ref(person, country=now.country, sectors=now.sectors, role=now.role)
        if not past:
            return _person_ref(person, country=person.country)
        last = past[-1]
        over = day is not None and last.high is not None
        sectors = ("ELI",) if over and last.sectors[:1] == ("GOV",) else last.sectors
        return _person_ref(person, country=last.country, sectors=sectors)


def _goes_on(key: _Key, flat: Sequence[tuple[str, str, int]], after: int) -> bool:
    """True if "the X" of a name is only the beginning of a longer one: "the National Guard" is no newspaper."""
    if len(key.parts) != 2 or key.parts[0] != "the" or after >= len(flat):
        return False
    return (
        flat[after - 1][1][:1].isupper() and flat[after][1][:1].isupper() and flat[after][2] == flat[after - 1][2] + 1
    )


def _covers(tenure: Tenure, day: date | None) -> bool:
    if day is None or (tenure.low is not None and day < tenure.low):
        return False
    return day <= (tenure.high or tenure.observed)


def _person_ref(person: Person, *, country: str, sectors: tuple[str, ...] = (), role: str = "") -> Ref:
    return Ref(id=person.id, name=person.name, kind=RefKind.PERSON, country=country, sectors=sectors, role=role)


@lru_cache(maxsize=65536)
def _singulars(noun: str) -> tuple[str, ...]:
    """A noun and the singulars that its ending allows."""
    out = [noun]
    if noun.endswith("men"):
        out.append(noun[:-3] + "man")
    if noun.endswith("ies"):
        out.append(noun[:-3] + "y")
    if noun.endswith("es"):
        out.append(noun[:-2])
    if noun.endswith("s") and not noun.endswith("ss"):
        out.append(noun[:-1])
    if " of " in noun:
        first, _, rest = noun.partition(" of ")
        out.extend(f"{form} of {rest}" for form in _singulars(first)[1:])
    return tuple(out)


def parse_day(text: str, where: str, *, last: bool = False) -> date | None:
    """A day, month or year in ISO form as its first day, or with ``last`` its last; None for ""."""
    if not text:
        return None
    try:
        if len(text) == 4:
            return date(int(text), 12, 31) if last else date(int(text), 1, 1)
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, 28) if last else date(year, month, 1)
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"{where}: expected a day, month or year in ISO form, met {text!r}") from error


def load(folder: Path = DATA, *, own: Iterable[tuple[str, Path]] = ()) -> ActorTable:
    """The table of the shipped data with the user's layers over it; DataError where a file is not as expected."""
    from coranto.knowledge.actor_files import (
        read_countries,
        read_localities,
        read_named,
        read_outlets,
        read_peoples,
        read_persons,
        read_standings,
    )
    from coranto.knowledge.own.actors import read as read_own

    actors = folder / "actors"
    persons: list[Person] = []
    names: list[tuple[str, Entry]] = []
    for person, spelt in read_persons(actors / "persons.tsv"):
        persons.append(person)
        entry = Entry(NameKind.PERSON, _person_ref(person, country=person.country))
        names.extend((name, entry) for name in spelt)
    names.extend(read_countries(actors / "countries.tsv"))
    names.extend(read_named(actors / "organisations.tsv", "org", RefKind.ORGANISATION))
    names.extend(read_named(actors / "forces.tsv", "force", RefKind.ORGANISATION))
    names.extend(read_named(actors / "groups.tsv", "group", RefKind.ARMED_GROUP))
    names.extend(read_peoples(actors / "peoples.tsv"))
    names.extend(read_localities(actors / "localities.tsv"))
    names.extend(read_outlets({name_pieces(name) for name, _ in names}))
    roles = [Role(r["role"], r["sector"], r["kind"]) for r in read_rows(folder / "en" / "roles.tsv")]
    more, own_names, own_roles = read_own(own)
    table = ActorTable([*own_names, *names], [*persons, *more], [*roles, *own_roles])
    table.iso2 = {r["iso2"]: r["iso3"] for r in read_rows(actors / "countries.tsv", columns=("iso2", "iso3"))}
    table.standings = read_standings(actors / "standings.tsv")
    table.no_names = frozenset(r["name"] for r in read_rows(folder / "en" / "no_names.tsv", columns=("name", "what")))
    return table
