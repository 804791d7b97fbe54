"""Deadlines of tasks that could not be coded: told, so that a person looks, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods import read_deadline
from schemas.record import Check, Task

# Strokes that may be a two or a three: recognition takes the numerals of quarters for ones.
_UNSURE = re.compile(r"[Qq]u[ýyỳỷ]\s*[^\d\s]{0,2}(?:1{2,3}|1[Ll]|[Ll]1)(?!\d)")


def check_deadlines(tasks: Sequence[Task]) -> list[Check]:
    """What is printed as deadline but gives no period, repetition or condition; and quarters that noise leaves in doubt.

    >>> [check.rule for check in check_deadlines([Task(deadline="Theo ky"), Task(deadline="Quý II/2025", periods=["2025-Q2"])])]
    ['tasks.deadline']
    """
    found = []
    for index, task in enumerate(tasks):
        if task.deadline is None:
            continue
        path = [f"tasks[{index}].deadline"]
        if not task.periods and task.recurring is None and read_deadline(task.deadline).condition is None:
            message = f"The deadline {task.deadline!r} names no period, repetition or condition that is known"
            found.append(Check(rule="tasks.deadline", severity="info", message=message, paths=path))
        elif task.periods and _UNSURE.search(task.deadline):
            message = f"The quarter in {task.deadline!r} was read as {', '.join(task.periods)}; it may be another"
            found.append(Check(rule="tasks.quarter", severity="warning", message=message, paths=path))
    return found
