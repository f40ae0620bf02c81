"""A bare actor string of a sentence -> Ref, without a parse: its own words, the words around it, its sentence."""

import re
from collections import Counter
from datetime import date

from msgspec.structs import replace

from coranto.knowledge.actors import ActorTable, NameKind
from coranto.language.en.titles import PLACED, Phrase, backed, read
from coranto.records import Ref, RefKind
from coranto.referents.actor_values import joined, ref_of

_TOKEN = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\b\.?|\d[\d,.]*\d|[^\W_]+(?:[’'-][^\W_]+)*\.?|\S")
_ABBREVIATED = frozenset({"mr.", "mrs.", "ms.", "dr.", "gen.", "sen.", "rep.", "st.", "jr.", "lt.", "col.", "gov."})
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_INTERNATIONAL = frozenset({"IGO", "NGO", "IMG"})


def tokens_of(text: str) -> list[str]:
    """Tokens of a string without a parse: possessives and final stops apart."""
    out: list[str] = []
    for found in _TOKEN.finditer(text):
        word = found.group()
        if word.endswith(".") and len(word) > 2 and word.count(".") == 1 and word.lower() not in _ABBREVIATED:
            out.extend((word[:-1], "."))
        elif word.endswith(("'s", "’s", "ʼs")):
            out.extend((word[:-2], "'s"))
        else:
            out.append(word)
    return out


def resolve_string(table: ActorTable, actor_string: str, sentence_text: str, day: date | None) -> Ref:
    """Who a string of a sentence names, as of ``day``.

    By its words, else by the words around it, else (its country only) by the country that the sentence speaks of
    most. Nothing known gives kind UNKNOWN and no country.
    """
    text = _BRACKETS.sub("", actor_string).strip()
    ref, phrase = _first(table, text, day)
    if phrase.proper is not None and (not ref.role or not ref.country):
        around = _around(table, actor_string, sentence_text, day)
        ref = joined(ref, around) if around is not None else ref
    if phrase.name is None and (not ref.country or not ref.sectors):
        inner = _inner(table, text, day)
        ref = replace(ref, country=ref.country or inner.country, sectors=ref.sectors or inner.sectors)
    if not ref.country:
        ref = replace(ref, country=_spoken_of(table, sentence_text, day))
    return ref


def _read(table: ActorTable, text: str, day: date | None) -> tuple[Ref, Phrase]:
    words = tokens_of(text)
    if not words:
        return Ref(id="", name=text, kind=RefKind.UNKNOWN), Phrase()
    phrase = read(words, table)
    return ref_of(phrase, words, table, day)[0], phrase


def _first(table: ActorTable, text: str, day: date | None) -> tuple[Ref, Phrase]:
    """The first of coordinated actors, joined with the apposition that follows it."""
    whole, phrase = _read(table, text, day)
    if phrase.name is not None and len(tokens_of(text)) == phrase.name.last - phrase.name.first + 1:
        return whole, phrase
    left, _, right = text.partition(", ")
    if right:
        one, said = _read(table, left, day)
        other, told = _read(table, right, day)
        if one.kind in (RefKind.PERSON, RefKind.UNKNOWN) and told.role is not None and told.name is None:
            return joined(one, replace(other, id="", name=one.name, kind=RefKind.PERSON)), said
        if said.role is not None and said.proper is None and said.name is None and other.kind is RefKind.PERSON:
            titled = replace(other, role=one.role, sectors=one.sectors, country=one.country or other.country)
            return titled, told
        if said.known:
            return one, said
    left, _, right = text.partition(" and ")
    if right:
        one, said = _read(table, left, day)
        alone = said.name is not None and said.name.entry.kind is NameKind.DEMONYM
        if not alone and (said.name is not None or (said.known and one.country)):
            return one, said
    return whole, phrase


def _around(table: ActorTable, actor: str, sentence: str, day: date | None) -> Ref | None:
    """What the words just before and just after a name say of it."""
    at = sentence.find(actor)
    if at < 0:
        return None
    own = tokens_of(actor)
    before = tokens_of(sentence[:at])[-7:]
    for start in range(len(before)):
        words = [*before[start:], *own]
        phrase = read(words, table)
        if phrase.role is not None and phrase.proper is not None and phrase.proper[1] == len(words) - 1:
            return ref_of(phrase, words, table, day)[0]
    after = re.match(r"\s*,\s*([^,;.]{3,80})", sentence[at + len(actor) :])
    if after is not None:
        found, phrase = _read(table, after.group(1), day)
        if phrase.role is not None and phrase.name is None and phrase.proper is None:
            return replace(found, id="", name=actor, kind=RefKind.PERSON)
    return None


def _inner(table: ActorTable, text: str, day: date | None) -> Ref:
    """The country and sector of the actors that a longer string speaks of: "a bombing by the Islamic State"."""
    words = tokens_of(text)
    country = ""
    sectors: tuple[str, ...] = ()
    for found in re.finditer(r"\b(?:by|of|against|on|from|for|with|to)\s+", text):
        ref, phrase = _read(table, text[found.end() :], day)
        if phrase.known or phrase.country:
            country, sectors = country or ref.country, sectors or ref.sectors
        if country and sectors:
            break
    hits = table.match(words)
    if not country:
        plain = [h for h in hits if not backed(words, h)] or hits
        country = next((c for h in plain if (c := table.dated(h.entry.ref, day).country)), "")
    if not sectors:
        sectors = next(((r.sector,) for _, _, r in table.roles_in(words)), ())
    if not sectors and any(h.entry.kind in PLACED for h in hits):
        sectors = ("GOV",)
    return Ref(id="", name=text, kind=RefKind.UNKNOWN, country=country, sectors=sectors)


def _spoken_of(table: ActorTable, sentence: str, day: date | None) -> str:
    """The country that a sentence names most, places and adjectives first, or ""."""
    votes: Counter[str] = Counter()
    for hit in table.match(tokens_of(sentence)):
        ref = table.dated(hit.entry.ref, day)
        if ref.country and ref.country not in _INTERNATIONAL:
            votes[ref.country] += 2 if hit.entry.kind in PLACED else 1
    return max(votes, key=lambda c: votes[c]) if votes else ""
