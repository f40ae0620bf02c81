"""SentenceReading -> the same, with frames for words that no frame of the lexicon holds for: the second signal.

The model is asked only where its answer can matter. What it is sure of is given the frame that any word of that type
may take (`frames/any.tsv`); how much its voice weighs is settled with everything else in `candidates`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coranto.language.en.clauses import ACTING
from coranto.language.en.slots import slots
from coranto.language.trees import Tree
from coranto.records import CODED_BLOCKS, Modality
from coranto.records import EventType as T

if TYPE_CHECKING:
    from coranto.events.reading import SentenceReading
    from coranto.knowledge.triggers import Guess, TriggerModel

ANY = "any:"  # how the ids of frames begin that any word of a type may take
# how likely a type must be before the second signal speaks
SURE = 0.8  # ... where no frame does
SURE_OF_VERBS = 0.7  # ... of verbs, where no frame does
CERTAIN = 0.9  # ... against a doubtful frame of the lexicon
NOTHING = 0.05  # how likely it may be at most that the word tells of no event
DOUBTFUL = 0.7  # frames of less weight are asked about
BEFORE, AFTER = 8, 10  # how many tokens around those that are asked about the second signal reads
PARTIES = ("subj", "obj", "by", "poss", "mod")
POS = {"VERB": "v", "NOUN": "n", "ADJ": "a"}


def ask(reading: "SentenceReading", model: "TriggerModel") -> "dict[int, Guess]":
    """What the second signal takes some tokens for, read with the words around them; nothing where not worth it."""
    wanted = _wanted(reading, model) if reading.tree.sentence.kind in CODED_BLOCKS else []
    if not wanted:
        return {}
    tree = reading.tree
    first, last = max(0, wanted[0] - BEFORE), min(tree.n - 1, wanted[-1] + AFTER)
    start = tree.starts[first]
    read = model.read(tree.text[start : tree.ends[last]], [s - start for s in tree.starts[first : last + 1]])
    return {first + n: guess for n, guess in read.items()}


def _wanted(reading: "SentenceReading", model: "TriggerModel") -> list[int]:
    """The triggers that the second signal is asked about: verbs that no frame knows beside an actor, doubtful frames,
    and frames of events in which nobody takes part."""
    tree, out, open_, sure = reading.tree, [], [], False
    known = {t for t, found in reading.actors.items() if any(v.value.country or v.value.sectors for _, v in found)}
    for i, match in reading.matches.items():
        party = any(t in known for slot in PARTIES for t in match.slots.get(slot, ()))
        if match.frame is None:
            party = party or (tree.relations[i] == "ccomp" and _is_pronoun(tree, match.slots.get("subj", ())))
            if party and tree.pos[i] == "VERB" and tree.lemmas[i] not in model.quiet:
                open_.append(i)
        elif match.frame.kind == "event" and (match.frame.weight < DOUBTFUL or not party):
            if party or match.frame.weight >= (0.7 if tree.pos[i] == "VERB" else 0.9):  # else it is not coded anyway
                out.append(i)
        elif match.frame.kind == "event":
            sure = True
    return sorted(out + ([] if sure else open_))


def _is_pronoun(tree: Tree, tokens: Sequence[int]) -> bool:
    """True where a pronoun stands for who acts: "denied that *it* had ..."."""
    return any(tree.lower[t] in ACTING for t in tokens)


def fill(reading: "SentenceReading") -> None:
    """Give words that the second signal is sure of, and the lexicon is not, the frame of their type."""
    for i, guess in reading.guesses.items():
        pos = POS.get(reading.tree.pos[i])
        if pos is None or guess.none > NOTHING:
            continue
        kind = guess.best
        if guess.of[kind] < (SURE_OF_VERBS if pos == "v" else SURE):
            continue
        if _is_open(reading, i) and _is_free(reading, i, kind, guess):
            found = reading.slots(i) or slots(reading.tree, i)
            held = [f for f in reading.frames.of_type(pos, kind) if all(reading.holds(c, found) for c in f.when)]
            reading.put(i, found, held)


def _is_open(reading: "SentenceReading", i: int) -> bool:
    """True for a word that can tell of an event by itself: no auxiliary, no name, no modifier of a noun."""
    tree = reading.tree
    relation = tree.relations[i]
    if tree.pos[i] == "VERB":
        return relation not in ("aux", "auxpass")
    if tree.pos[i] == "ADJ":
        return relation == "acomp"
    if i in reading.actors:
        return False  # "protesters" are somebody, not something that happens
    return not tree.entities[i] and relation not in ("compound", "nmod", "npadvmod")


def _is_free(reading: "SentenceReading", i: int, kind: T, guess: "Guess") -> bool:
    """True where no frame of the lexicon holds, or only a doubtful one that the second signal is certain is wrong."""
    match = reading.matches.get(i)
    if match is None or match.frame is None:
        return True
    frame = match.frame
    if guess.of[kind] < CERTAIN or reading.tree.pos[i] != "VERB":
        return False
    if frame.kind == "event" and frame.type is not None:
        return frame.weight < CERTAIN and guess.of[frame.type] < 0.05
    return frame.inner is Modality.DEMANDED and kind is T.REQUEST
