"""Pronouns, descriptions and claims, on texts of two or three sentences."""

import pytest
from msgspec.structs import replace

from coranto import knowledge as knowledge_
from coranto.mentions import actors as actor_mentions
from coranto.records import Analysis, Basis, Block, BlockKind, Document, Ref, Referent, Report, Span, Via
from coranto.referents import actors, claims
from coranto.sentences import parse


def build(text: str) -> Analysis:
    known = KNOWN
    span = Span(0, len(text))
    document = Document(
        id="d", uri="u", digest="0" * 32, outlet="o", text=text, blocks=(Block(kind=BlockKind.BODY, span=span),)
    )
    made = Analysis(document=document, reports=(Report(id="r", document="d", span=span),))
    made = replace(made, sentences=parse.make(known)([made])[0])
    return replace(made, mentions=actor_mentions.make(known)(made))


KNOWN = knowledge_.load()


def answers(text: str) -> list[tuple[str, Referent]]:
    made = build(text)
    found = {r.mention: r for r in actors.make(KNOWN)(made, ())}
    return [(m.words.quote, found[m.id]) for m in made.mentions if m.id in found]


def last(text: str, quote: str) -> Ref:
    value = [r for q, r in answers(text) if q == quote][-1].value.value
    assert isinstance(value, Ref)
    return value


@pytest.mark.parametrize(
    ("text", "quote", "name", "country"),
    [
        ("Poland's President Andrzej Duda met Latvian lawmakers. He praised them.", "He", "Andrzej Duda", "POL"),
        ("Poland's President Andrzej Duda met Latvian lawmakers. He praised them.", "them", "Latvian lawmakers", "LVA"),
        ("Maia Sandu thanked Emmanuel Macron. She left on Friday.", "She", "Maia Sandu", "MDA"),
        ("Hezbollah and the Lebanese army clashed. The group retreated.", "The group", "Hezbollah", "LBN"),
        ("Hamas leader Khalil al-Hayya flew to Doha. The group denied it.", "The group", "Hamas", "PSE"),
        ("Norway joined in May. The country sent ships.", "The country", "Norway", "NOR"),
        ("Greek Defence Minister Nikos Dendias spoke. The defence minister left.", "The defence minister",
         "Nikos Dendias", "GRC"),
    ],
)  # fmt: skip
def test_antecedents(text: str, quote: str, name: str, country: str) -> None:
    ref = last(text, quote)
    assert (ref.name, ref.country) == (name, country)


def test_two_countries_are_two_referents() -> None:
    found = [r.value.value for q, r in answers("Peru and Chile signed. The two countries will meet.") if "two" in q]
    assert [r.country for r in found if isinstance(r, Ref)] == ["PER", "CHL"]


def test_coreference_is_carried_with_its_antecedent() -> None:
    text = "Latvian President Edgars Rinkevics spoke. He left."
    (_, first), (_, second) = answers(text)
    assert second.value.basis is Basis.CARRIED
    assert second.value.via is Via.COREFERENCE
    assert len(second.value.evidence) == 2
    assert second.chain == first.chain


def test_a_pronoun_without_antecedent_has_no_referent() -> None:
    assert answers("He left.") == []


def test_a_bare_description_without_antecedent_has_no_country() -> None:
    assert last("The minister resigned on Monday.", "The minister").country == ""


@pytest.mark.parametrize(
    ("text", "name", "role", "country"),
    [
        ("Ivo Petkov, the defence minister of Bulgaria, resigned.", "Ivo Petkov", "defence minister", "BGR"),
        ("Norwegian envoy Kari Dahl left.", "Kari Dahl", "envoy", "NOR"),
        ("Kari Dahl is the mayor of Oslo.", "Kari Dahl", "mayor", "NOR"),
        ("Germany's foreign minister, Johann Wadephul, spoke.", "Johann Wadephul", "foreign minister", "DEU"),
    ],
)
def test_claims_say_who_is_what(text: str, name: str, role: str, country: str) -> None:
    made = build(text)
    (found,) = claims.make(KNOWN)([made])
    assert [(c.name, c.ref.value.role, c.ref.value.country) for c in found] == [(name, role, country)]
    assert all(c.ref.basis is Basis.STATED and c.ref.evidence for c in found)


def test_claims_and_referents_do_not_depend_on_the_batch() -> None:
    one, two = build("Norwegian envoy Kari Dahl left."), build("Kari Dahl is the mayor of Oslo.")
    stage = claims.make(KNOWN)
    assert stage([one, two]) == stage([one]) + stage([two])


def test_a_surname_alone_joins_the_chain_of_the_full_name() -> None:
    (_, full), (_, short) = answers("Stephen Varga sued Ukraine. Varga lost.")[::2]
    assert short.chain == full.chain
    value = short.value.value
    assert isinstance(value, Ref)
    assert (value.name, value.country) == ("Stephen Varga", "")


@pytest.mark.parametrize(
    ("text", "quote", "country", "sector"),
    [
        # a body said by its sort, with or without its country
        ("Ryanair cut twelve routes. The carrier blamed new taxes.", "The carrier", "IRL", "BUS"),
        ("Kyrgyz Airways cut two routes. The carrier blamed the wind.", "The carrier", "KGZ", "BUS"),
        ("Hezbollah fired at Metula and the Jordanian army watched. The Lebanese group lost a post.",
         "The Lebanese group", "LBN", "REB"),
        # no party but one is "the party"
        ("The Labour Party wrote to the BBC. The party wants an answer.", "The party", "GBR", "PTY"),
        # whose country is told only later, or only assumed
        ("A court in Tirana jailed baker Arben Gjoka. Gjoka wept, and his brother shouted.", "Gjoka", "ALB", "BUS"),
        ("A court in Tirana jailed baker Arben Gjoka. Gjoka and his brother wept.", "his brother", "ALB", "CVL"),
        # who is bound
        ("Peru's mayor Ana Rojas met Chile's envoy Luis Soto. Rojas promised to help him.", "him", "CHL", "GOV"),
        ("Hezbollah shot at a post. Israel hit back and killed six of its fighters.", "its fighters", "LBN", "REB"),
        ("Swedish police held two Danish bakers. They are accused of theft.", "They", "DNK", "BUS"),
        # men are what their leader is, and officers are of the police named before
        ("Colombia's rebel leader Jorge Pardo fled. His men burned the camp.", "His men", "COL", "REB"),
        ("Croatian police searched a yacht. The officers found cash.", "The officers", "HRV", "COP"),
        # a people that fights or deals is its state
        ("The Russians shelled a mill near Orikhiv.", "The Russians", "RUS", "GOV"),
        ("Russians fled the town of Sudzha.", "Russians", "RUS", "CVL"),
        ("CNN's Petra Lindh asked twice.", "CNN's Petra Lindh", "USA", "JRN"),
    ],
)  # fmt: skip
def test_whose_they_are(text: str, quote: str, country: str, sector: str) -> None:
    ref = last(text, quote)
    assert ref.country == country
    assert sector in ref.sectors


def test_the_allies_of_a_state_are_not_of_it() -> None:
    assert last("Turkey spoke first. Its allies kept silent.", "Its allies").country == ""


def test_a_stranger_is_of_the_country_that_a_report_is_all_about() -> None:
    text = (
        "Kenya's president spoke. Kenyan police came, and Kenyan lawmakers left. The Kenyan army waited."
        " Peter Otieno, 43, said nothing."
    )
    [value] = [r.value for q, r in answers(text) if q == "Peter Otieno"]
    assert isinstance(value.value, Ref)
    assert (value.value.country, value.value.sectors, value.basis) == ("KEN", ("CVL",), Basis.ASSUMED)


def test_a_tail_with_a_name_of_its_own_names_nobody_before_it() -> None:
    assert last("The mayor speaking for President Emmanuel Macron left.", "The mayor").name == "mayor"
