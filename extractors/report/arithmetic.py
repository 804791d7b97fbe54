"""Arithmetic of printed results: a stated share must be the share that n/m gives. A mismatch is told, never corrected."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.numbers import format_number
from schemas.record import Check, Result


def check_results(results: Sequence[Result]) -> list[Check]:
    """A warning for every result whose percentage is not its numerator by its denominator, printed rounding allowed.

    >>> good = Result(text="118/120 hồ sơ, đạt 98,3%", numerator=118, denominator=120, value=98.3, unit="%")
    >>> bad = good.model_copy(update={"value": 89.3})
    >>> [check.paths for check in check_results([good, bad])]
    [['results[1]']]
    """
    found = []
    for index, result in enumerate(results):
        if result.unit != "%" or result.value is None or result.numerator is None or not result.denominator:
            continue
        share = 100 * result.numerator / result.denominator
        printed = format_number(result.value)
        decimals = len(printed.partition(",")[2])
        if abs(share - result.value) > 10.0**-decimals:  # rounding and plain cutting off both pass
            found.append(
                Check(
                    rule="results.share",
                    severity="warning",
                    message=(
                        f"{format_number(result.numerator)}/{format_number(result.denominator)} is "
                        f"{format_number(round(share, 2))}%, the paper says {printed}%"
                    ),
                    paths=[f"results[{index}]"],
                )
            )
    return found
