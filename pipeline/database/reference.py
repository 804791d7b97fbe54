"""Lists of administrative units, put into every database of ours (normalizers/data/README.md says where they come from)."""

from __future__ import annotations

import datetime as dt
from importlib.resources import as_file, files

import duckdb

from normalizers.places import REFORM, changes, units
from pipeline.database.columns import Row
from pipeline.database.insert import insert
from pipeline.database.schema import BY_NAME


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes admin_units and former_units anew."""
    connection.execute("DELETE FROM admin_units")
    insert(connection, BY_NAME["admin_units"], _admin_units())
    connection.execute("DELETE FROM former_units")
    with as_file(files("normalizers").joinpath("data/former_units.tsv")) as path:
        connection.execute(
            "INSERT INTO former_units BY NAME SELECT * FROM read_csv(?, delim = '\\t', header = true, quote = '', all_varchar = true)",
            [str(path)],
        )


def _admin_units() -> list[Row]:
    codes = {f"{unit.kind} {unit.name}": unit.code for unit in units() if unit.province is None}
    later = {change.code: change for change in changes()}
    rows = []
    for unit in units():
        province = codes[unit.province[0].lower() + unit.province[1:]] if unit.province else unit.code
        row = {"code": unit.code, "kind": unit.kind, "name": unit.name, "province_code": province, "valid_to": None}
        change = later.get(unit.code)
        if change is None:
            rows.append({**row, "valid_from": REFORM.isoformat()})
        else:
            eve = change.since - dt.timedelta(days=1)
            rows += [
                {**row, "kind": change.before, "valid_from": REFORM.isoformat(), "valid_to": eve.isoformat()},
                {**row, "kind": change.after, "valid_from": change.since.isoformat()},
            ]
    return rows
