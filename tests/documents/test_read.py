import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.documents.cleaning import characters, unglued
from coranto.documents.read import decode, read
from coranto.documents.reports import make
from coranto.documents.sources import Source
from coranto.knowledge import load
from coranto.records import Analysis, BlockKind, Document, Failure

KNOWLEDGE = load()
STAGE = make(KNOWLEDGE)
BODY = (
    "<p>Shells fell on the port of Odesa before dawn on Monday and two dock workers were wounded, the mayor said.</p>"
    "<p>The army said that it had shot down nine drones over the sea and that one had reached the grain terminal.</p>"
    "<p>Ukraine's foreign ministry called on its partners to send more air defence systems without any delay.</p>"
)


def page(body=BODY, head="", title="Shells fall on port of Odesa"):
    top = f"<html lang=en><head><title>{title}</title>{head}</head>"
    return f"{top}<body><article><h1>{title}</h1>{body}</article></body></html>"


def doc(data, hint=".html"):
    got = read(
        Source(uri="x" + hint, data=data if isinstance(data, bytes) else data.encode(), hint=hint), KNOWLEDGE.outlets
    )
    assert isinstance(got, Document), got
    return got


def kinds(document):
    return [(b.kind.value, document.text[b.span.start : b.span.end]) for b in document.blocks]


def ld(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def lawful(got):
    if isinstance(got, Failure):
        assert got.error and got.stage == "documents"
        return
    at = 0
    for block in got.blocks:
        assert at <= block.span.start < block.span.end <= len(got.text)
        at = block.span.end
    assert characters(got.text) == got.text
    (reports,) = STAGE([Analysis(document=got)])
    for report in reports:
        assert report.span.end <= len(got.text)
        for value in (report.place, report.published, *report.credit, *report.upstream):
            words = value.words if value else None
            if words:
                assert got.text[words.span.start : words.span.end] == words.quote
                assert words.span in report.span


def test_an_html_page_is_headline_byline_paragraphs_with_metadata():
    head = ld(
        {
            "@graph": [
                {"@type": "Organization", "name": "x"},
                {
                    "@type": "NewsArticle",
                    "headline": "Shells fall on port of Odesa",
                    "datePublished": "2024-03-04T23:30:00-02:00",
                    "dateModified": "2024-03-06",
                    "author": [{"name": "Ann Lee"}],
                    "publisher": {"name": "Reuters"},
                },
            ]
        }
    )
    got = doc(page(head=head + '<link rel="canonical" href="https://www.reuters.com/a">'))
    assert (got.title, got.byline, got.outlet) == ("Shells fall on port of Odesa", "By Ann Lee", "Reuters")
    assert got.canonical == "https://www.reuters.com/a"
    assert [k for k, _ in kinds(got)] == ["headline", "byline", "body", "body", "body"]
    assert got.published.value.instant == datetime(2024, 3, 5, 1, 30, tzinfo=UTC)
    assert got.published.value.period.best.isoformat() == "2024-03-04"
    assert got.published.evidence[0].raw == "2024-03-04T23:30:00-02:00"
    assert got.updated.value.timex.value == "2024-03-06"


@pytest.mark.parametrize("raw", ["0000-01-01", "9999-12-31", "2024-13-45", "soon", ""])
def test_impossible_dates_are_no_dates(raw):
    got = doc(page(head=f'<meta property="article:published_time" content="{raw}">'))
    assert got.published is None


def test_broken_json_ld_is_passed_over():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    head += (
        '<script type="application/ld+json">/* x */ {"@type": "NewsArticle", "datePublished": "2024-03-04",}</script>'
    )
    assert doc(page(head=head)).published.value.timex.value == "2024-03-04"


def test_posts_of_a_live_blog_are_in_the_text_even_if_the_page_does_not_show_them():
    posts = [
        {
            "@type": "BlogPosting",
            "headline": f"Headline {n}",
            "datePublished": f"2024-03-04T1{n}:00:00Z",
            "articleBody": f"<p>Post number {n} tells of the shelling &amp; its victims.</p>",
        }
        for n in (3, 2, 1)
    ]
    head = ld(
        {"@type": "LiveBlogPosting", "headline": "War live", "datePublished": "2024-03-04", "liveBlogUpdate": posts}
    )
    got = doc(page(head=head, title="War live"))
    (reports,) = STAGE([Analysis(document=got)])
    assert len(got.posts) == 3 and "Post number 2 tells of the shelling & its victims." in got.text
    assert [r.published.value.timex.value for r in reports[-3:]] == [
        "2024-03-04T13:00",
        "2024-03-04T12:00",
        "2024-03-04T11:00",
    ]
    assert [got.text[r.headline.start : r.headline.end] for r in reports[-3:]] == [
        "Headline 3",
        "Headline 2",
        "Headline 1",
    ]
    lawful(got)


def test_a_plain_text_live_blog_is_parted_at_its_labels():
    text = (
        "War live\n4 March 2024\n00:10 GMT\nThe army said that it had retaken the bridge over the river.\n"
        "23:40 GMT\nShells hit a clinic\nNine people were killed in the shelling of a clinic, doctors said.\n"
        "21:05 GMT\nThe two presidents spoke by telephone about the exchange of prisoners.\n"
    )
    got = doc(text, ".txt")
    assert [p.published.value.timex.value for p in got.posts] == [
        "2024-03-04T00:10",
        "2024-03-03T23:40",
        "2024-03-03T21:05",
    ]
    assert got.text[got.posts[1].headline.start : got.posts[1].headline.end] == "Shells hit a clinic"


def test_links_captions_and_scripts_are_not_news():
    body = BODY.replace("</p>", "</p><p><a href=/x>Five maps that explain the war at sea</a></p>", 1)
    body += "<figure><figcaption>The port of Odesa in the morning. [Jo Doe/AFP]</figcaption></figure>"
    body += "<script>alert(1)</script>"
    got = doc(page(body))
    news = " ".join(t for k, t in kinds(got) if k == "body")
    assert "Five maps" not in news and "Jo Doe" not in news and "alert" not in got.text


@pytest.mark.parametrize(
    "data", [b"<div>" * 100_000, b"<p " + b"a=1 " * 300_000 + b">", b"<a>" * 50_000, b"<" * 500_000]
)
def test_hostile_markup_is_a_failure_or_a_document_soon(data):
    lawful(read(Source(uri="x", data=b"<html><body>" + data, hint=".html"), KNOWLEDGE.outlets))


def test_a_record_is_read_with_its_fields():
    record = {
        "url": "https://example.org/a",
        "publisher": "Wikipedia",
        "title": "T",
        "date": "2025-01-02",
        "text": "Gas deliveries stop in the conflict.The state says it will not pay.",
        "upstream": "*Reuters*; Politico",
    }
    got = doc(json.dumps(record), ".jsonl")
    assert (got.uri, got.outlet, got.title) == ("https://example.org/a", "Wikipedia", "T")
    assert "conflict. The state" in got.text
    assert [u.value for u in got.upstream] == ["Reuters", "Politico"]
    (reports,) = STAGE([Analysis(document=got)])
    assert reports[0].upstream == got.upstream and reports[0].published.value.timex.value == "2025-01-02"


@pytest.mark.parametrize(
    ("met", "kept"),
    [
        ("the conflict.The army", "the conflict. The army"),
        ("over.“We go", "over. “We go"),
        ("he said.”The army", "he said.” The army"),
        ('he said "no."The army', 'he said "no." The army'),
        ("the U.S.Army left", "the U.S. Army left"),
        ("see www.example.Com now", "see www.example.Com now"),
        ("McDonald and YouTube, e.g. this", "McDonald and YouTube, e.g. this"),
        ("1.5 million", "1.5 million"),
    ],
)
def test_glued_sentences_are_parted(met, kept):
    assert unglued(met) == kept


def test_control_bidi_and_zero_width_characters_are_gone():
    assert characters("a\u202eb\u200bc\x00d\r\ne\u00a0f\ufeff \ud800") == "abcd\ne f "


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(codec):
    assert "Zürich – Café" in decode(("Zürich – Café in the morning, in the evening. " * 5).encode(codec))


def test_declared_encoding_is_believed():
    data = '<html><head><meta charset="windows-1251"></head><body>Киев</body></html>'.encode("cp1251")
    assert "Киев" in decode(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".html", ".txt", ".md", ".jsonl"]))
def test_any_bytes_give_a_document_or_a_failure(data, hint):
    lawful(read(Source(uri="x", data=data, hint=hint), KNOWLEDGE.outlets))


LINES = [
    "KYIV, March 5 (Reuters) - Shells fell.", "2 hours ago", "By Ann Lee", "A line", "AFP", "<b>x</b>", "10:30 GMT",
    "The army left the town on Monday, the mayor said in a statement to reporters.", "Read more: A thing here", "• One",
    "", "Reuters reported it.",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from([".html", ".txt", ".jsonl"]))
def test_blocks_are_in_order_and_quotes_are_the_text(lines, hint):
    data = json.dumps({"text": "\n".join(lines)}) if hint == ".jsonl" else "\n".join(lines)
    if hint == ".html":
        data = page("".join(f"<p>{line}</p>" for line in lines))
    lawful(read(Source(uri="x", data=data.encode(), hint=hint), KNOWLEDGE.outlets))


def test_the_same_source_gives_the_same_document():
    source = Source(uri="x", data=page().encode(), hint=".html")
    assert read(source, KNOWLEDGE.outlets) == read(source, KNOWLEDGE.outlets)


def test_the_way_to_a_page_is_no_headline():
    got = doc(page(title="World > Asia > River floods"))
    assert got.blocks[0].kind is BlockKind.LINK
    assert doc(page(title="Rates > 4 %: what it means")).blocks[0].kind is BlockKind.HEADLINE
