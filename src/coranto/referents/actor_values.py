"""Phrase + tables + day -> Ref: who a noun phrase names, by its own words alone."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from coranto.knowledge.actors import ActorTable, Entry, Hit, NameKind, Role
from coranto.language.en.titles import COUNTRIES, PLACED, Phrase
from coranto.records import Ref, RefKind

# A word before a role noun that says more of the sector than the noun itself: "rebel sources", "army officials".
TELLING = frozenset(
    {"REB", "MIL", "COP", "SPY", "LEG", "JUD", "OPP", "REF", "CRM", "PRM", "EDU", "MED", "LAB", "REL", "AGR"}
)
PLAIN = frozenset({"GOV", "UNK", "CVL", "PTY", "SOC"})
HEADS = frozenset({"head", "chief", "leader", "chairman", "chairwoman", "chair", "deputy director", "director"})
SETTING = frozenset(
    "leader head chief chairman chairwoman chair member spokesman spokeswoman spokesperson director follower"
    " associate founder co-founder ally loyalist commander official representative".split()
)
ARTICLES = frozenset({"the", "a", "an"})


def ref_of(phrase: Phrase, words: Sequence[str], table: ActorTable, day: date | None) -> tuple[Ref, tuple[Ref, ...]]:
    """Who the phrase names and the runners-up; country and role "" where neither words nor tables give them."""
    if phrase.name is not None:
        return _named(phrase, phrase.name, words, table, day)
    name = _plain_text(words, phrase)
    country, owner = country_of(phrase, table, day), phrase.owner
    if phrase.people:
        return Ref(id="", name=name, kind=RefKind.ROLE, country=country, sectors=("CVL",)), ()
    if phrase.proper is not None:
        first, last = phrase.proper
        spelt = " ".join(words[first : last + 1]).replace(" 's", "'s").replace(" - ", "-")
        if phrase.role is None:
            sectors = table.dated(owner.entry.ref, day).sectors if _possessed(words, phrase) and owner else ()
            return Ref(id="", name=spelt, kind=RefKind.UNKNOWN, country=country, sectors=sectors), ()
        sectors, title = sectors_of(phrase, phrase.role, words, table, day), title_of(phrase)
        kind = RefKind.ORGANISATION if phrase.role.kind == "body" else RefKind.PERSON
        return Ref(id="", name=spelt, kind=kind, country=country, sectors=sectors, role=title), ()
    if phrase.role is None:
        return Ref(id="", name=name, kind=RefKind.UNKNOWN, country=country), ()
    sectors = sectors_of(phrase, phrase.role, words, table, day)
    office = phrase.role.kind in ("office", "body") and bool(country) and owner is None
    return (
        Ref(
            id=f"office:{country}:{title_of(phrase)}" if office else "",
            name=name,
            kind=_kind_of(phrase.role) if office else RefKind.ROLE,
            country=country,
            sectors=sectors,
            role=title_of(phrase),
        ),
        (),
    )


def _possessed(words: Sequence[str], phrase: Phrase) -> bool:
    """True for a name right after its owner: "the UN's Jane Doe"."""
    owner, proper = phrase.owner, phrase.proper
    after = owner is not None and proper is not None and owner.last == proper[0] - 2
    return after and owner is not None and words[owner.last + 1] in ("'s", "’s")


def _kind_of(role: Role) -> RefKind:
    """An office of state, or a body such as an army, a company or a newspaper."""
    state = role.kind == "office" or role.sector in ("GOV", "LEG", "JUD")
    return RefKind.OFFICE if state else RefKind.ORGANISATION


def title_of(phrase: Phrase) -> str:
    """The role in words; a role that is over says so."""
    return f"former {phrase.title}" if phrase.former and not phrase.title.startswith("former") else phrase.title


def country_of(phrase: Phrase, table: ActorTable, day: date | None) -> str:
    """The country that the phrase's own words give, or ""."""
    if phrase.owner is not None:
        owner = table.dated(phrase.owner.entry.ref, day)
        if phrase.country is None or (phrase.owner.first > phrase.country.last and owner.country):
            return owner.country
    if phrase.country is not None:
        return phrase.country.entry.ref.country
    return ""


def sectors_of(
    phrase: Phrase, role: Role, words: Sequence[str], table: ActorTable, day: date | None
) -> tuple[str, ...]:
    """PLOVER sectors of a role with its modifiers and owner, the most telling first."""
    own = role.sector
    if phrase.former and own in ("GOV", "MIL", "LEG", "SPY", "COP", "JUD", "OPP"):
        return ("ELI",) if own == "GOV" else ("ELI", own)
    found: list[str] = []
    owner = phrase.owner.entry if phrase.owner is not None else None
    if owner is not None and owner.kind is not NameKind.PERSON and role.kind in ("person", "office"):
        theirs = table.dated(owner.ref, day).sectors
        if own in PLAIN or own in ("MIL", "COP") or theirs[:1] in (("REB",), ("CRM",), ("PRM",)):
            found.extend(theirs)
    start = phrase.role_at[0] if phrase.role_at else 0
    for word in words[max(0, start - 3) : start]:
        said = table.role(word) if word[:1].islower() or role.kind == "person" else None
        if said is not None and said.sector in TELLING and own in PLAIN and said.kind not in ("place", "office"):
            found.append(said.sector)
    if role.name in SETTING and not found:
        found.extend(_of_what(phrase, words, table, day))
    if own == "UNK" and not found and (phrase.country is not None) and role.name in HEADS:
        own = "GOV"
    if found and own in ("GOV", "UNK", "MIL", "COP"):
        return tuple(dict.fromkeys(found))
    return tuple(dict.fromkeys([*found, own]))


def _of_what(phrase: Phrase, words: Sequence[str], table: ActorTable, day: date | None) -> tuple[str, ...]:
    """The sector of what a head or member is of: "leader of the X party", "followers of warlord Y"."""
    end = phrase.role_at[1] if phrase.role_at else 0
    tail = words[end + 1 : end + 10]
    if not tail or tail[0].lower() not in ("of", "for"):
        return ()
    for _, _, said in table.roles_in(tail):
        if said.sector in TELLING or said.sector in ("PTY", "SOC", "BUS"):
            return (said.sector,)
        break
    if phrase.owner is not None and phrase.owner.entry.kind is NameKind.PERSON:
        return table.dated(phrase.owner.entry.ref, day).sectors
    return ()


def _named(
    phrase: Phrase, hit: Hit, words: Sequence[str], table: ActorTable, day: date | None
) -> tuple[Ref, tuple[Ref, ...]]:
    kind = hit.entry.kind
    if kind in PLACED:
        ref = hit.entry.ref if hit.entry.ref.kind is RefKind.ROLE else replace(hit.entry.ref, sectors=("GOV",))
        return ref, tuple(e.ref for e in hit.others if e.kind not in PLACED)
    if kind is not NameKind.PERSON:
        said = country_of(phrase, table, day)
        chosen, rest = _choose((hit.entry, *hit.others), said, table, day)
        ref = table.dated(chosen.ref, day)
        ref = ref if ref.country else replace(ref, country=said)
        return ref, tuple(e.ref for e in rest)
    said = country_of(phrase, table, day)
    chosen, rest = _choose((hit.entry, *hit.others), said, table, day)
    ref = table.dated(chosen.ref, day)
    others = tuple(table.dated(e.ref, day) for e in rest if e.kind is NameKind.PERSON)
    if phrase.role is not None:
        sectors = sectors_of(phrase, phrase.role, words, table, day)
        ref = replace(ref, country=said or ref.country, sectors=sectors, role=title_of(phrase))
    elif said and said != ref.country and not ref.country:
        ref = replace(ref, country=said)
    return ref, others


def _choose(
    entries: Sequence[Entry], country: str, table: ActorTable, day: date | None
) -> tuple[Entry, tuple[Entry, ...]]:
    """The meaning that the phrase's country and the day favour, and the rest; the table's order breaks ties."""

    def fit(entry: Entry) -> tuple[int, int]:
        ref = table.dated(entry.ref, day)
        in_office = entry.kind is NameKind.PERSON and bool(ref.role)
        return (int(bool(country) and ref.country == country), int(in_office))

    ranked = sorted(entries, key=fit, reverse=True)
    return ranked[0], tuple(ranked[1:])


def _plain_text(words: Sequence[str], phrase: Phrase) -> str:
    start = 1 if words and words[0].lower() in ARTICLES and len(words) > 1 else 0
    text = " ".join(words[start:])
    for spaced, tight in ((" 's", "'s"), (" ’s", "’s"), (" - ", "-"), (" ,", ","), (" ' ", "' ")):
        text = text.replace(spaced, tight)
    return text


def is_place_name(hit: Hit) -> bool:
    """True if the hit is a country, its capital or a seat of power, named as such."""
    return hit.entry.kind in COUNTRIES


def joined(ref: Ref, taught: Ref) -> Ref:
    """A name with what the text says of it elsewhere; a table's identity stays."""
    return replace(
        ref,
        id=ref.id or taught.id,
        name=ref.name if ref.id else taught.name,
        kind=taught.kind if ref.kind is RefKind.UNKNOWN else ref.kind,
        country=ref.country or taught.country,
        sectors=taught.sectors if not ref.role and taught.sectors else ref.sectors or taught.sectors,
        role=ref.role or taught.role,
    )
