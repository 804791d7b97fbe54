"""Tables that follow from the record: of one document alone (mentions, sketches), or of several together (dimensions, pairs).

The former are rows of their document (pipeline/database/mentions.py); the latter are made anew from them at the end of
a run (pipeline/database/settle.py). Lists of administrative units come with the program.
"""

from __future__ import annotations

from pipeline.database.columns import DOC_ID, ITEM, SEQ, Column, Table

_HOME = Column(
    "home",
    "VARCHAR",
    "Whose it is: code of the unit, VN for the whole country, else province and issuer; names of two homes are never one",
)
_SPELLING = Column(
    "spelling", "VARCHAR", "The name folded: lower case, abbreviations written out, one placement of tones"
)
_ENTRY = Column("seq", "INTEGER", "The entry it stands in: 3 for tasks[3]; 0 where the document itself has it")
_PAIR_PLAN = Column("plan_id", "VARCHAR", "The document that sets the target")
_CODE = Column("code", "VARCHAR", "Official code (QĐ 19/2025/QĐ-TTg): 2 digits for a province, 5 for a ward or commune")

OF_DOCUMENTS: tuple[Table, ...] = (
    Table(
        "agency_mentions",
        "Agencies that the document names, one row each; lists taken apart, groups (các phòng, ban) left out",
        (
            DOC_ID,
            Column("role", "VARCHAR", "issuer, lead, coordinating, responsibility, addressee or basis (who issued a legal basis)"),
            _ENTRY,
            ITEM,
            Column("printed", "VARCHAR", "The name as printed"),
            _HOME,
            _SPELLING,
        ),
    ),
    Table(
        "person_mentions",
        "Persons that the document names",
        (
            DOC_ID,
            Column("role", "VARCHAR", "signer or digital_signature"),
            _ENTRY,
            Column("printed", "VARCHAR", "The name as printed"),
            _HOME,
            _SPELLING,
        ),
    ),
    Table(
        "text_sketches",
        "A sketch of the text, to find papers that are nearly the same (pipeline/database/sketch.py)",
        (
            DOC_ID,
            Column("words", "INTEGER", "Words of the text"),
            Column("sketch", "BIGINT[]", "Smallest hash of word triples in each of 64 classes; NULL for fewer than 50 words"),
        ),
    ),
)  # fmt: skip

ACROSS_DOCUMENTS: tuple[Table, ...] = (
    Table(
        "agencies",
        "Agencies, one row each: the spelling met most often, and all that were met",
        (
            _HOME,
            Column("agency", "VARCHAR", "Its name: as printed most often"),
            Column("unit_code", "VARCHAR", "Code of the unit whose agency it is; NULL where it is of no one unit, or not told"),
            Column("mentions", "INTEGER", "How often it is named"),
            Column("printed", "VARCHAR[]", "Every way in which it is printed, sorted"),
        ),
    ),
    Table(
        "agency_spellings",
        "Which folded name means which agency",
        (_HOME, _SPELLING, Column("agency", "VARCHAR", "Its name in table agencies")),
    ),
    Table(
        "people",
        "Persons, one row each. The same name in two homes is two persons; names that differ in a mark are, too",
        (
            _HOME,
            Column("person", "VARCHAR", "The name: as printed most often, in ordinary capitals"),
            Column("mentions", "INTEGER", "How often the person is named"),
            Column("printed", "VARCHAR[]", "Every way in which the name is printed, sorted"),
        ),
    ),
    Table(
        "person_spellings",
        "Which folded name means which person",
        (_HOME, _SPELLING, Column("person", "VARCHAR", "The name in table people")),
    ),
    Table(
        "target_results",
        "Figures of targets beside the results that reports of the same unit state on them (normalizers/indicators.py)",
        (
            Column("home", "VARCHAR", "Whose they are: code of the ward, or of the province with the office"),
            _PAIR_PLAN,
            SEQ._replace(comment="The target: targets.seq"),
            ITEM._replace(comment="Its figure: target_metrics.item"),
            Column("report_id", "VARCHAR", "The document that states the result"),
            Column("result_seq", "INTEGER", "The result: results.seq"),
            Column("score", "DOUBLE", "How alike the two texts are in what they measure, 0 to 100"),
            Column("reached", "DOUBLE", "The figure of the result in the unit of the target"),
        ),
    ),
)  # fmt: skip

REFERENCE: tuple[Table, ...] = (
    Table(
        "admin_units",
        "Provinces, wards, communes and special zones since 1 July 2025; a row for each time that the kind changed",
        (
            _CODE,
            Column("kind", "VARCHAR", "tỉnh, thành phố, phường, xã or đặc khu"),
            Column("name", "VARCHAR", "Its name without the kind"),
            Column("province_code", "VARCHAR", "Code of its province, its own for a province"),
            Column("valid_from", "DATE", "First day"),
            Column("valid_to", "DATE", "Last day, NULL while it is so"),
        ),
    ),
    Table(
        "former_units",
        "Units of before 1 July 2025, and what became of them; several rows where one was divided",
        (
            Column("old_name", "VARCHAR", "Name with its kind: Phường An Biên"),
            Column("old_district", "VARCHAR", "Its district, NULL for provinces"),
            Column("old_province", "VARCHAR", "Its province, NULL for provinces"),
            Column("code", "VARCHAR", "Code of the unit it became or went into; NULL where the source does not say"),
            Column("change", "VARCHAR", "unchanged, renamed, merged or divided"),
            Column("main", "BOOLEAN", "Whether this is the part that counts as its successor"),
        ),
    ),
    Table(
        "settled",
        "From what the tables across documents were made, so that only what changed is made anew",
        (
            Column("subject", "VARCHAR", "agencies, people or target_results"),
            Column("home", "VARCHAR", "Whose rows"),
            Column("fingerprint", "VARCHAR", "Of the rows that they were made from, and of the way"),
        ),
    ),
)  # fmt: skip
