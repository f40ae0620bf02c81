"""Analysis -> its Speech layer: who says what, with source, cue and content, over every sentence.

Cues are verbs ("said"), nouns ("a statement that"), and prepositions ("according to"); quoted words without a cue of
their own belong to the speaker of the sentence before or after.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.knowledge.cues import CueTable
from coranto.language.en.slots import is_passive, subject
from coranto.language.trees import Tree, trees
from coranto.records import Analysis, MentionKind, Ref, Sourced, Span, Speech, SpeechKind, make_id

OPEN, CLOSE = '“"«', '”"»'
TELLING = frozenset({"says", "believes", "confirms", "warns"})  # "agreed to leave" tells of no words
PUNCTUATION = frozenset(",.;:-–—\"“”'‘’")


def make(knowledge: Knowledge) -> Callable[[Sequence[Analysis]], list[tuple[Speech, ...]]]:
    """A stage: the speech of each document, in order of text."""
    cues = knowledge.cues

    def speech(batch: Sequence[Analysis]) -> list[tuple[Speech, ...]]:
        return [_speech(a, cues) for a in batch]

    return speech


def _speech(analysis: Analysis, cues: CueTable) -> tuple[Speech, ...]:
    speakers = _speakers(analysis)
    made: list[Speech] = []
    last: Speech | None = None
    quotes = _quotes(analysis.document.text, [s.span for s in analysis.sentences])
    report = ""
    for tree in trees(analysis):
        if tree.sentence.report != report:
            report, last = tree.sentence.report, None
        found = [_resolve(s, speakers) for s in _of_sentence(tree, cues, quotes)]
        if not found and last is not None and _continues(tree, quotes):
            found = [_carry(tree, last)]
        made.extend(_nest(found))
        outer = [s for s in found if s.source]
        last = (outer[0] if outer else last) if found else None
    return tuple(made)


def _of_sentence(tree: Tree, cues: CueTable, quotes: list[Span]) -> list[Speech]:
    found = []
    for i in range(tree.n):
        pos = tree.pos[i]
        speech = None
        if pos == "VERB" and (stance := cues.verb(tree.lemmas[i])):
            speech = _of_verb(tree, i, stance, quotes)
        elif tree.lower[i] in ("according", "per") and tree.relations[i] in ("prep", "pcomp", "advmod"):
            speech = _of_preposition(tree, i, quotes)
        elif pos == "NOUN" and (stance := cues.noun(tree.lemmas[i])):
            speech = _of_noun(tree, i, stance, quotes)
        if speech is not None:
            found.append(speech)
    return found


def _of_verb(tree: Tree, i: int, stance: str, quotes: list[Span]) -> Speech | None:
    """ "X said that ...", "..., X said", "X told Y that ...", "X denied carrying out ..."."""
    contents = [c for c in tree.all(i, "ccomp", "xcomp") if stance not in TELLING or not _is_infinitive(tree, c)]
    if tree.child(i, "dobj") is not None:  # "14 opposed it" after a semicolon: the clause before it is not its content
        contents = [c for c in contents if c > i]
    if not contents and tree.relations[i] in ("parataxis", "ccomp", "advcl") and tree.child(i, "dobj") is None:
        head = tree.heads[i]
        if tree.relations[i] == "parataxis" or (
            tree.starts[head] < tree.starts[i] and tree.lower[i - 1 if i else 0] == ","
        ):
            contents = [head]
    if not contents and stance not in ("asks", "accuses", "threatens", "promises"):
        contents = tree.all(i, "dobj") if stance in ("denies", "confirms", "claims", "alleges") else []
    source = [] if is_passive(tree, i) and tree.child(i, "agent") is None else subject(tree, i)
    if is_passive(tree, i):
        source = [o for a in tree.all(i, "agent") for o in tree.all(a, "pobj")]
    cue = [*tree.all(i, "neg", "prt"), i]
    if not contents:
        quoted = _quoted_in(tree, quotes)
        return _build(tree, cue, source, quoted, stance, quotes) if quoted and source else None
    taken = set(tree.subtree(i)) if contents == [tree.heads[i]] else set()
    content = [_trim(tree, [t for t in tree.subtree(c) if t not in taken and t != i]) for c in contents]
    if stance == "says" and not source and tree.relations[i] not in ("ROOT", "conj", "advcl", "parataxis", "ccomp"):
        return None
    return _build(tree, cue, source, [s for s in content if s], stance, quotes)


def _is_infinitive(tree: Tree, i: int) -> bool:
    return tree.relations[i] == "xcomp" and any(tree.lower[c] == "to" for c in tree.all(i, "aux"))


def _of_preposition(tree: Tree, i: int, quotes: list[Span]) -> Speech | None:
    """ "according to X, ..."."""
    own = set(tree.subtree(i))
    objects = [o for p in (i, *tree.all(i, "prep")) for o in tree.all(p, "pobj")]
    if not objects:
        return None
    head = tree.heads[i]
    while tree.heads[head] != head and tree.pos[head] not in ("VERB", "AUX"):
        head = tree.heads[head]
    content = _trim(tree, [t for t in tree.subtree(head) if t not in own])
    cue = [i, *(p for p in tree.all(i, "prep") if tree.lower[p] == "to")]
    return _build(tree, cue, objects, [content] if content else [], "says", quotes)


def _of_noun(tree: Tree, i: int, stance: str, quotes: list[Span]) -> Speech | None:
    """ "a statement that ...", "Kyiv's claim that ..."."""
    contents = [c for c in tree.all(i, "acl", "ccomp") if any(tree.lower[m] == "that" for m in tree.all(c, "mark"))]
    if not contents:
        return None
    source = tree.all(i, "poss") or [
        o for p in tree.all(i, "prep") if tree.lower[p] in ("by", "from") for o in tree.all(p, "pobj")
    ]
    content = [_trim(tree, tree.subtree(c)) for c in contents]
    return _build(tree, [i], source, [s for s in content if s], stance, quotes)


def _build(
    tree: Tree,
    cue: list[int],
    source: list[int],
    content: list[list[int]] | list[Span],
    stance: str,
    quotes: list[Span],
) -> Speech:
    spans: list[Span] = []
    for piece in content:
        spans.extend([piece] if isinstance(piece, Span) else _runs(tree, piece))
    spans = sorted(set(spans)) or [tree.span(cue[0], cue[0])]
    cues = _runs(tree, sorted(cue))
    return Speech(
        id=make_id(tree.sentence.id, "speech", cues[0].start, spans[0].start),
        sentence=tree.sentence.id,
        kind=_kind(spans, quotes),
        cue=tuple(cues),
        content=tuple(spans),
        source=tuple(_phrase(tree, s) for s in source if tree.lower[s] not in ("it", "who", "which")),
        stance=stance,
    )


def _kind(content: list[Span], quotes: list[Span]) -> SpeechKind:
    if any(all(c in q for c in content) for q in quotes):
        return SpeechKind.DIRECT
    return SpeechKind.MIXED if any(q.overlaps(c) for q in quotes for c in content) else SpeechKind.INDIRECT


def _phrase(tree: Tree, i: int) -> Span:
    """The noun phrase that ``i`` heads, without relative clauses, appositions and coordinated phrases."""
    drop = ("relcl", "appos", "conj", "cc", "acl", "punct", "advcl", "ccomp")
    kept, stack = [], [i]
    while stack:
        j = stack.pop()
        kept.append(j)
        stack.extend(c for c in tree.children[j] if not (j == i and tree.relations[c] in drop))
    kept.sort()
    run = [i]
    for j in sorted((k for k in kept if k < i), reverse=True):
        if j == run[0] - 1:
            run.insert(0, j)
    for j in (k for k in kept if k > i):
        if j == run[-1] + 1:
            run.append(j)
    return tree.span(run[0], run[-1])


def _runs(tree: Tree, tokens: list[int]) -> list[Span]:
    runs: list[Span] = []
    start = previous = -2
    for t in tokens:
        if t != previous + 1:
            if start >= 0:
                runs.append(tree.span(start, previous))
            start = t
        previous = t
    if start >= 0:
        runs.append(tree.span(start, previous))
    return runs


def _trim(tree: Tree, tokens: list[int]) -> list[int]:
    while tokens and tree.words[tokens[0]] in PUNCTUATION:
        tokens = tokens[1:]
    while tokens and tree.words[tokens[-1]] in PUNCTUATION:
        tokens = tokens[:-1]
    return tokens


def _quotes(text: str, spans: list[Span]) -> list[Span]:
    """The quoted stretches of a text; an open quotation ends with its paragraph."""
    found, opened = [], -1
    for n, c in enumerate(text):
        if opened < 0 and c in OPEN:
            opened = n
        elif opened >= 0 and c in CLOSE:
            if n > opened + 1:
                found.append(Span(opened + 1, n))
            opened = -1
        elif c == "\n" and opened >= 0:
            if n > opened + 1:
                found.append(Span(opened + 1, n))
            opened = -1
    return found


def _quoted_in(tree: Tree, quotes: list[Span]) -> list[Span]:
    own = tree.sentence.span
    return [
        Span(max(q.start, own.start), min(q.end, own.end)) for q in quotes if q.overlaps(own) and q.end - q.start > 20
    ]


def _continues(tree: Tree, quotes: list[Span]) -> bool:
    """True if the whole sentence stands in quotation marks: it goes on with the speaker before it."""
    own = tree.sentence.span
    return any(q.start <= own.start + 1 and own.end - 2 <= q.end for q in quotes)


def _carry(tree: Tree, last: Speech) -> Speech:
    return replace(
        last,
        id=make_id(tree.sentence.id, "speech", "carried"),
        sentence=tree.sentence.id,
        kind=SpeechKind.DIRECT,
        content=(tree.sentence.span,),
    )


def _nest(found: list[Speech]) -> list[Speech]:
    """Each speech with the smallest other one that holds its cue as parent."""
    out = []
    for s in found:
        holders = [o for o in found if o is not s and any(s.cue[0] in c for c in o.content)]
        holders.sort(key=lambda o: sum(c.end - c.start for c in o.content))
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


def _resolve(speech: Speech, speakers: list[tuple[Span, Sourced[Ref]]]) -> Speech:
    for source in speech.source:
        fits = [(span, ref) for span, ref in speakers if span.overlaps(source)]
        if fits:
            best = max(fits, key=lambda f: (min(f[0].end, source.end) - max(f[0].start, source.start), -f[0].start))
            return replace(speech, speaker=best[1])
    return speech
