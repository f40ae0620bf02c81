"""A record's key and the program's prediction in the same lists -> scores."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from coranto.evaluation.scores import f1

Line = dict[str, Any]
WIDEST = 31  # days: a wider predicted interval is cut to a week about its best day
CERTAIN = {"claimed": "claimed", "alleged": "claimed"}
TWO_SIDED = {"CONSULT", "AGREE", "COOPERATE", "ASSAULT"}
_ARTICLES = {"the", "a", "an", "of", "and"}


def scores(keys: Sequence[Line], lines: Sequence[Line]) -> dict[str, float]:
    """Precision, recall and F1 of every list over all keys together; rates are 0 where nothing is asked."""
    total: dict[str, float] = {}
    for key, line in zip(keys, lines):
        for name, count in counts(key, line).items():
            total[name] = total.get(name, 0) + count
    out: dict[str, float] = {}
    for name in ("events", "links", "positions", "quantities", "relations"):
        right, predicted, gold = (total.get(f"{name} {part}", 0.0) for part in ("right", "predicted", "gold"))
        found = f1(right, predicted, gold)
        for part, value in zip(("precision", "recall", "f1"), found):
            out[f"{name} {part}"] = round(value, 4)
        out[f"{name} gold"] = gold
    for name in ("type", "actor", "recipient", "date", "attribution", "background", "modality", "conflicts"):
        asked = total.get(f"{name} asked", 0.0)
        out[f"{name} right"] = round(total.get(f"{name} right", 0.0) / asked, 4) if asked else 0.0
        out[f"{name} asked"] = asked
    for name in ("must_not_merge", "negatives"):
        out[f"{name} violated"] = total.get(f"{name} violated", 0.0)
        out[f"{name} asked"] = total.get(f"{name} asked", 0.0)
    out["documents failed"] = float(sum(d["failed"] for line in lines for d in line.get("documents", ())))
    return out


def counts(key: Line, line: Line) -> dict[str, float]:
    """What one key and one prediction add to the totals."""
    matched = match_events(key["events"], line["events"])
    made = dict(_event_counts(key["events"], line, matched))
    for more in (_fields(key["events"], line["events"], matched), _links(key, line), _positions(key, line),
                 _quantities(key, line), _conflicts(key, line), _negatives(key, line)):  # fmt: skip
        made.update(more)
    return made


def touches(gold: Line, start: int, end: int, quote: str = "", *, doc: str) -> bool:
    """True if a predicted span overlaps a gold quote: by offsets where the key gives them, else by the words."""
    if gold["doc"] != doc.partition("#")[0]:
        return False
    if gold.get("start") is not None:
        return bool(start < gold["end"] and gold["start"] < end)
    return bool(quote) and (_plain(quote) in _plain(gold["quote"]) or _plain(gold["quote"]) in _plain(quote))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


# -- events -------------------------------------------------------------------------------------------------


def match_events(gold: Sequence[Line], found: Sequence[Line], *, typed: bool = True) -> dict[int, int]:
    """Gold number -> prediction number: the largest one-to-one match by trigger and (``typed``) accepted type."""
    options = [
        [
            n
            for n, p in enumerate(found)
            if _fits(g, p) and (not typed or p["type"] in {g["type"], *g.get("accept", ())})
        ]
        for g in gold
    ]
    order = sorted(range(len(gold)), key=lambda i: "NONE" in gold[i].get("accept", ()))
    taken: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for n in sorted(options[i], key=lambda n: (found[n]["type"] != gold[i]["type"], bool(found[n]["parent"]), n)):
            if n in tried:
                continue
            tried.add(n)
            if n not in taken or place(taken[n], tried):
                taken[n] = i
                return True
        return False

    for i in order:
        place(i, set())
    return {i: n for n, i in taken.items()}


def _fits(gold: Line, found: Line) -> bool:
    start, end = found["trigger"]
    return touches(gold, start, end, found["quote"], doc=found["doc"])


def _event_counts(gold: Sequence[Line], line: Line, matched: Mapping[int, int]) -> Iterator[tuple[str, float]]:
    found = line["events"]
    optional = {i for i, g in enumerate(gold) if "NONE" in g.get("accept", ())}
    right = sum(i not in optional for i in matched)
    held = {found[n]["id"] for n in matched.values()}
    repeats = {x for group in line["cross_document_links"] if held & set(group) for x in group}
    wrong = [
        p for p in found if not p["parent"] and not p["background"] and p["id"] not in held and p["id"] not in repeats
    ]
    yield "events right", right
    yield "events predicted", right + len(wrong)
    yield "events gold", len(gold) - len(optional)
    untyped = match_events(gold, found, typed=False)
    yield "type asked", len(untyped)
    yield (
        "type right",
        sum(found[n]["type"] in {gold[i]["type"], *gold[i].get("accept", ())} for i, n in untyped.items()),
    )


def _fields(gold: Sequence[Line], found: Sequence[Line], matched: Mapping[int, int]) -> dict[str, float]:
    """Of the matched events: how many of the key's values are right."""
    made: dict[str, float] = {}

    def ask(name: str, right: bool) -> None:
        made[f"{name} asked"] = made.get(f"{name} asked", 0) + 1
        made[f"{name} right"] = made.get(f"{name} right", 0) + right

    for i, n in matched.items():
        g, p = gold[i], found[n]
        actor, recipient = (g.get(side, "").split(" ")[0] for side in ("actor", "recipient"))
        swapped = g["type"] in TWO_SIDED and actor in p["recipients"] and (not recipient or recipient in p["actors"])
        if actor:
            ask("actor", actor in p["actors"] or swapped)
        if recipient:
            ask("recipient", recipient in p["recipients"] or swapped)
        if interval := _interval(g.get("date")):
            ask("date", _overlaps(interval, p))
        ask("attribution", _same_speaker(g.get("attribution", ""), p["attribution"]))
        history = g["modality"] == "background"
        ask("background", history == p["background"])
        if not history:
            ask("modality", CERTAIN.get(g["modality"], g["modality"]) == CERTAIN.get(p["modality"], p["modality"]))
    return made


def _interval(told: Any) -> tuple[date, date] | None:
    if isinstance(told, Mapping):
        told = [told.get("start"), told.get("end") or told.get("start")]
    if isinstance(told, str):
        told = [told, told]
    if not told or not told[0]:
        return None
    return _edge(told[0], last=False), _edge(told[1], last=True)


def _edge(text: str, *, last: bool) -> date:
    """First or last day of a day, month or year."""
    parts = [int(x) for x in text[:10].split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
    first = date(parts[0], parts[1], 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if last else first


def _overlaps(gold: tuple[date, date], p: Line) -> bool:
    if not p["date"]:
        return False
    low, high = (date.fromisoformat(d) for d in p["date"])
    if (high - low).days > WIDEST:
        best = date.fromisoformat(p["best"])
        low, high = best - timedelta(days=3), best + timedelta(days=3)
    return low <= gold[1] and gold[0] <= high


def _same_speaker(gold: str, found: str) -> bool:
    if not gold or not found:
        return gold == found
    a, b = ({w.strip("'’s.,") for w in x.casefold().split()} - _ARTICLES for x in (gold, found))
    return bool(a & b)


# -- links ----------------------------------------------------------------------------------------------------


def _links(key: Line, line: Line) -> dict[str, float]:
    """Pairs of coded events at the key's mentions (of one link = one event), and pairs that must stay apart."""
    event_of = {c: n for n, group in enumerate(line["cross_document_links"]) for c in group}
    held: dict[str, list[Line]] = {}
    for link in key["cross_document_links"]:
        at = [p for p in line["events"] if not p["parent"] and any(_rests(m, p) for m in link["mentions"])]
        kinds = [p["type"] for p in at]
        common = max(sorted(set(kinds)), key=kinds.count, default="")
        held[link["key"]] = [p for p in at if p["type"] == common]
    right = predicted = gold = 0
    all_ = sorted({p["id"]: k for k, some in held.items() for p in some}.items())
    for (a, k), (b, m) in combinations(all_, 2):
        joined = a in event_of and event_of[a] == event_of.get(b)
        gold += k == m
        predicted += joined
        right += joined and k == m
    missing = sum(_unseen(link, held[link["key"]]) for link in key["cross_document_links"])
    violated = sum(
        _joined(_at(pair["a"], key, line), _at(pair["b"], key, line), event_of) for pair in key["must_not_merge"]
    )
    return {
        "links right": right,
        "links predicted": predicted,
        "links gold": gold + missing,
        "must_not_merge violated": violated,
        "must_not_merge asked": len(key["must_not_merge"]),
    }


def _joined(left: Sequence[str], right: Sequence[str], event_of: Mapping[str, int]) -> bool:
    return any(a != b and a in event_of and event_of[a] == event_of.get(b) for a in left for b in right)


def _at(side: Any, key: Line, line: Line) -> list[str]:
    """Top-level coded events at one side of a pair: a mention, or the id of a keyed event or link."""
    if isinstance(side, dict):
        places = side.get("mentions", [side])
    else:
        places = [g for g in key["events"] if g["id"] == side]
        places += [m for x in key["cross_document_links"] if x["key"] == side for m in x["mentions"]]
    return [p["id"] for p in line["events"] if not p["parent"] and any(_fits(m, p) for m in places)]


def _rests(gold: Line, found: Line) -> bool:
    """True if any of the evidence of an event (its trigger, who and whom) overlaps a mention."""
    return touches(gold, found["start"], found["end"], found["quote"], doc=found["doc"])


def _unseen(link: Line, at: Sequence[Line]) -> int:
    """Pairs of mentions that cannot be joined because nothing was coded at one of them."""
    seen = sum(any(_rests(m, p) for p in at) for m in link["mentions"])
    wanted = len(link["mentions"])
    return wanted * (wanted - 1) // 2 - seen * (seen - 1) // 2


# -- positions, quantities, conflicts, negatives -----------------------------------------------------------------


def _pair_up(gold: Sequence[Line], found: Sequence[Line], fits: Any) -> dict[int, int]:
    matched: dict[int, int] = {}
    for i, g in enumerate(gold):
        for n, p in enumerate(found):
            if n not in matched.values() and fits(g, p):
                matched[i] = n
                break
    return matched


def _positions(key: Line, line: Line) -> dict[str, float]:
    """A position that the program itself found in several places is one; so it is counted once."""
    gold, found = key["state_positions"], line["state_positions"]

    def fits(g: Line, p: Line) -> bool:
        same = bool(g["country"] == p["country"] and g["stance"] == p["stance"])
        return same and touches(g, p["start"], p["end"], p["quote"], doc=p["doc"])

    matched = _pair_up(gold, found, fits)
    one = [p.get("id") or str(n) for n, p in enumerate(found)]
    held = {one[n] for n in matched.values()}
    return {
        "positions right": len(matched),
        "positions predicted": len(matched) + len(set(one) - held),
        "positions gold": len(gold),
    }


def _quantities(key: Line, line: Line) -> dict[str, float]:
    gold, found = key["quantities"], line["quantities"]

    def fits(g: Line, p: Line) -> bool:
        return (
            p["what"] == _kind(g["what"])
            and _number(g, p)
            and touches(g, p["start"], p["end"], p["quote"], doc=p["doc"])
        )

    matched = _pair_up(gold, found, fits)
    wrong = _distinct(found, line["quantity_relations"], {found[n]["id"] for n in matched.values()})
    made = {
        "quantities right": len(matched),
        "quantities predicted": len(matched) + wrong,
        "quantities gold": len(gold),
    }
    of = {g["id"]: found[matched[i]]["id"] for i, g in enumerate(gold) if i in matched}
    told = {frozenset((r["a"], r["b"])): r["relation"] for r in line["quantity_relations"] if r["a"] != r["b"]}
    wanted = [(r["relation"], pair) for r in key["quantity_relations"] for pair in combinations(r["ids"], 2)]
    pairs = [(relation, frozenset((of[a], of[b]))) for relation, (a, b) in wanted if a in of and b in of]
    made["relations right"] = sum(told.get(pair) == relation for relation, pair in pairs)
    made["relations predicted"] = sum(pair <= set(of.values()) for pair in told)
    made["relations gold"] = len(wanted)
    return {name: float(n) for name, n in made.items()}


def _distinct(found: Sequence[Line], relations: Sequence[Line], held: Collection[str]) -> int:
    """Quantities that match nothing; those that the program itself says are one number of one thing count once."""
    of = {q["id"]: q["id"] for q in found}
    for r in relations:
        if r["relation"] == "same" and r["a"] in of and r["b"] in of:
            a, b = sorted((of[r["a"]], of[r["b"]]))
            of = {q: a if root == b else root for q, root in of.items()}
    return len(set(of.values()) - {of[q] for q in held})


def _kind(what: str) -> str:
    return what.strip().casefold().replace(" ", "-")


def _number(gold: Line, found: Line) -> bool:
    try:
        value = float(gold["value"])
    except (TypeError, ValueError):
        return False
    low, high = found["low"], found["high"]
    qualifier = gold.get("qualifier", "exact")
    if qualifier in ("at least", "more than", "over") and low is not None:
        return bool(abs(low - value) <= 1)
    if qualifier in ("at most", "up to", "fewer than") and high is not None:
        return bool(abs(high - value) <= 1)
    return (low is None or low <= value) and (high is None or value <= high) and not low is high is None


def _conflicts(key: Line, line: Line) -> dict[str, float]:
    """A conflict is found where one contested relation has coded events at two of its sides."""
    right = 0
    for conflict in key["claim_conflicts"]:
        right += any(
            sum(
                any(touches(side, s["start"], s["end"], doc=s["doc"]) for s in c["sides"]) for side in conflict["sides"]
            )
            > 1
            for c in line["claim_conflicts"]
        )
    return {"conflicts right": float(right), "conflicts asked": float(len(key["claim_conflicts"]))}


def _negatives(key: Line, line: Line) -> dict[str, float]:
    shown: Iterable[Line] = [p for p in line["events"] if not p["parent"] and not p["background"]]
    wrong = sum(any(_fits(n, p) for p in shown) for n in key["negatives"])
    return {"negatives violated": float(wrong), "negatives asked": float(len(key["negatives"]))}
