"""Why an event is what it is, as text."""

import pytest
from memory_record import MemoryRecord

from coranto.publish.explain import explain_event
from coranto.records import UsageError


def test_the_text_quotes_every_reading_and_says_why_merged(record: MemoryRecord) -> None:
    text = explain_event(record, record.record[0].id)
    assert text.startswith("ASSAULT  Russian forces used force against Ukraine in Kharkiv")
    assert "3 independent voices, 5 outlets, 5 reports, 5 coded events" in text
    assert "[killing seven people], regional governor" in text
    assert "    no words: assumed" in text
    assert "figures: 7 killed / at least 9 killed: contested (7 lies below at least 9, same day)" in text
    assert "copy: daily.example 2024-03-06" in text
    assert "same place +3.40, same day +2.10, figures -0.40" in text


def test_an_unknown_event_is_told(record: MemoryRecord) -> None:
    with pytest.raises(UsageError, match="expected the id of an event"):
        explain_event(record, "nope")
