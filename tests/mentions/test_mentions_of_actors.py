from collections.abc import Callable

import pytest
from msgspec.structs import replace

from coranto import knowledge as knowledge_
from coranto.language.trees import trees
from coranto.mentions import actors
from coranto.records import Analysis, Block, BlockKind, Document, MentionKind, Report, Span
from coranto.sentences import parse


@pytest.fixture(scope="module")
def find() -> Callable[[str], list[tuple[str, str]]]:
    known = knowledge_.load()

    def run(text: str) -> list[tuple[str, str]]:
        span = Span(0, len(text))
        document = Document(id="d", uri="u", digest="0" * 32, outlet="o", text=text,
                            blocks=(Block(kind=BlockKind.BODY, span=span),))  # fmt: skip
        made = Analysis(document=document, reports=(Report(id="r", document="d", span=span),))
        made = replace(made, sentences=parse.make(known)([made])[0])
        found = actors.make(known)(made)
        by_id = {t.sentence.id: t for t in trees(made)}
        for m in found:
            assert m.kind is MentionKind.ACTOR
            assert text[m.words.span.start : m.words.span.end] == m.words.quote
        assert len({m.id for m in found}) == len(found)
        return [(m.words.quote, by_id[m.sentence].words[m.head]) for m in found]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan and South Korea met.", [("Japan", "Japan"), ("South Korea", "Korea")]),
        ("Russian and Belarusian troops crossed the river.",
         [("Russian and Belarusian troops", "troops"), ("Belarusian troops", "troops")]),
        ("Ukrainian President Volodymyr Zelenskyy met Polish lawmakers.",
         [("Ukrainian President Volodymyr Zelenskyy", "Zelenskyy"), ("Polish lawmakers", "lawmakers")]),
        ("The residents of Kharkiv, who had no power, left.", [("The residents of Kharkiv", "residents")]),
        ("Israeli airstrikes hit the port.", [("Israeli", "Israeli")]),
        ("Ankara's decision angered Athens.", [("Ankara", "Ankara"), ("Athens", "Athens")]),
        ("The summit in Vienna ended.", []),
        ("It is clear that it rained.", []),
        ("The bridge collapsed on Monday.", []),
        ("The US-backed militia withdrew.", [("The US-backed militia", "militia")]),
        ("Both sides agreed.", [("Both sides", "sides"), ("sides", "sides")]),
    ],
)  # fmt: skip
def test_actors_are_whole_noun_phrases(
    find: Callable[[str], list[tuple[str, str]]], text: str, expected: list[tuple[str, str]]
) -> None:
    assert find(text) == expected


@pytest.mark.parametrize("pronoun", ["He", "She", "They"])
def test_personal_subjects_are_mentions(find: Callable[[str], list[tuple[str, str]]], pronoun: str) -> None:
    assert find(f"{pronoun} refused the offer.") == [(pronoun, pronoun)]


def test_a_person_named_like_a_country_is_no_country(find: Callable[[str], list[tuple[str, str]]]) -> None:
    assert find("Michael Jordan spoke.") == [("Michael Jordan", "Jordan")]
