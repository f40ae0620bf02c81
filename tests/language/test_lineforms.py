"""The model of lines: likelihoods, what it may take from running text and what it may not, the headline."""

import math

import pytest

from coranto.documents import flattened
from coranto.documents.page import Piece
from coranto.language.en import lineforms
from coranto.records import BlockKind

BODY, HEADLINE, LINK = BlockKind.BODY, BlockKind.HEADLINE, BlockKind.LINK
TEXTS = [
    "Skip to content",
    "Home / Region / Herders clash with farmers near the lake, nine dead",
    "Herders clash with farmers near the lake, nine dead",
    "By Amadou Tal",
    "Nine people were killed on Sunday when herders and farmers fought near the lake, the governor said.",
    "The army sent two companies to the district and closed the cattle market until further notice.",
    "“We have buried our sons,” an elder of the village told reporters.",
    "Follow us on Facebook",
]


def test_likelihoods_add_up_to_one() -> None:
    found = lineforms.likelihoods(["zone below", "length 2", "first follow"])
    assert math.isclose(sum(found.values()), 1.0)
    assert found == lineforms.likelihoods(["zone below", "length 2", "first follow"])


def test_signs_nobody_knows_leave_all_kinds_alike() -> None:
    assert len(set(lineforms.likelihoods(["no such sign"]).values())) == 1


def test_running_text_stays_and_one_line_at_most_is_the_headline() -> None:
    kinds = [BlockKind.BOILERPLATE, HEADLINE, BlockKind.TEASER, BlockKind.BYLINE, BODY, BODY, BODY, LINK]
    found = lineforms.retyped(TEXTS, kinds)
    assert found[4:7] == [BODY, BODY, BODY]
    assert found.count(HEADLINE) == 1 and found.index(HEADLINE) < 4
    assert found[7] is BlockKind.BOILERPLATE


def test_a_short_line_never_becomes_running_text() -> None:
    kinds = [LINK] * 3
    assert BODY not in lineforms.retyped(["Share", "He said so.", "Two died."], kinds)


@pytest.mark.parametrize("kind", sorted(lineforms.FIXED))
def test_kinds_of_rules_alone_stay(kind: BlockKind) -> None:
    assert lineforms.retyped(["Follow us on Facebook"], [kind]) == [kind]


def test_a_line_that_holds_another_says_so() -> None:
    signs = lineforms.signs_of(TEXTS, [LINK] * len(TEXTS))
    assert "holds another" in signs[1] and "held" in signs[2]
    assert "held" not in signs[4]


def test_a_trail_that_ends_in_the_headline_is_none() -> None:
    found = flattened.ruled([Piece(BODY, text) for text in TEXTS], form=lambda text: BODY)
    assert found is not None and found.title == TEXTS[2]
    assert found.kinds.index(HEADLINE) == 2 and len(found.kinds) == len(TEXTS)


def test_an_index_of_pieces_has_no_running_text() -> None:
    index = ["News", "World", "Africa", "Sport", "Rebels take second town on the river", "Home", "Politics"]
    index += ["Union calls off strike at the port", "Health", "Opinion", "Court frees former mayor on bail"]
    found = flattened.parted([Piece(BODY, text) for text in index], form=lambda text: BODY)
    assert found is not None and found.title == ""
    assert {piece.kind for piece in found.pieces} == {BlockKind.TEASER, BlockKind.BOILERPLATE}


def test_a_short_note_is_no_index() -> None:
    note = ["Rebels take second town on the river", "Nobody was hurt", "Talks go on"]
    assert flattened.parted([Piece(BODY, text) for text in note], form=lambda text: BODY) is None
