"""Each paragraph is told by its language; names within English text do not make it another."""

import json
from pathlib import Path

import pytest
from reading import KNOWLEDGE

from coranto.documents.read import read
from coranto.documents.source import Source
from coranto.language.detect import language
from coranto.records import BlockKind, Document

CASES = Path(__file__).parents[1] / "cases" / "languages.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text("utf-8").splitlines()],
    ids=lambda c: f"{c['language']} {c['text'][:30]}",
)
def test_language(case):
    assert language(case["text"]) == case["language"]


def test_a_mixed_page_keeps_each_block_in_its_language():
    """A headline, quotation and paragraph in French stay, are marked, and are not what is coded."""
    lines = [
        "Les ministres signent à Genève un accord sur le fleuve partagé",
        "Ministers of four countries signed an accord in Geneva on Thursday on the water of a river.",
        "« C'est une journée historique pour nos quatre peuples », a déclaré la ministre devant la presse.",
        "Уряд оголосив у вівторок, що виведе війська з регіону до кінця місяця.",
        "The parliaments of the four countries must ratify the text before the end of the year.",
    ]
    made = read(Source(uri="x.txt", data="\n".join(lines).encode(), hint=".txt"), KNOWLEDGE.outlets)
    assert isinstance(made, Document)
    told = [(b.kind, b.language) for b in made.blocks]
    foreign = BlockKind.FOREIGN
    assert told == [(foreign, "fr"), (BlockKind.BODY, ""), (foreign, "fr"), (foreign, "uk"), (BlockKind.BODY, "")]
    assert made.language == "en"
    assert made.text.split("\n") == lines
