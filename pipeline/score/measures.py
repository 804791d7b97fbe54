"""How well a reading or a record agrees with its gold: the measures behind `cli.py score`.

Text is compared in NFC with white space folded and the two spellings of tone placement taken as one (hoà = hòa); words
without regard to case. Lists of a record are paired one to one, best pairs first, and give an F1. A value that the gold
leaves unsaid (a list that is not there) is not judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalizers.text import fold_tone, squeeze

Entry = Mapping[str, Any]
Same = Callable[[Any, Any], float]

NEAR = 90.0
SAID = 60.0
SAME_TASK = 60.0
SAME_CLAUSE = 70.0
CELLS = ("section", "content", "lead", "coordinating", "deadline", "product")
CELLS_OF_A_LOST_ROW = 6
UNITS_THAT_MATTER = ("%", "điểm", "triệu đồng")
UNREADABLE = "⁇"

_WORD = re.compile(r"[^\W_]+(?:[/.\-:@&][^\W_]+)*")


def tone_last(text: str) -> str:
    """White space folded, each tone mark moved behind its syllable, so that both placements read the same.

    >>> tone_last("hoà  bình") == tone_last("hòa bình")
    True
    """
    return fold_tone(squeeze(text))


def fold(value: object) -> str:
    """The value as text without regard to case, spacing and tone placement."""
    return tone_last(str(value).casefold())


def words(line: str) -> list[str]:
    """Words as they are counted: codes, dates and addresses stay whole."""
    return _WORD.findall(unicodedata.normalize("NFC", line))


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def score_text(gold: str, got: str) -> dict[str, float]:
    """Repaired text against gold, line by line. Raises ValueError where the numbers of lines differ by more than one."""
    want_lines, got_lines = gold.split("\n"), got.split("\n")
    if abs(len(want_lines) - len(got_lines)) > 1:
        raise ValueError(f"{len(want_lines)} lines in the gold, {len(got_lines)} in the text")
    count: Counter[str] = Counter()
    for want, have in zip(want_lines, got_lines, strict=False):
        if UNREADABLE in want or not want.strip():
            continue
        count["chars"] += len(squeezed(want))
        count["char_errors"] += Levenshtein.distance(squeezed(want), squeezed(have))
        folded = [fold(word) for word in words(want)]
        folded_got = [fold(word) for word in words(have)]
        count["words"] += len(folded)
        count["word_errors"] += Levenshtein.distance(folded, folded_got)
        count["cased_errors"] += Levenshtein.distance(
            [tone_last(word) for word in words(want)], [tone_last(word) for word in words(have)]
        )
        guarded = Counter(word for word in folded if "@" in word or any(char.isdigit() for char in word))
        count["guarded"] += guarded.total()
        count["guarded_right"] += (guarded & Counter(folded_got)).total()
    return {
        "syllables": count["words"],
        "syllable_accuracy": round(1 - count["word_errors"] / max(1, count["words"]), 5),
        "syllable_accuracy_cased": round(1 - count["cased_errors"] / max(1, count["words"]), 5),
        "cer": round(count["char_errors"] / max(1, count["chars"]), 5),
        "codes_dates_numbers": count["guarded"],
        "codes_dates_numbers_right": round(count["guarded_right"] / max(1, count["guarded"]), 5),
    }


def score_page(gold: str, got: str) -> dict[str, float]:
    """The print of a page: words found whatever their order, and the character error rate in reading order."""
    want, have = squeezed(gold), squeezed(got)
    wanted, found = Counter(map(fold, words(want))), Counter(map(fold, words(have)))
    both = (wanted & found).total()
    return {
        "words": wanted.total(),
        "word_recall": round(both / max(1, wanted.total()), 5),
        "word_precision": round(both / max(1, found.total()), 5),
        "cer_in_order": round(Levenshtein.distance(want, have) / max(1, len(want)), 5),
    }


def f1(right: int, gold: int, got: int) -> float | None:
    """Harmonic mean of precision and recall; None where there was nothing to find and nothing was found."""
    if not gold and not got:
        return None
    return round(2 * right / (gold + got), 4)


def pairs(gold: Sequence[Any], got: Sequence[Any], same: Same) -> list[tuple[int, int]]:
    """One-to-one pairs (index into gold, index into got) by the best score of `same` above zero; ties keep their order."""
    scored = [(same(g, h), i, j) for i, g in enumerate(gold) for j, h in enumerate(got)]
    scored.sort(key=lambda entry: -entry[0])
    free_gold, free_got = set(range(len(gold))), set(range(len(got)))
    found = []
    for score, i, j in scored:
        if score > 0 and i in free_gold and j in free_got:
            free_gold.remove(i)
            free_got.remove(j)
            found.append((i, j))
    return found


def near(gold: object, got: object) -> float:
    """Likeness of two texts in per cent, 0 below NEAR or where one is unknown."""
    if gold is None or got is None:
        return 0.0
    score = fuzz.ratio(fold(gold), fold(got))
    return score if score >= NEAR else 0.0


def agree(gold: object, got: object) -> bool:
    """Whether two values of a field are the same; an unknown one is the same as an unknown one only."""
    if gold is None or got is None:
        return gold is got
    return fold(gold) == fold(got)


def wrong_fields(gold: Entry, got: Entry) -> dict[str, tuple[object, object]]:
    """Fields of `document` that differ: name -> (gold, got)."""
    return {name: (value, got.get(name)) for name, value in gold.items() if not agree(value, got.get(name))}


def _same_attachment(gold: Entry, got: Entry) -> float:
    return near(gold["title"], got.get("title")) if gold.get("issued_with") == got.get("issued_with") else 0.0


def spread(name: str, items: Sequence[Any]) -> list[tuple[int, Any]]:
    """The items of a list with their index; a legal basis that names several documents counts once for each of them."""
    if name != "legal_bases":
        return list(enumerate(items))
    return [
        (index, {**item, **{part: named[part] for part in ("code", "date") if part in named}})
        for index, item in enumerate(items)
        for named in [item, *(item.get("also") or [])]
    ]


def _same_basis(gold: Entry, got: Entry) -> float:
    if not gold.get("code"):
        return near(gold["text"], got.get("text"))
    if (gold["code"], gold.get("date")) != (got.get("code"), got.get("date")):
        return 0.0
    return 100.0 if fuzz.partial_ratio(fold(gold["text"]), fold(got.get("text") or "")) >= SAME_CLAUSE else 0.0


def _same_citation(gold: Entry, got: Entry) -> float:
    return 100.0 if fold(gold["code"]) == fold(got.get("code") or "") and gold.get("date") == got.get("date") else 0.0


def _same_line(gold: Entry, got: Entry) -> float:
    return near(gold["text"], got.get("text"))


def _same_task(gold: Entry, got: Entry) -> float:
    if not gold.get("no"):
        return near(gold.get("content"), got.get("content"))
    if str(gold["no"]) != str(got.get("no")):
        return 0.0
    return 100.0 if fuzz.ratio(fold(gold["content"]), fold(got.get("content") or "")) >= SAME_TASK else 0.0


def _figure(result: Entry) -> tuple[object, ...]:
    unit = fold(result.get("unit") or "")
    numbers = [result.get(name) for name in ("numerator", "denominator", "value")]
    return (*(None if n is None else round(float(n), 3) for n in numbers), unit if unit in UNITS_THAT_MATTER else "")


def _same_result(gold: Entry, got: Entry) -> float:
    if _figure(gold) != _figure(got):
        return 0.0
    score = fuzz.partial_ratio(fold(gold.get("text") or ""), fold(got.get("text") or ""))
    return score if score >= SAID else 0.0


def _same_signature(gold: Entry, got: Entry) -> float:
    same_time = gold.get("signed_at") == got.get("signed_at")
    return 100.0 if same_time and fold(gold["signer"]) == fold(got.get("signer") or "") else 0.0


def _metrics(entries: Sequence[Entry]) -> Counter[tuple[object, ...]]:
    return Counter((m.get("comparator"), float(m["value"]), fold(m.get("unit") or "")) for m in entries)


def _cells(gold: Entry, got: Entry) -> list[bool]:
    """Whether each cell that the gold fills is right."""
    found = [bool(near(gold[name], got.get(name))) for name in CELLS if gold.get(name) is not None]
    if gold.get("periods"):
        found.append(sorted(gold["periods"]) == sorted(got.get("periods") or []))
    return found


LISTS: dict[str, Same] = {
    "attachments": _same_attachment,
    "legal_bases": _same_basis,
    "citations": _same_citation,
    "recipients": near,
    "targets": _same_line,
    "tasks": _same_task,
    "results": _same_result,
    "footnotes": _same_line,
    "digital_signatures": _same_signature,
}


def score_record(gold: Entry, got: Entry) -> dict[str, float | None]:
    """Scores 0..1 by part of the record, `document_wrong` (values given but not right) and their `mean`.

    None stands where neither side has anything. `gold` and `got` are records as `cli.py extract` prints them.
    """
    document = gold["document"]
    have = got.get("document", {})
    wrong = wrong_fields(document, have)
    scores: dict[str, float | None] = {"document": round(1 - len(wrong) / len(document), 4)}
    for name, same in LISTS.items():
        if name not in gold:
            continue
        wanted, found = ([part for _, part in spread(name, side.get(name) or [])] for side in (gold, got))
        matched = [(wanted[i], found[j]) for i, j in pairs(wanted, found, same)]
        scores[name] = f1(len(matched), len(wanted), len(found))
        if name == "targets":
            right = sum((_metrics(g["metrics"]) & _metrics(h.get("metrics") or [])).total() for g, h in matched)
            all_gold = sum(len(g["metrics"]) for g in wanted)
            scores["target_metrics"] = f1(right, all_gold, sum(len(h.get("metrics") or []) for h in found))
        elif name == "tasks":
            cells = [cell for g, h in matched for cell in _cells(g, h)]
            total = len(cells) + CELLS_OF_A_LOST_ROW * (len(wanted) + len(found) - 2 * len(matched))
            scores["task_cells"] = round(sum(cells) / total, 4) if total else None
    counted = [score for score in scores.values() if score is not None]
    scores["mean"] = round(sum(counted) / len(counted), 4)
    scores["document_wrong"] = float(sum(1 for name in wrong if have.get(name) is not None))
    return scores
