"""Record keys -> the same keys with the place of every quote in its document's text.

Run it after the reader's text of a page has changed: `python tools/align_keys.py src/coranto/demo/written/*/key.json`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from coranto import knowledge
from coranto.documents.read import read
from coranto.documents.sources import find_sources
from coranto.records import Document


def align(path: Path, outlets: Any) -> int:
    """Quotes that stand nowhere in their document are printed; their number is returned."""
    key = json.loads(path.read_text(encoding="utf-8"))
    texts: dict[str, str] = {}
    for entry in key["documents"]:
        for source in find_sources([str(path.parent / entry["file"])]):
            document = read(source, outlets)
            if isinstance(document, Document):
                texts[entry["doc"]] = document.text
    missing = 0
    stack: list[Any] = [key]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if "quote" in item and "doc" in item:
                at = texts.get(item["doc"], "").find(item["quote"])
                if at < 0:
                    print(f"{path}: {item['doc']}: nowhere: {item['quote']!r}")
                    missing += 1
                else:
                    item["start"], item["end"] = at, at + len(item["quote"])
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    path.write_text(json.dumps(key, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return missing


if __name__ == "__main__":
    table = knowledge.load().outlets
    sys.exit(1 if sum(align(Path(name), table) for name in sys.argv[1:]) else 0)
