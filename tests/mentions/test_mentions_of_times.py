"""Mentions of times in parsed sentences."""

from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.mentions import times
from coranto.records import Analysis, Block, BlockKind, Document, MentionKind, Report, Span
from coranto.sentences import parse

TEXT = "Troops shelled the port on Monday. Ministers met from 3 to 5 May 2023 and again the following day."


def _parsed(knowledge: Knowledge, text: str) -> Analysis:
    span = Span(0, len(text))
    document = Document(
        id="d", uri="u", digest="0" * 32, outlet="o", text=text, blocks=(Block(kind=BlockKind.BODY, span=span),)
    )
    analysis = Analysis(document=document, reports=(Report(id="r", document="d", span=span),))
    return replace(analysis, sentences=parse.make(knowledge)([analysis])[0])


def test_mentions_quote_the_text(knowledge: Knowledge) -> None:
    analysis = _parsed(knowledge, TEXT)
    found = times.make(knowledge)(analysis)
    assert [m.words.quote for m in found] == ["Monday", "3 to 5 May 2023", "the following day"]
    assert all(TEXT[m.words.span.start : m.words.span.end] == m.words.quote for m in found)
    assert {m.kind for m in found} == {MentionKind.TIME}


def test_a_mention_points_at_its_sentence_and_head(knowledge: Knowledge) -> None:
    analysis = _parsed(knowledge, TEXT)
    first = times.make(knowledge)(analysis)[0]
    sentence = next(s for s in analysis.sentences if s.id == first.sentence)
    assert TEXT[sentence.tokens.starts[first.head] : sentence.tokens.ends[first.head]] == "Monday"


def test_no_sentences_no_mentions(knowledge: Knowledge) -> None:
    document = Document(id="d", uri="u", digest="0" * 32, outlet="o", text="On Monday.")
    assert times.make(knowledge)(Analysis(document=document)) == ()
