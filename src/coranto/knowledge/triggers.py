"""A sentence and its tokens -> how likely each token tells of each event type: the second signal beside the lexicon.

A small transformer (MiniLM, eight-bit weights, through onnxruntime) that was fine-tuned on sentences written for the
project alone. It knows nothing of who acts on whom: it only says which words look like which event, also words that no
frame holds. How it was trained: `training/README.md`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from coranto.knowledge.tables import read_rows
from coranto.records import EventType, MissingResource

FOLDER = Path(__file__).parent / "data" / "en" / "triggers"
TYPES: tuple[EventType, ...] = (
    EventType.AGREE,
    EventType.CONSULT,
    EventType.SUPPORT,
    EventType.CONCEDE,
    EventType.COOPERATE,
    EventType.AID,
    EventType.RETREAT,
    EventType.REQUEST,
    EventType.ACCUSE,
    EventType.REJECT,
    EventType.THREATEN,
    EventType.SANCTION,
    EventType.PROTEST,
    EventType.MOBILIZE,
    EventType.COERCE,
    EventType.ASSAULT,
)
LONGEST = 160  # word pieces a sentence; what lies beyond is not judged


class Guess:
    """How likely one token tells of each event type, and of none, to two decimals; they sum to 1."""

    __slots__ = ("_row", "none")

    def __init__(self, row: Sequence[float]) -> None:
        self.none, *self._row = row

    @property
    def of(self) -> dict[EventType, float]:
        """How likely the token tells of each type."""
        return dict(zip(TYPES, self._row))

    @property
    def best(self) -> EventType:
        """The likeliest type (the first of equals)."""
        return TYPES[self._row.index(max(self._row))]


class TriggerModel:
    """The network and its tokenizer. Sentences are judged one by one, so that no batch can change a guess."""

    def __init__(self, session: Any, tokenizer: Any, quiet: frozenset[str]) -> None:
        self._session, self._tokenizer = session, tokenizer
        self.quiet = quiet  # verbs that tell no event by themselves: the model is not asked about them

    def describe(self) -> str:
        """For `coranto doctor`."""
        return f"{len(TYPES)} event types, at most {LONGEST} word pieces a sentence"

    def read(self, text: str, starts: Sequence[int]) -> dict[int, Guess]:
        """Token number -> its guess, for the tokens that begin at these offsets of ``text``."""
        encoded = self._tokenizer.encode(text)
        first: dict[int, int] = {}
        for piece, (start, end) in enumerate(encoded.offsets):
            if end > start:
                first.setdefault(start, piece)
        (exact,) = self._session.run(None, {"ids": np.array([encoded.ids], dtype=np.int64)})
        rows = np.round(exact.astype(np.float64), 2).tolist()
        return {n: Guess(rows[first[s]]) for n, s in enumerate(starts) if s in first}


def load(folder: Path = FOLDER) -> TriggerModel:
    """The shipped model, on one thread; MissingResource where a file or package is not there."""
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingResource(f"expected onnxruntime and tokenizers to be installed, met: {error}") from error
    model, words = folder / "model.onnx", folder / "tokenizer.json"
    for path in (model, words):
        if not path.is_file():
            raise MissingResource(f"expected the file {path}, met none")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    tokenizer = Tokenizer.from_file(str(words))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    quiet = frozenset(row["lemma"] for row in read_rows(folder / "quiet_verbs.tsv", columns=("lemma",)))
    return TriggerModel(session, tokenizer, quiet)
