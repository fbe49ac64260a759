"""`python -m pddlint` and the `pddlint` command."""

from __future__ import annotations

import gc
import sys


def _terminated(number: int, frame: object) -> None:
    """End as Ctrl-C does: no process and no temporary folder stays behind."""
    raise SystemExit(128 + number)


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments in (["--version"], ["-V"]):  # before argparse: editors and hooks ask this often
        from pddlint import __version__

        print(f"pddlint {__version__}")
        return 0
    from pddlint.cli import run

    if argv is None:
        import signal

        signal.signal(signal.SIGTERM, _terminated)
    status = run(arguments)
    if argv is None:
        gc.freeze()  # the process ends: nothing is left to be looked through for what could be freed
    return status


if __name__ == "__main__":
    sys.exit(main())
