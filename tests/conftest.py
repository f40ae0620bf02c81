"""Fixtures that many tests share."""

from collections.abc import Callable

import pytest

from coranto import knowledge as knowledge_
from coranto.evaluation.events import analyse
from coranto.knowledge import Knowledge
from coranto.records import Analysis


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped knowledge; the parser is loaded once a session."""
    return knowledge_.load()


@pytest.fixture(scope="session")
def analysed(knowledge: Knowledge) -> Callable[[str], Analysis]:
    """A text -> its analysis, through all stages."""

    def run(text: str) -> Analysis:
        return next(analyse([text], knowledge))

    return run
