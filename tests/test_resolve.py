"""Choosing does not depend on the order of candidates, overlaps leave no two rules on one stretch."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from extractors import resolve
from schemas.found import Found
from schemas.page import Line, Page, Word
from schemas.text import DocumentText, Span

WORDS = [Word(f"t{index}", f"r{index}", None, 0.5 + index / 40) for index in range(20)]
TEXT = DocumentText((Page(1, 0, 0, "ocr", 1.0, 1.0, "", (Line(tuple(WORDS)),)),))


@st.composite
def found(draw: st.DrawFn) -> Found[str]:
    start = draw(st.integers(0, len(TEXT.text) - 1))
    end = draw(st.integers(start + 1, len(TEXT.text)))
    return Found(
        draw(st.sampled_from("abc")),
        Span(start, end),
        draw(st.sampled_from((0.3, 0.6, 0.9))),
        draw(st.sampled_from(("x", "y"))),
    )


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Found[str]], list[Found[str]]]:
    candidates = draw(st.lists(found(), max_size=8))
    return candidates, draw(st.permutations(candidates))


@given(shuffled())
def test_best_is_independent_of_order(both: tuple[Sequence[Found[str]], Sequence[Found[str]]]) -> None:
    assert resolve.best(TEXT, both[0]) == resolve.best(TEXT, both[1])


@given(shuffled())
def test_items_are_independent_of_order_and_do_not_overlap(
    both: tuple[Sequence[Found[str]], Sequence[Found[str]]],
) -> None:
    one, other = resolve.items(TEXT, both[0]), resolve.items(TEXT, both[1])
    assert [(f.span, f.rule) for f, *_ in one] == [(f.span, f.rule) for f, *_ in other]
    for index, (first, *_) in enumerate(one):
        for second, *_ in one[index + 1 :]:
            apart = first.span.end <= second.span.start or second.span.end <= first.span.start
            assert apart or first.rule == second.rule


def test_agreeing_rules_are_stronger_than_each() -> None:
    span = Span(0, 2)
    alone = resolve.best(TEXT, [Found("a", span, 0.6, "x")])
    both = resolve.best(TEXT, [Found("a", span, 0.6, "x"), Found("a", span, 0.6, "y")])
    again = resolve.best(TEXT, [Found("a", span, 0.6, "x"), Found("a", span, 0.6, "x")])
    assert alone
    assert both
    assert again
    assert both.strength > alone.strength == again.strength
    assert (alone.witnesses, both.witnesses, again.witnesses) == (1, 2, 1)


def test_another_value_is_a_rival() -> None:
    chosen = resolve.best(TEXT, [Found("a", Span(0, 2), 0.6, "x"), Found("b", Span(0, 2), 0.3, "y")])
    assert chosen
    assert (chosen.found.value, round(chosen.rival, 3)) == ("a", 0.5)


def test_confidence_is_the_worst_word_of_a_short_value() -> None:
    short = Found("a", Span(0, 5), 1.0, "x")  # t0 t1
    assert resolve.words_confidence(TEXT, short) == 0.5


def test_evidence_names_page_and_raw_print() -> None:
    entries = resolve.evidence(TEXT, "document.number", Found("a", Span(0, 5), 0.9, "x"), 0.9)
    assert [(entry.page, entry.raw, entry.box) for entry in entries] == [(1, "r0 r1", None)]
