"""Values in words, and text cut by marks."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.publish.marks import KINDS, Mark, stretches
from coranto.publish.phrases import ACTS, briefly, clean, neutral, say
from coranto.records import (
    Event,
    EventType,
    Figure,
    FigureKind,
    Granularity,
    Period,
    Place,
    Precision,
    Ref,
    RefKind,
    Span,
    TimeExpression,
    Timex,
)

KILLED = FigureKind.KILLED


@pytest.mark.parametrize(
    ("low", "high", "exact", "words"),
    [
        ("7", "7", True, "7 killed"),
        ("7", "9", True, "7 to 9 killed"),
        ("9", None, True, "at least 9 killed"),
        (None, "1200", True, "at most 1,200 killed"),
        ("300", "300", False, "about 300 killed"),
        (None, None, True, "an unknown number of killed"),
        ("0", "0", True, "0 killed"),
    ],
)
def test_figures_in_words(low: str | None, high: str | None, exact: bool, words: str) -> None:
    bounds = [None if b is None else Decimal(b) for b in (low, high)]
    assert say(Figure(what=KILLED, low=bounds[0], high=bounds[1], unit="people", exact=exact)) == words


def test_times_in_words() -> None:
    low, high = date(2024, 3, 4), date(2024, 3, 10)
    week = Period(low=low, high=high, best=low)
    one = Period(low=low, high=low, best=low)

    def time(value: str, **more: object) -> str:
        return say(TimeExpression(timex=Timex(type="DATE", value=value), **more))

    assert time("2024-03-04", period=one) == "2024-03-04"
    assert time("2024-W10", period=week, granularity=Granularity.WEEK) == "week of 2024-03-04 to 2024-03-10"
    assert time("2024-03", period=week, granularity=Granularity.MONTH) == "2024-03"
    assert time("P3D") == "P3D"
    at = datetime(2024, 3, 4, 5, 30, tzinfo=UTC)
    assert time("x", period=one, instant=at, granularity=Granularity.INSTANT) == "2024-03-04 05:30 UTC"


def test_an_open_time_is_said_by_its_end() -> None:
    period = Period(low=date(2023, 3, 6), high=date(2024, 3, 5), best=date(2024, 3, 5))
    time = TimeExpression(timex=Timex(type="DATE", value="PAST_REF"), period=period, granularity=Granularity.VAGUE)
    assert (say(time), briefly(time)) == ("some time up to 2024-03-05", "by 2024-03-05")


@pytest.mark.parametrize(
    ("low", "high", "granularity", "words"),
    [
        ("2024-03-04", "2024-03-04", Granularity.INSTANT, "2024-03-04"),
        ("2024-03-04", "2024-03-10", Granularity.WEEK, "2024-03-04/10"),
        ("2024-03-30", "2024-04-02", Granularity.DAY, "2024-03-30/2024-04-02"),
        ("2024-03-01", "2024-03-31", Granularity.MONTH, "T"),
    ],
)
def test_times_briefly(low: str, high: str, granularity: Granularity, words: str) -> None:
    first, last = date.fromisoformat(low), date.fromisoformat(high)
    period = Period(low=first, high=last, best=first)
    at = datetime(2024, 3, 4, 5, 30, tzinfo=UTC)
    time = TimeExpression(timex=Timex(type="DATE", value="T"), period=period, granularity=granularity, instant=at)
    assert briefly(time) == words


def test_names_in_words() -> None:
    person = Ref(id="", name="Ann\nLee\u202e", kind=RefKind.PERSON, role="envoy")
    assert say(person) == "Ann Lee, envoy"
    assert say(Ref(id="", name="", kind=RefKind.UNKNOWN)) == "unknown"
    assert say(Place(id="", name="Ukraine", precision=Precision.COUNTRY, country="UKR")) == "Ukraine, UKR"
    assert clean("a\x00b\u200bc\r\n d") == "abc d"


@pytest.mark.parametrize("type", EventType)
def test_every_type_has_a_sentence_even_without_fields(type: EventType) -> None:
    event = Event(id="e", type=type, coded=("c",), reports=("r",), outlets=("o",), voices=())
    assert neutral(event) == f"An unnamed actor {ACTS[type][0]}"


spans = st.tuples(st.integers(0, 39), st.integers(1, 12)).map(lambda p: Span(p[0], min(40, p[0] + p[1])))


@given(st.lists(st.tuples(st.sampled_from(KINDS), spans), max_size=12), spans)
def test_stretches_join_to_the_same_text_and_hold_exactly_their_marks(
    marked: list[tuple[str, Span]], within: Span
) -> None:
    text = "".join(chr(0x41 + i) for i in range(40))
    made = stretches(text, within, [Mark(kind=kind, span=span) for kind, span in marked])
    assert "".join(s.text for s in made) == text[within.start : within.end]
    at = within.start
    for stretch in made:
        here = Span(at, at + len(stretch.text))
        assert set(stretch.kinds) == {kind for kind, span in marked if here in span}
        assert set(stretch.starts) == {kind for kind, span in marked if here in span and span.start == here.start}
        at = here.end
