"""An address -> one HTTP answer, safely: http(s) and public hosts only at every redirect, bounded size and time."""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from coranto.records import DataError

AGENT = "coranto/0.1 (reads only what its user names)"
LONGEST = 30_000_000  # bytes of an answer, unpacked
TIMEOUT = 20.0  # seconds for one step
DEADLINE = 60.0  # seconds for one answer
REDIRECTS = 5
_KEPT = frozenset("-._~:/?#[]@!$&'()*+,;=%")

Resolver = Callable[[str, int], Sequence[str]]
Connector = Callable[[str, int, float], socket.socket]


class Answer(NamedTuple):
    """What came back: the address at the end of redirects, status, headers by lower-case name, the unpacked body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Unreachable(DataError):
    """Nothing came back, or not in time; another try may help."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system knows them."""
    return list(dict.fromkeys(str(i[4][0]) for i in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to an address."""
    return socket.create_connection((address, port), timeout)


def is_public(address: str) -> bool:
    """True if an IP address is one of the open internet: not private, loopback, link-local, reserved, multicast."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class Client:
    """Asks for addresses. ``resolver`` and ``connector`` can be replaced, for tests."""

    def __init__(
        self, *, resolver: Resolver = resolve, connector: Connector = connect, limit: int = LONGEST,
        timeout: float = TIMEOUT, deadline: float = DEADLINE,
    ) -> None:  # fmt: skip
        self.resolver, self.connector = resolver, connector
        self.limit, self.timeout, self.deadline = limit, timeout, deadline

    def get(self, url: str, headers: Mapping[str, str], *, allowed: Callable[[str], None]) -> Answer:
        """The answer behind at most five redirects; ``allowed`` is asked before each step and raises where it is not.

        Raises DataError where an address may not be asked, Unreachable where nothing whole came back.
        """
        until = time.monotonic() + self.deadline
        for _ in range(REDIRECTS + 1):
            allowed(url)
            answer = self.once(url, headers, until=until)
            if answer.status not in {301, 302, 303, 307, 308} or not answer.headers.get("location"):
                return answer
            url = urljoin(url, answer.headers["location"])
        raise DataError(f"expected at most {REDIRECTS} redirects, met more")

    def once(self, url: str, headers: Mapping[str, str], *, until: float) -> Answer:
        """One answer, whatever its status."""
        scheme, host, port, path = target(url)
        connection: http.client.HTTPConnection | None = None
        try:
            raw = self.connector(self._address(host, port), port, self.timeout)
            raw.settimeout(self.timeout)
            if scheme == "https":
                raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
            connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
            connection.sock = raw
            asked = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close", **headers}
            connection.request("GET", path, headers=asked)
            met = connection.getresponse()
            told = {k.lower(): v for k, v in met.getheaders()}
            body = self._body(met, until)
            return Answer(url, met.status, told, self._unpacked(body, told.get("content-encoding", "")))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"expected an answer of {host}, met {type(error).__name__}: {error}"[:300]) from error
        finally:
            if connection is not None:
                connection.close()

    def _address(self, host: str, port: int) -> str:
        """The first address of a host. Raises DataError where any of its addresses is not public."""
        found = self.resolver(host, port)
        if not found:
            raise Unreachable(f"expected an address of {host}, met none")
        if private := [a for a in found if not is_public(a)]:
            raise DataError(f"expected a public address of {host}, met {private[0]}")
        return found[0]

    def _body(self, met: http.client.HTTPResponse, until: float) -> bytes:
        parts, length = list[bytes](), 0
        while chunk := met.read1(65_536):
            parts.append(chunk)
            length += len(chunk)
            if length > self.limit:
                raise DataError(f"expected at most {self.limit} bytes, met more")
            if time.monotonic() > until:
                raise Unreachable(f"expected an answer within {self.deadline:.0f} seconds, met a slower one")
        if met.length:
            raise Unreachable(f"expected a whole answer, met one that lacks {met.length} bytes")
        return b"".join(parts)

    def _unpacked(self, body: bytes, encoding: str) -> bytes:
        if encoding.lower() not in {"gzip", "x-gzip"}:
            return body
        unpacker = zlib.decompressobj(wbits=31)
        try:
            out = unpacker.decompress(body, self.limit + 1)
        except zlib.error as error:
            raise DataError(f"expected gzip, met {error}") from error
        if len(out) > self.limit:
            raise DataError(f"expected at most {self.limit} bytes, met more")
        return out


def target(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address. Raises DataError where it may not be asked for."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise DataError(f"expected an address, met {url[:100]!r} ({error})") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise DataError(f"expected an http or https address without a user's name, met {url[:100]!r}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    quoted = "".join(
        c if c.isascii() and (c.isalnum() or c in _KEPT) else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in path
    )
    return parts.scheme, host, port, quoted
