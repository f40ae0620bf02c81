"""Headlines that the parser took for a heap of nouns -> the slots of the noun that is their verb.

"Rebels attack base at Goma airport", "Russia strikes Odesa": a headline without a finite verb, in which a word that can
be a verb stands between a subject and an object.
"""

import re

from coranto.language.en.slots import Slots, prepositions
from coranto.language.trees import Tree

SUBJECTS = frozenset({"NNS", "NNPS", "NNP", "PRP"})
YEAR = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?")
DASHES = frozenset({"-", "–"})


def is_verbless(tree: Tree) -> bool:
    """True if the parser found no verb that could carry the sentence."""
    return not any(tag in ("VBZ", "VBP", "VBD", "VBN", "VBG", "MD") for tag in tree.tags)


def names_a_matter(tree: Tree) -> bool:
    """True for the name of a running matter, which tells no news: "2031 border talks", "Reactions to the 2031 war".

    It has no verb, and a year stands before a noun of it; "talks of March 2031" is dated, not named.
    """
    if not is_verbless(tree):
        return False
    return any(YEAR.fullmatch(tree.lower[i]) and _opens_name(tree, i) for i in range(tree.n - 1))


def _opens_name(tree: Tree, i: int) -> bool:
    """True if the year at ``i`` belongs to the nouns after it."""
    ranged = i + 2 < tree.n and tree.lower[i + 1] in DASHES and tree.lower[i + 2].isdigit()
    after = i + 3 if ranged else i + 1
    return after < tree.n and tree.pos[after] in ("NOUN", "PROPN", "ADJ")


def hidden_verb(tree: Tree, i: int) -> Slots | None:
    """The slots of noun ``i`` read as the headline's verb, or None where it cannot be one."""
    if not 0 < i < tree.n - 1 or tree.tags[i] not in ("NN", "NNS", "NNP", "NNPS", "JJ"):
        return None
    before = i - 1
    plural = tree.tags[before] in ("NNS", "NNPS")
    if tree.tags[before] not in SUBJECTS or (tree.lower[i].endswith("s") is plural):
        return None  # "rebels attack", "Russia attacks": number agrees
    if tree.pos[i + 1] not in ("NOUN", "PROPN", "ADJ", "DET", "NUM", "ADP", "PRON"):
        return None
    made: Slots = {"subj": [before]}
    after = [j for j in range(i + 1, tree.n) if tree.pos[j] in ("NOUN", "PROPN", "PRON")]
    stop = next((j for j in range(i + 1, tree.n) if tree.pos[j] == "ADP"), tree.n)
    objects = [j for j in after if j < stop]
    if objects:
        made["obj"] = [objects[-1]]
    for head in {i, *made.get("obj", ()), tree.heads[i]}:
        prepositions(tree, head, made)
    return made
