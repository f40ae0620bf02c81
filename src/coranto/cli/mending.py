"""A record or the shipped tables -> the same, with what people say of them: judge, retract, knowledge."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from coranto.cli.program import counts_line, knowledge, main, opened
from coranto.records import UsageError


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
    with opened(record) as store:
        events = say(store, a, b, verdict, knowledge=knowledge(), by=by, why=why)
        click.echo(f"they are {'one event' if len(events) == 1 else 'two events'} now: {', '.join(events)}")


@main.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("document")
def retract(record: Path, document: str) -> None:
    """Take DOCUMENT (its id or address) out of RECORD, with what only it supported, and link the rest again."""
    from coranto.engine.runs import retract as take_out

    with opened(record) as store:
        click.echo(f"{take_out(store, document, knowledge=knowledge())} documents retracted")
        click.echo(counts_line(store.counts()))


def _print_unknown(target: str, limit: int) -> None:
    """Lines of kind, documents, mentions, name and the first sentence, parted by tabs."""
    from coranto.engine.unknown import read

    shown = Counter[str]()
    for u in read([target], knowledge()):
        shown[u.kind] += 1
        if shown[u.kind] <= limit:
            click.echo(f"{u.kind}\t{u.documents}\t{u.mentions}\t{u.name}\t{u.example}")


def _print_members(target: str, day: datetime | None) -> None:
    """Lines of country, first day, last day, last observed and source, parted by tabs."""
    known = knowledge()
    entry = known.actors.named(target)
    stays = known.memberships.stays(entry.ref.id, (day or datetime.now(UTC)).date()) if entry is not None else ()
    if entry is None or not stays:
        raise UsageError(f"expected an organisation whose members are known on that day, met {target!r}")
    for stay in stays:
        low, high = stay.low.isoformat() if stay.low else "", stay.high.isoformat() if stay.high else ""
        click.echo(f"{stay.country}\t{low}\t{high}\t{stay.observed}\t{stay.source}")


@main.command(name="knowledge")
@click.argument("action", type=click.Choice(["add", "list", "remove", "build", "unknown", "members"]))
@click.argument("target", required=False)
@click.option(
    "--kind",
    default="actors",
    show_default=True,
    type=click.Choice(["actors", "places", "petrarch", "geonames", "positions", "frames"]),
    help="What the file added is.",
)
@click.option("--name", default="", help="Name of the layer (default: the file's own).")
@click.option("--limit", type=int, default=50, show_default=True, help="How many unknown names of each kind.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the members (default: today).")
def knowledge_(action: str, target: str | None, kind: str, name: str, limit: int, day: datetime | None) -> None:
    """Lay your own actors, places and frames over the shipped tables (add, list, remove), or compile the gazetteer.

    TARGET is the file to add, the layer to remove, or (build) the file to compile into. "unknown" reads the reports
    under TARGET and lists the names of actors and places that stayed unknown, those of most documents first. "members"
    prints who belonged to the organisation TARGET on a day.

    \b
    Examples:
      coranto knowledge unknown reports/
      coranto knowledge members NATO --on 2023-12-31
      coranto knowledge add ministers.csv
      coranto knowledge add UA.txt --kind geonames
      coranto knowledge add words.tsv --kind frames
      coranto knowledge add Phoenix.Countries.actors.txt --kind petrarch --name phoenix
      coranto knowledge remove phoenix
    """
    from coranto.knowledge import own
    from coranto.knowledge.own.actors import Codes

    if action == "build":
        from coranto.knowledge.build.places import main as compile_gazetteer

        click.echo(f"compiled {compile_gazetteer(Path(target) if target else None)}")
        return
    if action == "list":
        for layer, path in own.layers():
            click.echo(f"{layer.name}  {layer.kind}  {layer.rows:,} rows of {layer.source}  {layer.digest}  {path}")
        return
    if not target:
        raise UsageError(f"expected what to {action}, met nothing")
    if action == "unknown":
        _print_unknown(target, limit)
        return
    if action == "members":
        _print_members(target, day)
        return
    if action == "remove":
        own.remove(target)
        click.echo(f"{target} removed")
        return
    layer = own.add(Path(target), kind, name=name, table=Codes(knowledge().actors))
    click.echo(f"{layer.name}: {layer.rows:,} rows of {layer.source} ({layer.kind}, {layer.digest})")
