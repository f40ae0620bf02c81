"""English words and endings by which phrases of titles are cut and read."""

import re

CUTS = frozenset(
    "of in from for at to near on off who whom that which whose including with by against over during under about"
    " between after before into amid following inside outside within without toward towards as via through".split()
)
LINKED = frozenset({"of", "in", "from", "for", "at", "near", "inside", "within"})  # tails that say whose it is
CONTAINERS = frozenset(
    "group groups number numbers hundreds dozens thousands scores tens millions majority minority handful couple pair"
    " team crowd crowds column convoy wave series trio one two three four five six some many most all both none few"
    " several each any more rest half percent part parts contingent flow influx mass masses throng".split()
)
BACKED = frozenset(
    "backed led born based trained supplied made built run controlled held occupied aligned allied funded sponsored"
    " supported affiliated linked inspired friendly appointed installed brokered mediated imposed majority dominated"
    " speaking language facing bound flagged registered owned designed style armed era administered".split()
)
AMERICAN_SEAT = re.compile(r"[RDI]-[A-Z][A-Za-z.]+")  # "Nancy Mace, R-S.C."
SEATED = frozenset({"based", "run", "headquartered", "controlled", "administered", "born"})
HEADING = frozenset("head lead run chair command direct govern oversee".split())  # who does it holds the office
STOPS = frozenset({",", "(", ";", ":", "—", "–", "--", "["})
LOYAL = frozenset({"to", "by", "in", "from", "at"})
TRAILING = frozenset("loyal run led made held close opposed known bound fighting working living operating".split())
AFTER_TRAILING = frozenset({"to", "by", "in", "for", "with", "from", "at", "against", "on", "as", "alongside"})
YOUNGER = frozenset({"jr", "junior"})
HONORIFICS = frozenset("mr mrs ms miss dr sir lady prof professor madam mx".split())
BODIES = frozenset(
    "group organization organisation movement party network militia alliance bloc company agency newspaper".split()
)
FORMER = frozenset({"former", "ex", "late", "ousted", "deposed", "onetime", "erstwhile", "retired"})
ARTICLES = frozenset({"the", "a", "an", "some", "these", "those", "this", "that", "all", "both", "his", "her", "their"})


SINGLE = tuple("ian ean can uan zech erb ole roat inn wede ane urk eli qi aqi mani".split())
