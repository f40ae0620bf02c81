"""One-paragraph reports -> their death tolls, and how often these are right."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from coranto.evaluation.gold import read_lines
from coranto.evaluation.places import parsed
from coranto.knowledge import Knowledge
from coranto.language.en import datelines
from coranto.language.en.tolls import toll
from coranto.language.trees import trees


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
    """For each one-paragraph report, ``{low, high}`` of the people killed in what it reports, or None for none.

    A dateline is no part of the first sentence: "KYIV - Two people ..." is read from "Two" on.
    """
    dateline = datelines.make(knowledge.outlets)
    bodies = (text[met.end :] if (met := dateline(text)) else text for text in texts)
    out: list[dict[str, float | int | None] | None] = []
    for analysis in parsed(bodies, knowledge):
        found = toll(trees(analysis))
        out.append({"low": _plain(found[0]), "high": _plain(found[1])} if found else None)
    return out


def _plain(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
