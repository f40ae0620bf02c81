"""A report's text -> how states that it names voted: abstentions too, which are no coded events.

"India, Brazil and South Africa abstained": a row of names of states that stands directly at the words of `votes.tsv`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from coranto.knowledge import Knowledge
from coranto.knowledge.tables import read_rows
from coranto.linkage.gists import Gist
from coranto.linkage.matching import FOLDER
from coranto.records import Document, Ref, RefKind, Report, Stance, Words

LIST = frozenset({",", "and", "the", "both", "also", "as", "well", "all", "while", "with"})
AT_VERB = frozenset({",", "all", "both", "also", "each", "which", "who", "have", "had", "has", "were", "that",
                     "among", "those", "states", "countries", "members"})  # fmt: skip
ABOUT_VOTE = re.compile(r"\b(?:vote[ds]?|voting|resolution|draft|veto(?:ed|es)?|adopted|motion|amendment)\b")
AMENDMENT = re.compile(r"\bamendments?\b", re.IGNORECASE)
SPONSORS = "sponsors"
_CLAUSE = re.compile(r"[.;:!?\n()]")
_TOKEN = re.compile(r"[\w'’-]+|,|&")


class Cast(NamedTuple):
    """A state's vote as a report tells it, beside the coded event of the report that tells of the vote."""

    actor: Ref
    stance: Stance
    act: str
    words: Words
    coded: str


@cache
def _verbs() -> tuple[tuple[re.Pattern[str], bool, Stance, str], ...]:
    columns = ("words", "names", "stance", "act")
    rows = sorted(read_rows(FOLDER / "votes.tsv", columns=columns), key=lambda r: -len(r["words"]))
    return tuple(
        (
            re.compile(rf"(?<![\w-]){re.escape(r['words'])}\b", re.IGNORECASE),
            r["names"] == "before",
            Stance(r["stance"]),
            r["act"],
        )
        for r in rows
    )


def casts(document: Document, reports: Iterable[Report], coded: Sequence[Gist], knowledge: Knowledge) -> Iterator[Cast]:
    """The votes that a document's reports tell of states by name, where a coded event tells of the vote."""
    if "abst" not in document.text and "vot" not in document.text:
        return
    for r in reports:
        votes = [g for g in coded if g.report == r.id and ABOUT_VOTE.search(g.phrase)]
        if not votes:
            continue
        for at, end, names, stance, act in _told(document.text, r.span.start, r.span.end, knowledge):
            near = min(votes, key=lambda g: (abs(g.trigger.span.start - at), g.id))
            words = document.cite(at, end)
            for ref in names:
                yield Cast(ref, stance, act, words, near.id)


def _told(
    text: str, start: int, end: int, knowledge: Knowledge
) -> Iterator[tuple[int, int, tuple[Ref, ...], Stance, str]]:
    taken: set[int] = set()
    for pattern, before, stance, act in _verbs():
        for m in pattern.finditer(text, start, end):
            if m.start() in taken or (act == SPONSORS and _of_amendment(text, start, m.start())):
                continue
            taken.add(m.start())
            if before:
                low = max([x.end() for x in _CLAUSE.finditer(text, start, m.start())], default=start)
                found = _row(_tokens(text, low, m.start()), knowledge, last=True)
            else:
                stop = _CLAUSE.search(text, m.end(), end)
                found = _row(_tokens(text, m.end(), stop.start() if stop else end), knowledge, last=False)
            if found:
                spans = [*found, m.span()]
                names = tuple(found.values())
                yield min(s for s, _ in spans), max(e for _, e in spans), names, stance, act


def _of_amendment(text: str, start: int, at: int) -> bool:
    """True if it is an amendment that somebody put forward: that is no stand for the text as it is."""
    return (
        AMENDMENT.search(text, max([x.end() for x in _CLAUSE.finditer(text, start, at)], default=start), at) is not None
    )


def _tokens(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def _row(tokens: Sequence[tuple[str, int, int]], knowledge: Knowledge, *, last: bool) -> Mapping[tuple[int, int], Ref]:
    """Names of states that stand in one row at the end (``last``) or the beginning of some tokens, by their spans."""
    hits = knowledge.actors.match([t for t, _, _ in tokens])
    hits = sorted(hits, key=lambda h: h.first, reverse=last)
    edge = len(tokens) if last else -1
    found: dict[tuple[int, int], Ref] = {}
    for h in hits:
        between = tokens[h.last + 1 : edge] if last else tokens[edge + 1 : h.first]
        if not last and tokens[h.last + 1 :] and tokens[h.last + 1][0][0].isupper():
            break  # "proposed by the *Kenya* Football Federation"
        allowed = AT_VERB | LIST if not found else LIST
        ref = h.entry.ref
        if any(t.casefold() not in allowed for t, _, _ in between) or ref.kind is not RefKind.COUNTRY:
            break
        found[tokens[h.first][1], tokens[h.last][2]] = ref
        edge = h.first if last else h.last
    return found
