"""The DuckDB file: tables, writing, publishing, looking, exporting."""
