#!/bin/sh
# Writes requirements.txt (what runs), requirements-cluster.txt (what also runs on Dask and reads S3) and
# requirements-dev.txt (what also tests) from pyproject.toml: every package, its version and its hashes, for all systems at once and without the address of any index.
# Versions already pinned stay as they are; `sh scripts/lock.sh --upgrade` looks for newer ones.
set -eu
cd "$(dirname "$0")/.."
if ! command -v uv >/dev/null 2>&1; then
    echo "lock: uv is missing; install it: pip install uv" >&2
    exit 2
fi
compile() {
    uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 "$@"
}
compile pyproject.toml --extra dev --output-file requirements-dev.txt "$@"
compile pyproject.toml --constraint requirements-dev.txt --output-file requirements.txt "$@"
compile pyproject.toml --extra dask --extra s3 --constraint requirements-dev.txt --output-file requirements-cluster.txt "$@"
