"""A corpus -> a random sample of its top-level coded events, to be judged by eye: ids, offsets and values, no text.

    python tools/draw_sample.py CORPUS.jsonl --seed N --articles 60 --events 30 --out sample.jsonl [--show]

The sample keeps what is needed to find each event again (document address, sentence offsets, commit) and an empty
verdict a field: true, false, or null where there is nothing to judge. --show prints the sentences for the judge.
"""

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from coranto import knowledge
from coranto.engine.runs import analyse
from coranto.records import Analysis, CodedEvent, Sentence

FIELDS = ("type", "actor", "recipient", "date", "place", "speaker", "modality")


def line(a: Analysis, e: CodedEvent, s: Sentence) -> dict[str, Any]:
    """One event of the sample, without the words of its source."""
    period = e.time.value.period if e.time else None
    return {
        "event": e.id,
        "document": a.document.uri,
        "sentence": [s.span.start, s.span.end],
        "trigger": [e.trigger.span.start, e.trigger.span.end],
        "type": e.type.value.value,
        "actor": [r.value.code or "?" for r in e.actors],
        "recipient": [r.value.code or "?" for r in e.recipients],
        "date": [period.low.isoformat(), period.high.isoformat(), str(e.time.basis)] if period and e.time else None,
        "place": e.place.value.id or e.place.value.name if e.place else None,
        "modality": e.modality.value.value,
        "verdict": dict.fromkeys(FIELDS),
    }


def main() -> None:
    """Write the sample; with --show, print what the judge needs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("--articles", type=int, default=60)
    arguments.add_argument("--events", type=int, default=30)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    draw = random.Random(given.seed)
    articles = given.corpus.read_text(encoding="utf-8").splitlines()
    draw.shuffle(articles)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.jsonl"
        path.write_text("\n".join(articles[: given.articles]) + "\n", encoding="utf-8")
        made = [a for a in analyse([str(path)], knowledge=knowledge.load()) if isinstance(a, Analysis)]
    told = [(a, e) for a in made for e in a.events if not e.parent]
    draw.shuffle(told)
    with given.out.open("w", encoding="utf-8") as out:
        for n, (a, e) in enumerate(told[: given.events], 1):
            s = next(s for s in a.sentences if s.id == e.sentence)
            out.write(json.dumps(line(a, e, s), ensure_ascii=False) + "\n")
            if given.show:
                speakers = [x.speaker.value.name if x.speaker else "?" for x in e.attribution]
                figures = [(f.value.what.value, str(f.value.low), str(f.value.high)) for f in e.figures]
                print(f"\n{n}. {a.document.outlet}: {a.document.text[s.span.start : s.span.end]}")
                print("  ", {**line(a, e, s), "trigger": e.trigger.quote}, speakers, figures)
                print("  ", [r.value.name for r in e.actors], [r.value.name for r in e.recipients])


if __name__ == "__main__":
    main()
