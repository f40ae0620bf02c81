"""The command line: `coranto read | code | serve | export | explain | judge | timeline | diff | evaluate | ...`.

Nothing heavy is imported before a command needs it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coranto import __version__
from coranto.records import Coranto, Failure, UsageError, to_json

if TYPE_CHECKING:
    from coranto.knowledge import Knowledge
    from coranto.store.sqlite import Store


class Program(click.Group):
    """Turns the program's errors into one line on standard error and their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Exit codes: 0 done, 1 too many failures, 2 usage, 3 data, 4 missing resource, 130 stopped."""
        try:
            return super().invoke(ctx)
        except Coranto as error:
            click.echo(f"coranto: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo(
                "coranto: interrupted; what was committed is kept, run the same command again to go on", err=True
            )
            ctx.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coranto")
def main() -> None:
    """Read news about conflict and diplomacy; keep a sourced record of who did what to whom, when and where, and who
    says so.

    \b
    Examples:
      coranto read reports/ --into record.db
      coranto serve record.db
      coranto explain --text "Russian forces shelled Kharkiv on Monday, officials said."
    """


def _knowledge() -> "Knowledge":
    from coranto import knowledge

    return knowledge.load()


def _open(path: Path, *, create: bool = False) -> "Store":
    from coranto.store.sqlite import Store

    return Store.open(path, create=create)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--into", "into", required=True, type=click.Path(path_type=Path), help="The record: an SQLite file, made if new."
)
@click.option("--workers", default=1, show_default=True, help="Processes that parse and code.")
@click.option(
    "--max-failures", default=0.2, show_default=True, help="Share of failed inputs over which the exit code is 1."
)
def read(paths: tuple[str, ...], into: Path, workers: int, max_failures: float) -> None:
    """Read PATHS (files, folders, globs, - for standard input), code them, and link them into a record.

    Reading the same thing twice adds nothing; a run that was stopped goes on where it was.

    \b
    Examples:
      coranto read news/ --into record.db
      coranto read "2024-*/*.html" extra.jsonl --into record.db --workers 2
      cat page.html | coranto read - --into record.db
    """
    from coranto.engine.runs import read_into

    if workers < 1:
        raise UsageError(f"expected --workers of at least 1, met {workers}")
    with _open(into, create=True) as store:
        with _Progress() as progress:
            summary = read_into(store, list(paths), knowledge=_knowledge(), workers=workers, progress=progress)
        click.echo(f"{into}: {summary.added} new documents, {summary.known} known, {summary.failed} failures")
        click.echo(_counts_line(store.counts()))
        if summary.failed:
            click.echo(f"what failed and why: coranto stats {into}", err=True)
        seen = summary.added + summary.known + summary.failed
        if seen and summary.failed / seen > max_failures:
            raise SystemExit(1)


class _Progress:
    """A progress line on a terminal; a JSON line now and then elsewhere, on standard error."""

    def __enter__(self) -> "_Progress":
        self.done = 0
        self.terminal = sys.stderr.isatty()
        return self

    def __call__(self, done: int, *_: object) -> None:
        self.done = done
        if self.terminal:
            click.echo(f"\r{done} documents", nl=False, err=True)
        elif done % 500 < 20 and done >= 500:
            click.echo(f'{{"documents": {done}}}', err=True)

    def __exit__(self, *_: object) -> None:
        if self.terminal and self.done:
            click.echo("", err=True)


def _counts_line(counts: dict[str, int]) -> str:
    names = ("documents", "reports", "coded", "events", "voices")
    shown = [f"{counts[n]:,} {'coded events' if n == 'coded' else n}" for n in names if n in counts]
    return "the record holds " + ", ".join(shown)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--all-layers", is_flag=True, help="Whole analyses (every layer), not coded events only.")
def code(paths: tuple[str, ...], all_layers: bool) -> None:
    """Code PATHS without a store: coded events as JSON lines on standard output, failures on standard error.

    \b
    Examples:
      coranto code page.html
      coranto code news/*.txt > coded.jsonl
      echo "Turkey recalled its ambassador on Friday." | coranto code -
    """
    from coranto.engine.runs import analyse

    failed = seen = 0
    for made in analyse(list(paths), knowledge=_knowledge()):
        seen += 1
        if isinstance(made, Failure):
            failed += 1
            click.echo(to_json(made).decode(), err=True)
        elif all_layers:
            click.echo(to_json(made).decode())
        else:
            for event in made.events:
                click.echo(to_json(event).decode())
    if failed and failed == seen:
        raise SystemExit(1)


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8642, show_default=True, help="Port to listen on.")
def serve(record: Path, host: str, port: int) -> None:
    """Open the explorer of RECORD in a browser at http://127.0.0.1:8642 (loopback only, unless told otherwise).

    \b
    Example:
      coranto serve record.db
    """
    from coranto.publish.web.serve import serve as start

    _open(record).close()
    click.echo(f"serving {record} on http://{host}:{port} (Ctrl-C stops)")
    start(record, host, port)


@main.command()
@click.argument("form", type=click.Choice(["jsonl", "coded", "csv", "plover"]))
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write here (default: standard output).")
def export(form: str, record: Path, out: Path | None) -> None:
    """Write RECORD as jsonl (events with readings), coded (coded events), csv (a row an event) or plover.

    \b
    Examples:
      coranto export jsonl record.db --out events.jsonl
      coranto export csv record.db > events.csv
    """
    from coranto.publish import formats

    with _open(record) as store:
        formats.write(form, store, out)


@main.command()
@click.argument("record", required=False, type=click.Path(path_type=Path))
@click.argument("event", required=False)
@click.option("--text", help="Explain the coding of this text instead.")
def explain(record: Path | None, event: str | None, text: str | None) -> None:
    """Say why: how EVENT of RECORD was put together, or (--text) why a sentence was or was not coded.

    \b
    Examples:
      coranto explain record.db 5f0c2a91d3e4b677
      coranto explain --text "The minister denied that troops had crossed the border."
    """
    if text is not None:
        from coranto.evaluation.events import analyse
        from coranto.events.explain import explain as explain_text

        knowledge = _knowledge()
        for analysis in analyse([text], knowledge):
            for line in explain_text(analysis, knowledge):
                click.echo(line)
        return
    if record is None or event is None:
        raise UsageError('expected RECORD and EVENT, or --text "..."')
    from coranto.publish.explain import explain_event

    with _open(record) as store:
        click.echo(explain_event(store, event))


@main.command()
@click.argument(
    "task",
    type=click.Choice(
        ["events", "time", "record", "places", "attribution", "factuality", "figures", "copies", "linkage"]
    ),
)
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--predictions", type=click.Path(path_type=Path), help="Write what the program answered, a line a gold item."
)
def evaluate(task: str, gold: Path, predictions: Path | None) -> None:
    """Score the program against GOLD.

    \b
    Examples:
      coranto evaluate events gold/sentences.jsonl --predictions out.jsonl
      coranto evaluate record walks/vote/key.json
    """
    import json
    from importlib import import_module

    if not gold.exists():
        raise UsageError(f"expected a gold file, met nothing at {gold}")
    if predictions is not None and not predictions.parent.is_dir():
        raise UsageError(f"expected a folder for --predictions, met nothing at {predictions.parent}")
    lines, scores = import_module(f"coranto.evaluation.{task}").evaluate(gold, _knowledge())
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)
    width = max(len(name) for name in scores)
    for name, value in scores.items():
        click.echo(f"{name:<{width}}  {value:.4f}" if isinstance(value, float) else f"{name:<{width}}  {value}")


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("document")
def retract(record: Path, document: str) -> None:
    """Take DOCUMENT (its id or address) out of RECORD, with what only it supported, and link the rest again."""
    from coranto.engine.runs import retract as take_out

    with _open(record) as store:
        click.echo(f"{take_out(store, document, knowledge=_knowledge())} documents retracted")
        click.echo(_counts_line(store.counts()))


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("a")
@click.argument("b")
@click.option("--same", "verdict", flag_value="must", help="They are one event.")
@click.option("--different", "verdict", flag_value="cannot", help="They are two events.")
@click.option("--undo", "verdict", flag_value="undo", help="Take back what was said of the two.")
@click.option("--why", default="", help="A reason, kept with the judgement.")
@click.option("--by", default="", help="Who says so.")
def judge(record: Path, a: str, b: str, verdict: str | None, why: str, by: str) -> None:
    """Say that A and B (ids of events, or of coded events of one event) are, or are not, one event.

    The judgement is kept in RECORD, holds in every later run, and can be taken back.

    \b
    Examples:
      coranto judge record.db 5f0c2a91d3e4b677 81aa02c4d7e9f310 --same
      coranto judge record.db 5f0c2a91d3e4b677 81aa02c4d7e9f310 --different --why "another bridge"
    """
    from coranto.engine.runs import judge as say

    if verdict is None:
        raise UsageError("expected one of --same, --different or --undo")
    with _open(record) as store:
        events = say(store, a, b, verdict, knowledge=_knowledge(), by=by, why=why)
        click.echo(f"they are {'one event' if len(events) == 1 else 'two events'} now: {', '.join(events)}")


@main.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
def diff(before: Path, after: Path) -> None:
    """Say what is new (+), gone (-), merged (>), split (<) or changed (~) from record BEFORE to record AFTER.

    Copy a record before you add to it, to compare the two states.

    \b
    Example:
      coranto diff yesterday.db today.db
    """
    from coranto.publish.difference import difference

    with _open(before) as old, _open(after) as new:
        for line in difference(old, new):
            click.echo(line)


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--story", default="", help="Only this story (its id, or that of an event in it).")
@click.option("--actor", default="", help="Only this actor: a country (ISO3), an id or a name.")
@click.option("--limit", default=0, show_default=True, help="Only so many events, of most voices (0: all).")
@click.option("--stories", "listed", is_flag=True, help="List the stories instead.")
@click.option("--dossier", is_flag=True, help="One page on the story instead.")
def timeline(record: Path, story: str, actor: str, limit: int, listed: bool, dossier: bool) -> None:
    """Print the events of RECORD by day, those of most voices first.

    \b
    Examples:
      coranto timeline record.db --limit 50
      coranto timeline record.db --actor UKR
      coranto timeline record.db --stories
      coranto timeline record.db --story 5f0c2a91d3e4b677 --dossier
    """
    from coranto.publish import timeline as pages

    if dossier and not story:
        raise UsageError("expected --story with --dossier")
    with _open(record) as store:
        if listed:
            lines = pages.stories(store)
        elif dossier:
            lines = pages.dossier(store, story)
        else:
            lines = pages.timeline(store, story=story, actor=actor, limit=limit)
        for line in lines:
            click.echo(line)


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
def stats(record: Path) -> None:
    """Count what RECORD holds, and list what failed, by kind.

    \b
    Example:
      coranto stats record.db
    """
    from collections import Counter

    with _open(record) as store:
        for name, count in store.counts().items():
            click.echo(f"{name:<16} {count:>10,}")
        kinds = Counter((f.stage, f.error.split(":")[0]) for f in store.failures())
        for (stage, error), count in kinds.most_common():
            click.echo(f"failed in {stage}: {error}: {count:,}")


@main.command()
def doctor() -> None:
    """Say what is installed and what is missing; exit code 4 if something that is needed is missing."""
    from coranto.engine.doctor import examine

    missing = 0
    for check in examine():
        click.echo(f"{'ok     ' if check.ok else 'MISSING'} {check.name}: {check.found}")
        missing += not check.ok and check.needed
    if missing:
        raise SystemExit(4)


@main.command()
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path("demo.db"), show_default=True, help="The record to make."
)
def demo(into: Path) -> None:
    """Read the bundled reports (real ones under their licences, invented ones labelled so); show what came of it."""
    from coranto.publish.demo import run

    for line in run(into, knowledge=_knowledge()):
        click.echo(line)


if __name__ == "__main__":
    main()
