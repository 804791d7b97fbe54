"""Papers with a gold record: the samples, and any other folder that has one of the two shapes.

FOLDER/NAME/scan.*  beside gold.json, text.gold.txt and SOURCE.md        (FOLDER/aside/NAME/… is kept aside from tuning)
FOLDER/NAME.pdf     (or .png, .tif, .txt …) beside NAME.gold.json and NAME.pN.gold.txt, the print of page N
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.find import SUFFIXES

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
UNKNOWN = "-"
_GOLD, _WHOLE = ".gold.json", 0
_SOURCE = re.compile(r"Form: (\w+), .*?damage: (\w+)\.")
_PAGE = re.compile(r"\.p(\d+)\.gold\.txt$")


@dataclass(frozen=True)
class GoldPaper:
    """One paper. texts: gold text by page number, `0` for that of the whole paper. recording: where its reading is kept.

    form and damage: how the paper came to us, `-` where nothing says so. aside: never tuned on, its errors are not shown.
    """

    name: str
    path: Path
    record: Path
    texts: dict[int, Path]
    recording: Path
    form: str = UNKNOWN
    damage: str = UNKNOWN
    aside: bool = False

    def gold(self) -> dict[str, Any]:
        """The gold record. Raises ValueError where it is no JSON, KeyError where it says nothing of the document."""
        record: dict[str, Any] = json.loads(self.record.read_text(encoding="utf-8"))
        if "document" not in record:
            raise KeyError(f"{self.record}: no document")
        return record

    def compared(self, pages: dict[int, str]) -> tuple[str, str] | None:
        """Gold text and text of the pages that have any; None where there is no gold text."""
        if not self.texts:
            return None
        if _WHOLE in self.texts:
            return self.texts[_WHOLE].read_text(encoding="utf-8"), "\n".join(pages.values())
        numbers = sorted(self.texts)
        gold = [self.texts[number].read_text(encoding="utf-8") for number in numbers]
        return "\n".join(gold), "\n".join(pages.get(number, "") for number in numbers)


def find_papers(folder: Path) -> list[GoldPaper]:
    """The papers of a folder by name, those kept aside last."""
    return [*_in_folders(folder, aside=False), *_in_folders(folder / "aside", aside=True), *_side_by_side(folder)]


def _in_folders(folder: Path, *, aside: bool) -> Iterator[GoldPaper]:
    for record in sorted(folder.glob("*/gold.json")):
        home = record.parent
        text, source = home / "text.gold.txt", home / "SOURCE.md"
        said = _SOURCE.search(source.read_text(encoding="utf-8")) if source.exists() else None
        form, damage = said.groups() if said else (UNKNOWN, UNKNOWN)
        for path in sorted(home.glob("scan.*")):
            yield GoldPaper(
                home.name,
                path,
                record,
                {_WHOLE: text} if text.exists() else {},
                home / "pages.json.xz",
                form,
                damage,
                aside,
            )


def _side_by_side(folder: Path) -> Iterator[GoldPaper]:
    for record in sorted(folder.glob(f"*{_GOLD}")):
        name = record.name.removesuffix(_GOLD)
        texts = {
            int(number.group(1)): path
            for path in folder.glob(f"{name}.p*.gold.txt")
            if (number := _PAGE.search(path.name)) is not None
        }
        for path in sorted(folder.glob(f"{name}.*")):
            if path.stem == name and path.suffix in SUFFIXES:
                yield GoldPaper(name, path, record, texts, folder / f"{name}.pages.json.xz")
