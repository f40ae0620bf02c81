import json

import pytest
from newsroom import Page, country, killed

from coranto import knowledge
from coranto.evaluation import record
from coranto.evaluation.record_scores import match_events, scores
from coranto.records import DataError

TEXT = "Shells hit Kharkiv on Tuesday, the governor said.\nFrance condemned the shelling and may recall its envoy."


def gold(quote, type, **fields):
    start = TEXT.index(quote)
    given = {
        "id": quote, "doc": "a", "quote": quote, "start": start, "end": start + len(quote), "date": "2024-03-05",
        "actor": "RUS MIL", "type": type, "accept": [], "recipient": "UKR", "attribution": "", "modality": "asserted",
    }  # fmt: skip
    return {**given, **fields}


def told(quote, type, **fields):
    start = TEXT.index(quote)
    given = {"id": f"p-{quote}", "doc": "a", "start": start, "end": start + len(quote), "quote": quote,
             "trigger": [start, start + len(quote)], "type": type, "actors": ["RUS"], "recipients": ["UKR"],
             "date": ["2024-03-05", "2024-03-05"], "best": "2024-03-05", "attribution": "", "modality": "asserted",
             "parent": "", "background": False}  # fmt: skip
    return {**given, **fields}


def key(**lists):
    return {**{name: [] for name in record.LISTS}, **lists}


def line(**lists):
    return {**{name: [] for name in record.LISTS}, **lists}


def test_a_perfect_prediction_scores_one():
    made = scores([key(events=[gold("Shells hit", "ASSAULT")])], [line(events=[told("hit", "ASSAULT")])])
    for name in ("events f1", "type right", "actor right", "recipient right", "date right", "attribution right"):
        assert made[name] == 1.0, name


def test_type_may_be_any_that_is_accepted_and_optional_events_weigh_nothing():
    keyed = key(events=[gold("Shells hit", "ASSAULT", accept=["COERCE"]), gold("recall", "SANCTION", accept=["NONE"])])
    made = scores([keyed], [line(events=[told("hit", "COERCE")])])
    assert (made["events precision"], made["events recall"], made["events gold"]) == (1.0, 1.0, 1)
    made = scores([keyed], [line(events=[told("hit", "COERCE"), told("recall", "SANCTION")])])
    assert made["events f1"] == 1.0
    made = scores([keyed], [line(events=[told("hit", "AID")])])
    assert (made["events f1"], made["type right"]) == (0.0, 0.0)


def test_only_top_level_events_that_are_no_repeats_count_against_precision():
    keyed = key(events=[gold("Shells hit", "ASSAULT")])
    hit = told("hit", "ASSAULT")
    for other, precision in (
        (told("condemned", "ACCUSE"), 0.5),
        (told("condemned", "ACCUSE", parent="x"), 1.0),
        (told("condemned", "ACCUSE", background=True), 1.0),
    ):
        assert scores([keyed], [line(events=[hit, other])])["events precision"] == precision
    repeat = told("shelling", "ASSAULT")
    linked = line(events=[hit, repeat], cross_document_links=[[hit["id"], repeat["id"]]])
    assert scores([keyed], [linked])["events precision"] == 1.0


def test_the_match_is_the_largest_one_to_one():
    wide, narrow = gold("condemned the shelling", "ACCUSE"), gold("shelling", "ACCUSE")
    assert match_events([wide, narrow], [told("shelling", "ACCUSE"), told("condemned", "ACCUSE")]) == {0: 1, 1: 0}


def test_dates_speakers_and_modality():
    keyed = key(events=[gold("Shells hit", "ASSAULT", attribution="The governor", modality="alleged", date="2024-03")])
    found = told("hit", "ASSAULT", attribution="the governor", modality="claimed")
    made = scores([keyed], [line(events=[found])])
    assert (made["attribution right"], made["modality right"], made["date right"]) == (1.0, 1.0, 1.0)
    wide = told("hit", "ASSAULT", date=["2023-01-01", "2025-01-01"], best="2023-06-01")
    assert scores([keyed], [line(events=[wide])])["date right"] == 0.0


def test_links_and_pairs_that_stay_apart():
    mentions = [
        {"doc": "a", "quote": q, "start": TEXT.index(q), "end": TEXT.index(q) + len(q)} for q in ("hit", "shelling")
    ]
    keyed = key(
        cross_document_links=[{"key": "k", "mentions": mentions}], must_not_merge=[{"a": mentions[0], "b": mentions[1]}]
    )
    a, b = told("hit", "ASSAULT"), told("shelling", "ASSAULT")
    joined = scores([keyed], [line(events=[a, b], cross_document_links=[[a["id"], b["id"]]])])
    assert (joined["links f1"], joined["must_not_merge violated"]) == (1.0, 1)
    apart = scores([keyed], [line(events=[a, b])])
    assert (apart["links recall"], apart["must_not_merge violated"]) == (0.0, 0)
    unseen = scores([keyed], [line(events=[a])])
    assert (unseen["links recall"], unseen["links gold"]) == (0.0, 1)


def test_quantities_relations_conflicts_and_negatives():
    at = {"doc": "a", "quote": "hit", "start": 7, "end": 10}
    keyed = key(
        quantities=[{"id": "q1", "what": "killed", "value": 12, "qualifier": "at least", **at},
                    {"id": "q2", "what": "killed", "value": 15, "qualifier": "exact", **at}],
        quantity_relations=[{"relation": "update", "ids": ["q1", "q2"]}],
        claim_conflicts=[{"topic": "", "sides": [at, {**at, "start": 60, "end": 70}]}],
        negatives=[{**at, "why": ""}],
    )  # fmt: skip
    found = line(
        events=[told("hit", "ASSAULT")],
        quantities=[{"id": "p1", "what": "killed", "low": 12.0, "high": None, **at},
                    {"id": "p2", "what": "killed", "low": 15.0, "high": 15.0, **at}],
        quantity_relations=[{"relation": "update", "a": "p2", "b": "p1"}],
        claim_conflicts=[{"sides": [at, {**at, "start": 65, "end": 66}]}],
    )  # fmt: skip
    made = scores([keyed], [found])
    assert (made["quantities f1"], made["relations f1"], made["conflicts right"]) == (1.0, 1.0, 1.0)
    assert (made["negatives violated"], made["negatives asked"]) == (1, 1)
    assert scores([keyed], [line()])["quantities f1"] == 0.0


class Coder:
    """In place of the pipeline: one assault at "hit", one accusation at "condemned"."""

    def __init__(self, knowledge):
        pass

    def __call__(self, documents):
        for d in documents:
            page = Page(d.text, outlet=d.outlet, uri=d.uri)
            page.document = d
            page.report = page.report.__class__(id=page.report.id, document=d.id, span=page.report.span)
            page.event("hit", "ASSAULT", speaker="the governor", figures=(killed(2),))
            page.event("condemned", "ACCUSE", actor=country("FRA"), recipient="RUS", place=None, cameo="111")
            yield page.analysis


@pytest.fixture
def folder(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"\n\n{TEXT}\n\nOutlet {name} has more on this tomorrow.\n")
    documents = [
        {"doc": n, "file": f"{n}.txt", "outlet": f"{n}.example", "title": n, "date": "2024-03-05"} for n in "ab"
    ]
    mentions = [{"doc": n, "quote": "Shells hit Kharkiv"} for n in "ab"]
    position = {
        "country": "FRA",
        "stance": "against",
        "doc": "b",
        "quote": "France condemned",
        "position": "",
        "issue": "",
    }
    made = {
        "documents": documents,
        "events": [{k: v for k, v in gold("Shells hit", "ASSAULT").items() if k not in ("start", "end")}],
        "cross_document_links": [{"key": "k", "title": "", "mentions": mentions}],
        "state_positions": [position],
    }
    (tmp_path / "key.json").write_text(json.dumps(made))
    return tmp_path


def test_a_key_is_evaluated_from_its_pages(folder, monkeypatch):
    monkeypatch.setattr(record, "Pipeline", Coder)
    (prediction,), made = record.evaluate(folder / "key.json", knowledge.load())
    raw = (folder / "a.txt").read_text()
    hit = next(e for e in prediction["events"] if e["doc"] == "a" and e["type"] == "ASSAULT")
    assert raw[hit["trigger"][0] : hit["trigger"][1]] == "hit"
    assert made["events recall"] == 1.0
    assert made["links f1"] == 1.0
    assert made["positions recall"] == 1.0
    assert json.loads(json.dumps(prediction)) == prediction
    assert record.evaluate(folder, knowledge.load())[1] == made


def test_what_is_wrong_with_a_key_is_told(folder, tmp_path):
    known = knowledge.load()
    (folder / "b.txt").unlink()
    with pytest.raises(DataError, match=r"expected the file b\.txt"):
        record.evaluate(folder / "key.json", known)
    (folder / "key.json").write_text("[]")
    with pytest.raises(DataError, match="expected an object with a list of documents"):
        record.evaluate(folder / "key.json", known)
    (folder / "key.json").write_text("{")
    with pytest.raises(DataError, match="expected a record key"):
        record.evaluate(folder / "key.json", known)
    with pytest.raises(DataError, match=r"expected a key\.json below"):
        record.evaluate(folder / "none", known) if (folder / "none").mkdir() is None else None
