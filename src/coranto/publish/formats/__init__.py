"""The record -> files that other programs read: JSON lines, CSV, PLOVER."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from coranto.publish.reading import RecordReader
from coranto.records import UsageError

if TYPE_CHECKING:
    from coranto.publish.formats.plover import Conversion
    from coranto.store.sqlite import Store

FORMS = ("jsonl", "coded", "csv", "plover")


def write(form: str, store: "Store | RecordReader", out: Path | None = None, *, mapped: Path | None = None) -> None:
    """The record has been written in one of FORMS to a file, whole or not at all, or to standard output.

    ``mapped`` is a table of own labels (csv only).
    """
    from functools import partial

    from coranto.publish.formats import mapping
    from coranto.publish.formats.csv import write_csv
    from coranto.publish.formats.jsonl import write_coded, write_jsonl
    from coranto.publish.formats.plover import write_plover
    from coranto.publish.stored import reading

    writers: dict[str, Callable[[RecordReader, TextIO], Conversion | None]] = {
        "jsonl": write_jsonl,
        "coded": write_coded,
        "csv": write_csv,
        "plover": write_plover,
    }
    if form not in writers:
        raise UsageError(f"expected a form among {', '.join(FORMS)}, met {form!r}")
    if mapped is not None:
        if form != "csv":
            raise UsageError(f"expected csv beside a table of own labels, met {form}")
        writers["csv"] = partial(write_csv, mapping=mapping.read(mapped))
    reader = reading(store)
    if out is None:
        _tell(writers[form](reader, sys.stdout))
        return
    part = out.with_name(f"{out.name}.part")
    try:
        with _opened(part) as file:
            told = writers[form](reader, file)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    _tell(told)


def _tell(told: "Conversion | None") -> None:
    """What a form cannot hold is said on standard error."""
    for reason, count in sorted(told.left_out.items()) if told else ():
        print(f"left out, {reason}: {count:,}", file=sys.stderr)


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"expected a file that can be written, met {path}: {error.strerror}") from error
