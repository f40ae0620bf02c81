import pytest
from memory_record import MemoryRecord
from scenario import build


@pytest.fixture(scope="session")
def record() -> MemoryRecord:
    return build()
