"""English words that change what a clause commits itself to: modals, adverbs, negations, modifiers of nouns."""

from coranto.records import Modality

M = Modality

MODALS = {
    "will": M.PLANNED, "'ll": M.PLANNED, "’ll": M.PLANNED, "wo": M.PLANNED, "shall": M.PLANNED, "would": M.PLANNED,
    "'d": M.PLANNED, "may": M.POSSIBLE, "might": M.POSSIBLE, "could": M.POSSIBLE, "can": M.POSSIBLE, "ca": M.POSSIBLE,
    "should": M.DEMANDED, "must": M.DEMANDED, "ought": M.DEMANDED,
}  # fmt: skip

ADVERBS = {
    "allegedly": M.ALLEGED, "reportedly": M.ALLEGED, "apparently": M.ALLEGED, "supposedly": M.ALLEGED,
    "purportedly": M.ALLEGED, "ostensibly": M.ALLEGED, "seemingly": M.ALLEGED, "presumably": M.POSSIBLE,
    "possibly": M.POSSIBLE, "perhaps": M.POSSIBLE, "maybe": M.POSSIBLE, "probably": M.POSSIBLE, "likely": M.POSSIBLE,
    "potentially": M.POSSIBLE, "conceivably": M.POSSIBLE, "hypothetically": M.POSSIBLE, "theoretically": M.POSSIBLE,
}  # fmt: skip

NEGATIONS = frozenset({"never", "neither", "nor", "nowhere", "hardly", "scarcely", "barely"})
DETERMINERS = frozenset({"no", "neither"})
CONDITIONALS = frozenset({"if", "unless", "whether", "lest", "should"})

MODIFIERS = {
    "alleged": M.ALLEGED, "suspected": M.ALLEGED, "reported": M.ALLEGED, "apparent": M.ALLEGED, "purported": M.ALLEGED,
    "supposed": M.ALLEGED, "rumoured": M.ALLEGED, "rumored": M.ALLEGED, "claimed": M.CLAIMED,
    "possible": M.POSSIBLE, "potential": M.POSSIBLE, "likely": M.POSSIBLE, "feared": M.POSSIBLE,
    "hypothetical": M.POSSIBLE, "looming": M.POSSIBLE, "imminent": M.POSSIBLE, "eventual": M.POSSIBLE,
    "expected": M.PLANNED, "planned": M.PLANNED, "proposed": M.PLANNED, "future": M.PLANNED, "upcoming": M.PLANNED,
    "anticipated": M.PLANNED, "scheduled": M.PLANNED, "intended": M.PLANNED, "forthcoming": M.PLANNED,
    "pending": M.PLANNED,
    "impending": M.PLANNED, "prospective": M.PLANNED, "threatened": M.THREATENED, "failed": M.NEGATED,
    "foiled": M.NEGATED, "thwarted": M.NEGATED, "averted": M.NEGATED, "aborted": M.NEGATED, "cancelled": M.NEGATED,
    "canceled": M.NEGATED, "abortive": M.NEGATED, "unsuccessful": M.NEGATED, "attempted": M.POSSIBLE,
    "historic": M.ASSERTED, "previous": M.BACKGROUND, "past": M.BACKGROUND, "earlier": M.BACKGROUND,
}  # fmt: skip

# Truth on -1..1 that a modal leaves to its verb: (alone, under negation); and whether it looks ahead in time.
MODAL_TRUTH = {
    "will": (0.35, -0.5), "'ll": (0.35, -0.5), "’ll": (0.35, -0.5), "wo": (0.35, -0.5), "shall": (0.35, -0.5),
    "would": (0.15, -0.5), "'d": (0.15, -0.5), "may": (0.2, -0.1), "might": (0.15, -0.1), "could": (0.2, -0.85),
    "can": (0.3, -0.8), "ca": (0.3, -0.8), "should": (0.1, -0.2), "must": (0.3, -0.3), "ought": (0.1, -0.2),
    "need": (0.1, -0.3), "dare": (0.1, -0.8), "ll": (0.35, -0.5), "d": (0.15, -0.5), "’d": (0.15, -0.5),
}  # fmt: skip
# The same with a perfect: "could have left", "must have left".
PERFECT_TRUTH = {
    "would": -0.6, "'d": -0.6, "could": -0.3, "should": -0.5, "ought": -0.5, "might": 0.2, "may": 0.25, "must": 0.6,
    "will": 0.4, "can": -0.85, "ca": -0.85,
}  # fmt: skip
LOOKING_AHEAD = frozenset(
    "will 'll ’ll ll wo shall would 'd ’d d should ought must can ca could may might".split()
)  # fmt: skip
PERCEIVED = frozenset({"see", "hear", "feel", "smell", "tell", "imagine", "understand", "remember"})  # "could hear"

# How far an adverb keeps the truth of its verb.
ADVERB_TRUTH = {
    "allegedly": 0.4, "reportedly": 0.6, "apparently": 0.6, "supposedly": 0.35, "purportedly": 0.35, "ostensibly": 0.35,
    "seemingly": 0.5, "presumably": 0.5, "possibly": 0.2, "perhaps": 0.25, "maybe": 0.25, "probably": 0.6,
    "likely": 0.55, "potentially": 0.2, "conceivably": 0.15, "hypothetically": 0.0, "theoretically": 0.1,
    "hopefully": 0.1, "almost": -0.5, "nearly": -0.5, "rarely": 0.2, "seldom": 0.2, "hardly": -0.6, "scarcely": -0.6,
    "barely": 0.3, "never": -1.0, "falsely": -0.8, "wrongly": -0.3,
}  # fmt: skip
STATES = frozenset(
    "be have like love hate know need want think believe feel prefer appreciate recommend say understand hope "
    "suggest enjoy agree wish admit argue guess appear seem".split()
)
COMING = frozenset({"tomorrow", "tonight", "soon", "shortly", "next", "upcoming"})
NEGATING_LINKS = frozenset({"without", "instead", "rather", "lest"})  # "without firing", "instead of talking"
PRESUPPOSING_LINKS = frozenset(
    "because since after although though while whereas as by upon despite following besides when once".split()
)
OPEN_LINKS = frozenset("if unless whether until before provided suppose supposing case whenever wherever".split())
UNREAL_LINKS = frozenset({"if", "though"})  # with "as": "as if he were"
NOBODY = frozenset({"none", "nobody", "no-one", "nothing", "neither"})
FEW = frozenset({"few", "little"})
ANYBODY = frozenset(
    "anyone anybody anything whoever whatever whichever any every those people someone something you".split()
)
