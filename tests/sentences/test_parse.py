"""Reports -> sentences: of which blocks, with which columns, and the same for every batch."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.language.en.repairs import mend
from coranto.records import Analysis, Block, BlockKind, Document, Report, Span
from coranto.sentences import parse


def page(*blocks, name="d"):
    """A document with a block for each pair of kind and text, and one report over it all."""
    made, text = [], ""
    for kind, words in blocks:
        made.append(Block(kind=BlockKind(kind), span=Span(len(text), len(text) + len(words))))
        text += words + "\n"
    document = Document(id=name, uri=name, digest="0" * 32, outlet="x", text=text, blocks=tuple(made))
    return Analysis(document=document, reports=(Report(id=f"{name}-r", document=name, span=Span(0, len(text))),))


@pytest.fixture(scope="module")
def sentences(knowledge):
    return parse.make(knowledge)


def texts(analysis, made):
    return [analysis.document.text[s.span.start : s.span.end] for s in made]


def test_blocks_are_split_into_sentences_that_never_cross_them(sentences):
    a = page(("headline", "Talks fail in Oslo"), ("body", "Talks failed. Nobody spoke."), ("item", "More follows"))
    (made,) = sentences([a])
    assert texts(a, made) == ["Talks fail in Oslo", "Talks failed.", "Nobody spoke.", "More follows"]
    assert [s.kind.value for s in made] == ["headline", "body", "body", "item"]
    assert {s.report for s in made} == {"d-r"}


def test_furniture_is_not_parsed(sentences):
    kinds = ["byline", "dateline", "teaser", "link", "related", "newsletter", "donation", "timestamp", "credit",
             "boilerplate", "foreign"]  # fmt: skip
    a = page(*((k, "Russia attacked Ukraine.") for k in kinds), ("body", "It rained."))
    (made,) = sentences([a])
    assert texts(a, made) == ["It rained."]


def test_captions_are_parsed_and_say_so(sentences):
    a = page(("caption", "A tank in Kherson on 5 March 2024."))
    assert [s.kind for s in sentences([a])[0]] == [BlockKind.CAPTION]


def test_only_blocks_within_a_report_are_parsed(sentences):
    a = page(("body", "One is first."), ("body", "Two is second."))
    inner = Report(id="r2", document="d", span=a.document.blocks[1].span)
    (made,) = sentences([Analysis(document=a.document, reports=(inner,))])
    assert texts(a, made) == ["Two is second."]


def test_columns_are_parallel_and_point_into_the_sentence(sentences):
    a = page(("body", "Turkey's army shelled the hills on Monday, officials said."))
    ((s,),) = sentences([a])
    t = s.tokens
    assert len({len(c) for c in (t.starts, t.ends, t.lemmas, t.tags, t.pos, t.heads, t.relations, t.entities)}) == 1
    words = [a.document.text[b:e] for b, e in zip(t.starts, t.ends)]
    assert words[:4] == ["Turkey", "'s", "army", "shelled"]
    assert t.lemmas[3] == "shell"
    assert all(0 <= h < len(words) for h in t.heads)
    assert [n for n, h in enumerate(t.heads) if n == h] == [words.index("said")]
    assert t.entities[0] == "B-GPE"


def test_an_empty_document_has_no_sentences(sentences):
    a = page(("body", " "))
    assert sentences([a]) == [()]
    assert sentences([]) == []


def test_batches_of_any_size_give_the_same(sentences):
    pages = [page(("body", f"The minister met {n} envoys. They left."), name=f"p{n}") for n in range(6)]
    at_once = sentences(pages)
    assert [sentences([p])[0] for p in pages] == at_once
    assert sentences(pages[::-1])[::-1] == at_once


def test_the_longest_blocks_are_cut_at_white_space_and_lose_nothing(sentences):
    words = "word " * 6_000
    spans = parse._cut(words, Span(0, len(words)))
    assert len(spans) > 1
    assert spans[0].start == 0 and spans[-1].end == len(words)
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert all(words[s.end - 1 : s.end + 1] in ("d ", " w", " ") for s in spans)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(alphabet="ab .\n", min_size=1, max_size=200), longest=st.integers(4, 50))
def test_cuts_cover_any_text_once(text, longest):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "LONGEST", longest)
        spans = parse._cut(text, Span(0, len(text)))
    assert "".join(text[s.start : s.end] for s in spans) == text
    assert all(s.end - s.start <= longest for s in spans)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_can_be_parsed(sentences, text):
    """Control characters, surrogate pairs, bidi marks: sentences lie in the text, in order, without overlap."""
    a = page(("body", text))
    (made,) = sentences([a])
    assert all(s.span.end <= len(a.document.text) for s in made)
    assert all(x.span.end <= y.span.start for x, y in pairwise(made))


def test_a_finite_verb_goes_with_the_verb_it_belongs_to():
    """ "urged them to stop and offered": *offered* hangs on *urged*."""
    tags = ["VBD", "PRP", "TO", "VB", "CC", "VBD"]
    relations = ["ROOT", "nsubj", "aux", "ccomp", "cc", "conj"]
    words = ["urged", "them", "to", "stop", "and", "offered"]
    assert mend(words, tags, relations, [0, 3, 3, 0, 3, 3]) == [0, 3, 3, 0, 3, 0]


def test_a_deed_belongs_to_the_verb_and_not_to_the_day():
    """ "accused Iran on Monday of shelling": *of* hangs on *accused*."""
    words = ["accused", "iran", "on", "monday", "of", "shelling"]
    tags = ["VBD", "NNP", "IN", "NNP", "IN", "VBG"]
    relations = ["ROOT", "dobj", "prep", "pobj", "prep", "pcomp"]
    assert mend(words, tags, relations, [0, 0, 0, 2, 3, 4]) == [0, 0, 0, 2, 0, 4]


def test_a_finite_verb_with_a_subject_of_its_own_stays():
    tags = ["VBD", "PRP", "TO", "VB", "CC", "PRP", "VBD"]
    relations = ["ROOT", "nsubj", "aux", "ccomp", "cc", "nsubj", "conj"]
    heads = [0, 3, 3, 0, 3, 6, 3]
    words = ["urged", "them", "to", "stop", "but", "they", "left"]
    assert mend(words, tags, relations, heads) == heads
