"""Hostile and broken files: each a clear failure or a document, soon and in little memory, and the rest goes on."""

# ruff: noqa: E501

import gzip
import json
import resource
import time

import pytest
import zstandard
from reading import made

from coranto.records import Document, Failure

GOOD = "The army left the town of Sake on Monday, the governor said, and its people came back in the evening."
SECONDS, MEGABYTES = 30, 700  # generous: the machine may be busy
LIMIT = 8_000_000  # bytes of a file or line
ZERO_WIDTH = "\u200b\u202e\u2066\ufeff\u00ad"


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def nested(depth: int) -> bytes:
    return b"<html><body>" + b"<div>" * depth + GOOD.encode() + b"</div>" * depth + b"</body></html>"


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 12)
) + b"]><rss><channel><item><title>&l;</title></item></channel></rss>"  # fmt: skip
MIME = b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b0\n\n"
for n in range(300):
    MIME += b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1)

BAD = {  # file, its bytes, a word of the failure ("" = a document)
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "pdf.html": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "png.html": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG"),
    "jpeg.htm": (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "JPEG"),
    "zip.txt": (b"PK\x03\x04" + b"\x00" * 50, "ZIP"),
    "svg.html": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><text>hello</text></svg>", "text"),
    "script.html": (b"<html><body><script>document.write('x')</script></body></html>", "text"),
    "nul.txt": (b"a\x00b" + GOOD.encode(), "NUL"),
    "cut.html.gz": (gzip.compress(GOOD.encode() * 2000)[:-40], "truncated"),
    "cut.html.zst": (zstd(bytes(range(256)) * 900)[:-40], "truncated"),
    "noise.html.gz": (b"\x1f\x8b" + b"noise" * 20, "gzip"),
    "twice.html.gz": (gzip.compress(gzip.compress(GOOD.encode())), "gzip inside gzip"),
    "mixed.html.gz": (gzip.compress(zstd(GOOD.encode())), "zstd archive"),
    "bomb.txt.gz": (gzip.compress(b"x" * 20_000_000, 1), "at most"),
    "bomb.txt.zst": (zstd(b"x" * 20_000_000), "at most"),
    "bomb.jsonl.gz": (gzip.compress(b'{"text": "' + b"x" * 20_000_000 + b'"}', 1), "at most"),
    "long.txt": (b"word " * 700_000, "at most"),
    "deep.html": (nested(100_000), "at most"),
    "deep.json": (b"[" * 200_000, "JSON"),
    "deep.jsonl": (b'{"text":' * 100_000 + b"}", "JSON"),
    "deep.xml": (b"<newsItem>" + b"<a>" * 100_000, "XML"),
    "deep.eml": (MIME, "mess|parts"),
    "wide.html": (b"<html><body>" + b"<p>x</p>" * 200_000, "elements"),
    "wide.csv": (b"a," * 5_000 + b"\n1\n", "header"),
    "attributes.html": (b"<html><p " + b"a=1 " * 300_000 + b">" + GOOD.encode() + b"</p></html>", ""),
    "angles.html": (b"<html>" + b"<" * 500_000, ""),
    "comments.html": (b"<html><!--" * 100_000, "text"),
    "laughs.rss": (LAUGHS, "ENTITY"),
    "laughs.xml": (LAUGHS.replace(b"rss", b"newsItem"), "ENTITY"),
    "laughs16.xml": (b'\xff\xfe' + LAUGHS.decode().encode("utf-16-le"), "ENTITY"),
    "outside.nitf": (b'<!DOCTYPE nitf SYSTEM "file:///etc/passwd"><nitf><body><body.content><p>' + GOOD.encode() + b"</p></body.content></body></nitf>", ""),
    "odd.txt": (b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1], ""),
    "surrogates.txt": (b"\xff\xfe" + b"\x00\xd8" * 5 + GOOD.encode("utf-16-le"), ""),
    "invisible.txt": (f"{ZERO_WIDTH}{GOOD[:30]}{ZERO_WIDTH}{GOOD[30:]}".encode(), ""),
    "entities.html": (b"<html><body><p>&#0;&#xD800;&#x110000;&nosuch; " + GOOD.encode() + b"</p></body></html>", ""),
    "year.jsonl": (json.dumps({"text": GOOD, "date": "9999-99-99"}).encode(), ""),
    "quote.csv": (b'text,title\n"' + b"x\n" * 600_000, "text|row|most"),
    "gigabyte.txt": (b"", "at most|NUL|binary"),  # sparse: see below
    "thrice.html.gz": (gzip.compress(gzip.compress(gzip.compress(GOOD.encode()))), "gzip inside gzip"),
    "archive.html.gz": (gzip.compress(zstd(gzip.compress(GOOD.encode()))), "zstd archive"),
    "attribute.html": (b"<html><body><p title='" + b"x" * 5_000_000 + b"'>" + GOOD.encode() + b"</p></body></html>", ""),
    "cut16.html": (("<html><body><p>" + GOOD).encode("utf-16")[:-1], ""),
    "bidi.txt": (("\u202e" * 5_000 + GOOD + "\u2066" * 5_000).encode(), ""),
    "credits.txt": (("Reuters, " * 130 + "!\n" + "By Ann Lee and " * 70 + "!\n" + "photo by " * 120 + "!\n").encode() * 20 + GOOD.encode(), ""),
    "mapping.warc": (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhi", "breaks off"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_a_clear_failure_or_a_document_and_the_rest_goes_on(tmp_path, name):
    data, word = BAD[name]
    (tmp_path / name).write_bytes(data)
    if name.startswith("gigabyte"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(1_000_000_000)
    (tmp_path / "zz_good.txt").write_text(GOOD)
    began, memory = time.process_time(), peak()
    got = made(tmp_path, limit_bytes=LIMIT)
    assert time.process_time() - began < SECONDS and peak() - memory < MEGABYTES
    assert isinstance(got[-1], Document) and GOOD in got[-1].text
    bad = got[:-1]
    assert bad
    if word:
        assert all(isinstance(b, Failure) for b in bad)
        assert any(w in b.error for b in bad for w in word.split("|")), [b.error for b in bad]
    else:
        assert all(isinstance(b, Document | Failure) for b in bad)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_what_cannot_be_seen_does_not_part_words(tmp_path):
    (tmp_path / "a.txt").write_bytes(BAD["invisible.txt"][0])
    (got,) = made(tmp_path)
    assert GOOD in got.text


def test_nothing_of_the_machine_is_read_by_a_document(tmp_path):
    (tmp_path / "a.nitf").write_bytes(BAD["outside.nitf"][0])
    (got,) = made(tmp_path)
    assert isinstance(got, Document) and "root:" not in got.text
