"""Two records, or two states of one -> what is new, gone, merged, split or changed, as lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from coranto.records import Event
from coranto.store.sqlite import Store

FIELDS = ("type", "actors", "recipients", "place", "time", "figures", "modality", "relations", "part_of")


def difference(before: Store, after: Store) -> Iterator[str]:
    """A line for each event that is not the same in both, in order of id, and a last line of counts."""
    old, new = {e.id: e for e in before.events()}, {e.id: e for e in after.events()}
    heirs, sources = _traced(old, new)
    counts: dict[str, int] = defaultdict(int)
    for id_ in sorted({*old, *new}):
        kind, line = _line(old.get(id_), new.get(id_), heirs.get(id_, set()), sources.get(id_, set()), old)
        counts[kind] += 1
        if line:
            yield line
    yield ", ".join(f"{counts[k]} {k}" for k in ("the same", "changed", "new", "merged", "split", "gone"))


def _traced(old: Mapping[str, Event], new: Mapping[str, Event]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Old event -> the events that hold its members now; and the other way about."""
    of = {c: e.id for e in new.values() for c in e.coded}
    heirs: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for e in old.values():
        for c in e.coded:
            if c in of:
                heirs[e.id].add(of[c])
                sources[of[c]].add(e.id)
    return heirs, sources


def _line(
    old: Event | None, new: Event | None, heirs: set[str], sources: set[str], before: Mapping[str, Event]
) -> tuple[str, str]:
    if old and new:
        changed = [name for name in FIELDS if getattr(old, name) != getattr(new, name)]
        told = [f"{n} {len(getattr(old, n))} -> {len(getattr(new, n))}" for n in ("voices", "reports", "coded")
                if len(getattr(old, n)) != len(getattr(new, n))]  # fmt: skip
        if not changed and not told:
            return "the same", ""
        return "changed", f"~ {new.id}  {new.title}  ({', '.join((*told, *changed))})"
    if new:
        if kept := sorted(sources):
            return "split", f"< {new.id}  split from {', '.join(kept)}  {new.title}"
        return "new", f"+ {new.id}  {new.title}"
    assert old is not None
    if heirs:
        kind = "merged" if len(heirs) == 1 else "split"
        return kind, f"> {old.id}  {kind} into {', '.join(sorted(heirs))}  {old.title}"
    return "gone", f"- {old.id}  {old.title}"
