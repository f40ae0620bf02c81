"""The name of a spaCy package -> a Parser: sentences and tokens for many texts at once."""

import importlib
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from coranto.records import MissingResource


class Parser:
    """A spaCy pipeline with tagger, parser, lemmatizer and NER, loaded once."""

    def __init__(self, name: str, nlp: Any) -> None:
        self.name = name
        self.version: str = nlp.meta.get("version", "")
        self.nlp = nlp

    def parse(self, texts: Iterable[str], *, batch_words: int = 4000) -> Iterator[Any]:
        """One spaCy Doc a text, in order. Batches are bounded by words, so memory stays flat; they change no result."""
        batch: list[str] = []
        words = 0
        for text in texts:
            size = text.count(" ") + 1
            if batch and words + size > batch_words:
                yield from self.nlp.pipe(batch, batch_size=len(batch))
                batch, words = [], 0
            batch.append(text)
            words += size
        if batch:
            yield from self.nlp.pipe(batch, batch_size=len(batch))


def _load_spacy(name: str) -> Any:
    import spacy

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*")
        try:
            module = importlib.import_module(name)
        except ImportError:
            try:
                return spacy.load(name)
            except OSError as error:
                raise MissingResource(f"expected the model {name!r} to be installed, met: {error}") from error
        folder = Path(module.__file__ or "").parent
        inner = sorted(folder.glob("*/config.cfg"))
        if not inner:
            raise MissingResource(f"expected a spaCy pipeline inside {folder}, met no config.cfg")
        return spacy.load(inner[0].parent)


@lru_cache(maxsize=2)
def load(name: str) -> Parser:
    """The pipeline of that name; MissingResource where it is not installed."""
    return Parser(name, _load_spacy(name))
