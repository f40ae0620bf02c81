"""A corpus -> documents and words a second, as a ratio to the parser alone on the same text in the same run; memory.

    python benchmarks/throughput.py CORPUS.jsonl [--into RECORD.db] [--limit N]

Each batch is parsed alone first (`nlp.pipe`, the same components), then taken through all stages; both are timed in
turn, so that a busy machine slows both alike. With --into, the analyses are stored and linked at the end.
"""

import argparse
import json
import resource
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from coranto import knowledge
from coranto.documents.read import read
from coranto.documents.sources import find_sources
from coranto.engine.pipeline import Pipeline
from coranto.engine.runs import relink
from coranto.records import Analysis, Document
from coranto.sentences.parse import PARSED_BLOCKS
from coranto.store.sqlite import Store

BATCH = 16


def texts(document: Document) -> list[str]:
    """What the parser is given of a document."""
    return [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind in PARSED_BLOCKS]


def main() -> None:
    """Print the figures as one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--into", type=Path)
    arguments.add_argument("--limit", type=int)
    given = arguments.parse_args()
    know = knowledge.load()
    pipeline = Pipeline(know)
    parser = know.parser
    store = Store.open(given.into, create=True) if given.into else None
    list(pipeline([]))
    alone = whole = reading = storing = 0.0
    counts: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    sources = islice(find_sources([str(given.corpus)]), given.limit)
    while batch := list(islice(sources, BATCH)):
        start = time.perf_counter()
        made = [read(s, know.outlets) if not hasattr(s, "error") else s for s in batch]
        documents = [d for d in made if isinstance(d, Document)]
        failures.update(f"{f.stage}: {f.error.split(':')[0]}" for f in made if not isinstance(f, Document))
        reading += time.perf_counter() - start
        plain = [t for d in documents for t in texts(d)]
        counts["words"] += sum(t.count(" ") + 1 for t in plain)
        start = time.perf_counter()
        for _ in parser.parse(plain):
            pass
        alone += time.perf_counter() - start
        start = time.perf_counter()
        analyses = list(pipeline(documents))
        whole += time.perf_counter() - start
        for a in analyses:
            if isinstance(a, Analysis):
                counts.update(documents=1, reports=len(a.reports), sentences=len(a.sentences), coded=len(a.events))
                counts["top_level"] += sum(not e.parent for e in a.events)
            else:
                failures[f"{a.stage}: {a.error.split(':')[0]}"] += 1
        if store:
            start = time.perf_counter()
            store.add(analyses)
            storing += time.perf_counter() - start
    linking = time.perf_counter()
    if store:
        relink(store, know)
        counts.update({f"record_{k}": v for k, v in store.counts().items()})
    linking = time.perf_counter() - linking
    total = reading + whole + storing + linking
    print(
        json.dumps(
            {
                **counts,
                "failures": dict(failures),
                "coded_per_document": round(counts["coded"] / max(1, counts["documents"]), 2),
                "seconds": {
                    "reading": reading,
                    "parser_alone": alone,
                    "stages": whole,
                    "storing": storing,
                    "linking": linking,
                },
                "documents_per_second": round(counts["documents"] / total, 2),
                "words_per_second": round(counts["words"] / total, 1),
                "parser_words_per_second": round(counts["words"] / alone, 1),
                "ratio_to_parser": round(alone / total, 3),
                "after_parser_cost": round((whole - alone) / alone, 3),
                "peak_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
