"""Gold actor strings in their sentences -> the country and sectors that the program gives them, and how often right.

The stages find and resolve the mentions of each text; the mention that the gold string is, or has its head in, is
asked. Where the stages find none, or one without a country, the bare string is resolved in its sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from coranto.evaluation.gold import read_lines
from coranto.evaluation.places import parsed
from coranto.evaluation.scores import bootstrap
from coranto.knowledge import Knowledge
from coranto.knowledge.actors import ActorTable
from coranto.mentions import actors as mentions
from coranto.mentions import places as toponyms
from coranto.records import (
    Analysis,
    Basis,
    DataError,
    Granularity,
    Mention,
    MentionKind,
    Period,
    Ref,
    Referent,
    RefKind,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
)
from coranto.referents import actors as referents
from coranto.referents import places
from coranto.referents.actor_strings import resolve_string


def evaluate(gold_path: Path, knowledge: Knowledge) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Prediction lines ``{n, country, sectors, id, via}`` in the order of the gold file, and the scores.

    A gold line is ``{text, start, end, actor}`` with, where known, ``date``, ``country`` (None = no country),
    ``sectors``, ``also`` (further right countries) and ``kind`` (title, metonym, pronoun, ...).
    """
    items = list(read_lines(gold_path, needs=("text", "start", "end", "actor")))
    lines = [{"n": n, **_line(*answer)} for n, answer in enumerate(answers(items, knowledge))]
    return lines, score(items, lines)


def answers(items: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> list[tuple[Ref, str]]:
    """For each gold string the actor it stands for and how that was come by."""
    table = knowledge.actors
    texts = list(dict.fromkeys((i["text"], str(i.get("date") or "")) for i in items))
    read = dict(zip(texts, _read(texts, knowledge)))
    return [_answer(i, *read[i["text"], str(i.get("date") or "")], table) for i in items]


def _read(texts: Sequence[tuple[str, str]], knowledge: Knowledge) -> Iterable[tuple[Analysis, tuple[Referent, ...]]]:
    find, name, locate = mentions.make(knowledge), toponyms.make(knowledge), places.make(knowledge)
    resolve = referents.make(knowledge)
    for (_, day), analysis in zip(texts, parsed((t for t, _ in texts), knowledge)):
        analysis = _dated(analysis, _day(day))
        analysis = replace(analysis, mentions=(*find(analysis), *name(analysis)))
        yield analysis, resolve(analysis, locate(analysis))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise DataError(f"expected an ISO day as the date of a text, met {text!r}") from error


def _dated(analysis: Analysis, day: date | None) -> Analysis:
    if day is None:
        return analysis
    told = TimeExpression(
        timex=Timex(type="DATE", value=day.isoformat()),
        period=Period(low=day, high=day, best=day),
        granularity=Granularity.DAY,
    )
    published = Sourced(value=told, basis=Basis.ASSUMED, via=Via.METADATA)
    return replace(
        analysis,
        document=replace(analysis.document, published=published),
        reports=tuple(replace(r, published=published) for r in analysis.reports),
    )


def _answer(
    item: Mapping[str, Any], analysis: Analysis, resolved: Sequence[Referent], table: ActorTable
) -> tuple[Ref, str]:
    asked = Span(item["start"], item["end"])
    found = _best(asked, analysis, resolved)
    if found is not None:
        ref, via = found
        if ref.country or ref.kind is not RefKind.UNKNOWN:
            return ref, via
    sentence = next((s for s in analysis.sentences if s.span.overlaps(asked)), None)
    text = analysis.document.text
    around = text[sentence.span.start : sentence.span.end] if sentence is not None else text
    ref = resolve_string(table, item["actor"], around, _day(str(item.get("date") or "")))
    return ref, "string"


def _best(asked: Span, analysis: Analysis, resolved: Sequence[Referent]) -> tuple[Ref, str] | None:
    """The actor of the mention that shares most with the span asked for, and how it was come by."""
    value = {r.mention: r.value for r in resolved}
    best: tuple[float, int, Ref, str] | None = None
    for m in analysis.mentions:
        met = m.words.span
        if m.kind is not MentionKind.ACTOR or m.id not in value or not met.overlaps(asked):
            continue
        shared = min(met.end, asked.end) - max(met.start, asked.start)
        fit = shared / (max(met.end, asked.end) - min(met.start, asked.start))
        ref, named = value[m.id].value, _within(m, analysis, asked)
        if (
            isinstance(ref, Ref)
            and ((fit >= 0.5 and named) or fit == 1.0)
            and (best is None or (fit, -met.start) > best[:2])
        ):
            best = (fit, -met.start, ref, value[m.id].via.value)
    return (best[2], best[3]) if best else None


def _within(mention: Mention, analysis: Analysis, asked: Span) -> bool:
    """True if the head word of a mention stands in the span asked for."""
    sentence = next(s for s in analysis.sentences if s.id == mention.sentence)
    return asked.start <= sentence.tokens.starts[mention.head] < asked.end


def _line(ref: Ref, via: str) -> dict[str, Any]:
    return {"country": ref.country or None, "sectors": list(ref.sectors), "id": ref.id or None, "via": via}


def score(items: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Share with the right country, with country and a sector right, each with its 95 % interval; the same by kind
    and by how the answer was come by. Items without a gold country are not scored."""
    told = [(i, p) for i, p in zip(items, lines) if "country" in i]
    if not told:
        return {"strings": len(items), "answered": sum(p["country"] is not None for p in lines)}
    right = [(country_right(i, p), country_right(i, p) and sector_right(i, p)) for i, p in told]
    out: dict[str, Any] = {"strings": len(told)}
    for at, name in enumerate(("country", "country_and_sector")):
        out[name] = _share([r[at] for r in right])
        out[f"{name}.low"], out[f"{name}.high"] = bootstrap([r[at] for r in right], _share)
    for field, source in (("kind", [i.get("kind") for i, _ in told]), ("via", [p.get("via") for _, p in told])):
        groups: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        for label, r in zip(source, right):
            if label:
                groups[str(label)].append(r)
        for label, held in sorted(groups.items()):
            one, two = (round(_share([r[at] for r in held]), 3) for at in (0, 1))
            out[f"{field} {label}"] = f"{len(held)} strings, country {one}, with sector {two}"
    return out


def country_right(item: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    """True if the country is the gold's or another that the gold lets pass; None is right for None only."""
    return line["country"] in (item["country"], *item.get("also", ()))


def sector_right(item: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    """True if a sector is among the gold's; a gold without sectors asks for none."""
    gold = item.get("sectors")
    return not gold or bool(set(gold) & set(line["sectors"]))


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
