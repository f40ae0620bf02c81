"""Labelled sentences -> counts and complaints: `python training/events/check.py FILE...`"""

import re
import sys
from collections import Counter
from pathlib import Path

MARK = re.compile(r"\{([A-Z]+)(?::([a-z_-]+))? ([^{}]+)\}")
TYPES = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST MOBILIZE "
    "COERCE ASSAULT".split()
)


def main() -> int:
    """Print what is wrong, line by line, and how many sentences and marks there are; 1 where something is wrong."""
    wrong, sentences, types, seen = 0, 0, Counter[str](), set[str]()
    for name in sys.argv[1:]:
        for n, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            sentences += 1
            plain = MARK.sub(r"\3", line)
            complaints = [f"unknown type {t}" for t, _, _ in MARK.findall(line) if t not in TYPES]
            complaints += ["a brace is left over"] if "{" in plain or "}" in plain else []
            complaints += ["a trigger of more than five words"] * any(
                len(w.split()) > 5 for _, _, w in MARK.findall(line)
            )
            complaints += ["stands twice"] if plain in seen else []
            seen.add(plain)
            types.update(t for t, _, _ in MARK.findall(line))
            types["no event"] += not MARK.search(line)
            for c in complaints:
                wrong += 1
                print(f"{name}:{n}: {c}: {line[:80]}")
    print(f"{sentences} sentences, {wrong} complaints; {dict(types.most_common())}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
