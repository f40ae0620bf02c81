"""Feeds, archives, tables, messages and agencies' files are read into documents with their fields."""

# ruff: noqa: E501

import gzip
import json

import pytest
import zstandard
from reading import day, documents, made, texts

from coranto.records import BlockKind, Failure, UsageError

NEWS = "Rebel fighters left the town of Sake on Monday, the governor said, and the army moved in behind them."
MORE = "Four civilians were wounded by a mortar shell that fell on the market the same afternoon."

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Lantern Post</title><link>https://lantern.example/</link><language>en-gb</language>
<item><title>Rebels leave Sake</title><link>https://lantern.example/1</link><guid>tag:1</guid>
<pubDate>Mon, 04 Mar 2024 10:42:00 +0200</pubDate><dc:creator>Ann Lee</dc:creator>
<description>Rebels left.</description>
<content:encoded><![CDATA[<p>{NEWS}</p><ul><li>One thing</li></ul><figure><figcaption>The road to Sake.</figcaption>
</figure><p><a href="/2">Read more about the war in the east here</a></p><script>alert(1)</script><p>{MORE}</p>]]>
</content:encoded></item>
<item><title>Second &amp; last</title><description>{MORE} &lt;b&gt;Now&lt;/b&gt;.</description></item>
<item></item></channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Wire</title>
<entry><title type="html">Army &amp;amp; rebels</title><id>urn:1</id><link href="https://harbour.example/a"/>
<published>2024-03-04T23:30:00-05:00</published><updated>2024-03-05T08:00:00Z</updated><author><name>Bo Ray</name></author>
<summary>{NEWS}</summary></entry></feed>"""


def test_a_feeds_items_are_documents_with_full_text_or_summary(tmp_path):
    (tmp_path / "a.rss").write_text(RSS, encoding="utf-8")
    full, short, bad = made(tmp_path / "a.rss")
    assert (full.uri, full.title, full.byline, full.outlet) == (
        "https://lantern.example/1", "Rebels leave Sake", "Ann Lee", "Lantern Post",
    )  # fmt: skip
    assert day(full) == "2024-03-04T10:42" and full.published.value.instant.hour == 8
    assert full.published.evidence[0].path == "pubDate"
    assert texts(full, BlockKind.BODY) == [NEWS, MORE] and texts(full, BlockKind.ITEM) == ["One thing"]
    assert texts(full, BlockKind.CAPTION) == ["The road to Sake."] and "alert" not in full.text
    assert short.title == "Second & last" and f"{MORE} Now." in short.text
    assert isinstance(bad, Failure) and "item 3" in bad.error


def test_atom_has_its_two_dates(tmp_path):
    (tmp_path / "a.xml").write_text(ATOM)
    (got,) = documents(tmp_path / "a.xml")
    assert (got.uri, got.title) == ("https://harbour.example/a", "Army & rebels")
    assert day(got) == "2024-03-04T23:30" and got.updated.value.timex.value == "2024-03-05T08:00"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("<rss><channel><title>x</title></channel></rss>", "items"),
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>', "ENTITY"),
        ("<rss", "met"),
        ("<kml><x/></kml>", "other XML"),
        ("<newsItem><a></newsItem>", "XML"),
        ('<!DOCTYPE n [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><newsItem>&b;</newsItem>', "ENTITY"),
    ],
)  # fmt: skip
def test_xml_that_is_no_news_is_a_failure_that_says_why(tmp_path, data, word):
    (tmp_path / "a.xml").write_text(data)
    got = made(tmp_path / "a.xml")
    assert isinstance(got[-1], Failure) and word in got[-1].error


def record(kind, body, *, http=b"", uri="https://lantern.example/1", name=b"1"):
    block = http + body
    top = b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n" % (
        kind, uri.encode(), name,
    )  # fmt: skip
    top += b"WARC-Date: 2024-03-05T05:06:07Z\r\nContent-Type: application/http; msgtype=%s\r\n" % kind
    return top + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


PAGE = f"<html><head><title>Озеро Kivu today</title></head><body><article><p>{NEWS}</p><p>{MORE}</p></article></body></html>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n%s\r\n"
WARC = (
    record(b"warcinfo", b"software: x\r\n", name=b"0")
    + record(b"request", b"", http=b"GET /1 HTTP/1.1\r\nHost: lantern.example\r\n\r\n")
    + record(
        b"response", PAGE.encode("cp1251"), http=HTTP % b"Last-Modified: Mon, 04 Mar 2024 11:00:00 GMT\r\n", name=b"2"
    )
    + record(b"response", gzip.compress(PAGE.encode("cp1251")), http=HTTP % b"Content-Encoding: gzip\r\n", name=b"3")
    + record(b"response", b"\x89PNG", http=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", name=b"4")
    + record(b"response", b"gone", http=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", name=b"5")
    + record(b"response", b"%PDF-1.4", http=HTTP % b"", name=b"6")
)


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_every_record_of_an_archive_is_accounted_for(tmp_path, ending):
    packed = {"": WARC, ".gz": gzip.compress(WARC), ".zst": zstandard.ZstdCompressor().compress(WARC)}[ending]
    (tmp_path / f"a.warc{ending}").write_bytes(packed)
    passed = []
    one, two, bad = made(tmp_path, passed=passed)
    assert one.title == two.title == "Озеро Kivu today" and one.uri == "https://lantern.example/1"
    assert one.captured.isoformat() == "2024-03-05T05:06:07+00:00" and one.canonical == one.uri
    assert one.updated.evidence[0].path == "http:Last-Modified"
    assert isinstance(bad, Failure) and "PDF" in bad.error and bad.where == "urn:uuid:6"
    assert [p.reason for p in passed] == ["warcinfo", "request", "no text: image/png", "HTTP status 404"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"no archive at all", "archive"),
        (WARC[: WARC.index(b"urn:uuid:3") - 400], "breaks off"),
        (WARC + b"garbage\r\n" * 9, "PDF"),
        (gzip.compress(WARC)[:-300], "broken or truncated|breaks off|ended"),
    ],
)
def test_a_broken_archive_gives_what_it_held_and_a_failure(tmp_path, data, word):
    import re

    (tmp_path / "a.warc").write_bytes(data)
    got = made(tmp_path)
    assert any(isinstance(g, Failure) and re.search(word, g.error) for g in got), got


def test_a_tables_rows_are_documents_under_the_users_names(tmp_path):
    (tmp_path / "a.csv").write_text(
        f'Body;Day;Paper;Link\n"{NEWS}";2024-03-04;Lantern;https://lantern.example/1\n;;;\nx;y;z;u;too;many\n"{MORE}";;;\n',
        encoding="utf-8-sig",
    )
    one, bad, two = made(tmp_path, columns={"text": "Body", "date": "Day", "outlet": "Paper", "url": "Link"})
    assert (one.uri, one.outlet, day(one)) == ("https://lantern.example/1", "Lantern", "2024-03-04")
    assert isinstance(bad, Failure) and bad.where == "3" and "columns" in bad.error
    assert two.uri.endswith("a.csv#4") and MORE in two.text


def test_known_names_of_columns_need_no_mapping_and_encodings_are_met(tmp_path):
    (tmp_path / "a.tsv").write_bytes(f"title\ttext\tdate\nÉté\t{NEWS}\t2024-03-04\n".encode("cp1252"))
    (got,) = documents(tmp_path)
    assert got.title == "Été" and NEWS in got.text


def test_fields_of_json_lines_may_lie_deep(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc": {"txt": NEWS, "when": "2024-03-04"}}) + "\n")
    (got,) = documents(tmp_path, columns={"text": "doc.txt", "date": "doc.when"})
    assert NEWS in got.text and day(got) == "2024-03-04"


def test_a_mapping_of_an_unknown_field_is_a_usage_error():
    from coranto.documents.columns import parsed

    assert parsed(["text=Body", "date=a=b"]) == {"text": "Body", "date": "a=b"}
    with pytest.raises(UsageError, match="FIELD=NAME"):
        parsed(["colour=Body"])


MAIL = f"""From: Situation Desk <desk@lantern.example>
To: you@example.org
Subject: =?utf-8?q?Rebels_leave_Sak=C3=A9?=
Date: Mon, 04 Mar 2024 10:42:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{NEWS}

{MORE}=20
--b
Content-Type: text/html; charset=utf-8

<p>{NEWS}</p>
--b--
"""


def test_a_message_is_a_document(tmp_path):
    (tmp_path / "a.eml").write_text(MAIL)
    (got,) = documents(tmp_path)
    assert (got.title, got.outlet, got.byline) == ("Rebels leave Saké", "lantern.example", "From Situation Desk")
    assert day(got) == "2024-03-04T10:42" and got.published.evidence[0].path == "mail:Date"
    assert texts(got, BlockKind.BODY) == [NEWS, MORE]


@pytest.mark.parametrize("data", ["no mail", "From: a@b.example\n\n", "Subject: x\nContent-Type: image/png\n\nabc"])
def test_what_is_no_message_is_a_failure(tmp_path, data):
    (tmp_path / "a.eml").write_text(data)
    (got,) = made(tmp_path)
    assert isinstance(got, Failure) and "message" in got.error


NITF = f"""<nitf><head><title>slug</title><docdata><doc-id id-string="x1"/><date.issue norm="20240304T104200+0200"/>
<doc.copyright holder="Harbour Wire"/></docdata></head><body><body.head><hedline><hl1>Rebels leave Sake</hl1></hedline>
<byline>Ann Lee</byline><distributor>Harbour Wire</distributor><dateline><location>GOMA, Congo</location></dateline></body.head>
<body.content><block><p>{NEWS}</p><media media-type="image"><media-caption>The road.</media-caption></media><p>{MORE}</p></block>
</body.content><body.end><tagline>(Reporting by Bo Ray)</tagline></body.end></body></nitf>"""


def test_nitf_has_its_parts(tmp_path):
    (tmp_path / "a.nitf").write_text(NITF)
    (got,) = documents(tmp_path)
    assert (got.title, got.byline, got.outlet) == ("Rebels leave Sake", "By Ann Lee", "Harbour Wire")
    assert got.published.value.instant.hour == 8
    assert texts(got, BlockKind.DATELINE) == ["GOMA, Congo —"] and texts(got, BlockKind.BODY) == [NEWS, MORE]
    assert texts(got, BlockKind.CAPTION) == ["The road."] and texts(got, BlockKind.CREDIT) == ["(Reporting by Bo Ray)"]


def newsml(inner, status="stat:usable", guid="urn:g1"):
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}"><itemMeta><provider literal="harbour">
<name>Harbour Wire</name></provider><versionCreated>2024-03-05T08:00:00Z</versionCreated><pubStatus qcode="{status}"/></itemMeta>
<contentMeta><contentCreated>2024-03-04T10:42:00+02:00</contentCreated><headline>Rebels leave Sake</headline><by>By Ann Lee</by>
<language tag="en"/></contentMeta><contentSet>{inner}</contentSet></newsItem>"""


XHTML = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>{NEWS}</p></body></html></inlineXML>'


@pytest.mark.parametrize(
    "inner", [XHTML, f"<inlineXML>{NITF}</inlineXML>", f"<inlineData contenttype='text/plain'>{NEWS}</inlineData>"]
)
def test_newsml_g2_holds_xhtml_nitf_or_text(tmp_path, inner):
    (tmp_path / "a.xml").write_text(newsml(inner))
    (got,) = documents(tmp_path)
    assert (got.title, got.byline, got.outlet) == ("Rebels leave Sake", "By Ann Lee", "Harbour Wire")
    assert day(got) == "2024-03-04T10:42" and got.updated.value.timex.value == "2024-03-05T08:00"
    assert NEWS in texts(got, BlockKind.BODY)


def test_a_message_of_items_and_what_is_withdrawn_or_elsewhere(tmp_path):
    away = '<remoteContent href="x.xml"/>'
    (tmp_path / "a.xml").write_text(
        "<newsMessage><itemSet>"
        + newsml(XHTML)
        + newsml(XHTML, "stat:canceled", "urn:g2")
        + newsml(away, guid="urn:g3")
        + "<packageItem guid='urn:p'/></itemSet></newsMessage>"
    )
    passed = []
    one, withdrawn, elsewhere = made(tmp_path, passed=passed)
    assert one.uri.endswith("a.xml#urn:g1")
    assert "withdrew" in withdrawn.error and "elsewhere" in elsewhere.error
    assert [p.reason for p in passed] == ["packageItem"]


@pytest.mark.parametrize(
    "body", [{"body_html": f"<p>{NEWS}</p><p>{MORE}</p>"}, {"bodies": [{"role": "main", "value": f"<p>{NEWS}</p><p>{MORE}</p>"}]}]
)  # fmt: skip
def test_ninjs_of_two_generations(tmp_path, body):
    value = {"uri": "https://harbour.example/n1", "type": "text", "versioncreated": "2024-03-04T08:42:00Z",
             "headline": "Rebels leave Sake", "byline": "Ann Lee", "source": "Harbour Wire", "located": "Goma",
             "language": "en", **body}  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(value))
    (got,) = documents(tmp_path)
    assert (got.uri, got.title, got.outlet) == ("https://harbour.example/n1", "Rebels leave Sake", "Harbour Wire")
    assert texts(got, BlockKind.DATELINE) == ["GOMA —"] and texts(got, BlockKind.BODY) == [NEWS, MORE]
    (tmp_path / "a.json").write_text(json.dumps({**value, "pubstatus": "canceled"}))
    (gone,) = made(tmp_path)
    assert isinstance(gone, Failure) and "canceled" in gone.error


def test_markdown_has_title_quotes_items_and_pictures_words(tmp_path):
    (tmp_path / "a.md").write_text(
        f"---\ndate: 2024-03-04\nsource: Lantern\n---\n# Rebels *leave* Sake\n\n{NEWS}\ngoes on\nhere.\n\n## Behind it\n\n> We held\n> the bridge.\n\n"
        f"- first\n  of all\n- second\n\n![A convoy on the road to Sake](x.png)\n\n```\ncode\n```\n[A whole line that is a link](http://x.example)\n\n{MORE} See [this](u).\n"
    )
    (got,) = documents(tmp_path)
    assert (got.title, got.outlet, day(got)) == ("Rebels leave Sake", "Lantern", "2024-03-04")
    assert texts(got, BlockKind.BODY) == [f"{NEWS} goes on here.", f"{MORE} See this."]
    assert texts(got, BlockKind.QUOTE) == ["We held the bridge."]
    assert texts(got, BlockKind.ITEM) == ["first of all", "second"]
    assert texts(got, BlockKind.CAPTION) == ["A convoy on the road to Sake"] and "code" not in got.text
    assert texts(got, BlockKind.LINK) == ["A whole line that is a link"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_any_encoding_in_any_packing(tmp_path, codec, pack):
    ending = ".gz" if pack is gzip.compress else ".zst"
    (tmp_path / f"a.txt{ending}").write_bytes(pack(f"Été à Goma\n\n{NEWS}".encode(codec)))
    (got,) = documents(tmp_path)
    assert NEWS in got.text and "Été" in got.text


def test_what_standard_input_is_is_told_by_how_it_begins(monkeypatch):
    import io
    import sys

    for data, count in ((RSS.encode(), 2), (gzip.compress(WARC), 2), (MAIL.encode(), 1), (NITF.encode(), 1)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert sum(not isinstance(g, Failure) for g in made("-")) == count
