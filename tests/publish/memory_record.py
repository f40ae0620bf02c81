"""A record held in memory: the reads of `RecordReader` over plain tuples."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from coranto.publish.reading import FACETS, Bucket, Filters, Hits, OutletCount
from coranto.records import Analysis, CodedEvent, Document, Event, Failure, Lineage, Merge, Record, Relation, index


class MemoryRecord(Record, frozen=True, kw_only=True):
    analyses: tuple[Analysis, ...] = ()
    record: tuple[Event, ...] = ()
    judged: tuple[Merge, ...] = ()
    lines: tuple[Lineage, ...] = ()
    failed: tuple[Failure, ...] = ()

    def counts(self) -> Mapping[str, int]:
        return {
            "documents": len(self.analyses),
            "reports": sum(len(a.reports) for a in self.analyses),
            "coded": sum(len(a.events) for a in self.analyses),
            "events": len(self.record),
            "voices": len({v.origin for e in self.record for v in e.voices}),
            "failures": len(self.failed),
        }

    def search(self, query: str, filters: Filters, *, order: str, limit: int, offset: int) -> Hits:
        found = [e for e in self.record if self._matches(e, query, filters)]
        if order == "newest":
            found.sort(key=lambda e: (-_day(e).toordinal(), e.id))
        if order == "contested":
            found.sort(key=lambda e: (-sum(r.relation is Relation.CONTESTED for r in e.relations), e.id))
        facets = {}
        for name in FACETS:
            counts = Counter(value for e in found for value in set(_values(e, name)))
            facets[name] = tuple(
                Bucket(value=v, count=c) for v, c in sorted(counts.items(), key=lambda i: (-i[1], i[0]))
            )
        return Hits(events=tuple(found[offset : offset + limit]), total=len(found), facets=facets)

    def _matches(self, event: Event, query: str, filters: Filters) -> bool:
        words = " ".join(c.trigger.quote for c in self.coded(event.coded)) + " " + event.title
        days = [r.value.period for r in event.time if r.value.period]
        return (
            all(word in words.casefold() for word in query.casefold().split())
            and all(not (want := filters.values(n)) or set(want) & set(_values(event, n)) for n in FACETS)
            and (not filters.since or any(p.high >= filters.since for p in days))
            and (not filters.until or any(p.low <= filters.until for p in days))
        )

    def event(self, id: str) -> Event | None:
        return index(self.record).get(id)

    def coded(self, ids: Sequence[str]) -> tuple[CodedEvent, ...]:
        known = index(self.every_coded())
        return tuple(known[id] for id in ids if id in known)

    def belongs(self, coded: Sequence[str]) -> Mapping[str, str]:
        return {id: e.id for e in self.record for id in e.coded if id in set(coded)}

    def document(self, id: str) -> Analysis | None:
        return next((a for a in self.analyses if a.document.id == id), None)

    def documents(self, ids: Sequence[str]) -> tuple[Document, ...]:
        return tuple(a.document for a in self.analyses if a.document.id in ids)

    def merges(self, coded: Sequence[str]) -> tuple[Merge, ...]:
        return tuple(m for m in self.judged if {m.a, m.b} & set(coded))

    def lineages(self, reports: Sequence[str]) -> tuple[Lineage, ...]:
        return tuple(line for line in self.lines if line.report in reports)

    def failures(self) -> Sequence[Failure]:
        return self.failed

    def outlets(self) -> Sequence[OutletCount]:
        names = Counter(a.document.outlet for a in self.analyses)
        return [
            OutletCount(
                outlet=name,
                documents=count,
                reports=sum(len(a.reports) for a in self.analyses if a.document.outlet == name),
                coded=sum(len(a.events) for a in self.analyses if a.document.outlet == name),
                events=sum(name in e.outlets for e in self.record),
            )
            for name, count in names.most_common()
        ]

    def events(self) -> Iterator[Event]:
        return iter(sorted(self.record, key=lambda e: e.id))

    def every_coded(self) -> Iterator[CodedEvent]:
        return iter(sorted((c for a in self.analyses for c in a.events), key=lambda c: c.id))


def _day(event: Event) -> date:
    period = event.time[0].value.period if event.time else None
    return period.best if period else date.min


def _values(event: Event, name: str) -> list[str]:
    match name:
        case "type":
            return [event.type.value]
        case "actor":
            return [r.value.country for r in event.actors if r.value.country]
        case "recipient":
            return [r.value.country for r in event.recipients if r.value.country]
        case "place":
            return [r.value.country for r in event.place if r.value.country]
        case "modality":
            return [r.value.value for r in event.modality]
        case _:
            return list(event.outlets)
