"""A read that is killed at any moment and run again makes the record of an undisturbed run."""

import signal
import subprocess
import sys
import time

import pytest
from law_tools import counted, differing, tables

PROGRAM = """
import sys
from coranto import cli
from coranto.engine import runs
runs.BATCH_DOCUMENTS = 2
cli.main(["read", *sys.argv[2:], "--into", sys.argv[1]])
"""
DOCUMENTS = "SELECT count(*) FROM documents"
LINKED = "SELECT count(*) FROM meta WHERE name = 'linked' AND value = 'yes'"
PATIENCE = 90.0  # seconds


def started(record, paths):
    command = [sys.executable, "-c", PROGRAM, str(record), *map(str, paths)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_when(record, paths, due):
    """Start reading, kill -9 as soon as ``due`` is true (or it ends by itself)."""
    with started(record, paths) as child:
        until = time.monotonic() + PATIENCE
        while child.poll() is None and time.monotonic() < until:
            if due():
                child.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
        child.communicate(timeout=PATIENCE)
    return child.returncode


@pytest.mark.slow
def test_killed_again_and_again_the_record_is_that_of_an_undisturbed_run(tmp_path, stories):
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    paths = [*stories, empty]
    whole = tmp_path / "whole.db"
    with started(whole, paths) as child:
        said, told = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0, told
    assert f"{len(stories)} new documents" in said

    record = tmp_path / "killed.db"
    for count in (1, 3, len(stories)):
        code = killed_when(record, paths, lambda count=count: counted(record, DOCUMENTS) >= count)
        assert code in (-signal.SIGKILL, 0)
        assert counted(record, DOCUMENTS) >= count
    with started(record, paths) as child:
        said, told = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0, told
    assert counted(record, LINKED) == 1
    assert differing(tables(whole), tables(record)) == {}
