"""What follows from one record: who it names, each with the home that tells whose it is; the pillars; a sketch of the text."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.bodies import NATION, bodies_in, body, body_key, person_key
from normalizers.people import name_score
from normalizers.pillars import pillar_of
from pipeline.database.columns import Row, Rows
from pipeline.database.sketch import sketch
from schemas.record import Record


def home_of(record: Record, unit: str | None, province: str | None, doc_id: str) -> str:
    """To whom what a paper calls `the office` belongs: the unit it is of; else its issuer within the province; else itself."""
    issuer = record.document.issuer
    if unit or not issuer:
        return unit or doc_id
    over = NATION if body(issuer, None, province).home == NATION else province
    return f"{over} {body_key(issuer)}" if over else body_key(issuer)


def add_derived(rows: Rows, record: Record, doc_id: str) -> None:
    """Adds to the rows of a document those of the tables OF_DOCUMENTS (derived_tables.py), and the pillars of reform."""
    document = rows["documents"][0]
    province = document["province_code"]
    home = home_of(record, document["unit_code"], province, doc_id)
    rows["agency_mentions"] = list(_agencies(record, home, province))
    rows["person_mentions"] = list(_persons(record, home))
    words = [word for page in rows["pages"] for word in page["text"].split()]
    rows["text_sketches"] = [{"words": len(words), "sketch": sketch(words)}]
    for row in rows["tasks"]:
        row["pillar"] = pillar_of(row["section"], row["content"])
    for row in rows["targets"]:
        row["pillar"] = pillar_of(row["section"], row["text"])
    for row in rows["results"]:
        row["pillar"] = pillar_of(row["text"])


def _agencies(record: Record, home: str, province: str | None) -> Iterator[Row]:
    for role, seq, text in _named(record):
        for item, printed in enumerate((text,) if role == "issuer" else bodies_in(text)):
            found = body(printed, home, province)
            yield {
                "role": role,
                "seq": seq,
                "item": item,
                "printed": printed,
                "home": home if found.home is None else found.home,
                "spelling": found.key,
            }


def _named(record: Record) -> Iterator[tuple[str, int, str]]:
    """Role, entry and text of everything that names agencies."""
    lists = (
        ("issuer", [record.document.issuer]),
        ("lead", [task.lead for task in record.tasks]),
        ("coordinating", [task.coordinating for task in record.tasks]),
        ("responsibility", [part.agency for part in record.responsibilities]),
        ("addressee", record.addressees),
        ("basis", [basis.issuer for basis in record.legal_bases]),
    )
    for role, texts in lists:
        for seq, text in enumerate(texts):
            if text:
                yield role, seq, text


def _persons(record: Record, home: str) -> Iterator[Row]:
    names = [("signer", 0, record.document.signer_name)]
    names += [("digital_signature", seq, one.signer) for seq, one in enumerate(record.digital_signatures)]
    for role, seq, name in names:
        if name and (role == "signer" or name_score(name) >= 0.8):  # bodies sign, too
            yield {"role": role, "seq": seq, "printed": name, "home": home, "spelling": person_key(name)}
