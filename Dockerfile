# vanban with all that it needs; once built it reads without any network (docs/scale-out.md).
#   docker build -t vanban .
#   docker run --rm --network=none -v "$PWD/scans:/in:ro" -v "$PWD/out:/out" vanban ingest /in --db /out/papers.duckdb
# For a cluster or S3: docker build --build-arg REQUIREMENTS=requirements-cluster.txt -t vanban-cluster .
FROM debian:13.1-slim AS build

# Debian keeps one version of a package in a release, so a pinned one would soon be gone.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
ARG REQUIREMENTS=requirements.txt
WORKDIR /opt/vanban
COPY ${REQUIREMENTS} ./
RUN python3 -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r "${REQUIREMENTS}"
COPY cli.py LICENSE NOTICE ./
COPY schemas schemas
COPY normalizers normalizers
COPY extractors extractors
COPY pipeline pipeline
COPY commands commands
# compiled now: the user that runs it may write nothing here
RUN .venv/bin/python -m compileall -q cli.py schemas normalizers extractors pipeline commands

FROM debian:13.1-slim

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin vanban
COPY --from=build /opt/vanban /opt/vanban
ENV PATH=/opt/vanban/.venv/bin:$PATH \
    PYTHONPATH=/opt/vanban \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_THREAD_LIMIT=1
USER 10001:10001
# ends the build where a component is missing
RUN python /opt/vanban/cli.py doctor
WORKDIR /tmp
ENTRYPOINT ["python", "/opt/vanban/cli.py"]
CMD ["--help"]
