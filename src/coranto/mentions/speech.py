"""Analysis -> its Speech layer: who says what, with source, cue and content, over every sentence.

Cues are verbs ("said"), nouns ("a statement that"), adjectives, and prepositions ("according to"); quoted words go on
with their speaker over sentences and paragraphs. A Speech's content lies in its own sentence; what is said over several
sentences is as many Speeches with one cue.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.knowledge.cues import CueTable
from coranto.language.trees import Tree, trees
from coranto.mentions.speech_cues import Said, cues_of
from coranto.mentions.speech_spans import length, quotations, united, without
from coranto.records import Analysis, MentionKind, Ref, Sourced, Span, Speech, SpeechKind, make_id

SILENT = frozenset({"asks", "denies", "believes"})  # no quotation goes on from these
SHORT = 20  # characters: shorter quoted words ("so-called") are no utterance of their own


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Speech, ...]]]:
    """A stage: the speech of each document, in order of text."""
    cues = knowledge.cues

    def speech(batch: Sequence[Analysis]) -> list[tuple[Speech, ...]]:
        return [_layer(a, [s for s in said(a, cues) if s.told]) for a in batch]

    return speech


def attitudes(analysis: Analysis, knowledge: Knowledge) -> tuple[Speech, ...]:
    """What is liked, blamed, wanted or refused, by whom: attributions of a thing or an act, of no words."""
    return _layer(analysis, [s for s in said(analysis, knowledge.cues) if not s.told])


def said(analysis: Analysis, cues: CueTable) -> list[Said]:
    """Every attribution of a document with all its content, in order of text."""
    text = analysis.document.text
    quotes = quotations(text)
    starts = [q.start for q in quotes]
    made: list[Said] = []
    last: Said | None = None
    report = ""
    forest = trees(analysis)
    for n, tree in enumerate(forest):
        if tree.sentence.report != report:
            report, last = tree.sentence.report, None
        own = tree.sentence.span
        near = _near(quotes, starts, own)
        found = list(_with_quotes(tree, list(cues_of(tree, cues)), near, text, forest[n - 1 : n] if n else []))
        outer = [s for s in found if s.spoken and s.source and not _inside(s.cue[0], near)]
        whole = _is_quoted(own, near)
        if not outer and whole and last is not None:
            if not _covers(last.content, own):
                last.content = united([*last.content, own])
        else:
            last = _voice(outer, near)
        made.extend(found)
    return [s for s in made if s.content]


def _voice(outer: list[Said], near: list[Span]) -> Said | None:
    """Who goes on to speak when the next sentence is quoted: who was quoted last, or who last said something."""
    able = [s for s in outer if s.told and s.content and s.stance not in SILENT]
    quoted = [s for s in able if any(q.overlaps(c) for q in near for c in s.content)]
    return next(iter(quoted or able), None)


def _near(quotes: list[Span], starts: list[int], own: Span) -> list[Span]:
    """The quotations that touch a sentence."""
    found = []
    for q in reversed(quotes[: bisect_left(starts, own.end)]):
        if q.end <= own.start:
            break
        found.append(q)
    return found[::-1]


def _with_quotes(tree: Tree, found: list[Said], near: list[Span], text: str, before: list[Tree]) -> Iterator[Said]:
    """The attributions of a sentence, those that speak with all of the quoted words that they tell."""
    own = tree.sentence.span
    for s in found:
        if s.spoken and s.told and s.content:
            held = [q for q in near if not q.overlaps(s.cue[0]) and _is_held(q, s.content, own)]
            s.content = _widened(s.content, held, [*s.cue, *s.source])
    told = [c for s in found for c in s.content if s.told and s.spoken]
    free = [q for q in near if not any(q.overlaps(c) for c in told)]
    able = [s for s in found if s.spoken and s.source and not (s.content and s.told)]
    for q in free:
        beside = [s for s in able if not q.overlaps(s.cue[0]) and _beside(q, s, text)]
        if beside:
            s = min(beside, key=lambda s: min(_distance(q, x) for x in (*s.cue, *s.source)))
            s.content, s.told = [*(s.content if s.told else ()), q], True
        elif q.end - q.start > SHORT:
            _go_on(q, found, near)
    for s in found:
        if s in able and not s.content and before:
            s.content = _just_before(s, text, before[0])
            s.told = bool(s.content)
        if s.content:
            yield s


def _go_on(quote: Span, found: list[Said], near: list[Span]) -> None:
    """Give a quotation to who was quoted before it in the sentence: "'It holds,' she said, 'and it will'"."""
    for s in reversed(found):
        own = any(q.overlaps(c) for q in near if q is not quote for c in s.content)
        if s.spoken and s.told and own and quote.start > s.cue[-1].end and quote.start > s.content[-1].end:
            s.content = [*s.content, quote]
            return


def _root(tree: Tree, i: int) -> int:
    return next((a for a in tree.ancestors(i) if tree.heads[a] == a), i)


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _is_held(quote: Span, content: list[Span], own: Span) -> bool:
    """True if the content holds half of what the sentence has of the quotation, or its start."""
    here = Span(max(quote.start, own.start), min(quote.end, own.end))
    shared = sum(max(0, min(c.end, here.end) - max(c.start, here.start)) for c in content)
    return 2 * shared >= here.end - here.start or any(c.start <= quote.start + 1 < c.end for c in content)


def _widened(content: list[Span], quotes: list[Span], holes: list[Span]) -> list[Span]:
    whole = united([*content, *quotes], gap=3)
    return [part for span in whole for part in without(span, holes) if part.end - part.start > 1]


def _beside(quote: Span, s: Said, text: str) -> bool:
    """True if the quotation stands right before or after the cue with its source, or after a colon or comma."""
    first = min(x.start for x in (*s.cue, *s.source))
    last = max(x.end for x in (*s.cue, *s.source))
    if quote.end <= first:
        return first - quote.end <= 6 and text[quote.end - 1] != "."
    return quote.start >= last and text[max(0, quote.start - 3) : quote.start].strip(" “\"'«")[-1:] in (":", ",", "")


def _just_before(s: Said, text: str, before: Tree) -> list[Span]:
    """The quoted sentences that the cue follows: "'Who knows?' | he asked."."""
    own = before.sentence.span
    first = min(x.start for x in (*s.cue, *s.source))
    if first - own.end > 4 or text[own.end - 1 : own.end + 1].strip()[-1:] not in ('"', "”", "'"):
        return []
    if "." in text[own.end - 2 : own.end] or "\n" in text[own.end : first]:  # what is complete awaits no cue
        return []
    line = text.rfind("\n", 0, own.start) + 1
    held = [q for q in quotations(text[line : own.end]) if q.end + line >= own.end - 3]
    return [Span(min(q.start + line, own.start), own.end) for q in held] or [own]


def _inside(span: Span, quotes: list[Span]) -> bool:
    return any(span in q for q in quotes)


def _is_quoted(own: Span, near: list[Span]) -> bool:
    """True if the whole sentence stands in quotation marks: it goes on with the speaker before it."""
    return any(q.start <= own.start + 2 and own.end - 3 <= q.end for q in near)


def _covers(content: list[Span], own: Span) -> bool:
    return any(c.start <= own.start + 2 and own.end - 2 <= c.end for c in content)


def _layer(analysis: Analysis, found: list[Said]) -> tuple[Speech, ...]:
    """Attributions as Speeches, one a sentence that their content touches, nested and with their speakers."""
    quotes = quotations(analysis.document.text)
    starts = [q.start for q in quotes]
    sentences = analysis.sentences
    begins = [s.span.start for s in sentences]
    speakers = _speakers(analysis)
    by: dict[int, list[Speech]] = {}
    for s in found:
        for at, pieces in _by_sentence(s, analysis, begins).items():
            id = make_id(sentences[at].id, "speech", s.cue[0].start, pieces[0].start)
            near = _near(quotes, starts, sentences[at].span)
            made = Speech(
                id=id, sentence=sentences[at].id, kind=_kind(pieces, near), cue=tuple(s.cue), content=tuple(pieces),
                source=tuple(s.source), stance=s.stance, speaker=_speaker(s.source, speakers),
            )  # fmt: skip
            by.setdefault(at, []).append(made)
    return tuple(s for at in sorted(by) for s in _nest(by[at]))


def _by_sentence(s: Said, analysis: Analysis, begins: list[int]) -> dict[int, list[Span]]:
    """Content cut at the edges of sentences: place of the sentence -> its part."""
    parts: dict[int, list[Span]] = {}
    for c in s.content:
        at = max(0, bisect_right(begins, c.start) - 1)
        while at < len(begins) and begins[at] < c.end:
            own = analysis.sentences[at].span
            part = Span(max(own.start, c.start), min(own.end, c.end)) if own.overlaps(c) else None
            if part is not None:
                parts.setdefault(at, []).append(part)
            at += 1
    return parts


def _kind(content: list[Span], quotes: list[Span]) -> SpeechKind:
    if any(all(c.start >= q.start - 1 and c.end <= q.end + 1 for c in content) for q in quotes):
        return SpeechKind.DIRECT
    return SpeechKind.MIXED if any(q.overlaps(c) for q in quotes for c in content) else SpeechKind.INDIRECT


def _nest(found: list[Speech]) -> list[Speech]:
    """Each speech with the smallest other one that holds its cue as parent."""
    out = []
    for s in found:
        holders = [o for o in found if o is not s and any(s.cue[0] in c for c in o.content)]
        holders.sort(key=lambda o: length(o.content))
        out.append(replace(s, parent=holders[0].id) if holders else s)
    return out


def _speakers(analysis: Analysis) -> list[tuple[Span, Sourced[Ref]]]:
    values = {r.mention: r.value for r in analysis.referents}
    out: list[tuple[Span, Sourced[Ref]]] = []
    for m in analysis.mentions:
        value = values.get(m.id)
        if m.kind is MentionKind.ACTOR and value is not None and isinstance(value.value, Ref):
            out.append((m.words.span, value))  # type: ignore[arg-type]
    return out


def _speaker(sources: list[Span], speakers: list[tuple[Span, Sourced[Ref]]]) -> Sourced[Ref] | None:
    for source in sources:
        fits = [(span, ref) for span, ref in speakers if span.overlaps(source)]
        if fits:
            return max(fits, key=lambda f: (min(f[0].end, source.end) - max(f[0].start, source.start), -f[0].start))[1]
    return None
