"""Gold time expressions -> how bare weekdays were read: a table of the gold's direction by the tense of the clause.

    python tools/weekdays.py timebank.jsonl aquaint.jsonl

A row a tense (told from the words around) and direction of the gold's day: how many there are, and how many were right.
"""

import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from coranto.evaluation.time import predict, read
from coranto.language.en.times.tense import cue_tense

BARE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.I)


def main(files: list[str]) -> None:
    """Print the table of all files together."""
    met: Counter[tuple[str, str, bool]] = Counter()
    for gold in (gold for file in files for gold in read(Path(file))):
        if not gold.dct:
            continue
        written, tense = date.fromisoformat(gold.dct[:10]), cue_tense(gold.text)
        found = {(f["start"], f["end"]): f["value"] for f in predict(gold.text, written)}
        for timex in gold.timexes:
            if not (BARE.fullmatch(gold.text[timex.start : timex.end]) and re.fullmatch(r"[\d-]{10}", timex.value)):
                continue
            away = (date.fromisoformat(timex.value) - written).days
            direction = "today" if away == 0 else "past" if away < 0 else "to come"
            right = found.get((timex.start, timex.end)) == timex.value
            met[tense(timex.start, timex.end).value, direction, right] += 1
    print(f"{'tense':<10}{'gold':<10}{'all':>6}{'right':>7}")
    for kind, direction in sorted({(t, d) for t, d, _ in met}):
        right, wrong = met[kind, direction, True], met[kind, direction, False]
        print(f"{kind:<10}{direction:<10}{right + wrong:>6}{right:>7}")


if __name__ == "__main__":
    main(sys.argv[1:])
