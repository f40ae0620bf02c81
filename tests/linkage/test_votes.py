"""How states voted, by their names at the verb."""

import pytest

from coranto.linkage.votes import _told


def told(text, knowledge):
    return sorted(
        (ref.country, stance.value) for _, _, names, stance, _ in _told(text, 0, len(text), knowledge) for ref in names
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India, Brazil and South Africa abstained.", [("BRA", "abstains"), ("IND", "abstains"), ("ZAF", "abstains")]),
        ("China, which abstained, said little.", [("CHN", "abstains")]),
        ("It passed, with China and India abstaining.", [("CHN", "abstains"), ("IND", "abstains")]),
        ("Egypt and Kenya voted in favour.", [("EGY", "for"), ("KEN", "for")]),
        ("Mali also voted against the draft.", [("MLI", "against")]),
        ("There were abstentions by China and India.", [("CHN", "abstains"), ("IND", "abstains")]),
        ("The text was co-sponsored by Belgium and Kenya.", [("BEL", "for"), ("KEN", "for")]),
        ("Sponsored by Egypt, the text calls for a truce.", [("EGY", "for")]),
        ("They backed the text, which France had drafted.", [("FRA", "for")]),
        ("An amendment tabled by Russia failed.", []),
        ("India and Ethiopia were among those that abstained.", [("ETH", "abstains"), ("IND", "abstains")]),
        ("A minister from Kenya said that three members abstained.", []),
        ("Kenya condemned those who abstained.", []),
        ("Kenya spoke. Nine states abstained.", []),
    ],
)
def test_names_at_the_verb(knowledge, text, expected):
    assert told(text, knowledge) == expected
