"""Whatever the bytes: documents that keep the laws, or failures; never an exception. A long run: CORANTO_FUZZ=20000."""

# ruff: noqa: E501

import gzip
import json
import os
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import KNOWLEDGE
from test_inputs import ATOM, MAIL, NITF, RSS, WARC, XHTML, newsml

from coranto.documents.labels import split
from coranto.documents.page import Piece
from coranto.documents.read import read
from coranto.documents.reports import make
from coranto.documents.source import Passed, Source
from coranto.documents.sources import from_bytes
from coranto.records import Analysis, BlockKind, Failure

RUNS = int(os.environ.get("CORANTO_FUZZ", "40"))
REPORTS = make(KNOWLEDGE)
LIVE = (
    "War live\n4 March 2024\nKey events\nShells hit a clinic\n23:40 GMT\n00:10 GMT\nAnn Lee\nBridge taken\nThe army said that "
    "it had retaken the bridge over the river.\n23:40 GMT\nNine people were killed in the shelling of a clinic, doctors said.\n"
    "2h ago\n21:05 GMT\nThe two presidents spoke by telephone about the exchange of prisoners.\nFollow us\nAbout us\n"
)
PAGE = (
    "<html><head><meta charset=utf-8><script type='application/ld+json'>"
    + json.dumps({"@type": "LiveBlogPosting", "headline": "War live", "liveBlogUpdate": [
        {"headline": "One", "datePublished": "2024-03-04T10:00:00Z", "articleBody": "<p>Shells fell.</p>"}]})
    + "</script></head><body><nav><a href=/>Home</a></nav><article><h1>War live</h1><time datetime=2024-03-04>4 March</time>"
    + "<p>The army said that it had retaken the bridge over the river &amp; the town behind it.</p><ul><li>One</ul>"
    + "<figure><img src=x><figcaption>A bridge [AFP]</figcaption></figure><table><tr><td>a<td>b</table></article></body></html>"
)  # fmt: skip
RECORD = json.dumps({"uri": "x", "versioncreated": "2024-03-04", "body_html": "<p>Shells fell.</p>", "headline": "H"})
TABLE = 'title,text,date\nOne,"Shells fell, and more",2024-03-04\n,,\n'
MARKDOWN = "---\ntitle: T\n---\n# H\n\n> q\n\n* a\n* b\n\n![words of a picture](x) [l](u)\n\n```\nx\n```\n"
SEEDS = {
    ".html": PAGE, ".txt": LIVE, ".md": MARKDOWN, ".json": RECORD, ".jsonl": RECORD, ".csv": TABLE, ".rss": RSS,
    ".atom": ATOM, ".nitf": NITF, ".xml": newsml(XHTML), ".eml": MAIL, ".warc": WARC,
}  # fmt: skip
SPLICES = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"\"", b"'", b"<!--", b"-->", b"]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\r\n\r\n", b"\n\n", b"Content-Length: 99999999\r\n",
    b"9999-12-31", b"0000-00-00", b"25:61", b"10:30 GMT\n", b"2 hours ago\n", b"{", b"}", b"[", b"]", b"<svg>", b"<script>",
    b"<p>" * 300, b"\\u0000", b"\xc3\x28", "𝕬".encode(), b"KYIV, March 5 (Reuters) - ", b"1e999", b"null", b";;;", b"=?x?q?=",
]  # fmt: skip


def lawful(data: bytes, hint: str) -> None:
    for found in from_bytes(data, f"x{hint}", hint, limit_bytes=2_000_000):
        if isinstance(found, Source):
            made = read(found, KNOWLEDGE.outlets)
        elif isinstance(found, Passed):
            assert found.reason
            continue
        else:
            made = found
        if isinstance(made, Failure):
            assert made.error
            continue
        at = 0
        for block in made.blocks:
            assert at <= block.span.start < block.span.end <= len(made.text)
            at = block.span.end
        (reports,) = REPORTS([Analysis(document=made)])
        for report in reports:
            for value in (report.place, report.published, *report.credit, *report.upstream):
                words = value.words if value else None
                assert not words or made.text[words.span.start : words.span.end] == words.quote


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[bytes, str]:
    """A good file of some kind with some of its bytes put, cut, doubled or exchanged; sometimes packed."""
    hint = draw(st.sampled_from(sorted(SEEDS)))
    seed = SEEDS[hint]
    data = (
        seed
        if isinstance(seed, bytes)
        else seed.encode(draw(st.sampled_from(["utf-8", "utf-16", "cp1252"])), "replace")
    )
    for _ in range(draw(st.integers(0, 6))):
        a = draw(st.integers(0, len(data)))
        b = min(len(data), a + draw(st.integers(0, 60)))
        new = draw(st.one_of(st.sampled_from(SPLICES), st.binary(max_size=12), st.just(data[a:b] * 3)))
        data = data[:a] + new + data[b:]
    pack = draw(st.sampled_from([None, None, None, gzip.compress, zstandard.ZstdCompressor().compress]))
    if pack:
        data = pack(data)
        data = data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data
    return data, draw(st.sampled_from([hint, hint, hint, *sorted(SEEDS), ""]))


@settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_spoilt_files_give_documents_or_failures(case):
    lawful(*case)


PARTS = [*LIVE.split("\n"), "Just now", "3 weeks ago", "March 4, 2024", "5:42 p.m. ET, March 4, 2024", "Key Events", "Updated",
         "Share this -", "By", "Home", "Contact us", "x" * 70 + ".", "10:42 - Shells hit a clinic again", "Ann Lee"]  # fmt: skip


def tokens(lines: list[str]) -> list[str]:
    return sorted(word for line in lines for word in line.split() if word != "-")


TELLING = "The army said that it had retaken the bridge over the river to the east of the town."


@settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))
@example(["Key Events", "4 March 2024", TELLING, "4 March 2024", TELLING, "4 March 2024"])
@example([TELLING, "4 March 2024", TELLING, "4 March 2024", TELLING, "4 March 2024", "War live"])
@given(st.lists(st.sampled_from([p for p in PARTS if p]), max_size=40))
def test_no_line_of_a_live_blog_is_lost_or_told_twice(lines):
    made = split([Piece(BlockKind.BODY, line) for line in lines], day=None, captured=None)
    kept = [p.text for p in (*made.lead, *made.tail)]
    for entry in made.entries:
        kept += [entry.headline] * bool(entry.headline) + [p.text for p in entry.pieces]
    assert tokens(kept) == tokens(lines)


@pytest.mark.parametrize("file", sorted((Path(__file__).parent / "fuzzed").glob("*")), ids=lambda p: p.name)
def test_what_once_broke_a_reader(file):
    lawful(file.read_bytes(), file.suffix)
