"""Stages that code every word in capitals as an ASSAULT: quick, and importable by a worker."""

import os

from coranto.records import (
    Basis,
    BlockKind,
    CodedEvent,
    EventType,
    Modality,
    Report,
    Sentence,
    Sourced,
    Span,
    Tokens,
    Via,
    make_id,
)

EMPTY = Tokens(starts=(), ends=(), lemmas=(), tags=(), pos=(), heads=(), relations=(), entities=())


def _nothing(batch):
    return [() for _ in batch]


def nothing(knowledge):
    return _nothing


def reports(knowledge):
    def stage(batch):
        return [
            (Report(id=make_id(a.document.id, 0), document=a.document.id, span=Span(0, len(a.document.text))),)
            for a in batch
        ]

    return stage


def sentences(knowledge):
    def stage(batch):
        return [tuple(_sentences(a)) for a in batch]

    return stage


def _sentences(a):
    start = 0
    for part in a.document.text.split(". "):
        yield Sentence(id=make_id(a.document.id, start), report=a.reports[0].id, kind=BlockKind.BODY,
                       span=Span(start, start + len(part)), tokens=EMPTY)  # fmt: skip
        start += len(part) + 2


def events(knowledge):
    def stage(batch):
        if any("POISON" in a.document.text for a in batch):
            raise RuntimeError("a bad page")
        if any("DIE" in a.document.text for a in batch) and os.environ.get("CORANTO_TEST_DIE"):
            os._exit(9)
        return [tuple(_events(a)) for a in batch]

    return stage


def _events(a):
    for s in a.sentences:
        at = s.span.start
        for word in a.document.text[s.span.start : s.span.end].split(" "):
            if word.isupper() and len(word) > 1:
                words = a.document.cite(at, at + len(word))
                said = {"basis": Basis.STATED, "via": Via.RULE, "evidence": (words,)}
                yield CodedEvent(
                    id=make_id(s.id, at), document=a.document.id, report=s.report, sentence=s.id, predicate="",
                    trigger=words, type=Sourced(value=EventType.ASSAULT, **said), cameo="", time=None,
                    modality=Sourced(value=Modality.ASSERTED, **said),
                )  # fmt: skip
            at += len(word) + 1


NAMES = {
    "reports": "stub_stages:reports",
    "sentences": "stub_stages:sentences",
    "mentions": "stub_stages:nothing",
    "referents": "stub_stages:nothing",
    "claims": "stub_stages:nothing",
    "speech": "stub_stages:nothing",
    "predicates": "stub_stages:nothing",
    "events": "stub_stages:events",
}
