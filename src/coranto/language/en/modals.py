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
    "scheduled": M.PLANNED, "intended": M.PLANNED, "forthcoming": M.PLANNED, "pending": M.PLANNED,
    "impending": M.PLANNED, "prospective": M.PLANNED, "threatened": M.THREATENED, "failed": M.NEGATED,
    "foiled": M.NEGATED, "thwarted": M.NEGATED, "averted": M.NEGATED, "aborted": M.NEGATED, "cancelled": M.NEGATED,
    "canceled": M.NEGATED, "abortive": M.NEGATED, "unsuccessful": M.NEGATED, "attempted": M.POSSIBLE,
    "historic": M.ASSERTED, "previous": M.BACKGROUND, "past": M.BACKGROUND, "earlier": M.BACKGROUND,
}  # fmt: skip
