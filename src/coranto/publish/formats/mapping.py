"""A table of the user's -> labels of the user's own ontology for coded events."""

from pathlib import Path

from msgspec import Struct

from coranto.knowledge.own.rows import records
from coranto.records import CodedEvent, DataError, EventType

COLUMNS = ("type", "mode", "cameo", "label")


class Rule(Struct, frozen=True):
    """Events of a type, mode and CAMEO code (each "" = any; a code holds for those below it) have a label."""

    type: str
    mode: str
    cameo: str
    label: str

    def holds(self, event: CodedEvent) -> bool:
        """True if an event is of this type, mode and code."""
        mode = event.mode.value if event.mode else ""
        return (
            self.type in ("", event.type.value.value) and self.mode in ("", mode) and event.cameo.startswith(self.cameo)
        )

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """Of two rules that hold, the one of the longer code, of a mode, of a type wins."""
        return (len(self.cameo), bool(self.mode), bool(self.type))


class Mapping:
    """Rules, the most particular first."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = sorted(rules, key=lambda r: r.rank, reverse=True)

    def label(self, event: CodedEvent) -> str:
        """The label of an event, "" where no rule holds."""
        return next((r.label for r in self.rules if r.holds(event)), "")


def read(path: Path) -> Mapping:
    """The mapping of a CSV, TSV or YAML file with the columns ``type``, ``mode``, ``cameo``, ``label``."""
    if not path.is_file():
        raise DataError(f"expected a table of {', '.join(COLUMNS)}, met nothing at {path}")
    rules = []
    for where, row in records(path):
        rule = Rule(*(row.get(name, "") for name in COLUMNS))
        if not rule.label or not (rule.type or rule.mode or rule.cameo):
            raise DataError(f"{where}: expected a label and at least one of type, mode and cameo, met {row}")
        if rule.type and rule.type not in EventType.__members__:
            raise DataError(f"{where}: expected a PLOVER type, met {rule.type!r}")
        rules.append(rule)
    if not rules:
        raise DataError(f"{path}: expected at least one rule, met none")
    return Mapping(rules)
