"""Saved live blogs with their posts -> the posts that the program reads, and scores: as saved, stripped, flattened.

Gold is ``posts.jsonl`` (``{page, i, headline, datePublished, text}``) beside the pages ``<page>.html``. *Stripped* is
the page without its JSON-LD; *flat* is its visible text, a line a block. Both are scored on the posts that it shows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html as lxml_html

from coranto.documents.read import decode, read
from coranto.documents.sources import Source
from coranto.evaluation.gold import read_lines
from coranto.evaluation.shingles import held
from coranto.knowledge import Knowledge
from coranto.records import DataError, Document, Post

NEEDED = 0.8  # share of a post's wording that makes it found
CLOSE = timedelta(seconds=60)  # labels give minutes
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul time button".split()
)
_AWAY = ("script", "style", "noscript", "template", "svg", "iframe", "head")


class Scored(NamedTuple):
    """Counts of one page in one form: posts to find, found, with the right time, and neighbours in the right order."""

    gold: int
    found: int
    timed: int
    ordered: int


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """A line ``{page, posts, stripped, flat}`` a page, and the shares of posts found, timed and in order in each form.

    Raises DataError where a page is missing.
    """
    file = path / "posts.jsonl" if path.is_dir() else path
    pages: dict[str, list[dict[str, Any]]] = {}
    for post in read_lines(file, needs=("page", "headline", "datePublished", "text")):
        pages.setdefault(post["page"], []).append(post)
    lines, made = [], dict[str, list[Scored]]()
    for page, posts in pages.items():
        saved = file.parent / f"{page}.html"
        if not saved.exists():
            raise DataError(f"{file}: expected the page {saved}, met nothing")
        line: dict[str, Any] = {"page": page}
        forms = _forms(saved)
        shown = [p for p in posts if _words(p) and held(_words(p), forms["flat"]) >= NEEDED]
        for form, name in (("linked", "posts"), ("stripped", "stripped"), ("flat", "flat")):
            hint = ".txt" if form == "flat" else ".html"
            line[name] = predict(forms[form], hint, knowledge)
            made.setdefault(form, []).append(compare(posts if form == "linked" else shown, line[name]))
        lines.append(line)
    return lines, scores(made)


def _forms(saved: Path) -> dict[str, str]:
    markup = decode(saved.read_bytes())
    tree: Any = lxml_html.document_fromstring(markup.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        script.drop_tree()
    stripped = lxml_html.tostring(tree, encoding="unicode")
    return {"linked": markup, "stripped": stripped, "flat": flattened(tree)}


def flattened(tree: Any) -> str:
    """What a page shows as plain text: a line a block, nothing of scripts."""
    parts: list[str] = []
    _flatten(tree, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _flatten(element: Any, parts: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _AWAY:
        return
    block = element.tag in _BLOCKS
    if block:
        parts.append("\n")
    parts.append(" ".join((element.text or "").split("\n")))
    for child in element:
        _flatten(child, parts)
        parts.append(" ".join((child.tail or "").split("\n")))
    if block:
        parts.append("\n")


def predict(text: str, hint: str, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The posts of a page, in its order."""
    made = read(Source(uri=f"page{hint}", data=text.encode("utf-8", "replace"), hint=hint), knowledge.outlets)
    return [_told(made, post) for post in made.posts] if isinstance(made, Document) else []


def _told(document: Document, post: Post) -> dict[str, Any]:
    told = post.published.value if post.published else None
    when = told.instant.isoformat() if told and told.instant else told.timex.value if told else None
    head = document.text[post.headline.start : post.headline.end] if post.headline else ""
    start = post.headline.end if post.headline and post.headline.start == post.span.start else post.span.start
    return {"headline": head, "published": when, "text": document.text[start : post.span.end].strip()}


def _words(post: dict[str, Any]) -> str:
    return str(post["text"] or post["headline"])


def compare(gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> Scored:
    """Each gold post with the answer that holds most of its words, each answer used once."""
    texts = [f"{f['headline']}\n{f['text']}" for f in found]
    free, pairs = set(range(len(found))), list[tuple[int, int]]()
    for n, post in enumerate(gold):
        best = max(free, key=lambda k: (_share(post, texts[k]), -k), default=None)
        if best is not None and _share(post, texts[best]) >= NEEDED:
            free.discard(best)
            pairs.append((n, best))
    timed = sum(same_time(gold[n]["datePublished"], found[k]["published"]) for n, k in pairs)
    ordered = sum(a[1] < b[1] for a, b in pairwise(pairs)) + bool(pairs)
    return Scored(len(gold), len(pairs), timed, ordered)


def _share(post: dict[str, Any], text: str) -> float:
    """How much of a post an answer is: its wording held, little else beside it."""
    wanted = f"{post['headline']}\n{post['text']}"
    return held(wanted, text) if len(text) <= 2 * len(wanted) + 400 else 0.0


def same_time(gold: str | None, found: str | None) -> bool:
    """True if both are one minute; a time without a zone is compared as it stands, a day alone never."""
    if not gold or not found or "T" not in found:
        return False
    try:
        wanted, met = datetime.fromisoformat(gold), datetime.fromisoformat(found)
    except ValueError:
        return False
    if wanted.tzinfo is None or met.tzinfo is None:
        wanted, met = wanted.replace(tzinfo=None), met.replace(tzinfo=None)
    return abs(wanted - met) <= CLOSE


def scores(made: Mapping[str, Sequence[Scored]]) -> dict[str, float]:
    """Shares over all pages of a form together."""
    out: dict[str, float] = {}
    for form, rows in made.items():
        gold, found, timed, ordered = (sum(r[k] for r in rows) for k in range(4))
        out |= {
            f"{form}.posts": float(gold),
            f"{form}.found": found / gold if gold else 0.0,
            f"{form}.found_and_timed": timed / gold if gold else 0.0,
            f"{form}.in_order": ordered / found if found else 0.0,
        }
    return out
