import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import stub_stages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import Page

from coranto import knowledge
from coranto.engine.runs import batches, code_into, retract
from coranto.records import Failure, to_json
from coranto.store.sqlite import Store

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def pages(count):
    return [Page(f"Page {n} of the HERALD tells it. Shells HIT town {n % 3} again.", uri=f"https://x.example/{n}").document
            for n in range(count)]  # fmt: skip


def run(store, found, known, **options):
    return code_into(store, found, knowledge=known, stages=stub_stages.NAMES, **options)


def everything(store):
    """All that the equality laws speak of, as bytes."""
    return b"\n".join(
        to_json(x)
        for stream in (store.documents, store.reports, store.coded, store.events, store.lineage, store.positions)
        for x in stream()
    )


def made(path, found, known, **options):
    with Store.open(path, create=True) as store:
        run(store, found, known, **options)
        return everything(store)


def test_documents_are_coded_stored_and_linked(tmp_path, known):
    with Store.open(tmp_path / "r.db", create=True) as store:
        told = []
        summary = run(store, pages(5), known, progress=lambda done: told.append(done))
        assert (summary.added, summary.known, summary.failed, summary.coded, summary.linked) == (5, 0, 0, 10, True)
        assert told[-1] == 5
        assert store.linked
        assert sum(len(e.coded) for e in store.events()) == 10
        (row,) = store.runs()
        assert row["state"] == "done"
        assert '"spacy"' in row["manifest"]


def test_a_second_read_adds_nothing(tmp_path, known):
    with Store.open(tmp_path / "r.db", create=True) as store:
        run(store, pages(5), known)
        before, counts = everything(store), store.counts()
        summary = run(store, [*pages(5), *pages(2)], known)
        assert (summary.added, summary.known, summary.linked) == (0, 7, False)
        assert everything(store) == before
        assert store.counts() == {**counts, "runs": 2}


def test_a_bad_page_becomes_a_failure_and_the_others_are_coded(tmp_path, known):
    bad = Page("A POISON page", uri="https://x.example/bad").document
    with Store.open(tmp_path / "r.db", create=True) as store:
        summary = run(store, [*pages(3), bad, Failure(uri="y", stage="sources", error="no file")], known)
        assert (summary.added, summary.failed) == (3, 2)
        assert [(f.uri, f.stage) for f in store.failures()] == [("https://x.example/bad", "events"), ("y", "sources")]
        assert store.failures()[0].error == "RuntimeError: a bad page"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), words=st.integers(1, 60))
def test_order_and_size_of_batches_change_nothing(tmp_path_factory, known, order, words):
    folder = tmp_path_factory.mktemp("runs")
    found = pages(6)
    expected = made(folder / "a.db", found, known)
    assert made(folder / "b.db", [found[n] for n in order], known, batch_words=words) == expected


def test_workers_change_nothing(tmp_path, known):
    found = [*pages(7), Page("A POISON page", uri="https://x.example/bad").document]
    expected = made(tmp_path / "a.db", found, known)
    assert made(tmp_path / "b.db", found, known, workers=2, batch_words=20) == expected


def test_adding_later_is_the_same_as_at_once(tmp_path, known):
    expected = made(tmp_path / "a.db", pages(6), known)
    made(tmp_path / "b.db", pages(3), known)
    assert made(tmp_path / "b.db", pages(6), known) == expected


def test_a_run_that_broke_before_linking_is_linked_by_the_next(tmp_path, known, monkeypatch):
    expected = made(tmp_path / "a.db", pages(4), known)
    with monkeypatch.context() as patch, Store.open(tmp_path / "b.db", create=True) as store:
        patch.setattr(Store, "replace_record", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(store, pages(4), known)
        assert not store.linked
        assert store.counts()["events"] == 0
    assert made(tmp_path / "b.db", pages(4), known) == expected


KILLED = """
import sys
sys.path[:0] = {paths!r}
import test_runs
from coranto import knowledge
from coranto.engine import runs
add = runs.Store.add
def slow(self, made):
    import time
    done = add(self, made)
    print("batch", flush=True)
    time.sleep(0.2)
    return done
runs.Store.add = slow
with runs.Store.open({record!r}, create=True) as store:
    test_runs.run(store, test_runs.pages(12), knowledge.load(), batch_words=10)
"""


def test_killed_at_any_moment_and_run_again_is_the_same(tmp_path, known):
    expected = made(tmp_path / "a.db", pages(12), known)
    record = tmp_path / "b.db"
    paths = [str(HERE), str(HERE.parent / "linkage"), *(p for p in sys.path if p)]
    program = KILLED.format(paths=paths, record=str(record))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=dict(os.environ)) as child:
        for _ in range(3):
            assert child.stdout.readline() == b"batch\n"
        time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
    with Store.open(record) as store:
        assert 3 <= store.counts()["documents"] < 12
        assert not store.linked
    assert made(record, pages(12), known) == expected


def test_retracting_is_as_if_it_had_never_been_read(tmp_path, known):
    found = pages(4)
    expected = made(tmp_path / "a.db", found[1:], known)
    made(tmp_path / "b.db", found, known)
    with Store.open(tmp_path / "b.db") as store:
        assert retract(store, found[0].uri, knowledge=known) == 1
        assert everything(store) == expected
        assert retract(store, "unknown", knowledge=known) == 0


def test_batches_are_bounded_by_words():
    found = [Page("word " * n, uri=str(n)).document for n in (1, 1, 50, 1, 1)]
    sizes = [[len(d.text) for d in b] for b in batches(found, 10)]
    assert sizes == [[5, 5], [250], [5, 5]]
    assert list(batches([], 10)) == []
