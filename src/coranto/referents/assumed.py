"""Resolved actors of a document -> the same, where a domestic role without a country is given one by assumption.

"Security forces" beside "the Kazakh interior ministry" are assumed to be Kazakh, "the president" in a report on Chile
to be Chile's. What is assumed says so (basis ASSUMED, a low score) and names the words that it is assumed from.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from coranto.language.trees import Tree
from coranto.records import Basis, Mention, Ref, Referent, Referred, RefKind, Sourced, Via, Words
from coranto.referents.placed import Localities

BY = "referents.assumed/1"
DOMESTIC = frozenset("GOV MIL COP LEG JUD CVL OPP LAB MED AGR SPY PTY REL SOC CRM REB EDU HLH ELI BUS JRN".split())
HERE = frozenset("CVL REB MED REL LAB AGR SOC EDU HLH BUS JRN".split())  # only from what the same sentence says
FOREIGN = frozenset(
    "foreign international western overseas global world european arab african asian allied coalition un"
    " peacekeeping multinational other".split()
)
ABROAD = frozenset(
    "diplomat diplomats envoy envoys ambassador ambassadors delegation delegations delegate delegates negotiator"
    " negotiators mediator mediators observer observers monitor monitors inspector inspectors peacekeeper peacekeepers"
    " migrant migrants refugee refugees tourist tourists ally allies leaders expert experts analyst analysts critics"
    " aid governments countries states nations powers capitals".split()
)
SENT = frozenset("ambassador ambassadors diplomat diplomats envoy envoys attache attaches embassy".split())
BODIES = frozenset({"IGO", "NGO", "IMG", "MNC"})
FIGHT = frozenset({"MIL", "COP", "CRM", "REB"})
STATE = frozenset({"GOV", "COP", "JUD", "LEG"})  # at home, whatever the people beside them are
SUFFERS = frozenset({"dobj", "nsubjpass", "dative"})
ACTS = frozenset({"nsubj", "agent"})
AGAINST = frozenset("against into on to from over with towards toward onto".split())
REACH = 2  # sentences back
ALONE = 0.75  # share of the actors from which a report is all about one country
PEOPLE = frozenset("CVL BUS LAB AGR EDU MED REL SOC OPP PTY JUD LEG HLH JRN".split())  # act on what is of their country
Clue = tuple[str, Words]  # a country and the words that name it


def assume(
    trees: Sequence[Tree],
    mentions: Mapping[str, Sequence[Mention]],
    made: Sequence[Referent],
    placed: Localities,
    document: str,
) -> list[Referent]:
    """The referents in the same order; domestic roles that nothing places are of the country spoken of beside them."""
    values = {r.mention: r.value for r in made}
    clues = [_clues(tree, mentions.get(tree.sentence.id, ()), values) for tree in trees]
    spots = [_spots(tree, document, placed) for tree in trees]
    where = {m.id: (n, m) for n, tree in enumerate(trees) for m in mentions.get(tree.sentence.id, ())}
    home, only = _home(values.values(), spots)
    last = {country: words for held in (*spots, *clues) for _, (country, words), _ in held}
    out = []
    for referent in made:
        value = referent.value
        if referent.mention in where and isinstance(value.value, Ref):
            number, mention = where[referent.mention]
            if only and home in last and _stranger(value.value):
                referent = replace(referent, value=_at_home(value, home, last[home], mention))  # type: ignore[arg-type]
            if _open(trees[number], mention, value.value) and (
                clue := _choose(clues, spots, trees[number], number, mention, value.value, home)
                or (_only(trees[number], mention, home, last) if only else None)
            ):
                referent = replace(referent, value=_assumed(value, clue, mention))  # type: ignore[arg-type]
        out.append(referent)
    return out


def _open(tree: Tree, mention: Mention, ref: Ref) -> bool:
    """True for a domestic role that has no country yet and that no word calls foreign."""
    titled = ref.kind is RefKind.ROLE or (ref.kind is RefKind.PERSON and bool(ref.role))
    if ref.country or ref.id or not titled or not DOMESTIC & set(ref.sectors[:1]):
        return False
    words = {tree.lower[i] for i in tree.covering(mention.words.span)}
    return not words & FOREIGN and tree.lower[mention.head] not in ABROAD and not words & {"his", "her", "their", "its"}


class _Named(NamedTuple):
    """A country that a sentence names."""

    head: int
    clue: Clue
    people: bool = False  # named by its people, who act within it


def _clues(tree: Tree, mentions: Sequence[Mention], values: Mapping[str, Sourced[Referred]]) -> list[_Named]:
    """The countries that a sentence names, in order; not those that an act is aimed at."""
    out: list[_Named] = []
    for m in mentions:
        value = values.get(m.id)
        ref = value.value if value is not None and value.basis is not Basis.ASSUMED else None
        if isinstance(ref, Ref) and len(ref.country) == 3 and ref.country not in BODIES and not _aimed_at(tree, m.head):
            if tree.lower[m.head] in SENT:  # from elsewhere
                continue
            out.append(_Named(m.head, (ref.country, m.words), bool(PEOPLE & set(ref.sectors[:1]))))
    return out


def _spots(tree: Tree, document: str, placed: Localities) -> list[_Named]:
    """The countries of the places that a sentence names, each with its head token."""
    return [
        _Named(
            tree.head_of(list(range(h.first, h.last + 1))),
            (h.entry.ref.country, tree.cite(document, h.first, h.last)),
        )
        for h in placed.get(tree.sentence.id, ())
    ]


def _aimed_at(tree: Tree, head: int) -> bool:
    while tree.relations[head] == "conj" and tree.heads[head] != head:
        head = tree.heads[head]
    relation, up = tree.relations[head], tree.heads[head]
    return relation in ("dobj", "dative") or (relation == "pobj" and tree.lower[up] in AGAINST)


def _choose(
    clues: Sequence[list[_Named]],
    spots: Sequence[list[_Named]],
    tree: Tree,
    number: int,
    mention: Mention,
    ref: Ref,
    home: str,
) -> Clue | None:
    """The one country of the sentence or of one just before it; of several, the document's own or that of the place.

    Who suffers an act is not of the country that does it: "an Israeli strike killed five people". Who fights may be far
    from home: for them no place is a clue.
    """
    suffers = _relation(tree, mention.head) in SUFFERS
    first = number if ref.sectors[0] in HERE else max(0, number - REACH)
    for n in range(number, first - 1, -1):
        found = [
            m.clue
            for m in clues[n]
            if not (
                (m.people and ref.sectors[0] in STATE and home not in ("", m.clue[0]))
                or (
                    suffers
                    and ((_relation(tree, m.head) in ACTS and not m.people) if n == number else ref.sectors[0] in FIGHT)
                )
            )
        ]
        here = [] if ref.sectors[0] in FIGHT else [m.clue for m in spots[n]]
        countries = {country for country, _ in (*found, *here)}
        if len(countries) == 1:
            return (*here, *found)[-1]
        if countries:
            at_home = next(((c, w) for c, w in reversed((*found, *here)) if c == home), None)
            return at_home or (here[-1] if len({country for country, _ in here}) == 1 else None)
    if ref.sectors[0] in HERE or (suffers and ref.sectors[0] in FIGHT):
        return None
    return next((m.clue for held in clues for m in held if m.clue[0] == home), None)


def _only(tree: Tree, mention: Mention, home: str, last: Mapping[str, Words]) -> Clue | None:
    """The country that a report is all about, for whom nothing nearer places: not for who suffers an act."""
    return (home, last[home]) if home in last and _relation(tree, mention.head) not in SUFFERS else None


def _relation(tree: Tree, head: int) -> str:
    """The relation of a phrase to its clause: that of the first of a row, of the whole that a noun is a part of."""
    at = head
    while tree.heads[at] != at:
        if tree.relations[at] in ("conj", "appos", "compound", "amod", "poss", "nmod"):
            at = tree.heads[at]
        elif tree.relations[at] == "pobj" and tree.lower[tree.heads[at]] == "of":
            at = tree.heads[tree.heads[at]]
        elif tree.relations[at] == "pobj" and tree.relations[tree.heads[at]] == "agent":
            return "agent"
        else:
            break
    return tree.relations[at]


def spread(made: Sequence[Referent], owed: Mapping[str, str]) -> list[Referent]:
    """The same, where a country that one mention of a chain has is every mention's, and that of its possessions.

    ``owed``: by mention ("his lawyer"), the chain of whom it belongs to. What a chain gives two countries spreads not.
    """
    held: dict[str, dict[str, Sourced[Referred]]] = defaultdict(dict)
    for r in made:
        ref = r.value.value
        if isinstance(ref, Ref) and ref.country and r.chain:
            held[r.chain].setdefault(ref.country, r.value)
    return [_shared(r, held.get(r.chain or "", {}), held.get(owed.get(r.mention, ""), {})) for r in made]


def _shared(
    referent: Referent, own: Mapping[str, Sourced[Referred]], owner: Mapping[str, Sourced[Referred]]
) -> Referent:
    value = referent.value
    ref, held = value.value, own or owner
    if not isinstance(ref, Ref) or ref.country or len(held) != 1:
        return referent
    [(country, source)] = held.items()
    basis = Basis.ASSUMED if source.basis is Basis.ASSUMED else Basis.CARRIED
    evidence = tuple(dict.fromkeys((*value.evidence, *source.evidence)))
    score = min(value.score or 0.5, source.score or 0.5)
    told: Sourced[Ref] = Sourced(
        value=replace(ref, country=country), basis=basis, via=Via.COREFERENCE, evidence=evidence, score=score, by=BY
    )
    return replace(referent, value=told)


def _stranger(ref: Ref) -> bool:
    """True for a person of whom the report tells nothing but the name."""
    return ref.kind is RefKind.PERSON and not (ref.id or ref.country or ref.role or ref.sectors)


def _home(values: Iterable[Sourced[Referred]], spots: Sequence[Sequence[_Named]]) -> tuple[str, bool]:
    """The country of at least half of the actors of a document that have one, "" if there is none; is it all but the
    only one, of the places too?"""
    counts: Counter[str] = Counter()
    places = Counter(m.clue[0] for held in spots for m in held)
    for value in values:
        ref = value.value
        if isinstance(ref, Ref) and len(ref.country) == 3 and ref.country not in BODIES:
            counts[ref.country] += 1
    every = counts + places
    if not every:
        return "", False
    country, most = min((counts or every).items(), key=lambda c: (-c[1], c[0]))
    only = every[country] >= 4 and every[country] >= ALONE * every.total()
    return (country, only) if only or (most >= 2 and most * 2 >= counts.total() > 0) else ("", False)


def _at_home(value: Sourced[Ref], home: str, words: Words, mention: Mention) -> Sourced[Ref]:
    """A stranger in a report all about one country is a private person of it."""
    told = _assumed(value, (home, words), mention)
    return replace(told, value=replace(told.value, sectors=("CVL",)), score=0.3)


def _assumed(value: Sourced[Ref], clue: Clue, mention: Mention) -> Sourced[Ref]:
    country, words = clue
    return Sourced(
        value=replace(value.value, country=country),
        basis=Basis.ASSUMED,
        via=Via.RULE,
        evidence=(mention.words, words),
        score=0.4,
        by=BY,
    )
