"""``python -m api.sandbox inksoft|printavo --port 8481 --data DIR``: one simulated vendor as a process of its own."""

import argparse
import importlib
import socket
import sys
from pathlib import Path

import uvicorn

from api.sandbox.anchor import SEEDS, SeedMismatch
from api.sandbox.ledger import FolderInUse, LedgerDamaged
from api.sandbox.settings import SandboxSettings

VENDORS = ("inksoft", "printavo")


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop. Prints one line with the address once it can be called; 2 = could not start."""
    told = _parser().parse_args(arguments)
    settings = SandboxSettings(told.data, told.seed, told.time_scale, told.limit_scale)
    try:
        listener = _listen(told.host, told.port)
    except OSError as taken:
        sys.stderr.write(
            f"{told.vendor} sandbox: cannot listen on {told.host}:{told.port}: {taken.strerror}\n"
        )
        return 2
    try:
        app = importlib.import_module(f"api.sandbox.{told.vendor}").create_app(settings)
    except (SeedMismatch, FolderInUse, LedgerDamaged) as refused:
        sys.stderr.write(f"{told.vendor} sandbox: {refused}\n")
        return 2
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
        )
    )
    sys.stdout.write(f"{told.vendor} sandbox at http://{told.host}:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    server.run(sockets=[listener])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.sandbox", description=__doc__)
    parser.add_argument("vendor", choices=VENDORS)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--port", type=int, required=True, help="0 takes a free port; the printed line names it"
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the ledger and the anchor")
    parser.add_argument("--seed", choices=SEEDS, default="demo")
    parser.add_argument(
        "--time-scale", type=_above_zero, default=1.0, help="stretches token lives and delays"
    )
    parser.add_argument("--limit-scale", type=_above_zero, default=1.0, help="stretches rate-limit windows")
    return parser


def _above_zero(text: str) -> float:
    number = float(text)
    if not 0 < number <= 1000:  # noqa: PLR2004 - a sane bound, named by the message
        raise argparse.ArgumentTypeError("a number above 0, at most 1000")
    return number


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(2048)
    return listener


if __name__ == "__main__":
    sys.exit(main())
