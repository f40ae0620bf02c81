"""Synthetic coded events with a realistic skew -> time per event and peak memory of linking.

    python benchmarks/linking.py 20000 100000
    python benchmarks/linking.py --days 730 20000 100000

Every size is linked in a process of its own. A few countries, dyads and towns have most of the events; an event is told
by one report or by many, near its day; a report tells several; one in twenty is a copy. A larger record is a longer
one: a day has about ``A_DAY`` coded events, whatever the size (a war's daily share of them is the same too, and its
sum grows), and there are more days. With ``--days`` all sizes cover so many days, and the busy ones grow with them.
"""

import resource
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from coranto import knowledge
from coranto.linkage.link import stream
from coranto.records import (
    Basis,
    Block,
    BlockKind,
    CodedEvent,
    Document,
    EventType,
    Field,
    Figure,
    FigureKind,
    Modality,
    Period,
    Place,
    Precision,
    Ref,
    RefKind,
    Report,
    Sourced,
    Span,
    TimeExpression,
    Timex,
    Via,
    make_id,
)

START = date(1990, 1, 1)
A_DAY = 400  # coded events of a day
TYPES = [EventType.ASSAULT] * 8 + [EventType.CONSULT] * 5 + [EventType.ACCUSE] * 4 + list(EventType)
VERBS = {EventType.ASSAULT: "shelled struck bombed attacked hit".split(), EventType.CONSULT: "met visited".split()}
WORDS = [a + b for a in "bar cor dol fen gat hul jar kel lum mor nar pol rus sil tor vel".split()
         for b in "mont vale ster wick port land field gate ford ham dale bury".split()]  # fmt: skip


class Truth(NamedTuple):
    """What happened, before anybody tells it."""

    type: EventType
    actor: Ref
    recipient: Ref
    place: Place
    day: date
    toll: int
    words: tuple[str, ...]


def skewed(draw: Random, count: int) -> int:
    """A number below ``count``, small ones far more often."""
    return min(count - 1, int(count ** draw.random()) - 1)


def truth(n: int, a_day: int) -> Truth:
    """The n-th thing that happened, of so many a day."""
    draw = Random(n)
    one, other = skewed(draw, 120), skewed(draw, 120)
    place = skewed(draw, 5000)
    return Truth(
        draw.choice(TYPES), _state(one), _state(other if other != one else one + 1),
        Place(id=f"geonames:{place}", name=f"Town{place}", precision=Precision.TOWN, country=f"C{place % 120:02}",
              admin1=f"A{place % 700}", latitude=(place * 7) % 140 - 70.0, longitude=(place * 13) % 340 - 170.0),
        START + timedelta(days=n // a_day), 1 + skewed(draw, 60), tuple(draw.choices(WORDS, k=12)),
    )  # fmt: skip


def _state(n: int) -> Ref:
    return Ref(id=f"country:C{n:02}", name=f"State{n}", kind=RefKind.COUNTRY, country=f"C{n:02}", sectors=("GOV",))


def pages(count: int, days: int = 0, seed: int = 1) -> Iterator[tuple[Document, Report, list[CodedEvent]]]:
    """Documents with their coded events, until there are ``count`` of these, of so many days (0: ``A_DAY`` a day)."""
    draw, made, text = Random(seed), 0, ""
    days = days or max(1, count // A_DAY)
    a_day = max(1, count // days)
    told: list[Truth] = []
    n = 0
    while made < count:
        n += 1
        if n % 20 or not told:
            much_told = draw.random() < 0.4
            first = draw.randrange(days) * a_day + (skewed(draw, a_day) if much_told else draw.randrange(a_day))
            told = [truth(first + k * k, a_day) for k in range(1 + skewed(draw, 8))]
            text = ""
        yield (page := _page(n, told, draw, text))
        text = page[0].text
        made += len(page[2])


def _page(n: int, told: list[Truth], draw: Random, text: str) -> tuple[Document, Report, list[CodedEvent]]:
    outlet = f"outlet{skewed(draw, 300)}.example"
    id_ = make_id("page", n)
    day = max(t.day for t in told) + timedelta(days=draw.randrange(2))
    text = text or "\n".join(_sentence(t, draw) for t in told)
    published = Sourced(value=_time(day), basis=Basis.CARRIED, via=Via.METADATA,
                        evidence=(Field(document=id_, path="date", raw=str(day)),))  # fmt: skip
    span = Span(0, len(text))
    document = Document(id=id_, uri=f"https://{outlet}/{n}", digest=id_ * 2, outlet=outlet, text=text,
                        published=published, blocks=(Block(kind=BlockKind.BODY, span=span),))  # fmt: skip
    report = Report(id=make_id(id_, 0), document=id_, span=span, published=published)
    lines = text.split("\n")
    starts = [sum(len(x) + 1 for x in lines[:k]) for k in range(len(lines))]
    return document, report, [_coded(document, report, t, starts[k], lines[k]) for k, t in enumerate(told)]


def _sentence(t: Truth, draw: Random) -> str:
    verb = draw.choice(VERBS.get(t.type, ["did"]))
    some = " ".join(draw.sample(t.words, 7))
    own = " ".join(draw.choices(WORDS, k=10))
    return f"{t.actor.name} {verb} {t.recipient.name} in {t.place.name}: {some}; {t.toll} of them, {own}."


def _coded(d: Document, r: Report, t: Truth, start: int, line: str) -> CodedEvent:
    words = line.split(" ")
    at = start + len(words[0]) + 1
    trigger = d.cite(at, at + len(words[1]))

    def said(value: object, low: int, high: int) -> Sourced:
        return Sourced(value=value, basis=Basis.STATED, via=Via.RULE, evidence=(d.cite(low, high),))

    town = start + line.index(t.place.name)
    cameo = "190" if t.type is EventType.ASSAULT else "040"
    toll = Figure(what=FigureKind.KILLED, low=Decimal(t.toll), high=Decimal(t.toll))
    assumed = Sourced(value=_time(t.day), basis=Basis.ASSUMED, via=Via.RULE)
    return CodedEvent(
        id=make_id(d.id, at, t.type), document=d.id, report=r.id, sentence=make_id(d.id, start), predicate="",
        trigger=trigger, type=said(t.type, at, at + len(words[1])), cameo=cameo,
        actors=(said(t.actor, start, at - 1),), recipients=(said(t.recipient, start, at - 1),),
        place=said(t.place, town, town + len(t.place.name)), modality=said(Modality.ASSERTED, at, at + 1),
        time=said(_time(t.day), start, at) if at % 3 else assumed, figures=(said(toll, start, at),) if at % 2 else (),
    )  # fmt: skip


def _time(day: date) -> TimeExpression:
    return TimeExpression(timex=Timex(type="DATE", value=str(day)), period=Period(low=day, high=day, best=day))


class Made:
    """Pages, one by one, and the seconds of CPU that it took to make them."""

    def __init__(self, count: int, days: int = 0) -> None:
        self.count, self.days, self.spent, self.coded = count, days, 0.0, 0

    def __iter__(self) -> Iterator[tuple[Document, list[Report], list[CodedEvent]]]:
        began = time.process_time()
        for document, report, coded in pages(self.count, self.days):
            self.spent += time.process_time() - began
            self.coded += len(coded)
            yield document, [report], coded
            began = time.process_time()


def measure(count: int, days: int = 0) -> None:
    """One line: events, seconds, microseconds an event, GiB at the peak, events of the record, capped blocks."""
    known, made = knowledge.load(), Made(count, days)
    began = time.process_time()
    record = stream(made, known)
    events, judged = (sum(1 for _ in some) for some in (record.events, record.merges))
    spent = time.process_time() - began - made.spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{made.coded:>9,} coded events  {spent:8.1f} s of CPU  {spent / made.coded * 1e6:7.0f} us each  "
          f"{peak / 2**20:6.2f} GiB peak  "
          f"{events:,} events, {judged:,} judged pairs, {len(record.caps)} caps", flush=True)  # fmt: skip


if __name__ == "__main__":
    options = ArgumentParser()
    options.add_argument("sizes", nargs="*", type=int, default=[20_000])
    options.add_argument("--days", type=int, default=0)
    options.add_argument("--one", action="store_true")
    asked = options.parse_args()
    if asked.one:
        measure(asked.sizes[0], asked.days)
    else:
        for size in asked.sizes:
            again = [__file__, "--one", "--days", str(asked.days), str(size)]
            subprocess.run([sys.executable, *again], check=True)
