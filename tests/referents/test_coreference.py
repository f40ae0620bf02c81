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
