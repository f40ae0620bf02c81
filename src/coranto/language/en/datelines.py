"""The opening words of a report -> its dateline: place, date, agencies ("KYIV, Feb 24 (Reuters) -").

A place is believed where it is in capitals, where a region or an agency in brackets follows, or where it is one of
the cities that datelines name alone (``knowledge/data/en/datelines.tsv``).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from coranto.knowledge import DATA
from coranto.knowledge.outlets import OutletTable
from coranto.knowledge.tables import read_rows

FILE = DATA / "en" / "datelines.tsv"
LONGEST = 160  # characters that a dateline may take

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠȘŢŤȚŪŮŰŹŻŽ"
_JOINS = r"(?: |/|-(?:au|al|e|de|el|sur|on)-| (?:al|el|de|of|da|la)[ -])"
_CAPITALS = rf"[{_UP}][{_UP}'’.\-]+(?:{_JOINS}[{_UP}'’.\-]{{2,}}){{0,4}}"
_TITLED = rf"[{_UP}][\w'’.\-]+(?:[ /](?:(?:of|al|el|de|la|the|and|da|do|du|es) )?[{_UP}][\w'’.\-]*){{0,4}}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|[A-Z]{3,9})\.?"
)
_DATE = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_REGION = rf"(?:, ?(?!{_DATE}){_TITLED}){{0,2}}"
_DASH = r"\s?(?:--?-?|[–—―])\s?"
_OPENS = rf"""(?=["“‘'(]?[{_UP}\d])"""
_AGENCY = re.compile(r"\b(?:News|Agency|Agence|Press|Newswire|Wire|Service)\b")
_NO_PLACE = re.compile(
    r"BREAKING|UPDATED?|EXCLUSIVE|WATCH|LIVE|FILE|OPINION|ANALYSIS|EXPLAINER|VIDEO|NEW|FACTBOX|NOTE|PHOTOS?|EDITORIAL"
    r"|REVIEW|READ|MORE|TIMELINE|SUMMARY|BACKGROUND|URGENT|ALERT|CORRECTION|INSIGHT|WRAPUP|QUESTION|ANSWER|WARNING"
    r"|ADVERTISEMENT|FACT|FALSE|TRUE|CLAIM|VERDICT|AP|AFP|CNN|BBC|U\.S\.|U\.K\.|US|UK|EU|UN|NATO|IDF|WHO"
)


class Dateline(NamedTuple):
    """Where a dateline ends, and half-open offsets of its place, date and agencies, where it has them."""

    end: int
    place: tuple[int, int] | None
    date: tuple[int, int] | None
    agencies: tuple[tuple[int, int], ...]


Finding = Callable[[str], Dateline | None]


def make(outlets: OutletTable) -> Finding:
    """A function from the opening of a report to its dateline, or None; ``end`` is behind the dash."""
    names = outlets.names
    bare = f"{outlets.wire_names.pattern}|CNN|Fox News|FOX News|NBC News|BBC News"
    cities = "|".join(
        sorted((re.escape(c) for c in {*_cities(), *map(str.upper, _cities())}), key=lambda c: (-len(c), c))
    )
    place = rf"(?P<place>(?:{_CAPITALS}|{_TITLED}){_REGION})"
    date = rf"(?P<date>{_DATE})"
    bracket = r"\(?\((?P<agency>[^()]{2,60})\)\)?"
    ends = rf"(?:\s(?:--?-?|[–—―])\s?|[–—―]|: ){_OPENS}"
    rules = [
        re.compile(rule)
        for rule in (
            rf"(?:{place}[,.]? ?)?(?:,? ?{date}[,.]? )?{bracket}\.?(?:{_DASH}|: ?|\s(?={_OPENS}))",
            rf"{place}(?:[,.] {date}\.?)? ?/(?P<agency>[^/()]{{2,40}})/\.?(?:{_DASH}|\s)",
            rf"(?:{place}(?:[,.] {date}\.?)? ?)??(?:\b(?P<agency>{bare}))\s?(?:--|[–—]|- )\s?",
            rf"(?P<place>{_CAPITALS}{_REGION})(?:[,.]? ?{date}\.?)?(?!: ){ends}",
            rf"(?P<place>{_TITLED}, ?{_TITLED})(?:, {date}\.?)?\s?[–—―]\s?{_OPENS}",
            rf"(?P<place>(?:{cities}){_REGION})(?:[,.]? {date}\.?)?{ends}",
        )
    ]

    def find(text: str) -> Dateline | None:
        head = text[: LONGEST + 40]
        for n, rule in enumerate(rules):
            met = rule.match(head)
            if met and met.end() <= LONGEST and (found := _read(met, names, bracketed=n == 0)):
                return found
        return None

    return find


def _read(met: re.Match[str], names: re.Pattern[str], *, bracketed: bool) -> Dateline | None:
    fields = met.groupdict()
    place = met.span("place") if fields.get("place") else None
    date = met.span("date") if fields.get("date") else None
    agencies: tuple[tuple[int, int], ...] = ()
    if fields.get("agency"):
        start, end = met.span("agency")
        agencies = tuple(m.span() for m in names.finditer(met.string, start, end) if m.end() <= end)
        if re.fullmatch(_DATE, met["agency"]):
            date = (start, end)
        elif bracketed and not agencies:
            if not _capitals(met["agency"], fields.get("place")):
                return None
            agencies = ((start, end),)
        if bracketed and not _dashed(met) and not (place and agencies):
            return None
    if place and _NO_PLACE.fullmatch(met["place"].split(",")[0].split("/")[0]):
        return None
    if place and not agencies and "," in met["place"]:
        comma = met.string.rindex(",", *place)
        if last := names.fullmatch(met.string[: place[1]], comma + 2):
            agencies, place = (last.span(),), (place[0], comma)
    if (place and len(met["place"]) < 3) or not (place or agencies):
        return None
    return Dateline(met.end(), place, date, agencies)


def _capitals(agency: str, place: str | None) -> bool:
    """An agency that no table knows is believed behind a place in capitals where it is in capitals too or says what
    it is: "KUWAIT (XYZ) --", "KUWAIT (Gulf Press Agency) --"."""
    return bool(place) and str(place).split(",")[0].isupper() and (agency.isupper() or bool(_AGENCY.search(agency)))


def _dashed(met: re.Match[str]) -> bool:
    return met[0].rstrip()[-1:] in "-–—―:"


@lru_cache(maxsize=1)
def cities() -> frozenset[str]:
    """The cities that datelines name alone, in lower case."""
    return frozenset(map(str.casefold, _cities()))


def _cities() -> list[str]:
    return [row["name"] for row in read_rows(FILE, columns=("name",))]
