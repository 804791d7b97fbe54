"""How quickly pages are found: `python -m benchmarks.search [PAGES] [--keep FILE]` (100,000 pages unless told otherwise).

Makes pages out of the lines of samples/, one word in ten replaced by chance, ten pages a document; indexes and publishes
them as a run does; then publishes ten documents more, and twenty anew. Prints the CPU seconds of each, the size of the
index, and for each question the milliseconds of the first and the middle of nine answers (wall) and the CPU's.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.memory import highest_memory
from pipeline.database import fulltext
from pipeline.database.insert import LISTED, Transaction, insert, listed
from pipeline.database.publish import open_published
from pipeline.database.rows import Row
from pipeline.database.schema import BY_NAME
from pipeline.database.search import search
from pipeline.database.store import Store

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PAGES_A_DOCUMENT = 10
WORDS_A_PAGE = 330
QUESTIONS = (
    "cai cach hanh chinh",
    "Cải cách hành chính",
    "76/NQ-CP",
    "ủy ban nhân dân",
    "kế hoạch",
    '"chuyển đổi số"',
    "giải quyết thủ tục hành chính trên môi trường điện tử",
    "Văn phòng HĐND và UBND chủ trì quý III năm 2025",
)


def papers(numbers: Iterable[int], dice: random.Random) -> Iterator[tuple[Row, list[Row]]]:
    """Documents with the rows of their pages."""
    lines = [
        line.split()
        for path in sorted(SAMPLES.glob("*/text.gold.txt"))
        for line in path.read_text("utf-8").splitlines()
        if len(line.split()) > 3
    ]
    words = [word for line in lines for word in line]
    for number in numbers:
        pages = []
        for page in range(1, PAGES_A_DOCUMENT + 1):
            text: list[str] = []
            while len(text) < WORDS_A_PAGE:
                text += [*dice.choice(lines), "\n"]
            for place in dice.sample(range(len(text)), len(text) // 10):
                text[place] = dice.choice(words)
            pages.append({"doc_id": f"{number:016x}", "page": page, "text": " ".join(text)})
        head = {"doc_id": f"{number:016x}", "source_path": f"/in/{number}.pdf", "title": " ".join(dice.choice(lines))}
        yield head, pages


def load(db: Path, made: Iterator[tuple[Row, list[Row]]]) -> None:
    """Files the documents, those that are there in the place of the old ones, without indexing them."""
    with duckdb.connect(str(db)) as connection:
        connection.execute(LISTED)
        for batch in iter(lambda: list(islice(made, 100)), []):
            names = listed(head["doc_id"] for head, _ in batch)
            with Transaction(connection):
                fulltext.forget(connection, [head["doc_id"] for head, _ in batch])
                for table in ("documents", "pages"):
                    connection.execute(f"DELETE FROM {table} WHERE doc_id IN (FROM listed(?))", [names])
                insert(connection, BY_NAME["documents"], [head for head, _ in batch])
                insert(connection, BY_NAME["pages"], [page for _, pages in batch for page in pages])


def index(db: Path) -> str:
    """Brings the index up to date; what that took."""
    size = db.stat().st_size
    with duckdb.connect(str(db)) as connection:
        wall, cpu = time.perf_counter(), time.process_time()
        count = fulltext.bring_up_to_date(connection)
        connection.execute("CHECKPOINT")
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    grown = (db.stat().st_size - size) / 1e6
    return f"{count} documents indexed: {cpu:.2f} s of CPU, {wall:.2f} s of wall time, file {grown:+.0f} MB"


def ask(db: Path) -> None:
    """Puts the questions."""
    with open_published(db) as connection:
        for question in QUESTIONS:
            wall, cpu = [], []
            for _ in range(9):
                began, began_cpu = time.perf_counter(), time.process_time()
                hits = search(connection, question)
                wall.append(1000 * (time.perf_counter() - began))
                cpu.append(1000 * (time.process_time() - began_cpu))
            middle = f"middle {statistics.median(wall):4.0f} ms, CPU {statistics.median(cpu):4.0f} ms"
            print(f"{question:55} first {wall[0]:4.0f} ms, {middle}, {len(hits)} hits")


def ask_fts(db: Path, extension: Path) -> None:
    """The same with DuckDB's extension fts, in a copy of the pages: its index made, and the questions put to it."""
    with tempfile.TemporaryDirectory() as folder:
        config: dict[str, str | bool | int | float | list[str]] = {"extension_directory": folder}
        with duckdb.connect(str(Path(folder) / "fts.duckdb"), config=config) as connection:
            connection.execute(f"INSTALL '{extension}'; LOAD fts; ATTACH '{db}' AS papers (READ_ONLY)")
            folded = fulltext.FOLDED.format(text="lower(text)")
            connection.execute(
                f"CREATE TABLE texts AS SELECT row_number() OVER () AS id, {folded} AS t FROM papers.pages"
            )
            cpu = time.process_time()
            options = "stemmer='none', stopwords='none', ignore='[^a-z0-9]+', strip_accents=0, lower=0"
            connection.execute(f"PRAGMA create_fts_index('texts', 'id', 't', {options})")
            connection.execute("CHECKPOINT")
            print(f"fts: all pages indexed: {time.process_time() - cpu:.2f} s of CPU")
            sql = (
                f"SELECT id, score FROM (SELECT id, fts_main_texts.match_bm25(id, {fulltext.FOLDED.format(text='lower(?)')}) "
                "AS score FROM texts) WHERE score IS NOT NULL ORDER BY score DESC LIMIT 10"
            )
            for question in QUESTIONS:
                cpu = time.process_time()
                for _ in range(3):
                    connection.execute(sql, [question]).fetchall()
                print(f"fts: {question:50} CPU {1000 * (time.process_time() - cpu) / 3:4.0f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("pages", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where to leave the database; one that is there is asked as it is")
    parser.add_argument(
        "--fts", type=Path, help="fts.duckdb_extension, to measure beside (of the wheel duckdb-extension-fts)"
    )
    given = parser.parse_args()
    documents = given.pages // PAGES_A_DOCUMENT
    with tempfile.TemporaryDirectory() as folder:
        db = given.keep or Path(folder) / "pages.duckdb"
        if not db.exists():
            Store(db).close()
            for what, numbers in (
                ("all", range(documents)),
                ("ten more", range(documents, documents + 10)),
                ("twenty anew", range(20)),
            ):
                load(db, papers(numbers, random.Random(1)))
                print(f"{what}: {index(db)}")
        ask(db)
        memory = highest_memory()
        print(f"highest memory {memory:.0f} MB")
        if given.fts:
            ask_fts(db, given.fts)
            print(f"fts: highest memory {highest_memory():.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
