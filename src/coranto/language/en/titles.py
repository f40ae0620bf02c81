"""A row of English tokens -> Phrase: which name or role it is headed by, which country and body it belongs to."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from coranto.knowledge.actors import ActorTable, Hit, NameKind, Role
from coranto.language.en import titlewords
from coranto.language.trees import Tree

Stretch = tuple[int, int]  # first and last token, both included

OWNERS = frozenset({NameKind.ORGANISATION, NameKind.GROUP})
COUNTRIES = frozenset({NameKind.COUNTRY, NameKind.CAPITAL, NameKind.METONYM, NameKind.FORMER})
PLACED = COUNTRIES | {NameKind.DEMONYM, NameKind.LOCALITY}


class Phrase(Struct, frozen=True, gc=False):
    """A noun phrase as actor language: a name, or a role, or neither; numbers are tokens of the row that was read."""

    name: Hit | None = None  # the name that heads it
    proper: Stretch | None = None  # capitalised words that head it and that no table knows
    role: Role | None = None
    role_at: Stretch | None = None
    title: str = ""  # the role in the text's words, lower case
    former: bool = False
    country: Hit | None = None  # whose it is: adjective, possessive or "of ..."
    owner: Hit | None = None  # the organisation, group or person that it belongs to
    people: bool = False  # a people: "Palestinians", "two Russians"

    @property
    def known(self) -> bool:
        """True if the phrase is headed by a name, a people or a role."""
        return self.name is not None or self.role is not None or self.people


def read(
    words: Sequence[str],
    table: ActorTable,
    *,
    closed: frozenset[int] = frozenset(),
    placed: Sequence[Hit] = (),
) -> Phrase:
    """What a noun phrase says of an actor; an empty Phrase where it is headed by something else.

    ``closed``: tokens of a person's name, of which no part may be read as a country. ``placed``: tokens that are known
    to name places, each with its country.
    """
    return _read(tuple(words), table, closed, tuple(placed))


@lru_cache(maxsize=1 << 13)
def _read(words: tuple[str, ...], table: ActorTable, closed: frozenset[int], placed: tuple[Hit, ...]) -> Phrase:
    hits = [h for h in with_places(table.match(words), placed) if h.entry.kind not in PLACED or h.first not in closed]
    hits = [h for h in hits if not _generic(words, h, hits, table) and not _namesake(words, h, closed, table)]
    roles = [r for r in table.roles_in(words) if _noun_like(words, r) and not _inside(r, hits)]
    roles = [r for r in roles if r[0] not in closed or r[2].kind == "office" or not words[r[0]][:1].isupper()]
    cut = _cut(words, hits, roles)
    low = [w.lower() for w in words[:cut]]
    if cut < len(words) and words[cut].lower() == "of" and _container(low):
        inner = read(
            words[cut + 1 :],
            table,
            closed=frozenset(n - cut - 1 for n in closed),
            placed=[Hit(h.first - cut - 1, h.last - cut - 1, h.entry) for h in placed if h.first > cut],
        )
        if inner.known or inner.proper:
            return _moved(inner, cut + 1)
    core = _core(words, cut, hits, roles)
    titled = core.role is not None and core.role.kind == "office" and core.name is None and core.proper is None
    return (_name_after(words, cut, hits, roles, core, closed) if titled else None) or core


def names(tree: Tree, table: ActorTable) -> list[Hit]:
    """The names of the tables in a sentence, in order."""
    return table.match(tree.words)


def with_places(hits: list[Hit], placed: Sequence[Hit]) -> list[Hit]:
    """Names with the places that the tables lack, or know as a place of another country."""
    out = list(hits)
    for place in placed:
        met = [h for h in out if h.first <= place.last and place.first <= h.last]
        if all(h.entry.kind in PLACED and h.entry.kind is not NameKind.DEMONYM for h in met) and all(
            h.entry.ref.country != place.entry.ref.country for h in met
        ):
            out = [h for h in out if h not in met] + [place]
    return sorted(out, key=lambda h: h.first) if placed else out


def _namesake(words: Sequence[str], hit: Hit, closed: frozenset[int], table: ActorTable) -> bool:
    """True for a known last name with a given name that is not theirs: "*Hunter* Biden", "Donald Trump *Jr.*".

    A person's last name is no group's or seat's either: "*Jordan* Hamas".
    """
    if hit.entry.kind in (NameKind.GROUP, NameKind.METONYM, NameKind.ORGANISATION):
        alone = hit.first == hit.last and not words[hit.first].isupper()  # "Jaafar Ashtiyeh/AFP"
        return alone and hit.first - 1 in closed and hit.first in closed
    if hit.entry.kind is not NameKind.PERSON:
        return False
    if hit.last + 1 < len(words) and words[hit.last + 1].lower().rstrip(".") in titlewords.YOUNGER:
        return True
    before = hit.first - 1
    if hit.first != hit.last or not {before, hit.first} <= closed or not words[before][:1].isupper():
        return False
    role = table.role(words[before])
    if words[before].lower().rstrip(".") in titlewords.HONORIFICS or (role is not None and role.kind == "office"):
        return False
    initials = {part[:1].lower() for part in hit.entry.ref.name.split()[:-1]}
    return words[before][:1].lower() not in initials


def _generic(words: Sequence[str], hit: Hit, hits: Sequence[Hit], table: ActorTable) -> bool:
    """True where a body's name is only its sort: "Russia's Security Council" is not the United Nations'."""
    if hit.entry.kind is not NameKind.ORGANISATION or hit.first == 0:
        return False
    text = " ".join(words[hit.first : hit.last + 1])
    if table.role(text) is None:
        return False
    before = hit.first - 1 - (words[hit.first - 1] in ("'s", "’s"))
    owner = next((h for h in hits if h.last == before), None)
    if owner is not None:
        return owner.entry.kind in PLACED and owner.entry.ref.country != hit.entry.ref.country
    return words[before][:1].isupper() and words[before].lower() not in titlewords.ARTICLES


def _name_after(
    words: Sequence[str],
    cut: int,
    hits: Sequence[Hit],
    roles: Sequence[tuple[int, int, Role]],
    core: Phrase,
    closed: frozenset[int],
) -> Phrase | None:
    """ "President of Ukraine Volodymyr Zelenskyy": the person named right after a title with its "of ...", or None."""
    if cut >= len(words) or words[cut].lower() != "of":
        return None
    end = len(words) - 1
    person = next((h for h in hits if h.last == end and h.entry.kind is NameKind.PERSON and h.first > cut + 1), None)
    proper: Stretch | None = None
    first = end + 1
    if person is None:
        while first - 1 in closed and first - 1 > cut + 1:
            first -= 1
        if first >= end:
            return None
        proper = (first, end)
    start = person.first if person is not None else first
    if not words[start - 1][:1].isupper() or any(cut < r[0] < start for r in roles):
        return None
    return Phrase(
        name=person,
        proper=proper,
        role=core.role,
        role_at=core.role_at,
        title=core.title,
        former=core.former,
        country=core.country,
        owner=core.owner,
    )


def _container(low: Sequence[str]) -> bool:
    return bool(low) and (low[-1] in titlewords.CONTAINERS or low[-1].isdigit())


def _noun_like(words: Sequence[str], role: tuple[int, int, Role]) -> bool:
    first, last, _ = role
    return not (first == last and words[first].lower() in ("general", "major", "chief") and first + 1 < len(words)
                and words[first].islower())  # fmt: skip


def _inside(role: tuple[int, int, Role], hits: Sequence[Hit]) -> bool:
    return any(h.first <= role[0] and role[1] <= h.last for h in hits)


def _cut(words: Sequence[str], hits: Sequence[Hit], roles: Sequence[tuple[int, int, Role]]) -> int:
    """Where the phrase's core ends: the first preposition, comma or bracket that no name and no role contains."""
    held = {n for h in hits for n in range(h.first, h.last + 1)}
    held |= {n for first, last, _ in roles for n in range(first, last + 1)}
    for n, word in enumerate(words):
        if n and n not in held and (word.lower() in titlewords.CUTS or word in titlewords.STOPS or _trailing(words, n)):
            return n
    return len(words)


def _trailing(words: Sequence[str], n: int) -> bool:
    """True at a participle or adjective that begins what follows a noun: "loyal to", "run by", "wounded in"."""
    word = words[n].lower()
    after = words[n + 1].lower() if n + 1 < len(words) else ""
    return (
        words[n].islower()
        and after in titlewords.AFTER_TRAILING
        and (word in titlewords.TRAILING or word.endswith("ed"))
    )


def _core(words: Sequence[str], cut: int, hits: list[Hit], roles: list[tuple[int, int, Role]]) -> Phrase:
    end = cut - 1
    while end > 0 and (words[end] in ("'s", "’s", "'", "’", '"', "”", ".", "-", "’") or not words[end].strip()):
        end -= 1
    inside = [h for h in hits if h.last <= end]
    tail = _tail(words, cut, hits)
    head = next((h for h in reversed(inside) if h.last == end and not backed(words, h)), None)
    role = next((r for r in roles if r[1] == end), None)
    if role is not None and role[2].name in titlewords.BODIES:
        named = next((h for h in inside if h.last == role[0] - 1 and h.entry.kind in OWNERS), None)
        if named is not None and not backed(words, named):
            return _headed_by_name(words, named, inside, roles, tail)
    if head is not None and role is None:
        return _headed_by_name(words, head, inside, roles, tail)
    if role is not None:
        return _headed_by_role(words, role, [h for h in inside if h.last < role[0]], tail)
    return _headed_by_unknown(words, end, inside, roles, tail)


def backed(words: Sequence[str], hit: Hit) -> bool:
    """True if the name only qualifies: "Iranian-backed", "Saudi-led"."""
    at = hit.last + 1
    while at < len(words) and words[at] in ("-", "–"):
        at += 1
    after = words[at].lower() if at < len(words) and at > hit.last + 1 else ""
    glued = words[hit.last].lower().rpartition("-")[2] if "-" in words[hit.last] else ""
    prefix = words[hit.first - 2].lower() if hit.first >= 2 and words[hit.first - 1] == "-" else ""
    own = words[hit.first].lower().split("-")[0]
    return (
        after in titlewords.BACKED or glued in titlewords.BACKED or prefix in ("pro", "anti") or own in ("pro", "anti")
    )


def _tail(words: Sequence[str], cut: int, hits: Sequence[Hit]) -> Hit | None:
    """The name that the words after the core tie it to: "of Kosovo", "in Istanbul", "for President X"."""
    if cut >= len(words):
        return None
    link = "of" if _trailing(words, cut) and words[cut + 1].lower() in titlewords.LOYAL else words[cut].lower()
    if link not in titlewords.LINKED | {"to"}:
        return None
    for hit in hits:
        if hit.first > cut and not backed(words, hit):
            between = [w.lower() for w in words[cut + 1 : hit.first]]
            if any(w in (",", "who", "that", "which") for w in between) or len(between) > 6:
                return None
            return hit if link != "to" or hit.entry.kind in OWNERS else None
    return None


def _owner_and_country(words: Sequence[str], before: Sequence[Hit], tail: Hit | None) -> tuple[Hit | None, Hit | None]:
    owner = country = None
    for hit in reversed(before):
        if backed(words, hit):
            continue
        if hit.entry.kind in PLACED:
            country = country or hit
        elif owner is None:
            owner = hit
    if tail is not None:
        if tail.entry.kind in PLACED:
            country = country or (tail if owner is None or not owner.entry.ref.country else None)
        elif owner is None and country is None:
            owner = tail
    if owner is None and country is None:
        seat = next((h for h in reversed(before) if _seated(words, h)), None)
        if seat is not None and seat.entry.kind in PLACED:
            country = seat
        elif seat is not None:
            owner = seat
    return owner, country


def _seated(words: Sequence[str], hit: Hit) -> bool:
    """True for the place or group that a body is at home in or run by: "Kiel-based", "Hamas-run"."""
    at = hit.last + 1
    after = words[at + 1].lower() if at + 1 < len(words) and words[at] in ("-", "–") else ""
    return after in titlewords.SEATED or words[hit.last].lower().rpartition("-")[2] in titlewords.SEATED


def _text(words: Sequence[str], first: int, last: int) -> str:
    return " ".join(words[first : last + 1]).lower().replace(" 's", "'s").replace(" - ", "-")


def _is_former(words: Sequence[str], first: int) -> bool:
    near = [w.lower() for w in words[max(0, first - 4) : first + 1]]
    return any(w.strip("-") in titlewords.FORMER or w.startswith("ex-") for w in near)


def _headed_by_name(
    words: Sequence[str], head: Hit, inside: list[Hit], roles: list[tuple[int, int, Role]], tail: Hit | None
) -> Phrase:
    if head.entry.kind is NameKind.DEMONYM:
        return _people(words, head, [h for h in inside if h.last < head.first])
    before = [h for h in inside if h.last < head.first]
    title = next((r for r in reversed(roles) if r[1] < head.first), None)
    if head.entry.kind is not NameKind.PERSON or title is None:
        owner, country = _owner_and_country(words, before, None)
        person = head.entry.kind is NameKind.PERSON
        return Phrase(name=head, country=country if person else None, owner=owner if person else None)
    owner, country = _owner_and_country(words, before, None)
    between = [h for h in before if h.first > title[1]]
    if country is None and between and between[-1].entry.kind in PLACED:
        country = between[-1]
    return Phrase(
        name=head,
        role=title[2],
        role_at=(title[0], title[1]),
        title=_titled(words, owner, title[0], title[1]),
        former=_is_former(words, title[0]),
        country=country,
        owner=owner,
    )


def _titled(words: Sequence[str], owner: Hit | None, first: int, last: int) -> str:
    """The role with the body that it is of, where that stands at once before it: "nato spokesman"."""
    joined = owner is not None and owner.last == first - 1 and owner.entry.kind in OWNERS
    joined = joined and owner is not None and owner.entry.ref.sectors[:1] not in (("CVL",), ("GOV",), ("PRE",))
    return _text(words, owner.first if joined and owner is not None else first, last)


def _land_of(head: Hit, before: Sequence[Hit]) -> Hit:
    """The name that says where a people lives: "Kosovo Serbs", "Israeli Arabs"; else its own."""
    held = [h for h in before if h.last == head.first - 1 and h.entry.kind in PLACED]
    return held[-1] if held else head


def _one_of(words: Sequence[str], head: Hit) -> bool:
    """True for "the Czech": a people that has a plural ("Czechs") is a person here; "the French" are France."""
    spelt = words[head.last]
    return words[0].lower() == "the" and head.first == 1 and spelt.endswith(titlewords.SINGLE) and len(words) == 2


def _people(words: Sequence[str], head: Hit, before: Sequence[Hit]) -> Phrase:
    first = words[0].lower()
    many = (
        head.entry.plural
        or first in ("a", "an")
        or _one_of(words, head)
        or (head.first > 0 and (first.isdigit() or first in titlewords.CONTAINERS))
    )
    return Phrase(name=None if many else head, country=_land_of(head, before), people=many)


def _headed_by_role(words: Sequence[str], role: tuple[int, int, Role], before: list[Hit], tail: Hit | None) -> Phrase:
    first, last, found = role
    owner, country = _owner_and_country(words, before, tail)
    return Phrase(
        role=found,
        role_at=(first, last),
        title=_titled(words, owner, first, last),
        former=_is_former(words, first),
        country=country,
        owner=owner,
    )


def _headed_by_unknown(
    words: Sequence[str], end: int, inside: list[Hit], roles: list[tuple[int, int, Role]], tail: Hit | None
) -> Phrase:
    """Capitalised words at the end that no table knows, with their title; or nothing."""
    first = end + 1
    taken = {n for h in inside for n in range(h.first, h.last + 1)} | {n for a, b, _ in roles for n in range(a, b + 1)}
    while first > 0 and _proper(words[first - 1]) and first - 1 not in taken:
        first -= 1
    while first <= end and words[first].lower() in titlewords.ARTICLES | {"-", "'s", "’s"}:
        first += 1
    while first < end and words[first].lower().rstrip(".") in titlewords.HONORIFICS:
        first += 1
    before = [h for h in inside if h.last < (first if first <= end else end + 1)]
    if before and first <= end and before[-1].last == first - 1 and before[-1].entry.kind is NameKind.LOCALITY:
        first = before.pop().first
    owner, country = _owner_and_country(words, before, tail)
    if first > end:
        return Phrase(country=country, owner=owner)
    title = next((r for r in reversed(roles) if r[1] < first and r[1] >= first - 2), None)
    return Phrase(
        proper=(first, end),
        role=title[2] if title else None,
        role_at=(title[0], title[1]) if title else None,
        title=_text(words, title[0], title[1]) if title else "",
        former=_is_former(words, title[0]) if title else False,
        country=country,
        owner=owner,
    )


def _proper(word: str) -> bool:
    return word[:1].isupper() or word.lower() in ("al", "el", "bin", "de", "van", "von", "da", "-", "der", "ibn")


def _moved(phrase: Phrase, by: int) -> Phrase:
    def hit(h: Hit | None) -> Hit | None:
        return None if h is None else Hit(h.first + by, h.last + by, h.entry, h.others)

    def stretch(s: Stretch | None) -> Stretch | None:
        return None if s is None else (s[0] + by, s[1] + by)

    return Phrase(
        name=hit(phrase.name),
        proper=stretch(phrase.proper),
        role=phrase.role,
        role_at=stretch(phrase.role_at),
        title=phrase.title,
        former=phrase.former,
        country=hit(phrase.country),
        owner=hit(phrase.owner),
        people=phrase.people,
    )


def closed_tokens(entities: Sequence[str]) -> frozenset[int]:
    """Tokens of person names of two words or more, by a parser's entities."""
    found: set[int] = set()
    for n, entity in enumerate(entities):
        if entity == "I-PERSON":
            found.update((n - 1, n))
    return frozenset(found)
