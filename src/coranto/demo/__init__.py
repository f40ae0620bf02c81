"""The bundled reports: real ones under their licences (`real`), invented ones labelled so (`written`)."""

from pathlib import Path

FOLDER = Path(__file__).parent
REPORTS = ("real/*.jsonl", "written/*/*.html")


def reports() -> list[str]:
    """The paths of the bundled reports, in order."""
    return [str(path) for pattern in REPORTS for path in sorted(FOLDER.glob(pattern))]


def keys() -> list[Path]:
    """The record keys of the written stories, in order."""
    return sorted(FOLDER.glob("written/*/key.json"))
