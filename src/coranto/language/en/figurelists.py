"""An apposition of a parse -> a further item of a list ("a judge, two guards and a driver") or a breakdown of it."""

from coranto.language.en.figurewords import GENERIC, GROUPS, group_sizes
from coranto.language.en.numbers import number
from coranto.language.en.placewords import place_words
from coranto.language.trees import Tree

BREAKS = frozenset({":", "(", "—", "–", "-"})
AT_LARGE = GENERIC | {"civilian"}
SEXES = frozenset("man woman boy girl child teenager adult baby infant toddler minor youth couple".split())
PLACED = frozenset({"in", "at", "near", "on", "outside", "across"})


def listed(tree: Tree, head: int, at: int) -> bool:
    """True for a further item of a list that the parse takes for an apposition.

    By place ("four in Rafah, three in Gaza City"), or one after the other ("a judge, two guards and a driver"), which a
    comma that closes it ("two men, a nurse and a guard, were killed"), a word for people at large, or numbers that add
    up to the first one make a breakdown.
    """
    if any(w in BREAKS for w in tree.words[head:at]):
        return False
    other = [c for c in tree.children[head] if tree.relations[c] == "prep" and tree.lower[c] in PLACED and c < at]
    if other and tree.lower[at + 1 : at + 2] and tree.lower[at + 1] in PLACED:
        return True
    items = tree.conjuncts(at)
    if tree.child(at, "nummod") is not None and tree.child(head, "nummod") is not None:
        beside = [*tree.conjuncts(head), *tree.all(tree.heads[head], tree.relations[head])]
        items += [c for c in beside if c > items[-1]]  # "five soldiers, one guard, and one civilian"
    if len(items) == 1:
        return False
    size = people(tree, head)
    if not size or tree.lemmas[head] in AT_LARGE:
        return False
    if tree.relations[head] in ("nsubj", "nsubjpass"):
        after = max(tree.subtree(items[-1])) + 1
        return tree.words[after : after + 1] != [","]
    kinds = {_kind(tree, i) for i in (head, *items)}
    return size == 1 or sum(people(tree, i) for i in items) != size or (len(kinds) == 1 and "" not in kinds)


def people(tree: Tree, i: int) -> int:
    """How many people a counted noun, or a singular one with a determiner, tells of; 0 where it tells no number."""
    if (counted := tree.child(i, "nummod")) is not None:
        return int(number(tree.words[counted]) or 0)
    if tree.pos[i] == "NUM":
        return int(number(tree.words[i]) or 0)
    if size := group_sizes().get(tree.lower[i]):
        return int(size)
    single = tree.tags[i] in ("NN", "NNP", "JJ") and tree.lemmas[i] not in GROUPS
    return int(single and tree.child(i, "det", "poss") is not None)


def _kind(tree: Tree, i: int) -> str:
    """What a noun calls people by: "nation", "role", or "" for sex and age."""
    if tree.words[i].removesuffix("s") in place_words().demonyms or (
        tree.words[i].endswith(("men", "man")) and tree.tags[i].startswith("NNP")
    ):
        return "nation"
    return "" if tree.lemmas[i] in SEXES else "role"
