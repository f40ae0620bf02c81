"""Candidates of a sentence -> the same, those that tell one event joined, those only mentioned in passing weighed down.

A support verb is joined with its noun, a killing with the attack it happened in, a result clause with its cause.
"""

from typing import TYPE_CHECKING

from coranto.language.en.clauses import AT_ONCE, GOING_ON_WITH, HARM
from coranto.language.en.slots import is_passive
from coranto.records import EventType

if TYPE_CHECKING:
    from coranto.events.candidates import Candidate

VERBAL = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.REQUEST, EventType.THREATEN, EventType.SUPPORT})
MENTIONED = -0.5  # what it weighs that a noun or participle mentions an event inside another's clause
PASSING = -0.7  # what it weighs that a clause describes a participant of another event


def join(made: "list[Candidate]") -> None:
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
        if c.recipients and is_when(host, c.token):
            host.recipients = c.recipients  # "*five soldiers* were killed when a mine blew up under their lorry"
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


def _host(c: "Candidate", by: "dict[int, Candidate]") -> "Candidate | None":
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
        cause = next((h for h in by.values() if h.type is c.type and is_when(h, c.token)), None)
        if cause is not None:
            return cause  # "killed *when* a helicopter bombed a market"
    if relation in ("acl", "relcl") and host is not None and host.type is c.type:
        return host  # "an attack that killed 12", "the shelling carried out by"
    if relation in ("xcomp", "ccomp") and host is not None and host.type is c.type and not host.frame.content:
        return host  # "forced families *to flee*"
    return None


def _goes_on(c: "Candidate", host: "Candidate", relation: str) -> bool:
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


def is_when(c: "Candidate", verb: int) -> bool:
    """True for a clause that says when, and so how, the verb above it came about."""
    tree = c.reading.tree
    if tree.heads[c.token] != verb or tree.relations[c.token] != "advcl":
        return False
    return any(tree.lower[m] in AT_ONCE for m in tree.all(c.token, "mark", "advmod"))


def _first_conjunct(c: "Candidate") -> int:
    tree, at = c.reading.tree, c.token
    while tree.relations[at] == "conj" and tree.heads[at] != at:
        at = tree.heads[at]
    return at


def in_passing(made: "list[Candidate]") -> None:
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


def _describes(c: "Candidate") -> float:
    """How much less a verb tells inside a clause that only says who somebody is: "a journalist *who was jailed*",
    "the *jailed* journalist", "a group *seeking* to topple the government"."""
    tree = c.reading.tree
    for at in (c.token, *tree.ancestors(c.token)):
        relation, noun = tree.relations[at], tree.heads[at]
        if relation == "acl" and tree.tags[at] == "VBG" and not c.reading.is_actor(noun):
            return 0.0  # "a resolution *demanding* that" goes on telling
        if relation == "relcl":
            if any(tree.lower[m] in GOING_ON_WITH for m in tree.all(at, "advmod")):
                return 0.0
            return PASSING if is_passive(tree, c.token) else PASSING / 2
        if relation in ("acl", "amod"):
            says_what = tree.tags[at] == "VB" or any(tree.lower[m] == "that" for m in tree.all(at, "mark"))
            return 0.0 if says_what else PASSING  # "a decision *to close* the border", "reports *that* police fired"
        if relation in ("ccomp", "advcl", "conj", "parataxis"):
            return 0.0
    return 0.0


def _is_main(c: "Candidate") -> bool:
    """True for a verb that is no participle beside a noun."""
    tree = c.reading.tree
    return tree.pos[c.token] == "VERB" and tree.relations[c.token] not in ("acl", "amod")


def _is_acted_on(c: "Candidate", by: "dict[int, Candidate]") -> bool:
    """True for the noun that another event is done to: "condemned the *attack*"."""
    tree, at = c.reading.tree, _first_conjunct(c)
    verb = by.get(tree.heads[at])
    return (
        tree.relations[at] in ("dobj", "nsubjpass") and verb is not None and verb is not c and verb.absorbed_by is None
    )


def _is_oblique(c: "Candidate") -> bool:
    """True if a preposition or a possessor stands between the noun and the verb of its clause."""
    tree, at = c.reading.tree, c.token
    while tree.heads[at] != at and tree.pos[at] not in ("VERB", "AUX"):
        if tree.relations[at] in ("pobj", "poss", "compound", "appos"):
            return True
        at = tree.heads[at]
    return False


def _argument_of(c: "Candidate") -> int | None:
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
