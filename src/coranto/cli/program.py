"""The command group, its errors and exit codes, and what several commands need."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coranto import __version__
from coranto.records import Coranto

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


def knowledge() -> "Knowledge":
    """What stages know, as the environment asks for it."""
    from coranto.knowledge import load

    return load()


def _set_threshold(context: click.Context, parameter: click.Parameter, value: float | None) -> None:
    """The option stands above the environment; worker processes inherit it."""
    if value is not None:
        os.environ["CORANTO_THRESHOLD"] = str(value)


threshold = click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    expose_value=False,
    callback=_set_threshold,
    help="Score from which an event is coded (default 0.5): more is surer and misses more.",
)


def opened(path: Path, *, create: bool = False) -> "Store":
    """The record at a path."""
    from coranto.store.sqlite import Store

    return Store.open(path, create=create)


def counts_line(counts: dict[str, int]) -> str:
    """What a record holds, on one line."""
    names = ("documents", "reports", "coded", "events", "voices")
    shown = [f"{counts[n]:,} {'coded events' if n == 'coded' else n}" for n in names if n in counts]
    return "the record holds " + ", ".join(shown)
