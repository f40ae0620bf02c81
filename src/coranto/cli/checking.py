"""Gold -> scores; the machine -> what is missing: evaluate, doctor."""

from pathlib import Path

import click

from coranto.cli.program import knowledge, main
from coranto.records import UsageError


@main.command()
@click.argument(
    "task",
    type=click.Choice(
        [
            "actors",
            "arguments",
            "events",
            "time",
            "record",
            "places",
            "attribution",
            "factuality",
            "figures",
            "pages",
            "dates",
            "liveblogs",
            "credits",
            "lines",
            "copies",
            "rewrites",
            "linkage",
        ]
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
    lines, scores = import_module(f"coranto.evaluation.{task}").evaluate(gold, knowledge())
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)
    width = max(len(name) for name in scores)
    for name, value in scores.items():
        click.echo(f"{name:<{width}}  {value:.4f}" if isinstance(value, float) else f"{name:<{width}}  {value}")


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
