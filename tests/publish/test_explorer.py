"""Every page, its JSON twin, and what a hostile page can do to them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import msgspec
import pytest
from fastapi.testclient import TestClient
from memory_record import MemoryRecord
from scenario import HOSTILE, build

from coranto.publish.pages.document import DocumentPage
from coranto.publish.pages.event import EventPage
from coranto.publish.pages.lists import EventsPage, FailuresPage, HomePage
from coranto.publish.web.answers import SECURITY
from coranto.publish.web.app import explorer
from coranto.records import Document

PAGES = ["/", "/events", "/failures", "/events?q=struck", "/nothing-here"]


@pytest.fixture(scope="module")
def client(record: MemoryRecord) -> Iterator[TestClient]:
    with TestClient(explorer(record), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture(scope="module")
def strike(record: MemoryRecord) -> str:
    return f"/events/{record.record[0].id}"


@pytest.fixture(scope="module")
def evil(record: MemoryRecord) -> Document:
    return next(a.document for a in record.analyses if a.document.outlet == "evil.example")


class Tags(HTMLParser):
    """Tags with their attributes, and the ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.seen if name in attrs]


def every_address(record: MemoryRecord) -> list[str]:
    return [
        *PAGES,
        *(f"/events/{e.id}" for e in record.record[:3]),
        *(f"/documents/{a.document.id}" for a in record.analyses[:6]),
    ]


def test_every_page_is_whole_and_asks_nothing_from_outside(client: TestClient, record: MemoryRecord) -> None:
    for address in every_address(record):
        answer = client.get(address)
        assert answer.status_code == (404 if address == "/nothing-here" else 200), address
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        page = Tags(answer.text)
        assert not [tag for tag, _ in page.seen if tag in ("script", "iframe", "object", "embed", "base")]
        assert not [name for _, attrs in page.seen for name in attrs if name.startswith("on") or name == "style"]
        loaded = [a.get("href", "") for tag, a in page.seen if tag == "link"] + page.all("src")
        assert all(link.startswith("/") and not link.startswith("//") for link in loaded)
        ids = page.all("id")
        assert len(ids) == len(set(ids)), address
        assert answer.text.count("<h1") == 1 and answer.text.count("<main") == 1


def test_links_of_a_page_lead_somewhere(client: TestClient, strike: str) -> None:
    page = Tags(client.get(strike).text)
    for href in set(page.all("href")):
        path, _, fragment = href.partition("#")
        answer = client.get(path or strike)
        assert answer.status_code == 200, href
        if fragment:
            assert fragment in Tags(answer.text).all("id"), href


@pytest.mark.parametrize(
    ("address", "type"), [("/index", HomePage), ("/events", EventsPage), ("/failures", FailuresPage)]
)
def test_json_twins_of_lists(client: TestClient, address: str, type: type) -> None:
    answer = client.get(f"{address}.json")
    assert answer.headers["content-type"] == "application/json"
    msgspec.json.decode(answer.content, type=type)
    same = client.get("/" if address == "/index" else address, params={"format": "json"})
    assert same.content == answer.content


def test_json_twins_hold_what_the_pages_show(client: TestClient, strike: str) -> None:
    event = msgspec.json.decode(client.get(f"{strike}.json").content, type=EventPage)
    html = client.get(strike).text
    assert f'<link rel="alternate" type="application/json" href="{strike}.json">' in html
    for shown in [
        event.sentence,
        *(r.value for f in event.fields for r in f.readings),
        *(v.name for v in event.voices),
    ]:
        assert shown in html
    href = event.voices[0].tellings[0].href.partition("#")[0]
    document = msgspec.json.decode(client.get(f"{href}.json").content, type=DocumentPage)
    assert document.coded and document.coded[0].event == event.event.id


def test_an_event_page_sets_voices_beside_each_other(client: TestClient, strike: str) -> None:
    page = msgspec.json.decode(client.get(f"{strike}.json").content, type=EventPage)
    assert [v.name for v in page.voices] == ["Olena Marchuk", "gazette.example", "Russian defence ministry"]
    first, update = page.voices[0].tellings
    assert (first.outlet, [c.outlet for c in first.copies]) == ("agency.example", ["daily.example"])
    assert update.outlet == "herald.example"
    assert page.contested == ("figures", "occurrence")
    assert [(t.outlet, t.modality) for t in page.denials] == [("courier.example", "denied")]
    figures = [(f.value, f.said_by, f.outlets, f.as_of) for f in page.figures]
    governor = "Olena Marchuk, regional governor"
    assert figures == [
        ("at least 9 killed", "", ("gazette.example",), "2024-03-05"),
        ("7 killed", governor, ("agency.example", "daily.example"), "2024-03-06"),
        ("11 killed", governor, ("herald.example",), "2024-03-08"),
    ]
    assert "contested: 7 killed" in page.figures[0].relations


def test_pairs_held_apart_lead_to_the_other_event(client: TestClient, record: MemoryRecord, strike: str) -> None:
    page = msgspec.json.decode(client.get(f"{strike}.json").content, type=EventPage)
    *inside, apart = page.merges
    assert len(inside) == 4 and all(m.inside and not m.apart for m in inside)
    assert (apart.inside, apart.vetoes, apart.features[0]) == (False, ("another place",), ("bias", -2.0))
    assert "same day" not in dict(apart.features)
    assert f'<a href="/events/{apart.apart}">the other event</a>' in client.get(strike).text


def test_contradictions_come_before_what_agrees(client: TestClient, strike: str) -> None:
    page = msgspec.json.decode(client.get(f"{strike}.json").content, type=EventPage)
    assert [r.relation for r in page.relations] == ["contested", "contested", "update", "bound"]
    assert [r.quiet for r in page.relations] == [False, False, False, True]
    assert {f.name for f in page.fields if f.contested} == {"figures", "modality"}


def test_every_evidence_quote_is_marked_in_its_sentence(client: TestClient, strike: str) -> None:
    page = msgspec.json.decode(client.get(f"{strike}.json").content, type=EventPage)
    quoted = [q for f in page.fields for r in f.readings for q in r.evidence]
    assert len(quoted) > 15
    for q in quoted:
        assert "".join(s.text for s in q.sentence if "quote" in s.kinds) == q.quote
        assert "#s-" in q.href
    assumed = next(r for f in page.fields if f.name == "recipients" for r in f.readings)
    assert {r.basis for f in page.fields if f.name != "recipients" for r in f.readings} == {"stated"}
    assert assumed.basis == "assumed" and assumed.evidence == () and "No words: assumed." in client.get(strike).text


def test_a_document_is_shown_whole_with_its_blocks(client: TestClient, record: MemoryRecord) -> None:
    analysis = record.analyses[0]
    page = msgspec.json.decode(client.get(f"/documents/{analysis.document.id}.json").content, type=DocumentPage)
    assert [b.kind for b in page.blocks] == ["headline", "body", "caption", "newsletter"]
    shown = "\n".join("".join(s.text for p in b.pieces for s in p.stretches) for b in page.blocks)
    assert shown.split() == analysis.document.text.split()
    coded = next(p for b in page.blocks for p in b.pieces if p.coded)
    kinds = {kind for s in coded.stretches for kind in s.kinds}
    assert kinds == {"actor", "trigger", "place", "time", "figure", "source", "cue"}
    assert [(u.trigger, u.tense) for u in page.uncoded] == [("worked", "past")]
    html = client.get(f"/documents/{analysis.document.id}").text
    assert "meta[article:published_time]" in html and "2024-03-06T08:00:00Z" in html


def test_hostile_text_is_inert(client: TestClient, record: MemoryRecord, evil: Document) -> None:
    event = next(e for e in record.record if "evil.example" in e.outlets)
    for address in ["/", "/events", "/failures", "/failures?page=2", f"/events/{event.id}", f"/documents/{evil.id}"]:
        html = client.get(address).text
        assert "<script" not in html and "<img" not in html
        for href in Tags(html).all("href"):
            assert not re.match(r"\s*(javascript|data|vbscript):", href, re.I), href
    html = client.get(f"/documents/{evil.id}").text
    assert "&lt;script&gt;" in html and "javascript:alert(3)" in html
    assert "\u202e" not in Tags(html).seen[0][0] and "\u202e" not in client.get("/").text


@pytest.mark.parametrize("query", [HOSTILE, "'", '"', "a AND (", "%", "\x00", "struck OR", "*", "née Ümlaut 中文"])
def test_any_words_can_be_looked_for(client: TestClient, query: str) -> None:
    answer = client.get("/events", params={"q": query})
    assert answer.status_code == 200 and "<script" not in answer.text
    assert client.get("/events.json", params={"q": query}).json()["query"] == query.strip()


def test_pages_of_results_hold_every_event_once(client: TestClient, record: MemoryRecord) -> None:
    address, seen = "/events?limit=50", []
    while address:
        page = client.get(address, params={}).json() if ".json" in address else None
        page = page or client.get(address.replace("/events", "/events.json", 1)).json()
        seen += [e["id"] for e in page["events"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == len(record.record)
    beyond = client.get("/events?page=99")
    assert beyond.status_code == 200 and "beyond the last one" in beyond.text


def test_filters_narrow_and_the_query_is_the_address(client: TestClient) -> None:
    page = client.get("/events.json?type=AID&type=CONSULT&from=2024-01-10&to=2024-01-20").json()
    assert page["total"] and {e["type"] for e in page["events"]} == {"AID", "CONSULT"}
    assert all("2024-01-10" <= e["day"] <= "2024-01-20" for e in page["events"])
    facet = next(f for f in page["facets"] if f["name"] == "type")
    without = next(v["href"] for v in facet["values"] if v["value"] == "AID")
    assert without == "/events?type=CONSULT&from=2024-01-10&to=2024-01-20"
    html = client.get("/events?type=AID&from=2024-01-10").text
    assert 'value="2024-01-10"' in html and '<input type="hidden" name="type" value="AID">' in html


def test_empty_fields_of_the_form_leave_the_address(client: TestClient) -> None:
    answer = client.get("/events?q=struck&from=&to=&order=relevant", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?q=struck")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/events/0000", 404, "no event '0000'"),
        ("/documents/0000", 404, "no document '0000'"),
        ("/nothing", 404, "no page at /nothing"),
        ("/events?from=yesterday", 400, "expected from as a day"),
        ("/events?page=0", 400, "expected page &gt;= 1"),
        ("/events?page=-1", 400, "expected page as a whole number"),
        ("/events?limit=100000", 400, "limit 1..200"),
        ("/events?country=UKR", 400, "met country"),
        ("/failures?page=x", 400, "expected page as a whole number"),
        ("/docs", 404, "no page"),
    ],
)
def test_problems_say_what_was_expected(client: TestClient, address: str, status: int, words: str) -> None:
    answer = client.get(address, params=None)
    told = answer.json()["detail"] if "json" in answer.headers["content-type"] else answer.text.replace("&#39;", "'")
    assert answer.status_code == status and words in told


def test_the_id_of_a_member_leads_to_its_event(client: TestClient, record: MemoryRecord, strike: str) -> None:
    other = next(id for id in record.record[0].coded if id != record.record[0].id)
    assert client.get(f"/events/{other}", follow_redirects=False).headers["location"] == strike
    assert client.get(f"/events/{other}.json").json()["event"]["id"] == record.record[0].id


def test_a_record_that_cannot_be_read_is_told() -> None:
    class Broken(MemoryRecord, frozen=True, kw_only=True):
        def counts(self) -> dict[str, int]:
            raise OSError("<gone>")

    client = TestClient(explorer(Broken()), base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500 and "OSError: &lt;gone&gt;" in answer.text
    assert answer.headers.get_list("content-security-policy") == [SECURITY["content-security-policy"]]
    assert client.get("/index.json").json()["status"] == 500


def test_only_reading_is_possible(client: TestClient) -> None:
    assert client.head("/events").status_code == 200
    assert client.post("/events").status_code == 405
    assert client.delete("/documents/x.json").json()["status"] == 405


def test_other_hosts_are_refused(record: MemoryRecord) -> None:
    client = TestClient(explorer(record), base_url="http://rebound.example")
    assert client.get("/").status_code == 421
    assert TestClient(explorer(record), base_url="http://[::1]:8000").get("/").status_code == 200


def test_static_files_are_served_and_nothing_else(client: TestClient) -> None:
    assert client.get("/static/coranto.css").status_code == 200
    assert client.get("/static/%2e%2e/app.py").status_code == 404
    assert "http" not in client.get("/static/coranto.css").text


def test_an_empty_record_has_pages(record: MemoryRecord) -> None:
    client = TestClient(explorer(MemoryRecord()), base_url="http://localhost")
    assert "no events yet" in client.get("/").text
    assert "No events found" in client.get("/events").text
    assert "Nothing failed" in client.get("/failures").text


def test_the_same_record_gives_the_same_bytes(client: TestClient, strike: str) -> None:
    again = TestClient(explorer(build()), base_url="http://127.0.0.1")
    assert client.get(strike).content == again.get(strike).content
    assert client.get(f"{strike}.json").content == again.get(f"{strike}.json").content
