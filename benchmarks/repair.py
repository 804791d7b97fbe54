"""How well repair works, one table: python -m benchmarks.repair --shared ../shared [--held-out FILE] [--readers eng ...] [--papers]

Sets: seed 000 (real noise), seeds 002 and 004 rendered and read by an English Tesseract, the same stripped of their
marks, the same as they are, unseen legal text, and with --papers the sample documents printed, damaged and dumped: those
open to tuning, and those kept aside. Systems: do nothing, the likeliest form of every bare syllable, pyvi's add_accents
(where it is installed: the extra `compare`), repair. Needs Tesseract and the fonts of training.noise_pages for the rendered
sets (kept in --cache between runs).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from rapidfuzz.distance import Levenshtein
from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.repair_sets import TextSet, clean, given, plain_lines, rendered, stripped
from normalizers.vietnamese import bare
from pipeline.repair import repair_text
from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import like
from samples.content import load_all
from training.noise_dumps import dumped

_PAPERS_SEED = 7  # training.debris learns from other copies
_NEXT_PAPER = "\n\x1e\n"  # between papers that are repaired each for itself
_LETTERS = re.compile(r"[^\W\d_]+")


def likeliest(text: str) -> str:
    """The baseline: every word takes the commonest form of its bare letters."""
    lm = LanguageModel.load()

    def one(found: re.Match[str]) -> str:
        forms = lm.restorations(bare(found.group()).lower())
        return like(found.group(), forms[0][0]) if forms else found.group()

    return _LETTERS.sub(one, text)


def pyvi(text: str) -> str:
    """pyvi's restoration of marks, line by line, on the text without the marks that a reader left or made up."""
    from pyvi import ViUtils

    def one(line: str) -> str:
        try:
            return str(ViUtils.add_accents(line)) if line.strip() else line
        except KeyError:  # it knows no name for some of the letters that it chose itself ("dj" in 0.1.1)
            return line

    return "\n".join(one(bare(line)) for line in text.split("\n"))


SYSTEMS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "likeliest": likeliest,
    **({"pyvi": pyvi} if importlib.util.find_spec("pyvi") else {}),
    "repair": repair_text,
}


def load_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "bench" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py under {shared}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def right_places(gold: list[str], got: list[str]) -> set[int]:
    """Places of `gold` whose token stands in `got` too, by the best alignment."""
    return {
        block.src_start + step
        for block in Levenshtein.opcodes(gold, got)
        if block.tag == "equal"
        for step in range(block.src_end - block.src_start)
    }


def harm(scorer: ModuleType, data: TextSet, repaired: str) -> tuple[int, int, int]:
    """(right tokens made wrong, tokens right before, tokens with digits made wrong); case and tone placement folded."""
    worse = before = digits = 0
    for gold, noisy, got in zip(data.gold.split("\n"), data.noisy.split("\n"), repaired.split("\n"), strict=False):
        if "⁇" in gold:
            continue
        want, read, have = ([scorer.fold(token) for token in scorer.tokens(line)] for line in (gold, noisy, got))
        right = right_places(want, read)
        lost = right - right_places(want, have)
        before += len(right)
        worse += len(lost)
        digits += sum(any(char.isdigit() for char in want[place]) for place in lost)
    return worse, before, digits


def measure(scorer: ModuleType, data: TextSet, repaired: str, seconds: float, cache: Path) -> dict[str, float]:
    for part, text in (("gold", data.gold), ("got", repaired)):
        (cache / f"{part}.txt").write_text(text, "utf-8")
    score = scorer.text_score(cache / "gold.txt", cache / "got.txt")
    worse, before, digits = harm(scorer, data, repaired)
    return {
        "syllables": 100 * score["syllable_accuracy"],
        "cased": 100 * score["syllable_accuracy_cased"],
        "cer": 100 * score["cer"],
        "digits right": 100 * score["codes_dates_numbers_right"],
        "right made wrong": worse,
        "of right": before,
        "digits made wrong": digits,
        "tokens/s": len(data.noisy.split()) / max(seconds, 1e-9),
    }


def all_sets(shared: Path, held_out: Path | None, readers: list[str], cache: Path) -> list[TextSet]:
    """The test sets; rendered ones come from `cache` where they were made before."""
    seeds, gold = shared / "seeds", shared / "gold"
    sets = [given("000 as it is", seeds / "000.txt", gold / "000.gold.txt")]
    sources = {name: plain_lines((seeds / f"{name}.txt").read_text("utf-8")) for name in ("002", "004")}
    if held_out is not None:
        sources["legal"] = held_out.read_text("utf-8").splitlines()[:400]
    for reader in readers:
        for number, (name, lines) in enumerate(sources.items()):
            file = cache / f"{name}-{reader}.json"
            if not file.exists():
                made = rendered(f"{name} read with {reader}", lines, 1000 + number, reader)
                file.write_text(json.dumps(made._asdict(), ensure_ascii=False), "utf-8")
            sets.append(TextSet(**json.loads(file.read_text("utf-8"))))
    for name in ("002", "004"):
        sets.append(stripped(f"{name} stripped", seeds / f"{name}.txt"))
        sets.append(clean(f"{name} as it is", seeds / f"{name}.txt"))
    return sets


def papers(cache: Path, reader: str) -> list[TextSet]:
    """The sample documents printed, damaged and dumped: all that are open to tuning, and all that are kept aside."""
    out = []
    for name, aside in (("papers", False), ("papers aside", True)):
        file = cache / f"{name.replace(' ', '-')}-{reader}.json"
        if not file.exists():
            dumps = [dumped(content, _PAPERS_SEED, reader) for content in load_all() if content.aside == aside]
            gold, noisy = (
                _NEXT_PAPER.join("\n".join(line[side] for line in dump) for dump in dumps) for side in (0, 1)
            )
            made = TextSet(f"{name} read with {reader}", gold, noisy)
            file.write_text(json.dumps(made._asdict(), ensure_ascii=False), "utf-8")
        out.append(TextSet(**json.loads(file.read_text("utf-8"))))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held-out", type=Path, help="lines of legal text that no model was made from")
    parser.add_argument("--readers", nargs="*", default=["eng"])
    parser.add_argument("--papers", action="store_true", help="the sample documents, too")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/repair-sets"))
    parser.add_argument("--only", nargs="*", default=list(SYSTEMS))
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    scorer = load_scorer(arguments.shared)
    table = Table(
        "set",
        "system",
        "syllables %",
        "cased %",
        "CER %",
        "digits right %",
        "right made wrong",
        "digits made wrong",
        "tokens/s",
        box=box.MARKDOWN,
    )
    sets = all_sets(arguments.shared, arguments.held_out, arguments.readers, arguments.cache)
    if arguments.papers:
        sets += [data for reader in arguments.readers[:1] for data in papers(arguments.cache, reader)]
    for data in sets:
        for system in arguments.only:
            SYSTEMS[system](data.noisy[:2000])  # models are loaded once a process
            start = time.process_time()
            repaired = _NEXT_PAPER.join(SYSTEMS[system](paper) for paper in data.noisy.split(_NEXT_PAPER))
            row = measure(scorer, data, repaired, time.process_time() - start, arguments.cache)
            table.add_row(
                data.name, system, f"{row['syllables']:.2f}", f"{row['cased']:.2f}", f"{row['cer']:.2f}",
                f"{row['digits right']:.1f}", f"{row['right made wrong']:.0f} of {row['of right']:.0f}",
                f"{row['digits made wrong']:.0f}", f"{row['tokens/s']:,.0f}" if system != "nothing" else "",
            )  # fmt: skip
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
