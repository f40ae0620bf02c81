"""Members of organisations over time."""

from datetime import date

from coranto.knowledge import Knowledge
from coranto.knowledge.memberships import load


def test_members_come_and_leave(knowledge: Knowledge) -> None:
    table = load()
    nato = table.members("org:nato", date(2023, 12, 31))
    assert "FIN" in nato
    assert "SWE" not in nato
    assert "SWE" in table.members("org:nato", date(2024, 3, 7))
    assert "GBR" in table.members("org:european-union", date(2020, 1, 31))
    assert "GBR" not in table.members("org:european-union", date(2020, 2, 1))
    assert len(table.members("org:united-nations-security-council", date(2024, 6, 1))) == 15
    assert table.members("org:no-such", date(2024, 1, 1)) == ()


def test_every_organisation_and_country_of_the_table_is_known(knowledge: Knowledge) -> None:
    table = load()
    for name, stays in table._stays.items():
        assert name in knowledge.actors.entries
        assert all(f"country:{s.country}" in knowledge.actors.entries for s in stays)
        assert all(s.source and s.observed >= (s.low or s.observed) for s in stays)
