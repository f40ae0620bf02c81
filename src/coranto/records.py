"""Every noun of the program, in the order it comes into being.

Text side (has spans):   Document > Report > Sentence > Mention > Speech, Predicate > CodedEvent
World side (has ids):    Ref, Place, TimeExpression, Figure; Event, Position, Story
Between the two:         Evidence, Sourced, Referent, ActorClaim, Lineage, Reading

Nothing here does I/O, knows a stage, or can be changed after it is made. All spans are half-open code points
in ``Document.text``. Instants are UTC; days of events are local days.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import blake2b
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")


def make_id(*parts: object) -> str:
    """The same parts give the same id (16 hex digits) on every machine and in every run."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of every record: immutable, compared by value, keyword-only, readable from JSON and MessagePack.

    Records are made of records made before them, so they never form a cycle and the collector of cycles passes them by.
    """


# -- evidence -----------------------------------------------------------------------------------


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """Half-open range of code points in ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, met [{self.start}, {self.end})")

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True if the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Words(Record, frozen=True, kw_only=True, tag="words"):
    """The words that a value rests on. ``quote`` always equals ``Document.text[span]``."""

    document: str
    span: Span
    quote: str


class Field(Record, frozen=True, kw_only=True, tag="field"):
    """A value of a page's metadata (JSON-LD, a meta tag, an HTTP or mail header) that a value rests on."""

    document: str
    path: str
    raw: str


Evidence = Words | Field


class Basis(StrEnum):
    """Where the words are that a value rests on."""

    STATED = "stated"  # in this clause or sentence
    CARRIED = "carried"  # elsewhere in the document: dateline, headline, another sentence, metadata
    ASSUMED = "assumed"  # nowhere: a default; may name what it is assumed from


class Via(StrEnum):
    """How a value was come by: a closed list."""

    APPOSITION = "apposition"
    COREFERENCE = "coreference"
    DICTIONARY = "dictionary"  # the user's own table
    TABLE = "table"
    GAZETTEER = "gazetteer"
    FRAME = "frame"
    GRAMMAR = "grammar"
    METADATA = "metadata"
    MODEL = "model"
    RULE = "rule"


class Sourced(Record, Generic[T], frozen=True, kw_only=True):
    """A value with what it rests on, how it was come by, how sure we are (0..1), and which stage said so."""

    value: T
    basis: Basis
    via: Via
    evidence: tuple[Evidence, ...] = ()
    score: float = 1.0
    by: str = ""

    def __post_init__(self) -> None:
        if not self.evidence and self.basis is not Basis.ASSUMED:
            raise ValueError(f"a {self.basis} value needs evidence, met none for {self.value!r}")

    @property
    def words(self) -> Words | None:
        """The first piece of evidence that is words, if any."""
        return next((e for e in self.evidence if isinstance(e, Words)), None)


# -- world side: what mentions stand for ----------------------------------------------------------


class RefKind(StrEnum):
    """What an actor is."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    ARMED_GROUP = "armed group"
    PERSON = "person"
    OFFICE = "office"
    ROLE = "role"  # role words only: "rebels", "police", "officials"
    UNKNOWN = "unknown"


class Ref(Record, frozen=True, kw_only=True, tag="ref"):
    """An actor: a person, office, organisation, group or country, with the codes that the ontology gives it."""

    id: str  # of a knowledge table ("country:UKR", "org:NATO", "person:..."), or "" where unknown
    name: str
    kind: RefKind
    country: str = ""  # ISO 3166-1 alpha-3, or "IGO", "NGO", or "" where unknown
    sectors: tuple[str, ...] = ()  # PLOVER: GOV MIL REB COP OPP LEG JUD SPY MED EDU BUS CRM CVL UNK ...
    role: str = ""  # in words, as of the event's date: "foreign minister"

    @property
    def code(self) -> str:
        """The PLOVER code in words: ``"UKR MIL"``."""
        return " ".join(filter(None, (self.country, *self.sectors[:1])))


class Precision(StrEnum):
    """How finely a place is known. Anything from PROVINCE on is never shown as a pin."""

    SITE = "site"
    TOWN = "town"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"


class Place(Record, frozen=True, kw_only=True, tag="place"):
    """A place of the gazetteer. ``latitude``/``longitude`` are WGS84 degrees; None where none is honest."""

    id: str  # "geonames:703448", "country:UKR", "region:donbas", or "" where unresolved
    name: str
    precision: Precision
    country: str = ""  # ISO 3166-1 alpha-3
    admin1: str = ""
    latitude: float | None = None
    longitude: float | None = None


PAST = "PAST_REF"  # the TIMEX3 value of what lies some time back


class Timex(Record, frozen=True, kw_only=True):
    """TIMEX3 type (DATE, TIME, DURATION, SET) and value ("2024-03-05", "P3D", "PAST_REF")."""

    type: str
    value: str


class Granularity(StrEnum):
    """The finest unit that an expression commits itself to."""

    INSTANT = "instant"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    VAGUE = "vague"


class Period(Record, frozen=True, kw_only=True):
    """Closed interval of local days with the best day in it."""

    low: date
    high: date
    best: date

    def __post_init__(self) -> None:
        if not self.low <= self.best <= self.high:
            raise ValueError(f"a period needs low <= best <= high, met {self.low} {self.best} {self.high}")

    @property
    def days(self) -> int:
        """Width in days, at least 1."""
        return (self.high - self.low).days + 1


class TimeExpression(Record, frozen=True, kw_only=True, tag="time"):
    """What words about time mean: TIMEX3, the days they cover (None for durations and sets), the instant if known."""

    timex: Timex
    period: Period | None = None
    instant: datetime | None = None
    granularity: Granularity = Granularity.DAY

    @property
    def is_open(self) -> bool:
        """True of what is only known to have been some time before the last of its days; their first is no bound."""
        return self.timex.value == PAST and self.period is not None

    @property
    def listed(self) -> Period | None:
        """The days that it is listed under: what is open under its best day."""
        if self.period is None or not self.is_open:
            return self.period
        return Period(low=self.period.best, high=self.period.best, best=self.period.best)


class FigureKind(StrEnum):
    """What a figure counts: a closed list."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    RELEASED = "released"
    DISPLACED = "displaced"
    REFUGEES = "refugees"
    FLED = "fled"
    RESCUED = "rescued"
    PERSONNEL = "personnel"
    PARTICIPANTS = "participants"
    DRONES = "drones"
    MISSILES = "missiles"
    AIRCRAFT = "aircraft"
    VEHICLES = "vehicles"
    SHIPS = "ships"
    STRIKES = "strikes"
    BUILDINGS = "buildings"
    AREA = "area"
    DISTANCE = "distance"
    MONEY = "money"
    VOTES_FOR = "votes-for"
    VOTES_AGAINST = "votes-against"
    ABSTENTIONS = "abstentions"
    SHARE = "share"
    OTHER = "other"


class Figure(Record, frozen=True, kw_only=True, tag="figure"):
    """A number as told. ``low``/``high`` are inclusive bounds; None = open. Unknown is never 0."""

    what: FigureKind
    low: Decimal | None
    high: Decimal | None
    unit: str = ""  # "people", "km2", "USD"
    of_whom: str = ""  # in the text's words: "civilians", "children"
    whose: str = ""  # ISO3 or actor id of the side whose loss or asset it is
    as_of: date | None = None
    exact: bool = True  # False for "dozens", "some 300", "about"


# -- text side ------------------------------------------------------------------------------------


class BlockKind(StrEnum):
    """What a stretch of a page is. Only HEADLINE, BODY, ITEM, QUOTE are coded as news of the report's date."""

    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    ITEM = "item"
    QUOTE = "quote"
    CAPTION = "caption"
    TEASER = "teaser"
    LINK = "link"
    RELATED = "related"
    NEWSLETTER = "newsletter"
    DONATION = "donation"
    CORRECTION = "correction"
    TIMESTAMP = "timestamp"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"
    FOREIGN = "foreign"  # another language: kept, counted, not coded


CODED_BLOCKS = frozenset({BlockKind.HEADLINE, BlockKind.BODY, BlockKind.ITEM, BlockKind.QUOTE})


class Block(Record, frozen=True, kw_only=True):
    """A typed stretch of a document's text. Blocks are in order and do not overlap."""

    kind: BlockKind
    span: Span
    language: str = ""  # ISO 639-1 of a FOREIGN block, "und" where it is not known which


class Post(Record, frozen=True, kw_only=True):
    """One entry of a live blog or page of items, as the reader found it: its stretch, headline and stated time."""

    span: Span
    headline: Span | None = None
    published: Sourced[TimeExpression] | None = None


class Document(Record, frozen=True, kw_only=True):
    """One page, file or feed item, as clean text."""

    id: str  # hash of address and bytes
    uri: str
    digest: str  # blake2b of the bytes, 32 hex digits
    outlet: str  # domain or name of who publishes it
    text: str
    title: str = ""
    byline: str = ""
    language: str = "en"
    canonical: str = ""
    published: Sourced[TimeExpression] | None = None
    updated: Sourced[TimeExpression] | None = None
    captured: datetime | None = None
    upstream: tuple[Sourced[str], ...] = ()  # sources that its metadata names (a cited outlet)
    blocks: tuple[Block, ...] = ()
    posts: tuple[Post, ...] = ()

    def cite(self, start: int, end: int) -> Words:
        """The words of ``[start, end)`` as evidence."""
        return Words(document=self.id, span=Span(start, end), quote=self.text[start:end])


class Report(Record, frozen=True, kw_only=True):
    """One datelined piece: an article is one report, a live blog is many."""

    id: str
    document: str
    span: Span
    headline: Span | None = None
    published: Sourced[TimeExpression] | None = None
    place: Sourced[str] | None = None  # the dateline's
    credit: tuple[Sourced[str], ...] = ()  # agencies that it credits
    upstream: tuple[Sourced[str], ...] = ()  # media that it names as its source


class Tokens(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A parse in columns: one value per token. ``starts``/``ends`` index ``Document.text``; heads index tokens."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]  # Penn Treebank
    pos: tuple[str, ...]  # Universal
    heads: tuple[int, ...]  # the root is its own head
    relations: tuple[str, ...]  # ClearNLP labels, as spaCy's English pipelines give them
    entities: tuple[str, ...]  # "" or IOB + OntoNotes type: "B-GPE", "I-PERSON"


class Sentence(Record, frozen=True, kw_only=True):
    """One sentence of one report, with its parse."""

    id: str
    report: str
    kind: BlockKind
    span: Span
    tokens: Tokens


class MentionKind(StrEnum):
    """What a mention names."""

    ACTOR = "actor"
    PLACE = "place"
    TIME = "time"
    FIGURE = "figure"


class Mention(Record, frozen=True, kw_only=True):
    """Words of one sentence that name an actor, a place, a time or a figure. ``head`` indexes its tokens."""

    id: str
    sentence: str
    kind: MentionKind
    words: Words
    head: int


Referred = Ref | Place | TimeExpression | Figure


class Referent(Record, frozen=True, kw_only=True):
    """What a mention stands for, the runners-up, and the coreference chain it belongs to ("" = none)."""

    mention: str
    value: Sourced[Referred]
    others: tuple[Sourced[Referred], ...] = ()
    chain: str = ""


class ActorClaim(Record, frozen=True, kw_only=True):
    """ "X is the Y of Z", as one document says it."""

    document: str
    name: str
    ref: Sourced[Ref]


class SpeechKind(StrEnum):
    """How words are attributed."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Speech(Record, frozen=True, kw_only=True):
    """Who says what: source, cue and content spans, the speaker where resolved, the speech it is nested in."""

    id: str
    sentence: str
    kind: SpeechKind
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    speaker: Sourced[Ref] | None = None
    stance: str = "says"  # says | claims | denies | alleges | confirms ... what the cue does to its content
    parent: str = ""


class Modality(StrEnum):
    """What the text does with an event."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    DENIED = "denied"
    CLAIMED = "claimed"
    ALLEGED = "alleged"
    POSSIBLE = "possible"
    PLANNED = "planned"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    BACKGROUND = "background"


class Tense(StrEnum):
    """Where the clause puts itself in time."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    NONE = "none"


class Predicate(Record, frozen=True, kw_only=True):
    """A clause or noun that might be an event, coded or not. ``factuality`` is on the scale -3..+3."""

    id: str
    sentence: str
    trigger: Words
    head: int
    lemma: str
    modality: Modality
    positive: bool
    tense: Tense
    factuality: float
    path: tuple[str, ...] = ()  # the operators that made the modality, outermost first, in words
    parent: str = ""


class EventType(StrEnum):
    """The 16 PLOVER event types (2021)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    SANCTION = "SANCTION"
    PROTEST = "PROTEST"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class CodedEvent(Record, frozen=True, kw_only=True):
    """What one sentence of one report says happened. Field names are PLOVER's."""

    id: str
    document: str
    report: str
    sentence: str
    predicate: str
    trigger: Words  # at most 12 tokens
    type: Sourced[EventType]
    cameo: str
    time: Sourced[TimeExpression] | None
    modality: Sourced[Modality]
    mode: Sourced[str] | None = None
    contexts: tuple[Sourced[str], ...] = ()
    actors: tuple[Sourced[Ref], ...] = ()
    recipients: tuple[Sourced[Ref], ...] = ()
    instrument: Sourced[str] | None = None
    place: Sourced[Place] | None = None
    figures: tuple[Sourced[Figure], ...] = ()
    attribution: tuple[Speech, ...] = ()  # innermost first
    parent: str = ""  # the event whose content this is


# -- the record: what the reports together say --------------------------------------------------------


class LineageKind(StrEnum):
    """How a report took its words from another, or that it corrects it."""

    SAME = "same"
    EDITED = "edited"
    EMBEDDED = "embedded"
    WIRE = "wire"
    REWRITTEN = "rewritten"
    CORRECTS = "corrects"


class Lineage(Record, frozen=True, kw_only=True):
    """``report`` took its words from ``origin`` (a report id, or "agency:..."): the two are one voice.

    One that corrects another, by the note that is its evidence, says nothing of voices.
    """

    report: str
    origin: str
    how: LineageKind
    evidence: tuple[Evidence, ...] = ()
    score: float = 1.0


class Voice(Record, frozen=True, kw_only=True):
    """One independent origin and why reports were counted as it. ``origin`` is a claimant, agency or report id."""

    origin: str
    name: str
    reason: str
    coded: tuple[str, ...]  # ids of the coded events that speak with it


class Reading(Record, Generic[T], frozen=True, kw_only=True):
    """One answer to one field: the value, who gives it, with how many independent voices."""

    value: T
    coded: tuple[str, ...]
    voices: tuple[str, ...]  # origins


class Relation(StrEnum):
    """How two readings of a field stand to each other."""

    SAME = "same"
    BOUND = "bound"
    SUBSET = "subset"
    SUM = "sum"
    UPDATE = "update"
    UNIT = "unit mismatch"
    INCOMPARABLE = "not comparable"
    CONTESTED = "contested"


class ReadingRelation(Record, frozen=True, kw_only=True):
    """The relation between reading ``a`` and reading ``b`` (indices into the field's tuple), with its rule in words."""

    field: str  # "figures", "time", "place", "actors", "occurrence"
    a: int
    b: int
    relation: Relation
    why: str


class Event(Record, frozen=True, kw_only=True):
    """What the reports, together, say happened. Several readings of a field stand side by side."""

    id: str  # hash of the smallest member
    type: EventType
    coded: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    voices: tuple[Voice, ...]
    actors: tuple[Reading[Ref], ...] = ()
    recipients: tuple[Reading[Ref], ...] = ()
    place: tuple[Reading[Place], ...] = ()
    time: tuple[Reading[TimeExpression], ...] = ()
    figures: tuple[Reading[Figure], ...] = ()
    modality: tuple[Reading[Modality], ...] = ()
    relations: tuple[ReadingRelation, ...] = ()
    part_of: str = ""
    title: str = ""  # one neutral sentence made of the fields


class Merge(Record, frozen=True, kw_only=True):
    """Why two coded events were (or were not) held to be one event: features with their weights, and vetoes."""

    a: str
    b: str
    score: float
    features: dict[str, float]
    vetoes: tuple[str, ...] = ()


class Stance(StrEnum):
    """Where a state or organisation stands on a matter."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINS = "abstains"
    MIXED = "mixed"


class Position(Record, frozen=True, kw_only=True):
    """Where a state or organisation stands on a matter, by which act, and which coded events show it."""

    actor: Ref
    matter: str
    stance: Stance
    act: str
    period: Period | None
    coded: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


class Story(Record, frozen=True, kw_only=True):
    """Events of one running matter, as their reports' names and numbers tell. Its id is of its smallest report."""

    id: str
    title: str  # that of the event with most voices
    events: tuple[str, ...]
    reports: tuple[str, ...]
    period: Period | None = None


class Failure(Record, frozen=True, kw_only=True):
    """Something could not be done. Kept, counted and shown; never dropped."""

    uri: str
    stage: str
    error: str
    where: str = ""  # offset, line or record number
    retryable: bool = False


# -- what the pipeline carries --------------------------------------------------------------------------


class Analysis(Record, frozen=True, kw_only=True):
    """One document and the layers that the stages have added to it, oldest first."""

    document: Document
    reports: tuple[Report, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    referents: tuple[Referent, ...] = ()
    claims: tuple[ActorClaim, ...] = ()
    speech: tuple[Speech, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    events: tuple[CodedEvent, ...] = ()


class Coranto(Exception):
    """Root of the program's errors. ``exit_code`` is what the command line ends with."""

    exit_code = 3


class UsageError(Coranto):
    """The command or the configuration is wrong."""

    exit_code = 2


class DataError(Coranto):
    """Data met are not what was expected."""

    exit_code = 3


class MissingResource(Coranto):
    """A package, model or file that is needed is not there."""

    exit_code = 4


def index(items: Iterable[T], key: str = "id") -> dict[str, T]:
    """Items by one of their fields."""
    return {getattr(item, key): item for item in items}


def to_json(record: object) -> bytes:
    """One line of JSON, the same bytes for the same record."""
    return msgspec.json.encode(record, order="deterministic")
