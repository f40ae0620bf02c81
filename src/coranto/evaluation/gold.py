"""A JSON-lines file -> its records, with errors that name the line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coranto.records import DataError


def read_lines(path: Path, *, needs: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """One dictionary a line; DataError where a line is no JSON object or lacks a field of ``needs``."""
    n = 0
    with path.open(encoding="utf-8") as file:
        for n, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise DataError(f"{path}:{n}: expected a JSON object, met {error}") from error
            if not isinstance(record, dict) or any(k not in record for k in needs):
                met = ", ".join(record) if isinstance(record, dict) else type(record).__name__
                raise DataError(f"{path}:{n}: expected the fields {', '.join(needs)}, met {met}")
            yield record
    if not n:
        raise DataError(f"{path}: expected one JSON object a line, met an empty file")
