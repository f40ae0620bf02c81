from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from newsroom import DAY, Page, country, killed, later, open_until, when

from coranto import knowledge
from coranto.linkage.gists import Pool, gists, origins
from coranto.linkage.link import link
from coranto.linkage.matching import judge
from coranto.records import LineageKind, Modality, Ref, RefKind, Relation, Stance, to_json

LEAD = (
    "Explosions shook the centre of Kharkiv before dawn on Tuesday and shattered windows along three streets.\n"
    "Rescue crews pulled people from a nine-storey block whose upper floors had fallen in, and worked by torchlight.\n"
    "Schools stayed closed and trams stood still while engineers looked for live shells in the rubble near the market."
)
OWN = (
    "A strike on Kharkiv early Tuesday woke half the city, our correspondent saw, and left a crater beside a bakery.\n"
    "Neighbours carried water up the stairs of a tower that had lost its lift and its light, and nobody slept again."
)


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def linked(known, *pages, **judged):
    return link(
        [e for p in pages for e in p.events], [p.report for p in pages], [p.document for p in pages], known, **judged
    )  # fmt: skip


def page(text, outlet, trigger, **fields):
    event = {k: fields.pop(k) for k in list(fields) if k not in ("uri", "day", "credit", "upstream")}
    if "on" in event:
        event["day"] = event.pop("on")
    made = Page(text, outlet=outlet, **fields)
    made.event(trigger, **event)
    return made


def first(record):
    assert len(record.events) == 1, [e.title for e in record.events]
    return record.events[0]


def test_two_reports_of_one_event_are_two_voices(known):
    event = first(linked(known, page(LEAD, "herald.example", "Explosions"), page(OWN, "courier.example", "strike")))
    assert len(event.coded) == 2
    assert [v.origin for v in event.voices] == ["outlet:courier example", "outlet:herald example"]
    assert event.actors[0].voices == ("outlet:courier example", "outlet:herald example")
    assert event.title == "RUS attacked UKR in Kharkiv on 5 March 2024."


def test_an_open_time_neither_forbids_nor_speaks_for_a_merge(known):
    told = page(LEAD, "herald.example", "Explosions", on=later(-1))
    before = page(OWN, "courier.example", "strike", on=open_until(DAY), stated=False)
    record = linked(known, told, before)
    assert [r.value.period.best for r in first(record).time] == [later(-1)]
    whole = [m for m in record.merges if not m.vetoes]
    assert whole and not any("day" in name for m in whole for name in m.features if name != "days between the reports")


def test_an_open_time_is_no_reading_beside_an_assumed_day(known):
    one = page(LEAD, "herald.example", "Explosions", stated=False)
    other = page(OWN, "courier.example", "strike", on=open_until(DAY), stated=False)
    event = first(linked(known, one, other))
    assert [r.value.is_open for r in event.time] == [False]
    assert "2024" in event.title


def test_a_copy_is_no_voice(known):
    a, b = page(LEAD, "herald.example", "Explosions"), page(LEAD, "mirror.example", "Explosions", day=later(1), on=DAY)
    record = linked(known, a, b)
    assert len(first(record).voices) == 1
    assert [(x.report, x.origin, x.how) for x in record.lineage] == [(b.report.id, a.report.id, LineageKind.SAME)]


def test_reports_that_credit_one_agency_are_one_voice(known):
    a = page(LEAD, "herald.example", "Explosions", credit=("Reuters",))
    b = page(OWN, "courier.example", "strike", credit=("Thomson Reuters",))
    event = first(linked(known, a, b))
    assert [v.origin for v in event.voices] == ["agency:thomson-reuters"]


def test_ten_outlets_that_quote_one_ministry_are_one_voice(known):
    ministry = country("UKR", name="Ukraine's defence ministry", id="org:UKR-MOD")
    pages = [
        page(f"{words} said the shell hit Kharkiv on Tuesday.", f"outlet{n}.example", "shell hit", speaker=ministry)
        for n, words in enumerate(("Officials", "The ministry", "Kyiv's defence staff", "A spokesman for the army"))
    ]
    event = first(linked(known, *pages))
    assert [v.origin for v in event.voices] == ["claimant:UKR GOV"]
    assert len(event.outlets) == 4
    assert event.title.endswith("according to Ukraine's defence ministry.")


def test_reports_are_not_chained_through_a_claimant(known):
    ministry = country("UKR", name="the ministry", id="org:UKR-MOD")
    one = Page("The ministry said shells hit Kharkiv.\nOur reporter saw the strike on Kharkiv.", outlet="a.example")
    two = Page("The ministry says shells hit Kharkiv.\nWe saw how the strike lit Kharkiv.", outlet="b.example")
    for p in (one, two):
        p.event("shells", speaker=ministry)
        p.event("strike")
    event = first(linked(known, one, two))
    assert {v.origin for v in event.voices} == {"claimant:UKR GOV", "outlet:a example", "outlet:b example"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"place": "Odesa"}, "other places"),
        ({"on": later(5)}, "other days"),
        ({"modality": "planned"}, "one is told as happened"),
    ],
)
def test_vetoes_keep_events_apart(known, other, why):
    a, b = page(OWN, "a.example", "strike"), page("A strike on Kharkiv.", "b.example", "strike", **other)
    assert len(linked(known, a, b).events) == 2, why


def test_two_votes_are_two(known):
    from decimal import Decimal

    from coranto.records import Figure, FigureKind

    def votes(n):
        return (Figure(what=FigureKind.VOTES_FOR, low=Decimal(n), high=Decimal(n)),)

    common = {"type": "SUPPORT", "actor": "FRA", "recipient": "UKR", "place": None}
    a = page("The council adopted a text on grain, 13 in favour.", "a.example", "adopted", figures=votes(13), **common)
    b = page("The council adopted a text on grain, 11 in favour.", "b.example", "adopted", figures=votes(11), **common)
    assert len(linked(known, a, b).events) == 2
    same = page(
        "The council adopted the grain text, 13 in favour.", "c.example", "adopted", figures=votes(13), **common
    )
    assert len(linked(known, a, same).events) == 1


def test_the_content_of_an_accusation_is_another_event(known):
    one = Page("Ukraine accused Russia of shelling Kharkiv.")
    outer = one.event("accused", "ACCUSE", actor="UKR", recipient="RUS", place=None)
    one.event("shelling", "ASSAULT", modality="alleged", parent=outer.id)
    assert len(linked(known, one).events) == 2


def test_a_denial_joins_as_a_contested_reading(known):
    a = page("Russia shelled Kharkiv on Tuesday, the mayor said.", "a.example", "shelled", speaker="the mayor")
    b = page("Moscow denied that it had shelled Kharkiv on Tuesday.", "b.example", "shelled", modality="denied",
             speaker="Moscow")  # fmt: skip
    event = first(linked(known, a, b))
    assert {r.value for r in event.modality} == {Modality.ASSERTED, Modality.DENIED}
    assert [(r.field, r.relation) for r in event.relations] == [("occurrence", Relation.CONTESTED)]


def test_each_side_blames_the_other(known):
    a = page(
        "Rebels shelled the Kharkiv market on Tuesday, Kyiv said.", "a.example", "shelled", actor="RUS", speaker="Kyiv"
    )
    b = page("Kyiv's guns shelled the Kharkiv market on Tuesday, Moscow said.", "b.example", "shelled", actor="UKR",
             recipient=None, speaker="Moscow", figures=())  # fmt: skip
    record = linked(known, a, b, must=[(a.events[0].id, b.events[0].id)])
    relations = first(record).relations
    assert [(r.field, r.relation) for r in relations] == [("actors", Relation.CONTESTED)]


def test_a_later_and_higher_toll_is_an_update_and_another_one_is_contested(known):
    a = page(OWN, "a.example", "strike", figures=(killed(3),))
    b = page("A strike on Kharkiv killed five.", "b.example", "strike", figures=(killed(5),), day=later(2), on=DAY)
    c = page("The strike on Kharkiv killed nobody but four.", "c.example", "strike", figures=(killed(4),))
    updated, contested = first(linked(known, a, b)), first(linked(known, a, c))
    assert [r.relation for r in updated.relations] == [Relation.UPDATE]
    assert [r.relation for r in contested.relations] == [Relation.CONTESTED]
    assert contested.title == "RUS attacked UKR in Kharkiv on 5 March 2024 (3 to 4 killed)."


def test_judgements_hold(known):
    a, b = page(LEAD, "a.example", "Explosions"), page(OWN, "b.example", "strike")
    pair = (a.events[0].id, b.events[0].id)
    assert len(linked(known, a, b, cannot=[pair]).events) == 2
    c = page("A strike on Odesa.", "c.example", "strike", place="Odesa")
    pair = (a.events[0].id, c.events[0].id)
    assert len(linked(known, a, c, must=[pair]).events) == 1
    assert len(linked(known, a, c, must=[("unknown", pair[0])]).events) == 2


def test_every_merge_is_explained(known):
    a, b = page(LEAD, "a.example", "Explosions"), page(OWN, "b.example", "strike")
    (merge,) = linked(known, a, b).merges
    assert merge.score > 0.5
    assert merge.features["same day"] > 0
    assert merge.features["bias"] < 0
    assert {merge.a, merge.b} == {a.events[0].id, b.events[0].id}


def test_positions(known):
    one = Page(
        "France voted against the text.\nGhana abstained.\nItaly condemned Russia.\n"
        "Spain may condemn Russia.\nMPs slammed Paris."
    )
    one.event("voted", "REJECT", actor="FRA", recipient=None, place=None)
    one.event("abstained", "REJECT", actor="GHA", recipient=None, place=None)
    one.event("condemned", "ACCUSE", cameo="111", actor="ITA", recipient="RUS", place=None)
    one.event("condemn Russia", "ACCUSE", cameo="111", actor="ESP", recipient="RUS", place=None, modality="possible")
    one.event("slammed", "ACCUSE", cameo="111", actor=country("FRA", "LEG"), recipient="FRA", place=None)
    found = {p.actor.country: (p.stance, p.act, p.matter) for p in linked(known, one).positions}
    assert found == {
        "FRA": (Stance.AGAINST, "votes against", "against the text"),
        "GHA": (Stance.ABSTAINS, "abstains", ""),
        "ITA": (Stance.AGAINST, "condemns", "RUS"),
    }


def test_a_live_blog_does_not_join_its_sources(known):
    """A page that embeds two reports speaks, passage by passage, with their voices."""
    a = page(LEAD, "a.example", "Explosions")
    b = page(OWN, "b.example", "strike")
    both = Page(f"Here is the news of the night.\n{LEAD}\n{OWN}", outlet="c.example", day=later(1))
    both.event("Explosions", day=DAY)
    both.event("strike", day=DAY)
    record = linked(known, a, b, both)
    assert len(first(record).voices) == 2
    assert {x.how for x in record.lineage} <= {LineageKind.EMBEDDED, LineageKind.EDITED}
    for line in record.lineage:
        for words in line.evidence:
            assert both.document.text[words.span.start : words.span.end] == words.quote


STRIKE = (
    "Russian jets struck a bakery in Kharkiv on Tuesday.\nSix people died, doctors said.\nThe mayor called for calm."
)


def toll(outlet, uri=None, *, text=STRIKE, day=DAY):
    made = Page(text, outlet=outlet, uri=uri, day=day)
    made.event("struck", cameo="195", day=DAY)
    made.event("died", cameo="180", actor=None, place=None, recipient=None, day=DAY, stated=False, figures=(killed(6),))
    return made


def test_a_toll_in_the_next_sentence_joins_the_attack(known):
    event = first(linked(known, toll("a.example")))
    assert len(event.coded) == 2
    assert event.title == "RUS attacked UKR in Kharkiv on 5 March 2024 (6 killed)."


def test_the_toll_of_another_act_stays_apart(known):
    one = Page("Russian jets struck Kharkiv.\nIn Odesa a bus fell into a ravine and six died.", outlet="a.example")
    one.event("struck", cameo="195")
    one.event("died", cameo="180", actor=None, place="Odesa", recipient=None, figures=(killed(6),))
    assert len(linked(known, one).events) == 2


def test_tolls_of_copies_and_others_meet(known):
    pages = [toll("a.example"), toll("b.example", "https://b.example/1"), toll("c.example", "https://c.example/1")]
    own = page(OWN, "d.example", "strike", figures=(killed(9),))
    event = first(linked(known, *pages, own))
    assert len(event.voices) == 2
    assert [(r.field, r.relation) for r in event.relations] == [("figures", Relation.CONTESTED)]


def test_a_country_and_a_common_word_join_nothing(known):
    a = page("Envoys quarrelled. Moscow again bombed cities.", "a.example", "bombed", place=None, stated=False)
    b = page("A tram stop reopened. Planes bombed bridges.", "b.example", "bombed", place=None, stated=False)
    assert len(linked(known, a, b).events) == 2


def test_assumed_days_are_not_contested(known):
    a = page(LEAD, "a.example", "Explosions", stated=False)
    b = page(OWN, "b.example", "strike", day=later(1), on=later(1), stated=False)
    assert [r.field for r in first(linked(known, a, b)).relations] == []


def test_both_sides_of_a_meeting_are_not_contested(known):
    text = "The ministers of France and Ghana met in Kharkiv on Tuesday to sign a fishing accord."
    a = page(text, "a.example", "met", type="CONSULT", actor="FRA", recipient=None)
    b = page("Ministers met in Kharkiv on Tuesday over a fishing accord.", "b.example", "met", type="CONSULT",
             actor="GHA", recipient=None)  # fmt: skip
    event = first(linked(known, a, b, must=[(a.events[0].id, b.events[0].id)]))
    assert event.relations == ()


def test_a_denied_claim_and_hearsay_are_no_positions(known):
    one = Page("Ghana rejected the accusation.\nParis says Rome condemned Kyiv.\nTogo recalled its envoy.")
    one.event("rejected", "REJECT", actor="GHA", recipient=None, place=None)
    one.event("condemned", "ACCUSE", cameo="111", actor="ITA", recipient="UKR", place=None, speaker=country("FRA"))
    one.event("recalled", "SANCTION", cameo="161", actor="TGO", recipient="UKR", place=None)
    assert [p.actor.country for p in linked(known, one).positions] == ["TGO"]


def held(known, page):
    return {(p.actor.name, p.stance.value, p.act) for p in linked(known, page).positions}


def test_a_position_is_held_by_a_state_or_a_body_of_states(known):
    one = (
        "Ghana condemned the raid.\nOfficials condemned the raid.\nThe front condemned the raid.\n"
        "The charity condemned the raid.\n"
        "Exiled minister Kofi condemned the raid.\nThe African Union condemned the raid."
    )
    who = [
        country("GHA"),
        Ref(id="", name="officials", kind=RefKind.ROLE, country="GHA", sectors=("GOV",)),
        Ref(id="group:front", name="front", kind=RefKind.ARMED_GROUP, country="GHA", sectors=("REB",)),
        Ref(id="org:charity", name="charity", kind=RefKind.ORGANISATION, country="NGO"),
        Ref(id="", name="Kofi", kind=RefKind.PERSON, country="GHA", sectors=("GOV",), role="exiled minister"),
        Ref(id="org:AU", name="African Union", kind=RefKind.ORGANISATION, country="IGO"),
    ]
    for n, (ref, sentence) in enumerate(zip(who, one.split("\n"), strict=True)):
        made = Page(sentence, uri=f"https://a.example/{n}")
        made.event("condemned", "ACCUSE", cameo="111", actor=ref, recipient=None, place=None)
        assert bool(held(known, made)) is (ref.name in ("GHA", "African Union")), ref.name


@pytest.mark.parametrize(
    ("text", "trigger", "type", "cameo", "act"),
    [
        ("Ghana rejected a truce.", "rejected", "REJECT", "120", "refuses"),
        ("Ghana rejected a parking scheme.", "rejected", "REJECT", "120", None),
        ("Ghana refused to comment on the truce.", "refused", "REJECT", "120", None),
        ("Ghana will not be meeting them again.", "meeting", "REJECT", "120", None),
        ("Ghana welcomed it.", "welcomed", "SUPPORT", "051", "supports"),
        ("A truce was endorsed by Ghana.", "endorsed", "SUPPORT", "051", None),
        ("Ghana vetoed the resolution.", "vetoed", "REJECT", "129", "vetoes"),
        ("A veto by Ghana's president was lifted.", "veto", "REJECT", "129", None),
        ("Ghana suffered a backlash over the war.", "backlash", "ACCUSE", "111", None),
    ],
)
def test_a_position_needs_an_act_and_a_matter(known, text, trigger, type, cameo, act):
    one = Page(text)
    one.event(trigger, type, cameo=cameo, actor="GHA", recipient=None, place=None)
    assert [p.act for p in linked(known, one).positions] == ([act] if act else [])


def test_persons_are_greeted_and_states_are_supported(known):
    for recipient, expected in ((country("IND"), ["supports"]), (minister("IND"), [])):
        one = Page("Poland welcomes the guest.")
        one.event("welcomes", "SUPPORT", cameo="051", actor="POL", recipient=recipient, place=None)
        assert [p.act for p in linked(known, one).positions] == expected


def minister(code):
    return Ref(id="", name="Minister", kind=RefKind.PERSON, country=code, sectors=("GOV",))


def test_what_only_the_second_signal_types_shows_no_stance_but_in_words_of_the_table(known):
    for trigger, expected in (("hugged", []), ("sanctioned", ["sanctions"])):
        one = Page(f"Ghana {trigger} Togo.")
        made = one.event(trigger, "SANCTION", cameo="160", actor="GHA", recipient="TGO", place=None)
        one.events[:] = [replace(made, type=replace(made.type, by="events/1 any:7"))]
        assert [p.act for p in linked(known, one).positions] == expected


def test_tolls_of_two_towns_or_on_top_of_others_are_no_contradiction(known):
    a = page(LEAD, "a.example", "Explosions", figures=(killed(3),))
    for change in ({"place": "Odesa"}, {"figures": (killed(40),)}):
        b = page(OWN, "b.example", "strike", **{"figures": (killed(4),), **change})
        record = linked(known, a, b, must=[(a.events[0].id, b.events[0].id)])
        figures = [r.relation for r in first(record).relations if r.field == "figures"]
        assert figures == [Relation.INCOMPARABLE], change


def test_one_heading_over_reports_of_two_days_is_not_one_event(known):
    heading = "Northern border strikes on the river harbours"
    a = Page(f"{heading}\nA barge sank.", outlet="a.example", uri="https://a.example/1")
    b = Page(f"{heading}\nA crane fell over.", outlet="a.example", uri="https://a.example/2", day=later(1))
    for made in (a, b):
        made.event("strikes", stated=False, place="Ukraine")
    assert len(linked(known, a, b).events) == 2


def test_two_reports_of_a_toll_alone_need_more_in_common_than_a_town(known):
    def told(text, n, low):
        made = Page(text, outlet=f"{n}.example")
        made.event("people were killed", cameo="180", actor=None, recipient=None, figures=(killed(low),))
        return made

    a = told("Three people were killed by a falling crane, the port office said.", "a", 3)
    b = told("Eight people were killed where a bakery burned, neighbours told us.", "b", 8)
    assert len(linked(known, a, b).events) == 2
    merge = judge(*gists_of(known, a, b))
    assert merge.features["a cost alone"] == -1.5
    assert "a cost alone" not in judge(*gists_of(known, a, told("Three people were killed at dawn.", "c", 3))).features


def gists_of(known, *pages):
    """The gists of the first events of some pages."""
    for page in pages:
        where = origins([page.report], page.document, known)
        yield next(gists(page.events, page.document, {page.report.id: page.report}, where, known, Pool()))


# -- laws -------------------------------------------------------------------------------------------------

SENTENCES = (
    "Shells hit the rail yard at dawn and burned four wagons of wheat beside the old signal tower",
    "A drone struck the power station and cut the light in nine villages along the river until noon",
    "Soldiers shelled the crossing while lorries with flour waited in a queue of three kilometres",
    "Missiles struck a dry dock and two tugs, and the harbour master counted the missing by name",
)


@st.composite
def newsrooms(draw):
    pages = []
    for n in range(draw(st.integers(2, 6))):
        sentence = draw(st.sampled_from(SENTENCES))
        lead = draw(
            st.sampled_from(("", f"Report number {n} from our own desk in the north of the country tonight.\n"))
        )
        made = Page(f"{lead}{sentence}.", outlet=f"outlet{draw(st.integers(0, 3))}.example", uri=f"https://x.example/{n}",
                    day=later(draw(st.integers(0, 2))), credit=draw(st.sampled_from(((), (), ("AFP",)))))  # fmt: skip
        made.event(
            sentence.split()[1], actor=draw(st.sampled_from(("RUS", "UKR", None))), recipient="UKR",
            place=draw(st.sampled_from(("Kharkiv", "Odesa", "Ukraine", None))), day=later(draw(st.integers(-1, 1))),
            speaker=draw(st.sampled_from((None, None, "the governor"))), stated=draw(st.booleans()),
            modality=draw(st.sampled_from(("asserted", "asserted", "claimed", "denied", "planned"))),
            figures=draw(st.sampled_from(((), (killed(2),), (killed(3, "open"),)))),
        )  # fmt: skip
        pages.append(made)
    return pages


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages=newsrooms(), data=st.data())
def test_the_order_of_documents_changes_nothing(known, pages, data):
    shuffled = data.draw(st.permutations(pages))
    assert to_json(linked(known, *pages)) == to_json(linked(known, *shuffled))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages=newsrooms(), data=st.data())
def test_adding_a_copy_never_raises_voices(known, pages, data):
    source = data.draw(st.sampled_from(pages))
    e = source.events[0]
    copy = Page(source.document.text, outlet="copyist.example", uri="https://copyist.example/1", day=later(4))
    copy.event(
        e.trigger.quote, actor=e.actors[0].value if e.actors else None, recipient="UKR",
        place=e.place.value.name if e.place else None, day=later(3), modality=e.modality.value.value,
        speaker=e.attribution[0].speaker.value if e.attribution else None,
    )  # fmt: skip
    before, after = linked(known, *pages), linked(known, *pages, copy)
    count = lambda record: sum(len(x.voices) for x in record.events)  # noqa: E731
    assert count(after) <= count(before)
    assert len(after.events) == len(before.events)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages=newsrooms())
def test_every_coded_event_is_in_exactly_one_event_and_voice(known, pages):
    record = linked(known, *pages)
    assert sorted(c for e in record.events for c in e.coded) == sorted(e.id for p in pages for e in p.events)
    for event in record.events:
        assert sorted(c for v in event.voices for c in v.coded) == sorted(event.coded)
        assert event.title.endswith(".")


def test_nothing_makes_an_empty_record(known):
    record = link([], [], [], known)
    assert (record.events, record.lineage, record.merges, record.positions) == ((), (), (), ())


def test_times_come_named_before_assumed(known):
    a = page(LEAD, "a.example", "Explosions")
    b = page("A strike on Kharkiv killed two.", "b.example", "strike", day=later(1), on=later(1), stated=False)
    event = first(linked(known, a, b))
    assert [r.value for r in event.time] == [when(date(2024, 3, 5))]


def test_one_report_that_gives_two_attacks_a_toll_each_tells_two(known):
    text = (
        "Shells hit Kharkiv on Tuesday and three people were killed there, officials said.\n"
        "In a separate incident on Tuesday a shelling of a depot in Kharkiv left six dead."
    )
    made = Page(text, outlet="herald.example")
    made.event("killed", figures=(killed(3),))
    made.event("shelling", figures=(killed(6),))
    assert len(linked(known, made).events) == 2
