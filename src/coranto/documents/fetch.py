"""Addresses that the user named -> Sources: fetched politely, by the rules of robots.txt, and only if they changed."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from msgspec.structs import replace

from coranto.documents import markup
from coranto.documents.network import AGENT, Answer, Client, Unreachable, target
from coranto.documents.source import Found, Passed, Source, failed
from coranto.documents.sources import from_bytes
from coranto.records import DataError, UsageError

PAUSE = 1.0  # seconds between two requests to one host
SLOWEST = 30.0  # seconds that a robots.txt may ask for between two requests
_HINTS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/json": ".json", "text/csv": ".csv", "message/rfc822": ".eml", "application/rss+xml": ".rss",
    "application/atom+xml": ".atom", "application/xml": ".xml", "text/xml": ".xml", "application/warc": ".warc",
}  # fmt: skip
Visits = dict[str, dict[str, str]]  # address -> the headers that make the next request conditional


class Fetcher:
    """Fetches addresses, one after another; ``visits`` is what earlier runs learnt and is kept up to date."""

    def __init__(
        self, client: Client | None = None, *, visits: Visits | None = None, pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.client, self.pause, self.sleep = client or Client(), pause, sleep
        self.visits: Visits = {} if visits is None else visits
        self._robots: dict[str, RobotFileParser | None] = {}
        self._last: dict[str, float] = {}

    def sources(self, url: str) -> Iterator[Found]:
        """What an address holds: a page, a feed's items, an archive's records; unchanged since the last visit is
        passed over, anything else that is no answer is a Failure."""
        try:
            answer = self.client.get(url, self._conditions(url), allowed=self._allowed)
        except Unreachable as error:
            yield failed(url, str(error), retryable=True)
            return
        except DataError as error:
            yield failed(url, str(error))
            return
        if answer.status == 304:
            yield Passed(uri=url, record="", reason="not changed since the last visit")
        elif answer.status != 200:
            later = answer.status >= 500 or answer.status == 429
            yield failed(url, f"expected HTTP status 200, met {answer.status}", retryable=later)
        else:
            yield from self._held(answer)
            told = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
            self.visits[url] = {k: answer.headers[h] for k, h in told.items() if h in answer.headers}

    def _conditions(self, url: str) -> dict[str, str]:
        return {k: v for k, v in self.visits.get(url, {}).items() if k in {"If-None-Match", "If-Modified-Since"}}

    def _held(self, answer: Answer) -> Iterator[Found]:
        kind, _, rest = answer.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        if kind and kind not in _HINTS and not kind.startswith("text/") and kind != "application/octet-stream":
            yield failed(answer.url, f"expected a text, met {kind[:60]}")
            return
        charset = rest.partition("charset=")[2].split(";")[0].strip("\"' ")
        for found in from_bytes(answer.body, answer.url, _HINTS.get(kind, "")):
            if isinstance(found, Source) and found.uri == answer.url:
                yield replace(
                    found, charset=found.charset or charset, captured=found.captured or _moment(answer.headers),
                    modified=found.modified or answer.headers.get("last-modified", ""),
                )  # fmt: skip
            else:
                yield found

    def _allowed(self, url: str) -> None:
        """Waits as long as is polite. Raises DataError where robots.txt forbids the address."""
        scheme, host, port, _ = target(url)
        top = f"{scheme}://{host}:{port}"
        if top not in self._robots:
            self._wait(top, self.pause)
            self._robots[top] = self._rules(top)
        rules = self._robots[top]
        if rules is None:
            raise Unreachable(f"expected the robots.txt of {host}, met no answer: its pages are left alone")
        if not rules.can_fetch(AGENT, url):
            raise DataError(f"expected an address that may be fetched, met one that the robots.txt of {host} forbids")
        delay = rules.crawl_delay(AGENT)
        self._wait(top, max(self.pause, min(float(delay or 0), SLOWEST)))

    def _rules(self, top: str) -> RobotFileParser | None:
        """The rules of a host; all is allowed where it has none, None where that cannot be learnt."""
        rules = RobotFileParser()
        try:
            answer = self.client.get(f"{top}/robots.txt", {}, allowed=lambda _: None)
        except Unreachable:
            return None
        if answer.status >= 500:
            return None
        lines = answer.body[:500_000].decode("utf-8", "replace").splitlines() if answer.status == 200 else []
        rules.parse(lines)
        return rules

    def _wait(self, top: str, pause: float) -> None:
        since = time.monotonic() - self._last.get(top, -1e9)
        if since < pause:
            self.sleep(pause - since)
        self._last[top] = time.monotonic()


def _moment(headers: object) -> str:
    return str(headers.get("date", "")) if isinstance(headers, dict) else ""


def is_address(path: str) -> bool:
    """True if a path is an address of the web."""
    return urlsplit(path).scheme.lower() in {"http", "https"}


def listed(path: Path) -> list[str]:
    """The addresses of a file: of an OPML's feeds, or one a line. Raises UsageError where it names none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"expected a list of addresses at {path}, met {error.strerror or error}") from error
    if b"<opml" in data[:2000].lower():
        try:
            root = markup.parsed(data)
        except DataError as error:
            raise UsageError(f"{path}: {error}") from error
        found = [str(e.get("xmlUrl") or e.get("xmlurl") or "") for e in root.iter() if markup.name(e) == "outline"]
    else:
        lines = data.decode("utf-8-sig", "replace").splitlines()
        found = [line.strip() for line in lines if not line.startswith("#")]
    addresses = list(dict.fromkeys(a for a in found if a))
    if wrong := [a for a in addresses if not is_address(a)]:
        raise UsageError(f"{path}: expected http and https addresses, met {wrong[0][:80]!r}")
    if not addresses:
        raise UsageError(f"{path}: expected a list of addresses, met none")
    return addresses


def load_visits(path: Path) -> Visits:
    """What earlier runs learnt; nothing where the file is not there or not readable."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): dict(v) for k, v in told.items() if isinstance(v, dict)} if isinstance(told, dict) else {}


def save_visits(path: Path, visits: Visits) -> None:
    """The file holds what was learnt, whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(visits, ensure_ascii=False, sort_keys=True, indent=1), encoding="utf-8")
    part.replace(path)
