"""The verbs of an engine, done by several processes: the same results in the same order for any number of workers."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from coranto.engine.local import components, group
from coranto.records import DataError, UsageError

A = TypeVar("A")
B = TypeVar("B")
IN_FLIGHT = 2  # batches a worker that are under way at once


def map_(fn: Callable[[Sequence[A]], Iterable[B]], batches: Iterable[Sequence[A]], *, workers: int = 2) -> Iterator[B]:
    """``fn`` over every batch, in order, by ``workers`` processes; ``fn`` and its results must be picklable.

    No more than ``IN_FLIGHT`` batches a worker are drawn ahead. Raises DataError where a process dies (too little
    memory, as a rule), and what ``fn`` raises.
    """
    if workers < 1:
        raise UsageError(f"expected at least 1 worker, met {workers}")
    waiting: deque[Future[list[B]]] = deque()
    source = iter(batches)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            for batch in islice(source, workers * IN_FLIGHT):
                waiting.append(pool.submit(_whole, fn, batch))
            while waiting:
                done = waiting.popleft().result()
                for batch in islice(source, 1):
                    waiting.append(pool.submit(_whole, fn, batch))
                yield from done
        except BrokenProcessPool as error:
            raise DataError(
                "expected every worker to live, met one that died (out of memory?); fewer may do"
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def _whole(fn: Callable[[Sequence[A]], Iterable[B]], batch: Sequence[A]) -> list[B]:
    return list(fn(batch))


__all__ = ["components", "group", "map_"]
