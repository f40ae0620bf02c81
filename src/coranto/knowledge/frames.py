"""frames/*.tsv -> FrameLexicon: which words tell of which events, and where their arguments stand.

The form of the files is described in `docs/reference/frames.md`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coranto.knowledge.tables import read_rows
from coranto.records import DataError, EventType, Modality, Record

FOLDER = Path(__file__).parent / "data" / "en" / "frames"
COLUMNS = ("trigger", "pos", "when", "type", "mode", "cameo", "context", "actor", "recipient", "content", "inner",
           "weight", "example")  # fmt: skip
BLOCK, OPERATOR, NONE = "-", "~", "none"
MARKS = frozenset({"*", "-", "ACTOR", "STATE", "PLACE"})  # alternatives that are no words


class Condition(Record, frozen=True, kw_only=True):
    """One ``slot=alternatives`` (or ``!=``) of a frame's ``when``."""

    slot: str
    positive: bool
    alternatives: tuple[str, ...]
    words: frozenset[str] = frozenset()  # those of the alternatives, members of classes among them


class Frame(Record, frozen=True, kw_only=True):
    """One row of the lexicon. ``type`` is None for blocking frames and operators."""

    id: str  # "assault.tsv:12"
    trigger: str
    pos: str
    when: tuple[Condition, ...]
    kind: str  # "event", "-" (blocks), "~" (operator)
    type: EventType | None
    mode: str
    cameo: str
    contexts: tuple[str, ...]
    actor: tuple[tuple[str, ...], ...]  # alternatives in order; each a group of slots taken together
    recipient: tuple[tuple[str, ...], ...]
    content: tuple[str, ...]
    inner: Modality | None
    weight: float
    example: str

    @property
    def rank(self) -> tuple[float, bool, float]:
        """Of two frames that hold, the one with the higher rank wins."""
        specific = sum(2.0 if c.positive and c.alternatives not in (("*",), ("-",)) else 1.0 for c in self.when)
        return (specific, self.kind == BLOCK, self.weight)


class FrameLexicon:
    """Frames by part of speech and trigger, and the word classes that they name."""

    def __init__(self, frames: Iterable[Frame], classes: Mapping[str, frozenset[str]]) -> None:
        self.frames = tuple(frames)
        self.classes = classes
        self._by: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for frame in self.frames:
            self._by[frame.pos, frame.trigger].append(frame)
        for found in self._by.values():
            found.sort(key=lambda f: f.rank, reverse=True)

    def of(self, pos: str, lemma: str) -> Sequence[Frame]:
        """The frames of a lemma as ``v``, ``n`` or ``a``, the most specific first."""
        return self._by.get((pos, lemma), ())

    def of_type(self, pos: str, kind: EventType) -> Sequence[Frame]:
        """The frames that any word of a type may take, for words that no frame of the lexicon holds for."""
        return self._by.get((pos, f"*{kind.lower()}"), ())

    def within(self, lemma: str, name: str) -> bool:
        """True if ``lemma`` is in class ``name``."""
        return lemma in self.classes.get(name, frozenset())


def load(*own: tuple[str, Path]) -> FrameLexicon:
    """The shipped lexicon and any layers of the user's (name and file), whose rows come first among equals.

    Rows of the type ``none`` take shipped frames out.
    """
    classes = _classes(*sorted(FOLDER.glob("classes*.tsv")))
    shipped = [
        frame
        for path in sorted(p for p in FOLDER.glob("*.tsv") if not p.name.startswith("classes"))
        for frame in read(path, classes)
    ]
    added: list[Frame] = []
    for name, path in own:
        held = list(read_rows(path, columns=COLUMNS))
        out = [r for r in held if r["type"] == NONE]
        shipped = [f for f in shipped if not any(_takes_out(r, f, classes) for r in out)]
        added += [_frame(f"own/{name}:{n}", row, classes) for n, row in enumerate(held, 1) if row["type"] != NONE]
    return FrameLexicon([*added, *shipped], classes)


def read(path: Path, classes: Mapping[str, frozenset[str]]) -> list[Frame]:
    """The frames of one file; DataError names the row that is wrong and what was expected."""
    return [_frame(f"{path.stem}:{n}", row, classes) for n, row in enumerate(read_rows(path, columns=COLUMNS), 1)]


def _takes_out(row: Mapping[str, str], frame: Frame, classes: Mapping[str, frozenset[str]]) -> bool:
    if (row["trigger"].lower(), row["pos"]) != (frame.trigger, frame.pos):
        return False
    return not row["when"] or tuple(_condition(row["trigger"], w, classes) for w in row["when"].split()) == frame.when


def _classes(*paths: Path) -> dict[str, frozenset[str]]:
    made: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for row in read_rows(path, columns=("class", "lemma")):
            made[row["class"]].add(row["lemma"].lower())
    return {name: frozenset(words) for name, words in made.items()}


def _frame(name: str, row: dict[str, str], classes: Mapping[str, frozenset[str]]) -> Frame:
    where = f"{name} ({row['trigger']})"
    kind = row["type"] if row["type"] in (BLOCK, OPERATOR) else "event"
    if row["pos"] not in ("v", "n", "a"):
        raise DataError(f"{where}: expected pos v, n or a, met {row['pos']!r}")
    if kind == "event" and row["type"] not in EventType.__members__:
        raise DataError(f"{where}: expected a PLOVER type, - or ~, met {row['type']!r}")
    if row["inner"] and row["inner"] not in {m.value for m in Modality}:
        raise DataError(f"{where}: expected a modality as inner, met {row['inner']!r}")
    try:
        weight = float(row["weight"] or 0.7)
    except ValueError as error:
        raise DataError(f"{where}: expected a number as weight, met {row['weight']!r}") from error
    return Frame(
        id=name,
        trigger=row["trigger"].lower(),
        pos=row["pos"],
        when=tuple(_condition(where, part, classes) for part in row["when"].split()),
        kind=kind,
        type=EventType(row["type"]) if kind == "event" else None,
        mode=row["mode"],
        cameo=row["cameo"],
        contexts=tuple(c.strip() for c in row["context"].split(";") if c.strip()),
        actor=_slots(row["actor"]),
        recipient=_slots(row["recipient"]),
        content=tuple(s for s in row["content"].split("|") if s),
        inner=Modality(row["inner"]) if row["inner"] else None,
        weight=weight,
        example=row["example"],
    )


def _slots(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group.split("+")) for group in cell.split("|") if group)


def _condition(where: str, part: str, classes: Mapping[str, frozenset[str]]) -> Condition:
    slot, sign, names = part.partition("=")
    if not sign or not slot or not names:
        raise DataError(f"{where}: expected conditions of the form slot=a|b, met {part!r}")
    alternatives = tuple(names.split("|"))
    words: set[str] = set()
    for name in alternatives:
        if not name.startswith("@"):
            words.add(name)
        elif name[1:] in classes:
            words |= classes[name[1:]]
        else:
            raise DataError(f"{where}: expected a class of classes.tsv, met {name}")
    words -= MARKS
    return Condition(
        slot=slot.rstrip("!"), positive=not slot.endswith("!"), alternatives=alternatives, words=frozenset(words)
    )
