"""sources.d/*.toml -> SOURCES.toml: what every data file is, with a hash of each file as it stands.

`python tools/make_sources.py` writes it; `--check` says what is out of date and ends with 1.
"""

import sys
import tomllib
from hashlib import blake2b
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "SOURCES.toml"
FIELDS = ("path", "origin", "licence", "version", "maker")
HEAD = "# Made by tools/make_sources.py of sources.d/*.toml; do not edit. Hashes are BLAKE2b, 128 bits, in hex.\n"


def entries(folder: Path = ROOT / "sources.d") -> list[dict[str, Any]]:
    """Every entry of the fragments, in order of path; ValueError where one lacks a field or is there twice."""
    made: list[dict[str, Any]] = []
    for fragment in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(fragment.read_text(encoding="utf-8"))["file"]:
            if missing := [name for name in FIELDS if not str(entry.get(name, "")).strip()]:
                raise ValueError(f"{fragment.name}: expected {', '.join(missing)} in the entry {entry.get('path')!r}")
            if unknown := sorted(set(entry) - set(FIELDS)):
                raise ValueError(f"{fragment.name}: expected {', '.join(FIELDS)}, met {', '.join(unknown)}")
            made.append(entry)
    paths = [entry["path"] for entry in made]
    if twice := sorted({p for p in paths if paths.count(p) > 1}):
        raise ValueError(f"expected one entry a path, met several for {', '.join(twice)}")
    return sorted(made, key=lambda entry: str(entry["path"]))


def files(path: str, root: Path = ROOT) -> list[Path]:
    """The files that the path of an entry names, in order."""
    return sorted(p for p in root.glob(path) if p.is_file())


def digest(file: Path) -> str:
    """The hash of a file's bytes."""
    return blake2b(file.read_bytes(), digest_size=16).hexdigest()


def sources(root: Path = ROOT) -> str:
    """The whole of SOURCES.toml: the same text for the same fragments and files."""
    parts = [HEAD]
    for entry in entries(root / "sources.d"):
        parts.append("\n[[file]]\n")
        parts.extend(f"{name} = {quoted(str(entry[name]))}\n" for name in FIELDS)
        hashes = ", ".join(
            f"{quoted(file.relative_to(root).as_posix())} = {quoted(digest(file))}"
            for file in files(entry["path"], root)
        )
        parts.append(f"hashes = {{ {hashes} }}\n" if hashes else "hashes = {}\n")
    return "".join(parts)


def quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def main(arguments: list[str]) -> int:
    """0 if SOURCES.toml is what the fragments and files say (it is written, unless only a check was asked for)."""
    made = sources()
    held = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    if "--check" not in arguments:
        TARGET.write_text(made, encoding="utf-8")
        return 0
    if made != held:
        print("SOURCES.toml is out of date: run python tools/make_sources.py", file=sys.stderr)
    return int(made != held)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
