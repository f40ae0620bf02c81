"""Neither order, nor the size of batches, nor the number of workers, nor reading again changes the record."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from law_tools import by_coded, differing, linked, renamed, tables
from msgspec.structs import replace

from coranto.engine.runs import Coding, documents, read_into, retract
from coranto.records import Analysis, to_json
from coranto.store.sqlite import Store


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_order_of_documents_changes_nothing_in_the_record(bundled, knowledge, seed):
    shuffled = list(bundled.analyses)
    random.Random(seed).shuffle(shuffled)
    assert to_json(linked(shuffled, knowledge)) == to_json(bundled.record)


def test_the_order_of_coded_events_changes_nothing_in_the_record(bundled, knowledge):
    turned = [replace(a, events=a.events[::-1], reports=a.reports[::-1]) for a in bundled.analyses]
    assert to_json(linked(turned, knowledge)) == to_json(bundled.record)


@pytest.mark.parametrize("size", [1, 5])
def test_the_size_and_order_of_batches_change_nothing_in_an_analysis(bundled, knowledge, size):
    sample = bundled.analyses[::4]
    coding = Coding(knowledge)
    found = [a.document for a in sample][::-1]
    made = [m for n in range(0, len(found), size) for m in coding(found[n : n + size])]
    expected = {a.document.id: a for a in sample}
    for m in made:
        assert isinstance(m, Analysis)
        for layer in m.__struct_fields__:
            assert getattr(m, layer) == getattr(expected[m.document.id], layer), (m.document.uri, layer)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory, stories, knowledge):
    """The record of the stories, read in order by one process, as a path."""
    path = tmp_path_factory.mktemp("laws") / "once.db"
    with Store.open(path, create=True) as store:
        read_into(store, [str(p) for p in stories], knowledge=knowledge)
    return path


def test_two_workers_small_batches_and_another_order_change_nothing(tmp_path, stories, knowledge, read_once):
    path = tmp_path / "two.db"
    with Store.open(path, create=True) as store:
        read_into(store, [str(p) for p in stories[::-1]], knowledge=knowledge, workers=2, batch_words=300)
    assert differing(tables(read_once), tables(path)) == {}


def test_one_by_one_is_the_same_as_at_once_and_a_second_read_adds_nothing(tmp_path, stories, knowledge, read_once):
    path = tmp_path / "one.db"
    with Store.open(path, create=True) as store:
        for p in stories[::-1]:
            assert read_into(store, [str(p)], knowledge=knowledge).added == 1
        again = read_into(store, [str(p) for p in stories], knowledge=knowledge)
    assert (again.added, again.known, again.failed, again.coded) == (0, len(stories), 0, 0)
    assert differing(tables(read_once), tables(path)) == {}


def test_retracting_equals_never_having_read(tmp_path, stories, knowledge, read_once):
    path, less = tmp_path / "all.db", tmp_path / "less.db"
    path.write_bytes(read_once.read_bytes())
    gone = stories[:2]
    with Store.open(path) as store:
        for document in documents([str(p) for p in gone], knowledge):
            assert retract(store, document.id, knowledge=knowledge) == 1
    with Store.open(less, create=True) as store:
        read_into(store, [str(p) for p in stories[2:]], knowledge=knowledge)
    assert differing(tables(less), tables(path)) == {}


def raised_by(copies, bundled, knowledge):
    """Title of the copy, title of the event, voices before and after: of every event that a copy gave more voices."""
    before = by_coded(bundled.record)
    raised = []
    for copy in Coding(knowledge)(copies):
        assert isinstance(copy, Analysis)
        after = by_coded(linked([*bundled.analyses, copy], knowledge))
        raised += [
            (copy.document.title, e.title, len(e.voices), len(after[c].voices))
            for c, e in before.items()
            if len(after[c].voices) > len(e.voices)
        ]
    return raised


def test_an_exact_copy_of_a_later_day_never_raises_voices(bundled, knowledge):
    copies = [renamed(a.document, "copyist.example", later=1) for a in bundled.analyses[1::3]]
    assert raised_by(copies, bundled, knowledge) == []


def test_an_exact_copy_of_the_same_day_never_raises_voices(bundled, knowledge):
    sample = [a for a in bundled.analyses if a.document.outlet in ("Kremlin", "Harbour Gazette")]
    assert len(sample) >= 5
    copies = [renamed(a.document, "copyist.example") for a in sample]
    assert raised_by(copies, bundled, knowledge) == []
