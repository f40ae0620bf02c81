"""Which report a note of correction corrects; which addresses are one page's."""

from datetime import timedelta

import pytest
from newsroom import DAY

from coranto import knowledge
from coranto.documents.read import read
from coranto.documents.reports import make
from coranto.documents.source import Source
from coranto.linkage.addresses import shared
from coranto.linkage.link import link
from coranto.records import Analysis, LineageKind

STORY = (
    "Two frigates left the naval base in the north on Monday, the ministry said, and sailed for the strait.\n"
    "They will join the patrol that began last month with ships of three other countries.\n"
    "The ministry gave no date for their return, and said that the crews had volunteered."
)
NOTE = "Correction, March 6: An earlier version of this article gave the wrong class of the ships. They are corvettes."


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def page(title, text, *, url, days=0, known):
    head = f"Title: {title}\nDate: {DAY + timedelta(days=days)}\nURL: {url}\nOutlet: Herald\n\n"
    made = read(Source(uri=url, data=(head + text).encode(), hint=".txt"), known.outlets)
    (reports,) = make(known)([Analysis(document=made)])
    return made, reports


def corrections(known, *pages):
    record = link([], [r for _, reports in pages for r in reports], [d for d, _ in pages], known)
    return [(x.report, x.origin, x.evidence) for x in record.lineage if x.how is LineageKind.CORRECTS]


def test_a_note_corrects_the_older_version_at_its_address(known):
    url = "https://herald.example/world/frigates"
    old = page("Frigates sail for the strait", STORY, url=url, known=known)
    new = page("Frigates sail for the strait", f"{STORY}\n{NOTE}", url=f"{url}/amp?utm_source=x", days=1, known=known)
    ((report, origin, (words,)),) = corrections(known, new, old)
    assert (report, origin) == (new[1][0].id, old[1][0].id)
    assert words.quote == NOTE == new[0].text[words.span.start : words.span.end]


def test_a_note_corrects_the_report_whose_headline_it_names(known):
    old = page("Frigates sail for the strait", STORY, url="https://herald.example/1", known=known)
    other = page("Harbour market closes for repairs", STORY[:90], url="https://herald.example/2", known=known)
    note = "Correction: An article on Tuesday, “Frigates sail for the strait”, misstated the class of the ships."
    new = page("Corrections of the week", f"{note}\nThe editors regret it.", url="https://herald.example/3", days=4,
               known=known)  # fmt: skip
    assert [(r, o) for r, o, _ in corrections(known, old, other, new)] == [(new[1][0].id, old[1][0].id)]


def test_a_headline_that_is_called_corrected_corrects_its_first_printing(known):
    old = page("Frigates sail for the strait", STORY, url="https://herald.example/1", known=known)
    new = page("CORRECTED: Frigates sail for the strait", STORY.replace("frigates", "corvettes"),
               url="https://herald.example/9", days=1, known=known)  # fmt: skip
    assert [(r, o) for r, o, _ in corrections(known, old, new)] == [(new[1][0].id, old[1][0].id)]


def test_without_a_note_nothing_is_corrected_and_a_note_alone_makes_no_line(known):
    url = "https://herald.example/world/frigates"
    old = page("Frigates sail for the strait", STORY, url=url, known=known)
    new = page("Frigates sail for the strait", f"{STORY}\nA third ship followed.", url=url, days=1, known=known)
    assert corrections(known, old, new) == []
    assert corrections(known, page("Frigates sail", f"{STORY}\n{NOTE}", url=url, known=known)) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.herald.example/world/story-1",
        "http://herald.example/world/story-1/",
        "https://amp.herald.example/world/story-1",
        "https://m.herald.example/amp/world/story-1",
        "https://herald.example/world/story-1/amp/",
        "https://herald.example/world/story-1.amp",
        "https://herald.example/world/story-1?utm_source=a&fbclid=b#top",
        "https://herald.example/world/story-1?outputType=amp",
        "https://www.google.com/amp/s/www.herald.example/world/story-1/amp",
        "https://herald-example.cdn.ampproject.org/v/s/herald.example/world/story-1?amp_js_v=1",
    ],
)
def test_twins_share_an_address(address):
    assert shared(address) == "herald.example/world/story-1"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://herald.example/story?id=1", "https://herald.example/story?id=2"),
        ("https://herald.example/world/camp", "https://herald.example/world/c"),
        ("https://news.herald.example/1", "https://sport.herald.example/1"),
        ("/tmp/amp/page.html", "/tmp/page.html"),
        ("https://[bad/amp", "https://[bad"),
    ],
)
def test_others_do_not(a, b):
    assert shared(a) != shared(b)


def test_an_amp_twin_is_the_same_document_and_one_voice(known):
    pages = [
        page("Frigates sail for the strait", STORY, url=u, days=n, known=known)
        for n, u in enumerate(["https://herald.example/w/1", "https://amp.herald.example/w/1?outputType=amp"])
    ]
    record = link([], [r for _, reports in pages for r in reports], [d for d, _ in pages], known)
    assert [(x.how, x.report, x.origin) for x in record.lineage] == [
        (LineageKind.SAME, pages[1][1][0].id, pages[0][1][0].id)
    ]
