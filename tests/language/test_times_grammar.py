"""The parts of the time grammar: words, patterns, calendar, named days, and laws that hold for every text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.language.en.times import calendar, find_times, is_narrative, named, scan
from coranto.language.en.times.readings import check
from coranto.language.en.times.tense import cue_tense
from coranto.language.en.times.words import lexicon, runs
from coranto.records import DataError, Granularity, Tense

DAY = date(2024, 3, 6)


def test_every_pattern_names_known_guards_and_readings() -> None:
    check()


def test_number_words_become_one_lexeme() -> None:
    (run,) = runs("twenty-five days", 0, 16)
    assert [lexeme.value for lexeme in run.lexemes] == ["25", "day"]
    assert run.lexemes[0].mark == lexicon().marks["number.word"]


def test_the_longest_match_wins() -> None:
    (match,) = scan("on Wednesday, May 3, 2023, at dawn"[:25])
    assert match.rule.name == "day"
    assert match.words == "wednesday, may 3, 2023"


def test_durations_have_their_timex_value() -> None:
    assert calendar.duration_value(3, "day") == "P3D"
    assert calendar.duration_value(1.5, "hour") == "PT1H30M"
    assert calendar.duration_value(2, "decade") == "P20Y"
    assert calendar.duration_value(None, "decade") == "PXDE"


def test_a_winter_begins_in_december_of_its_year() -> None:
    period = calendar.season(2022, "WI").period
    assert period and (period.low, period.high) == (date(2022, 12, 1), date(2023, 2, 28))


def test_months_are_counted_across_years() -> None:
    assert calendar.shifted(date(2024, 1, 31), "month", -1).value == "2023-12"
    assert calendar.moved(date(2024, 3, 31), "month", -1) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("year", "western", "orthodox"), [(2021, (4, 4), (5, 2)), (2024, (3, 31), (5, 5)), (2025, (4, 20), (4, 20))]
)
def test_easter(year: int, western: tuple[int, int], orthodox: tuple[int, int]) -> None:
    assert named.easter(year) == date(year, *western)
    assert named.orthodox_easter(year) == date(year, *orthodox)


def test_rules_of_named_days() -> None:
    assert named.days("11/4/4", 2023)[0] == date(2023, 11, 23)
    assert named.days("05/1/-1", 2024)[0] == date(2024, 5, 27)
    low, high = named.days("hijri-month 9", 2024)
    assert low <= date(2024, 3, 12) <= high
    with pytest.raises(DataError, match="some day"):
        named.days("some day", 2024)


def test_an_instant_needs_a_zone() -> None:
    with_zone, without = find_times("at 10:30 GMT, then at 9 p.m.", anchor=DAY)
    assert with_zone.instant == datetime(2024, 3, 6, 10, 30, tzinfo=UTC)
    assert without.instant is None


def test_a_stated_tense_overrules_the_cues() -> None:
    text = "They said Friday."
    past, future = (find_times(text, anchor=DAY, tense=lambda a, b, t=t: t)[0] for t in (Tense.PAST, Tense.FUTURE))
    assert (past.timex.value, future.timex.value) == ("2024-03-01", "2024-03-08")


def test_cues_of_tense() -> None:
    text = "The ministers will meet on Friday. Troops attacked on Monday."
    tense = cue_tense(text)
    assert tense(text.index("Friday"), text.index("Friday") + 6) is Tense.FUTURE
    assert tense(text.index("Monday"), text.index("Monday") + 6) is Tense.PAST


def test_what_was_leant_on_is_told() -> None:
    stated, mentioned = find_times("He fled on 4 May 2019. The next day he died.", anchor=DAY)
    assert (stated.anchor, mentioned.anchor) == ("", "mention")
    assert mentioned.mention == stated.span
    (published,) = find_times("He fled yesterday.", anchor=DAY)
    assert published.anchor == "publication"
    assert stated.score > published.score > mentioned.score


def test_a_range_keeps_its_ends() -> None:
    (found,) = find_times("from 3 to 5 May 2023", anchor=None)
    assert [p.timex.value for p in found.parts] == ["2023-05-03", "2023-05-05"]
    assert found.period and found.period.days == 3


def test_vague_references_have_no_period() -> None:
    for found in find_times("He now says that it was recently lost, and will soon be found.", anchor=DAY):
        assert found.period is None
        assert found.granularity is Granularity.VAGUE


def test_history_is_told_from_news() -> None:
    history = "On 1 September 1939 war broke out. On 17 September the east was invaded."
    news = "Police said on Tuesday that the suspect, born on 1 May 1975, was held on 3 March."
    assert is_narrative(scan(history), DAY)
    assert not is_narrative(scan(news), DAY)


FAR = [
    "on 9999-12-31", "31 December 9999", "in 10,000 years", "500000 years ago", "the 99th century", "February 30",
    "at 25:00", "in 0001", "3,000 decades later", "on 0000-00-00", "two thousand millennia ago", "-----", "May 99",
]  # fmt: skip


@pytest.mark.parametrize("text", FAR)
def test_impossible_or_far_dates_do_not_raise(text: str) -> None:
    for found in find_times(text, anchor=date(1, 1, 1)) + find_times(text, anchor=date(9999, 12, 31)):
        assert found.span.end <= len(text)


WORDS = st.sampled_from(
    "May 3 , 2024 - Monday last next the day week of in two ago later early overnight into Friday 10:30 GMT ( ) 's a "
    "first quarter year 1990s every night noon Easter between and to from 2010 said will . \n".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join), st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.none())
def test_found_times_are_in_order_and_inside_the_text(text: str, anchor: date | None) -> None:
    found = find_times(text, anchor=anchor)
    assert found == find_times(text, anchor=anchor)
    last = 0
    for time in found:
        assert last <= time.span.start < time.span.end <= len(text)
        last = time.span.end
        if time.period:
            assert time.period.low <= time.period.best <= time.period.high
        if anchor is None:
            assert time.anchor != "publication"


def test_a_moving_feast_beside_a_year_is_read_in_that_year():
    found = find_times("Easter 3 2010", anchor=date(2000, 1, 1))
    assert found[0].timex.value == "2010-04-04"
