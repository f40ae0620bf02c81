"""evaluation/floors.toml -> nothing, or an error: what the program scores on the shipped gold may only rise.

Each floor names a task, a gold file, a score and the least that it may be (or, for errors, `ceiling`: the most).
"""

import sys
import tomllib
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from coranto import knowledge

ROOT = Path(__file__).parent.parent


def main() -> int:
    """1 if any score is under its floor or over its ceiling."""
    floors = tomllib.loads((ROOT / "evaluation" / "floors.toml").read_text(encoding="utf-8"))["floor"]
    know = knowledge.load()
    by_gold = defaultdict(list)
    for floor in floors:
        by_gold[floor["task"], floor["gold"]].append(floor)
    wrong = 0
    for (task, gold), found in by_gold.items():
        _, scores = import_module(f"coranto.evaluation.{task}").evaluate(ROOT / gold, know)
        for floor in found:
            value = scores[floor["score"]]
            holds = value >= floor["least"] - 1e-9 if "least" in floor else value <= floor["ceiling"] + 1e-9
            bound = f">= {floor['least']}" if "least" in floor else f"<= {floor['ceiling']}"
            where = "/".join(Path(gold).parts[-2:])
            print(f"{'ok  ' if holds else 'LOW '} {task} {where} {floor['score']} = {value:.4f} ({bound})")
            wrong += not holds
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
