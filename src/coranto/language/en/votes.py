"""A sentence's text -> the figures of a vote: "143-5 with 35 abstentions", "by 120 votes to 4"."""

import re
from decimal import Decimal
from typing import NamedTuple

from coranto.language.en.numbers import number
from coranto.records import FigureKind

_N = r"(\d{1,3}(?:,\d{3})*|[a-z]+(?:-[a-z]+)?)"
_VOTERS = r"(?:votes?|countries|states|members|nations|delegations|lawmakers|deputies|MPs|others|voting|voted|cast)"
_ABOUT_VOTES = re.compile(
    r"\b(?:vot\w+|resolution|ballot|abst\w+|motion|assembly|council|parliament|senate|lawmakers|in favou?r)\b", re.I
)
_TALLY = re.compile(
    r"(?<![\w-])(\d{1,3})\s*[-–]\s*(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?"
    r"(?![\w-]|\s+(?:people|fighters|troops|soldiers|years?|days|percent))"
)
_VOTES_TO = re.compile(rf"\b{_N}\s+(?:votes?\s+)?to\s+{_N}(?:\s+votes?)?\b", re.I)
_SIDES = (
    (FigureKind.VOTES_FOR, re.compile(rf"\b{_N}\s+(?:{_VOTERS}\s+)*(?:in\s+favou?r|for(?=\s*[,;.]| and|$))\b", re.I)),
    (FigureKind.VOTES_AGAINST, re.compile(rf"\b{_N}\s+(?:{_VOTERS}\s+)*(?:against|opposed)\b", re.I)),
    (FigureKind.ABSTENTIONS, re.compile(rf"\b{_N}\s+(?:{_VOTERS}\s+)*(?:abstentions?|abstain(?:ed|ing)?)\b", re.I)),
)


class Vote(NamedTuple):
    """One figure of a vote at ``[start, end)`` of the text."""

    start: int
    end: int
    what: FigureKind
    number: Decimal


def votes(text: str) -> list[Vote]:
    """The figures of a vote that a sentence tells, in order of text; empty where it tells of none."""
    if not _ABOUT_VOTES.search(text):
        return []
    found: dict[tuple[int, int], Vote] = {}
    kinds = (FigureKind.VOTES_FOR, FigureKind.VOTES_AGAINST, FigureKind.ABSTENTIONS)
    for pattern in (_TALLY, _VOTES_TO):
        for m in pattern.finditer(text):
            if pattern is _VOTES_TO and "vote" not in m[0].lower():
                continue
            for n, kind in enumerate(kinds[: m.re.groups], 1):
                _keep(found, m, n, kind)
    for kind, pattern in _SIDES:
        for m in pattern.finditer(text):
            _keep(found, m, 1, kind)
    return [found[k] for k in sorted(found)]


def _keep(found: dict[tuple[int, int], Vote], m: re.Match[str], group: int, kind: FigureKind) -> None:
    if not m[group]:
        return
    value = Decimal(0) if m[group].lower() == "no" else number(m[group])
    known = m[group][0].isdigit() or m[group].lower() == "zero" or bool(value)
    if value is not None and known:
        found.setdefault(m.span(group), Vote(*m.span(group), kind, value))
