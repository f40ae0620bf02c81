"""A record with a user's own names of fields -> the record with the names that the reader knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from coranto.records import UsageError

FIELDS = (
    "text",
    "html",
    "title",
    "outlet",
    "date",
    "updated",
    "byline",
    "url",
    "captured",
    "upstream",
    "language",
    "id",
)


def parsed(given: Sequence[str]) -> dict[str, str]:
    """The mapping of options "field=name", field to name. Raises UsageError where one is not of that form."""
    mapping: dict[str, str] = {}
    for one in given:
        field, sign, name = one.partition("=")
        if not sign or field not in FIELDS or not name:
            raise UsageError(f"expected FIELD=NAME with a field of {', '.join(FIELDS)}, met {one!r}")
        mapping[field] = name
    return mapping


def renamed(record: Mapping[str, Any], columns: Mapping[str, str]) -> Mapping[str, Any]:
    """The record with each mapped field in place of any other that means the same; a name with dots is a path."""
    if not columns:
        return record
    out = dict(record)
    for field, name in columns.items():
        value = _at(record, name)
        out.pop(name, None)
        if value is not None:
            out = {field: value, **{k: v for k, v in out.items() if k != field}}
    return out


def _at(record: Mapping[str, Any], name: str) -> Any:
    if name in record:
        return record[name]
    at: Any = record
    for part in name.split("."):
        if not isinstance(at, Mapping) or part not in at:
            return None
        at = at[part]
    return at
