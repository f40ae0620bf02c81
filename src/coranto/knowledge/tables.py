"""A TSV file of reviewed data -> its rows, each a dictionary, with clear errors."""

import csv
from collections.abc import Iterator
from pathlib import Path

from coranto.records import DataError


def read_rows(path: Path, *, columns: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a header; lines that begin with ``#`` and empty lines are left out.

    Raises DataError, naming file and line, where a row has another number of cells than the header or a
    column of ``columns`` is missing.
    """
    with path.open(encoding="utf-8", newline="") as file:
        numbered = ((n, line) for n, line in enumerate(file, 1) if line.strip() and not line.startswith("#"))
        header: list[str] = []
        for n, line in numbered:
            cells = next(csv.reader([line.rstrip("\r\n")], delimiter="\t", quoting=csv.QUOTE_NONE))
            if not header:
                header = cells
                if missing := [c for c in columns if c not in header]:
                    raise DataError(f"{path}: expected columns {', '.join(missing)}, met {', '.join(header)}")
                continue
            if len(cells) != len(header):
                raise DataError(f"{path}:{n}: expected {len(header)} cells, met {len(cells)}")
            yield dict(zip(header, (c.strip() for c in cells)))
