from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import killed

from coranto.linkage.figures import compare, relations
from coranto.records import Figure, FigureKind, Reading, Relation

CASES = [
    (killed(12), killed(12), Relation.SAME),
    (killed(12), killed(15), Relation.CONTESTED),
    (killed(12, "open"), killed(15), Relation.BOUND),
    (killed(12, "open"), killed(9), Relation.CONTESTED),
    (killed(10, 20), killed(15), Relation.BOUND),
    (killed(12), killed(3, of_whom="children"), Relation.SUBSET),
    (killed(12), killed(14, of_whom="children"), Relation.CONTESTED),
    (killed(14, of_whom="rebels"), killed(14, of_whom="of them"), Relation.SAME),
    (killed(14, of_whom="people"), killed(14), Relation.SAME),
    (killed(3, of_whom="children"), killed(4, of_whom="soldiers"), Relation.INCOMPARABLE),
    (killed(7, of_whom="port workers"), killed(7, of_whom="workers"), Relation.SAME),
    (killed(3, whose="RUS"), killed(4, whose="UKR"), Relation.INCOMPARABLE),
    (killed(30, exact=False), killed(31), Relation.BOUND),
    (killed(3), Figure(what=FigureKind.CASUALTIES, low=Decimal(9), high=Decimal(9)), Relation.SUBSET),
    (killed(3), Figure(what=FigureKind.DRONES, low=Decimal(3), high=Decimal(3)), Relation.INCOMPARABLE),
]


@pytest.mark.parametrize(("a", "b", "relation"), CASES)
def test_two_figures(a, b, relation):
    assert compare(a, b)[0] is relation
    assert compare(b, a) == compare(a, b)


def test_units():
    a, b = (Figure(what=FigureKind.AREA, low=Decimal(3), high=Decimal(3), unit=u) for u in ("km2", "ha"))
    assert compare(a, b) == (Relation.UNIT, "given in ha and km2")


def reading(figure, *coded):
    return Reading(value=figure, coded=coded, voices=coded)


def test_sums():
    told = [
        reading(killed(9), "a"),
        reading(killed(4, of_whom="children"), "b"),
        reading(killed(5, of_whom="women"), "c"),
    ]
    found = {(r.a, r.b, r.relation) for r in relations(told, {})}
    assert {(0, 1, Relation.SUM), (0, 2, Relation.SUM)} <= found


numbers = st.one_of(st.none(), st.integers(0, 50).map(Decimal))
figures = st.builds(
    lambda what, bounds, whom, unit, exact: Figure(
        what=what, low=bounds[0], high=bounds[1], of_whom=whom, unit=unit, exact=exact
    ),
    st.sampled_from((FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.CASUALTIES)),
    st.tuples(numbers, numbers).map(lambda p: p if None in p else tuple(sorted(p))),
    st.sampled_from(("", "people", "children", "soldiers")),
    st.sampled_from(("", "people")),
    st.booleans(),
)


@given(figures, figures)
def test_the_relation_of_two_figures_is_symmetric(a, b):
    assert compare(a, b) == compare(b, a)
    assert compare(a, a)[0] is Relation.SAME


def test_a_sum_told_in_one_breath():
    told = [Reading(value=killed(n), coded=(coded,), voices=("v",)) for n, coded in ((9, "a"), (4, "a"), (13, "a"))]
    found = [(r.relation, r.a, r.b) for r in relations(told, {})]
    assert (Relation.SUM, 2, 0) in found
    assert (Relation.SUM, 2, 1) in found
    apart = [Reading(value=killed(n), coded=(coded,), voices=("v",)) for n, coded in ((9, "a"), (4, "b"), (13, "c"))]
    assert Relation.SUM not in {r.relation for r in relations(apart, {})}
