"""English verbs and nouns of acts that states do, by which a people is told from its state: "the Russians shelled"."""

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
