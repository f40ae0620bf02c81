"""The whole data flow. Read this file first, `records.py` second.

Document -> reports -> sentences -> mentions -> referents -> claims -> speech -> predicates -> events : a pure map.
All coded events -> lineage, voices, merges, events, positions : linkage (`coranto.linkage.link`).
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from msgspec.structs import replace

from coranto.knowledge import Knowledge
from coranto.records import Analysis, Document, Failure, UsageError

Stage = Callable[[Sequence[Analysis]], Sequence[tuple[Any, ...]]]

# Layer of Analysis -> the factory of the stage that makes it. A configuration may name another.
STAGES: Mapping[str, str] = {
    "reports": "coranto.documents.reports:make",
    "sentences": "coranto.sentences.parse:make",
    "mentions": "coranto.mentions.find:make",
    "referents": "coranto.referents.resolve:make",
    "claims": "coranto.referents.claims:make",
    "speech": "coranto.mentions.speech:make",
    "predicates": "coranto.events.predicates:make",
    "events": "coranto.events.coding:make",
}


def factory(name: str) -> Callable[..., Any]:
    """The callable that ``package.module:attribute`` names."""
    module, _, attribute = name.partition(":")
    try:
        found: Callable[..., Any] = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(f"expected a stage as package.module:function, met {name!r} ({error})") from error
    return found


class Pipeline:
    """Stages in order, made once; call it with a batch of documents."""

    def __init__(self, knowledge: Knowledge, *, stages: Mapping[str, str] = STAGES) -> None:
        if unknown := set(stages) - set(STAGES):
            raise UsageError(f"expected stages {', '.join(STAGES)}, met {', '.join(sorted(unknown))}")
        named = {**STAGES, **stages}
        self.stages: dict[str, Stage] = {layer: factory(name)(knowledge) for layer, name in named.items()}
        self._batches = 0

    def __call__(self, documents: Sequence[Document]) -> Iterator[Analysis | Failure]:
        """One analysis or failure a document, in order. A batch that fails is tried again one document at a time."""
        self._batches += 1
        if self._batches == 2:  # a run of many batches: all that stages know was read for the first
            settle()
        analyses = [Analysis(document=d) for d in documents]
        layer = ""
        try:
            for layer, stage in self.stages.items():
                analyses = _add(analyses, layer, stage(analyses))
        except Exception as error:
            if len(documents) == 1:
                yield Failure(uri=documents[0].uri, stage=layer, error=f"{type(error).__name__}: {error}")
                return
            for document in documents:
                yield from self([document])
            return
        yield from analyses


@cache
def settle() -> None:
    """Once a process: what is in memory by now is kept, and the collector of cycles no longer walks over it."""
    gc.collect()
    gc.freeze()


def _add(analyses: Sequence[Analysis], layer: str, made: Sequence[tuple[Any, ...]]) -> list[Analysis]:
    if len(made) != len(analyses):
        raise ValueError(f"stage {layer}: expected {len(analyses)} layers, met {len(made)}")
    return [replace(a, **{layer: new}) for a, new in zip(analyses, made)]
