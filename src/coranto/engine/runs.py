"""Paths -> a linked record in a store: read, skip what is known, code in batches, commit each, link."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from coranto.engine import local, processes
from coranto.engine.manifest import manifest
from coranto.engine.pipeline import STAGES, Pipeline
from coranto.knowledge import Knowledge, load
from coranto.linkage.link import Stream, describe, stream
from coranto.records import Analysis, BlockKind, Document, Failure, Record, UsageError, to_json
from coranto.store.reads import NO_PARSE
from coranto.store.sqlite import Store

if TYPE_CHECKING:
    from coranto.documents.fetch import Fetcher

BATCH_WORDS = 20_000
BATCH_DOCUMENTS = 64
ALIKE = 6  # characters a word, the space included: a batch is measured by length, not by counting
Progress = Callable[..., None]


class RunSummary(Record, frozen=True, kw_only=True):
    """What a run did. ``failed`` counts sources and documents that could not be read or coded, ``passed`` what archives
    hold beside documents, ``foreign`` the paragraphs kept and not coded, by their language, ``furniture`` the
    coded events of lines that an outlet repeats."""

    added: int = 0
    known: int = 0
    failed: int = 0
    coded: int = 0
    passed: int = 0
    foreign: Mapping[str, int] = {}
    furniture: int = 0
    linked: bool = False
    caps: tuple[Mapping[str, Any], ...] = ()


class Coding:
    """A batch of documents -> their analyses. It can be sent to another process, which makes its own pipeline."""

    def __init__(self, knowledge: Knowledge, stages: Mapping[str, str] = STAGES) -> None:
        self.model, self.stages = knowledge.model, dict(stages)
        self._pipeline: Pipeline | None = None
        self._knowledge: Knowledge | None = knowledge

    def __getstate__(self) -> dict[str, Any]:
        return {"model": self.model, "stages": self.stages}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.model, self.stages = state["model"], state["stages"]
        self._pipeline = self._knowledge = None

    def __call__(self, documents: Sequence[Document]) -> Iterator[Analysis | Failure]:
        """One analysis or failure a document, in order."""
        if self._pipeline is None:
            self._pipeline = _pipeline(self.model, tuple(self.stages.items()), self._knowledge)
        return self._pipeline(documents)


_made: dict[tuple[str, tuple[tuple[str, str], ...]], Pipeline] = {}


def _pipeline(model: str, stages: tuple[tuple[str, str], ...], knowledge: Knowledge | None) -> Pipeline:
    """The pipeline of this process: made once, unless the caller has knowledge of its own."""
    if knowledge is not None:
        return Pipeline(knowledge, stages=dict(stages))
    if (model, stages) not in _made:
        _made[model, stages] = Pipeline(load(model=model), stages=dict(stages))
    return _made[model, stages]


def read_into(
    store: Store,
    paths: Sequence[str],
    *,
    knowledge: Knowledge,
    workers: int = 1,
    batch_words: int = BATCH_WORDS,
    progress: Progress | None = None,
    columns: Mapping[str, str] | None = None,
    fetcher: "Fetcher | None" = None,
) -> RunSummary:
    """Everything under ``paths`` is in the store, coded and linked; what was there before is not coded again.

    Every batch is committed as a whole: stopped at any moment and run again, the record is the same as if it had
    never stopped. ``progress`` is called with the number of inputs done; ``columns`` names fields of tables.
    """
    passed: list[object] = []
    summary = code_into(
        store, documents(paths, knowledge, columns=columns, passed=passed.append, fetcher=fetcher), knowledge=knowledge,
        workers=workers, batch_words=batch_words, progress=progress, inputs=paths,
    )  # fmt: skip
    return replace(summary, passed=len(passed))


def code_into(
    store: Store,
    found: Iterable[Document | Failure],
    *,
    knowledge: Knowledge,
    stages: Mapping[str, str] = STAGES,
    workers: int = 1,
    batch_words: int = BATCH_WORDS,
    progress: Progress | None = None,
    inputs: Sequence[str] = (),
) -> RunSummary:
    """As ``read_into``, for documents that are at hand."""
    made_with = to_json(manifest(knowledge, stages=stages, inputs=inputs)).decode()
    run = store.start_run(_now(), made_with)
    counts = {"added": 0, "known": 0, "failed": 0, "coded": 0}
    foreign = Counter[str]()
    fresh = _fresh(store, found, counts)
    coding = Coding(knowledge, stages)
    mapped = partial(processes.map_, workers=workers) if workers > 1 else local.map_
    for batch in batches(mapped(partial(_mapped, coding, parses=False), batches(fresh, batch_words)), batch_words):
        _commit(store, batch, counts)
        foreign.update(_foreign(batch))
        if progress:
            progress(sum(counts[name] for name in ("added", "known", "failed")))
    linked = relink(store, knowledge) if not store.linked else None
    caps = tuple(describe(linked.caps)) if linked else ()
    summary = RunSummary(
        **counts, foreign=dict(foreign.most_common()), furniture=len(linked.furniture) if linked else 0,
        linked=linked is not None, caps=caps,
    )  # fmt: skip
    store.end_run(run, _now(), to_json(summary).decode())
    return summary


def _mapped(coding: Coding, batch: Sequence[Document | Failure], *, parses: bool = True) -> list[Analysis | Failure]:
    """Documents coded, failures passed on, each in its place; without ``parses``, sentences come without theirs."""
    coded = iter(list(coding([d for d in batch if isinstance(d, Document)])))
    made = [d if isinstance(d, Failure) else next(coded) for d in batch]
    return made if parses else [_without_parses(m) if isinstance(m, Analysis) else m for m in made]


def _without_parses(made: Analysis) -> Analysis:
    return replace(
        made, sentences=tuple(replace(s, tokens=NO_PARSE) for s in made.sentences), mentions=(), referents=()
    )


def _commit(store: Store, batch: Sequence[Analysis | Failure], counts: dict[str, int]) -> None:
    added = store.add(batch)
    analyses = [m for m in batch if isinstance(m, Analysis)]
    counts["added"] += added
    counts["known"] += len(analyses) - added
    counts["failed"] += len(batch) - len(analyses)
    counts["coded"] += sum(len(a.events) for a in analyses)


def _foreign(batch: Sequence[Analysis | Failure]) -> Iterator[str]:
    """The language of each paragraph that is not coded because it is in another one."""
    for made in batch:
        if isinstance(made, Analysis):
            yield from (b.language for b in made.document.blocks if b.kind is BlockKind.FOREIGN)


def relink(store: Store, knowledge: Knowledge) -> Stream:
    """The record stands for exactly what is stored, judgements included."""
    must, cannot = store.judgements()
    made = stream(store.pages(), knowledge, must=must, cannot=cannot)
    store.replace_record(
        lineage=made.lineage, events=made.events, merges=made.merges, positions=made.positions, stories=made.stories,
        at=_now(),
    )  # fmt: skip
    return made


def retract(store: Store, document: str, *, knowledge: Knowledge) -> int:
    """The documents of that id or address are gone, with what only they supported; returns how many."""
    gone = store.retract(document)
    if gone or not store.linked:
        relink(store, knowledge)
    return gone


def judge(
    store: Store, a: str, b: str, verdict: str, *, knowledge: Knowledge, by: str = "", why: str = ""
) -> tuple[str, ...]:
    """A person's word on two events (or coded events) is kept and the record linked by it; the events they are now.

    ``verdict``: "must" (the same), "cannot" (different) or "undo" (what was said of the two is taken back). Raises
    UsageError where either is not in the record.
    """
    left, right = _judged(store, a), _judged(store, b)
    if set(left) & set(right):
        raise UsageError(f"expected two events, or two coded events of one, met {a!r} and {b!r}, which are one")
    pairs = [(left[0], right[0])] if verdict == "must" else [(x, y) for x in left for y in right]
    for x, y in pairs:
        store.judge(x, y, verdict, by=by, why=why, at=_now())
    relink(store, knowledge)
    belongs = store.belongs([left[0], right[0]])
    return tuple(dict.fromkeys(belongs[c] for c in (left[0], right[0])))


def _judged(store: Store, id_: str) -> tuple[str, ...]:
    """The coded events that an id of an event, of one that it was before, or of a coded event, stands for."""
    if store.coded_by_id([id_]):
        return (id_,)
    found = [e for now in store.today(id_) if (e := store.event(now))]
    if not found:
        raise UsageError(f"expected the id of an event or coded event of this record, met {id_!r}")
    return tuple(c for e in found for c in e.coded)


def analyse(
    paths: Sequence[str],
    *,
    knowledge: Knowledge,
    batch_words: int = BATCH_WORDS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Analysis | Failure]:
    """Everything under ``paths``, coded and not stored, in order."""
    coding = Coding(knowledge)
    found = documents(paths, knowledge, columns=columns)
    yield from local.map_(partial(_mapped, coding), batches(found, batch_words))


def documents(
    paths: Sequence[str],
    knowledge: Knowledge,
    *,
    columns: Mapping[str, str] | None = None,
    passed: Callable[[object], None] | None = None,
    fetcher: "Fetcher | None" = None,
) -> Iterator[Document | Failure]:
    """Every document under ``paths``, or why there is none; addresses among them are fetched by ``fetcher``."""
    from coranto.documents.read import read
    from coranto.documents.sources import find_sources

    for source in find_sources(paths, columns=columns, passed=passed, fetch=fetcher.sources if fetcher else None):
        yield source if isinstance(source, Failure) else read(source, knowledge.outlets)


def batches(found: Iterable[Any], words: int) -> Iterator[list[Any]]:
    """Items in order, in batches of about ``words`` words and at most ``BATCH_DOCUMENTS``; a long one stands alone."""
    held: list[Any] = []
    size = 0
    for item in found:
        length = _length(item)
        if held and (size + length > words * ALIKE or len(held) >= BATCH_DOCUMENTS):
            yield held
            held, size = [], 0
        held.append(item)
        size += length
    if held:
        yield held


def _length(item: Analysis | Document | Failure) -> int:
    if isinstance(item, Failure):
        return 0
    return len(item.document.text if isinstance(item, Analysis) else item.text)


def _fresh(store: Store, found: Iterable[Document | Failure], counts: dict[str, int]) -> Iterator[Document | Failure]:
    """What is not stored yet; each document once."""
    seen: set[str] = set()
    for some in batches(found, BATCH_WORDS):
        known = store.known(d.id for d in some if isinstance(d, Document))
        for d in some:
            if isinstance(d, Document) and (d.id in known or d.id in seen):
                counts["known"] += 1
                continue
            if isinstance(d, Document):
                seen.add(d.id)
            yield d


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
