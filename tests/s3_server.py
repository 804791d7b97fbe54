"""`python -m tests.s3_server`: moto's S3 on a free port of this machine, told on standard output; ends with its input."""

from __future__ import annotations

import sys

from moto.server import ThreadedMotoServer


def main() -> None:
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    sys.stdout.write(f"port {server.get_host_and_port()[1]}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
