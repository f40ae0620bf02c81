"""CSV, TSV and YAML files of frames -> the rows of a layer, each checked as a row of the lexicon is."""

from collections.abc import Iterable
from pathlib import Path

from coranto.knowledge import frames
from coranto.knowledge.own import rows
from coranto.records import DataError

FILE = "frames.tsv"
NEEDED = ("trigger", "pos", "type")


def read(path: Path) -> list[dict[str, str]]:
    """The frames of a file with all columns of the lexicon; DataError names the record that is wrong.

    Only ``trigger``, ``pos`` and ``type`` are needed. The type ``none`` takes the shipped frames of that trigger out
    (of all conditions, or of those in ``when``).
    """
    made = []
    for where, record in rows.records(path):
        if unknown := sorted(set(record) - set(frames.COLUMNS)):
            raise DataError(f"{where}: expected columns {', '.join(frames.COLUMNS)}, met {', '.join(unknown)}")
        if missing := [name for name in NEEDED if not record.get(name)]:
            raise DataError(f"{where}: expected {', '.join(missing)}, met none")
        made.append({name: " ".join(record.get(name, "").split()) for name in frames.COLUMNS})
    if not made:
        raise DataError(f"{path}: expected at least one frame, met none")
    return made


def write(path: Path, found: Iterable[dict[str, str]]) -> None:
    """Write rows as a table of frames and read it again, so that no layer is made that cannot be loaded."""
    lines = ["\t".join(frames.COLUMNS), *("\t".join(row[c] for c in frames.COLUMNS) for row in found)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    frames.load(("", path))
