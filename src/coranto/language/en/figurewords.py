"""The words around a number -> whether it is a figure at all; the lexicon of what figures count."""

import re
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from coranto.knowledge import DATA
from coranto.knowledge.tables import read_rows
from coranto.language.en.numbers import Quantity
from coranto.language.trees import Tree
from coranto.records import FigureKind

HARM = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.MISSING, FigureKind.DETAINED, FigureKind.ABDUCTED,
                  FigureKind.RELEASED, FigureKind.RESCUED, FigureKind.CASUALTIES})  # fmt: skip
GENERIC = frozenset("people person other one individual life victim casualty death fatality injury body".split())
GROUPS = frozenset("people police personnel family couple crew number group attack strike toll total dozen hundred "
                   "majority few lot variety series result death one pair team unit patrol squad platoon "
                   "garrison convoy bomb body".split()
                   )  # fmt: skip
PERSONAL = HARM | {
    FigureKind.DISPLACED,
    FigureKind.REFUGEES,
    FigureKind.FLED,
    FigureKind.PERSONNEL,
    FigureKind.PARTICIPANTS,
}
HANDED = frozenset(
    "hand return bury repatriate exchange transfer receive identify hold keep swap deliver reburial burial".split()
)
TIME_UNITS = frozenset("day hour year month week minute second decade century night weekend quarter morning time round "
                       "anniversary birthday".split())  # fmt: skip
MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE_BEFORE = re.compile(rf"\b{MONTHS}\s*(?:\d{{1,2}}\s*[-–,]\s*)?$")
_DATE_AFTER = re.compile(rf"^(?:st|nd|rd|th)?\s*(?:of\s+)?(?:[-–]\s*\d{{1,2}}\s+)?{MONTHS}(?![a-z])")
YOUNG = frozenset({"boy", "girl", "child", "lad", "daughter", "son"})
UNITED = (
    "year month week day hour minute point nation member storey story man mile kilometer kilometre meter metre "
    "strong seat page time way foot inch mm millimeter"
)
_NOT_AFTER = re.compile(
    rf"^(?:\s*[-–]?\s*(?:years?|months?|weeks?|days?|hours?|minutes?)\b|[-–](?:{'|'.join(UNITED.split())})"
    r"|\s*(?:a\.?m\.?|p\.?m\.?|GMT|UTC|o'clock|mm|degrees|local time)\b"
    r"|:\d|[A-Z]|(?:st|nd|rd|th)\b|/\d|\s*°)",
)
NUMBERED = (
    "No. no. number Number Resolution resolution Article article Section section Chapter chapter aged age Flight "
    "Highway Route Room Apartment Brigade Unit Line Phase Type Boeing Airbus Windows World_War Covid COVID Channel "
    "Building Gate Group_of Operation Base Camp Tower Zone Area Division Regiment Battalion Big Top top Formula Level "
    "level Stage stage version page per every"
).split()
_NOT_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(re.escape(w).replace('_', ' ') for w in NUMBERED)})\s*#?\s*|#\s*|\d\s*:\s*|:|/\s*|\d[-–.])$"
)
_FEW = "two|three|four|five|six|seven|eight|nine|ten"
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_AGE = re.compile(r"[A-Za-z]\s*,\s*$|\(\s*$")
_AGES = re.compile(r"[A-Za-z]\s*,\s*(\d{1,2}(?:,\s*\d{1,2})*,?\s+and\s+\d{1,2})(?=\s*[,.;)])")
_AGE_AFTER = re.compile(r"^\s*[,)]")
_AGED = re.compile(r"\b(?:aged|ages)\s+(?:between\s+|from\s+)?(?:[\w-]+(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|to)\s+))*$")


class Lexicon:
    """The words of ``data/en/figures.tsv`` by slot."""

    def __init__(self) -> None:
        self.slots: dict[str, dict[str, FigureKind | None]] = defaultdict(dict)
        for row in read_rows(DATA / "en" / "figures.tsv", columns=("lemma", "slot", "what")):
            self.slots[row["slot"]][row["lemma"]] = FigureKind(row["what"]) if row["what"] else None

    def get(self, slot: str, lemma: str) -> FigureKind | None:
        """What the word counts in that slot, or None."""
        return self.slots[slot].get(lemma)

    def human(self, lemma: str) -> bool:
        """True for a noun for people."""
        return lemma in self.slots["person"] or lemma in self.slots["force"] or lemma.lower() in person_nouns()


@lru_cache(maxsize=1)
def person_nouns() -> frozenset[str]:
    """Nouns for a person: those of the language, and the roles of the actor tables."""
    nouns = {row["lemma"] for row in read_rows(DATA / "en" / "persons.tsv", columns=("lemma",))}
    roles = read_rows(DATA / "en" / "roles.tsv", columns=("role", "kind"))
    return frozenset(nouns | {row["role"] for row in roles if row["kind"] == "person" and " " not in row["role"]})


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The table, read once."""
    return Lexicon()


def _years_old(tree: Tree, last: int, after: str) -> bool:
    """True for "a boy of 11"."""
    of = tree.heads[last]
    if tree.relations[last] != "pobj" or tree.lower[of] != "of" or tree.tags[last] != "CD":
        return False
    person = tree.heads[of]
    if tree.lemmas[person] in ("father", "mother", "grandmother", "grandfather", "parent"):
        return True
    if tree.lemmas[person] in YOUNG and tree.tags[person] == "NN":
        return True
    if not tree.words[last].isdigit():
        return False
    return tree.tags[person] == "NN" and lexicon().human(tree.lemmas[person]) and tree.lemmas[person] not in GROUPS


@lru_cache(maxsize=1)
def group_sizes() -> dict[str, Decimal]:
    """Nouns that say how many people they name: "a couple"."""
    return {
        row["lemma"]: Decimal(row["number"])
        for row in read_rows(DATA / "en" / "figures_groups.tsv", columns=("lemma", "number"))
    }


def no_figure(tree: Tree, text: str, q: Quantity, tokens: list[int]) -> bool:
    """True for years, dates, ages, times, addresses, names with numbers, and "one" as a pronoun."""
    before, after, core = text[: q.core], text[q.end :], text[q.core : q.end]
    bare = core.replace(" ", "")
    if q.percent:
        return False
    if _NOT_AFTER.match(after) or _NOT_BEFORE.search(before):
        return True
    if bare[0].isdigit() and _DATE_BEFORE.search(before):
        return True
    if q.low is not None and q.low <= 31 and _DATE_AFTER.match(after):
        return True
    last = tokens[-1]
    noun = tree.heads[last] if tree.relations[last] == "nummod" else None
    if noun is not None and tree.lemmas[noun] in TIME_UNITS:
        return True
    if _YEAR.match(bare) and q.start == q.core and (noun is None or noun < last or tree.tags[noun] in ("NN", "NNP")):
        return True  # "the 1983 strike"
    if noun is not None and noun < last and tree.pos[noun] == "PROPN" and not _AGE.search(before):
        return True
    if bare.isdigit() and len(bare) <= 2 and _AGE.search(before) and _AGE_AFTER.match(after):
        return True
    if _years_old(tree, last, after) or (_AGED.search(before) and (noun is None or noun < last)):
        return True
    if any(m.start(1) <= q.core < m.end(1) for m in _AGES.finditer(text)):
        return True
    if core.lower() == "one" and re.search(
        r"\b(?:no|not|any|every|each|some|this|that|which)\s+$", before, re.IGNORECASE
    ):
        return True
    return core.lower() == "one" and bool(
        re.match(
            rf"^\s+(?:of\b(?! (?:the|them|whom|his|her|its|their|{_FEW}|\d+)\b)|another|day\b)|^[-’']",
            after,
        )
    )
