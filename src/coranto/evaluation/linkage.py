"""Documents with given mentions of events (ECB+ form) -> which mentions are one event, and CoNLL F1.

A gold line is ``{doc, topic?, context_tokens, mentions: [{tokens, head_lemma, chain}]}``, ``tokens`` counting in
``context_tokens``. Two mentions are put together where the record holds both for one event, or where both have one
head lemma in documents of one story; the topic is not looked at. Scored over all documents together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from coranto.engine.pipeline import Pipeline
from coranto.evaluation.coreference import conll
from coranto.evaluation.gold import read_lines
from coranto.knowledge import Knowledge
from coranto.linkage.link import link
from coranto.linkage.stories import sketch, stories
from coranto.records import Analysis, Block, BlockKind, Document, Span, make_id

Line = dict[str, Any]
Mention = tuple[int, int]  # number of its line, number in it
_CLOSING = frozenset(".,;:!?)]}'’”%")


def evaluate(gold_path: Path, knowledge: Knowledge) -> tuple[list[Line], dict[str, Any]]:
    """A line for each gold line (``{n, doc, clusters: [id per mention]}``), and MUC, B3, CEAFe and their mean."""
    items = list(read_lines(gold_path, needs=("doc", "context_tokens", "mentions")))
    lines = predict(items, knowledge)
    gold = {(n, k): str(m["chain"]) for n, item in enumerate(items) for k, m in enumerate(item["mentions"])}
    found = {(n, k): c for n, line in enumerate(lines) for k, c in enumerate(line["clusters"])}
    return lines, {"documents": len(items), "mentions": len(gold), **conll(gold, found)}


def predict(items: Sequence[Line], knowledge: Knowledge) -> list[Line]:
    """Cluster ids for the mentions of each item; the chains and topics of the gold are not looked at."""
    texts = [laid(item["context_tokens"]) for item in items]
    documents = [_document(n, text) for n, (text, _) in enumerate(texts)]
    analyses = [a for a in Pipeline(knowledge)(documents) if isinstance(a, Analysis)]
    event_of = _events(analyses, knowledge)
    story = stories([sketch(d.id, d.text) for d in documents])
    joined = _Sets()
    for n, item in enumerate(items):
        for k, m in enumerate(item["mentions"]):
            spans = [texts[n][1][t] for t in m["tokens"] if t < len(texts[n][1])]
            joined.put((n, k), f"lemma {story[documents[n].id]} {str(m['head_lemma']).casefold()}")
            for event in event_of(documents[n].id, spans):
                joined.put((n, k), f"event {event} {str(m['head_lemma']).casefold()[:1]}")
    return [
        {"n": n, "doc": item["doc"], "clusters": [joined.of((n, k)) for k, _ in enumerate(item["mentions"])]}
        for n, item in enumerate(items)
    ]


def laid(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Tokens as running text, and where each stands in it."""
    text, spans = "", []
    for token in tokens:
        text += "" if not text or token[:1] in _CLOSING else " "
        spans.append(Span(len(text), len(text) + max(1, len(token))))
        text += token or " "
    return text, spans


def _document(n: int, text: str) -> Document:
    id_ = make_id("linkage", n, text)
    block = Block(kind=BlockKind.BODY, span=Span(0, len(text)))
    return Document(id=id_, uri=f"gold:{n}", digest=id_, outlet=f"outlet {n}", text=text, blocks=(block,))


def _events(analyses: Sequence[Analysis], knowledge: Knowledge) -> Callable[[str, Sequence[Span]], Iterator[str]]:
    """Which events of the record have their trigger at given words of a document."""
    record = link([e for a in analyses for e in a.events], [r for a in analyses for r in a.reports],
                  [a.document for a in analyses], knowledge)  # fmt: skip
    event = {c: e.id for e in record.events for c in e.coded}
    held: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for a in analyses:
        held[a.document.id].extend((e.trigger.span, event[e.id]) for e in a.events)

    def at(document: str, spans: Sequence[Span]) -> Iterator[str]:
        return (e for span, e in held[document] if any(span.overlaps(s) for s in spans))

    return at


class _Sets:
    """Mentions that share a key are one."""

    def __init__(self) -> None:
        self._parent: dict[Any, Any] = {}

    def put(self, mention: Mention, key: str) -> None:
        """A mention has a key."""
        a, b = self._root(mention), self._root(key)
        if a != b:
            self._parent[max(a, b, key=str)] = min(a, b, key=str)

    def of(self, mention: Mention) -> str:
        """The id of a mention's cluster."""
        return make_id(self._root(mention))

    def _root(self, x: Any) -> Any:
        while (up := self._parent.get(x)) is not None:
            x = up
        return x
