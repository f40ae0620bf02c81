"""Paths -> a record, or coded events on standard output: read, code, demo."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coranto.cli.program import counts_line, knowledge, main, opened, threshold
from coranto.records import Failure, UsageError, to_json

if TYPE_CHECKING:
    from coranto.documents.fetch import Fetcher


@main.command()
@click.argument("paths", nargs=-1)
@threshold
@click.option(
    "--into", "into", required=True, type=click.Path(path_type=Path), help="The record: an SQLite file, made if new."
)
@click.option("--workers", default=1, show_default=True, help="Processes that parse and code.")
@click.option(
    "--max-failures", default=0.2, show_default=True, help="Share of failed inputs over which the exit code is 1."
)
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME",
    help="The name that a table or JSON file gives a field, as text=Body; may be repeated.",
)  # fmt: skip
@click.option("--fetch", is_flag=True, help="Fetch the PATHS that are http or https addresses, and nothing else.")
@click.option(
    "--watch", type=click.Path(path_type=Path),
    help="Fetch the feeds of this OPML file or the addresses of this list, one a line; only what is new.",
)  # fmt: skip
def read(
    paths: tuple[str, ...], into: Path, workers: int, max_failures: float, columns: tuple[str, ...], fetch: bool,
    watch: Path | None,
) -> None:  # fmt: skip
    """Read PATHS (files, folders, globs, - for standard input), code them, and link them into a record.

    Reading the same thing twice adds nothing; a run that was stopped goes on where it was.

    \b
    Examples:
      coranto read news/ --into record.db
      coranto read "2024-*/*.html" extra.jsonl --into record.db --workers 2
      coranto read crawl.warc.gz feed.xml mail/ --into record.db
      coranto read table.csv --column text=Body --column date=Day --into record.db
      coranto read --fetch https://news.example/report --into record.db
      coranto read --watch feeds.opml --into record.db
      cat page.html | coranto read - --into record.db
    """
    from coranto.documents import columns as columns_
    from coranto.engine.runs import read_into

    if workers < 1:
        raise UsageError(f"expected --workers of at least 1, met {workers}")
    named = columns_.parsed(columns)
    fetcher, asked = _fetching(paths, into, fetch, watch)
    with opened(into, create=True) as store:
        with _Progress() as progress:
            summary = read_into(
                store, asked, knowledge=knowledge(), workers=workers, progress=progress, columns=named,
                fetcher=fetcher,
            )  # fmt: skip
        if fetcher:
            from coranto.documents.fetch import save_visits

            save_visits(_visits(into), fetcher.visits)
        click.echo(f"{into}: {summary.added} new documents, {summary.known} known, {summary.failed} failures")
        click.echo(counts_line(store.counts()))
        if summary.passed:
            click.echo(f"passed over {summary.passed} parts of archives that are no documents", err=True)
        if summary.furniture:
            click.echo(
                f"left out of the record: {summary.furniture} coded events of lines that an outlet repeats", err=True
            )
        if summary.foreign:
            told = ", ".join(f"{count} {code}" for code, count in summary.foreign.items())
            click.echo(f"paragraphs in other languages, kept and not coded: {told}", err=True)
        if summary.failed:
            click.echo(f"what failed and why: coranto stats {into}", err=True)
        seen = summary.added + summary.known + summary.failed
        if seen and summary.failed / seen > max_failures:
            raise SystemExit(1)


def _visits(into: Path) -> Path:
    return into.with_name(into.name + ".visits.json")


def _fetching(
    paths: tuple[str, ...], into: Path, fetch: bool, watch: Path | None
) -> "tuple[Fetcher | None, list[str]]":
    """Who fetches, if anything may be fetched, and all that is to be read."""
    if not paths and not watch:
        raise UsageError("expected PATHS, or --watch with a list of addresses")
    if not fetch and not watch:
        return None, list(paths)
    from coranto.documents.fetch import Fetcher, listed, load_visits

    if not fetch and (address := next((p for p in paths if p.startswith(("http://", "https://"))), None)):
        raise UsageError(f"expected --fetch beside the address {address!r}: nothing is fetched unless asked for")
    return Fetcher(visits=load_visits(_visits(into))), [*paths, *(listed(watch) if watch else ())]


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


@main.command()
@click.argument("paths", nargs=-1, required=True)
@threshold
@click.option("--all-layers", is_flag=True, help="Whole analyses (every layer), not coded events only.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME",
    help="The name that a table or JSON file gives a field, as text=Body; may be repeated.",
)  # fmt: skip
def code(paths: tuple[str, ...], all_layers: bool, columns: tuple[str, ...]) -> None:
    """Code PATHS without a store: coded events as JSON lines on standard output, failures on standard error.

    \b
    Examples:
      coranto code page.html
      coranto code news/*.txt > coded.jsonl
      echo "Turkey recalled its ambassador on Friday." | coranto code -
    """
    from coranto.documents import columns as columns_
    from coranto.engine.runs import analyse

    failed = seen = 0
    named = columns_.parsed(columns)
    for made in analyse(list(paths), knowledge=knowledge(), columns=named):
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
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path("demo.db"), show_default=True, help="The record to make."
)
def demo(into: Path) -> None:
    """Read the bundled reports (real ones under their licences, invented ones labelled so); show what came of it."""
    from coranto.publish.demo import run

    for line in run(into, knowledge=knowledge()):
        click.echo(line)
