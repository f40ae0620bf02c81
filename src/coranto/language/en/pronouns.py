"""English pronouns and definite descriptions -> number, gender and what they may stand for."""

from msgspec import Struct


class Pronoun(Struct, frozen=True):
    """What a personal pronoun asks of its antecedent. ``gender`` is "m", "f", "n" or "" (any)."""

    plural: bool
    gender: str
    possessive: bool = False


PERSONAL = {
    "he": Pronoun(False, "m"),
    "him": Pronoun(False, "m"),
    "his": Pronoun(False, "m", True),
    "himself": Pronoun(False, "m"),
    "she": Pronoun(False, "f"),
    "her": Pronoun(False, "f"),
    "herself": Pronoun(False, "f"),
    "it": Pronoun(False, "n"),
    "its": Pronoun(False, "n", True),
    "itself": Pronoun(False, "n"),
    "they": Pronoun(True, ""),
    "them": Pronoun(True, ""),
    "their": Pronoun(True, "", True),
    "themselves": Pronoun(True, ""),
}

# Verbs and adjectives whose "it" stands for nothing: "it is clear that", "it rained", "it seems".
EMPTY_IT = frozenset("seem appear rain snow turn happen take emerge follow matter transpire remain become be".split())

PAIRS = frozenset(
    "countries nations sides leaders parties neighbours neighbors states governments presidents ministers rivals"
    " allies capitals men foes adversaries powers".split()
)
PAIR_WORDS = frozenset({"two", "both"})

MALE_WORDS = frozenset(
    "mr sir lord king prince emperor sultan emir sheikh pope bishop father brother son husband man boy spokesman"
    " chairman congressman businessman gentleman imam ayatollah policeman serviceman cameraman".split()
)
FEMALE_WORDS = frozenset(
    "mrs ms miss madam lady queen princess empress duchess mother sister daughter wife woman girl spokeswoman"
    " chairwoman congresswoman businesswoman actress policewoman servicewoman widow nun".split()
)
GROUP_NOUNS = frozenset(
    "group militia movement organisation organization party faction company firm agency ministry government army"
    " military bloc alliance union country nation state kingdom court parliament commission council force police"
    " regime administration junta cartel gang network embassy committee team body institution paramilitary".split()
)
RIVALS = frozenset("neighbours neighbors rivals foes adversaries belligerents".split())  # two, even if unsaid
OTHERS = RIVALS | frozenset("ally allies partner partners enemy enemies".split())  # "its allies" are others than it
MEN = frozenset("men fighters followers supporters people gunmen".split())  # "his men" are what he is
LED = frozenset("leader leaders chief head chairman leadership founder".split())
OFFICERS = frozenset({"officer", "officers"})  # of the police, where police were named before
SOMEBODY = frozenset("man woman men women suspect suspects victim victims".split())  # people named by another word
MEMBERS = frozenset(
    "member members member state state members states country countries nation nations ally allies".split()
)  # "NATO members", "EU countries", "BRICS states"
SETTLEMENTS = frozenset("city town village district province region island capital port municipality".split())
BUSINESS_NOUNS = frozenset(
    "company firm carrier airline carmaker automaker planemaker chipmaker drugmaker steelmaker manufacturer retailer"
    " supermarket grocer lender bank insurer brewer miner producer shipbuilder operator telecom utility startup"
    " start-up conglomerate multinational developer chain giant business".split()
)  # "the carrier": an airline named before
COUNTRY_NOUNS = frozenset({"country", "nation", "state", "kingdom", "republic", "superpower"})


def gender_of(words: list[str]) -> str:
    """ "m" or "f" where a word of a name or title tells it, else ""."""
    for word in words:
        plain = word.lower().rstrip(".")
        if plain in MALE_WORDS:
            return "m"
        if plain in FEMALE_WORDS:
            return "f"
    return ""
