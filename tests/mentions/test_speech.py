"""Who says what: cases as data, and laws of the layer."""

import json
from pathlib import Path
from typing import Any

import pytest

from coranto import knowledge
from coranto.evaluation.attribution import analyse
from coranto.knowledge import Knowledge
from coranto.language.trees import trees
from coranto.mentions import speech
from coranto.mentions.speech_spans import quotations, united, without
from coranto.records import Analysis, Span, Speech, SpeechKind

FILE = Path(__file__).parents[1] / "cases" / "speech.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def _analysis(text: str, known: Knowledge) -> Analysis:
    return next(iter(analyse([text], known)))


def _told(layer: tuple[Speech, ...], text: str) -> list[list[str]]:
    """Source, cue, content and stance in words; the parts of one utterance joined."""
    joined: dict[tuple[Any, ...], list[Span]] = {}
    for s in layer:
        joined.setdefault((s.source, s.cue, s.stance), []).extend(s.content)

    def words(spans: Any) -> str:
        return " ".join(text[s.start : s.end] for s in spans)

    return [[words(k[0]), words(k[1]), " ... ".join(text[c.start : c.end] for c in v), k[2]] for k, v in joined.items()]


def _marked(case: dict[str, Any]) -> Any:
    failing = [pytest.mark.xfail(strict=True, reason=case["known_failure"])] if "known_failure" in case else []
    return pytest.param(case, id=case["text"][:60], marks=failing)


@pytest.mark.parametrize("case", [_marked(c) for c in CASES])
def test_case(case: dict[str, Any], known: Knowledge) -> None:
    made = _analysis(case["text"], known)
    if "said" in case:
        told = _told(made.speech, case["text"])
        assert all(s in told for s in case["said"]), told
        assert case["said"] or not told, told
    if "attitudes" in case:
        assert _told(speech.attitudes(made, known), case["text"]) == case["attitudes"]


def test_content_lies_in_its_sentence_and_holds_no_cue_of_its_own(known: Knowledge) -> None:
    text = (
        '"The dam held," Mayor Ines Duarte told the radio. "We had feared the worst. It was a long night."\n'
        "The river, officials say, is falling. Engineers warned that the wall could crack, according to the daily."
    )
    made = _analysis(text, known)
    spans = {t.sentence.id: t.sentence.span for t in trees(made)}
    assert made.speech
    for s in made.speech:
        assert all(c in spans[s.sentence] for c in s.content)
        assert not any(cue.overlaps(c) for cue in s.cue for c in s.content)
    assert len({s.id for s in made.speech}) == len(made.speech)


def test_what_is_quoted_over_sentences_keeps_its_speaker_and_kind(known: Knowledge) -> None:
    text = '"The dam held," the mayor told the radio. "The night was long. It was cold."\nSchools reopened.'
    made = _analysis(text, known)
    mayor = [s for s in made.speech if any(text[x.start : x.end] == "the mayor" for x in s.source)]
    assert len({s.sentence for s in mayor}) == 3
    assert {s.kind for s in mayor} == {SpeechKind.DIRECT}


def test_nested_speech_names_what_holds_it(known: Knowledge) -> None:
    text = "The envoy said that the army denied that it fired."
    outer, inner = _analysis(text, known).speech
    assert inner.parent == outer.id
    assert outer.parent == ""


def test_quotations_end_with_their_paragraph() -> None:
    assert quotations('a "b c" d') == [Span(3, 6)]
    assert quotations("“one\n“two”") == [Span(1, 4), Span(6, 9)]
    assert quotations("no marks") == []


def test_spans_are_united_and_cut() -> None:
    assert united([Span(5, 8), Span(0, 4), Span(20, 22)]) == [Span(0, 8), Span(20, 22)]
    assert without(Span(0, 10), [Span(3, 5)]) == [Span(0, 3), Span(5, 10)]


def test_marks_with_nothing_between_them_quote_nothing():
    assert quotations('He said " " and left. "" It was so.') == []
