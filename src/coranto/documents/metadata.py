"""A page's JSON-LD, meta tags and <time> elements -> what it says of itself, each date with its path and raw words."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from coranto.documents import dates
from coranto.documents.cleaning import characters, unmarked
from coranto.documents.clues import Clue, of_value
from coranto.documents.page import Dated, alike

MOST_NODES = 20_000
_PIECES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|NewsAnalysis)$")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$", re.DOTALL)
_TRAILING = re.compile(r",\s*([}\]])")
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_time", "parsely-pub-date", "sailthru.date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "dc.date.created", "article.published", "article:published",
    "article_date_original", "cxenseparse:recs:publishtime", "originalpublicationdate", "publication_date",
    "display_date", "rnews:datepublished", "prism.publicationdate", "citation_date", "displaydate", "ptime",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "article:updated_time",
    "dcterms.modified", "updated_time",
)  # fmt: skip


class Meta:
    """Reads the metadata of one page's tree, before scripts are removed from it."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.nodes = list(_nodes(tree))
        self.tags = _tags(tree)
        self.title = self._title()
        self.article = self._article()
        if self.article and isinstance(headline := self.article.get("headline"), str) and headline.strip():
            self.title = clean(headline)

    def _title(self) -> str:
        for name in ("og:title", "twitter:title"):
            if title := self.tags.get(name, ""):
                return title
        return ""

    def _article(self) -> Mapping[str, Any]:
        """The node of JSON-LD that is this page's piece: a live blog, else one under its title, else the first."""
        found = [n for n in self.nodes if any(_PIECES.search(t) for t in types(n))]
        live = [n for n in found if "LiveBlogPosting" in types(n) and n.get("liveBlogUpdate")]
        own = alike(self.title)
        named = [n for n in found if own and own in alike(str(n.get("headline") or n.get("name") or ""))]
        dated = [n for n in named or found if n.get("datePublished")]
        return next(iter(live or dated or named or found), {})

    @property
    def canonical(self) -> str:
        """The address that the page gives itself, or ""."""
        for found in self.tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"):
            if str(found).startswith(("http://", "https://")):
                return clean(str(found))
        own = self.tags.get("og:url", "")
        return own if own.startswith("http") else _address(self.article)

    @property
    def language(self) -> str:
        """Two letters, or ""."""
        told = self.tree.xpath("string(/html/@lang)") or self.tags.get("og:locale", "")
        return str(told)[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", str(told)) else ""

    @property
    def publisher(self) -> str:
        """The publisher's name, or ""."""
        return (
            self.tags.get("og:site_name", "")
            or name_of(self.article.get("publisher"))
            or self.tags.get("application-name", "")
        )

    @property
    def authors(self) -> str:
        """The authors' names, separated by commas, or ""."""
        told = self.article.get("author") or self.article.get("creator")
        names = [name_of(a) for a in (told if isinstance(told, list) else [told])]
        kept = [n for n in dict.fromkeys(names) if n and not n.startswith("http")]
        return ", ".join(kept[:12]) or self._tag_author()

    def _tag_author(self) -> str:
        for name in ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator"):
            told = self.tags.get(name, "")
            if told and "http" not in told and len(told) < 200 and "@" not in told:
                return re.sub(r"^by\s+", "", told, flags=re.IGNORECASE)
        return ""

    def published(self) -> Dated | None:
        """When the page says that it was published: JSON-LD, else meta tags, else <time>."""
        return self._linked("datePublished", "dateCreated", "uploadDate") or self._tagged(_PUBLISHED) or self._timed()

    def clues(self) -> Iterator[Clue]:
        """What each kind of metadata says of the day of publication."""
        found = (
            ("json-ld", self._linked("datePublished", "dateCreated", "uploadDate")),
            ("meta", self._tagged(_PUBLISHED)),
            ("time", self._timed()),
        )
        for kind, told in found:
            if told is not None:
                yield of_value(kind, told.path, told.raw, told.value)

    def updated(self) -> Dated | None:
        """When the page says that it was changed."""
        return self._linked("dateModified") or self._tagged(_UPDATED)

    def _linked(self, *names: str) -> Dated | None:
        pages = [n for n in self.nodes if {"WebPage", "ItemPage", "VideoObject"} & types(n)][:3]
        for node in (self.article, *pages):
            for name in names:
                if found := dated(f"json-ld:{name}", node.get(name)):
                    return found
        return None

    def _tagged(self, names: tuple[str, ...]) -> Dated | None:
        for name in names:
            if found := dated(f"meta:{name}", self.tags.get(name)):
                return found
        return None

    def _timed(self) -> Dated | None:
        """The first <time> with a date within the article, or the only day that the page's <time> elements name."""
        for path in ("//article//time", "//main//time", "//*[@itemprop='datePublished']", "//header//time", "//time"):
            found = []
            for element in self.tree.xpath(path)[:50]:
                raw = element.get("datetime") or element.get("content") or element.text_content()
                if told := dated("time", raw):
                    found.append(told)
            days = {f.value.period.best for f in found if f.value.period}
            if found and (path != "//time" or len(days) == 1):
                return found[0]
        return None


def clean(text: str) -> str:
    """A metadata value as one line of clean text."""
    return " ".join(characters(unmarked(text[:5000])).split())


def dated(path: str, raw: object) -> Dated | None:
    """A date with its words, or None where they are no date."""
    if isinstance(raw, list) and raw:
        raw = raw[0]
    if not isinstance(raw, str | int):
        return None
    value = dates.read(str(raw))
    return Dated(path, clean(str(raw))[:120], value) if value else None


def types(node: Mapping[str, Any]) -> set[str]:
    """The schema.org types of a node."""
    told = node.get("@type")
    return {str(t).rsplit("/", 1)[-1] for t in (told if isinstance(told, list) else [told]) if t}


def name_of(value: object) -> str:
    """The name of a person or organisation of JSON-LD."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name")
        if isinstance(value, list):
            value = value[0] if value else None
    return clean(value) if isinstance(value, str) else ""


def _address(node: Mapping[str, Any]) -> str:
    told = node.get("url") or node.get("mainEntityOfPage")
    if isinstance(told, Mapping):
        told = told.get("@id")
    return clean(told) if isinstance(told, str) and told.startswith("http") else ""


def _tags(tree: HtmlElement) -> dict[str, str]:
    tags: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:2000]:
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(key):
                tags.setdefault(str(name).lower(), clean(str(element.get("content"))))
    return tags


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Every object of the page's JSON-LD that has a type, outermost first; @graph and lists opened, broken JSON mended
    where only comments, control characters or trailing commas break it."""
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")[:100]:
        value = _loaded(script.text or "")
        stack, count = [value], 0
        while stack and count < MOST_NODES:
            node = stack.pop(0)
            count += 1
            if isinstance(node, list):
                stack[:0] = node[:2000]
            elif isinstance(node, Mapping):
                if node.get("@type"):
                    yield node
                stack.extend(node[k] for k in ("@graph", "mainEntity", "hasPart", "itemListElement") if node.get(k))


def _loaded(raw: str) -> object:
    raw = _COMMENT.sub("", raw.strip())
    for text in (raw, _TRAILING.sub(r"\1", re.sub(r"[\x00-\x1f]+", " ", raw)).rstrip("; ")):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
