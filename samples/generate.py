"""Makes the samples: `python -m samples.generate [NAME…] [--to DIR] [--seed N] [--damage L1|L2|L3]`.

Without `--to` each sample is written beside this file (samples/<name>/, or samples/aside/<name>/ for those kept aside
from tuning). Another seed or level of damage gives more samples of the same content.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import unicodedata
import zlib
from pathlib import Path

from samples import forms
from samples.content import Content, load_all
from samples.damage import LEVELS, Level, render, scan
from samples.fonts import MissingFontError
from samples.gold import gold
from samples.layout import print_document
from samples.signing import sign_pdf

HERE = Path(__file__).parent
ENDINGS = {
    "pdf": "pdf",  # pictures of pages
    "misread_layer": "pdf",  # the same under an invisible text layer in the wrong language
    "mixed": "pdf",  # some pages as pictures, the others with their text
    "born": "pdf",  # as printed to a file
    "signed": "pdf",  # the same, signed with PKCS#7
    "png": "png",
    "jpg": "jpg",
    "tif": "tif",
    "dump": "txt",  # clean text
    "stripped_dump": "txt",  # text without its diacritics
    "noisy_dump": "txt",  # what the English model makes of the scan
}
WITHOUT_PAPER = ("born", "signed", "dump", "stripped_dump")
"""Forms that were never on paper: no seal, no handwriting, no damage."""


def generate(content: Content, folder: Path, seed: int = 0, damage: Level | None = None) -> Path:
    """Writes the sample's input, gold record, gold text and SOURCE.md into `folder`. Returns the input's path.

    Raises MissingFontError without Tinos, ValueError for an unknown form, pytesseract's TesseractNotFoundError where a form
    needs it and it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    look = content.scan
    form = look["form"]
    level: Level = damage or look.get("damage", "L1")
    with tempfile.TemporaryDirectory() as scratch:
        printed = Path(scratch) / "print.pdf"
        with_ink = form not in WITHOUT_PAPER
        pages = print_document(content, printed, with_ink, seed)
        made = _write(content, printed, pages, folder, form, level, seed)
    (folder / "text.gold.txt").write_text("\f".join(pages) + "\n", encoding="utf-8")
    record = json.dumps(gold(content), ensure_ascii=False, indent=1)
    (folder / "gold.json").write_text(record + "\n", encoding="utf-8")
    (folder / "SOURCE.md").write_text(_source(content, level, len(pages)), encoding="utf-8")
    return made


def _write(content: Content, printed: Path, pages: list[str], folder: Path, form: str, level: Level, seed: int) -> Path:
    look = content.scan
    dpi, quality = int(look.get("dpi", 200)), int(look.get("quality", 45))
    mode = look.get("mode", "grey")
    bits = mode == "bw" or level == "L3"
    if form not in ENDINGS:
        raise ValueError(f"{content.name}: unknown form {form}, known are {', '.join(ENDINGS)}")
    made = folder / f"scan.{ENDINGS[form]}"
    if form == "born":
        made.write_bytes(printed.read_bytes())
    elif form == "signed":
        sign_pdf(printed, made, look["signatures"])
    elif form == "dump":
        made.write_text("\f".join(_as_dump(page) for page in pages), encoding="utf-8")
    elif form == "stripped_dump":
        made.write_text("\f".join(_stripped(_as_dump(page)) for page in pages), encoding="utf-8")
    else:
        entropy = zlib.crc32(content.name.encode()) + seed
        pictures = forms.turned(scan(render(printed, dpi), level, mode, dpi, entropy), look.get("turn", {}))
        if form == "pdf":
            forms.write_pdf(pictures, made, dpi, quality, bits)
        elif form == "mixed":
            forms.write_mixed(pictures, printed, look["scanned_pages"], made, dpi, quality)
        elif form == "misread_layer":
            forms.misread_layer(pictures, made, dpi, quality)
        elif form == "tif":
            forms.write_tiff(pictures, made, dpi, bits)
        elif form in ("png", "jpg"):
            if len(pictures) != 1:
                raise ValueError(f"{content.name}: {len(pictures)} pages do not fit into one {form}")
            forms.write_picture(pictures[0], made, dpi, quality, bits)
        else:
            made.write_text("\f".join(forms.misread(picture, dpi) for picture in pictures), encoding="utf-8")
    return made


def _as_dump(page: str) -> str:
    """Text as extraction tools leave it: a blank line here and there, spaces at the ends of lines."""
    lines = [line + (" " if index % 3 == 0 else "") for index, line in enumerate(page.split("\n"))]
    return "\n\n".join(lines) + "\n"


def _stripped(text: str) -> str:
    """The text without tones and marks, as systems leave it that know no Vietnamese."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return bare.replace("đ", "d").replace("Đ", "D")


def _source(content: Content, level: Level, pages: int) -> str:
    about, look = content.about, content.scan
    use = "kept aside from tuning" if content.aside else "open to tuning"
    damage = "none" if look["form"] in WITHOUT_PAPER else level
    return (
        f"# {content.name}\n\n{about['what']}\n\n"
        f"- Written for this project; people, numbers and events are invented, places and offices are real.\n"
        f"- Form: {look['form']}, {pages} pages, damage: {damage}. Tests: {about['tests']}\n"
        f"- Use: {use}.\n"
        f"- Made by `python -m samples.generate {content.name}`; licence as the project.\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="samples.generate", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="samples to make (all where none is named)")
    parser.add_argument("--to", type=Path, help="folder to write to, a folder a sample")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other damage and other handwriting")
    parser.add_argument("--damage", choices=LEVELS, help="level of damage instead of the sample's own")
    given = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    known = {content.name: content for content in load_all()}
    if unknown := [name for name in given.names if name not in known]:
        print(f"no such sample: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in given.names or known:
        content = known[name]
        home = given.to or (HERE / "aside" if content.aside else HERE)
        try:
            made = generate(content, home / name, given.seed, given.damage)
        except MissingFontError as error:
            print(error, file=sys.stderr)
            return 2
        print(f"{made}  {made.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
