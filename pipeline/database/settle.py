"""What only several documents together tell: one spelling for each agency and person, results beside targets.

Made at the end of a run, home by home, and only where the rows that it follows from have changed since. Nothing
depends on the order in which documents came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import duckdb

from normalizers.people import clean_name
from normalizers.spellings import one_spelling
from pipeline.database.columns import Row
from pipeline.database.insert import insert, listed
from pipeline.database.pairs import PAIR_SOURCES, pair_rows
from pipeline.database.schema import BY_NAME

_WAY = "1"
"""Counted up when the way is changed, so that everything is made anew."""
_HOMES = 1000  # at a time, so that memory stays flat

# By subject: what its rows follow from, as (home, hash of a row); and which column of its tables tells the home.
_SOURCES = {
    "agencies": "SELECT home, hash(spelling, printed) AS row_hash FROM agency_mentions",
    "people": "SELECT home, hash(spelling, printed) AS row_hash FROM person_mentions",
    "target_results": PAIR_SOURCES,
}
_NAMES = {
    "agencies": ("agencies", "agency_spellings", "agency_mentions", "agency"),
    "people": ("people", "person_spellings", "person_mentions", "person"),
}


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings the tables across documents up to date. To be called inside a transaction."""
    for subject, sources in _SOURCES.items():
        current = dict(
            connection.execute(
                f"SELECT home, '{_WAY} ' || count(*) || ' ' || sum(row_hash) FROM ({sources}) "  # noqa: S608  (our own)
                "WHERE home IS NOT NULL GROUP BY home"
            ).fetchall()
        )
        before = dict(
            connection.execute("SELECT home, fingerprint FROM settled WHERE subject = ?", [subject]).fetchall()
        )
        stale = sorted(home for home in current.keys() | before.keys() if current.get(home) != before.get(home))
        for start in range(0, len(stale), _HOMES):
            homes = stale[start : start + _HOMES]
            _MAKE[subject](connection, homes)
            connection.execute(
                "DELETE FROM settled WHERE subject = ? AND home IN (FROM listed(?))", [subject, listed(homes)]
            )
            rows = [
                {"subject": subject, "home": home, "fingerprint": current[home]} for home in homes if home in current
            ]
            insert(connection, BY_NAME["settled"], rows)


def _name_maker(subject: str) -> Callable[[duckdb.DuckDBPyConnection, list[str]], None]:
    table, spellings, mentions, column = _NAMES[subject]

    def make(connection: duckdb.DuckDBPyConnection, homes: list[str]) -> None:
        for name in (table, spellings):
            connection.execute(
                f"DELETE FROM {name} WHERE home IN (FROM listed(?))",  # noqa: S608  (our own names)
                [listed(homes)],
            )
        found = connection.execute(
            f"SELECT home, spelling, printed, count(*) FROM {mentions} "  # noqa: S608  (our own names)
            "WHERE home IN (FROM listed(?)) GROUP BY ALL ORDER BY ALL",
            [listed(homes)],
        ).fetchall()
        by_home: dict[str, list[tuple[str, str, int]]] = {}
        for home, *row in found:
            by_home.setdefault(home, []).append(tuple(row))
        heads: list[Row] = []
        ways: list[Row] = []
        for home, rows in by_home.items():
            for name, printed, folded in _clusters(rows, clean_name if subject == "people" else str):
                head = {"home": home, column: name, "mentions": sum(printed.values()), "printed": sorted(printed)}
                if subject == "agencies":
                    head["unit_code"] = home if home.isdigit() else None
                heads.append(head)
                ways += [{"home": home, "spelling": spelling, column: name} for spelling in folded]
        insert(connection, BY_NAME[table], heads)
        insert(connection, BY_NAME[spellings], ways)

    return make


def _clusters(
    rows: Iterable[tuple[str, str, int]], shown: Callable[[str], str]
) -> Iterator[tuple[str, Counter[str], list[str]]]:
    """Of (spelling, printed, count) in one home: the name to show, all printed forms with counts, all spellings of it."""
    counts: Counter[str] = Counter()
    printed: dict[str, Counter[str]] = {}
    for spelling, text, count in rows:
        counts[spelling] += count
        printed.setdefault(spelling, Counter())[text] += count
    joined: dict[str, list[str]] = {}
    for spelling, head in one_spelling(counts).items():
        joined.setdefault(head, []).append(spelling)
    taken: set[str] = set()
    for head, spellings in sorted(joined.items()):
        # The name comes from the head alone: what joined it is damaged.
        best = sorted(printed[head], key=lambda text: (-printed[head][text], -len(text), text))
        name = next((name for name in map(shown, best) if name not in taken), head)
        taken.add(name)
        yield name, sum((printed[spelling] for spelling in spellings), Counter()), sorted(spellings)


def _make_pairs(connection: duckdb.DuckDBPyConnection, homes: list[str]) -> None:
    connection.execute(
        "DELETE FROM target_results WHERE home IN (FROM listed(?))",
        [listed(homes)],
    )
    insert(connection, BY_NAME["target_results"], list(pair_rows(connection, homes)))


_MAKE = {"agencies": _name_maker("agencies"), "people": _name_maker("people"), "target_results": _make_pairs}
