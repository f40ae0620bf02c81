"""Copies made from written texts: truncated, edited, embedded, quoted only, and texts of their own."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import Page, later

from coranto import knowledge
from coranto.linkage import copies, wires
from coranto.linkage.gists import origins
from coranto.records import LineageKind

WORDS = (
    "harbour convoy village minister market bridge ceasefire grain pipeline border envoy parliament drone "
    "shelter river airfield column refugee railway dam hospital clinic truce summit corridor depot "
    "garrison province ferry mountain inspector prisoner exchange ration warehouse school engineer patrol "
    "checkpoint observer mandate protest budget"
).split()
VERBS = "reached crossed closed opened guarded repaired searched emptied counted watched feared praised left".split()


def story(seed, sentences=24):
    """A text that shares no run of five words with another seed's, but by chance."""
    draw = random.Random(seed)
    made = []
    for _ in range(sentences):
        words = [draw.choice(WORDS) if n % 3 else draw.choice(VERBS) for n in range(draw.randint(9, 16))]
        made.append(" ".join(words).capitalize() + ".")
    return "\n".join(" ".join(made[n : n + 3]) for n in range(0, sentences, 3))


def edited(text, seed, share):
    draw = random.Random(seed)
    return " ".join(w if draw.random() > share else draw.choice(WORDS) for w in text.split(" "))


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def lines(known, *pages):
    prints = []
    for p in pages:
        prints.extend(copies.prints(p.document, [p.report], origins([p.report], p.document, known)))
    return copies.lineage(prints)


def pair(known, first, second, **fields):
    a = Page(first, outlet="a.example")
    b = Page(second, outlet="b.example", day=later(1), **fields)
    return a, b, lines(known, a, b)


@pytest.mark.parametrize(
    ("second", "kinds"),
    [
        (story(1), {LineageKind.SAME}),
        (story(1)[:1600], {LineageKind.EDITED}),
        (edited(story(1), 5, 0.05), {LineageKind.EDITED}),
        (edited(story(1), 5, 0.12), {LineageKind.EDITED, LineageKind.EMBEDDED}),
        (story(2, 3) + "\n" + story(1), {LineageKind.SAME, LineageKind.EDITED}),
        (story(2) + "\n" + story(1)[:700] + "\n" + story(3), {LineageKind.EMBEDDED}),
        (story(1)[:400], {LineageKind.EDITED}),
    ],
)
def test_copies_are_found(known, second, kinds):
    _, _, found = pair(known, story(1), second)
    assert len(found) == 1
    assert found[0].how in kinds


def test_the_later_report_takes_from_the_older(known):
    a, b, found = pair(known, story(1), edited(story(1), 5, 0.05))
    assert (found[0].report, found[0].origin) == (b.report.id, a.report.id)


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_a_shared_quotation_is_no_copy(known, marks):
    said = story(9, 4).replace("\n", " ")
    first, second = (f"{story(n)}\n{marks[0]}{said}{marks[1]} the envoy said.\n{story(n + 50, 3)}" for n in (1, 2))
    assert pair(known, first, second)[2] == []


def test_texts_of_their_own_are_no_copies(known):
    pages = [Page(story(n), outlet=f"o{n}.example") for n in range(30)]
    assert lines(known, *pages) == []


def test_what_an_outlet_prints_under_every_piece_is_no_copy(known):
    foot = story(77, 6)
    pages = [Page(f"{story(n, 6)}\n{foot}", outlet="a.example", day=later(n)) for n in range(8)]
    assert lines(known, *pages) == []


def test_passages_are_cited_word_for_word(known):
    whole = story(2) + "\n" + story(1)[:700] + "\n" + story(3)
    _, b, (line,) = pair(known, story(1)[:700], whole)
    assert line.report == b.report.id
    for words in line.evidence:
        assert whole[words.span.start : words.span.end] == words.quote
        assert words.quote in story(1)


def test_bodies_at_one_address_are_versions(known):
    a = Page(story(1), uri="https://a.example/1")
    b = Page(story(1)[:500] + story(4), uri="https://a.example/1", day=later(1))
    (line,) = lines(known, a, b)
    assert line.how in (LineageKind.EDITED, LineageKind.EMBEDDED)


def test_a_story_in_two_hundred_outlets_is_joined_without_comparing_all(known):
    pages = [Page(story(1) + f"\nOutlet {n}.", outlet=f"o{n}.example", day=later(n % 5)) for n in range(200)]
    found = lines(known, *pages)
    assert len(found) < 199 * 4
    linked = {x for line in found for x in (line.report, line.origin)}
    assert linked == {p.report.id for p in pages}


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(6)))
def test_order_changes_nothing(known, order):
    texts = [story(1), edited(story(1), 3, 0.1), story(1)[:800], story(2), story(2) + story(1)[:500], story(3)]
    pages = [Page(t, outlet=f"o{n}.example", day=later(n)) for n, t in enumerate(texts)]
    assert lines(known, *pages) == lines(known, *(pages[n] for n in order))


@pytest.mark.parametrize("text", ["", "One.", "«", "“" * 50, "word " * 5000, "a.b" * 100, "🛩️ 🛩️ 🛩️ 🛩️ 🛩️ 🛩️ 🛩️"])
def test_odd_texts(known, text):
    pages = [Page(text + " .", outlet=f"o{n}.example", uri=str(n)) for n in range(3)]
    assert len(lines(known, *pages)) <= 3


def test_credits_become_lineage(known):
    one = Page(story(1), credit=("Reuters", "Quill News Service"), upstream=("Kyodo",))
    found = {(x.origin, x.how) for x in wires.lineage([one.report], known)}
    assert ("agency:thomson-reuters", LineageKind.WIRE) in found
    assert ("outlet:quill news service", LineageKind.WIRE) in found
    assert len(found) == 3
