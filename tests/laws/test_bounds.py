"""What is worked out for many pairs at once never lets go of what is worked out for one."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coranto.linkage.blocking import pairs
from coranto.linkage.clustering import NEAR_MISS, Judged
from coranto.linkage.link import _nodes, _read
from coranto.linkage.matching import judge, logit
from coranto.linkage.places import Atlas, apart
from coranto.linkage.screening import Columns
from coranto.linkage.voices import Roots
from coranto.records import Place, Precision

PLACES = st.builds(
    Place,
    id=st.sampled_from(["", "geonames:1", "geonames:2", "geonames:3"]),
    name=st.sampled_from(["Bara", "bara", "Kobe"]),
    precision=st.sampled_from(list(Precision)),
    country=st.sampled_from(["", "SDN", "TCD"]),
    admin1=st.sampled_from(["", "SDN:1", "SDN:2"]),
    latitude=st.sampled_from([None, 13.7, 13.8, 15.0]),
    longitude=st.sampled_from([None, 30.3, 30.4]),
)


def nodes(bundled, knowledge):
    pages = [(a.document, a.reports, a.events) for a in bundled.analyses]
    held, sources, lines, _ = _read(pages, knowledge)
    return sorted(_nodes(held.values(), Roots(lines, sources))[0])


def test_no_pair_scores_more_than_its_bound(bundled, knowledge):
    ordered = nodes(bundled, knowledge)
    left, right = (np.array(side) for side in zip(*combinations(range(len(ordered)), 2), strict=True))
    scores = np.array([judge(ordered[a], ordered[b]).score for a, b in zip(left, right, strict=True)])
    bounds = 1 / (1 + np.exp(-Columns(ordered).bound(left, right)))
    assert len(scores) > 10_000
    assert np.all(bounds + 0.00005 >= scores), "scores are rounded to four places"
    assert np.mean(bounds >= NEAR_MISS) < 0.2, "a bound that lets everything pass is of no use"


def test_no_near_miss_of_a_small_record_is_let_go(bundled, knowledge):
    ordered = nodes(bundled, knowledge)
    candidates, _ = pairs(ordered, least=logit(NEAR_MISS))
    loose, _ = pairs(ordered, least=-100.0)
    kept, all_ = (
        {(made.left[n], made.right[n]) for n in range(len(made.left))} for made in map(Judged, (candidates, loose))
    )
    assert kept == all_
    assert len(candidates.left) < len(loose.left) / 2


@settings(max_examples=50, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=12))
def test_an_atlas_tells_places_apart_as_one_by_one(places):
    p, q = (np.array(side) for side in zip(*combinations(range(len(places)), 2), strict=True))
    told = [apart(places[a], places[b]) for a, b in zip(p, q, strict=True)]
    assert Atlas(places).apart(p, q).tolist() == told
