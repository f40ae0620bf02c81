"""The pages -> their OpenAPI description: addresses, parameters, and the schema of each JSON twin."""

from typing import Any

import msgspec

from coranto.publish.pages.document import DocumentPage
from coranto.publish.pages.event import EventPage
from coranto.publish.pages.lists import MOST, ORDERS, PER_PAGE, EventsPage, FailuresPage, HomePage
from coranto.publish.reading import FACETS
from coranto.publish.web.answers import Problem

PAGES: dict[str, tuple[type, str]] = {
    "/index.json": (HomePage, "What the record holds at a glance."),
    "/events.json": (EventsPage, "Events found by words and filters, with facets."),
    "/events/{id}.json": (EventPage, "One event: readings, voices, figures, contradictions, and why it is one event."),
    "/documents/{id}.json": (DocumentPage, "One document: typed text with highlights, coded events, metadata."),
    "/failures.json": (FailuresPage, "What could not be done."),
}


def _query(name: str, says: str, kind: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": says, "schema": kind}


TEXT = {"type": "string"}
SEVERAL = {"type": "array", "items": TEXT}
DAY = {"type": "string", "format": "date"}
PAGE = _query("page", "Number of the page.", {"type": "integer", "minimum": 1, "default": 1})
LISTS: dict[str, list[dict[str, Any]]] = {
    "/events.json": [
        _query("q", "Words that must all occur in the sentences of an event.", TEXT),
        *(
            _query(name, f"{label}; may be repeated.", {"type": "array", "items": TEXT})
            for name, label in FACETS.items()
        ),
        _query("from", "First local day.", DAY),
        _query("to", "Last local day.", DAY),
        _query("order", "Relevance where there are words, else the newest first.", {"enum": list(ORDERS)}),
        PAGE,
        _query("limit", "Events on a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": PER_PAGE}),
    ],
    "/failures.json": [PAGE],
}


def description(version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 description of every JSON twin."""
    kinds = [kind for kind, _ in PAGES.values()] + [Problem]
    found, parts = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    schemas = dict(zip(kinds, found))
    return {
        "openapi": "3.1.0",
        "info": {"title": "coranto", "version": version, "description": "The JSON twins of the explorer's pages."},
        "paths": {
            address: {"get": _operation(address, says, schemas[kind], schemas[Problem])}
            for address, (kind, says) in PAGES.items()
        },
        "components": {"schemas": parts},
    }


def _operation(address: str, says: str, page: dict[str, Any], problem: dict[str, Any]) -> dict[str, Any]:
    one = "{id}" in address
    asked = [{"name": "id", "in": "path", "required": True, "schema": TEXT}] if one else LISTS.get(address, [])
    answers = {"200": _answer(says, page)}
    if one:
        answers["404"] = _answer("The record has no such thing.", problem)
    elif asked:
        answers["400"] = _answer("The address cannot be read.", problem)
    return {"summary": says, "parameters": asked, "responses": answers}


def _answer(says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": schema}}}
