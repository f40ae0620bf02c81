"""A line under many pieces of one outlet makes no event; a story printed many times does."""

import random

import pytest
from newsroom import DAY, Page, country, later

from coranto import knowledge
from coranto.linkage.link import link

APPEAL = "Help us report on the war since tanks attacked the capital: give what you can today."
TOWNS = ["Alder", "Birch", "Cedar", "Damson", "Elder", "Fir"]


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def piece(town, number, *, line=APPEAL, outlet="herald.example"):
    words = f"{town} council chose number {number} of its plans for the {town} road and paid {town} builders."
    page = Page(f"{words}\n{line}", outlet=outlet, uri=f"https://{outlet}/{town}", day=later(number))
    page.event("attacked", actor=country("RUS"), recipient=country("UKR"), day=DAY)
    return page


def linked(known, pages):
    return link([e for p in pages for e in p.events], [p.report for p in pages], [p.document for p in pages], known)


def test_a_repeated_line_is_left_out_and_named(known):
    pages = [piece(town, n) for n, town in enumerate(TOWNS[:5])]
    record = linked(known, pages)
    assert record.events == ()
    assert record.furniture == tuple(sorted(e.id for p in pages for e in p.events))


def test_the_order_of_pages_leaves_no_trace(known):
    pages = [piece(town, n) for n, town in enumerate(TOWNS)]
    shuffled = random.Random(7).sample(pages, len(pages))
    assert linked(known, pages) == linked(known, shuffled)


def test_four_pieces_are_too_few(known):
    record = linked(known, [piece(town, n) for n, town in enumerate(TOWNS[:4])])
    assert record.furniture == () and record.events


def test_what_other_outlets_print_too_is_no_furniture(known):
    pages = [piece(town, n) for n, town in enumerate(TOWNS[:5])]
    record = linked(known, [*pages, piece("Gum", 6, outlet="courier.example")])
    assert record.furniture == () and record.events


def test_a_story_printed_at_many_addresses_is_none(known):
    story = (
        "Soldiers attacked the northern bridge on Tuesday and held it until the evening, witnesses in the town said.\n"
        "The mayor asked people to stay at home, and the market closed before noon for the first time since spring."
    )
    pages = [Page(story, outlet="herald.example", uri=f"https://herald.example/{n}", day=later(n)) for n in range(7)]
    for page in pages:
        page.event("attacked", actor=country("RUS"), recipient=country("UKR"), day=DAY)
    record = linked(known, pages)
    assert record.furniture == () and len(record.events) == 1
