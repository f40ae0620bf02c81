"""Resolved place mentions -> localities among the tokens of a sentence, by which actor phrases are read."""

from collections.abc import Iterable, Mapping, Sequence

from coranto.knowledge.actors import ActorTable, Entry, Hit, NameKind
from coranto.language.en.titles import Phrase, closed_tokens, read
from coranto.language.trees import Tree
from coranto.records import Mention, MentionKind, Place, Ref, Referent, RefKind

SURE = 0.5  # share of the weight among its namesakes from which a place says whose a phrase is
Localities = Mapping[str, tuple[Hit, ...]]  # by sentence id; token numbers of the sentence


def localities(trees: Iterable[Tree], mentions: Iterable[Mention], places: Iterable[Referent]) -> Localities:
    """The place mentions whose country is sure, as the tables' localities are."""
    country = {}
    for r in places:
        value = r.value
        if isinstance(value.value, Place) and value.value.country and (value.score or 0.0) >= SURE:
            country[r.mention] = value.value.country
    if not country:
        return {}
    by_sentence = {tree.sentence.id: tree for tree in trees}
    out: dict[str, tuple[Hit, ...]] = {}
    for m in mentions:
        if (
            m.kind is MentionKind.PLACE
            and m.id in country
            and (tokens := by_sentence[m.sentence].covering(m.words.span))
        ):
            iso3 = country[m.id]
            ref = Ref(id=f"country:{iso3}", name=iso3, kind=RefKind.COUNTRY, country=iso3)
            hit = Hit(tokens[0], tokens[-1], Entry(NameKind.LOCALITY, ref))
            out[m.sentence] = (*out.get(m.sentence, ()), hit)
    return out


def phrase_of(tree: Tree, first: int, last: int, table: ActorTable, placed: Sequence[Hit]) -> Phrase:
    """What tokens ``first``..``last`` say of an actor, with the resolved places among them; none that heads them."""
    held: list[Hit] = []
    if placed:
        head = tree.head_of(list(range(first, last + 1)))
        held = [
            Hit(h.first - first, h.last - first, h.entry)
            for h in placed
            if first <= h.first and h.last <= last and not h.first <= head <= h.last
        ]
    closed = closed_tokens(tree.entities[first : last + 1])
    return read(tree.words[first : last + 1], table, closed=closed, placed=held)
