"""Views: what analysts ask for, ready in the published file for whoever opens it, in whatever program."""

from __future__ import annotations

from pipeline.database.view import CODE, DOC_ID, ISSUED_ON, PILLAR, UNIT, View
from pipeline.database.views_for_care import DUPLICATES, ND30, REVIEW_QUEUE

_DOCUMENTS = View(
    "v_documents",
    "One row a document, names in one spelling, with what it holds",
    (
        DOC_ID,
        ("doc_type", "Abbreviation of the kind"),
        ("doc_type_name", "Name of the kind"),
        ("code", "Number and symbol"),
        ("issued_on", "Date of issue"),
        ("title", "Trích yếu"),
        ("issuer", "Issuing body as printed"),
        ("agency", "Issuing body in one spelling (table agencies)"),
        *UNIT,
        ("province", "Name of the province"),
        ("signer", "Who signed, in one spelling (table people)"),
        ("signer_title", "Post of the signer"),
        ("pages", "Number of pages"),
        ("kind", "scanned, born_digital, mixed or text"),
        ("tasks", "How many tasks it sets"),
        ("targets", "How many targets it sets"),
        ("results", "How many results it states"),
        ("cites", "How many documents it cites"),
        ("confidence", "Mean confidence of the document fields, 0 to 1"),
        ("needs_review", "Whether a person should look"),
        ("source_path", "The file"),
    ),
    """
SELECT d.doc_id, d.doc_type, d.doc_type_name, d.code, d.issued_on, d.title, d.issuer, a.agency,
    d.unit_code, d.unit_name, d.province_code, p.name AS province, s.person AS signer, d.signer_title, d.pages, d.kind,
    coalesce(t.n, 0) AS tasks, coalesce(g.n, 0) AS targets, coalesce(r.n, 0) AS results, coalesce(c.n, 0) AS cites,
    d.confidence, d.needs_review, d.source_path
FROM documents AS d
LEFT JOIN agency_mentions AS am ON am.doc_id = d.doc_id AND am.role = 'issuer'
LEFT JOIN agency_spellings AS a ON a.home = am.home AND a.spelling = am.spelling
LEFT JOIN person_mentions AS pm ON pm.doc_id = d.doc_id AND pm.role = 'signer'
LEFT JOIN person_spellings AS s ON s.home = pm.home AND s.spelling = pm.spelling
LEFT JOIN admin_units AS p ON p.code = d.province_code AND p.valid_to IS NULL
LEFT JOIN (SELECT doc_id, count(*) AS n FROM tasks GROUP BY doc_id) AS t ON t.doc_id = d.doc_id
LEFT JOIN (SELECT doc_id, count(*) AS n FROM targets GROUP BY doc_id) AS g ON g.doc_id = d.doc_id
LEFT JOIN (SELECT doc_id, count(*) AS n FROM results GROUP BY doc_id) AS r ON r.doc_id = d.doc_id
LEFT JOIN (SELECT doc_id, count(*) AS n FROM citations GROUP BY doc_id) AS c ON c.doc_id = d.doc_id
""",
)

_TASKS_DUE = View(
    "v_tasks_due",
    "The calendar: one row a task with its first and last day, its recurrence and who leads",
    (
        DOC_ID,
        ("seq", "The task: tasks.seq"),
        CODE,
        ISSUED_ON,
        *UNIT,
        ("section", "Heading above it"),
        PILLAR,
        ("no", "Its number as printed"),
        ("content", "What is to be done"),
        ("lead", "Leading agency as printed"),
        ("lead_agency", "Leading agency in one spelling; the first where several lead"),
        ("coordinating", "Coordinating agencies as printed"),
        ("deadline", "Deadline as printed"),
        ("starts_on", "First day; of a recurring task without dates, the date of the paper"),
        ("due_on", "Last day, NULL where it is open or not known"),
        ("recurrence", "CONTINUOUS, MONTHLY, QUARTERLY, … or NULL"),
        ("product", "Expected product"),
        ("source_path", "The file"),
    ),
    """
SELECT t.doc_id, t.seq, d.code, d.issued_on, d.unit_code, d.unit_name, d.province_code, t.section, t.pillar, t.no, t.content,
    t.lead, a.agency AS lead_agency, t.coordinating, t.deadline, t.period_start AS starts_on, t.period_end AS due_on,
    t.recurrence, t.product, d.source_path
FROM tasks AS t JOIN documents AS d ON d.doc_id = t.doc_id
LEFT JOIN agency_mentions AS m ON m.doc_id = t.doc_id AND m.seq = t.seq AND m.role = 'lead' AND m.item = 0
LEFT JOIN agency_spellings AS a ON a.home = m.home AND a.spelling = m.spelling
""",
)

_TARGETS_VS_RESULTS = View(
    "v_targets_vs_results",
    "Figures of targets beside what reports of the same unit say came of them; only pairs that deserve it (table target_results)",
    (
        ("plan_id", "The document that sets the target"),
        ("plan_code", "Its number and symbol"),
        *UNIT,
        PILLAR,
        ("target", "The target as printed"),
        ("comparator", "How its figure is meant"),
        ("target_value", "Its figure"),
        ("target_unit", "The unit of the figure"),
        ("report_id", "The document that states the result"),
        ("report_code", "Its number and symbol"),
        ("reported_on", "Its date of issue"),
        ("result", "The result as printed"),
        ("result_value", "Its figure, in the unit of the target"),
        ("reached", "Whether the figure reaches the target"),
        ("score", "How alike the two texts are in what they measure, 0 to 100"),
    ),
    """
SELECT p.plan_id, d.code AS plan_code, d.unit_code, d.unit_name, d.province_code, t.pillar, t.text AS target, m.comparator,
    m.value AS target_value, m.unit AS target_unit, p.report_id, e.code AS report_code, e.issued_on AS reported_on,
    r.text AS result, p.reached AS result_value,
    CASE m.comparator WHEN '>=' THEN p.reached >= m.value WHEN '<=' THEN p.reached <= m.value WHEN '>' THEN p.reached > m.value
        WHEN '<' THEN p.reached < m.value WHEN '=' THEN p.reached = m.value END AS reached,
    p.score
FROM target_results AS p
JOIN documents AS d ON d.doc_id = p.plan_id JOIN documents AS e ON e.doc_id = p.report_id
JOIN targets AS t ON t.doc_id = p.plan_id AND t.seq = p.seq
JOIN target_metrics AS m ON m.doc_id = p.plan_id AND m.seq = p.seq AND m.item = p.item
JOIN results AS r ON r.doc_id = p.report_id AND r.seq = p.result_seq
""",
)

_CITATIONS = View(
    "v_citations",
    "Who cites what, one row a citation; cited_doc_id where the cited document is in the database and no other can be meant",
    (
        ("doc_id", "The citing document"),
        ("code", "Its number and symbol"),
        ISSUED_ON,
        ("issuer", "Who issued it"),
        ("cited_code", "Number and symbol of the cited document"),
        ("cited_date", "Its date, where the paper gives it"),
        ("is_basis", "Whether it is a legal basis of the paper"),
        ("cited_doc_id", "The cited document, NULL where it is not here or more than one may be meant"),
        ("candidates", "How many documents here may be meant"),
    ),
    """
WITH owners AS (SELECT doc_id, home || ' ' || spelling AS owner FROM agency_mentions WHERE role = 'issuer'),
papers AS (SELECT d.doc_id, d.code, d.issued_on, d.number, o.owner FROM documents AS d LEFT JOIN owners AS o USING (doc_id)),
-- The same date names a paper; without one, the same issuer does, or a number that is unique in the country (30/2020/NĐ-CP).
possible AS (
    SELECT c.doc_id, c.seq, k.doc_id AS other, coalesce(k.owner, k.doc_id) || ' ' || coalesce(k.issued_on::VARCHAR, '') AS paper,
        CASE WHEN c.date = k.issued_on THEN 1 WHEN c.date IS NULL AND k.owner = p.owner THEN 2
            WHEN c.date IS NULL AND regexp_matches(c.code, '^[0-9]+/20[0-9]{2}/') THEN 3 END AS rank
    FROM citations AS c JOIN papers AS p ON p.doc_id = c.doc_id
    JOIN papers AS k ON k.code = c.code AND k.doc_id <> c.doc_id
    WHERE p.issued_on IS NULL OR k.issued_on IS NULL OR k.issued_on <= p.issued_on
),
best AS (
    SELECT doc_id, seq, count(DISTINCT paper) AS papers, min(other) AS other FROM possible
    WHERE rank IS NOT NULL GROUP BY doc_id, seq, rank
    QUALIFY row_number() OVER (PARTITION BY doc_id, seq ORDER BY rank) = 1
)
SELECT c.doc_id, p.code, p.issued_on, p.issuer, c.code AS cited_code, c.date AS cited_date, b.doc_id IS NOT NULL AS is_basis,
    CASE WHEN best.papers = 1 THEN best.other END AS cited_doc_id, coalesce(best.papers, 0) AS candidates
FROM citations AS c JOIN documents AS p ON p.doc_id = c.doc_id
LEFT JOIN best ON best.doc_id = c.doc_id AND best.seq = c.seq
LEFT JOIN (
    SELECT doc_id, code FROM legal_bases WHERE code IS NOT NULL
    UNION SELECT doc_id, code FROM legal_bases_also WHERE code IS NOT NULL
) AS b ON b.doc_id = c.doc_id AND b.code = c.code
""",
)

VIEWS: tuple[View, ...] = (
    _DOCUMENTS,
    _TASKS_DUE,
    _TARGETS_VS_RESULTS,
    _CITATIONS,
    REVIEW_QUEUE,
    ND30,
    DUPLICATES,
)
