"""English verbs and nouns of acts that states do, by which a people is told from its state: "the Russians shelled"."""

from collections.abc import Callable, Sequence

from coranto.language.trees import Tree

STATELY = frozenset(
    "bomb bombard shell pound invade annex besiege blockade occupy counterattack encircle outflank redeploy deploy"
    " mobilise mobilize withdraw retreat advance negotiate ratify veto sanction recognise recognize intercept".split()
)
STATELY_ACTS = frozenset(
    "bombardment shelling offensive counteroffensive counter-offensive assault attack strike airstrike raid incursion"
    " invasion missile drone rocket troop soldier force tank warship jet airspace border sanction tariff treaty accord"
    " ceasefire truce envoy ambassador embassy front frontline position ground brigade division".split()
)
DEALT_WITH = frozenset({"with", "by", "between"})  # "talks with the Iranians"
SPOKEN = frozenset(
    "say tell deny accuse reject demand insist propose offer refuse agree warn threaten claim announce want".split()
)


def acts_as_state(tree: Tree, head: int, words: Sequence[str], harms: Callable[[str], bool]) -> bool:
    """True for a people that stands for its state: "the Israelis" of the news, "Russians shelled the port".

    Not one that votes, flees or mourns, nor one that suffers.
    """
    definite = words[0].lower() == "the"
    if len(words) != 1 + definite:
        return False
    relation, verb = tree.relations[head], tree.lemmas[tree.heads[head]]
    if relation not in ("nsubj", "pobj", "agent"):
        return False
    if relation == "pobj":
        return definite and verb in DEALT_WITH
    aims = tree.child(tree.heads[head], "dobj")
    warlike = verb in STATELY or (aims is not None and tree.lemmas[aims] in STATELY_ACTS)
    return warlike or (definite and harms(verb)) or (definite and verb in SPOKEN)
