"""Analysis -> words that say, sentence by sentence, what was coded and why, and what was not and why not."""

from collections.abc import Iterator

from coranto.events.arguments import Arguments
from coranto.events.candidates import Candidate, candidates
from coranto.events.reading import Match, SentenceReading, read
from coranto.knowledge import Knowledge
from coranto.records import CODED_BLOCKS, Analysis, CodedEvent, Sourced


def explain(analysis: Analysis, knowledge: Knowledge) -> Iterator[str]:
    """Lines of plain text: for each sentence its triggers, the frames that held, the weights, the arguments."""
    coded = {e.predicate: e for e in analysis.events}
    for reading in read(analysis, knowledge):
        sentence = reading.tree.sentence
        yield f"SENTENCE [{sentence.span.start}:{sentence.span.end}] {' '.join(reading.tree.words)}"
        if sentence.kind not in CODED_BLOCKS:
            yield f"  not coded: a {sentence.kind} is kept, but is not news of the report's date"
            continue
        yield from _speech(analysis, reading)
        report = next(r for r in analysis.reports if r.id == sentence.report)
        made = candidates(reading, Arguments(reading, analysis.document.id, report))
        for match in reading.matches.values():
            candidate = next((c for c in made if c.token == match.token), None)
            yield from _trigger(reading, match, candidate, coded, knowledge.threshold)
        yield ""


def _speech(analysis: Analysis, reading: SentenceReading) -> Iterator[str]:
    text = analysis.document.text
    for s in analysis.speech:
        if s.sentence == reading.tree.sentence.id:
            source = " ".join(text[x.start : x.end] for x in s.source) or "(nobody named)"
            cue = " ".join(text[x.start : x.end] for x in s.cue)
            content = " ... ".join(text[x.start : x.end] for x in s.content)
            yield f"  speech ({s.kind}): {source} | {cue} ({s.stance}) | {content}"


def _trigger(
    reading: SentenceReading, match: Match, c: Candidate | None, coded: dict[str, CodedEvent], threshold: float
) -> Iterator[str]:
    tree = reading.tree
    word = tree.words[match.token]
    slots = ", ".join(f"{s}={'+'.join(tree.words[t] for t in found)}" for s, found in match.slots.items())
    if match.frame is None:
        yield f"  {word!r}: no frame holds ({slots or 'no arguments'}){_guessed(reading, match.token)}"
        return
    lost = "; lost: " + ", ".join(_name(f.id, f.type, f.kind) for f in match.lost[:3]) if match.lost else ""
    yield f"  {word!r}: frame {_name(match.frame.id, match.frame.type, match.frame.kind)} holds ({slots}){lost}"
    if c is None:
        yield "    no event: " + (
            "this sense is no event" if match.frame.kind == "-" else "it only colours its content"
        )
        return
    yield "    weighed: " + ", ".join(f"{words} {change:+.2f}" for words, change in c.notes) + f" = {c.score:.2f}"
    mood = c.mood
    path = " < ".join(mood.path) or "nothing"
    sign = "" if mood.positive else " (negative)"
    yield f"    modality: {mood.modality}{sign}, {mood.tense} tense, because of: {path}"
    yield f"    actors: {_refs(c.actors)}; recipients: {_refs(c.recipients)}"
    if c.absorbed_by is not None:
        yield f"    told as one event with {tree.words[c.absorbed_by.token]!r}"
    elif c.score < threshold:
        yield f"    NOT CODED: {c.score:.2f} is under the threshold {threshold:.2f}"
    else:
        event = next(
            (e for e in coded.values() if e.trigger.span.start <= tree.starts[c.token] < e.trigger.span.end), None
        )
        if event is not None:
            yield f"    CODED {event.type.value} {event.cameo} {_time(event)} {_place(event)}{_said(event)}".rstrip()


def _guessed(reading: SentenceReading, token: int) -> str:
    """What the second signal says of a word, where it was asked."""
    guess = reading.guesses.get(token)
    if guess is None:
        return ""
    return f"; the second signal: {guess.best} {guess.of[guess.best]:.2f}, no event {guess.none:.2f}"


def _name(frame: str, kind: object, sort: str) -> str:
    return f"{frame} {kind or sort}"


def _refs(refs: tuple[Sourced, ...]) -> str:  # type: ignore[type-arg]
    return (
        " + ".join(f"{r.value.name} [{r.value.code or '?'}; {r.basis}, {r.via}, {r.score:.2f}]" for r in refs) or "none"
    )


def _time(event: CodedEvent) -> str:
    if event.time is None or event.time.value.period is None:
        return "at an unknown time"
    p = event.time.value.period
    return f"on {p.low}{'' if p.low == p.high else f'..{p.high}'} ({event.time.basis})"


def _place(event: CodedEvent) -> str:
    return f"in {event.place.value.name} ({event.place.value.precision})" if event.place else ""


def _said(event: CodedEvent) -> str:
    names = [s.speaker.value.name for s in event.attribution if s.speaker]
    return f", says {' < '.join(names)}" if names else ""
