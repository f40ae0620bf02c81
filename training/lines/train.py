"""Labelled pages -> `src/coranto/knowledge/data/en/lineweights.tsv`, how much each sign of a line speaks for each kind.

A multinomial logistic regression with a Gaussian prior on its weights; a line that may be of several kinds counts as
right by any. `--check N` leaves every N-th page of the first file out in turn, and prints what is right of them.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coranto.documents import flattened, text
from coranto.documents.page import Composer
from coranto.knowledge import DATA, Knowledge
from coranto.language.en import lineforms

OLD = 0.3  # what a line of pages counts by which the rules were made: they look better there than they are
PRIOR = 1.0  # precision of the prior
FEWEST = 3  # lines with a sign that gets a weight
STEPS, RATE = 120, 0.3  # of AdaGrad
LEAST = 0.03  # smaller weights are left out
Lines = list[tuple[list[str], frozenset[str], float]]  # signs, right kinds, weight


def lines_of(path: Path, weight: float, form: flattened.Form) -> list[Lines]:
    """The lines of each page, with the signs that the rules' kinds give them."""
    out = []
    for row in path.read_text("utf-8").splitlines():
        gold = [(frozenset(kinds.split("|")), line) for kinds, line in json.loads(row)["lines"]]
        pieces = [text.piece(line) for _, line in gold]
        flat = flattened.ruled(pieces, form=form)
        if flat is None:
            continue
        signs = lineforms.signs_of([p.text for p in pieces], flat.kinds)
        out.append([(s, right, weight) for s, (right, _) in zip(signs, gold)])
    return out


def fitted(lines: Lines, kinds: Sequence[str]) -> tuple[dict[str, int], NDArray[np.float64]]:
    """The row of each sign, and the weights [sign, kind]."""
    count = Counter(sign for signs, _, _ in lines for sign in signs)
    rows = {sign: n for n, sign in enumerate(sorted(s for s in count if count[s] >= FEWEST))}
    found = np.zeros((len(lines), len(rows)), np.float32)
    for n, (signs, _, _) in enumerate(lines):
        found[n, [rows[s] for s in signs if s in rows]] = 1
    right = np.array([[kind in gold for kind in kinds] for _, gold, _ in lines], np.float64)
    counts = np.array([weight for _, _, weight in lines])[:, None]
    weights = np.zeros((len(rows), len(kinds)))
    squares = np.full_like(weights, 1e-2)
    for _ in range(STEPS):
        power = softmax(found @ weights.astype(np.float32))
        wanted = power * right
        wanted /= wanted.sum(1, keepdims=True) + 1e-12
        slope = found.T @ ((power - wanted) * counts).astype(np.float32) + PRIOR * weights
        squares += slope * slope
        weights -= RATE * slope / np.sqrt(squares)
    return rows, weights


def softmax(sums: NDArray[np.float32]) -> NDArray[np.float64]:
    """Sums [line, kind] -> likelihoods."""
    power = np.exp(sums.astype(np.float64) - sums.max(1, keepdims=True))
    return np.asarray(power / power.sum(1, keepdims=True))


def main() -> None:
    """Trains, or checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="labelled pages that no rule was made by")
    parser.add_argument("old", type=Path, nargs="*", help="labelled pages that rules were made by")
    parser.add_argument("--check", type=int, default=0)
    parser.add_argument("--into", type=Path, default=DATA / "en" / "lineweights.tsv")
    args = parser.parse_args()
    form = Composer(Knowledge().outlets).form
    pages = lines_of(args.pages, 1.0, form)
    old = [page for path in args.old for page in lines_of(path, OLD, form)]
    kinds = sorted({kind for page in pages + old for _, right, _ in page for kind in right})
    for n in range(args.check):
        kept = [p for k, p in enumerate(pages) if k % args.check != n]
        rows, weights = fitted([x for p in kept + old for x in p], kinds)
        tested = [x for p in pages[n :: args.check] for x in p]
        sums = [weights[[rows[s] for s in signs if s in rows]].sum(0) for signs, _, _ in tested]
        good = sum(kinds[int(s.argmax())] in right for s, (_, right, _) in zip(sums, tested))
        print(f"fold {n}: {good / len(tested):.3f} of {len(tested)}")
    if not args.check:
        rows, weights = fitted([x for p in pages + old for x in p], kinds)
        out = ["sign\tkind\tweight"]
        for sign, n in rows.items():
            out += [f"{sign}\t{k}\t{w:.2f}" for k, w in zip(kinds, weights[n]) if abs(w) >= LEAST]
        args.into.write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main()
