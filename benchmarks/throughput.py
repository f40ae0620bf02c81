"""A corpus -> documents and words a second, as a ratio to the parser alone on the same text in the same run; memory.

    python benchmarks/throughput.py CORPUS.jsonl [--into RECORD.db] [--limit N]

Each batch is parsed alone first (`nlp.pipe`, the same components), then taken through all stages; both are timed in
turn and in process time, so that a busy machine slows both alike. With --into, the analyses are stored and linked.
"""

import argparse
import json
import resource
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from coranto import knowledge
from coranto.documents.read import read
from coranto.documents.source import Source
from coranto.documents.sources import find_sources
from coranto.engine.pipeline import Pipeline
from coranto.engine.runs import relink
from coranto.knowledge import Knowledge
from coranto.records import Analysis, Document, Failure
from coranto.sentences.parse import PARSED_BLOCKS
from coranto.store.sqlite import Store

BATCH = 16


def texts(document: Document) -> list[str]:
    """What the parser is given of a document."""
    return [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind in PARSED_BLOCKS]


class Tally:
    """What a run has taken and made so far: seconds of process time a part, counts, failures by kind."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("reading", "parser_alone", "stages", "storing", "linking"), 0.0)
        self.counts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Add what is done inside to the time of a part."""
        start = time.process_time()
        yield
        self.seconds[part] += time.process_time() - start

    def count(self, made: Analysis | Failure) -> None:
        """Count one document's analysis or failure."""
        if isinstance(made, Failure):
            self.failures[f"{made.stage}: {made.error.split(':')[0]}"] += 1
            return
        self.counts.update(documents=1, reports=len(made.reports), sentences=len(made.sentences))
        self.counts.update(coded=len(made.events), top_level=sum(not e.parent for e in made.events))

    def figures(self) -> dict[str, Any]:
        """What is printed."""
        total = sum(self.seconds.values()) - self.seconds["parser_alone"]
        alone = self.seconds["parser_alone"]
        return {
            **self.counts,
            "failures": dict(self.failures),
            "coded_per_document": round(self.counts["coded"] / max(1, self.counts["documents"]), 2),
            "seconds": self.seconds,
            "documents_per_second": round(self.counts["documents"] / total, 2),
            "words_per_second": round(self.counts["words"] / total, 1),
            "parser_words_per_second": round(self.counts["words"] / alone, 1),
            "ratio_to_parser": round(alone / total, 3),
            "after_parser_cost": round((self.seconds["stages"] - alone) / alone, 3),
            "peak_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def take(sources: Iterator[Source | Failure], pipeline: Pipeline, know: Knowledge, store: Store | None) -> Tally:
    """Read, parse alone, analyse and store every source, a batch at a time."""
    tally = Tally()
    while batch := list(islice(sources, BATCH)):
        with tally.timed("reading"):
            made = [s if isinstance(s, Failure) else read(s, know.outlets) for s in batch]
        documents = [d for d in made if isinstance(d, Document)]
        plain = [t for d in documents for t in texts(d)]
        tally.counts["words"] += sum(t.count(" ") + 1 for t in plain)
        with tally.timed("parser_alone"):
            deque(know.parser.parse(plain), maxlen=0)
        with tally.timed("stages"):
            analyses = list(pipeline(documents))
        for one in (*(m for m in made if isinstance(m, Failure)), *analyses):
            tally.count(one)
        if store:
            with tally.timed("storing"):
                store.add(analyses)
    return tally


def main() -> None:
    """Print the figures as one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--into", type=Path)
    arguments.add_argument("--limit", type=int)
    given = arguments.parse_args()
    know = knowledge.load()
    pipeline = Pipeline(know)
    store = Store.open(given.into, create=True) if given.into else None
    list(pipeline([]))
    tally = take(islice(find_sources([str(given.corpus)]), given.limit), pipeline, know, store)
    if store:
        with tally.timed("linking"):
            relink(store, know)
        tally.counts.update({f"record_{k}": v for k, v in store.counts().items()})
    print(json.dumps(tally.figures(), indent=1))


if __name__ == "__main__":
    main()
