"""Nouns -> tables: one a noun, with key columns for what is searched or joined, and the record itself as MessagePack.

The vocabulary is SQLAlchemy Core, so that another dialect needs only another full-text index.
"""

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA = 1
METADATA = MetaData()


def _key(name: str = "id") -> Column[str]:
    return Column(name, Text, primary_key=True)


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, default="", index=index)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0)


def _body() -> Column[bytes]:
    return Column("body", LargeBinary, nullable=False)


META = Table("meta", METADATA, _key("name"), _text("value"))

DOCUMENTS = Table(
    "documents", METADATA, _key(), _text("uri", index=True), _text("digest"), _text("outlet", index=True),
    _text("title"), _text("language"), _text("day", index=True), _body(),
)  # fmt: skip

REPORTS = Table(
    "reports", METADATA, _key(), _text("document", index=True), _text("outlet"), _text("day"), _count("start"), _body(),
)  # fmt: skip

SENTENCES = Table(
    "sentences", METADATA, Column("n", Integer, primary_key=True), Column("id", Text, unique=True, nullable=False),
    _text("report"), _text("document", index=True), _text("kind"), _count("start"), _count("end"), _text("text"),
)  # fmt: skip

SPEECH = Table(
    "speech", METADATA, _key(), _text("document", index=True), _text("sentence"), _text("speaker", index=True),
    _text("kind"), _body(),
)  # fmt: skip

PREDICATES = Table(
    "predicates", METADATA, _key(), _text("document", index=True), _text("sentence"), _text("lemma"),
    _text("modality"), _body(),
)  # fmt: skip

CODED = Table(
    "coded", METADATA, _key(), _text("document", index=True), _text("report", index=True),
    _text("sentence", index=True), _text("type", index=True), _text("cameo"), _text("modality"), _text("low"),
    _text("high"), _text("parent"), _body(),
)  # fmt: skip

CLAIMS = Table("claims", METADATA, _key(), _text("document", index=True), _text("name", index=True), _body())

LINEAGE = Table(
    "lineage", METADATA, _key(), _text("report", index=True), _text("origin", index=True), _text("how"), _body(),
)  # fmt: skip

EVENTS = Table(
    "events", METADATA, _key(), _text("type"), _text("low", index=True), _text("high"), _text("title"),
    _count("voices"), _count("reports"), _count("outlets"), _count("contested"), _text("part_of", index=True), _body(),
)  # fmt: skip

# Every value of every facet of an event: type, actor, recipient, place, modality, outlet (see `facets`).
EVENT_FACETS = Table(
    "event_facets", METADATA, _key("event"), _key("facet"), _key("value"),
    Index("ix_event_facets_value", "facet", "value"),
)  # fmt: skip

EVENT_MEMBERS = Table("event_members", METADATA, _key("coded"), _text("event", index=True))

VOICES = Table("voices", METADATA, _key("event"), _key("origin"), _text("name"), _text("reason"), _body())

MERGES = Table(
    "merges", METADATA, _key("a"), _key("b"), Column("score", Float, nullable=False), _count("vetoed"), _body(),
    Index("ix_merges_b", "b"),
)  # fmt: skip

POSITIONS = Table(
    "positions", METADATA, _key(), _text("actor", index=True), _text("country", index=True), _text("matter"),
    _text("stance"), _text("act"), _text("low"), _text("high"), _body(),
)  # fmt: skip

STORIES = Table(
    "stories", METADATA, _key(), _text("title"), _text("low", index=True), _text("high"), _count("events"), _body(),
)  # fmt: skip

# Append-only: what became of events that are no more ("merged into", "split into"), and whence new ones ("split from").
HISTORY = Table(
    "history", METADATA, Column("n", Integer, primary_key=True), _text("event", index=True), _text("kind"),
    _text("other", index=True), _text("at"),
)  # fmt: skip

# Append-only: what people said about pairs of coded events ("must", "cannot", or "undo").
JUDGEMENTS = Table(
    "judgements", METADATA, Column("n", Integer, primary_key=True), _text("a", index=True), _text("b", index=True),
    _text("verdict"), _text("by"), _text("why"), _text("at"),
)  # fmt: skip

FAILURES = Table(
    "failures", METADATA, Column("n", Integer, primary_key=True), Column("id", Text, unique=True, nullable=False),
    _text("uri", index=True), _text("stage"), _count("retryable"), _body(),
)  # fmt: skip

RUNS = Table(
    "runs", METADATA, Column("n", Integer, primary_key=True), _text("started"), _text("ended"), _text("state"),
    _text("manifest"), _text("summary"),
)  # fmt: skip

# Layers that go with a document when it is retracted.
OF_DOCUMENT = (REPORTS, SENTENCES, SPEECH, PREDICATES, CODED, CLAIMS)
# What linkage makes, replaced as a whole.
DERIVED = (LINEAGE, EVENTS, EVENT_FACETS, EVENT_MEMBERS, VOICES, MERGES, POSITIONS, STORIES)
# Tables that an older record of this schema lacks: made when it is opened for writing.
ADDED = (STORIES, HISTORY)

# SQLite's full-text index over sentences; triggers keep it in step with the table.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE sentences_text USING fts5"
    "(text, content='sentences', content_rowid='n', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN "
    "INSERT INTO sentences_text(rowid, text) VALUES (new.n, new.text); END",
    "CREATE TRIGGER sentences_removed AFTER DELETE ON sentences BEGIN "
    "INSERT INTO sentences_text(sentences_text, rowid, text) VALUES ('delete', old.n, old.text); END",
)
