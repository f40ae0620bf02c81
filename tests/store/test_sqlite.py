import os
import sqlite3
from datetime import date

import pytest
from msgspec.structs import replace
from newsroom import DAY, Page, country, when

from coranto.records import (
    DataError,
    Event,
    EventType,
    Failure,
    Lineage,
    LineageKind,
    Merge,
    Modality,
    Position,
    Reading,
    ReadingRelation,
    Relation,
    Span,
    Stance,
    UsageError,
    Voice,
)
from coranto.store.search import Search, match_words
from coranto.store.sqlite import Store


def page(n, outlet="herald.example"):
    made = Page(f"Shells hit the grain port number {n}.\nThe mayor blamed Russia.", outlet=outlet)
    made.event("Shells hit", "ASSAULT")
    made.event("blamed", "ACCUSE", actor="UKR", recipient="RUS", speaker="the mayor")
    return made


def event(coded, **fields):
    reading = Reading(value=country("RUS"), coded=(coded.id,), voices=("a",))
    given = {
        "id": f"e{coded.id}", "type": coded.type.value, "coded": (coded.id,), "reports": (coded.report,),
        "outlets": ("herald.example",), "actors": (reading,),
        "voices": (Voice(origin="a", name="a", reason="own report", coded=(coded.id,)),),
        "time": (Reading(value=when(DAY), coded=(coded.id,), voices=("a",)),),
        "modality": (Reading(value=Modality.ASSERTED, coded=(coded.id,), voices=("a",)),),
    }  # fmt: skip
    return Event(**{**given, **fields})


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "record.db", create=True) as made:
        yield made


def test_what_is_added_comes_back_whole(store):
    one = page(1)
    assert store.add([one.analysis, Failure(uri="x", stage="read", error="empty")]) == 1
    back = store.document(one.document.id)
    assert back.document == one.document
    assert back.reports == (one.report,)
    assert back.events == tuple(sorted(one.events, key=lambda e: e.trigger.span))
    assert {s.span for s in back.sentences} == {s.span for s in one.sentences}
    assert list(store.coded()) == sorted(one.events, key=lambda e: e.id)
    assert store.failures() == [Failure(uri="x", stage="read", error="empty")]
    assert store.document("unknown") is None


def test_a_second_read_adds_nothing(store):
    batch = [page(1).analysis, page(2).analysis, Failure(uri="x", stage="read", error="empty")]
    store.add(batch)
    before = store.counts()
    assert store.add(batch) == 0
    assert store.counts() == before


def test_a_second_read_leaves_a_linked_record_linked(store):
    store.add([page(1).analysis])
    assert not store.linked
    store.replace_record()
    assert store.linked
    store.add([page(1).analysis])
    assert store.linked


def test_another_body_at_one_address_is_a_new_version(store):
    old = Page("Two were hurt.", uri="https://herald.example/1")
    new = Page("Three were hurt.", uri="https://herald.example/1", day=date(2024, 3, 6))
    store.add([new.analysis])
    store.add([old.analysis])
    assert [d.text for d in store.versions("https://herald.example/1")] == ["Two were hurt.", "Three were hurt."]


def test_a_batch_is_added_whole_or_not_at_all(store):
    good, bad = page(1), page(2)
    broken = replace(bad.analysis, events=(bad.events[0], bad.events[0]))
    with pytest.raises(DataError, match="expected ids to be unique"):
        store.add([good.analysis, broken])
    assert store.counts()["documents"] == 0
    assert store.counts()["coded"] == 0


def test_known(store):
    one = page(1)
    store.add([one.analysis])
    assert store.known([one.document.id, "other"]) == {one.document.id}
    assert store.known(f"{n:016x}" for n in range(2000)) == set()


def test_retracting_takes_out_every_layer(store):
    one, two = page(1), page(2)
    store.add([one.analysis, two.analysis])
    store.replace_record()
    assert store.retract(one.document.uri) == 1
    assert not store.linked
    assert list(store.documents()) == [two.document]
    assert {e.document for e in store.coded()} == {two.document.id}
    assert store.retract("unknown") == 0


def test_retracted_words_are_not_found_again(store):
    one = page(1)
    store.add([one.analysis])
    store.retract(one.document.id)
    store.replace_record(events=[event(one.events[0])])
    assert store.search_events(Search(words="grain")).total == 0


def test_the_record_is_replaced(store):
    one = page(1)
    store.add([one.analysis])
    a, b = sorted(e.id for e in one.events)
    lineage = Lineage(report="r2", origin="r1", how=LineageKind.SAME)
    merge = Merge(a=a, b=b, score=0.25, features={"type": -1.0}, vetoes=("other type",))
    position = Position(
        actor=country("FRA"), matter="truce", stance=Stance.FOR, act="votes for", period=None, coded=(a,)
    )
    events = [event(e) for e in one.events]
    store.replace_record(lineage=[lineage], events=events, merges=[merge], positions=[position])
    assert list(store.events()) == sorted(events, key=lambda e: e.id)
    assert store.event(events[0].id) == events[0]
    assert store.event("unknown") is None
    assert store.merges([b]) == (merge,)
    assert store.lineages(["r2"]) == (lineage,)
    assert store.positions_of("FRA") == (position,)
    assert store.belongs([a]) == {a: f"e{a}"}
    assert store.coded_by_id([b, "unknown", a])[1].id == a
    store.replace_record(events=events[:1])
    assert list(store.events()) == events[:1]
    assert store.positions_of("FRA") == ()
    assert store.counts()["voices"] == 1


def test_a_record_that_cannot_be_replaced_stays(store):
    one = page(1)
    store.add([one.analysis])
    store.replace_record(events=[event(one.events[0])])
    with pytest.raises(DataError):
        store.replace_record(events=[event(one.events[0]), event(one.events[0])])
    assert len(list(store.events())) == 1


def test_search_by_words_filters_and_days(store):
    one, two = page(1), page(2, "courier.example")
    store.add([one.analysis, two.analysis])
    contested = ReadingRelation(field="figures", a=0, b=1, relation=Relation.CONTESTED, why="other numbers")
    events = [
        event(one.events[0]),
        event(two.events[0], outlets=("courier.example",), relations=(contested,)),
        event(one.events[1], time=(Reading(value=when(date(2024, 4, 1)), coded=("c",), voices=("a",)),)),
    ]
    store.replace_record(events=events)
    ids = lambda **kind: [e.id for e in store.search_events(Search(**kind)).events]  # noqa: E731
    assert ids(words="grain port", order="relevant") == sorted(e.id for e in events[:2])
    assert ids(words='"port grain"') == []
    assert ids(words="harbour*") == []
    assert len(ids(words="gra*")) == 2
    assert ids(facets={"outlet": ("courier.example",)}) == [events[1].id]
    assert ids(facets={"type": ("ACCUSE", "ASSAULT"), "outlet": ("courier.example",)}) == [events[1].id]
    assert ids(since=date(2024, 3, 20)) == [events[2].id]
    assert len(ids(until=date(2024, 3, 20))) == 2
    assert ids(order="contested")[0] == events[1].id
    found = store.search_events(Search(facets={"outlet": ("courier.example",)}), limit=1)
    assert found.total == 1
    assert dict(found.facets["outlet"]) == {"courier.example": 1, "herald.example": 2}
    assert dict(found.facets["type"]) == {"ASSAULT": 1}
    assert len(store.search_events(Search(), limit=2, offset=2).events) == 1


@pytest.mark.parametrize("words", ['"', "a OR", "NEAR(", "text:x", "-", "*", "a AND b)", "(", "'", "^x", "\x00"])
def test_what_people_type_never_breaks_a_search(store, words):
    store.add([page(1).analysis])
    assert store.search_events(Search(words=words, order="relevant")).total == 0


def test_words_are_quoted():
    assert match_words('grain "black sea" odes* OR') == '"grain" "black sea" "odes"* "OR"'


def test_judgements_the_last_word_holds(store):
    store.judge("b", "a", "must", by="ana")
    store.judge("c", "d", "cannot")
    store.judge("a", "b", "cannot", by="bo")
    store.judge("d", "c", "undo")
    assert store.judgements() == ([], [("a", "b")])
    with pytest.raises(UsageError, match="expected must, cannot or undo"):
        store.judge("a", "b", "maybe")


def test_a_retryable_failure_is_over_once_the_document_is_read(store):
    one = page(1)
    store.add([Failure(uri=one.document.uri, stage="read", error="timeout", retryable=True)])
    store.add([Failure(uri=one.document.uri, stage="read", error="odd")])
    store.add([one.analysis])
    assert [f.error for f in store.failures()] == ["odd"]


def test_outlets(store):
    store.add([page(1).analysis, page(2).analysis, page(3, "courier.example").analysis])
    first = store.outlets()[0]
    assert (first["outlet"], first["documents"], first["coded"]) == ("herald.example", 2, 4)


# -- what is met instead of a record ----------------------------------------------------------------------


def test_nothing_there(tmp_path):
    with pytest.raises(UsageError, match="met nothing"):
        Store.open(tmp_path / "none.db")
    with pytest.raises(UsageError, match="expected a folder"):
        Store.open(tmp_path / "no" / "none.db", create=True)
    with pytest.raises(UsageError, match="met a folder"):
        Store.open(tmp_path, create=True)


def test_another_kind_of_file(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("Dear diary, today the printing press broke again.")
    with pytest.raises(DataError, match="expected an SQLite database"):
        Store.open(path, create=True)


def test_another_database(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.commit()
    connection.close()
    with pytest.raises(DataError, match=r"expected a record of coranto.*songs"):
        Store.open(path, create=True)


def test_another_version(tmp_path):
    path = tmp_path / "record.db"
    Store.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(DataError, match=r"expected a record of schema version 1 .* met version 99"):
        Store.open(path)


def test_a_broken_file(tmp_path):
    path = tmp_path / "record.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    with pytest.raises(DataError):
        Store.open(path)


def test_another_writer(tmp_path):
    path = tmp_path / "record.db"
    with Store.open(path, create=True), Store.open(path, wait=0.05) as second:
        writer = sqlite3.connect(path)
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match="another writer"):
            second.add([page(1).analysis])
        assert second.counts()["documents"] == 0
        writer.rollback()
        writer.close()
        assert second.add([page(1).analysis]) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes read-only files")
def test_a_read_only_record_is_read_and_not_written(tmp_path):
    path = tmp_path / "record.db"
    with Store.open(path, create=True) as made:
        made.add([page(1).analysis])
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Store.open(path) as store:
            assert store.counts()["documents"] == 1
            with pytest.raises(UsageError, match="read-only"):
                store.add([page(2).analysis])
    finally:
        tmp_path.chmod(0o755)


def test_readers_see_whole_batches_while_one_writes(tmp_path):
    path = tmp_path / "record.db"
    with Store.open(path, create=True) as writer, Store.open(path) as reader:
        writer.add([page(n).analysis for n in range(3)])
        stream = reader.coded()
        next(stream)
        writer.add([page(9).analysis])
        assert len(list(stream)) == 5
        assert reader.counts()["documents"] == 4


def test_spans_survive(store):
    one = page(1)
    store.add([one.analysis])
    for coded in store.coded():
        words = coded.trigger
        assert one.document.text[words.span.start : words.span.end] == words.quote
    assert isinstance(words.span, Span)
    assert coded.type.value in EventType
