"""One event -> readable text: every reading with its quotes, every voice, and why its members are one event."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coranto.publish.marks import Stretch
from coranto.publish.pages.event import EventPage, Telling, event_page
from coranto.publish.pages.sources import Quoted
from coranto.publish.reading import RecordReader
from coranto.records import UsageError

if TYPE_CHECKING:
    from coranto.store.sqlite import Store

PAIRS = 20  # judgements shown at most
QUOTES = 12  # pieces of evidence of one reading shown at most
NAMES = 6  # voices of one reading named at most


def explain_event(reader: "RecordReader | Store", id: str) -> str:
    """What the record says of one event and why, as text. Raises UsageError where the record has no such event."""
    from coranto.publish.stored import reading

    page = event_page(reading(reader), id)
    if page is None:
        raise UsageError(f"expected the id of an event of this record, met {id!r}")
    return "\n".join(_lines(page)) + "\n"


def _lines(page: EventPage) -> Iterator[str]:
    event = page.event
    yield f"{event.type.value}  {page.sentence}"
    yield (
        f"{len(event.voices)} independent voices, {len(event.outlets)} outlets, "
        f"{len(event.reports)} reports, {len(event.coded)} coded events  [{event.id}]"
    )
    for field in page.fields:
        yield ""
        yield field.label + ("  (contested)" if field.contested else "")
        for reading in field.readings:
            code = f" [{reading.code}]" if reading.code else ""
            basis = "" if reading.basis == "stated" else f" ({reading.basis})"
            yield f"  {reading.value}{code}{basis}  said by {len(reading.voices)}: {_named(reading.voices)}"
            for quoted in reading.evidence[:QUOTES]:
                yield f"    {_quoted(quoted)}"
            if len(reading.evidence) > QUOTES:
                yield f"    and {len(reading.evidence) - QUOTES} more"
            if not reading.evidence:
                yield "    no words: assumed"
    yield from _relations(page)
    yield ""
    yield "Voices"
    for voice in page.voices:
        yield f"  {voice.name}" + (f"  ({voice.reason})" if voice.reason else "")
        for telling in voice.tellings:
            yield f"    {_told(telling)}"
            for copy in telling.copies:
                yield f"      copy: {copy.outlet} {copy.day}".rstrip()
    yield from _merges(page)


def _named(voices: Sequence[str]) -> str:
    more = f"; and {len(voices) - NAMES} more" if len(voices) > NAMES else ""
    return "; ".join(voices[:NAMES]) + more


def _quoted(quoted: Quoted) -> str:
    how = f"{quoted.basis} by {quoted.via}, {quoted.score:.2f}, {quoted.by}".removesuffix(", ")
    where = " ".join(filter(None, (quoted.outlet, quoted.day)))
    if quoted.path:
        return f"{quoted.path} = {quoted.quote!r}  ({where}; {how})"
    return f"{_text(quoted.sentence, 'quote') or quoted.quote}  ({where}; {how})"


def _text(sentence: tuple[Stretch, ...], kind: str) -> str:
    """A sentence on one line with the words of a kind in brackets."""
    marked = "".join(f"[{s.text}]" if kind in s.kinds else s.text for s in sentence)
    return " ".join(marked.replace("][", "").split())


def _told(telling: Telling) -> str:
    said = f" — says {telling.said_by}" if telling.said_by else ""
    modality = f" ({telling.modality})" if telling.modality != "asserted" else ""
    return f"{telling.outlet} {telling.day}: {_text(telling.sentence, 'trigger')}{said}{modality}"


def _relations(page: EventPage) -> Iterator[str]:
    if page.relations:
        yield ""
        yield "How the readings stand to each other"
    for relation in page.relations:
        yield f"  {relation.field}: {relation.a} / {relation.b}: {relation.relation} ({relation.why})"


def _merges(page: EventPage) -> Iterator[str]:
    if not page.merges:
        return
    yield ""
    yield "Why these are one event"
    for merge in page.merges[:PAIRS]:
        verdict = "one event" if merge.inside else "another event"
        weights = ", ".join(f"{name} {weight:+.2f}" for name, weight in merge.features)
        vetoes = f"; vetoes: {', '.join(merge.vetoes)}" if merge.vetoes else ""
        pair = f"{merge.a_outlet or merge.a} '{merge.a_trigger}' + {merge.b_outlet or merge.b} '{merge.b_trigger}'"
        yield f"  {pair}: {merge.score:.2f}, {verdict} ({weights}{vetoes})"
    if len(page.merges) > PAIRS:
        yield f"  and {len(page.merges) - PAIRS} more pairs"
