"""A live blog's JSON-LD or its repeated, timed elements -> Entries: each post with its headline, time and text."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from coranto.documents import dates, labels
from coranto.documents.cleaning import characters, paragraphs, unglued, unmarked
from coranto.documents.metadata import clean, dated, name_of
from coranto.documents.page import Dated, Entry, Piece, alike
from coranto.documents.text import piece
from coranto.records import BlockKind

MOST = 2_000  # posts
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
_LIVE = re.compile(r"\blive(?:[ -]?blog|[ -]updates?|[ -]coverage|\b[:\s–—-]|$)|as it happened", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|related|recommend|sidebar|most-?read|trending|footer|nav", re.IGNORECASE)
_AUTHOR = re.compile(r"byline|author", re.IGNORECASE)
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
            entries.append(Entry(headline, published, tuple(map(piece, lines)), name_of(post.get("author"))))
    return tuple(entries)


def _nested(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(_nested(v) for v in value[:200])
    if isinstance(value, Mapping):
        return str(value.get("text") or value.get("articleBody") or value.get("@value") or "")
    return str(value or "")


class _Stamp(NamedTuple):
    """The time at the beginning of a post: in words, and what it means where the words name a day."""

    label: str
    value: Dated | None


def shown(tree: HtmlElement, day: Dated | None, captured: datetime | None = None) -> tuple[Entry, ...]:
    """The posts that a page which calls itself live shows: brothers (three or more) under one element that each begin
    with a time and hold text of their own. A clock time without a day is read against the page's day."""
    if not _is_live(tree):
        return ()
    size, best = 0, list[tuple[HtmlElement, _Stamp]]()
    seen: set[HtmlElement] = set()
    brothers: dict[HtmlElement, Counter[tuple[str, str]]] = {}
    for element in tree.iter("time", "div", "span", "p", "li", "article", "section"):
        post = _post_of(element, brothers)
        parent = post.getparent() if post is not None else None
        if parent is None or parent in seen or _COMMENTS.search(f"{parent.get('class')} {parent.get('id')}"):
            continue
        seen.add(parent)
        posts = [(child, stamp) for child in parent if isinstance(child.tag, str) and (stamp := _stamp(child))]
        full = [length for child, _ in posts if (length := _written(child)) >= 60]
        if len(full) >= max(FEWEST, len(posts) / 2) and sum(full) > max(size, 0.3 * _written(parent)):
            size, best = sum(full), posts
    guessed = labels.resolved([s.label for _, s in best], day=day, captured=captured)
    made = (_entry(post, stamp.value or guess, stamp.label) for (post, stamp), guess in zip(best, guessed))
    return tuple(entry for entry in made if entry)


def _is_live(tree: HtmlElement) -> bool:
    """True if the page calls itself live, in its title, address or the names of its elements."""
    title = " ".join(str(t) for t in tree.xpath("//title//text() | //h1//text() | //link[@rel='canonical']/@href")[:9])
    return bool(
        _LIVE.search(title)
        or tree.xpath(
            "boolean(//*[contains(@class, 'live-blog') or contains(@class, 'liveblog') "
            "or contains(@class, 'LiveBlog') or contains(@id, 'liveblog') or contains(@class, 'live-event')])"
        )
    )


def _written(element: HtmlElement) -> int:
    """Characters of an element's text outside links and headings."""
    away = sum(len(_own(a)) for a in element.iter("a", "h1", "h2", "h3", "h4"))
    return max(0, len(_own(element)) - away)


def _own(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _post_of(element: HtmlElement, brothers: dict[HtmlElement, Counter[tuple[str, str]]]) -> HtmlElement | None:
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
        if parent not in brothers:
            brothers[parent] = Counter((str(b.tag), _class(b)) for b in parent)
        if brothers[parent][at.tag, _class(at)] >= FEWEST and len(_own(at)) > len(_own(element)) + 40:
            return at
        at = parent
    return None


def _class(element: HtmlElement) -> str:
    """The first class name: what brothers in a list of posts share."""
    return next(iter((element.get("class") or "").split()), "")


def _stamp(post: HtmlElement) -> _Stamp | None:
    """The time at the beginning of a post, or None where it has none."""
    for name in _STAMPS:
        if post.get(name) and (found := dated(f"html:@{name}", post.get(name))):
            return _Stamp("", found)
    for n, element in enumerate(post.iter()):
        if n > 40:
            return None
        if element.tag == "time" and (found := dated("html:time", element.get("datetime"))):
            return _Stamp("", found)
        if isinstance(element.tag, str) and len(element) <= 3:
            told = _own(element)
            if 3 < len(told) < 60 and _LABEL.search(told):
                value = dates.read(told)
                return _Stamp(told, Dated("html:time", told, value) if value else None)
    return None


def _entry(post: HtmlElement, published: Dated | None, label: str) -> Entry | None:
    headline, author, pieces = "", "", list[Piece]()
    for element in post.iter(*_PARAGRAPHS):
        if any(a.tag in _PARAGRAPHS for a in _ancestors(element, post)):
            continue
        for line in paragraphs(unglued(characters(_own(element)))):
            if _AUTHOR.search(f"{element.get('class')} {element.get('data-testid')}"):
                author = author or line
            elif element.tag in {"h2", "h3", "h4"} and not headline and not pieces:
                headline = line
            elif element.tag == "figcaption":
                pieces.append(Piece(BlockKind.CAPTION, line))
            elif line != label:
                pieces.append(piece(line))
    return Entry(headline, published, tuple(pieces), author) if headline or pieces else None


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
    for entry in shown_posts[:MOST]:
        body = alike(" ".join(p.text for p in entry.pieces))
        if alike(entry.headline) not in known and body[:80] not in texts:
            fresh.append(entry)
    return (*linked_posts, *fresh) if linked_posts else shown_posts
