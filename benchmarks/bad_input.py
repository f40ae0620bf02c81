"""What each hostile file of ``tests/documents/test_safety.py`` gives, and the time and memory that it takes.

    python benchmarks/bad_input.py

Each is read in a process of its own that has read a good file before; time is of its processor.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests" / "documents"


def measured(name: str) -> tuple[str, float, int]:
    """What a file gives, seconds, and megabytes more than before."""
    from reading import made
    from test_safety import BAD, GOOD, LIMIT

    from coranto.records import Failure

    with tempfile.TemporaryDirectory() as folder:
        good, bad = Path(folder, "good.html"), Path(folder, name)
        good.write_text(f"<html><body><p>{GOOD}</p></body></html>")
        made(good)
        bad.write_bytes(BAD[name][0])
        if name.startswith("gigabyte"):
            with bad.open("wb") as file:
                file.truncate(1_000_000_000)
        began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        got = made(bad, limit_bytes=LIMIT)
        took, after = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = next((g.error for g in got if isinstance(g, Failure)), f"{len(got)} document(s)")
    return told, took, (after - before) // 1024


if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))
    import reading  # noqa: F401  (loads the knowledge once, before the processes part)
    from test_safety import BAD

    print("| file | bytes | what it gave | s | MB |\n|---|---:|---|---:|---:|")
    context = multiprocessing.get_context("fork")
    for name, (data, _) in sorted(BAD.items()):
        with context.Pool(1, maxtasksperchild=1) as pool:
            told, took, memory = pool.apply(measured, (name,))
        print(f"| `{name}` | {len(data):,} | {told[:90]} | {took:.2f} | {memory} |")
