"""The command line: `coranto read | code | serve | export | explain | judge | timeline | diff | evaluate | ...`.

Each file holds the commands of one kind of work; nothing heavy is imported before a command needs it.
"""

from coranto.cli import checking, mending, reading, showing
from coranto.cli.program import main

__all__ = ["checking", "main", "mending", "reading", "showing"]
