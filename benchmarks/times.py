"""A corpus -> how many times faster our time grammar is than recognizers-text-date-time on the same text, in one run.

    python benchmarks/times.py CORPUS.jsonl [--limit N]

CORPUS holds lines with a `text`. The yardstick is no dependency: install it with `"emoji<2"` in a scratch
environment beside this project. Both read each text in turn, so that a busy machine slows both alike; CPU time counts.
"""

import argparse
import json
import time
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from coranto.language.en.times import find_times

ANCHOR = date(2024, 3, 6)


def main() -> None:
    """Print the ratio and what each found as one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--limit", type=int, default=20)
    given = arguments.parse_args()
    from recognizers_date_time import Culture, recognize_datetime

    reference = datetime(ANCHOR.year, ANCHOR.month, ANCHOR.day)
    with given.corpus.open(encoding="utf-8") as lines:
        texts = [json.loads(line).get("text") or "" for line in islice(lines, given.limit)]
    find_times("yesterday", anchor=ANCHOR)  # the grammar is read once
    recognize_datetime("yesterday", Culture.English, reference=reference)
    ours = theirs = 0.0
    found = other = 0
    for text in texts:
        start = time.process_time()
        found += len(find_times(text, anchor=ANCHOR))
        middle = time.process_time()
        other += len(recognize_datetime(text, Culture.English, reference=reference))
        ours, theirs = ours + middle - start, theirs + time.process_time() - middle
    print(json.dumps({"ratio": round(theirs / ours, 1), "texts": len(texts), "ours": found, "recognizers": other}))


if __name__ == "__main__":
    main()
