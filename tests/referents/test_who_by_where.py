"""Actors by the places of the report, by what they lead, by another word, and as members of a body."""

import pytest

from coranto.evaluation.actors import answers
from coranto.knowledge import Knowledge

CASES = [  # text, actor, day, country, one of the sectors, start of the id
    ("Rui Salgado, a fisherman from Setubal, lost his boat.", "Rui Salgado", "2024-03-01", "PRT", "AGR", ""),
    ("Jana Prokop, who heads Slovakia's energy ministry, resigned.", "Jana Prokop", "2024-03-01", "SVK", "GOV", ""),
    ("Houthi-run courts jailed a teacher.", "Houthi-run courts", "2024-03-01", "YEM", "JUD", ""),
    ("A train hit a bus in Toronto. The city's police closed the road.", "The city's police", "2024-03-01", "CAN",
     "COP", ""),
    ("Chile's miners walked out on Friday. The strikers want pay.", "The strikers", "2024-03-01", "CHL", "LAB", ""),
    ("Latvia and Lithuania shut the line. The neighbours fear sabotage.", "The neighbours", "2024-03-01", "LVA", "GOV",
     ""),
    ("Omar Hamas, a baker in Lyon, sued the mayor.", "Omar Hamas", "2024-03-01", "FRA", "BUS", ""),
    ("Carla Dunn, R-Ohio, voted no.", "Carla Dunn", "2024-03-01", "USA", "LEG", ""),
    ("EU countries agreed on a ban.", "EU countries", "2024-03-01", "IGO", "GOV", "members:european-union"),
    ("NATO said all 32 members would pay.", "all 32 members", "2024-06-01", "IGO", "GOV", "members:nato"),
    ("The Taliban closed the schools.", "The Taliban", "1998-05-01", "AFG", "GOV", "group:taliban"),
    ("The Taliban closed the road.", "The Taliban", "2005-05-01", "AFG", "REB", "group:taliban"),
    ("Buryat officials met the guests.", "Buryat officials", "2024-03-01", "RUS", "GOV", ""),
    ("The Sunday Tribune-Review said so, and The Irrawaddy agreed.", "The Irrawaddy", "2024-03-01", "MMR", "JRN", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c[1])
def test_country_sector_and_id(knowledge: Knowledge, case: tuple[str, str, str, str, str, str]) -> None:
    text, actor, day, country, sector, id_ = case
    start = text.index(actor)
    item = {"text": text, "start": start, "end": start + len(actor), "actor": actor, "date": day}
    [(ref, _)] = answers([item], knowledge)
    assert ref.country == country
    assert sector in ref.sectors
    assert ref.id.startswith(id_)


def test_as_many_members_as_are_said(knowledge: Knowledge) -> None:
    text = "NATO said all 31 members would pay."
    item = {"text": text, "start": 10, "end": 24, "actor": "all 31 members", "date": "2024-06-01"}
    [(ref, _)] = answers([item], knowledge)
    assert ref.id == ""  # there were 32 by then
