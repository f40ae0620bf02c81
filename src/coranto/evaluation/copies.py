"""A corpus of texts -> copies planted in it, which of them were found, and what was joined that is no copy.

A gold line is ``{text, date?, publisher?}``. The copies are made here: the first half of a text, one word in ten
exchanged, the whole under a new lead of equal length, a text of its own that only quotes a passage, and pairs of
texts of the corpus.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from coranto.evaluation.gold import read_lines
from coranto.evaluation.scores import bootstrap
from coranto.knowledge import Knowledge
from coranto.linkage import copies, rewrites
from coranto.linkage.gists import Origin
from coranto.linkage.voices import Roots
from coranto.records import Block, BlockKind, Document, Lineage, Report, Span, make_id

FEWEST_WORDS = 30  # of a text that is copied
PLANTED = 500  # texts that are copied
HELD = 3000  # texts of the corpus that stand around them
KINDS = ("truncated", "edited", "embedded", "quoted")
COPIES = KINDS[:3]
DAY = date(2024, 1, 1)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
Line = dict[str, Any]


class Piece(NamedTuple):
    """A text of the experiment: an original, or one made from it, with the stretch that is copied."""

    name: str
    text: str
    day: date
    outlet: str
    copied: Span | None = None


class Plan(NamedTuple):
    """What is made from one text: by kind."""

    original: Piece
    made: dict[str, Piece]


def evaluate(gold_path: Path, knowledge: Knowledge) -> tuple[list[Line], dict[str, Any]]:
    """A line for each text that was copied (``{n, <kind>: joined, independent}``) and for each pair, and the scores."""
    corpus = _spread(list(_corpus(gold_path)), HELD)
    plans = _plans(corpus)
    pairs = _pairs(corpus)
    around, origins = printed(corpus)
    lines: list[Line] = [{"n": n, "text": plan.original.name, "independent": {}} for n, plan in enumerate(plans)]
    for kind in KINDS:
        prints, more = printed([plan.made[kind] for plan in plans])
        joined = Joined(lineage([*around, *prints]), origins | more)
        for line, plan in zip(lines, plans):
            line[kind] = (plan.original.name, plan.made[kind].name) in joined
            if kind in COPIES:
                line["independent"][kind] = _independent(plan.made[kind], plan.original, joined.roots)
    joined = Joined(lineage(around), origins)
    apart = [{"n": len(plans) + n, "pair": [a, b], "joined": (a, b) in joined} for n, (a, b) in enumerate(pairs)]
    return [*lines, *apart], score(lines, apart)


def score(lines: Sequence[Line], apart: Sequence[Line]) -> dict[str, Any]:
    """Recall of each kind of copy, share of other pairs that were joined, share of copies with a voice of their own."""
    out: dict[str, Any] = {"texts": len(lines), "pairs": len(apart)}
    for kind in COPIES:
        out[f"recall.{kind}"] = _share([line[kind] for line in lines], bool)
    found = [line[kind] for line in lines for kind in COPIES]
    out["recall"] = _share(found, bool)
    out["recall.low"], out["recall.high"] = bootstrap(found, lambda some: _share(some, bool), rounds=200)
    out["false_joins.quoted"] = _share(lines, lambda x: x["quoted"])
    out["false_joins.pairs"] = _share(apart, lambda x: x["joined"])
    out["false_joins"] = _share([*(x["quoted"] for x in lines), *(x["joined"] for x in apart)], bool)
    out["independent"] = _share([x for line in lines for x in line["independent"].values()], bool)
    return out


def _share(items: Sequence[Any], test: Any) -> float:
    return round(sum(bool(test(x)) for x in items) / len(items), 4) if items else 0.0


# -- texts ------------------------------------------------------------------------------------------------


def _corpus(path: Path) -> Iterator[Piece]:
    """The texts that are long enough, each body once, in the order of the file."""
    seen: set[str] = set()
    for n, item in enumerate(read_lines(path, needs=("text",))):
        key = " ".join(str(item["text"]).split()).casefold()
        if len(key.split()) < FEWEST_WORDS or key in seen:
            continue
        seen.add(key)
        yield Piece(f"text {n}", str(item["text"]), _day(item.get("date")), str(item.get("publisher", "")))


def _day(told: Any) -> date:
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return DAY


def _spread(items: Sequence[Piece], count: int) -> list[Piece]:
    """At most ``count`` items, evenly over all, in runs of ten neighbours."""
    runs = [items[n : n + 10] for n in range(0, len(items), 10)]
    step = max(1, -(-len(items) // count))
    return [p for run in runs[::step] for p in run]


def _plans(corpus: Sequence[Piece]) -> list[Plan]:
    draw = random.Random(20240229)
    step = max(1, len(corpus) // PLANTED)
    return [_plan(p, corpus, draw) for p in corpus[::step][:PLANTED]]


def _plan(p: Piece, corpus: Sequence[Piece], draw: random.Random) -> Plan:
    words = p.text.split(" ")
    others = [other for other in draw.sample(corpus, min(3, len(corpus))) if other.name != p.name] or [p]
    other, third = others[0], others[-1]
    day = p.day + timedelta(days=draw.randint(0, 2))
    half = " ".join(words[: len(words) // 2])
    swapped = set(draw.sample(range(len(words)), len(words) // 10))
    foreign = other.text.split()
    edited = " ".join(draw.choice(foreign) if n in swapped else w for n, w in enumerate(words))
    lead = " ".join(_lead(corpus, len(p.text.split()), draw))
    quote = " ".join(_longest(p.text).split()[:20])
    said = f"{third.text}\n“{quote},” it was said."
    texts = {"truncated": half, "edited": edited, "embedded": f"{lead}\n{p.text}", "quoted": said}
    starts = {"embedded": len(lead) + 1}
    made = {
        kind: Piece(f"{kind} {p.name}", text, day, "", Span(starts.get(kind, 0), len(text)))
        for kind, text in texts.items()
    }
    return Plan(p, made)


def _lead(corpus: Sequence[Piece], count: int, draw: random.Random) -> list[str]:
    """That many words, in sentences of many texts: a text that is nobody's."""
    words: list[str] = []
    while len(words) < count:
        words += draw.choice(_SENTENCE.findall(draw.choice(corpus).text)).split()
    return words[:count]


def _longest(text: str) -> str:
    return max((m.group().strip() for m in _SENTENCE.finditer(text.replace("“", "").replace("”", ""))), key=len)


def _pairs(corpus: Sequence[Piece]) -> list[tuple[str, str]]:
    """Neighbours in the corpus, that is of one day or nearly, that do not repeat one another word for word."""
    return [(a.name, b.name) for a, b in pairwise(corpus) if not _repeats(a.text, b.text)]


def _repeats(a: str, b: str) -> bool:
    """True if half of the shorter text's runs of three words stand in the longer one."""
    x, y = (set(zip(w, w[1:], w[2:])) for w in (a.casefold().split(), b.casefold().split()))
    return 2 * len(x & y) >= min(len(x), len(y))


# -- what was joined ----------------------------------------------------------------------------------------


def lineage(prints: Sequence[copies.Print]) -> list[Lineage]:
    """What was copied, and what was rewritten."""
    copied = copies.lineage(prints)
    return [*copied, *rewrites.lineage(prints, copied)]


def printed(pieces: Sequence[Piece]) -> tuple[list[copies.Print], dict[str, Origin]]:
    """Prints and origins; a text without a publisher has an outlet of its own; its name is its report's id."""
    prints: list[copies.Print] = []
    origins: dict[str, Origin] = {}
    for p in pieces:
        id_ = make_id("copies", p.name, p.text)
        span = Span(0, len(p.text))
        document = Document(id=id_, uri=f"gold:{p.name}", digest=id_, outlet=p.outlet or p.name, text=p.text,
                            blocks=(Block(kind=BlockKind.BODY, span=span),))  # fmt: skip
        origins[p.name] = Origin(report=p.name, document=id_, uri=document.uri, outlet=document.outlet,
                                 family=document.outlet, day=p.day.toordinal(), name=p.name)  # fmt: skip
        report = Report(id=p.name, document=id_, span=span)
        prints.extend(copies.prints(document, [report], origins))
    return prints, origins


class Joined:
    """Whether two texts are held to be one text, or one to hold a passage of the other."""

    def __init__(self, lines: Sequence[Lineage], origins: Mapping[str, Origin]) -> None:
        self.roots = Roots(lines, origins)
        self._direct = {frozenset((x.report, x.origin)) for x in lines}

    def __contains__(self, pair: tuple[str, str]) -> bool:
        return frozenset(pair) in self._direct or self.roots.first(pair[0]) == self.roots.first(pair[1])


def _independent(piece: Piece, original: Piece, roots: Roots) -> bool:
    """True if most sentences of what was copied would speak with another voice than the same ones of the original."""
    assert piece.copied is not None
    text = piece.text[piece.copied.start : piece.copied.end]
    own = []
    for m in _SENTENCE.finditer(text):
        if m.group().strip():
            here = piece.copied.start + (m.start() + m.end()) // 2
            words = len(piece.text[piece.copied.start : here].split(" "))
            there = len(" ".join(original.text.split(" ")[:words]))
            voices = [roots.at(p.name, Span(n, n + 1))[0] for p, n in ((piece, here), (original, there))]
            own.append(voices[0] not in (voices[1], roots.first(original.name)))
    return 2 * sum(own) >= len(own)
