"""PETRARCH and Phoenix dictionaries of actors and agents -> rows.

``NAME_ [CODE]`` with dated codes and ``+SYNONYM_`` lines below it; agents are ``NOUN [~COP]``. CAMEO's codes become
PLOVER's: the first three letters are the country (or IGO, NGO, ...), the rest sectors.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from coranto.knowledge.own.rows import ActorRow, Codes
from coranto.records import DataError

CODE = re.compile(r"\[\s*(?P<code>~?[A-Z]*)\s*(?P<dates>[<>]?\s*\d{6,8}(?:\s*-\s*\d{6,8})?)?\s*\]")
SECTORS = {
    "MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "RAD": "REB", "PPL": "CVL", "DEV": "SOC", "ENV": "SOC",
    "HRI": "SOC", "HUM": "SOC", "MOD": "", "UIS": "", "TOP": "", "MID": "", "HAR": "",
}  # fmt: skip
APART = ("IGO", "NGO", "IMG", "MNC")


class _Block(Struct):
    """One name with its codes and synonyms, as they are met."""

    name: str
    where: str
    codes: list[tuple[str, str]]
    synonyms: list[str]


def read(path: Path, codes: Codes) -> Iterator[ActorRow]:
    """A row for each code of each name; DataError, naming the line, for what is no dictionary."""
    block: _Block | None = None
    for n, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        text = re.split(r"[#;]", line, maxsplit=1)[0].strip()
        if not text or text.startswith(("<!", "//", "!")):
            continue
        if text.startswith("+"):
            if block is None:
                raise DataError(f"{path}:{n}: expected a name before its synonym, met {text!r}")
            block.synonyms.append(_name(CODE.sub("", text[1:])))
        elif text.startswith("["):
            if block is None:
                raise DataError(f"{path}:{n}: expected a name before its code, met {text!r}")
            block.codes.extend(_codes(text))
        else:
            if block is not None:
                yield from _rows(block, codes)
            plain = re.sub(r"\{[^}]*\}", "", CODE.sub("", text))
            block = _Block(_name(plain), f"{path}:{n}", _codes(text), [])
            if not block.name:
                raise DataError(f"{path}:{n}: expected a name and a code in brackets, met {line.strip()!r}")
    if block is not None:
        yield from _rows(block, codes)


def _name(text: str) -> str:
    """ "HAMID_KARZAI_" is Hamid Karzai; short all-capital names of one word stay as they are."""
    words = text.replace("_", " ").split()
    return " ".join(w if len(words) == 1 and len(w) <= 4 else w.capitalize() for w in words)


def _codes(text: str) -> list[tuple[str, str]]:
    return [(m["code"], (m["dates"] or "").replace(" ", "")) for m in CODE.finditer(text) if m["code"]]


def _rows(block: _Block, codes: Codes) -> Iterator[ActorRow]:
    for code, dates in block.codes:
        role = code.startswith("~")
        country, rest = ("", code[1:]) if role else (code[:3], code[3:])
        if country and country not in APART:
            country = codes.country(country)
        sectors = tuple(dict.fromkeys(s for s in (_sector(rest[i : i + 3]) for i in range(0, len(rest), 3)) if s))
        low, high = _period(dates, block.where)
        yield ActorRow(
            name=block.name.lower() if role else block.name,
            kind="role" if role else "person" if dates and " " in block.name else _kind(rest, country),
            variants=tuple(block.synonyms), country=country, sectors=sectors, low=low, high=high,
            observed=high,
        )  # fmt: skip


def _kind(rest: str, country: str) -> str:
    if not rest and len(country) == 3 and country not in APART:
        return "country"
    return "armed group" if rest.startswith(("REB", "INS", "SEP")) else "organisation"


def _sector(code: str) -> str:
    return SECTORS.get(code, code) if len(code) == 3 else ""


def _period(dates: str, where: str) -> tuple[str, str]:
    if not dates:
        return "", ""
    if dates[0] == "<":
        return "", _iso(dates[1:], where)
    if dates[0] == ">":
        return _iso(dates[1:], where), ""
    low, _, high = dates.partition("-")
    return _iso(low, where), _iso(high, where) if high else ""


def _iso(text: str, where: str) -> str:
    """ "011222" is 2001-12-22, "920101" 1992-01-01."""
    full = text if len(text) == 8 else ("20" if int(text[:2]) < 50 else "19") + text
    if not ("01" <= full[4:6] <= "12" and "01" <= full[6:8] <= "31"):
        raise DataError(f"{where}: expected a day as YYMMDD or YYYYMMDD, met {text!r}")
    return f"{full[:4]}-{full[4:6]}-{full[6:8]}"
