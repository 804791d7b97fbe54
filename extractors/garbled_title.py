"""The lines of a title in a garbled dump: specks out, lost words from where the paper says the same again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile

from extractors.garbled_words import EDGES, Token, is_printable, tokens
from extractors.paper import Paper
from extractors.retold import Retold
from normalizers.places import UNIT_AT_END
from normalizers.text import skeleton
from schemas.text import Span

_SPECK = re.compile(r"^[|~*_=+«»•°<>{}\[\]‘’']+(?=\w|[\"“(])|(?<=\w)[|~*_=«»•°<>{}\[\]‘’']+$")
_STOP = re.compile(r"(?<=[^\W\dA-ZĐ]{2})\.$")
_COLON = re.compile(r"(?<=\w):$")
_STROKE = re.compile(r"[aeou]")  # no word is that letter without a mark
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_SAID_AGAIN = 2


def told_lines(paper: Paper, spans: Sequence[Span], issuer: str | None = None) -> list[str] | None:
    """The lines of a title as they must have been printed; None where a word can be no print and nothing tells what it was.

    issuer: the body that issues the paper, whose unit titles like to name.

    >>> paper = Paper.of("KẾ HOẠCH\\n[Phòng, chống. lụt bão —\\nnăm 2025\\nI. MỤC ĐÍCH")
    >>> told_lines(paper, [Span(9, 33), Span(34, 42)])
    ['Phòng, chống lụt bão', 'năm 2025']
    """
    words = [
        word._replace(text=paper.readings.mend(paper.text, word.span)[0], line=line)
        for line, span in enumerate(spans)
        for word in tokens(paper.text, span)
    ]
    words = [word for at, word in enumerate(words) if not _ends_in_debris(words, at)]
    if [word.key for word in words[1:2]] == ["viec"] and words[0].key in ("ve", "va", "vi"):
        words[0] = words[0]._replace(text="Về", sure=True)
    told = Retold(paper.text, Span(spans[0].start, spans[-1].end))
    mended = [_parted(word, told) for word in _clean(_with_unit(told.mend(words), issuer))]
    for index, (word, after) in enumerate(pairwise(mended)):
        if word.text[-1] in ",;" and told.follows(word.key, after.key) == {""}:
            mended[index] = word._replace(text=word.text[:-1])
    if not all(is_printable(one) or _said_again(paper, one) for word in mended for one in word.text.split()):
        return None
    lines = [" ".join(word.text for word in line) for _, line in groupby(mended, key=lambda word: word.line)]
    alone = "".join(lines).count('"') == 1  # a speck
    return [line.replace('"', "") for line in lines] if alone else lines


def _with_unit(words: list[Token], issuer: str | None) -> list[Token]:
    """The words with the issuer's unit as the issuer's name has it, where its letters were read behind the noun."""
    found = UNIT_AT_END.search(issuer) if issuer else None
    if found is None:
        return words
    noun, name = found["noun"].split()[-1].lower(), found["name"].split()
    letters = skeleton("".join(name))
    for at in range(1, len(words) - len(name) + 1):
        before, some = words[at - 1], words[at : at + len(name)]
        if letters not in ("".join(word.read for word in some), "".join(word.key for word in some)):
            continue
        if before.is_debris:
            words[at - 1] = before._replace(text=noun)
        if before.is_debris or before.key == skeleton(noun):
            words[at : at + len(name)] = [
                word._replace(text=word.text.replace(word.text.strip(EDGES), syllable))
                for word, syllable in zip(some, name, strict=True)
            ]
    return words


def _parted(word: Token, told: Retold) -> Token:
    """Two words with a speck between them that looks like a hyphen, where the paper has them apart elsewhere."""
    parts = word.text.split("-")
    if len(parts) != 2 or not all(map(str.isalpha, parts)):
        return word
    return word._replace(text=" ".join(parts)) if told.follows(*map(skeleton, parts)) == {""} else word


def _said_again(paper: Paper, word: str) -> bool:
    core = skeleton(word.strip(" .,:;'\"()"))
    return bool(core) and len(re.findall(rf"(?<!\w){re.escape(core)}(?!\w)", skeleton(paper.text.text))) >= _SAID_AGAIN


def _ends_in_debris(words: Sequence[Token], at: int) -> bool:
    """Whether nothing but debris stands from a word on to the end of its line."""
    line = takewhile(lambda word: word.line == words[at].line, words[at:])
    return all(word.is_debris for word in line)


def _clean(words: Sequence[Token]) -> list[Token]:
    """The words without what was read from dirt: strokes at their edges, a full stop inside a sentence, a lone figure."""
    out: list[Token] = []
    for word, follow in zip(words, [*words[1:], None], strict=True):
        after = follow.text if follow else ""
        text = _STOP.sub("", _SPECK.sub("", word.text))
        if _STROKE.fullmatch(text):
            continue
        if text in ("-", "–", "—") and (not out or not after or out[-1].text.endswith((",", ";", "-"))):
            continue
        if text in ("-", "–") and follow and out[-1].line != follow.line and not after[:1].isdigit():
            continue  # a speck at the end or start of a line
        if re.fullmatch(r"\W*\d\W*", text) and out and out[-1].key == "nam" and _YEAR.match(after):
            out[-1] = out[-1]._replace(text="năm")  # in front of a figure it was read as another word
            continue
        if after[:1].islower():
            text = _COLON.sub("", text)
        if text:
            out.append(word._replace(text=text))
    return out
