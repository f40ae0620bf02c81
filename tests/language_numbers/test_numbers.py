"""Digits and number words with their qualifiers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.language.en.numbers import number, quantities
from coranto.language.en.votes import votes

CASES = [
    ("at least 12 people", "at least 12", 12, None, True),
    ("more than 1,200 homes", "more than 1,200", 1200, None, True),
    ("some 300 troops", "some 300", 300, 300, False),
    ("nearly 1.5 million", "nearly 1.5 million", 1500000, 1500000, False),
    ("dozens of people", "dozens of", 24, None, False),
    ("scores", "scores", 40, None, False),
    ("hundreds of thousands", "hundreds of thousands", 200000, None, False),
    ("tens of thousands", "tens of thousands", 20000, None, False),
    ("a dozen men", "a dozen", 12, 12, False),
    ("two dozen", "two dozen", 24, 24, False),
    ("12-15 fighters", "12-15", 12, 15, True),
    ("between 5 and 7 people", "between 5 and 7", 5, 7, True),
    ("five or six people", "five or six", 5, 6, True),
    ("2 to 3 million", "2 to 3 million", 2000000, 3000000, True),
    ("two-thirds of", "two-thirds", Decimal("66.7"), Decimal("66.7"), False),
    ("twenty-three", "twenty-three", 23, 23, True),
    ("one hundred and fifty", "one hundred and fifty", 150, 150, True),
    ("a couple of men", "a couple of", 2, 2, False),
    ("several people", "several", 3, None, False),
    ("half a million", "half a million", 500000, 500000, True),
    ("up to 40", "up to 40", None, 40, True),
    ("fewer than 40", "fewer than 40", None, 40, True),
    ("12 or more", "12 or more", 12, None, True),
    ("3.5%", "3.5%", Decimal("3.5"), Decimal("3.5"), True),
    ("a few hundred", "a few hundred", 300, None, False),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "exact"), CASES)
def test_quantities(text: str, words: str, low: object, high: object, exact: bool) -> None:
    (found,) = quantities(text)
    assert text[found.start : found.end] == words
    assert (found.low, found.high, found.exact) == (low, high, exact)


@pytest.mark.parametrize("text", ["Su-34", "F-16", "S-300", "a third member", "no number here", ""])
def test_no_quantity(text: str) -> None:
    assert quantities(text) == []


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_read_back(value: int) -> None:
    assert number(str(value)) == value
    assert number(f"{value:,}") == value


@given(st.text(max_size=60))
def test_quantities_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for q in quantities(text):
        assert at <= q.start <= q.core < q.end <= len(text)
        assert q.low is None or q.high is None or q.low <= q.high
        at = q.end


def test_votes_need_a_vote() -> None:
    assert votes("They won 3-1.") == []
    assert [(v.what, v.number) for v in votes("The resolution passed 11-2-2.")] == [
        ("votes-for", 11),
        ("votes-against", 2),
        ("abstentions", 2),
    ]
