"""What stands in captions, links and boxes is not coded; what is coded says why, and so does what is not."""

import pytest

from coranto.documents.reports import make as reports
from coranto.engine.pipeline import Pipeline
from coranto.events.explain import explain
from coranto.records import Analysis, Block, BlockKind, Document, Span

WORDS = "Russian troops shelled Kharkiv on Monday."
SILENT = sorted(set(BlockKind) - {BlockKind.HEADLINE, BlockKind.BODY, BlockKind.ITEM, BlockKind.QUOTE})


def page(kind):
    """A page whose second block is of this kind and tells of an attack."""
    first = "The council met in Geneva to talk about fisheries."
    text = f"{first}\n{WORDS}"
    blocks = (
        Block(kind=BlockKind.BODY, span=Span(0, len(first))),
        Block(kind=kind, span=Span(len(first) + 1, len(text))),
    )
    return Document(id=f"d-{kind}", uri=f"u-{kind}", digest="0" * 32, outlet="x", text=text, blocks=blocks)


@pytest.fixture(scope="module")
def coded(knowledge):
    kinds = list(BlockKind)
    return dict(zip(kinds, Pipeline(knowledge)([page(k) for k in kinds])))


@pytest.mark.parametrize("kind", SILENT)
def test_nothing_is_coded_from(coded, kind):
    a = coded[kind]
    assert isinstance(a, Analysis)
    assert not [e for e in a.events if e.trigger.quote == "shelled"]


@pytest.mark.parametrize("kind", [BlockKind.HEADLINE, BlockKind.BODY, BlockKind.ITEM, BlockKind.QUOTE])
def test_news_is_coded_from(coded, kind):
    assert [e.trigger.quote for e in coded[kind].events if e.type.value.value == "ASSAULT"] == ["shelled"]


def test_a_report_is_made_of_every_page(knowledge):
    made = reports(knowledge)([Analysis(document=page(BlockKind.CAPTION))])
    assert len(made[0]) == 1


def test_explain_names_what_was_coded(analysed, knowledge):
    lines = "\n".join(explain(analysed(WORDS), knowledge))
    assert "ASSAULT" in lines and "shelled" in lines


def test_explain_names_what_was_not_coded_and_why(analysed, knowledge):
    lines = "\n".join(explain(analysed("The alliance will respond to Russia, a diplomat said."), knowledge))
    assert "'respond': no frame holds" in lines and "CODED" not in lines
