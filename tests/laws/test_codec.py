"""Records come back from JSON and MessagePack as they were."""

from datetime import UTC, date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_tools import LAYERS

from coranto.linkage.link import Linked
from coranto.records import (
    Analysis,
    Basis,
    Figure,
    FigureKind,
    Period,
    Place,
    Precision,
    Ref,
    RefKind,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
    Words,
    to_json,
)
from coranto.store.rows import pack, unpack


def returns(record, kind):
    assert msgspec.msgpack.decode(pack(record), type=kind) == record
    assert unpack(pack(record), kind) == record
    assert msgspec.json.decode(to_json(record), type=kind) == record
    assert to_json(msgspec.json.decode(to_json(record), type=kind)) == to_json(record)
    assert pack(unpack(pack(record), kind)) == pack(record)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_comes_back(bundled, layer):
    kinds = {f.name: f.type for f in msgspec.structs.fields(Analysis)}
    for a in bundled.analyses:
        returns(getattr(a, layer), kinds[layer])


def test_analyses_and_the_record_come_back(bundled):
    for a in bundled.analyses[::6]:
        returns(a, Analysis)
    returns(bundled.record, Linked)


TEXT = st.text(max_size=20)
NUMBER = st.none() | st.decimals(min_value=0, max_value=10**15, allow_nan=False, allow_infinity=False, places=2)
DAYS = st.lists(st.dates(min_value=date(1, 1, 1)), min_size=3, max_size=3).map(sorted)
PERIODS = DAYS.map(lambda d: Period(low=d[0], best=d[1], high=d[2]))
FIGURES = st.builds(
    Figure, what=st.sampled_from(FigureKind), low=NUMBER, high=NUMBER, unit=TEXT, of_whom=TEXT, whose=TEXT,
    as_of=st.none() | st.dates(), exact=st.booleans(),
)  # fmt: skip
TIMES = st.builds(
    TimeExpression, timex=st.builds(Timex, type=st.sampled_from(["DATE", "TIME", "DURATION", "SET"]), value=TEXT),
    period=st.none() | PERIODS, instant=st.none() | st.datetimes(timezones=st.just(UTC)),
)  # fmt: skip
DEGREES = st.none() | st.floats(-180, 180)
PLACES = st.builds(Place, id=TEXT, name=TEXT, precision=st.sampled_from(Precision), latitude=DEGREES, longitude=DEGREES)
REFS = st.builds(Ref, id=TEXT, name=TEXT, kind=st.sampled_from(RefKind), sectors=st.tuples(TEXT, TEXT), role=TEXT)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(value=st.one_of(FIGURES, PLACES, REFS, TIMES), score=st.floats(0, 1), start=st.integers(0, 10**7), quote=TEXT)
def test_values_come_back_with_what_they_rest_on(value, score, start, quote):
    words = Words(document="d", span=Span(start, start + 1), quote=quote)
    sourced = Sourced(value=value, basis=Basis.STATED, via=Via.RULE, evidence=(words,), score=score, by="law/1")
    returns(sourced, Sourced[Figure | Place | Ref | TimeExpression])
