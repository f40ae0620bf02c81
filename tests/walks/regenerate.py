"""Written stories -> their golden records.

After a change that is meant, run `python -m tests.walks.regenerate` in the project's root and look at the difference.
"""

import json
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple

from coranto import demo, knowledge
from coranto.engine.runs import Coding, documents
from coranto.knowledge import Knowledge
from coranto.linkage.link import Linked, link
from coranto.records import Analysis, CodedEvent, Event, Reading, Ref

HERE = Path(__file__).parent
STORIES = tuple(sorted(path.parent.name for path in demo.keys()))  # noqa: SIM118


class Story(NamedTuple):
    """One written story as read, coded and linked."""

    name: str
    analyses: dict[str, Analysis]  # by the page's name
    record: Linked
    coded: dict[str, CodedEvent]

    def page(self, coded: str) -> str:
        """The name of the page that a coded event is in."""
        return next(n for n, a in self.analyses.items() if a.document.id == self.coded[coded].document)

    def at(self, page: str, words: str) -> Event:
        """The event whose trigger stands in, or around, these words of a page; no content of another first."""
        a = self.analyses[page]
        start = a.document.text.index(words)
        found = [
            e for e in a.events if e.trigger.span.start < start + len(words) and start < e.trigger.span.end
        ]  # fmt: skip
        assert found, f"nothing is coded at {words!r} of {page}"
        chosen = min(found, key=lambda e: (bool(e.parent), e.trigger.span.start))
        return next(e for e in self.record.events if chosen.id in e.coded)

    def report_page(self, report: str) -> str:
        """The name of the page that a report is in; an agency's or outlet's origin as it is."""
        return next((n for n, a in self.analyses.items() if any(r.id == report for r in a.reports)), report)


def read_story(name: str, known: Knowledge) -> Story:
    """A story through all stages, as one record. Addresses are file names, so ids do not hang on where it lies."""
    analyses: dict[str, Analysis] = {}
    with chdir(demo.FOLDER / "written" / name):
        pages = sorted(Path().glob("*.html"))
        read = list(documents([str(p) for p in pages], known))
    for page, made in zip(pages, Coding(known)(read)):  # type: ignore[arg-type]
        assert isinstance(made, Analysis), made
        analyses[page.stem] = made
    all_ = list(analyses.values())
    record = link(
        [e for a in all_ for e in a.events], [r for a in all_ for r in a.reports], [a.document for a in all_], known
    )
    return Story(name, analyses, record, {e.id: e for a in all_ for e in a.events})


def golden(story: Story) -> list[dict[str, Any]]:
    """What a record says, without ids and scores: one short object an event, in the order of its words."""
    return [_event(e, story) for e in sorted(story.record.events, key=lambda e: min(_places(e, story)))]


def _places(event: Event, story: Story) -> list[tuple[str, int, int]]:
    return [(story.page(c), story.coded[c].trigger.span.start, story.coded[c].trigger.span.end) for c in event.coded]


def _event(event: Event, story: Story) -> dict[str, Any]:
    first = event.time[0].value.period if event.time else None
    return {
        "type": event.type.value,
        "actors": _codes(event.actors),
        "recipients": _codes(event.recipients),
        "place": sorted({r.value.name for r in event.place}),
        "day": first.best.isoformat() if first else "",
        "voices": sorted(v.name for v in event.voices),
        "reports": sorted({story.page(c) for c in event.coded}),
        "words": sorted({story.coded[c].trigger.quote for c in event.coded}),
        "modality": sorted({r.value.value for r in event.modality}),
        "figures": sorted(f"{r.value.what.value} {r.value.low}..{r.value.high}" for r in event.figures),
        "relations": sorted({f"{r.field}: {r.relation.value}" for r in event.relations}),
    }


def _codes(readings: tuple[Reading[Ref], ...]) -> list[str]:
    return sorted({r.value.code or r.value.name for r in readings})


def written(record: list[dict[str, Any]]) -> str:
    """A golden record as the text of its file: one line a field, so that a change is seen line by line."""
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def path(name: str) -> Path:
    """Where the golden record of a story is kept."""
    return HERE / name / "record.json"


def main() -> None:
    """Every golden record is what the program makes now."""
    known = knowledge.load()
    for name in STORIES:
        path(name).parent.mkdir(exist_ok=True)
        path(name).write_text(written(golden(read_story(name, known))), encoding="utf-8")


if __name__ == "__main__":
    main()
