"""The user's own actors, places and frames -> layers that are laid over the shipped tables.

A layer is a folder: ``layer.json`` (what it is, of which file, by which digest) beside ``actors.tsv``,
``places.sqlite`` or ``frames.tsv``. Layers count in the order of their names; the folder is ``$CORANTO_KNOWLEDGE``, or
``coranto/knowledge`` in the user's data folder.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from coranto.knowledge.own import geonames, petrarch, positions, rows
from coranto.knowledge.own.rows import ActorRow, PlaceRow
from coranto.records import DataError, Record, UsageError

KINDS = ("actors", "places", "petrarch", "geonames", "positions", "frames")
META = "layer.json"


class Layer(Record, frozen=True, kw_only=True):
    """What a layer was made of. ``digest`` is of the bytes of the file that was added."""

    name: str
    kind: str
    source: str
    digest: str
    rows: int


def folder() -> Path:
    """Where layers are kept; it need not be there."""
    if stated := os.environ.get("CORANTO_KNOWLEDGE"):
        return Path(stated)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "coranto" / "knowledge"


def layers(where: Path | None = None) -> list[tuple[Layer, Path]]:
    """The layers that are there with their folders, in order of name; DataError where one cannot be read."""
    root = where or folder()
    found = []
    for path in sorted(root.glob(f"*/{META}")) if root.is_dir() else ():
        try:
            found.append((msgspec.json.decode(path.read_bytes(), type=Layer), path.parent))
        except msgspec.MsgspecError as error:
            raise DataError(f"{path}: expected the description of a layer, met {error}") from error
    return found


def identity(where: Path | None = None) -> dict[str, str]:
    """Digest by name of every layer: a part of what a run was made with."""
    return {layer.name: f"{layer.kind}:{layer.digest}" for layer, _ in layers(where)}


def add(source: Path, kind: str, *, name: str = "", table: rows.Codes, where: Path | None = None) -> Layer:
    """A layer made of ``source``, in place of one of the same name; nothing is changed where a line is wrong.

    ``table`` reads country names and roles. Raises UsageError for a bad name, DataError for a bad file.
    """
    name = name or source.name.split(".")[0].lower()
    if not name.replace("-", "").replace("_", "").isalnum():
        raise UsageError(f"expected a name of letters, digits, - and _, met {name!r}")
    if not source.is_file():
        raise UsageError(f"expected a file, met nothing at {source}")
    root = where or folder()
    fresh = root / f".{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        count = _write_frames(fresh, source) if kind == "frames" else _write(fresh, READERS[kind](source, table))
        digest = blake2b(source.read_bytes(), digest_size=16).hexdigest()
        layer = Layer(name=name, kind=kind, source=source.name, digest=digest, rows=count)
        (fresh / META).write_bytes(msgspec.json.encode(layer))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(root / name, ignore_errors=True)
    fresh.rename(root / name)
    return layer


def remove(name: str, where: Path | None = None) -> None:
    """The layer of that name is gone; UsageError if there is none."""
    held = {layer.name: path for layer, path in layers(where)}
    if name not in held:
        raise UsageError(f"expected a layer, one of {', '.join(held) or 'none'}, met {name!r}")
    shutil.rmtree(held[name])


def _write(into: Path, found: Iterable[ActorRow | PlaceRow]) -> int:
    held = list(found)
    if not held:
        raise DataError("expected at least one actor or place in the file, met none")
    actors = [r for r in held if isinstance(r, ActorRow)]
    places = [r for r in held if isinstance(r, PlaceRow)]
    if actors:
        rows.write_actors(into / rows.ACTORS, actors)
    if places:
        rows.write_places(into / rows.PLACES, places)
    return len(held)


def _write_frames(into: Path, source: Path) -> int:
    from coranto.knowledge.own import frames

    held = frames.read(source)
    frames.write(into / frames.FILE, held)
    return len(held)


def frame_files(where: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Name and table of every layer of frames."""
    return ((layer.name, path / "frames.tsv") for layer, path in layers(where) if layer.kind == "frames")


def actor_files(where: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Name and table of every layer that has actors."""
    for layer, path in layers(where):
        if (path / rows.ACTORS).is_file():
            yield layer.name, path / rows.ACTORS


def place_files(where: Path | None = None) -> Iterator[Path]:
    """The gazetteer of every layer that has places."""
    return (path / rows.PLACES for _, path in layers(where) if (path / rows.PLACES).is_file())


Reader = Callable[[Path, rows.Codes], Iterable[ActorRow | PlaceRow]]
READERS: dict[str, Reader] = {
    "actors": rows.read_actors,
    "places": rows.read_places,
    "petrarch": petrarch.read,
    "geonames": geonames.read,
    "positions": positions.read,
}
