"""SentenceReading -> Candidates: triggers with an event frame, their arguments, and what speaks for and against each.

This is the one place where evidence for an event is weighed. Candidates that tell one and the same event are joined:
a support verb with its noun, a killing with the attack it happened in, a result clause with its cause.
"""

from coranto.events.arguments import Arguments
from coranto.events.guessing import ANY
from coranto.events.modality import Mood, mood
from coranto.events.reading import Match, SentenceReading
from coranto.knowledge.frames import Frame
from coranto.language.en.modals import CONDITIONALS
from coranto.language.en.slots import is_passive
from coranto.language.trees import Tree
from coranto.records import EventType, Modality, Precision, Ref, RefKind, Sourced, Via, Words

HARM = frozenset(
    "kill wound injure hurt maim slay murder massacre damage destroy devastate trap bury level raze flatten hit "
    "strike leave die perish target".split()
)
DIPLOMATIC = frozenset({EventType.CONSULT, EventType.AGREE, EventType.SUPPORT, EventType.COOPERATE, EventType.REQUEST})
PRIVATE = frozenset({"CVL", "REL", "EDU", "MED", "JRN", "BUS", "ELI", "REF", "HLH", "LAB", "UNK", "SOC", "AGR"})
VERBAL = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.REQUEST, EventType.THREATEN, EventType.SUPPORT})
DOUBT = -0.25  # what it weighs that the second signal sees no event
MENTIONED = -0.5  # what it weighs that a noun or participle mentions an event inside another's clause
PASSING = -0.7  # what it weighs that a clause describes a participant of another event
FORCEFUL = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE})
COMMITTING = frozenset({"will", "would", "'ll", "’ll", "may", "could", "might", "shall"})
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
    _join(made)
    _in_passing(made)
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
    _second(c)
    if not c.actors and not c.recipients:
        verb = c.reading.tree.pos[c.token] == "VERB"
        if not verb and c.type in HARMFUL and _goes_on_somewhere(c, arguments):
            c.notes.append(("nobody is named, but where it happens", -0.1))
        elif not (verb and c.type in HARMFUL and _hits(c)):
            c.notes.append(("nobody acts and nobody is acted upon", -0.2 if verb else -0.4))


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


def _join(made: list[Candidate]) -> None:
    """Candidates of one type that tell one event are joined to the one that is told first."""
    by = {c.token: c for c in made}
    for c in made:
        host = _host(c, by)
        while host is not None and host.absorbed_by is not None:
            host = host.absorbed_by
        if host is None or host is c:
            continue
        c.absorbed_by = host
        host.absorbed.append(c)
        host.actors = host.actors or c.actors
        if not host.recipients:
            taken = {r.value.id or r.value.name for r in host.actors}
            host.recipients = tuple(r for r in c.recipients if (r.value.id or r.value.name) not in taken)
        host.instrument = host.instrument if host.instrument is not None else c.instrument
        host.mode = host.mode or c.mode
    for c in made:
        if c.absorbed and any("what stands as actor" in n for n, _ in c.notes) and c.actors:
            c.notes.append(("the actor is known from its noun", 0.4))
        elif c.absorbed:
            c.notes.append(("told by more than one word", 0.1))


def _host(c: Candidate, by: dict[int, Candidate]) -> Candidate | None:
    """The candidate that tells the same event as ``c`` and takes it in, if any."""
    tree = c.reading.tree
    if tree.relations[c.token] == "conj":  # "conducted airstrikes and shelling"
        listed = next(
            (h for h in by.values() if h is not c and h.type is c.type and _first_conjunct(c) in h.completing), None
        )
        if listed is not None:
            return listed
    if tree.pos[c.token] != "VERB":
        completing = next((h for h in by.values() if h is not c and c.token in h.completing), None)
        if completing is not None:
            return completing
        verb = _argument_of(c)
        host = by.get(verb) if verb is not None else None
        return host if host is not None and host.type is c.type else None
    up, relation = tree.heads[c.token], tree.relations[c.token]
    host = by.get(up)
    if host is not None and host.type is c.type and _goes_on(c, host, relation):
        return host
    if relation in ("advcl", "conj", "xcomp") and host is not None and host.type is c.type is EventType.ASSAULT:
        if tree.child(c.token, "nsubj", "nsubjpass") is not None:
            return None
        if (relation == "advcl" and tree.tags[c.token] == "VBG") or tree.lemmas[c.token] in HARM:
            return host
    if c.type is EventType.ASSAULT and not c.actors and tree.lemmas[c.token] in HARM:
        cause = next((h for h in by.values() if h.type is c.type and _is_when(h, c.token)), None)
        if cause is not None:
            return cause  # "killed *when* a helicopter bombed a market"
    if relation in ("acl", "relcl") and host is not None and host.type is c.type:
        return host  # "an attack that killed 12", "the shelling carried out by"
    if relation in ("xcomp", "ccomp") and host is not None and host.type is c.type and not host.frame.content:
        return host  # "forced families *to flee*"
    return None


def _goes_on(c: Candidate, host: Candidate, relation: str) -> bool:
    """True for a verb by which the same actor goes on telling what the verb above it told: "sued the
    ministry, *accusing* it of ...", "condemned and *denounced* the raid"."""
    tree = c.reading.tree
    if tree.child(c.token, "nsubj", "nsubjpass") is not None or is_passive(tree, c.token):
        return False
    if relation == "advcl":
        return tree.tags[c.token] == "VBG" and not tree.all(c.token, "mark")
    if relation != "conj" or c.type not in VERBAL:
        return False
    theirs = {r.value.id or r.value.name for r in host.recipients}
    return not theirs or all((r.value.id or r.value.name) in theirs for r in c.recipients)


def _is_when(c: Candidate, verb: int) -> bool:
    """True for a clause that says when, and so how, the verb above it came about."""
    tree = c.reading.tree
    if tree.heads[c.token] != verb or tree.relations[c.token] != "advcl":
        return False
    return any(tree.lower[m] in ("when", "as") for m in tree.all(c.token, "mark", "advmod"))


def _first_conjunct(c: Candidate) -> int:
    tree, at = c.reading.tree, c.token
    while tree.relations[at] == "conj" and tree.heads[at] != at:
        at = tree.heads[at]
    return at


def _in_passing(made: list[Candidate]) -> None:
    """An event that a noun tells inside a phrase of another event's clause is mentioned, not reported."""
    if not any(c.absorbed_by is None and c.governor is None and _is_main(c) for c in made):
        return
    by = {c.token: c for c in made}
    for c in made:
        tree = c.reading.tree
        if c.absorbed_by is not None:
            continue
        if tree.pos[c.token] in ("NOUN", "PROPN"):
            if _is_oblique(c) or _is_acted_on(c, by):
                c.notes.append(("a noun mentions it in passing", MENTIONED))
        elif (change := _describes(c)) < 0:
            c.notes.append(("it describes somebody who takes part in another event", change))


def _describes(c: Candidate) -> float:
    """How much less a verb tells inside a clause that only says who somebody is: "a journalist *who was jailed*",
    "the *jailed* journalist", "a group *seeking* to topple the government"."""
    tree = c.reading.tree
    for at in (c.token, *tree.ancestors(c.token)):
        relation, noun = tree.relations[at], tree.heads[at]
        if relation == "acl" and tree.tags[at] == "VBG" and not c.reading.is_actor(noun):
            return 0.0  # "a resolution *demanding* that" goes on telling
        if relation == "relcl":
            if any(tree.lower[m] in ("where", "when") for m in tree.all(at, "advmod")):
                return 0.0
            return PASSING if is_passive(tree, c.token) else PASSING / 2
        if relation in ("acl", "amod"):
            says_what = tree.tags[at] == "VB" or any(tree.lower[m] == "that" for m in tree.all(at, "mark"))
            return 0.0 if says_what else PASSING  # "a decision *to close* the border", "reports *that* police fired"
        if relation in ("ccomp", "advcl", "conj", "parataxis"):
            return 0.0
    return 0.0


def _is_main(c: Candidate) -> bool:
    """True for a verb that is no participle beside a noun."""
    tree = c.reading.tree
    return tree.pos[c.token] == "VERB" and tree.relations[c.token] not in ("acl", "amod")


def _is_acted_on(c: Candidate, by: dict[int, Candidate]) -> bool:
    """True for the noun that another event is done to: "condemned the *attack*"."""
    tree, at = c.reading.tree, _first_conjunct(c)
    verb = by.get(tree.heads[at])
    return (
        tree.relations[at] in ("dobj", "nsubjpass") and verb is not None and verb is not c and verb.absorbed_by is None
    )


def _is_oblique(c: Candidate) -> bool:
    """True if a preposition or a possessor stands between the noun and the verb of its clause."""
    tree, at = c.reading.tree, c.token
    while tree.heads[at] != at and tree.pos[at] not in ("VERB", "AUX"):
        if tree.relations[at] in ("pobj", "poss", "compound", "appos"):
            return True
        at = tree.heads[at]
    return False


def _argument_of(c: Candidate) -> int | None:
    """The verb that a noun is subject, object or adjunct of."""
    tree = c.reading.tree
    at = c.token
    for _ in range(5):
        relation, up = tree.relations[at], tree.heads[at]
        if relation in ("nsubj", "nsubjpass", "dobj", "attr", "agent") and tree.pos[up] in ("VERB", "AUX"):
            return up
        if relation == "pobj":
            if tree.lower[up] not in ("in", "by", "with", "during", "from", "at", "after", "of", "through", "on"):
                return None
            at = up
        elif relation in ("prep", "compound", "conj", "agent"):
            at = up
        else:
            return None
        if tree.pos[at] == "VERB":
            return at
    return None
