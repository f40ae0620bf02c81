"""The contract of an executor, over every implementation."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coranto.engine import local, processes
from coranto.records import DataError, UsageError

EXECUTORS = {
    "local": local.map_,
    "one process": partial(processes.map_, workers=1),
    "two processes": partial(processes.map_, workers=2),
}


def double(batch):
    return [2 * n for n in batch]


def fails(batch):
    raise ValueError("no such thing")


def dies(batch):
    import os

    os._exit(9)


@pytest.mark.parametrize("name", EXECUTORS)
def test_results_come_in_the_order_of_the_input(name):
    batches = [list(range(n, n + 3)) for n in range(0, 30, 3)] + [[], [99]]
    assert list(EXECUTORS[name](double, iter(batches))) == [2 * n for n in (*range(30), 99)]


@pytest.mark.parametrize("name", EXECUTORS)
def test_errors_come_through(name):
    with pytest.raises(ValueError, match="no such thing"):
        list(EXECUTORS[name](fails, [[1]]))


@pytest.mark.parametrize("name", EXECUTORS)
def test_nothing_gives_nothing(name):
    assert list(EXECUTORS[name](double, [])) == []


def test_no_more_than_a_few_batches_are_drawn_ahead():
    drawn = []

    def source():
        for n in range(50):
            drawn.append(n)
            yield [n]

    stream = processes.map_(double, source(), workers=2)
    assert next(stream) == 0
    assert len(drawn) <= 2 * processes.IN_FLIGHT + 1
    stream.close()


def test_a_worker_that_dies_is_told():
    with pytest.raises(DataError, match="expected every worker to live"):
        list(processes.map_(dies, [[1]], workers=1))
    with pytest.raises(UsageError, match="at least 1 worker"):
        list(processes.map_(double, [[1]], workers=0))


def test_group_gives_an_item_to_each_of_its_keys():
    assert list(local.group([3, 1, 2], lambda n: (n % 2, "all"), lambda k, items: (k, items))) == [
        ("all", [3, 1, 2]),
        (0, [2]),
        (1, [3, 1]),
    ]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12), st.randoms())
def test_components_do_not_depend_on_order(pairs, chance):
    mixed = list(pairs)
    chance.shuffle(mixed)
    made = local.components("abcdefgh", pairs)
    assert made == local.components("hgfedcba", mixed)
    assert sorted(x for c in made for x in c) == list("abcdefgh")
    assert all(any(a in c and b in c for c in made) for a, b in pairs)
