"""Pages with the day on which they were published -> the days that the program gives them, and scores.

A gold line is ``{name, uri, form, body, day, captured}``: ``form`` is html or text, ``day`` null where nothing on the
page tells it, ``captured`` when an archive got the page, or null.
"""

from datetime import date
from pathlib import Path
from typing import Any

from coranto.documents.read import read
from coranto.documents.sources import Source
from coranto.evaluation.gold import read_lines
from coranto.knowledge import Knowledge
from coranto.records import Document

HINTS = {"html": ".html", "text": ".txt"}


def evaluate(path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """A line ``{n, day, low, high, score}`` a page, and the shares of pages whose best day is right, whose interval
    holds the day, and that are given a day though nothing tells it. Raises DataError where a line has another form."""
    lines: list[dict[str, Any]] = []
    golds = list(read_lines(path, needs=("uri", "form", "body", "day")))
    for n, gold in enumerate(golds):
        hint, captured = HINTS.get(gold["form"], ".txt"), gold.get("captured") or ""
        made = read(
            Source(uri=gold["uri"], data=gold["body"].encode(), hint=hint, captured=captured), knowledge.outlets
        )
        told = made.published if isinstance(made, Document) else None
        period = told.value.period if told else None
        row = {"day": str(period.best), "low": str(period.low), "high": str(period.high)} if period else {}
        lines.append({"n": n, "day": None, "low": None, "high": None, "score": told.score if told else None, **row})
    return lines, scores([g["day"] for g in golds], lines)


def scores(days: list[str | None], lines: list[dict[str, Any]]) -> dict[str, float]:
    """Shares of the pages; a page of no day is right where it is given none."""
    pairs = list(zip(days, lines))
    dated = [(date.fromisoformat(day), line) for day, line in pairs if day]
    inside = sum(bool(line["low"]) and line["low"] <= str(day) <= line["high"] for day, line in dated)
    return {
        "pages": float(len(pairs)),
        "right": sum(day == line["day"] for day, line in pairs) / len(pairs) if pairs else 0.0,
        "inside": inside / len(dated) if dated else 0.0,
        "made_up": float(sum(day is None and line["day"] is not None for day, line in pairs)),
    }
