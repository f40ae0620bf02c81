"""A live blog's JSON-LD or its repeated, timed elements -> Entries: each post with its headline, time and text."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from coranto.documents import dates
from coranto.documents.cleaning import characters, paragraphs, unglued, unmarked
from coranto.documents.metadata import clean, dated
from coranto.documents.page import Dated, Entry, Piece, alike
from coranto.documents.text import piece
from coranto.records import BlockKind

FEWEST = 3  # posts that make a page a live blog where it does not call itself one
_LABEL = re.compile(
    r"(?:\d{1,2}[:.h]\d\d\s?(?:[ap]\.?m\.?)?|\d+\s?(?:m|h|d|min|mins|minutes?|hrs?|hours?|days?)\.? ago|just now)\b",
    re.IGNORECASE,
)
_STAMPS = (
    "data-post-time",
    "data-timestamp",
    "data-time",
    "data-published",
    "data-publish-date",
    "data-date",
    "data-created",
)
_PARAGRAPHS = ("p", "li", "h2", "h3", "h4", "blockquote", "figcaption")
_TIMEISH = re.compile(r"time|date|stamp", re.IGNORECASE)


def linked(article: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The posts of a LiveBlogPosting, in its order."""
    told = article.get("liveBlogUpdate")
    posts = told if isinstance(told, list) else [told]
    entries = []
    for n, post in enumerate(p for p in posts[:5000] if isinstance(p, Mapping)):
        path = f"json-ld:liveBlogUpdate[{n}].datePublished"
        body = post.get("articleBody") or post.get("text") or post.get("description") or ""
        if isinstance(body, Mapping | list):
            body = _nested(body)
        lines = paragraphs(unglued(characters(unmarked(str(body)))))
        headline = clean(str(post.get("headline") or post.get("name") or ""))
        published = dated(path, post.get("datePublished") or post.get("dateModified"))
        if lines or headline:
            entries.append(Entry(headline, published, tuple(piece(line) for line in lines)))
    return tuple(entries)


def _nested(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(_nested(v) for v in value[:200])
    if isinstance(value, Mapping):
        return str(value.get("text") or value.get("articleBody") or value.get("@value") or "")
    return str(value or "")


def shown(tree: HtmlElement, day: Dated | None) -> tuple[tuple[Entry, ...], HtmlElement | None]:
    """The posts that a page shows, and the element around them: brothers (three or more) under one element that each
    begin with a time, hold a heading or a paragraph, and are most of what stands there. A clock time without a day
    is left without a meaning of its own unless the element carries a stamp."""
    best: tuple[int, list[tuple[HtmlElement, Dated | None]], HtmlElement | None] = (0, [], None)
    seen: set[HtmlElement] = set()
    for element in tree.iter("time", "div", "span", "p", "li", "article", "section"):
        post = _post_of(element)
        parent = post.getparent() if post is not None else None
        if parent is None or parent in seen:
            continue
        seen.add(parent)
        posts = [(child, stamp[0]) for child in parent if isinstance(child.tag, str) and (stamp := _stamp(child))]
        full = [(c, s) for c, s in posts if len(_own(c)) >= 60]
        size = sum(len(_own(c)) for c, _ in full)
        if len(full) >= FEWEST and size > best[0] and size > 0.5 * len(_own(parent)):
            best = (size, posts, parent)
    entries = [entry for child, stamp in best[1] if (entry := _entry(child, stamp))]
    return tuple(entries), best[2]


def _own(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _post_of(element: HtmlElement) -> HtmlElement | None:
    """The element that would be a post if this one is its time: itself with a stamp, or an ancestor with brothers."""
    if any(element.get(name) for name in _STAMPS):
        return element
    named = element.tag == "time" or _TIMEISH.search(f"{element.get('class', '')} {element.get('data-testid', '')}")
    labelled = named and len(element) <= 3 and _LABEL.search(_own(element)[:60])
    if not labelled and not (element.tag == "time" and element.get("datetime")):
        return None
    at = element
    for _ in range(5):
        parent = at.getparent()
        if parent is None or parent.tag in {"body", "html"}:
            return None
        brothers = sum(
            1
            for b in parent
            if b.tag == at.tag and (b.get("class") or "").split()[:1] == (at.get("class") or "").split()[:1]
        )
        if brothers >= FEWEST and len(_own(at)) > len(_own(element)) + 40:
            return at
        at = parent
    return None


def _class(element: HtmlElement) -> str:
    """The first class name: what brothers in a list of posts share."""
    return next(iter((element.get("class") or "").split()), "")


def _stamp(post: HtmlElement) -> tuple[Dated | None] | None:
    """The time at the beginning of a post (None in a tuple where its words name no day), or None where it has none."""
    for name in _STAMPS:
        if post.get(name) and (found := dated(f"html:@{name}", post.get(name))):
            return (found,)
    for n, element in enumerate(post.iter()):
        if n > 40:
            return None
        if element.tag == "time" and (found := dated("html:time", element.get("datetime"))):
            return (found,)
        if isinstance(element.tag, str) and len(element) <= 3:
            told = _own(element)
            if 3 < len(told) < 60 and _LABEL.search(told):
                value = dates.read(told)
                return (Dated("html:time", told, value) if value else None,)
    return None


def _entry(post: HtmlElement, stamp: Dated | None) -> Entry | None:
    headline, pieces, label = "", list[Piece](), ""
    for element in post.iter(*_PARAGRAPHS):
        if any(a.tag in _PARAGRAPHS for a in _ancestors(element, post)):
            continue
        for line in paragraphs(unglued(characters(" ".join(str(element.text_content()).split())))):
            if element.tag in {"h2", "h3", "h4"} and not headline and not pieces:
                headline = line
            elif element.tag == "figcaption":
                pieces.append(Piece(BlockKind.CAPTION, line))
            else:
                pieces.append(piece(line))
    if not headline and not pieces:
        return None
    return Entry(headline, stamp, tuple(p for p in pieces if p.text != label))


def _ancestors(element: HtmlElement, top: HtmlElement) -> Sequence[HtmlElement]:
    out = []
    at = element.getparent()
    while at is not None and at is not top:
        out.append(at)
        at = at.getparent()
    return out


def joined(linked_posts: tuple[Entry, ...], shown_posts: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The posts of the metadata, then those that only the page shows."""
    known = {alike(e.headline) for e in linked_posts if e.headline}
    texts = alike(" ".join(p.text for e in linked_posts for p in e.pieces))
    fresh = []
    for entry in shown_posts:
        body = alike(" ".join(p.text for p in entry.pieces))
        if alike(entry.headline) not in known and body[:80] not in texts:
            fresh.append(entry)
    return (*linked_posts, *fresh) if linked_posts else shown_posts
