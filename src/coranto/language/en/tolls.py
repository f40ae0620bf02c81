"""The sentences of a one-paragraph report -> how many people died in what it reports.

Groups told apart are added up; parts ("including three children") are not; a whole, or a toll that has risen, counts
instead of what was told before it; numbers of two tellers about the same people are kept as low and high; deaths in
earlier events, or in a longer time than the report's event, count only where nothing else is told. A bound is the
number that is written: "more than 100" is 100 or more, as "at least 100" is.
"""

from collections.abc import Sequence
from decimal import Decimal

from coranto.language.en.figures import told
from coranto.language.en.tollclauses import Count, count, cues, least, without_parts
from coranto.language.en.tollpersons import anaphoric, persons, survivors
from coranto.language.trees import Tree
from coranto.records import FigureKind

PAST = frozenset({"nested", "background", "before", "dated"})
Toll = tuple[Decimal | None, Decimal | None]


def toll(sentences: Sequence[Tree]) -> Toll | None:
    """The toll of a report as inclusive bounds, None = open; None where it tells of no deaths."""
    counts = [c for n, tree in enumerate(sentences) for c in _counts(tree, n)]
    real = [c for c in counts if "unreal" not in c.marks]
    real = [c for c in real if "earlier" not in c.marks] or real
    real = [c for c in real if "anaphoric" not in c.marks or any("anaphoric" not in k.marks for k in counts)]
    whole = [c for c in real if not c.subset] or real
    fresh = [c for c in whole if "background" not in c.marks]
    for mark in ("nested", "before", "dated"):
        fresh = [c for c in fresh if mark not in c.marks or "update" in c.marks] or fresh
    if all((PAST | {"deed"}) & c.marks for c in fresh) and (others := persons(sentences, None, [])) is not None:
        return others
    if any(_old(tree) for tree in sentences) and all((PAST | {"deed"}) & c.marks for c in fresh):
        return None
    fresh = fresh or whole
    summed = _summed(fresh, sentences)
    if (left := survivors(sentences, {c.sentence for c in counts})) is not None:
        return left, left
    return persons(sentences, summed, fresh)


def _old(tree: Tree) -> bool:
    """True for a report of a trial, a memorial or a return of a day: "marched a year after"."""
    years = any(
        tree.lemmas[i] in ("year", "decade")
        and (tree.lower[i + 1 : i + 2] == ["after"] or tree.lemmas[tree.heads[i]] == "mark")
        for i in range(tree.n)
    )
    return years or bool(cues()["old"] & set(tree.lemmas))


def _counts(tree: Tree, n: int) -> list[Count]:
    every = told(tree)
    groups = [t for t in every if t.what is FigureKind.KILLED and (t.low or t.high)]
    made = without_parts([count(tree, n, g, groups) for g in groups])
    return sorted([*made, *anaphoric(tree, n, every)], key=lambda c: c.first)


def _summed(counts: Sequence[Count], sentences: Sequence[Tree]) -> Toll | None:
    parts: list[Count] = []
    total: Toll | None = None
    closed = running = False
    for c in counts:
        long = "running" in c.marks or ("perfect" in c.marks and total is not None and c.sentence > parts[0].sentence)
        if total is None or (
            running and not long and c.sentence > parts[-1].sentence and not _rival(parts, c, sentences)
        ):
            total, running = (c.low, c.high), long and "perfect" in c.marks
            parts, closed = [c], "update" in c.marks
        elif (
            {"update", "whole"} & c.marks
            and (least(c) >= _low(total) or "corrected" in c.marks)
            and "period" not in c.marks
        ):
            total, closed = (c.low, c.high), True
            parts = [c]
        elif rival := _rival(parts, c, sentences):
            total = _range(total, c, rival)
            parts.append(c)
        elif not closed and not long and not {"period", "update"} <= c.marks and _adds(parts, c):
            total = _plus(total, c)
            parts.append(c)
        closed = closed or "whole" in c.marks
    return total


def _adds(parts: Sequence[Count], c: Count) -> bool:
    """True where a number comes on top of those before it."""
    last = parts[-1]
    if c.sentence == last.sentence:
        told_again = "when" in c.marks and not last.whom and least(last) >= least(c)
        return not told_again  # "five people are killed when a man stabs his four sisters and his mother"
    if {"apart", "assailants"} & c.marks:
        return True
    return bool(c.whom) and bool(last.whom) and all(c.whom != p.whom for p in parts)


def _rival(parts: Sequence[Count], c: Count, sentences: Sequence[Tree]) -> bool:
    """True where another teller gives another number of the same people."""
    last = parts[-1] if parts else None
    if last is None or c.teller is None or "apart" in c.marks or c.subset:
        return False
    between = set(sentences[c.sentence].lower[last.first : c.first]) if c.sentence == last.sentence else {";"}
    if last.teller is None and not between & {";", "but", "while", "whereas"}:
        return False
    if c.sentence == last.sentence and _under(sentences[c.sentence], last, c):
        return False
    return not c.whom or c.whom == last.whom or not last.whom


def _under(tree: Tree, last: Count, c: Count) -> bool:
    """True where both stand under one teller."""
    return last.teller == c.teller or any(w in ("and",) for w in tree.lower[c.first - 1 : c.first])


def _range(total: Toll, c: Count, rival: bool) -> Toll:
    lows = [v for v in (total[0], c.low) if v is not None]
    highs = [total[1], c.high]
    low = min(lows) if lows else None
    known = [h for h in highs if h is not None]
    return low, max(known) if len(known) == 2 else None


def _plus(total: Toll, c: Count) -> Toll:
    """The sum; those feared dead may yet be alive."""
    low = _low(total) + (0 if "presumed" in c.marks else least(c))
    return low, None if total[1] is None or c.high is None else total[1] + c.high


def _low(toll: Toll) -> Decimal:
    return toll[0] if toll[0] is not None else toll[1] or Decimal(0)
