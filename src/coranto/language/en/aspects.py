"""A trigger in its clause -> is it told as new on the day of its report, or only as of some time before?

"Rebels *shelled* the market" is news; "rebels *have shelled* it *for years*", "the army *had shelled* it", "the
*jailed* writer", "the general who *led* the coup" are of some time before. The words that tell are in
``data/en/times/aspects.tsv``.
"""

from functools import cache

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.clauses import DEFINITE, SAYING
from coranto.language.trees import Tree

LEAD = 1  # sentences of a report's text that open it
NEWS = 5  # sentences of a report's text in which the simple past tells what is new
VERBS = ("VERB", "AUX")
PERFECT = frozenset({"have", "has", "'ve", "’ve", "'s", "’s", "having"})
PAST_PERFECT = frozenset({"had", "'d", "’d"})
PAST = frozenset({"past", "last", "recent", "previous"})
EACH = frozenset({"every", "each"})
AFTERWARDS = frozenset({"after", "since", "before"})  # clauses with them are of another time than what they hang on
# nouns that stand for any event of their kind: "the *attack*" after "gunmen shot four"
GENERAL = frozenset(
    "attack assault raid strike violence killing shooting bombing blast explosion ambush massacre incident clash "
    "battle arrest detention sentence verdict ruling protest rally demonstration march riot talk meeting visit summit "
    "trip withdrawal retreat accusation charge claim allegation call demand request appeal aid offer deal agreement "
    "truce ceasefire abduction kidnapping".split()
)
PLACED = frozenset({"when", "where", "whereupon"})  # relative clauses that go on telling


@cache
def words(tells: str) -> frozenset[str]:
    """The words of one column entry of ``aspects.tsv``."""
    rows = read_rows(DATA / "en" / "times" / "aspects.tsv", columns=("word", "tells", "source"))
    return frozenset(r["word"] for r in rows if r["tells"] == tells)


def is_earlier(tree: Tree, token: int, *, nth: int) -> bool:
    """True of an event that is told as of no one day, or of some time before the report's.

    ``nth``: which sentence of its report's text it stands in, 0 for the headline. The perfect ("has signed") tells the
    news in the first, the simple past in the first `NEWS`; what a long report tells after them is mostly older.
    """
    if tree.pos[token] in VERBS:
        return _verb_is_earlier(tree, token, nth=nth)
    if tree.tags[token] in ("VBN", "JJ") and tree.relations[token] == "amod":
        return True
    if takes_up(tree, token) and nth > LEAD:
        return True
    verb, relation = _holder(tree, token)
    if verb is None:
        return False
    if relation == "amod" or _verb_is_earlier(tree, verb, nth=nth):
        return True
    told = relation in ("nsubj", "nsubjpass", "attr", "prep") or tree.lemmas[verb] in words("holds")
    return nth > LEAD and not told


def takes_up(tree: Tree, token: int) -> bool:
    """True of what goes back to what is known: "*the shelling*", "the men who *shot* him"."""
    if tree.pos[token] in VERBS:
        return tree.relations[token] == "relcl" and _is_known(tree, tree.heads[token])
    of_somebody = bool(tree.all(token, "poss"))
    return of_somebody or any(tree.lower[c] in DEFINITE for c in tree.all(token, "det"))


def _is_known(tree: Tree, noun: int) -> bool:
    """True of a noun that names somebody or something known: a proper name, "the general", "militants" is not."""
    return tree.pos[noun] == "PROPN" or any(tree.lower[c] in DEFINITE for c in tree.all(noun, "det", "poss"))


def _holder(tree: Tree, token: int) -> tuple[int | None, str]:
    """The verb that a noun hangs on, and by what: its relation, or that of the preposition before it."""
    at, relation = token, tree.relations[token]
    for up in tree.ancestors(token):
        if tree.pos[up] in VERBS:
            return up, relation
        if tree.relations[at] != "pobj":
            relation = tree.relations[up]
        at = up
        if tree.relations[up] == "prep" and tree.pos[tree.heads[up]] in VERBS:
            relation = "prep"
    return None, ""


def _verb_is_earlier(tree: Tree, verb: int, *, nth: int) -> bool:
    if recurs(tree, verb):
        return True
    relation, head, lead = tree.relations[verb], tree.heads[verb], nth <= LEAD
    if relation == "amod" or (relation == "acl" and tree.tags[verb] == "VBN" and not lead):
        return True
    helpers = {tree.lower[c] for c in tree.all(verb, "aux", "auxpass")}
    if helpers & PAST_PERFECT and tree.tags[verb] in ("VBN", "VBD"):
        return not (nth <= NEWS and _is_reported(tree, verb))
    if helpers & PERFECT and tree.tags[verb] in ("VBN", "VBD", "VBG"):
        return not lead and not _any(tree, verb, words("fresh"))
    if relation == "xcomp" and tree.lemmas[head] in words("goes"):
        return True
    if relation == "relcl":
        goes_on = any(tree.lower[c] in PLACED for c in tree.all(verb, "advmod"))
        biography = tree.pos[head] == "PROPN" and tree.tags[verb] == "VBD"
        if not goes_on and (biography if lead else _is_known(tree, head)):
            return True
    if not lead and any(tree.lower[c] in AFTERWARDS for c in tree.all(verb, "mark")):
        return True
    if not lead and relation == "pcomp" and tree.lower[head] in AFTERWARDS:
        return True
    if nth > NEWS and (tree.tags[verb] == "VBD" or helpers & {"was", "were"}):
        return True
    above = _shared(tree, verb, helpers)
    return above is not None and _verb_is_earlier(tree, above, nth=nth)


def _shared(tree: Tree, verb: int, helpers: set[str]) -> int | None:
    """The verb whose tense one without its own shares: "has shelled and *burned*", "has helped by *sending*"."""
    if helpers - {"to"} or tree.child(verb, "nsubj", "nsubjpass") is not None:
        return None
    head = tree.heads[verb]
    if tree.relations[verb] == "pcomp" or (tree.relations[verb] in ("amod", "pobj") and tree.pos[head] == "ADP"):
        head = tree.heads[head]
    elif tree.relations[verb] not in ("xcomp", "conj") and not (
        tree.relations[verb] == "advcl" and tree.tags[verb] in ("VBG", "VBN")
    ):
        return None
    return head if head != verb and tree.pos[head] in VERBS else None


def recurs(tree: Tree, verb: int) -> bool:
    """True where words beside a verb say that it happened often, long, or once before."""
    if _any(tree, verb, words("often") | words("over")):
        return True
    for c in tree.children[verb]:
        if tree.relations[c] == "npadvmod" and (_is_stretch(tree, c) or _is_each(tree, c)):
            return True
        if tree.relations[c] == "prep" and tree.lower[c] in ("since", "until"):
            return True
        if tree.relations[c] == "prep" and tree.lower[c] in words("through"):
            if any(_is_stretch(tree, o) for o in tree.all(c, "pobj")):
                return True
        if tree.relations[c] == "advcl" and any(tree.lower[m] == "since" for m in tree.all(c, "mark")):
            return True
    return False


def _any(tree: Tree, verb: int, some: frozenset[str]) -> bool:
    """True where an adverb of a verb is one of some words; "before" and "again" with a complement are none."""
    return any(tree.lower[c] in some and not tree.all(c, "pobj", "pcomp", "prep") for c in tree.all(verb, "advmod"))


def _is_stretch(tree: Tree, noun: int) -> bool:
    """True of "years", "recent months", "six decades", "the past year"."""
    if tree.lemmas[noun] not in words("stretch") or tree.all(noun, "poss"):
        return False
    return tree.tags[noun] == "NNS" or any(tree.lower[c] in ("past", "last") and tree.all(noun, "det")
                                           for c in tree.all(noun, "amod"))  # fmt: skip


def _is_each(tree: Tree, noun: int) -> bool:
    return any(tree.lower[c] in EACH for c in tree.all(noun, "det"))


def _is_reported(tree: Tree, verb: int) -> bool:
    """True in the content of a verb of saying, which puts the past into the past perfect."""
    return any(tree.relations[i] == "ccomp" and tree.lemmas[tree.heads[i]] in SAYING
               for i in (verb, *tree.ancestors(verb)))  # fmt: skip


def akin(a: str, b: str) -> bool:
    """True of a verb and its noun by their lemmas: "shell" and "shelling", "seize" and "seizure"."""
    short, long = sorted((a.removesuffix("e"), b.removesuffix("e")), key=len)
    return len(short) > 2 and long.startswith(short)
