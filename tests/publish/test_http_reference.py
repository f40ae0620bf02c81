"""docs/reference/http.md and /openapi.json name every address and parameter that there is."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from memory_record import MemoryRecord

from coranto.publish.pages.event import EventPage
from coranto.publish.web.answers import SECURITY
from coranto.publish.web.app import SEARCH, explorer
from coranto.publish.web.openapi import PAGES, description

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "http.md"


@pytest.fixture(scope="module")
def text() -> str:
    return REFERENCE.read_text(encoding="utf-8")


def test_every_address_is_documented(record: MemoryRecord, text: str) -> None:
    routes = {r.path for r in explorer(record).routes if isinstance(r, APIRoute)}
    assert routes == {"/openapi", *("/" if p == "/index.json" else p.removesuffix(".json") for p in PAGES)}
    for address in PAGES:
        assert f"`{address}`" in text


def test_every_parameter_is_documented(text: str) -> None:
    named = set(re.findall(r"^\| (`[^|]+) \|", text, re.M))
    assert {f"`{name}`" for name in SEARCH} <= {n for cell in named for n in cell.split(", ")}
    described = {p["name"] for p in description("0")["paths"]["/events.json"]["get"]["parameters"]}
    assert described == set(SEARCH) - {"format"}


def test_every_field_of_an_event_page_is_documented(text: str) -> None:
    for name in EventPage.__struct_fields__:
        assert f"| `{name}` |" in text


def test_the_security_policy_is_the_one_that_is_sent(text: str) -> None:
    assert SECURITY["content-security-policy"] in " ".join(text.split())


def test_answers_are_as_openapi_says(record: MemoryRecord) -> None:
    client = TestClient(explorer(record), base_url="http://127.0.0.1")
    told = client.get("/openapi.json").json()
    ids = {"/events/{id}.json": record.record[0].id, "/documents/{id}.json": record.analyses[0].document.id}
    for address, methods in told["paths"].items():
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(address.replace("{id}", ids.get(address, "")))
        whole = json.loads(json.dumps({**schema, "components": told["components"]}))
        jsonschema.Draft202012Validator(whole).validate(answer.json())
