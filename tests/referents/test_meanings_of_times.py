"""Meanings of mentions of times, read against the report's day, earlier mentions and the tense of the clause."""

from datetime import date

import pytest
from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.mentions import times as mentions
from coranto.records import (
    Analysis,
    Basis,
    Block,
    BlockKind,
    Document,
    Field,
    Period,
    Report,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
    Words,
)
from coranto.referents import times
from coranto.sentences import parse

DAY = date(2024, 3, 6)  # a Wednesday


def _published(day: date, *, field: bool = True) -> Sourced[TimeExpression]:
    value = TimeExpression(timex=Timex(type="DATE", value=day.isoformat()), period=Period(low=day, high=day, best=day))
    evidence = (Field(document="d", path="meta.published", raw=day.isoformat()),) if field else ()
    return Sourced(value=value, basis=Basis.CARRIED if field else Basis.ASSUMED, via=Via.METADATA, evidence=evidence)


def _read(knowledge: Knowledge, text: str, published: Sourced[TimeExpression] | None) -> list[tuple[str, Sourced]]:
    span = Span(0, len(text))
    document = Document(
        id="d", uri="u", digest="0" * 32, outlet="o", text=text, blocks=(Block(kind=BlockKind.BODY, span=span),)
    )
    analysis = Analysis(document=document, reports=(Report(id="r", document="d", span=span, published=published),))
    analysis = replace(analysis, sentences=parse.make(knowledge)([analysis])[0])
    analysis = replace(analysis, mentions=mentions.make(knowledge)(analysis))
    named = {m.id: m.words.quote for m in analysis.mentions}
    found = times.make(knowledge)(analysis)
    assert [r.mention for r in found] == list(named)
    return [(named[r.mention], r.value) for r in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Troops shelled the port on Friday.", "2024-03-01"),
        ("Ministers will meet in Geneva on Friday.", "2024-03-08"),
        ("They agreed to hold talks on Friday.", "2024-03-08"),
        ("The summit is scheduled for Friday.", "2024-03-08"),
        ("He is visiting Kyiv on Friday.", "2024-03-08"),
        ("Ahead of a summit on Friday, envoys arrived.", "2024-03-08"),
        ("He said on Friday that the ships would sail.", "2024-03-01"),
        ("The upcoming vote on Friday divides them.", "2024-03-08"),
        ("The strike, which was launched on Friday, killed two.", "2024-03-01"),
        ("The envoys may return on Friday.", "2024-03-08"),
        ("The talks begin on Friday.", "2024-03-08"),
    ],
)
def test_tense_of_the_clause_chooses_the_weekday(knowledge: Knowledge, text: str, value: str) -> None:
    ((_, sourced),) = _read(knowledge, text, _published(DAY))
    assert sourced.value.timex.value == value


def test_evidence_names_the_words_and_the_day_of_publication(knowledge: Knowledge) -> None:
    ((quote, sourced),) = _read(knowledge, "Troops shelled the port on Friday.", _published(DAY))
    assert (sourced.basis, sourced.via) == (Basis.STATED, Via.GRAMMAR)
    words, field = sourced.evidence
    assert isinstance(words, Words) and words.quote == quote == "Friday"
    assert isinstance(field, Field)


def test_an_assumed_day_of_publication_adds_no_evidence(knowledge: Knowledge) -> None:
    ((_, sourced),) = _read(knowledge, "Troops shelled the port on Friday.", _published(DAY, field=False))
    assert len(sourced.evidence) == 1


def test_an_earlier_mention_is_evidence(knowledge: Knowledge) -> None:
    text = "He was shot on 4 May 2019. The next day, he died."
    _, (quote, sourced) = _read(knowledge, text, _published(DAY))
    assert sourced.value.timex.value == "2019-05-05"
    assert [e.quote for e in sourced.evidence if isinstance(e, Words)] == [quote, "4 May 2019"]


def test_without_a_day_there_is_no_period(knowledge: Knowledge) -> None:
    ((_, sourced),) = _read(knowledge, "Troops shelled the port on Friday.", None)
    assert sourced.value.period is None
    assert sourced.value.timex.value == "XXXX-WXX-5"


def test_overnight_covers_two_days(knowledge: Knowledge) -> None:
    ((_, sourced),) = _read(knowledge, "Drones struck the port overnight.", _published(DAY))
    assert sourced.value.period == Period(low=date(2024, 3, 5), high=DAY, best=DAY)


def test_each_report_has_its_own_day(knowledge: Knowledge) -> None:
    text = "Troops left on Monday.\n\nTroops left on Monday."
    half = text.index("\n\n") + 2
    spans = (Span(0, half - 2), Span(half, len(text)))
    document = Document(
        id="d", uri="u", digest="0" * 32, outlet="o", text=text,
        blocks=tuple(Block(kind=BlockKind.BODY, span=s) for s in spans),
    )  # fmt: skip
    days = (DAY, date(2023, 1, 10))
    reports = tuple(
        Report(id=f"r{n}", document="d", span=s, published=_published(day))
        for n, (s, day) in enumerate(zip(spans, days))
    )
    analysis = Analysis(document=document, reports=reports)
    analysis = replace(analysis, sentences=parse.make(knowledge)([analysis])[0])
    analysis = replace(analysis, mentions=mentions.make(knowledge)(analysis))
    values = [r.value.value.timex.value for r in times.make(knowledge)(analysis)]
    assert values == ["2024-03-04", "2023-01-09"]
