"""A record -> people: serve, export, explain, timeline, diff, stats."""

from pathlib import Path

import click

from coranto.cli.program import knowledge, main, opened, threshold
from coranto.records import UsageError


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

    opened(record).close()
    click.echo(f"serving {record} on http://{host}:{port} (Ctrl-C stops)")
    start(record, host, port)


@main.command()
@click.argument("form", type=click.Choice(["jsonl", "coded", "csv", "plover"]))
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write here (default: standard output).")
@click.option(
    "--map", "mapped", type=click.Path(path_type=Path),
    help="A table (type, mode, cameo, label) of your own ontology: csv gets a column of its labels.",
)  # fmt: skip
def export(form: str, record: Path, out: Path | None, mapped: Path | None) -> None:
    """Write RECORD as jsonl (events with readings), coded (coded events), csv (a row an event) or plover.

    \b
    Examples:
      coranto export jsonl record.db --out events.jsonl
      coranto export csv record.db > events.csv
      coranto export csv record.db --map codebook.tsv > events.csv
    """
    from coranto.publish import formats

    with opened(record) as store:
        formats.write(form, store, out, mapped=mapped)


@main.command()
@click.argument("record", required=False, type=click.Path(path_type=Path))
@click.argument("event", required=False)
@threshold
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

        known = knowledge()
        for analysis in analyse([text], known):
            for line in explain_text(analysis, known):
                click.echo(line)
        return
    if record is None or event is None:
        raise UsageError('expected RECORD and EVENT, or --text "..."')
    from coranto.publish.explain import explain_event

    with opened(record) as store:
        click.echo(explain_event(store, event))


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
    with opened(record) as store:
        if listed:
            lines = pages.stories(store)
        elif dossier:
            lines = pages.dossier(store, story)
        else:
            lines = pages.timeline(store, story=story, actor=actor, limit=limit)
        for line in lines:
            click.echo(line)


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

    with opened(before) as old, opened(after) as new:
        for line in difference(old, new):
            click.echo(line)


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
def modes(record: Path) -> None:
    """Lay three ways of merging the coded events of RECORD side by side, as a table.

    One a day: equal day, actors and code are one event. Near: one type within 1 km and a day. And RECORD's own events.

    \b
    Example:
      coranto modes record.db
    """
    from coranto.publish.modes import modes, table

    with opened(record) as store:
        for line in table(modes(store)):
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

    with opened(record) as store:
        for name, count in store.counts().items():
            click.echo(f"{name:<16} {count:>10,}")
        kinds = Counter((f.stage, f.error.split(":")[0]) for f in store.failures())
        for (stage, error), count in kinds.most_common():
            click.echo(f"failed in {stage}: {error}: {count:,}")
