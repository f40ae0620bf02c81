"""A page as a record -> an answer: HTML, or its JSON twin."""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from coranto.publish.pages.lists import COUNTED, ORDERS
from coranto.records import to_json

HERE = Path(__file__).parent
SECURITY = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}
CAP = 25  # rows of one list on a page; the JSON twin has all
LETTERS = {
    "trigger": "E",
    "actor": "A",
    "recipient": "R",
    "place": "P",
    "time": "T",
    "figure": "N",
    "source": "S",
    "cue": "C",
}
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no page, in words, with what was expected."""

    status: int
    error: str
    detail: str


def outward(address: str) -> str:
    """The address if it is one of the web, else "": no other kind is ever made a link."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["outward"] = outward
    environment.filters["letter"] = lambda kind: LETTERS.get(kind, "")
    environment.filters["thousands"] = lambda number: f"{number:,}"
    environment.globals |= {"COUNTED": COUNTED, "ORDERS": ORDERS, "LETTERS": LETTERS, "CAP": CAP}
    return environment


TEMPLATES = _templates()


def answer(request: Request, template: str, page: Any, *, status: int = 200) -> Response:
    """The page as JSON where its twin was asked for, else as HTML."""
    if wants_json(request):
        return Response(to_json(page), status_code=status, media_type="application/json")
    html = TEMPLATES.get_template(template).render(page=page, path=request.url.path, twin=twin(request))
    return Response(html, status_code=status, media_type="text/html")


def wants_json(request: Request) -> bool:
    """True for an address that ends in ``.json`` or asks for ``format=json``."""
    suffixed = request.scope.get("coranto.json") or request.url.path.endswith(".json")
    return bool(suffixed) or request.query_params.get("format") == "json"


def twin(request: Request) -> str:
    """The address of the same page as JSON."""
    path = request.url.path.rstrip("/") or "/index"
    query = request.url.query
    return f"{path}.json" + (f"?{query}" if query else "")


class Guard:
    """Answers only to its own hosts, knows JSON twins by their suffix, and puts the security headers on everything."""

    def __init__(self, app: Asgi, *, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 421 where its Host header is not ours."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                extra = [(k.encode(), v.encode()) for k, v in SECURITY.items()]
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        if self.hosts and _host(scope) not in self.hosts:
            refusal = Response("Expected this machine's own address as the host.\n", 421, media_type="text/plain")
            return await refusal(scope, receive, sent)
        path = scope["path"]
        if path.endswith(".json"):
            path = path.removesuffix(".json")
            scope = {**scope, "path": "/" if path == "/index" else path, "coranto.json": True}
        await self.app(scope, receive, sent)


def _host(scope: Scope) -> str:
    header = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"host"), "")
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
