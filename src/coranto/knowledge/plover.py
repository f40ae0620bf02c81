"""ontology/*.tsv -> Ontology: PLOVER types, modes and contexts, and what each CAMEO code becomes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum
from pathlib import Path

from coranto.knowledge.tables import read_rows
from coranto.records import DataError, EventType, Record

FOLDER = Path(__file__).parent / "data" / "ontology"
NO_EVENT = "-"


class Quad(IntEnum):
    """Quad class; NEUTRAL is a bare statement (CAMEO 01), which is no PLOVER event."""

    NEUTRAL = 0
    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


class TypeEntry(Record, frozen=True, kw_only=True):
    """One of the 16 types. ``score`` is the PLOVER conflict-cooperation score, -10 .. +10; ``root`` its CAMEO root."""

    type: EventType
    quad: Quad
    score: float
    root: str
    recipient_required: bool
    description: str


class ModeEntry(Record, frozen=True, kw_only=True):
    """One mode of a type, with its PLOVER score (None where the manual gives none)."""

    type: EventType
    name: str
    score: float | None
    description: str


class CameoEntry(Record, frozen=True, kw_only=True):
    """What a CAMEO code becomes. ``type`` is None for statements; ``goldstein`` is None where we do not know it."""

    code: str
    type: EventType | None
    mode: str
    contexts: tuple[str, ...]
    goldstein: float | None
    description: str


class Ontology:
    """PLOVER (2021) and its relation to CAMEO."""

    def __init__(
        self,
        types: Iterable[TypeEntry],
        modes: Iterable[ModeEntry],
        contexts: Mapping[str, str],
        cameo: Iterable[CameoEntry],
    ) -> None:
        self.types = {t.type: t for t in types}
        self.contexts = dict(contexts)
        self.cameo = {c.code: c for c in cameo}
        self._modes: dict[EventType, dict[str, ModeEntry]] = defaultdict(dict)
        for mode in modes:
            self._modes[mode.type][mode.name] = mode

    def of_cameo(self, code: str) -> CameoEntry:
        """The entry of a CAMEO code, or of the nearest code above it; DataError where not even its root is known."""
        for end in range(len(code), 1, -1):
            if found := self.cameo.get(code[:end]):
                return found
        raise DataError(f"expected a CAMEO code (01 .. 2042), met {code!r}")

    def quad(self, type: EventType) -> Quad:
        """The quad class of a type."""
        return self.types[type].quad

    def modes(self, type: EventType) -> tuple[ModeEntry, ...]:
        """The modes of a type, in the manual's order; none for types without modes."""
        return tuple(self._modes[type].values()) if type in self._modes else ()

    def has_mode(self, type: EventType, name: str) -> bool:
        """True if ``name`` is a mode of ``type``."""
        return type in self._modes and name in self._modes[type]

    def score(self, type: EventType, mode: str = "") -> float:
        """The PLOVER score of a mode of a type, or of the type where the mode has none, -10 .. +10."""
        entry = self._modes[type].get(mode) if type in self._modes else None
        return self.types[type].score if entry is None or entry.score is None else entry.score


def load() -> Ontology:
    """The shipped ontology; DataError where a table names an unknown type, mode or context."""
    made = Ontology(
        [_type(r) for r in read_rows(FOLDER / "types.tsv", columns=("type", "quad", "score", "root"))],
        [_mode(r) for r in read_rows(FOLDER / "modes.tsv", columns=("type", "mode", "score", "description"))],
        {
            r["context"]: r["description"]
            for r in read_rows(FOLDER / "contexts.tsv", columns=("context", "description"))
        },
        [_cameo(r) for r in read_rows(FOLDER / "cameo.tsv", columns=("code", "type", "mode", "contexts", "goldstein"))],
    )
    for entry in made.cameo.values():
        if entry.type is not None and entry.mode and not made.has_mode(entry.type, entry.mode):
            raise DataError(f"cameo.tsv, {entry.code}: expected a mode of {entry.type}, met {entry.mode!r}")
        if unknown := [c for c in entry.contexts if c not in made.contexts]:
            raise DataError(f"cameo.tsv, {entry.code}: expected contexts of contexts.tsv, met {', '.join(unknown)}")
    return made


def _event_type(name: str) -> EventType:
    if name not in EventType.__members__:
        raise DataError(f"expected a PLOVER type, met {name!r}")
    return EventType(name)


def _type(row: dict[str, str]) -> TypeEntry:
    return TypeEntry(
        type=_event_type(row["type"]),
        quad=Quad[row["quad"].upper().replace(" ", "_")],
        score=float(row["score"]),
        root=row["root"],
        recipient_required=row["recipient_required"] == "yes",
        description=row["description"],
    )


def _mode(row: dict[str, str]) -> ModeEntry:
    return ModeEntry(
        type=_event_type(row["type"]),
        name=row["mode"],
        score=float(row["score"]) if row["score"] else None,
        description=row["description"],
    )


def _cameo(row: dict[str, str]) -> CameoEntry:
    return CameoEntry(
        code=row["code"],
        type=None if row["type"] == NO_EVENT else _event_type(row["type"]),
        mode=row["mode"],
        contexts=tuple(c.strip() for c in row["contexts"].split(";") if c.strip()),
        goldstein=float(row["goldstein"]) if row["goldstein"] else None,
        description=row["description"],
    )
