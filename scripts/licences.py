"""Lists the licences of all pinned packages: `python -m scripts.licences > docs/licences.md`.

Names come from requirements-dev.txt, licences from the metadata of what is installed. Exit 1, with the names on standard
error, if a package has a licence that this project does not accept (GPL, AGPL, SSPL) or none that can be told.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REFUSED = re.compile(r"\bA?GPL|\bSSPL|\bAffero|(?<!Lesser )General Public License", re.IGNORECASE)
SHORT = (
    ("Apache", "Apache-2.0"),
    ("MPL", "MPL-2.0"),
    ("Mozilla", "MPL-2.0"),
    ("Python Software Foundation", "PSF-2.0"),
    ("3-Clause BSD", "BSD-3-Clause"),
    ("BSD", "BSD"),
    ("ISC", "ISC"),
    ("MIT", "MIT"),
)
LONGEST = 80
"""Some packages put the whole text of the licence where its name belongs."""
HEAD = """# Licences of the packages

The program is under the MIT licence (LICENSE); data that came from others stands in NOTICE. It calls Tesseract and its language
data (Apache-2.0) as a program of the system. Tests and the samples' generator use the Tinos fonts (Apache-2.0, Debian's
fonts-croscore). Neither is part of this repository.

Every pinned package, by its own metadata. None is under the GPL or AGPL. Those marked `MPL-2.0` are used as they come, unchanged.
The wheel of opencv-python-headless carries FFmpeg's libraries (LGPL-2.1), linked dynamically and not called by us.
This page is written by `python -m scripts.licences > docs/licences.md`; a test keeps it complete.

| package | licence | needed to |
| --- | --- | --- |
"""


class Licence(NamedTuple):
    """What a package says of its licence; None where it is not installed here (a package of another system)."""

    package: str
    licence: str | None
    needed_to: str

    @property
    def refused(self) -> bool:
        return self.licence == "" or bool(self.licence and REFUSED.search(self.licence))


def pinned(name: str) -> set[str]:
    """Names in a lock file."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def licence_of(package: str) -> str | None:
    """The licence as an SPDX expression where the package gives one, else by the words of its metadata; "" if it gives none."""
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return None

    def values(field: str) -> list[str]:
        return [str(value).strip() for value in about.get_all(field) or []]

    if expressions := values("License-Expression"):
        return expressions[0]
    told = "".join(values("License"))
    if told and len(told) <= LONGEST and "\n" not in told:
        return told
    said = " / ".join(c.rpartition(" :: ")[2] for c in values("Classifier") if c.startswith("License ::"))
    said = said or told.partition("\n")[0]
    if REFUSED.search(said):
        return said
    return next((short for word, short in SHORT if word in said), said)


def licences() -> list[Licence]:
    run, everything = pinned("requirements.txt"), pinned("requirements-dev.txt")
    return [Licence(name, licence_of(name), "run" if name in run else "test") for name in sorted(everything)]


def main() -> int:
    found = licences()
    rows = [
        f"| {f.package} | {'of another system' if f.licence is None else f.licence} | {f.needed_to} |" for f in found
    ]
    print(HEAD + "\n".join(rows))
    refused = [f"{f.package}: {f.licence or 'no licence told'}" for f in found if f.refused]
    print(*refused, sep="\n", end="\n" if refused else "", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
