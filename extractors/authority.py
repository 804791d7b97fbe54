"""The authority block above a signature: lines with TM., KT., TL. …, and the post in which the signer signs.

Its language is small (NĐ 30/2020 Điều 13), and a seal lies over it on paper; authority_lines mends what can be mended.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from extractors.authority_lines import BODY_HEAD, PREFIX, UNIT_HEAD, doubtful, mended, tidy_line, without_speck
from extractors.signature import Piece
from normalizers.agencies import DEPUTIES, sentence_case, standard_post
from normalizers.text import capitals, skeleton
from schemas.text import Span

_POST_START = re.compile(
    r"^\W*(?:q\.\s*)?(?:pho\b|chu tich|giam doc|tong\b|bo truong|thu truong|chanh\b|truong\b|hieu truong|vien truong|cuc truong|chi cuc|vu truong|bi thu|thu tuong"
    r"|chu nhiem|thong doc|to truong|ke toan|thu ky|chu toa|dai su|chi huy|tu lenh|chinh uy|quyen\b|uy vien)"
)
_GOES_ON = re.compile(r"^\W*(?:thuong truc|phu trach|dieu hanh|tinh\b|thanh pho|phuong\b|xa\b|huyen\b|quan\b|kiem\b)")
_SECOND_PREFIX = re.compile(r"\s+(?=(?:KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ])")
_COLLECTIVE = "Ủy ban nhân dân"
_OF_BODIES = ("Chủ tịch", "Bí thư", "Trưởng ban", "Trưởng đoàn", "Chủ nhiệm")


class Block:
    """The authority block: lines with TM., KT. …, and the post in which the signer signs."""

    def __init__(self, pieces: tuple[Piece, ...], party: bool) -> None:
        self.prefixed: list[tuple[str, Span]] = []
        self.posts: list[tuple[str, Span]] = []
        self.doubtful = False  # a mark that cannot be read stands before a post
        self._for_head = "K/T" if party else "KT."
        parts = [(part, whole) for whole in pieces for part in _SECOND_PREFIX.split(whole.text)]
        texts = mended([part for part, _ in parts], party)
        for text, (printed, piece) in zip(texts, parts, strict=True):
            found = PREFIX.match(text)
            if found is not None:
                mark = found[1] if "/" in found[1] else f"{found[1]}."
                if party and mark == "TM." and not printed.lstrip().startswith("TM."):
                    mark = "T/M"
                said = tidy_line(found[2])
                line = f"{mark} {standard_post(said) or said}"
                if self.prefixed and line.startswith(self.prefixed[-1][0]):
                    self.prefixed.pop()  # the same line, read twice
                self.prefixed.append((line, piece.span))
            elif doubtful(text):
                self.doubtful = True
            else:
                self._add(tidy_line(without_speck(text)), piece.span)

    def _add(self, printed: str, span: Span) -> None:
        body = standard_post(printed) or printed
        folded = skeleton(body)
        if not self.prefixed and not self.posts and fuzz.ratio("uy ban nhan dan", folded) >= 85:
            self.prefixed.append((f"TM. {_COLLECTIVE}", span))  # only `TM.` can stand there, the seal hides it
        elif self.prefixed and not self.posts and not _POST_START.match(folded):
            if capitals(body) >= 0.8:
                self._join(self.prefixed, body, span)
        elif self.posts and not _POST_START.match(folded):
            if _GOES_ON.match(folded) or _cut_off(self.posts[-1][0]):
                self._join(self.posts, body, span)
        elif _POST_START.match(folded) or standard_post(printed):
            self.posts.append((body, span))

    @staticmethod
    def _join(lines: list[tuple[str, Span]], body: str, span: Span) -> None:
        text, before = lines[-1]
        lines[-1] = (f"{text} {body}", Span(before.start, span.end))

    def _deputy(self) -> bool:
        """Whether a post and its deputy stand below each other: the first is the one signed for, its `KT.` is lost."""
        return len(self.posts) > 1 and skeleton(self.posts[1][0]).startswith("pho " + skeleton(self.posts[0][0]))

    def _lone_deputy(self) -> str | None:
        """The head for whom a deputy signs of whom no line was read.

        In the name of a people's committee no deputy signs but for its chair, and in that of no body none but for the head;
        in the Party and the Fatherland Front deputies sign for the body itself.
        """
        first = standard_post(self.posts[0][0]) if self.posts else None
        head = dict(DEPUTIES).get(first) if first else None
        committee = [skeleton(line) for line, _ in self.prefixed] == [skeleton(f"TM. {_COLLECTIVE}")]
        return head if committee or not self.prefixed and head not in _OF_BODIES else None

    def post(self) -> tuple[str, Span, float] | None:
        """The post of the signer. A second one below it is another office that the signer holds."""
        if not self.posts:
            return self._post_of_mark()
        first = self.posts[0]
        if _cut_off(first[0]) and standard_post(first[0]) is None:
            return None  # the line on which it went on was not read
        if not self.prefixed and self._deputy():
            return (*self.posts[1], 0.75)  # KT. was lost under the seal
        if not self.prefixed and len(self.posts) > 1:
            if BODY_HEAD.match(skeleton(first[0])) and UNIT_HEAD.match(skeleton(self.posts[1][0])):
                return (*self.posts[1], 0.7)  # TL. was lost
        return first[0].rstrip(" ,"), first[1], 0.92

    def _post_of_mark(self) -> tuple[str, Span, float] | None:
        """The post where its line is lost: `Q.` stands before it, and for a head (`KT.`) signs nobody but the deputy."""
        if self.doubtful:
            return None
        line, span = self.prefixed[-1] if self.prefixed else ("", Span(0, 0))
        if line.startswith("Q."):
            return line, span, 0.8
        if line.startswith(("KT.", "K/T")):
            head = standard_post(line[3:])
            deputy = next((deputy for deputy, superior in DEPUTIES if superior == head), None)
            return (deputy, span, 0.75) if deputy else None
        return None

    def signed_for(self) -> tuple[str, Span, float] | None:
        """All that stands before the signer's own post."""
        lines = list(self.prefixed)
        score = 0.9
        if self._deputy():
            lines.append((f"{self._for_head} {self.posts[0][0]}", self.posts[0][1]))
            score = 0.7
        elif (head := self._lone_deputy()) is not None:
            lines.append((f"{self._for_head} {head}", self.posts[0][1]))
            score = 0.7
        if not lines:
            return None
        text = "; ".join(sentence_case(line) for line, _ in lines)
        return text, Span(lines[0][1].start, lines[-1][1].end), score


def _cut_off(line: str) -> bool:
    """Whether a post goes on below: TRƯỞNG PHÒNG KINH TẾ, / HẠ TẦNG VÀ ĐÔ THỊ."""
    return bool(re.search(r"(?:,|\bvà|\b-)$", line.lower()))
