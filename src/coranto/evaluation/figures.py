"""One-paragraph reports -> their death tolls, and how often these are right."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from coranto.evaluation.gold import read_lines
from coranto.evaluation.places import parsed
from coranto.knowledge import Knowledge
from coranto.language.en.figures import Told, event, names, told
from coranto.language.trees import Tree, trees
from coranto.records import FigureKind

Toll = tuple[Decimal | None, Decimal | None]


def evaluate(gold_path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Prediction lines in the order of the gold file (``{text, date?, killed}``), and the share that is right.

    Right = the same number where the gold gives one (its low bound where it gives bounds), null where it gives none.
    """
    items = list(read_lines(gold_path, needs=("text", "killed")))
    lines = [{"n": n, "killed": k} for n, k in enumerate(tolls([i["text"] for i in items], knowledge))]
    return lines, score(items, lines)


def score(items: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Exact share over all reports, and over those whose gold tells of deaths."""
    right = [_number(i["killed"]) == _number(line["killed"]) for i, line in zip(items, lines)]
    deadly = [r for r, i in zip(right, items) if _number(i["killed"])]
    return {
        "reports": len(items),
        "exact": round(sum(right) / len(right), 4) if right else None,
        "deadly": len(deadly),
        "exact_deadly": round(sum(deadly) / len(deadly), 4) if deadly else None,
    }


def _number(killed: Any) -> Decimal | None:
    if isinstance(killed, Mapping):
        killed = killed.get("low") if killed.get("low") is not None else killed.get("high")
    return None if killed in (None, 0) else Decimal(str(killed))


def tolls(texts: Iterable[str], knowledge: Knowledge) -> list[dict[str, float | int | None] | None]:
    """For each one-paragraph report, ``{low, high}`` of the people killed in what it reports, or None for none."""
    out: list[dict[str, float | int | None] | None] = []
    for analysis in parsed(texts, knowledge):
        found = toll(trees(analysis))
        out.append({"low": _plain(found[0]), "high": _plain(found[1])} if found else None)
    return out


def _plain(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def toll(sentences: Sequence[Tree]) -> Toll | None:
    """The toll of a report: the first sentence that tells of deaths counts, its groups added up.

    Parts of a group ("including three children") are not added, nor are running totals ("since the war began"). A
    later sentence counts instead where it tells of a toll that has risen and is larger.
    """
    best: Toll | None = None
    for tree in sentences:
        groups = [t for t in told(tree) if t.what is FigureKind.KILLED and not t.subset and (t.low or t.high)]
        total = _with_named(_total(tree, groups), _named(tree), groups)
        if total is None:
            continue
        if best is None or (_updates(tree) and _low(total) > _low(best)):
            best = total
    return best


def _with_named(total: Toll | None, named: int, groups: list[Told]) -> Toll | None:
    """Named dead are counted where no number is, and beside "N others"."""
    if not named or (total is not None and not any(g.others for g in groups)):
        return total
    low, high = total if total is not None else (Decimal(0), Decimal(0))
    return (low or Decimal(0)) + named, None if high is None else high + named


def _total(tree: Tree, groups: list[Told]) -> Toll | None:
    fresh = [g for g in groups if not _running(tree, g)] or groups
    if not fresh:
        return None
    summed = [fresh[0]]
    for g in fresh[1:]:
        if _restates(tree, summed, g):
            continue
        summed.append(g)
    lows = [g.low if g.low is not None else g.high for g in summed]
    highs = [g.high for g in summed]
    low = sum((v for v in lows if v is not None), Decimal(0))
    if len(summed) == 1:
        return summed[0].low, summed[0].high
    return low, None if any(h is None for h in highs) else sum((h for h in highs if h is not None), Decimal(0))


def _named(tree: Tree) -> int:
    """How many persons a sentence names as killed."""
    found = 0
    for label, first, last in names(tree):
        head = tree.head_of(list(range(first, last + 1)))
        if label == "PERSON":
            told = event(tree, head)
            found += bool(told and told[0] is FigureKind.KILLED and not told[1])
    return found


def _restates(tree: Tree, summed: list[Told], g: Told) -> bool:
    """True where a later number of the sentence is a part or another count of what is already in the sum."""
    before = " ".join(tree.lower[max(0, g.first - 8) : g.first])
    return "total" in before or "toll" in before or "bringing" in before


def _running(tree: Tree, g: Told) -> bool:
    after = " ".join(tree.lower[g.last + 1 :])
    before = " ".join(tree.lower[max(0, g.first - 6) : g.first])
    return "since the" in after or "bringing" in before


def _updates(tree: Tree) -> bool:
    words = set(tree.lemmas)
    return bool({"toll", "rise", "increase"} & words)


def _low(toll: Toll) -> Decimal:
    return toll[0] if toll[0] is not None else toll[1] or Decimal(0)
