"""The bundled reports, coded and linked once a session."""

from pathlib import Path

import pytest
from law_tools import Bundled, linked

from coranto import demo
from coranto.engine.runs import Coding, documents
from coranto.records import Analysis, Failure


@pytest.fixture(scope="session")
def bundled(knowledge) -> Bundled:
    """Every bundled report, coded in one go, and the record of them all."""
    made = list(Coding(knowledge)(list(documents(demo.reports(), knowledge))))
    analyses = [m for m in made if isinstance(m, Analysis)]
    failures = [m for m in made if isinstance(m, Failure)]
    return Bundled(analyses, failures, linked(analyses, knowledge))


@pytest.fixture(scope="session")
def stories() -> list[Path]:
    """Two written stories of two and three pages: enough to read several times."""
    return sorted(p for name in ("apart", "denial", "wire") for p in (demo.FOLDER / "written" / name).glob("*.html"))
