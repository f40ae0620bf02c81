"""Tokens -> spans of speech: noun phrases, runs of tokens, quoted stretches of a text."""

import re
from collections.abc import Iterable, Sequence

from coranto.language.trees import Tree
from coranto.records import Span

OPEN, CLOSE = "“«", "”»"
STRAIGHT = '"'
MARKS = re.compile(r'[“«”»"\n]')
PUNCTUATION = frozenset(",.;:-–—\"“”'‘’")
OUTSIDE = ("relcl", "appos", "conj", "cc", "acl", "punct", "advcl", "ccomp")


def quotations(text: str) -> list[Span]:
    """The quoted stretches of a text, without their marks; an open quotation ends with its paragraph."""
    found, opened, mark = [], -1, ""
    for met in MARKS.finditer(text := text.replace("''", '" ')):
        n, c = met.start(), met[0]
        if opened < 0:
            if c in OPEN or c == STRAIGHT:
                opened, mark = n, c
        elif (c in CLOSE) or (c == STRAIGHT) or c == "\n":
            if n > opened + 1:
                start = opened + (2 if text[opened + 1] == " " else 1)
                if start < n:  # a mark, a blank and a mark quote nothing
                    found.append(Span(start, n))
            opened = -1
        elif c in OPEN and mark in OPEN:
            opened = n
    return [s for s in found if s.end > s.start]


def phrase(tree: Tree, i: int) -> Span:
    """The noun phrase that ``i`` heads, without relative clauses, appositions and coordinated phrases."""
    kept, stack = [], [i]
    while stack:
        j = stack.pop()
        kept.append(j)
        stack.extend(c for c in tree.children[j] if not (j == i and tree.relations[c] in OUTSIDE))
    run = run_around(i, kept)
    return tree.span(run[0], run[-1])


def run_around(i: int, tokens: Iterable[int]) -> list[int]:
    """The unbroken run of tokens that ``i`` stands in."""
    held = set(tokens)
    first = last = i
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    return list(range(first, last + 1))


def runs(tree: Tree, tokens: Iterable[int]) -> list[Span]:
    """Tokens as unbroken spans; punctuation at the edges of the whole is left out."""
    made: list[Span] = []
    start = previous = -2
    for t in trim(tree, sorted(set(tokens))):
        if t != previous + 1:
            if start >= 0:
                made.append(tree.span(start, previous))
            start = t
        previous = t
    if start >= 0:
        made.append(tree.span(start, previous))
    return made


def trim(tree: Tree, tokens: list[int]) -> list[int]:
    """Tokens without the punctuation at both ends."""
    first, last = 0, len(tokens)
    while first < last and tree.words[tokens[first]] in PUNCTUATION:
        first += 1
    while last > first and tree.words[tokens[last - 1]] in PUNCTUATION:
        last -= 1
    return tokens[first:last]


def united(spans: Iterable[Span], *, gap: int = 1) -> list[Span]:
    """Spans in order, those that touch (up to ``gap`` characters apart) made one."""
    made: list[Span] = []
    for s in sorted(spans, key=lambda s: (s.start, s.end)):
        if made and s.start <= made[-1].end + gap:
            made[-1] = Span(made[-1].start, max(s.end, made[-1].end))
        else:
            made.append(s)
    return made


def without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """What is left of a span when the holes are cut out."""
    left, start = [], span.start
    for hole in sorted(holes, key=lambda h: h.start):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            left.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        left.append(Span(start, span.end))
    return left


def length(spans: Iterable[Span]) -> int:
    """Characters covered by spans that do not overlap."""
    return sum(s.end - s.start for s in spans)
