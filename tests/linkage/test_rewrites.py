"""One report retold by another house, a report of the same event, and what must not be taken for a rewrite."""

import random

import pytest
from newsroom import Page, later

from coranto import knowledge
from coranto.linkage import copies, rewrites
from coranto.linkage.gists import origins
from coranto.records import LineageKind

TOLD = (
    "The mayor of Korvale, Tomas Brandt, said on Monday that 14 miners had died in the Arden pit. "
    "Rescue teams from Lindau reached the shaft after 36 hours. "
    "The owner, Novak Mining, had been fined 52,000 crowns in April. "
    "President Helena Moravec will visit the families in Sudgate."
)
RETOLD = (
    "Fourteen, or 14, men lost their lives in the Arden mine, according to Tomas Brandt, who is Korvale's mayor. "
    "It took 36 hours until rescuers sent by Lindau got to the gallery. "
    "In April a penalty of 52,000 crowns was imposed on Novak Mining, to which it belongs. "
    "A journey to the bereaved in Sudgate is planned by Helena Moravec, the president."
)
OTHER = (
    "Women lit candles at the gates of the Arden pit in Korvale, where 14 miners died. "
    "Jan Kostka had left the shift early because of a fever. "
    "The union Solid demands an inquiry by a judge from Westport. "
    "Shares of Novak Mining fell by nine percent, and its head, Viktor Lang, resigned."
)


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def found(known, *pages):
    prints = []
    for p in pages:
        prints.extend(copies.prints(p.document, [p.report], origins([p.report], p.document, known)))
    return rewrites.lineage(prints, copies.lineage(prints))


def test_a_retold_report_is_a_rewrite_and_shows_its_sentences(known):
    a, b = Page(TOLD, outlet="a.example"), Page(RETOLD, outlet="b.example", day=later(1))
    (line,) = found(known, a, b)
    assert (line.report, line.origin, line.how) == (b.report.id, a.report.id, LineageKind.REWRITTEN)
    assert 0.6 <= line.score <= 1
    assert len(line.evidence) >= 3
    assert all(w.quote == b.document.text[w.span.start : w.span.end] for w in line.evidence)
    assert line.evidence[-1].quote.startswith("A journey")


def test_a_report_of_its_own_on_the_same_event_is_none(known):
    assert not found(known, Page(TOLD, outlet="a.example"), Page(OTHER, outlet="c.example", day=later(1)))


def test_names_in_another_order_are_none(known):
    turned = " ".join(reversed(parts_of(RETOLD)))
    assert not found(known, Page(TOLD, outlet="a.example"), Page(turned, outlet="b.example", day=later(1)))


def parts_of(text):
    return [text[s.start : s.end] for s in rewrites.sentences(text)]


def test_one_house_retells_its_own_without_a_word(known):
    assert not found(known, Page(TOLD, outlet="a.example"), Page(RETOLD, outlet="a.example", day=later(1)))


def test_long_after_it_is_another_matter(known):
    assert not found(known, Page(TOLD, outlet="a.example"), Page(RETOLD, outlet="b.example", day=later(9)))


def test_what_both_only_quote_does_not_count(known):
    first = f"He spoke to the press at noon. “{TOLD}”"
    then = f"A statement was read out in the evening. “{RETOLD}”"
    assert not found(known, Page(first, outlet="a.example"), Page(then, outlet="b.example", day=later(1)))


def test_a_copy_is_not_said_again_to_be_a_rewrite(known):
    assert not found(known, Page(TOLD, outlet="a.example"), Page(TOLD, outlet="b.example", day=later(1)))


def test_the_order_of_reading_leaves_no_trace(known):
    pages = [
        Page(TOLD, outlet="a.example"),
        Page(RETOLD, outlet="b.example", day=later(1)),
        Page(OTHER, outlet="c.example", day=later(1)),
    ]
    told = found(known, *pages)
    for seed in range(5):
        mixed = random.Random(seed).sample(pages, len(pages))
        assert found(known, *mixed) == told


def test_sentences_are_the_text_but_for_the_gaps():
    text = "One came. “Two went!” Then 3.5 more\nwere seen in Paris."
    assert [text[s.start : s.end].strip("”") for s in rewrites.sentences(text)] == [
        "One came.", "“Two went!", "Then 3.5 more", "were seen in Paris."
    ]  # fmt: skip
