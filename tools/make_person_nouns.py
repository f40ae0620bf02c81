"""WordNet's `dict` folder -> data/en/persons.tsv: the nouns that first of all mean a person.

`python tools/make_person_nouns.py DICT` writes it. Left out: names of single persons, phrases, and nouns that also mean
an animal, a thing or a stuff ("cook" stays, "shrimp" goes).
"""

import re
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/coranto/knowledge/data/en/persons.tsv"
PERSON = "18"
NO_PERSON = frozenset({"05", "06", "08", "13", "17", "19", "20", "27"})  # animal, artifact, body, food, object, ...
HEAD = """# Nouns that first of all mean a person; made by tools/make_person_nouns.py of WordNet 3.1.
# WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. Permission to use, copy, modify and
# distribute it for any purpose and without fee or royalty is granted by its licence, provided that this notice stays:
# https://wordnet.princeton.edu/license-and-commercial-use
# It is provided "as is", without warranty of any kind.
lemma
"""


def person_nouns(folder: Path) -> list[str]:
    """The single words whose most frequent sense is a person and that have no sense among things."""
    files: dict[str, str] = {}
    single: set[str] = set()
    for line in _lines(folder / "data.noun"):
        offset, kind = line.split()[:2]
        files[offset] = kind
        if " @i " in line:
            single.add(offset)
    out = []
    for line in _lines(folder / "index.noun"):
        cells = line.split()
        senses = cells[6 + int(cells[3]) :]
        if files[senses[0]] != PERSON or senses[0] in single or NO_PERSON & {files[s] for s in senses}:
            continue
        if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", cells[0]):
            out.append(cells[0])
    return sorted(out)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="latin-1").splitlines() if not line.startswith("  ")]


if __name__ == "__main__":
    TARGET.write_text(HEAD + "".join(f"{noun}\n" for noun in person_nouns(Path(sys.argv[1]))), encoding="utf-8")
