"""The days of a live blog's posts that do not tell their own."""

from datetime import date

import pytest

from coranto.documents import reports
from coranto.documents.read import read
from coranto.documents.sources import Source
from coranto.records import Analysis, Basis, Document

TEXT = "Crews worked on through the rubble of the block, and {n} more families were taken to the school hall."


def blog(top, labels):
    lines = ["Live updates: the quake in the valley", top]
    for n, label in enumerate(labels):
        lines += [label, TEXT.format(n=n)]
    return "\n".join(line for line in lines if line)


def days(knowledge, text, captured="", hint=".txt"):
    source = Source(uri=f"x{hint}", data=text.encode(), hint=hint, captured=captured)
    document = read(source, knowledge.outlets)
    assert isinstance(document, Document)
    made = reports.make(knowledge)([Analysis(document=document)])[0]
    assert len(document.posts) == text.count("more families")
    return [r.published for r in made if "more families" in document.text[r.span.start : r.span.end]]


def best(found):
    return [f.value.period.best for f in found]


def test_labels_against_an_unknown_clock_count_back_from_the_last_change(knowledge):
    found = days(
        knowledge, blog("Updated 5 August 2024", ["12 minutes ago", "3 hours ago", "20 hours ago", "2 days ago"])
    )
    assert best(found) == [date(2024, 8, 5), date(2024, 8, 5), date(2024, 8, 4), date(2024, 8, 3)]
    assert [f.value.period.low for f in found][-1] <= date(2024, 8, 2)
    assert found[1].value.period.low == date(2024, 8, 4)  # nobody knows at which hour it was changed
    assert {f.basis for f in found} == {Basis.ASSUMED}


def test_a_page_begun_on_a_day_goes_on_from_it(knowledge):
    labels = ["12 minutes ago", "20 hours ago", "2 days ago"]
    assert best(days(knowledge, blog("Published 3 August 2024", labels))) == [
        date(2024, 8, 5),
        date(2024, 8, 4),
        date(2024, 8, 3),
    ]


@pytest.mark.parametrize(
    "top", ["Updated 5 August 2024", "Published 4 August 2024", "Published 4 August 2024, updated 5 August 2024"]
)
def test_clock_times_run_over_midnight(knowledge, top):
    found = days(knowledge, blog(top, ["00:40", "00:05", "23:50", "22:10"]))
    assert best(found) == [date(2024, 8, 5), date(2024, 8, 5), date(2024, 8, 4), date(2024, 8, 4)]


def test_labels_are_read_against_the_capture_of_an_archive(knowledge):
    text = blog("", ["12 minutes ago", "3 hours ago", "2 days ago"])
    page = "<html><head><title>Live: the quake</title></head><body><article>" + "".join(
        f"<p>{line}</p>" for line in text.split("\n")
    )
    found = days(knowledge, page, captured="2024-08-05T14:00:00Z", hint=".html")
    assert best(found)[:2] == [date(2024, 8, 5), date(2024, 8, 5)]
    assert (found[2].value.period.low, found[2].value.period.high) == (date(2024, 8, 2), date(2024, 8, 3))


def test_a_weekday_that_a_post_names_is_no_later_than_it(knowledge):
    text = blog("Updated 5 August 2024", ["12 minutes ago", "11 hours ago", "20 hours ago"])
    text = text.replace("and 1 more families", "the mayor said Monday, and 1 more families")
    period = days(knowledge, text)[1].value.period
    assert (period.low, period.best) == (date(2024, 8, 5), date(2024, 8, 5))


def test_posts_of_a_page_without_any_day_have_none(knowledge):
    assert days(knowledge, blog("", ["12 minutes ago", "3 hours ago", "2 days ago"])) == [None, None, None]
