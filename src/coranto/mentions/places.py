"""Sentence -> its toponyms: the parser's place names, corrected and completed by the gazetteer and by type words.

A demonym ("Russian") is no toponym, and neither is a part of a person's or an organisation's name.
"""

from collections.abc import Callable

from coranto.knowledge import Knowledge
from coranto.knowledge.actors import ActorTable, NameKind
from coranto.knowledge.places import Gazetteer, Kind
from coranto.language.en.placewords import PlaceWords, place_words
from coranto.language.trees import Tree, trees
from coranto.records import Analysis, Mention, MentionKind, make_id

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NAME_LABELS = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"})
OVERRIDDEN = frozenset({"PERSON", "ORG", "PRODUCT", "NORP"})
TITLES = frozenset("Queen King Prince Princess Lord Lady Sir Mr Mrs Ms Dr President Sheikh Imam Pope Emperor".split())
LONGEST = 6  # tokens
KNOWN_FROM = 50_000  # inhabitants: a town that overrides the parser's label or lack of one

Stretch = tuple[int, int]  # first and last token


def make(knowledge: Knowledge) -> Callable[[Analysis], tuple[Mention, ...]]:
    """A finder of toponyms; mentions do not overlap and are in order of text."""

    def places(analysis: Analysis) -> tuple[Mention, ...]:
        words, gazetteer, table = place_words(), knowledge.places, knowledge.actors
        out: list[Mention] = []
        for tree in trees(analysis):
            for first, last in stretches(tree, gazetteer, words):
                if _is_actor_only(tree.words[first : last + 1], gazetteer, table):
                    continue
                cited = tree.cite(analysis.document.id, first, last)
                out.append(
                    Mention(
                        id=make_id(tree.sentence.id, MentionKind.PLACE, cited.span.start, cited.span.end),
                        sentence=tree.sentence.id,
                        kind=MentionKind.PLACE,
                        words=cited,
                        head=tree.head_of(list(range(first, last + 1))),
                    )
                )
        return tuple(out)

    return places


def _is_actor_only(words: list[str], gazetteer: Gazetteer, table: ActorTable) -> bool:
    """True for a person, body or thing of the tables that no well-known place is called by: "Trump", "IRGC", "IS"."""
    name = " ".join(words)
    if name in table.no_names:
        return True
    if words[0].rstrip(".") in TITLES and len(words) > 1:
        return not any(c.rank == 0 and c.population >= KNOWN_FROM for c in gazetteer.find(name))
    if len(words) == 1 and name.isupper() and len(name) <= 4:
        if any(c.kind in (Kind.COUNTRY, Kind.REGION) or (c.rank <= 1 and c.population >= KNOWN_FROM)
               for c in gazetteer.find(name)):  # fmt: skip
            return False
    elif gazetteer.has(name):
        return False
    entry = table.named(name)
    return entry is not None and entry.kind in (NameKind.PERSON, NameKind.ORGANISATION, NameKind.GROUP)


def stretches(tree: Tree, gazetteer: Gazetteer, words: PlaceWords) -> list[Stretch]:
    """The toponyms of a sentence as stretches of tokens, in order, without overlaps."""
    named = entities(tree)
    found: list[Stretch] = []
    for label, first, last in named:
        if label in PLACE_LABELS:
            found.extend(_trimmed(tree, gazetteer, words, first, last))
    taken = {i for first, last in found for i in range(first, last + 1)}
    found.extend(_listed(tree, gazetteer, words, named, taken))
    return _widened(tree, gazetteer, words, sorted(set(found)))


def entities(tree: Tree) -> list[tuple[str, int, int]]:
    """The parser's names: label, first and last token."""
    out: list[tuple[str, int, int]] = []
    for i, mark in enumerate(tree.entities):
        iob, _, label = mark.partition("-")
        if not label:
            continue
        if iob == "I" and out and out[-1][0] == label and out[-1][2] == i - 1:
            out[-1] = (label, out[-1][1], i)
        else:
            out.append((label, i, i))
    return out


def _trimmed(tree: Tree, gazetteer: Gazetteer, words: PlaceWords, first: int, last: int) -> list[Stretch]:
    """A place name without determiners, possessives and adjectives; two names that were run together come apart."""
    while first <= last and (
        tree.tags[first] in ("DT", "PRP$", "IN", "CC", ",", "POS") or not _letters(tree.words[first])
    ):
        first += 1
    while last >= first and (tree.tags[last] in ("POS", ",", ".", "CC", "IN") or not _letters(tree.words[last])):
        last -= 1
    if first == last and tree.lower[first] in words.ordinary:
        return []
    if first > last or tree.text[tree.starts[first] : tree.ends[last]].islower():
        return []
    if first == last and tree.tags[first] in ("JJ", "NNPS") and not gazetteer.has(tree.words[first]):
        return []
    inner = [i for i in range(first, last + 1) if tree.words[i] == ","]
    if inner:
        return _trimmed(tree, gazetteer, words, first, inner[0] - 1) + _trimmed(
            tree, gazetteer, words, inner[0] + 1, last
        )
    return [(first, last)]


def _letters(word: str) -> bool:
    return any(c.isalpha() for c in word)


def _listed(
    tree: Tree, gazetteer: Gazetteer, words: PlaceWords, named: list[tuple[str, int, int]], taken: set[int]
) -> list[Stretch]:
    """Names of the gazetteer that the parser has not seen as places."""
    label = {i: (kind, first, last) for kind, first, last in named for i in range(first, last + 1)}
    out: list[Stretch] = []
    i = 0
    while i < tree.n:
        step = 1
        if i not in taken and tree.words[i][:1].isupper() and tree.tags[i] in ("NNP", "NNPS", "NN", "JJ", "VBP", "VB"):
            for last in range(min(tree.n, i + LONGEST) - 1, i - 1, -1):
                if not any(j in taken for j in range(i, last + 1)) and _is_name(tree, gazetteer, words, label, i, last):
                    out.append((i, last))
                    step = last - i + 1
                    break
        i += step
    return out


def _is_name(
    tree: Tree, gazetteer: Gazetteer, words: PlaceWords, label: dict[int, tuple[str, int, int]], first: int, last: int
) -> bool:
    if not tree.words[last][:1].isupper() and last > first:
        return False
    held = {label[j] for j in range(first, last + 1) if j in label}
    if any(kind in NAME_LABELS and (_before(tree, a, first) or _beyond(tree, words, last, b)) for kind, a, b in held):
        return False
    if any(kind in NAME_LABELS - OVERRIDDEN for kind, _, _ in held):
        return False
    if _goes_on(tree, words, first, last):
        return False
    phrase = tree.text[tree.starts[first] : tree.ends[last]]
    if phrase in words.demonyms or phrase.lower() in words.ordinary:
        return False
    usual = 2 if last > first else 1
    found = [c for c in gazetteer.find(phrase) if c.rank <= usual]
    known = any(c.kind in (Kind.COUNTRY, Kind.REGION) or c.population >= KNOWN_FROM for c in found)
    if not found:
        return _called(tree, words, first, last)
    if any(kind == "PERSON" for kind, _, _ in held) and not any(c.kind in (Kind.COUNTRY, Kind.REGION) for c in found):
        return _placed(tree, words, first, last) or _reached(tree, words, last)
    sited = any(c.kind == Kind.SITE for c in found) and last > first
    if held or tree.tags[first] not in ("NNP", "NNPS"):
        return (known or sited) and tree.tags[first] != "JJ"
    return known or sited or (bool(found) and _placed(tree, words, first, last))


def _before(tree: Tree, start: int, first: int) -> bool:
    """True if a name begins before ``first`` with more than an article."""
    return start < first and not all(tree.tags[i] == "DT" for i in range(start, first))


def _reached(tree: Tree, words: PlaceWords, last: int) -> bool:
    """True for the object of a verb whose object is a place ("entered X", "held X and Y")."""
    at = last
    while tree.relations[at] == "conj" and tree.heads[at] != at:
        at = tree.heads[at]
    return tree.relations[at] == "dobj" and tree.lemmas[tree.heads[at]] in words.reaching


def _beyond(tree: Tree, words: PlaceWords, last: int, end: int) -> bool:
    """True if a name goes on after ``last`` with more than a type word."""
    return end > last and " ".join(tree.lower[last + 1 : end + 1]) not in words.after


def _goes_on(tree: Tree, words: PlaceWords, first: int, last: int) -> bool:
    """True if the stretch is only a part of a longer name ("Kyiv Post", "Paris Hilton", "Mr Washington")."""
    after, before = last + 1, first - 1
    if after < tree.n and tree.tags[after] in ("NNP", "NNPS") and tree.lower[after] not in words.after:
        return tree.relations[last] in ("compound", "nmod") and tree.heads[last] >= after
    return before >= 0 and tree.tags[before] in ("NNP", "NNPS") and tree.heads[before] in range(first, last + 1)


def _called(tree: Tree, words: PlaceWords, first: int, last: int) -> bool:
    """True for a name that the gazetteer lacks and that the text calls a place ("the village of X")."""
    named = all(tree.tags[i] in ("NNP", "NNPS") for i in range(first, last + 1))
    return named and first > 1 and " ".join(tree.lower[first - 2 : first]) in words.before


def _placed(tree: Tree, words: PlaceWords, first: int, last: int) -> bool:
    """True if a preposition of place or a type word stands beside the stretch."""
    before = tree.lower[first - 1] if first else ""
    after = tree.lower[last + 1] if last + 1 < tree.n else ""
    return before in ("in", "near", "at", "outside", "from", "around", "to", "of") or after in words.after


def _widened(tree: Tree, gazetteer: Gazetteer, words: PlaceWords, found: list[Stretch]) -> list[Stretch]:
    """Stretches with the words that belong to them ("Donetsk region", "southern Lebanon"), without overlaps."""
    out: list[Stretch] = []
    for n, (first, last) in enumerate(found):
        limit = found[n + 1][0] if n + 1 < len(found) else tree.n
        last = _forward(tree, gazetteer, words, first, last, limit)
        if first and tree.lower[first - 1] in words.directions | {"the"} and _has(tree, gazetteer, first - 1, last):
            first -= tree.lower[first - 1] != "the" or (tree.words[first - 1] == "The" and first > 1)
        if not out or first > out[-1][1]:
            out.append((first, last))
    return out


def _forward(tree: Tree, gazetteer: Gazetteer, words: PlaceWords, first: int, last: int, limit: int) -> int:
    """The last token of a stretch with the rest of a listed name or the type word that follows."""
    for end in range(min(limit, last + 5) - 1, last, -1):
        if tree.pos[end] in ("NOUN", "PROPN") and _has(tree, gazetteer, first, end):
            return end
    for size in (2, 1):
        end = last + size
        if end < limit and (kinds := words.after.get(" ".join(tree.lower[last + 1 : end + 1]))):
            return end if kinds and tree.lower[end] not in words.after_loose else last
    return last


def _has(tree: Tree, gazetteer: Gazetteer, first: int, last: int) -> bool:
    """True if the gazetteer lists the whole stretch, and not only without its article."""
    return any(c.rank <= 1 for c in gazetteer.find(tree.text[tree.starts[first] : tree.ends[last]]))
