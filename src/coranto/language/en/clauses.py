"""English words by which the clauses of a sentence, and its events, hang together."""

# pronouns that stand for whoever says what they are in: "A said *they* would ..."
REPORTED = frozenset({"they", "it", "he", "she"})
# prepositions whose object says where
INTO = frozenset(
    "in at near inside outside off around across along within throughout into toward towards over above between from "
    "through by beside opposite beyond under".split()
)
# prepositions over which a noun shares the time and place of its verb
SHARING = frozenset({"in", "by", "during", "with", "at", "on", "of", "through", "from"})
# auxiliaries by which somebody says what they would do
COMMITTING = frozenset({"will", "would", "'ll", "’ll", "may", "could", "might", "shall"})
# what is done to people and things in an attack: tells of the attack it happened in
HARM = frozenset(
    "kill wound injure hurt maim slay murder massacre damage destroy devastate trap bury level raze flatten hit "
    "strike leave die perish target".split()
)
GROUNDS = frozenset({"for", "over"})  # "arrested *for* collaborating": what is told is the ground of another event
# verbs that only say that what a noun tells takes place
OCCURRING = frozenset("begin start happen occur take hold resume continue go commence stage carry".split())
WISHES = frozenset({"like", "love", "hate", "prefer"})
FIRST_PERSON = frozenset({"i", "we", "us", "me"})
# before a time that only bounds
BOUNDING = frozenset({"since", "until", "till", "before", "after", "following"})
WHEN = frozenset({"when", "while", "as", "where"})
# verbs whose time is that of the saying
SAYING = frozenset(
    "say tell announce report add state warn write claim note explain acknowledge confirm declare describe insist "
    "argue quote cite reveal disclose publish post tweet comment".split()
)
# words by which a sentence goes on with what the one before told
GOING_ON = frozenset("then later afterward afterwards also moments minutes hours shortly soon".split())
# words by which it does not
ELSEWHERE = frozenset("meanwhile separately elsewhere earlier previously overall".split())
NOT_THEN = frozenset("after since before until till following".split())
DEFINITE = frozenset("the this that these those his her its their".split())
ADJUNCT = frozenset("in at during on".split())  # "in a statement on Saturday, they urged ..."
# what stands for what the sentence before told of
PRONOUNS = frozenset({"he", "she", "it", "they", "both", "this", "that", "these", "those"})
# participles after a noun that name what it carries: "a convoy *carrying* aid workers"
CARRYING = frozenset({"carrying", "transporting", "ferrying"})
# words after a noun before whose it is
WHOSE = frozenset({"of", "from", "in", "by", "belonging"})
ACTING = frozenset({"it", "they", "he", "she", "we"})  # pronouns that can stand for an actor
AT_ONCE = frozenset({"when", "as"})  # "killed *when* jets bombed a market"
GOING_ON_WITH = frozenset({"where", "when"})  # relative clauses that go on telling
NOBODY = frozenset({"none", "nobody", "no-one", "nothing", "neither"})
UNTRUE = frozenset("false untrue baseless wrong fabricated incorrect unfounded groundless fake inaccurate".split())
