"""A record -> the explorer: a FastAPI application with a page, its JSON twin and a permalink for everything."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from coranto import __version__
from coranto.publish.pages.document import document_page
from coranto.publish.pages.event import event_page
from coranto.publish.pages.lists import PER_PAGE, BadAddress, address, events_page, failures_page, home_page
from coranto.publish.reading import FACETS, Filters, RecordReader
from coranto.publish.web.answers import HERE, SECURITY, Guard, Problem, answer, wants_json
from coranto.publish.web.openapi import description
from coranto.records import to_json

LOOPBACK = ("127.0.0.1", "localhost", "::1")
READ = ["GET", "HEAD"]
SEARCH = ("q", *FACETS, "from", "to", "order", "page", "limit", "format")


def app(store_path: str | Path, *, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """The explorer over the record in a file. Raises MissingResource where there is none."""
    from coranto.publish.stored import open_record

    return explorer(open_record(store_path), hosts=hosts)


def explorer(reader: RecordReader, *, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """The explorer over any record; it answers only requests whose Host is among ``hosts`` (empty = any)."""
    made = FastAPI(title="coranto", docs_url=None, redoc_url=None, openapi_url=None)
    made.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    made.add_exception_handler(HTTPException, _refused)
    made.add_exception_handler(BadAddress, _unreadable)
    made.add_exception_handler(Exception, _broken)
    _add_pages(made, reader)
    made.add_middleware(Guard, hosts=hosts)
    return made


def _add_pages(made: FastAPI, reader: RecordReader) -> None:
    @made.api_route("/", methods=READ)
    def home(request: Request) -> Response:
        return answer(request, "home.html", home_page(reader))

    @made.api_route("/events", methods=READ)
    def events(request: Request) -> Response:
        asked = _known(request.query_params, SEARCH)
        query, filters, order = asked.get("q", "").strip(), _filters(asked), asked.get("order", "")
        page, limit = _number(asked, "page", 1), _number(asked, "limit", PER_PAGE)
        if "" in asked.values() and not wants_json(request):
            return RedirectResponse(address(query, filters, order=order, page=page, limit=limit), status_code=303)
        found = events_page(reader, query=query, filters=filters, order=order, page=page, limit=limit)
        return answer(request, "events.html", found)

    @made.api_route("/events/{id}", methods=READ)
    def event(request: Request, id: str) -> Response:
        if page := event_page(reader, id):
            return answer(request, "event.html", page)
        if whole := reader.belongs([id]).get(id):
            return RedirectResponse(f"/events/{whole}" + (".json" if wants_json(request) else ""), status_code=303)
        raise HTTPException(404, f"The record has no event {id!r}. It may have been merged or retracted.")

    @made.api_route("/documents/{id}", methods=READ)
    def document(request: Request, id: str) -> Response:
        if page := document_page(reader, id):
            return answer(request, "document.html", page)
        raise HTTPException(404, f"The record has no document {id!r}. It may have been retracted.")

    @made.api_route("/failures", methods=READ)
    def failures(request: Request) -> Response:
        asked = _known(request.query_params, ("page", "format"))
        return answer(request, "failures.html", failures_page(reader, page=_number(asked, "page", 1)))

    @made.api_route("/openapi", methods=READ)
    def openapi() -> Response:
        return Response(to_json(description(__version__)), media_type="application/json")


def _known(asked: QueryParams, names: tuple[str, ...]) -> QueryParams:
    if unknown := sorted(set(asked) - set(names)):
        raise BadAddress(f"expected parameters among {', '.join(names)}, met {', '.join(unknown)}")
    return asked


def _filters(asked: QueryParams) -> Filters:
    chosen: Mapping[str, tuple[str, ...]] = {
        name: tuple(dict.fromkeys(value for value in asked.getlist(name) if value)) for name in FACETS
    }
    return Filters(**chosen, since=_day(asked, "from"), until=_day(asked, "to"))


def _day(asked: QueryParams, name: str) -> date | None:
    text = asked.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadAddress(f"expected {name} as a day (2024-03-05), met {text!r}") from None


def _number(asked: QueryParams, name: str, default: int) -> int:
    text = asked.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadAddress(f"expected {name} as a whole number, met {text!r}")
    return int(text)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "Not found", 405: "Only reading is possible here"}.get(error.status_code, "Refused")
    detail = error.detail if error.detail != "Not Found" else f"There is no page at {request.url.path}."
    problem = Problem(status=error.status_code, error=words, detail=detail)
    return answer(request, "problem.html", problem, status=error.status_code)


def _unreadable(request: Request, error: Exception) -> Response:
    problem = Problem(status=400, error="The address cannot be read", detail=str(error))
    return answer(request, "problem.html", problem, status=400)


def _broken(request: Request, error: Exception) -> Response:
    problem = Problem(status=500, error="The record cannot be read", detail=f"{type(error).__name__}: {error}")
    response = answer(request, "problem.html", problem, status=500)
    response.headers.update(SECURITY)
    return response
