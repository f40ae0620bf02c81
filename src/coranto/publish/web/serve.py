"""A record's file -> the explorer on an address of this machine, until interrupted."""

from pathlib import Path

from coranto.publish.web.app import LOOPBACK, app
from coranto.records import UsageError


def serve(path: str | Path, host: str = "127.0.0.1", port: int = 8642) -> None:
    """The explorer has been served until it was interrupted. ``port`` 1..65535; any other host than loopback is
    answered under that name only. Raises MissingResource where there is no record, UsageError for a bad port.
    """
    import uvicorn

    if not 1 <= port <= 65535:
        raise UsageError(f"expected a port from 1 to 65535, met {port}")
    hosts = LOOPBACK if host in LOOPBACK else () if host in ("0.0.0.0", "::") else (*LOOPBACK, host)
    made = app(path, hosts=hosts)
    uvicorn.run(made, host=host, port=port, log_level="warning", access_log=False, server_header=False)
