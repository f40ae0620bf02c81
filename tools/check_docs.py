"""README and docs -> nothing, or an error: every example is run, every link to a file leads somewhere.

In a ```console block, a line `$ command` is run and the lines under it must be met in its output, in order
(`...` stands for any lines). A ```python block is run as it is. All run in one temporary folder with a demo.db.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)")


def pages() -> list[Path]:
    """The pages whose examples are run."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that are expected under it."""
    made: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            made.append((line[2:], []))
        elif made and line.strip():
            made[-1][1].append(line.strip())
    return made


def run(command: str, expected: list[str], folder: Path) -> str:
    """ "" if the command ends well and says what is expected, else what went wrong."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, timeout=600,
                          env={**os.environ, "PATH": path})  # fmt: skip
    if done.returncode:
        return f"exit code {done.returncode}: {done.stderr.strip()[-400:]}"
    said = [line.strip() for line in done.stdout.splitlines()]
    at = 0
    for line in expected:
        if line == "...":
            continue
        where = next((n for n in range(at, len(said)) if said[n].startswith(line)), None)
        if where is None:
            return f"expected the line {line!r}, met {said[at : at + 8]}"
        at = where + 1
    return ""


def main() -> int:
    """The number of examples and links that do not hold."""
    wrong = count = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page in pages():
            text = page.read_text(encoding="utf-8")
            for target in LINK.findall(text):
                count += 1
                if not (page.parent / target).exists():
                    print(f"{page.relative_to(ROOT)}: the link {target} leads nowhere")
                    wrong += 1
            for kind, block in BLOCK.findall(text):
                todo = commands(block) if kind == "console" else [(f"{sys.executable} - <<'PY'\n{block}\nPY", [])]
                for command, expected in todo:
                    count += 1
                    if problem := run(command, expected, folder):
                        print(f"{page.relative_to(ROOT)}: {command[:80]}: {problem}")
                        wrong += 1
    print(f"docs: {count} examples and links, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
