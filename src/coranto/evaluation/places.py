"""Gold toponyms -> what the program answered and how often it was right (within 161 km; the same GeoNames id)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from coranto.evaluation.gold import read_lines
from coranto.knowledge import Knowledge
from coranto.knowledge.places import Candidate, Gazetteer
from coranto.mentions import places as mentions
from coranto.records import Analysis, Block, BlockKind, Document, Place, Report, Span, make_id
from coranto.referents import places as referents
from coranto.referents.places import Scored, division, holder, kilometres, neighbour, resolve_spans
from coranto.sentences import parse as parse_stage

WITHIN_KM = 161.0


def evaluate(
    gold_path: Path, knowledge: Knowledge, *, free: bool = True
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Prediction lines in the order of the gold file, and the scores of each corpus and of all together.

    With ``free`` false the end-to-end part, which needs a parse, is left out.
    """
    items = list(read_lines(gold_path, needs=("text", "toponyms")))
    lines = [{"n": n, "id": item.get("id", str(n)), **_answer(item, knowledge)} for n, item in enumerate(items)]
    if free:
        for line, found in zip(lines, _found(items, knowledge)):
            line["found"] = found
    return lines, score(items, lines)


def _answer(item: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    spans = [(t["start"], t["end"]) for t in item["toponyms"]]
    text = item["text"]
    ranked = resolve_spans(knowledge.places, text, spans, home=knowledge.outlets.home(str(item.get("domain", ""))))
    given = [
        _point(r[0].candidate) if r else _unknown(knowledge.places, text, spans, ranked, n)
        for n, r in enumerate(ranked)
    ]
    return {"given": given, "found": []}


def _point(c: Candidate) -> dict[str, Any]:
    return {"gid": c.gid, "lat": c.latitude, "lon": c.longitude}


def _unknown(
    gazetteer: Gazetteer, text: str, spans: list[tuple[int, int]], ranked: list[tuple[Scored, ...]], n: int
) -> dict[str, Any] | None:
    """The middle of what a name that the gazetteer lacks is known or assumed to lie in, as the stage says it."""
    if held := holder(text, spans, ranked, n):
        return _point(held[1]) | {"gid": None}
    beside = neighbour(text, spans, ranked, n)
    around = division(gazetteer, beside[1]) if beside else None
    return _point(around) | {"gid": None} if around else None


def _found(items: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> list[list[dict[str, Any]]]:
    """The toponyms that the stages find and resolve in each text."""
    find, resolve = mentions.make(knowledge), referents.make(knowledge)
    out = []
    for item, analysis in zip(items, parsed((i["text"] for i in items), knowledge)):
        document = replace(analysis.document, outlet=str(item.get("domain", "")))
        analysis = replace(analysis, document=document, mentions=find(analysis))
        spans = {m.id: m.words.span for m in analysis.mentions}
        line = []
        for r in resolve(analysis):
            value = r.value.value
            entry = knowledge.places.entry(value.id) if isinstance(value, Place) else None
            if entry:
                at = {"start": spans[r.mention].start, "end": spans[r.mention].end}
                line.append(at | {"gid": entry.gid, "lat": entry.latitude, "lon": entry.longitude})
        out.append(line)
    return out


def parsed(texts: Iterable[str], knowledge: Knowledge) -> Iterator[Analysis]:
    """Each text as the analysis of a document of one block, parsed."""
    parse = parse_stage.make(knowledge)
    for text in texts:
        whole = Span(0, len(text))
        id = make_id(text)
        document = Document(
            id=id, uri="", digest=id, outlet="", text=text, blocks=(Block(kind=BlockKind.BODY, span=whole),)
        )
        analysis = Analysis(document=document, reports=(Report(id=id, document=id, span=whole),))
        yield replace(analysis, sentences=parse([analysis])[0])


def score(items: list[dict[str, Any]], lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Scores by corpus: ``given`` counts every gold toponym with coordinates; ``found`` is precision, recall and F1."""
    tally: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item, line in zip(items, lines):
        for name in (str(item.get("corpus", "all")), "all"):
            _count(tally[name], item["toponyms"], line)
            if "corpus" not in item:
                break
    return {name: _rates(t) for name, t in tally.items()}


def _count(t: dict[str, int], toponyms: list[dict[str, Any]], line: dict[str, Any]) -> None:
    located = [g for g in toponyms if g.get("lat") is not None]
    for gold, given in zip(toponyms, line["given"]):
        if gold.get("lat") is None:
            continue
        t["gold"] += 1
        t["near"] += _near(gold, given)
        if gold.get("gid"):
            t["gids"] += 1
            t["same"] += bool(given and str(given["gid"]) == str(gold["gid"]))
    t["found"] += len(line["found"])
    taken: set[int] = set()
    for found in line["found"]:
        for i, gold in enumerate(located):
            if i not in taken and found["start"] < gold["end"] and gold["start"] < found["end"]:
                taken.add(i)
                t["spotted"] += 1
                t["right"] += _near(gold, found)
                break


def _near(gold: Mapping[str, Any], given: Mapping[str, Any] | None) -> bool:
    if not given or given["lat"] is None:
        return False
    return kilometres(gold["lat"], gold["lon"], given["lat"], given["lon"]) <= WITHIN_KM


def _rates(t: Mapping[str, int]) -> dict[str, Any]:
    def ratio(a: str, b: str) -> float | None:
        return round(t[a] / t[b], 4) if t.get(b) else None

    precision, recall = ratio("right", "found"), ratio("right", "gold")
    f1 = round(2 * precision * recall / (precision + recall), 4) if precision and recall else None
    return {
        "toponyms": t["gold"],
        "given": {"within_161_km": ratio("near", "gold"), "same_id": ratio("same", "gids")},
        "found": {"precision": precision, "recall": recall, "f1": f1, "spotted": ratio("spotted", "gold")},
    }
