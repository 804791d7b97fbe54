"""The report: one HTML page that stands by itself, in Vietnamese, for whoever has to act on what was read."""
