"""Resolution of toponyms that are given as spans of a text, without a parse."""

from coranto.evaluation.places import score
from coranto.knowledge import Knowledge
from coranto.knowledge.places import Candidate
from coranto.referents.places import Scored, holder, kilometres, neighbour, resolve_spans, settle


def best(text: str, names: list[str], knowledge: Knowledge, context: str = "") -> list[str]:
    spans = [(text.index(n), text.index(n) + len(n)) for n in names]
    return [r[0].candidate.id if r else "" for r in resolve_spans(knowledge.places, text, spans, context=context)]


def test_a_division_after_a_comma_decides(knowledge: Knowledge) -> None:
    assert best("Fire in Paris, Texas", ["Paris", "Texas"], knowledge) == ["geonames:4717560", "geonames:4736286"]


def test_the_other_toponyms_decide(knowledge: Knowledge) -> None:
    text = "Pokrovsk was shelled; Kramatorsk and Bakhmut were quiet"
    assert best(text, ["Pokrovsk", "Kramatorsk", "Bakhmut"], knowledge)[0] == "geonames:704422"
    text = "Pokrovsk lies on the Lena; Yakutsk is the capital of Yakutia"
    assert best(text, ["Pokrovsk", "Yakutsk"], knowledge)[0] == "geonames:2017824"


def test_a_dateline_counts_as_context(knowledge: Knowledge) -> None:
    assert best("A crash in Alexandria", ["Alexandria"], knowledge) == ["geonames:361058"]
    assert best("A crash in Alexandria", ["Alexandria"], knowledge, "Pineville, Louisiana") != [""]


def test_the_order_of_spans_changes_nothing(knowledge: Knowledge) -> None:
    text = "Talks in Geneva, Rome and Odessa"
    names = ["Geneva", "Rome", "Odessa"]
    assert best(text, names, knowledge) == best(text, names[::-1], knowledge)[::-1]


def test_an_unknown_name_has_no_candidate(knowledge: Knowledge) -> None:
    assert best("Shells hit Qwertyville", ["Qwertyville"], knowledge) == [""]


def test_namesakes_that_no_one_tells_apart_get_no_pin(knowledge: Knowledge) -> None:
    found = [c for c in knowledge.places.find("Springfield") if c.kind == "town"][:5]
    assert len(found) == 5
    ranked = [Scored(c, 0.2) for c in found]
    place = settle(knowledge.places, "Springfield", ranked, None)
    assert place is not None
    assert (place.id, place.latitude, place.country) == ("", None, "USA")


def test_an_unknown_name_is_known_as_finely_as_what_holds_it(knowledge: Knowledge) -> None:
    holder = knowledge.places.entry("geonames:709716")
    assert isinstance(holder, Candidate)
    place = settle(knowledge.places, "Novoxyz", [], holder)
    assert place is not None
    assert (place.id, place.precision, place.country) == ("", "province", "UKR")
    assert settle(knowledge.places, "Novoxyz", [], None) is None


def test_kilometres() -> None:
    assert round(kilometres(50.45, 30.52, 55.75, 37.62)) == 756


def test_scores_count_the_unanswered_as_wrong() -> None:
    gold = {"start": 0, "end": 4, "phrase": "Kyiv", "gid": "703448", "lat": 50.45, "lon": 30.52}
    line = {"given": [None], "found": [{"start": 0, "end": 4, "gid": "703448", "lat": 50.4, "lon": 30.5}]}
    scores = score([{"toponyms": [gold]}], [line])["all"]
    assert scores["given"] == {"within_161_km": 0.0, "same_id": 0.0}
    assert scores["found"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "spotted": 1.0}


def test_the_members_of_a_list_do_not_hold_each_other(knowledge: Knowledge) -> None:
    names = ["Georgia", "Iraq", "Iran"]
    assert best("It urged Georgia, Iraq, Iran and Syria to close the passes", [*names, "Syria"], knowledge)[:3] == [
        "country:GEO",
        "country:IRQ",
        "country:IRN",
    ]
    text = "cases in Arizona, California, Colorado and Wyoming"
    found = best(text, ["Arizona", "California", "Colorado", "Wyoming"], knowledge)
    kinds = [entry.kind for f in found if (entry := knowledge.places.entry(f)) is not None]
    assert kinds == ["admin1"] * 4


def test_a_town_and_what_holds_it_is_no_list(knowledge: Knowledge) -> None:
    found = best(
        "a fire in Paris, Texas, and one in Lebanon, Indiana", ["Paris", "Texas", "Lebanon", "Indiana"], knowledge
    )
    assert found[0] == "geonames:4717560"
    assert found[2] != "country:LBN"


def test_what_is_unsure_of_itself_still_votes(knowledge: Knowledge) -> None:
    """Neither name is clear alone; together they are in Tennessee or Kentucky, and not in France."""
    text = "Henry County deputies searched a barn outside Paris after a call from Puryear"
    ids = best(text, ["Henry County", "Paris", "Puryear"], knowledge)
    paris = knowledge.places.entry(ids[1])
    assert paris is not None
    assert paris.country == "USA"


def test_what_the_text_says_holds_an_unknown_name(knowledge: Knowledge) -> None:
    text = "Flooding hit Qwertyville, a poor suburb of Harare, on Monday"
    spans = [(text.index(n), text.index(n) + len(n)) for n in ("Qwertyville", "Harare")]
    ranks = resolve_spans(knowledge.places, text, spans)
    held = holder(text, spans, ranks, 0)
    assert held is not None
    assert (held[0], held[1].country) == (1, "ZWE")
    assert holder(text, spans, ranks, 1) is None


def test_a_neighbour_is_of_the_same_sentence(knowledge: Knowledge) -> None:
    text = "Marchers met in Lahore. Qwertyville was calm"
    spans = [(text.index(n), text.index(n) + len(n)) for n in ("Lahore", "Qwertyville")]
    ranks = resolve_spans(knowledge.places, text, spans)
    assert neighbour(text, spans, ranks, 1) is None
    near = text.replace(". Q", " and Q")
    spans = [(near.index(n), near.index(n) + len(n)) for n in ("Lahore", "Qwertyville")]
    guess = neighbour(near, spans, resolve_spans(knowledge.places, near, spans), 1)
    assert guess is not None
    assert guess[1].country == "PAK"
