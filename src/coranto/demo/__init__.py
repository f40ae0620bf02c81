"""The bundled reports: real ones under their licences (`real`), invented ones labelled so (`written`)."""

from pathlib import Path

FOLDER = Path(__file__).parent
REPORTS = (FOLDER / "real", FOLDER / "written")
