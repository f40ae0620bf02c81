"""The explorer and the exports over a real SQLite record give what they give over the same record in memory."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from memory_record import MemoryRecord

from coranto.publish.formats.csv import write_csv
from coranto.publish.formats.jsonl import write_jsonl
from coranto.publish.stored import open_record
from coranto.publish.web.app import app, explorer
from coranto.records import UsageError
from coranto.store.sqlite import Store


@pytest.fixture(scope="module")
def path(record: MemoryRecord, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("record") / "record.db"
    with Store.open(path, create=True) as store:
        store.add([*record.analyses, *record.failed])
        store.replace_record(lineage=record.lines, events=record.record, merges=record.judged)
    yield path


@pytest.fixture(scope="module")
def client(path: Path) -> TestClient:
    return TestClient(app(path), base_url="http://127.0.0.1")


def test_pages_are_those_of_the_same_record_in_memory(client: TestClient, record: MemoryRecord) -> None:
    memory = TestClient(explorer(record), base_url="http://127.0.0.1")
    strike = f"/events/{record.record[0].id}"
    for address in [strike, f"{strike}.json", "/failures", "/failures.json?page=2"]:
        assert client.get(address).content == memory.get(address).content, address
    for analysis in record.analyses[:8]:
        page = client.get(f"/documents/{analysis.document.id}.json").json()
        assert len(page["coded"]) == len(analysis.events) and page["blocks"]


@pytest.mark.parametrize("order", ["newest", "contested", "relevant"])
def test_search_reaches_every_event_in_every_order(client: TestClient, record: MemoryRecord, order: str) -> None:
    seen, address = [], f"/events.json?limit=100&order={order}"
    while address:
        page = client.get(address).json()
        seen += [e["id"] for e in page["events"]]
        address = page["next"].replace("/events", "/events.json", 1)
    assert sorted(seen) == sorted(e.id for e in record.record)


def test_full_text_and_facets(client: TestClient, record: MemoryRecord) -> None:
    assert client.get("/events.json?q=flats+kharkiv").json()["total"] == 1
    page = client.get("/events.json?type=AID&place=NOR").json()
    assert page["total"] == 24 and {e["type"] for e in page["events"]} == {"AID"}
    home = client.get("/index.json").json()
    assert home["contested"][0]["id"] == record.record[0].id
    assert sum(o["documents"] for o in home["outlets"]) == len(record.analyses) == home["counts"]["documents"]


@pytest.mark.parametrize("query", ["'", '"', "a AND (", "NEAR(", "*", "-", "\x00", "type:AID", "née 中文"])
def test_any_words_can_be_looked_for(client: TestClient, query: str) -> None:
    assert client.get("/events", params={"q": query}).status_code == 200


def test_exports_are_those_of_the_same_record_in_memory(path: Path, record: MemoryRecord) -> None:
    for write in (write_jsonl, write_csv):
        told = [io.StringIO(newline=""), io.StringIO(newline="")]
        write(open_record(path), told[0])
        write(record, told[1])
        assert told[0].getvalue() == told[1].getvalue()


def test_where_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected a record at"):
        app(tmp_path / "none.db")
