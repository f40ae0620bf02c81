"""Sentence -> Tree: a parse that is pleasant to walk. Analysis -> its trees, built once."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Self, TypeVar, TypeVarTuple

from coranto.records import Analysis, Sentence, Span, Words

T = TypeVar("T")
Given = TypeVarTuple("Given")


class Remembering:
    """Something that is read by several stages and keeps what they all work out of it."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def once(self, make: Callable[[Self, *Given], T], *given: *Given) -> T:
        """``make(self, *given)``, worked out once and kept: ``make`` is pure, and nobody changes its result."""
        key = (make, *given)
        if key not in self._kept:
            self._kept[key] = make(self, *given)
        made: T = self._kept[key]
        return made


class Tree(Remembering):
    """A parsed sentence. Tokens are numbers 0..n-1; columns are lists indexed by them."""

    __slots__ = ("children", "document", "ends", "entities", "heads", "lemmas", "lower", "n", "pos", "relations",
                 "sentence", "starts", "tags", "text", "words")  # fmt: skip

    def __init__(self, sentence: Sentence, text: str) -> None:
        super().__init__()
        t = sentence.tokens
        self.sentence = sentence
        self.text = text
        self.starts, self.ends, self.heads = t.starts, t.ends, t.heads
        self.lemmas, self.tags, self.pos, self.relations, self.entities = (
            t.lemmas,
            t.tags,
            t.pos,
            t.relations,
            t.entities,
        )
        self.n = len(t.starts)
        self.words = [text[a:b] for a, b in zip(t.starts, t.ends)]
        self.lower = [w.lower() for w in self.words]
        self.children: list[list[int]] = [[] for _ in range(self.n)]  # of each token, left to right
        for i, h in enumerate(self.heads):
            if h != i:
                self.children[h].append(i)

    def child(self, i: int, *relations: str) -> int | None:
        """The first child of ``i`` by one of these relations."""
        for c in self.children[i]:
            if self.relations[c] in relations:
                return c
        return None

    def all(self, i: int, *relations: str) -> list[int]:
        """All children of ``i`` by one of these relations."""
        below = self.children[i]
        return [c for c in below if self.relations[c] in relations] if below else []

    def subtree(self, i: int) -> list[int]:
        """``i`` and everything below it, in order of text."""
        out: list[int] = []
        stack = [i]
        while stack:
            j = stack.pop()
            out.append(j)
            stack.extend(self.children[j])
        return sorted(out)

    def ancestors(self, i: int) -> Iterator[int]:
        """The head of ``i``, its head, and so on to the root."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and the tokens coordinated below it, in order of text."""
        out = [i]
        for c in self.children[i]:
            if self.relations[c] == "conj":
                out.extend(self.conjuncts(c))
        return sorted(out)

    def span(self, first: int, last: int) -> Span:
        """From the start of token ``first`` to the end of token ``last``."""
        return Span(self.starts[first], self.ends[last])

    def cite(self, document: str, first: int, last: int) -> Words:
        """Tokens ``first``..``last`` (both included) as evidence."""
        span = self.span(first, last)
        return Words(document=document, span=span, quote=self.text[span.start : span.end])

    def covering(self, span: Span) -> list[int]:
        """The tokens that overlap a span of the document."""
        return self.between(span.start, span.end)

    def between(self, start: int, end: int) -> list[int]:
        """The tokens that overlap ``text[start:end]``."""
        return list(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))

    def head_of(self, tokens: list[int]) -> int:
        """The highest of some tokens: the first whose head lies outside them."""
        inside = set(tokens)
        return next((i for i in tokens if self.heads[i] not in inside or self.heads[i] == i), tokens[0])


_built: OrderedDict[int, tuple[tuple[Sentence, ...], list[Tree]]] = OrderedDict()


def trees(analysis: Analysis) -> list[Tree]:
    """The trees of a document's sentences, in order. The last few documents' are remembered."""
    key = id(analysis.sentences)
    held = _built.get(key)
    if held is not None and held[0] is analysis.sentences:
        return held[1]
    made = [Tree(s, analysis.document.text) for s in analysis.sentences]
    _built[key] = (analysis.sentences, made)
    while len(_built) > 64:
        _built.popitem(last=False)
    return made
