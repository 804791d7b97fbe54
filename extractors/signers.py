"""Who signs beside whom: the columns under minutes and contracts, each with its posts and its name.

Minutes are signed by the chair on the right and the secretary on the left (NĐ 30/2020 Annex III, form of biên bản); a
contract by both sides. Papers with `Nơi nhận` have one signer.
"""

from __future__ import annotations

import re

from extractors.paper import Paper
from extractors.signature import Foot, Piece
from normalizers.people import name_score

_CHAIR = re.compile(r"\b(?:chu toa|chu tri|truong doan|to truong|ben a|truong ban|chu tich hoi dong)\b")
_SECRETARY = re.compile(r"\b(?:thu ky|nguoi ghi|nguoi lap|ben b|nguoi lam chung)\b")
_SURE_NAME = 0.8


def signers(paper: Paper) -> tuple[Foot, tuple[Foot, ...]]:
    """The foot of the signer, and those of the others who signed beside.

    >>> paper = Paper.of("BIÊN BẢN\\nHọp xã\\n1. Nội dung: họp./.\\nTHƯ KÝ\\nTrần Văn Bình\\nCHỦ TỌA\\nLê Thị An")
    >>> [[piece.text for piece in foot.names] for foot in (signers(paper)[0], *signers(paper)[1])]
    [['Lê Thị An'], ['Trần Văn Bình']]
    """
    foot = paper.foot
    if foot.recipients:
        return foot, ()
    columns = [column for half in _halves(paper, foot) for column in _one_after_another(half)]
    if len(columns) < 2 and _several_in_one(paper, foot):
        return Foot((), (), (), foot.score), ()
    if len(columns) < 2 or any(not column.authority or not column.names for column in columns):
        return foot, ()
    chair = min(range(len(columns)), key=lambda index: (_rank(columns[index]), -index))
    return columns[chair], tuple(column for index, column in enumerate(columns) if index != chair)


def _several_in_one(paper: Paper, foot: Foot) -> bool:
    """Whether several persons signed side by side and their columns were woven: who holds which post cannot be told."""
    names = [piece for piece in foot.names if name_score(piece.text) >= _SURE_NAME]
    return len(names) > 1 and not any(place.box for piece in names for place in paper.text.places(piece.span))


def _rank(column: Foot) -> int:
    said = " ".join(piece.folded for piece in column.authority)
    return 0 if _CHAIR.search(said) else 2 if _SECRETARY.search(said) else 1


def _halves(paper: Paper, foot: Foot) -> list[list[Piece]]:
    """The pieces of the left and of the right column, each in reading order; all in one where there are no boxes."""
    halves: list[list[Piece]] = [[], []]
    for piece in sorted((*foot.authority, *foot.names), key=lambda piece: piece.span.start):
        places = paper.text.places(piece.span)
        box = places[0].box if places else None
        if box is None:
            halves[0].append(piece)
        else:
            width = next(page.width for page in paper.text.pages if page.number == places[0].page)
            halves[(box.x0 + box.x1) > width].append(piece)
    return [half for half in halves if half]


def _one_after_another(pieces: list[Piece]) -> list[Foot]:
    """A column cut behind each name: posts, then the name."""
    feet: list[Foot] = []
    posts: list[Piece] = []
    for piece in pieces:
        if piece.part == "authority":
            posts.append(piece)
        elif name_score(piece.text) >= _SURE_NAME and posts:
            feet.append(Foot((), tuple(posts), (piece,), 0.9))
            posts = []
    return feet
