"""A page's metadata, visible labels, address and text -> clues about the day on which it was published.

A clue names a day, an interval of days, or a day of a year that it leaves open ("Tuesday, March 5"). What a later hand
adds (a "last update", a footer, a box of links) bounds the day and never names it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from lxml.html import HtmlElement

from coranto.documents import dates
from coranto.language.en.times import find_times, occasions
from coranto.language.en.times.tense import cue_tense
from coranto.records import Block, BlockKind, Granularity, Span, Tense, TimeExpression

LABEL_LONGEST = 120  # characters
MOST_LABELS = 40
NEAR_HEADLINE = 2  # days that a page may show of itself; what comes after them is of other pieces
TOLD_WITHIN = 8  # paragraphs from the beginning whose dates are read
LEAD = 2  # paragraphs of the body that may stand before a page's own date
WEIGHTS = {
    "json-ld:datePublished": 1.0, "json-ld": 0.9, "header": 2.0, "meta": 0.85, "time": 0.75, "htmldate": 0.35,
    "address": 0.8, "published": 0.85, "label": 0.7, "dateline": 0.75, "below": 0.3, "ago": 0.6,
    "updated": 0.25, "caption": 0.3, "told": 0.3, "month": 0.4, "weekday": 0.6,
    "told-weekday": 0.3, "year": 0.3, "event": 0.3, "story": 0.3,
}  # fmt: skip
_UPDATED = re.compile(r"\b(?:(?:last |latest )?(?:updated?|modified|edited|reviewed|revised)|as of)\b", re.I)
_PUBLISHED = re.compile(
    r"\b(?:(?:first |originally )?(?:published|posted|issued|filed|created)|publication date)\b", re.I
)
_ADDRESS = re.compile(r"[/_-](19[89]\d|20\d\d)[/_-]?(\d\d|[a-z]{3})[/_-]?([0-3]\d)(?=[/_.-]|\D*$)", re.I)
_ADDRESS_MONTH = re.compile(r"/(19[89]\d|20\d\d)/(\d\d)/(?!\d\d?/)")
_AGO = re.compile(r"\b(\d{1,3}|an?|one)\s?(m|h|d|w|mo|min|minute|hr|hour|day|week|month|year|yr)s?\.? ago\b", re.I)
_DEICTIC = re.compile(r"^\W*(today|yesterday)\b", re.I)
_OPEN = re.compile(
    rf"\b(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?(?:({dates.MONTH})\s+(\d\d?)|(\d\d?)\s+({dates.MONTH}))"
    r"(?!\s*,?\s*\d{4})(?!\d)",
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATELIKE = "contains(translate(concat(@class,' ',@id,' ',@itemprop),'ABDEHIMOPSTUY','abdehimopstuy'),'{}')"
_LABELS = "//time|//*[" + " or ".join(
    _DATELIKE.format(w) for w in ("date", "time", "publish", "posted", "byline", "dateline", "article-info", "meta")
) + "]"  # fmt: skip
_ASIDE = re.compile(
    r"\b(?:footer|copyright|related|sidebar|side-bar|recommend|promo|teaser|donat|support-us|fundrais|widget|trending|"
    r"most-read|mostread|latest|more-|read-?next|newsletter|comment|disqus|advert|nav|menu|breadcrumb|event|weather|"
    r"current-?date|today|masthead)",
    re.I,
)
_WHOLE = frozenset({"body", "main", "article", "html", "section", "meta", "head"})
_AWAY = frozenset({"footer", "nav", "aside"})
_UNITS = {"m": "minute", "min": "minute", "minute": "minute", "h": "hour", "hr": "hour", "hour": "hour", "d": "day",
          "day": "day", "w": "week", "week": "week", "mo": "month", "month": "month", "year": "year",
          "yr": "year"}  # fmt: skip
_OPEN_DAY = re.compile(r"XXXX-\d\d-\d\d")
YEAR = 366  # days
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.5, "year": 365.25}


class Clue(NamedTuple):
    """What one thing on a page says of its day. ``best`` None: it only bounds. ``recurs``: month, day, weekday or 0."""

    kind: str
    path: str
    raw: str
    low: date | None = None
    high: date | None = None
    best: date | None = None
    value: TimeExpression | None = None
    recurs: tuple[int, int, int] | None = None
    span: Span | None = None

    @property
    def weight(self) -> float:
        """How much it counts."""
        exact = WEIGHTS.get(self.path) if ":" in self.path else None
        return exact or WEIGHTS.get(self.kind, 0.3)


def of_value(kind: str, path: str, raw: str, value: TimeExpression, *, span: Span | None = None) -> Clue:
    """A clue that names a day; an "updated" one says only that the page is no younger."""
    assert value.period
    day = value.period.best
    low = None if kind == "updated" else day
    return Clue(kind, path, raw, low, day, day, value, span=span)


def of_label(text: str, *, kind: str, span: Span | None = None, captured: datetime | None = None) -> Clue | None:
    """The clue of a short line: "Published 5 March 2024", "Updated 10 minutes ago", "Tuesday, March 5"."""
    kind = "published" if _PUBLISHED.search(text) else "updated" if _UPDATED.search(text) else kind
    first = re.split(r"(?i)[|•·,;]?\s*(?:last )?updated\b", text, maxsplit=1)[0] if kind == "published" else text
    if value := dates.read(first) or dates.read(text):
        return of_value(kind, "label", text, value, span=span)
    if captured and (met := _AGO.search(text)):
        return _ago(met, text, captured, updated=kind == "updated", span=span)
    if captured and (met := _DEICTIC.search(text)):
        day = captured.date() - timedelta(met[1].lower() == "yesterday")
        return Clue("updated" if kind == "updated" else "ago", "label", text, None, day, day, span=span)
    return _open(text, span) if kind != "updated" else None


def _ago(met: re.Match[str], raw: str, captured: datetime, *, updated: bool, span: Span | None) -> Clue:
    """ "3 weeks ago", of which nobody knows how it was rounded: the days that may be meant."""
    count, unit = (int(met[1]) if met[1].isdigit() else 1), _UNITS[met[2].lower()]
    days = _DAYS[unit]
    near, far = captured - timedelta(days=count * days), captured - timedelta(days=(count + 1) * days)
    if unit in ("week", "month", "year"):  # rounded to the nearest, by some
        near += timedelta(days=days / 2)
    best = (captured - timedelta(days=(count + 0.25) * days)).date()
    low = None if updated else far.date()
    return Clue("updated" if updated else "ago", "label", raw, low, near.date(), best, span=span)


def _open(text: str, span: Span | None) -> Clue | None:
    met = _OPEN.search(text)
    if met is None:
        return None
    month, day = dates.month_number(met[2] or met[5]), int(met[3] or met[4])
    if not 1 <= day <= 31:
        return None
    weekday = _WEEKDAYS.index(met[1].lower()) + 1 if met[1] else 0
    return Clue("weekday" if weekday else "month", "label", met[0].strip(), recurs=(month, day, weekday), span=span)


def of_address(address: str) -> Iterator[Clue]:
    """The day or month that an address of the web holds; a file's folder may be named for anything."""
    if not address.startswith(("http://", "https://")):
        return
    if met := _ADDRESS.search(address.split("?")[0]):
        month = met[2] if met[2].isdigit() else f"{_month(met[2]):02}"
        if value := dates.read(f"{met[1]}-{month}-{met[3]}"):
            yield of_value("address", "address", met[0].strip("/-_"), value)
    elif met := _ADDRESS_MONTH.search(address):
        first = dates.read(f"{met[1]}-{met[2]}-01")
        if first and first.period:
            low = first.period.low
            last = (low.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
            yield Clue("month", "address", met[0].strip("/"), low, last)


def _month(name: str) -> int:
    try:
        return dates.month_number(name)
    except ValueError:
        return 0


def of_tree(tree: HtmlElement, captured: datetime | None = None) -> Iterator[Clue]:
    """The dates that a page shows in elements made for them, none of a footer, a menu or a box beside the piece."""
    seen: set[str] = set()
    days: set[date] = set()
    for element in tree.xpath(_LABELS)[: MOST_LABELS * 5]:
        if element.tag in _WHOLE:
            continue
        text = " ".join(element.text_content().split())
        told = dates.read(element.get("data-timestamp") or "")
        if not (told or len(text) >= 6) or len(text) > LABEL_LONGEST or text in seen or len(seen) > MOST_LABELS:
            continue
        if _is_aside(element):
            continue
        seen.add(text)
        clue = of_value("time", "html:@data-timestamp", text, told) if told else None
        clue = clue or of_label(text, kind="label", captured=captured)
        if clue and clue.recurs is None:
            assert clue.high
            days.add(clue.high)
            yield clue if len(days) <= NEAR_HEADLINE else clue._replace(kind="below", low=None)


def _is_aside(element: HtmlElement) -> bool:
    for at in (element, *element.iterancestors()):
        named = f"{at.get('class') or ''} {at.get('id') or ''}"
        if at.tag in _AWAY or (at.tag not in ("body", "html", "article") and _ASIDE.search(named)):
            return True
        if at.tag == "a" and len(at.text_content()) > LABEL_LONGEST / 2:
            return True
    return False


def of_text(
    text: str, blocks: Sequence[Block], captured: datetime | None = None, *, within: int = TOLD_WITHIN
) -> Iterator[Clue]:
    """The clues of labels, bylines, datelines, captions and dates told (in ``within`` paragraphs), in order of text."""
    body = 0
    kinds = [b.kind for b in blocks]
    last = max((n for n, k in enumerate(kinds) if k is BlockKind.BODY), default=len(blocks))
    for n, block in enumerate(blocks):
        words = text[block.span.start : block.span.end]
        if block.kind in (BlockKind.TIMESTAMP, BlockKind.BYLINE, BlockKind.DATELINE):
            kind = "dateline" if block.kind is BlockKind.DATELINE else "label"
            clue = of_label(words, kind=kind, span=block.span, captured=captured)
            if clue is not None:
                yield _placed(clue, below=body > LEAD, after=n > last, among=kinds[max(0, n - 1) : n + 2])
        elif block.kind is BlockKind.CAPTION:
            yield from _told(text, block.span, "caption")
        elif block.kind in (BlockKind.BODY, BlockKind.ITEM) and body < within:
            yield from _told(text, block.span, "told")
        body += block.kind is BlockKind.BODY


def _placed(clue: Clue, *, below: bool, after: bool, among: Iterable[BlockKind]) -> Clue:
    """A bare date far down belongs to something else, or is the page's last change."""
    boxed = bool({BlockKind.RELATED, BlockKind.TEASER, BlockKind.LINK, BlockKind.DONATION} & set(among))
    if clue.kind in ("label", "weekday", "month", "ago") and (below or after or boxed):
        return clue._replace(kind="below", low=None)
    return clue


def of_events(text: str) -> Iterator[Clue]:
    """The latest event of common record that a text names: it is no older than that."""
    lower = text.lower()
    found = [e for e in occasions.known() if e.phrase in lower and (not e.beside or any(b in text for b in e.beside))]
    if found:
        event = max(found, key=lambda e: (e.day, e.phrase))
        at = lower.index(event.phrase)
        span = Span(at, at + len(event.phrase)) if len(lower) == len(text) else None
        yield Clue("event", "text", event.phrase, event.day, span=span)


def of_story(text: str, clues: Iterable[Clue]) -> Iterator[Clue]:
    """What days of months without a year say, where ``clues`` bound the year: past ones from below, those to come from
    above ("shops reopened on 29 June ... until 27 October")."""
    bounds = [(c.low, c.kind != "year") for c in clues if c.kind in ("told", "caption", "year", "event") and c.low]
    if not bounds:
        return
    (bound, sure), tense = max(bounds), cue_tense(text)
    days = [
        (f, tense(f.span.start, f.span.end)) for f in find_times(text, anchor=None) if _OPEN_DAY.match(f.timex.value)
    ]
    behind = {d: f for f, when in days if when is Tense.PAST and (d := _next(bound, f.timex.value))}
    if len(behind) < (1 if sure else 2):
        return
    low = max(behind)
    ahead = [d for f, when in days if when is Tense.FUTURE and (d := _next(low + timedelta(1), f.timex.value))]
    high, span = min(ahead, default=low + timedelta(YEAR)), behind[low].span
    yield Clue("story", "text", text[span.start : span.end], low, high, low, span=span)


def _next(bound: date, value: str) -> date | None:
    """The first day of a month ("XXXX-06-29") that is no earlier than a day."""
    month, day = int(value[5:7]), int(value[8:10])
    for year in (bound.year, bound.year + 1):
        try:
            if (found := date(year, month, day)) >= bound:
                return found
        except ValueError:
            continue
    return None


def _told(text: str, span: Span, kind: str) -> Iterator[Clue]:
    """Days in full that the text tells of in the past: it is no older than they are."""
    tense = cue_tense(text)
    for found in find_times(text, start=span.start, end=span.end, anchor=None):
        period = found.period
        if found.rule == "year" and period and tense(found.span.start, found.span.end) is Tense.PAST:
            yield Clue("year", "text", text[found.span.start : found.span.end], period.low, span=found.span)
        if found.timex.type == "DURATION":
            continue
        if found.anchor or found.parts or period is None or found.granularity is not Granularity.DAY or period.days > 1:
            if not found.anchor and found.timex.value.startswith("XXXX-") and kind == "told":
                if (clue := _open(text[span.start : found.span.end], found.span)) and clue.recurs and clue.recurs[2]:
                    raw = text[found.span.start : found.span.end]
                    yield clue._replace(kind="told-weekday", span=found.span, raw=raw)
            continue
        if not dates.FIRST <= period.low.year < dates.LAST or tense(found.span.start, found.span.end) is Tense.FUTURE:
            continue
        raw = text[found.span.start : found.span.end]
        yield Clue(kind, "text", raw, period.low, None, period.low, span=found.span)
