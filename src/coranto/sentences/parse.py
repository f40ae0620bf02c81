"""Analysis (document, reports) -> its Sentence layer, many documents a batch.

Only blocks that can matter are parsed; each block is one text for the parser, so that a parse never runs over a
block's edge and the size of a batch changes nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from coranto.knowledge import Knowledge
from coranto.language.en.repairs import mend
from coranto.records import CODED_BLOCKS, Analysis, Block, BlockKind, Report, Sentence, Span, Tokens, make_id

PARSED_BLOCKS = CODED_BLOCKS | {BlockKind.CAPTION}
LONGEST = 20_000  # characters a text: longer blocks are cut at white space, so that memory stays bounded


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Sentence, ...]]]:
    """A stage: sentences of every parsed block of every report."""

    lemmas = knowledge.lemmas

    def sentences(batch: Sequence[Analysis]) -> list[tuple[Sentence, ...]]:
        jobs = [(n, report, block, part) for n, a in enumerate(batch) for report, block, part in _parts(a)]
        texts = (batch[n].document.text[part.start : part.end] for n, _, _, part in jobs)
        out: list[list[Sentence]] = [[] for _ in batch]
        for (n, report, block, part), doc in zip(jobs, knowledge.parser.parse(texts)):
            out[n].extend(_read(doc, report, block, part.start, lemmas))
        return [tuple(s) for s in out]

    return sentences


def _parts(analysis: Analysis) -> list[tuple[Report, Block, Span]]:
    text = analysis.document.text
    out: list[tuple[Report, Block, Span]] = []
    for report in analysis.reports:
        for block in analysis.document.blocks:
            if (
                block.kind in PARSED_BLOCKS
                and block.span in report.span
                and text[block.span.start : block.span.end].strip()
            ):
                out.extend((report, block, part) for part in _cut(text, block.span))
    return out


def _cut(text: str, span: Span) -> list[Span]:
    parts, start = [], span.start
    while span.end - start > LONGEST:
        end = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = end if end > start else start + LONGEST
        parts.append(Span(start, end))
        start = end
    parts.append(Span(start, span.end))
    return parts


def _read(doc: Any, report: Report, block: Block, offset: int, lemmas: dict[tuple[str, str], str]) -> list[Sentence]:
    made = []
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space]
        if not tokens:
            continue
        place = {t.i: n for n, t in enumerate(tokens)}
        tags = [t.tag_ for t in tokens]
        relations = [t.dep_ for t in tokens]
        span = Span(offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1]))
        made.append(
            Sentence(
                id=make_id(report.id, span.start, span.end),
                report=report.id,
                kind=block.kind,
                span=span,
                tokens=Tokens(
                    starts=tuple(offset + t.idx for t in tokens),
                    ends=tuple(offset + t.idx + len(t) for t in tokens),
                    lemmas=tuple(_lemma(t, lemmas) for t in tokens),
                    tags=tuple(tags),
                    pos=tuple(t.pos_ for t in tokens),
                    heads=tuple(mend([t.lower_ for t in tokens], tags, relations, [_head(t, place) for t in tokens])),
                    relations=tuple(relations),
                    entities=tuple(f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "" for t in tokens),
                ),
            )
        )
    return made


def _lemma(token: Any, lemmas: dict[tuple[str, str], str]) -> str:
    known = lemmas.get((token.lower_, token.pos_))
    lemma: str = known or token.lemma_.lower()
    return lemma


def _head(token: Any, place: dict[int, int]) -> int:
    """The head's place among the kept tokens; white space is passed over, and a cut head makes a root."""
    head = token.head
    while head.i not in place and head.head.i != head.i:
        head = head.head
    return place.get(head.i, place[token.i])
