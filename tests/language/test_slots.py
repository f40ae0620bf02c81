"""Slots: the syntax of a trigger undone."""

import pytest
from msgspec.structs import replace

from coranto.documents.reports import make as reports
from coranto.evaluation.events import document
from coranto.language.en.slots import slots
from coranto.language.trees import Tree, trees
from coranto.records import Analysis
from coranto.sentences.parse import make as sentences

CASES = [
    ("Russian forces shelled and captured the town.", "captured", {"subj": ["forces"], "obj": ["town"]}),
    ("Three people were killed by gunmen.", "killed", {"subj": ["gunmen"], "obj": ["people"]}),
    ("Ukraine accused Russia of shelling a hospital.", "shelling", {"subj": ["Russia"], "obj": ["hospital"]}),
    ("The United States urged Israel to withdraw its troops.", "withdraw", {"subj": ["Israel"], "obj": ["troops"]}),
    ("Turkey, which invaded Syria in 2019, refused to pull out.", "invaded", {"subj": ["Turkey"], "obj": ["Syria"]}),
    ("Turkey, which invaded Syria in 2019, refused to pull out.", "pull", {"subj": ["Turkey"]}),
    ("Japan and South Korea held talks with China.", "held", {"subj": ["Japan", "Korea"], "with": ["China"]}),
    ("Missiles fired by Hezbollah hit Haifa.", "fired", {"subj": ["Hezbollah"], "obj": ["Missiles"]}),
    ("Ankara's decision to close the border angered Iraq.", "close", {"subj": ["Ankara"], "obj": ["border"]}),
    ("Police arrested dozens of protesters.", "arrested", {"obj": ["protesters"]}),
    ("Russian strikes on Odesa continued.", "strikes", {"mod": ["Russian"], "on": ["Odesa"]}),
    ("Talks between Iran and the US collapsed.", "Talks", {"between": ["Iran", "US"]}),
]  # fmt: skip


def parse(knowledge, text: str) -> Tree:
    a = Analysis(document=document(text, 0))
    a = replace(a, reports=reports(knowledge)([a])[0])
    a = replace(a, sentences=sentences(knowledge)([a])[0])
    return trees(a)[0]


@pytest.mark.parametrize(("text", "word", "expected"), CASES)
def test_arguments_stand_in_their_slots(knowledge, text, word, expected):
    tree = parse(knowledge, text)
    found = slots(tree, tree.words.index(word))
    for slot, heads in expected.items():
        assert [tree.words[t] for t in found.get(slot, [])] == heads, slot


def test_a_relative_clause_gives_no_second_subject(knowledge):
    tree = parse(knowledge, "The rebels, who had fled, attacked the army.")
    assert [tree.words[t] for t in slots(tree, tree.words.index("attacked"))["subj"]] == ["rebels"]
