"""Fetching, against a server on this machine: the resolver names a public address, the connector goes to the server."""

# ruff: noqa: E501

import gzip
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from coranto.cli import main
from coranto.documents.fetch import Fetcher, listed, load_visits, save_visits
from coranto.documents.network import Client, is_public, target
from coranto.documents.read import read
from coranto.documents.source import Passed, Source
from coranto.knowledge import load
from coranto.records import DataError, Document, Failure, UsageError

PAGE = b"<html><head><title>Envoys meet</title></head><body><article><p>The two envoys met in Nairobi on Monday.</p></article></body></html>"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item><title>One</title><link>http://news.example/1</link><description>The envoys met.</description></item></channel></rss>'
asked: list[tuple[str, str | None]] = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        asked.append((self.path, self.headers.get("If-None-Match")))
        name = self.path.split("?")[0]
        if name == "/robots.txt":
            return self.answer(200, b"User-agent: *\nDisallow: /private\n", "text/plain")
        if name == "/page" and self.headers.get("If-None-Match") == '"v1"':
            return self.answer(304, b"", "")
        if name.startswith("/to"):
            where = {"/to-page": "/page", "/to-loop": "/to-loop", "/to-file": "file:///etc/passwd",
                     "/to-inside": "http://inside.example/x", "/to-private": "/private/x"}[name]  # fmt: skip
            return self.answer(302, b"", "", Location=where)
        if name == "/gone":
            return self.answer(404, b"x", "text/html")
        if name == "/busy":
            return self.answer(503, b"x", "text/html")
        body, kind, extra = {
            "/page": (PAGE, "text/html; charset=utf-8", {"ETag": '"v1"', "Last-Modified": "Mon, 04 Mar 2024 10:00:00 GMT"}),
            "/feed": (FEED, "application/rss+xml", {}),
            "/picture": (b"\x89PNG", "image/png", {}),
            "/large": (b"x" * 300_000, "text/html", {}),
            "/bomb": (gzip.compress(b"x" * 3_000_000), "text/html", {"Content-Encoding": "gzip"}),
        }[name]  # fmt: skip
        return self.answer(200, body, kind, **extra)

    def answer(self, status, body, kind, **headers):
        self.send_response(status)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def client():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hosts = {"news.example": ["93.184.216.34"], "inside.example": ["93.184.216.34", "10.0.0.1"], "dark.example": []}

    def connector(address, port, timeout):
        assert address == "93.184.216.34"
        return socket.create_connection(server.server_address, timeout)

    yield Client(resolver=lambda host, port: hosts[host], connector=connector, limit=200_000, timeout=5)
    server.shutdown()


def fetch(client, *urls, visits=None, slept=None):
    fetcher = Fetcher(client, visits=visits, sleep=(slept if slept is not None else []).append)
    return [found for url in urls for found in fetcher.sources(url)], fetcher


def test_a_page_is_a_source_with_what_its_server_says(client):
    (got,), fetcher = fetch(client, "http://news.example/page?a=b c")
    assert isinstance(got, Source) and (got.data, got.hint, got.charset) == (PAGE, ".html", "utf-8")
    document = read(got, load().outlets)
    assert (
        isinstance(document, Document) and document.captured and document.canonical.startswith("http://news.example/")
    )
    assert document.updated.evidence[0].path == "http:Last-Modified"
    assert asked[-1][0] == "/page?a=b%20c" and fetcher.visits[got.uri]["If-None-Match"] == '"v1"'


def test_what_has_not_changed_is_passed_over(client, tmp_path):
    _, fetcher = fetch(client, "http://news.example/page")
    save_visits(tmp_path / "v.json", fetcher.visits)
    (got,), _ = fetch(client, "http://news.example/page", visits=load_visits(tmp_path / "v.json"))
    assert isinstance(got, Passed) and "changed" in got.reason
    assert load_visits(tmp_path / "none.json") == {}


def test_a_feeds_items_are_sources(client):
    (got,), _ = fetch(client, "http://news.example/feed")
    assert isinstance(got, Source) and b"The envoys met." in got.data


@pytest.mark.parametrize(
    ("path", "word", "later"),
    [
        ("gone", "404", False), ("busy", "503", True), ("picture", "image/png", False), ("large", "at most", False),
        ("bomb", "at most", False), ("to-loop", "redirects", False), ("to-file", "http or https", False),
        ("to-inside", "public", False), ("private/x", "robots", False), ("to-private", "robots", False),
    ],
)  # fmt: skip
def test_what_may_not_or_cannot_be_had_is_a_failure(client, path, word, later):
    (got,), _ = fetch(client, f"http://news.example/{path}")
    assert isinstance(got, Failure) and word in got.error and got.retryable is later


def test_redirects_lead_to_the_page_and_requests_are_spaced(client):
    slept = []
    (got,), _ = fetch(client, "http://news.example/to-page", slept=slept)
    assert isinstance(got, Source) and got.uri == "http://news.example/page"
    assert len(slept) == 2 and all(0 < s <= 1 for s in slept)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
     "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "100.64.0.1", "not an address"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address):
    assert not is_public(address)
    client = Client(resolver=lambda host, port: [address], connector=lambda *_: pytest.fail("connected"))
    (got,) = Fetcher(client, sleep=lambda _: None).sources("http://x.example/")
    assert isinstance(got, Failure)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://user:pass@a.example/", "http://", "file:///etc/passwd", "http://[::1"]
)
def test_addresses_that_may_not_be_asked_for(url):
    with pytest.raises(DataError):
        target(url)


def test_a_line_break_cannot_be_smuggled_into_a_request():
    assert target("http://a.example/x\r\nHost: b")[3] == "/xHost:%20b"


def test_lists_of_addresses(tmp_path):
    (tmp_path / "a.opml").write_text(
        '<opml><body><outline text="x"><outline xmlUrl="https://a.example/f"/></outline></body></opml>'
    )
    (tmp_path / "b.txt").write_text("# mine\nhttps://b.example/f\n\nhttps://b.example/f\n")
    (tmp_path / "c.txt").write_text("file:///etc/passwd\n")
    assert listed(tmp_path / "a.opml") == ["https://a.example/f"]
    assert listed(tmp_path / "b.txt") == ["https://b.example/f"]
    for name in ("c.txt", "none.txt"):
        with pytest.raises(UsageError):
            listed(tmp_path / name)


def test_nothing_is_fetched_unless_asked_for(tmp_path):
    for arguments in (["https://a.example/x"], []):
        result = CliRunner().invoke(main, ["read", *arguments, "--into", str(tmp_path / "r.db")])
        assert result.exit_code == 2 and ("--fetch" in result.output or "PATHS" in result.output)
