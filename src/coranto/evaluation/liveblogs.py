"""Saved live blogs with their posts -> the posts that the program reads, and scores: as saved, stripped, flattened.

*Undated* pages are written of the gold's posts, with nothing but "3 hours ago" at each and the day on which the page
was captured, last changed or begun; scored is whether a post's interval holds its day, and whether the best day is it.

Gold is ``posts.jsonl`` (``{page, i, headline, datePublished, text}``) beside the pages ``<page>.html``. *Stripped* is
the page without its JSON-LD; *flat* is its visible text, a line a block. Both are scored on the posts that it shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html as lxml_html

from coranto.documents import reports
from coranto.documents.read import decode, read
from coranto.documents.sources import Source
from coranto.evaluation.gold import read_lines
from coranto.evaluation.shingles import held
from coranto.knowledge import Knowledge
from coranto.records import Analysis, DataError, Document, Post

NEEDED = 0.8  # share of a post's wording that makes it found
LONG_ENOUGH = 80  # characters of a post that is written on an undated page
MOST = 80  # posts of such a page
READ_AFTER = timedelta(hours=2)  # after its last post
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
        line["undated"] = undated(posts, knowledge)
        lines.append(line)
    return lines, {**scores(made), **placed([d for line in lines for d in line["undated"]])}


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


def undated(posts: Sequence[dict[str, Any]], knowledge: Knowledge) -> list[dict[str, str]]:
    """For three pages of the posts, which say of the page alone when it was captured, changed or begun: a row
    ``{page, day, low, high, best}`` a post that is found."""
    kept = [p for p in posts if len(str(p["text"])) >= LONG_ENOUGH]
    kept = kept[:: max(1, len(kept) // MOST)]
    times = [datetime.fromisoformat(p["datePublished"]) for p in kept]
    if not times:
        return []
    first, last = min(times), max(times)
    seen = last + READ_AFTER
    body = "\n".join(f"{_ago(seen - t)}\n{p['headline']}\n{' '.join(p['text'].split())}" for p, t in zip(kept, times))
    tops = {"captured": "", "changed": f"Updated {last:%d %B %Y}", "begun": f"Published {first:%d %B %Y}"}
    rows = []
    for name, top in tops.items():
        captured = seen.astimezone(UTC).isoformat() if name == "captured" else ""
        text = f"Live updates from the scene\n{top}\n{body}"
        source = Source(uri="page.txt", data=text.encode(), hint=".txt", captured=captured)
        document = read(source, knowledge.outlets)
        if isinstance(document, Document):
            rows += [{"page": name, **row} for row in _placed_posts(document, kept, knowledge)]
    return rows


def _ago(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    hours = minutes // 60
    return f"{minutes} minutes ago" if not hours else f"{hours} hours ago" if hours < 24 else f"{hours // 24} days ago"


def _placed_posts(
    document: Document, posts: Sequence[dict[str, Any]], knowledge: Knowledge
) -> Iterator[dict[str, str]]:
    found = reports.make(knowledge)([Analysis(document=document)])[0]
    texts = [document.text[r.span.start : r.span.end] for r in found]
    for post in posts:
        best = max(range(len(found)), key=lambda k: (_share(post, texts[k]), -k), default=None)
        if best is not None and _share(post, texts[best]) >= NEEDED:
            told = found[best].published
            days = told.value.period if told else None
            row = {"low": str(days.low), "high": str(days.high), "best": str(days.best)} if days else {}
            yield {"day": post["datePublished"][:10], **row}


def placed(rows: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Shares of the posts of undated pages whose interval holds their day, and whose best day is it."""
    inside = sum(r["low"] <= r["day"] <= r["high"] for r in rows if "low" in r)
    right = sum(r["best"] == r["day"] for r in rows if "best" in r)
    count = len(rows) or 1
    return {"undated.posts": float(len(rows)), "undated.inside": inside / count, "undated.best": right / count}


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
