"""The record -> the pages that list: home, events, failures."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from msgspec.structs import replace

from coranto.publish import phrases
from coranto.publish.pages.event import contested
from coranto.publish.reading import FACETS, Bucket, Filters, OutletCount, RecordReader
from coranto.records import DataError, Event, Failure, Modality, Record

COUNTED = {
    "documents": "Documents",
    "reports": "Reports",
    "coded": "Coded events",
    "events": "Events",
    "voices": "Voices",
    "failures": "Failures",
}
EVERYTHING = Filters()
PER_PAGE = 50
MOST = 200  # events on one page at most
ORDERS = {"relevant": "Relevance", "newest": "Newest first", "contested": "Most contested"}


class BadAddress(DataError):
    """An address asks for what cannot be."""


class EventRow(Record, frozen=True, kw_only=True):
    """One event in a list."""

    id: str
    type: str
    sentence: str
    day: str
    place: str
    figures: tuple[str, ...]
    reports: int
    outlets: int
    voices: int
    contested: tuple[str, ...]
    denied: bool
    modality: str


class FailureGroup(Record, frozen=True, kw_only=True):
    """Failures of one stage with the same kind of error."""

    stage: str
    error: str
    count: int
    retryable: int


class HomePage(Record, frozen=True, kw_only=True):
    """What the record holds at a glance."""

    counts: dict[str, int]
    newest: tuple[EventRow, ...]
    contested: tuple[EventRow, ...]
    failures: tuple[FailureGroup, ...]
    outlets: tuple[OutletCount, ...]


class FacetValue(Record, frozen=True, kw_only=True):
    """One value of a facet, whether it is chosen, and the address that chooses it or takes it away."""

    value: str
    count: int
    chosen: bool
    href: str


class FacetView(Record, frozen=True, kw_only=True):
    """One facet of a search."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


class EventsPage(Record, frozen=True, kw_only=True):
    """One page of found events; ``first`` and ``last`` count from 1, both 0 where nothing was found."""

    query: str
    filters: Filters
    order: str
    total: int
    first: int
    last: int
    page: int
    pages: int
    previous: str
    next: str
    events: tuple[EventRow, ...]
    facets: tuple[FacetView, ...]


class FailuresPage(Record, frozen=True, kw_only=True):
    """What could not be done, one page of it, with all of it counted by stage and error."""

    total: int
    page: int
    pages: int
    previous: str
    next: str
    groups: tuple[FailureGroup, ...]
    failures: tuple[Failure, ...]


def home_page(reader: RecordReader, *, shown: int = 8) -> HomePage:
    """Counts, the newest and the most contested events, failures by stage and error, and outlets."""
    counts = reader.counts()
    newest = reader.search("", EVERYTHING, order="newest", limit=shown, offset=0)
    disputed = reader.search("", EVERYTHING, order="contested", limit=shown, offset=0)
    return HomePage(
        counts={name: counts.get(name, 0) for name in COUNTED},
        newest=tuple(map(row, newest.events)),
        contested=tuple(r for r in map(row, disputed.events) if r.contested or r.denied),
        failures=grouped(reader.failures()),
        outlets=tuple(reader.outlets()),
    )


def events_page(
    reader: RecordReader,
    *,
    query: str = "",
    filters: Filters = EVERYTHING,
    order: str = "",
    page: int = 1,
    limit: int = PER_PAGE,
) -> EventsPage:
    """Found events with facets. Raises BadAddress for a page below 1, an unknown order or a limit out of range."""
    order = order or ("relevant" if query else "newest")
    if page < 1 or order not in ORDERS or not 1 <= limit <= MOST:
        raise BadAddress(
            f"expected page >= 1, order among {', '.join(ORDERS)} and limit 1..{MOST}, met {page}, {order!r}, {limit}"
        )
    hits = reader.search(query, filters, order=order, limit=limit, offset=(page - 1) * limit)
    pages = -(-hits.total // limit)
    first = (page - 1) * limit + 1 if hits.events else 0

    def to(number: int) -> str:
        return address(query, filters, order=order, page=number, limit=limit) if 1 <= number <= pages else ""

    return EventsPage(
        query=query,
        filters=filters,
        order=order,
        total=hits.total,
        first=first,
        last=first + len(hits.events) - 1 if hits.events else 0,
        page=page,
        pages=pages,
        previous=to(min(page - 1, pages)),
        next=to(page + 1),
        events=tuple(map(row, hits.events)),
        facets=tuple(
            FacetView(name=name, label=label, values=_facet(name, query, filters, order, hits.facets.get(name, ())))
            for name, label in FACETS.items()
        ),
    )


def _facet(name: str, query: str, filters: Filters, order: str, buckets: Iterable[Bucket]) -> tuple[FacetValue, ...]:
    chosen = filters.values(name)
    counted = {b.value: b.count for b in buckets}
    shown = {**{value: counted.get(value, 0) for value in chosen}, **counted}
    found = []
    for value, count in shown.items():
        rest = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        href = address(query, replace(filters, **{name: rest}), order=order)
        found.append(FacetValue(value=value, count=count, chosen=value in chosen, href=href))
    return tuple(found)


def address(query: str, filters: Filters, *, order: str = "", page: int = 1, limit: int = PER_PAGE) -> str:
    """The address of a search: what is default is left out, so that the same search has one address."""
    pairs: list[tuple[str, object]] = [("q", query)] if query else []
    pairs += [(name, value) for name in FACETS for value in filters.values(name)]
    pairs += [(name, day) for name, day in (("from", filters.since), ("to", filters.until)) if day]
    if order and order != ("relevant" if query else "newest"):
        pairs.append(("order", order))
    if page > 1:
        pairs.append(("page", page))
    if limit != PER_PAGE:
        pairs.append(("limit", limit))
    return "/events" + (f"?{urlencode(pairs)}" if pairs else "")


def failures_page(reader: RecordReader, *, page: int = 1, limit: int = PER_PAGE) -> FailuresPage:
    """One page of failures, newest last. Raises BadAddress for a page below 1."""
    if page < 1:
        raise BadAddress(f"expected page >= 1, met {page}")
    failures = reader.failures()
    pages = -(-len(failures) // limit)

    def to(number: int) -> str:
        return f"/failures?page={number}" if 1 <= number <= pages else ""

    return FailuresPage(
        total=len(failures),
        page=page,
        pages=pages,
        previous=to(min(page - 1, pages)),
        next=to(page + 1),
        groups=grouped(failures),
        failures=tuple(failures[(page - 1) * limit : page * limit]),
    )


def grouped(failures: Iterable[Failure]) -> tuple[FailureGroup, ...]:
    """Failures counted by stage and the first words of their error, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    retryable: Counter[tuple[str, str]] = Counter()
    for failure in failures:
        key = (failure.stage, phrases.clean(failure.error).partition(":")[0][:80])
        counts[key] += 1
        retryable[key] += failure.retryable
    return tuple(
        FailureGroup(stage=stage, error=error, count=count, retryable=retryable[stage, error])
        for (stage, error), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def row(event: Event) -> EventRow:
    """An event as one row of a list."""
    readings = [r.value for r in event.modality]
    return EventRow(
        id=event.id,
        type=event.type.value,
        sentence=phrases.neutral(event),
        day=phrases.briefly(event.time[0].value) if event.time else "",
        place=phrases.say(event.place[0].value) if event.place else "",
        figures=tuple(phrases.say(r.value) for r in event.figures),
        reports=len(event.reports),
        outlets=len(event.outlets),
        voices=len(event.voices),
        contested=contested(event),
        denied=Modality.DENIED in readings,
        modality=readings[0].value if readings else "",
    )
