"""The address of a page -> the address that it shares with its other forms: for telephones, AMP, shared with a tag.

What is left off is data (``knowledge/data/linkage/addresses.tsv``): parts of the host, of the path, and parameters.
"""

from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows

FILE = DATA / "linkage" / "addresses.tsv"
_CACHES = (".cdn.ampproject.org", ".ampproject.net")


def shared(address: str) -> str:
    """The form of an address of the web that its twins have too, without its scheme; any other is left as it is."""
    if not address.startswith(("http://", "https://")):
        return address
    try:
        parts = urlsplit(address)
        host, path = (parts.hostname or "").rstrip("."), parts.path
    except ValueError:
        return address
    if host.endswith(_CACHES) or (host.startswith("www.google.") and path.startswith("/amp/")):
        return shared("https://" + path.split("/s/", 1)[1]) if "/s/" in path else address
    names = host.split(".")
    while len(names) > 2 and names[0] in _known("host"):
        names = names[1:]
    kept = [s for s in path.split("/") if s and s.casefold() not in _known("segment")]
    if kept:
        ending = next((e for e in sorted(_known("ending")) if kept[-1].endswith(e) and kept[-1] != e), "")
        kept[-1] = kept[-1].removesuffix(ending) + (".html" if ending.endswith(".html") else "")
    asked = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tag(k.casefold()))
    query = f"?{urlencode(asked)}" if asked else ""
    return "/".join([".".join(names), *kept]) + query


def _is_tag(name: str) -> bool:
    return name in _known("parameter") or any(p.endswith("*") and name.startswith(p[:-1]) for p in _known("parameter"))


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(r["text"] for r in read_rows(FILE, columns=("kind", "text")) if r["kind"] == kind)
