"""Views for whoever looks after the collection: what is in doubt, what came twice, the fields that NĐ 30/2020 asks for."""

from __future__ import annotations

from pipeline.database.rows import DOUBTFUL
from pipeline.database.view import CODE, DOC_ID, View

REVIEW_QUEUE = View(
    "v_review_queue",
    "What a person should look at, one row a reason, the most pressing first",
    (
        ("priority", "1 what could not be read, 2 what checks found wrong, 3 what was not told, 4 what is in doubt"),
        ("doc_id", "The document, NULL where nothing of the file could be loaded"),
        ("code", "Its number and symbol"),
        ("reason", "unread, check, unknown_kind or doubtful"),
        ("field", "The field it is about, as in evidence paths"),
        ("message", "What is the matter; of a doubtful field what was read"),
        ("confidence", "Of the field, 0 to 1"),
        ("page", "Page of the file, from 1"),
        ("box", "Where on the page: left, top, right, bottom in PDF points"),
        ("source_path", "The file"),
    ),
    f"""
SELECT * FROM (
    SELECT 1 AS priority, d.doc_id, d.code, 'unread' AS reason, NULL AS field, f.error AS message, NULL::DOUBLE AS confidence,
        f.page, NULL::DOUBLE[] AS box, f.source_path
    FROM failures AS f LEFT JOIN documents AS d ON d.sha256 = f.sha256 AND d.part = 1
    UNION ALL
    SELECT 2, d.doc_id, d.code, 'check', c.paths[1], c.message, NULL, e.page, e.box, d.source_path
    FROM checks AS c JOIN documents AS d ON d.doc_id = c.doc_id
    LEFT JOIN evidence AS e ON e.doc_id = c.doc_id AND e.path = c.paths[1]
    WHERE c.severity <> 'info'
    UNION ALL
    SELECT 3, doc_id, code, 'unknown_kind', 'document.doc_type', 'the kind of paper could not be told', NULL, NULL, NULL, source_path
    FROM documents WHERE doc_type IS NULL
    UNION ALL
    SELECT 4, d.doc_id, d.code, 'doubtful', e.path, e.raw, e.confidence, e.page, e.box, d.source_path
    FROM evidence AS e JOIN documents AS d ON d.doc_id = e.doc_id
    WHERE e.path LIKE 'document.%' AND e.confidence < {DOUBTFUL}
) ORDER BY priority, confidence, doc_id, field
""",  # noqa: S608  (our own number)
)

ND30 = View(
    "v_nd30",
    "The fields of NĐ 30/2020/NĐ-CP Annex VI, Part II, for outgoing papers; NULL where the paper does not say",
    (
        DOC_ID,
        ('"FileCode_OrganId"', "Code of the organ that keeps the file: not on the paper"),
        ('"DocOrdinal"', "Place of the document in the file: not on the paper"),
        ('"TypeName"', "Name of the kind"),
        ('"CodeNumber"', "Number"),
        ('"CodeNotation"', "Symbol"),
        ('"IssuedDate"', "Date of issue"),
        ('"OrganName"', "Issuing body"),
        ('"Subject"', "Trích yếu, its first 500 characters"),
        ('"Language"', "Language: not on the paper"),
        ('"PageAmount"', "Number of pages"),
        ('"Description"', "Note: not on the paper"),
        ('"SignerInfo_Position"', "Post of the signer"),
        ('"SignerInfo_FullName"', "Name of the signer"),
        ('"To_OrganName"', "To whom the paper is addressed, joined by '; '"),
        ('"Priority"', "Urgency: not read"),
        ('"IssuedAmount"', "Number of copies: not on the paper"),
        ('"DueDate"', "When an answer is due: not read"),
    ),
    """
SELECT d.doc_id, NULL::VARCHAR AS "FileCode_OrganId", NULL::INTEGER AS "DocOrdinal", d.doc_type_name AS "TypeName",
    d.number AS "CodeNumber", d.symbol AS "CodeNotation", d.issued_on AS "IssuedDate", d.issuer AS "OrganName",
    left(d.title, 500) AS "Subject", NULL::VARCHAR AS "Language", d.pages AS "PageAmount", NULL::VARCHAR AS "Description",
    d.signer_title AS "SignerInfo_Position", d.signer_name AS "SignerInfo_FullName", a.names AS "To_OrganName",
    NULL::INTEGER AS "Priority", NULL::INTEGER AS "IssuedAmount", NULL::DATE AS "DueDate"
FROM documents AS d
LEFT JOIN (SELECT doc_id, string_agg(text, '; ' ORDER BY seq) AS names FROM addressees GROUP BY doc_id) AS a ON a.doc_id = d.doc_id
""",
)

DUPLICATES = View(
    "v_duplicates",
    "Pairs of documents that may be one: same number, symbol and issuer within a year (which Annex VI wants warned of), or nearly the same text",
    (
        DOC_ID,
        ("other_id", "The other document"),
        ("reason", "number, text or both"),
        (
            "similarity",
            "Estimated share of word triples that the two texts have in common, 0 to 1; NULL for short ones",
        ),
        CODE,
        ("other_code", "Number and symbol of the other"),
        ("source_path", "The file"),
        ("other_path", "The file of the other"),
    ),
    """
WITH papers AS (
    SELECT d.doc_id, d.number, d.symbol, d.code, d.source_path, year(d.issued_on) AS y, m.home || ' ' || m.spelling AS owner,
        s.words, s.sketch
    FROM documents AS d LEFT JOIN text_sketches AS s USING (doc_id)
    LEFT JOIN agency_mentions AS m ON m.doc_id = d.doc_id AND m.role = 'issuer'
),
numbered AS (
    SELECT a.doc_id, b.doc_id AS other_id FROM papers AS a JOIN papers AS b
    ON a.number = b.number AND a.symbol = b.symbol AND a.owner = b.owner AND a.doc_id < b.doc_id
    WHERE coalesce(a.y = b.y, true)
),
-- Texts that share one of the 8 bands of their sketches are looked at closely: of pairs with a similarity of 0.9 hardly one is
-- missed, of those with 0.8 a quarter.
bands AS (
    SELECT doc_id, words, band, hash(sketch[band * 8 + 1 : band * 8 + 8]) AS part FROM papers, range(8) AS r(band)
    WHERE sketch IS NOT NULL
),
alike AS (
    SELECT a.doc_id, b.doc_id AS other_id FROM bands AS a JOIN bands AS b
    ON a.band = b.band AND a.part = b.part AND a.doc_id < b.doc_id
    WHERE a.words BETWEEN 0.8 * b.words AND 1.25 * b.words
),
pairs AS (SELECT DISTINCT doc_id, other_id FROM (FROM numbered UNION ALL FROM alike)),
judged AS (
    SELECT p.doc_id, p.other_id, n.doc_id IS NOT NULL AS same_number,
        len(list_filter(list_zip(a.sketch, b.sketch), lambda x: x[1] = x[2])) / 64 AS similarity,
        a.code, b.code AS other_code, a.source_path, b.source_path AS other_path
    FROM pairs AS p JOIN papers AS a ON a.doc_id = p.doc_id JOIN papers AS b ON b.doc_id = p.other_id
    LEFT JOIN numbered AS n ON n.doc_id = p.doc_id AND n.other_id = p.other_id
)
SELECT doc_id, other_id, CASE WHEN NOT same_number THEN 'text' WHEN similarity >= 0.8 THEN 'both' ELSE 'number' END AS reason,
    similarity, code, other_code, source_path, other_path
FROM judged WHERE same_number OR similarity >= 0.8
""",
)
