"""Lines that a recogniser's own page analysis lost, tore apart or read badly: found in the picture and read once more."""

from __future__ import annotations

import math

from pipeline.layout.lines import boxed, split_glued
from pipeline.recognise.printed import printed_lines
from pipeline.recognise.tesseract import Engine
from pipeline.recognise.trust import gain, is_scrap, mean_trust, trust
from pipeline.sources.images import Pixels
from schemas.page import Box, Candidate, Line, Word

MOST_LINES = 24  # a page with more doubtful lines than this is no page of print
DOUBTFUL = 0.82  # worth of a line below which it is read again
NEW_MARGIN = 0.04  # by which a new reading must be the better one
NEW_TRUST = 0.45  # least trust of a word that was not seen before
LEAST_TRUST = 0.35  # and of one that is not seen again


def second_look(
    grey: Pixels, dpi: float, lines: tuple[Line, ...], engine: Engine, time_limit: float
) -> tuple[Line, ...]:
    """Read the doubtful lines once more; of each stretch of a line the better of the two readings is kept, the other one
    stays as its runner-up. Boxes in pixels."""
    words = [word for line in lines for word in line.words]
    judged = []
    for line in printed_lines(grey, dpi):
        value = worth(_inside(words, line.box), line.box.width, line.height)
        if line.letters >= 2 and value < DOUBTFUL:
            judged.append((value, line))
    doubtful = [line for _, line in sorted(judged, key=lambda item: item[0])[:MOST_LINES]]
    crops = [_crop(grey, line.box, line.height) for line in doubtful]
    readings = engine.read_lines([crop for crop, _, _ in crops], dpi, time_limit)
    gone: set[int] = set()
    added: list[Line] = []
    for line, (_, left, top), reading in zip(doubtful, crops, readings, strict=True):
        old = [word for word in _inside(words, line.box) if id(word) not in gone]
        new = split_glued(word._replace(box=_moved(word.box, left, top)) for word in reading)
        gone |= {id(word) for word in old}
        added.append(Line(tuple(_better(old, new))))
    kept = (Line(tuple(word for word in line.words if id(word) not in gone)) for line in lines)
    return tuple(line for line in (*kept, *added) if line.words)


def _better(old: list[Word], new: list[Word]) -> list[Word]:
    """Two readings of one line, stretch by stretch."""
    out: list[Word] = []
    for before, after in _stretches(old, new):
        if not after:
            out += [word for word in before if trust(word) >= LEAST_TRUST or not is_scrap([word])]
        elif not before:
            out += [word for word in after if trust(word) >= NEW_TRUST]
        elif gain(after) > gain(before) + NEW_MARGIN * max(len(word.text) for word in before):
            out += _with_runner_up(after, before)
        else:
            out += _with_runner_up(before, after)
    return out


def _stretches(old: list[Word], new: list[Word]) -> list[tuple[list[Word], list[Word]]]:
    """Words of the two readings that stand on the same place, together."""
    items = sorted(
        [(box.x0, box.x1, 0, word) for word, box in boxed(old)]
        + [(box.x0, box.x1, 1, word) for word, box in boxed(new)],
        key=lambda item: (item[0], item[2]),
    )
    found: list[tuple[list[Word], list[Word]]] = []
    end = float("-inf")
    for x0, x1, which, word in items:
        if not found or x0 >= end - 0.3 * min(x1 - x0, 40.0):
            found.append(([], []))
        found[-1][which].append(word)
        end = max(end, x1)
    return found


def _with_runner_up(chosen: list[Word], other: list[Word]) -> list[Word]:
    if len(chosen) == len(other) == 1 and chosen[0].text != other[0].text:
        rival = Candidate(other[0].text, math.log(max(0.01, trust(other[0]))) - math.log(max(0.01, trust(chosen[0]))))
        return [chosen[0]._replace(candidates=(*chosen[0].candidates, rival))]
    return chosen


def worth(words: list[Word], width: float, height: float) -> float:
    """0..1: how far the words are to be trusted, and how much of the line's width they take."""
    covered, end = 0.0, float("-inf")
    for x0, x1 in sorted((box.x0, box.x1) for _, box in boxed(words)):
        covered += max(0.0, x1 - max(x0, end))
        end = max(end, x1)
    return mean_trust(words) * min(1.0, (covered + 2 * height) / max(1.0, width))


def _inside(words: list[Word], box: Box) -> list[Word]:
    found = []
    for word in words:
        if word.box is not None:
            x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
            if box.x0 - 5 <= x <= box.x1 + 5 and box.top <= y <= box.bottom:
                found.append(word)
    return found


def _crop(grey: Pixels, box: Box, height: float) -> tuple[Pixels, float, float]:
    """The line's picture with a little white around it, and where its corner lies on the page."""
    x0, y0 = max(0, round(box.x0 - 0.3 * height)), max(0, round(box.top - 0.1 * height))
    x1, y1 = round(box.x1 + 0.3 * height), round(box.bottom + 0.1 * height)
    return grey[y0:y1, x0:x1], float(x0), float(y0)


def _moved(box: Box | None, x: float, y: float) -> Box | None:
    return None if box is None else Box(box.x0 + x, box.top + y, box.x1 + x, box.bottom + y)
