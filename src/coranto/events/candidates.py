"""SentenceReading -> Candidates: triggers with an event frame, their arguments, and what speaks for and against each.

This is the one place where evidence for an event is weighed. Candidates that tell one and the same event are joined:
a support verb with its noun, a killing with the attack it happened in, a result clause with its cause.
"""

from coranto.events.arguments import Arguments
from coranto.events.guessing import ANY
from coranto.events.joining import in_passing, join
from coranto.events.modality import Mood, mood
from coranto.events.reading import Match, SentenceReading
from coranto.knowledge.frames import Frame
from coranto.language.en.clauses import COMMITTING, HARM
from coranto.language.en.modals import CONDITIONALS
from coranto.language.en.slots import LIGHT, is_passive
from coranto.language.trees import Tree
from coranto.records import EventType, Modality, Precision, Ref, RefKind, Sourced, Via, Words

DIPLOMATIC = frozenset({EventType.CONSULT, EventType.AGREE, EventType.SUPPORT, EventType.COOPERATE, EventType.REQUEST})
PRIVATE = frozenset({"CVL", "REL", "EDU", "MED", "JRN", "BUS", "ELI", "REF", "HLH", "LAB", "UNK", "SOC", "AGR"})
GENRE = -0.5  # what it weighs that a sentence tells of a game or a story, or explains a word
DOUBT = -0.25  # what it weighs that the second signal sees no event
FORCEFUL = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE})
HARMFUL = frozenset({EventType.ASSAULT, EventType.COERCE})
TARGETS = ("building", "infrastructure", "settlement", "position", "vessel", "aircraft", "property")
DIRECTED = frozenset({EventType.REQUEST, EventType.ACCUSE})


class Candidate:
    """A trigger that may become a coded event. ``notes`` are (words, change of score), as weighed."""

    def __init__(self, reading: SentenceReading, match: Match, frame: Frame, found: Mood) -> None:
        assert frame.type is not None
        self.reading, self.match, self.frame, self.mood = reading, match, frame, found
        self.token = match.token
        self.type: EventType = frame.type
        self.mode = frame.mode
        self.governor = found.governor
        self.actors: tuple[Sourced[Ref], ...] = ()
        self.recipients: tuple[Sourced[Ref], ...] = ()
        self.instrument: int | None = None
        self.absorbed: list[Candidate] = []
        self.absorbed_by: Candidate | None = None
        self.notes: list[tuple[str, float]] = [(f"frame {frame.id} ({frame.trigger})", frame.weight)]
        self.completing = _completing(match, frame)

    @property
    def score(self) -> float:
        """What speaks for the event, 0..1."""
        return round(min(1.0, max(0.0, sum(change for _, change in self.notes))), 3)

    @property
    def own(self) -> frozenset[int]:
        """The trigger and those of the candidates that were joined to it."""
        return frozenset({self.token, *(t for c in self.absorbed for t in c.own), *self.completing})

    @property
    def trigger_tokens(self) -> list[int]:
        """The tokens that are shown as the trigger."""
        return [self.token, *(t for t in self.completing if abs(t - self.token) <= 6)]

    @property
    def path_words(self) -> list[Words]:
        """The words that made the modality."""
        tree = self.reading.tree
        document = next((m.words.document for m, _ in self.reading.mentions), "")
        if not document:
            return []
        wanted = set(self.mood.path)
        return [tree.cite(document, i, i) for i in range(tree.n) if tree.lower[i] in wanted][:4]


def _completing(match: Match, frame: Frame) -> list[int]:
    """Nouns that conditions of the frame name as part of the trigger ("hold *talks*")."""
    slots = [c.slot for c in frame.when if c.positive and c.slot in ("obj", "prt") and c.words]
    return [t for slot in slots for t in match.slots.get(slot, ())][:2]


def candidates(reading: SentenceReading, arguments: Arguments) -> list[Candidate]:
    """All candidates of a sentence in order of text, weighed and joined."""
    made = []
    for i, match in reading.matches.items():
        if match.frame is not None and match.frame.kind == "event":
            candidate = Candidate(reading, match, match.frame, reading.once(mood, i))
            _argue(candidate, arguments)
            made.append(candidate)
    _reach(made)
    join(made)
    in_passing(made)
    return made


def is_ultimatum(c: Candidate) -> bool:
    """True for a forceful act that its actor would do under a condition: "would shut the ports *if* ..."."""
    words = set(c.mood.path)
    return c.type in FORCEFUL and c.mood.positive and bool(c.actors) and "if" in words and bool(words & COMMITTING)


def is_condition(c: Candidate) -> bool:
    """True if the trigger stands in an if-clause: what it tells is supposed, not reported."""
    tree = c.reading.tree
    for at in (c.token, *tree.ancestors(c.token)):
        if any(tree.lower[m] in CONDITIONALS - {"whether"} for m in tree.all(at, "mark")) or _is_inverted(tree, at):
            return True
        if tree.relations[at] in ("relcl", "ccomp") and at != c.token:
            return False
    return False


def _is_inverted(tree: Tree, i: int) -> bool:
    """True for "Had they agreed, ...", "Were it to attack, ..."."""
    subject = tree.child(i, "nsubj", "nsubjpass")
    if tree.relations[i] != "advcl" or subject is None:
        return False
    return any(c < subject and tree.lower[c] in ("had", "were", "should") for c in tree.all(i, "aux", "auxpass"))


def _reach(made: list[Candidate]) -> None:
    """A verbal act without a recipient is directed at whoever its content concerns: who is asked or accused to act,
    or else whom the act that is promised, threatened or refused would meet."""
    by = {c.token: c for c in made}
    for inner in reversed(made):
        outer = by.get(inner.governor) if inner.governor is not None else None
        if outer is None or outer.recipients or outer is inner:
            continue
        own = {r.value.id or r.value.name for r in outer.actors}
        wanted = inner.actors if outer.type in DIRECTED else inner.recipients
        outer.recipients = tuple(r for r in wanted or inner.recipients if (r.value.id or r.value.name) not in own)
        if outer.recipients:
            outer.notes.append(("its content says to whom", 0.05))


def _argue(c: Candidate, arguments: Arguments) -> None:
    frame, match = c.frame, c.match
    c.actors = arguments.take(match, frame.actor)
    c.recipients = arguments.take(match, frame.recipient)
    if not c.actors and is_passive(c.reading.tree, c.token):  # "a *Turkish* operation was conducted"
        c.actors = arguments.refs(_owners(c))
    c.instrument = _instrument(c)
    if not c.recipients and c.type in DIRECTED:
        c.recipients = arguments.refs(_asked(c))
    actors = {r.value.id or r.value.name for r in c.actors}
    codes = {r.value.code for r in c.actors if r.value.code}
    c.recipients = tuple(
        r
        for r in c.recipients
        if (r.value.id or r.value.name) not in actors
        and not (r.via is Via.COREFERENCE and r.value.code in codes)  # "called on them" is not a call on oneself
    )
    given = [t for group in frame.actor for slot in group for t in match.slots.get(slot, ())]
    if c.actors:
        known = any(r.value.kind is not RefKind.UNKNOWN for r in c.actors)
        c.notes.append(("the actor is known", 0.1) if known else ("an actor is named", 0.05))
    elif given and c.type is not EventType.ASSAULT:
        c.notes.append(("what stands as actor is none", -0.3))
    elif given and not _could_harm(c, given):
        c.notes.append(("what stands as actor is none", -0.3))
    if c.recipients:
        c.notes.append(("the recipient is known", 0.1))
    if c.type in DIPLOMATIC and c.actors and not c.recipients and all(_is_private(r.value) for r in c.actors):
        c.notes.append(("private persons among themselves", -0.25))
    if c.mood.modality is Modality.POSSIBLE and c.governor is None and not is_ultimatum(c):
        c.notes.append(("it is only possible", -0.35))
    if "?" in c.mood.path and c.reading.tree.pos[0] == "AUX":  # "why did ..." takes for granted that it did
        c.notes.append(("a question asks it", -0.6))
    if is_condition(c):
        c.notes.append(("an if-clause supposes it", -1.0))
    if genre := c.reading.once(_genre):
        c.notes.append((f"the sentence's words are those of {genre}", GENRE))
    if is_definition(c):
        c.notes.append(("it says what the word means", GENRE))
    if c.reading.heading:
        c.notes.append(("a heading names a running matter", -1.0))
    _second(c)
    if not c.actors and not c.recipients:
        verb = c.reading.tree.pos[c.token] == "VERB"
        if not verb and c.type in HARMFUL and _goes_on_somewhere(c, arguments):
            c.notes.append(("nobody is named, but where it happens", -0.1))
        elif not (verb and c.type in HARMFUL and _hits(c)):
            c.notes.append(("nobody acts and nobody is acted upon", -0.2 if verb else -0.4))


def _genre(reading: SentenceReading) -> str:
    return reading.genre


def is_definition(c: Candidate) -> bool:
    """True in a clause that says what a thing is: "a coup *is* the overthrow of a government"."""
    tree = c.reading.tree
    for verb in tree.ancestors(c.token):
        if tree.lower[verb] in ("is", "are", "means") and tree.relations[verb] == "ROOT":
            heads = tree.all(verb, "nsubj")
            return any(
                tree.pos[h] == "NOUN" and {tree.lower[d] for d in tree.all(h, "det")} & {"a", "an"} for h in heads
            )
    return False


def _goes_on_somewhere(c: Candidate, arguments: Arguments) -> bool:
    """True for violence that the sentence is about and locates: "heavy *fighting* resumed in Omdurman"."""
    tree = c.reading.tree
    if tree.relations[c.token] not in ("nsubj", "nsubjpass", "ROOT") or tree.lemmas[c.token] == "war":
        return False
    place = arguments.place(frozenset({c.token}), c.frame)
    return place is not None and place.value.precision is not Precision.COUNTRY


def _hits(c: Candidate) -> bool:
    """True where a thing or place that can be hit or taken stands as what is acted upon: "rocked the *building*"."""
    reading = c.reading
    acted_on = [t for group in c.frame.recipient for slot in group for t in c.match.slots.get(slot, ())]
    return any(
        t in reading.places or any(reading.frames.within(reading.tree.lemmas[t], kind) for kind in TARGETS)
        for t in acted_on
    )


def _owners(c: Candidate) -> list[int]:
    """Whose act the noun of a support verb names: "*Iran's* attack was carried out", "a *Turkish* operation"."""
    if c.reading.tree.lemmas[c.token] not in LIGHT:
        return []
    return [o for t in c.completing for o in c.reading.tree.all(t, "poss", "amod", "nmod", "compound")]


def _asked(c: Candidate) -> list[int]:
    """Who is to act, or has acted, in the content of a request or accusation: "demanded that *Israel* halt"."""
    tree = c.reading.tree
    clauses = [t for slot in ("comp", "inf", "must") for t in c.match.slots.get(slot, ()) if slot in c.frame.content]
    return [s for t in clauses if not is_passive(tree, t) for s in tree.all(t, "nsubj") if tree.pos[s] != "PRON"]


def _second(c: Candidate) -> None:
    """What the second signal says of a trigger that a frame of the lexicon holds for."""
    guess = c.reading.guesses.get(c.token)
    if guess is None:
        return
    if c.frame.id.startswith(ANY):
        likely = guess.of[c.type]
        c.notes.append((f"the second signal takes it for {c.type} ({likely:.2f})", round((likely - 0.8) / 2, 3)))
    elif c.reading.tree.lemmas[c.token] in HARM:
        return  # "twelve people were killed": by whom, and whether by anybody, other sentences say
    elif guess.none >= 0.9:
        c.notes.append(("the second signal sees no event", DOUBT))
    elif guess.none >= 0.6:
        c.notes.append(("the second signal sees hardly an event", DOUBT / 2))


def _is_private(ref: Ref) -> bool:
    """True for somebody who acts for no state, organisation or group: villagers, nuns, a person without a role."""
    if ref.kind in (RefKind.COUNTRY, RefKind.ORGANISATION, RefKind.ARMED_GROUP, RefKind.OFFICE):
        return False
    return not set(ref.sectors) - PRIVATE


def _could_harm(c: Candidate, given: list[int]) -> bool:
    """True if a subject that is no actor can still stand for an attack: a weapon, or another event's noun."""
    reading = c.reading
    for t in given:
        lemma = reading.tree.lemmas[t]
        if reading.frames.within(lemma, "weapon") or reading.frames.within(lemma, "attack"):
            return True
        inner = reading.matches.get(t)
        if inner is not None and inner.frame is not None and inner.frame.kind == "event":
            return True
    return False


def _instrument(c: Candidate) -> int | None:
    tree, frames = c.reading.tree, c.reading.frames
    for slot in ("subj", "with", "by", "mod", "in", "from", "obj"):
        for t in c.match.slots.get(slot, ()):
            if frames.within(tree.lemmas[t], "weapon"):
                return t
    return None
