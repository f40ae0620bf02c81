"""The tasks on reading, on gold made here."""

# ruff: noqa: E501

import json

import pytest

from coranto.evaluation import credits, lines, liveblogs, pages
from coranto.evaluation.shingles import agreement, held
from coranto.records import DataError

BODY = "The two envoys met in Nairobi on Monday and spoke about the border. They will meet again in a week, officials said."


def test_wording_shared():
    assert agreement(BODY, BODY)[2] == 1 and agreement(BODY, "")[2] == 0 and agreement("", "")[2] == 1
    assert held("a b c d e", "x A B C D E y") == 1 and held("a b c d e", "a b c d") == 0.5


def test_pages(tmp_path, knowledge):
    (tmp_path / "html").mkdir()
    html = f"<html><head><title>Envoys meet</title></head><body><article><h1>Envoys meet</h1><p>{BODY}</p></article></body></html>"
    (tmp_path / "html" / "a.html").write_text(html)
    (tmp_path / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": BODY}}))
    lines, scores = pages.evaluate(tmp_path, knowledge)
    assert scores["f1"] == 1 and lines == [
        {"n": 0, "id": "a", "articleBody": BODY, "published": None, "title": "Envoys meet", "author": None}
    ]
    (tmp_path / "ground-truth.json").write_text(json.dumps({"b": {"articleBody": BODY}}))
    with pytest.raises(DataError, match=r"b\.html"):
        pages.evaluate(tmp_path, knowledge)


def test_liveblogs(tmp_path, knowledge):
    posts = [
        {"page": "p", "i": n, "headline": f"Headline number {n} here", "datePublished": f"2024-03-04T1{n}:00:00+00:00",
         "text": f"Post number {n} tells of the shelling of a town and of those who were wounded in it."}
        for n in (3, 2, 1)
    ]  # fmt: skip
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps(p) + "\n" for p in posts))
    told = [{"@type": "BlogPosting", "articleBody": p["text"], **p} for p in posts]
    data = json.dumps({"@type": "LiveBlogPosting", "headline": "War live", "liveBlogUpdate": told})
    shown = "".join(
        f"<div class=post><time datetime={p['datePublished']}>1{p['i']}:00 GMT</time><h3>{p['headline']}</h3><p>{p['text']}</p></div>"
        for p in posts
    )
    (tmp_path / "p.html").write_text(
        f"<html><head><title>War live</title><script type='application/ld+json'>{data}</script></head><body><h1>War live</h1>"
        f"<p>Updated 4 March 2024</p><div>{shown}</div></body></html>"
    )
    lines, scores = liveblogs.evaluate(tmp_path, knowledge)
    assert [p["headline"] for p in lines[0]["posts"]] == [p["headline"] for p in posts]
    for form in ("linked", "stripped", "flat"):
        assert scores[f"{form}.found_and_timed"] == scores[f"{form}.in_order"] == 1, form


def test_credits(tmp_path, knowledge):
    gold = [
        {
            "text": "KYIV, Feb 24 (Reuters) - Shells fell on the port.",
            "kind": "dateline",
            "agencies": ["Reuters"],
            "place": "Kyiv",
        },
        {"text": "AFP", "kind": "agency", "agencies": ["Agence France-Presse"]},
        {"text": "The mayor said that the port was closed.", "kind": "photo"},
    ]
    (tmp_path / "g.jsonl").write_text("".join(json.dumps(g) + "\n" for g in gold))
    lines, scores = credits.evaluate(tmp_path / "g.jsonl", knowledge)
    assert [line["kind"] for line in lines] == ["dateline", "agency", "body"]
    assert scores["accuracy"] == pytest.approx(2 / 3) and scores["right.agencies"] == 1
    (tmp_path / "g.jsonl").write_text('{"text": "x", "kind": "poem"}\n')
    with pytest.raises(DataError, match="poem"):
        credits.evaluate(tmp_path / "g.jsonl", knowledge)


def test_lines(tmp_path, knowledge):
    page = {
        "page": "x",
        "lines": [
            ["boilerplate", "Home"],
            ["headline", "Army leaves the town of Sake after a month of fighting"],
            ["byline|credit", "By Ann Lee"],
            ["body", "The army left the town of Sake on Monday, the governor said, and its people came back."],
            ["caption", "They will need food and tents for the winter, an officer said on the square."],
            ["body", "The governor asked the agencies for forty trucks of flour before the end of the week."],
            ["boilerplate", "Share"],
        ],
    }
    (tmp_path / "g.jsonl").write_text(json.dumps(page))
    answers, scores = lines.evaluate(tmp_path / "g.jsonl", knowledge)
    assert answers[0]["kinds"] == ["boilerplate", "headline", "byline", "body", "body", "body", "boilerplate"]
    assert scores["lines"] == 7 and scores["accuracy"] == scores["coded"] == pytest.approx(6 / 7)
    assert scores["f1.caption"] == 0 and scores["f1.body"] == pytest.approx(4 / 5)
    (tmp_path / "g.jsonl").write_text('{"page": "x", "lines": [["poem", "Roses"]]}')
    with pytest.raises(DataError, match="poem"):
        lines.evaluate(tmp_path / "g.jsonl", knowledge)
