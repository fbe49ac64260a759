"""`python -m pddlint` and the `pddlint` command."""

from __future__ import annotations

import os
import sys


def script() -> None:
    """Run the command line and end the process."""
    status = main()
    _end(status)
    sys.exit(status)


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if argv is None:  # the process is ours
        _wait_for_readers()
    if arguments in (["--version"], ["-V"]):  # before argparse: editors and hooks ask this often
        from pddlint import __version__

        try:
            print(f"pddlint {__version__}", flush=True)
            return 0
        except OSError:  # met again below, and told there
            pass
    from pddlint.cli import run

    if argv is None:
        import signal

        from pddlint.signals import terminate

        signal.signal(signal.SIGTERM, terminate)
    return run(arguments)


def _wait_for_readers() -> None:
    """Have what is printed wait where a pipe is full: node hands on pipes that refuse what does not fit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            os.set_blocking(stream.fileno(), True)
        except (OSError, ValueError, AttributeError):  # no stream, or none of this system's files
            continue


def _end(status: int) -> None:
    """End the process without taking the interpreter apart, which takes as long as reading a thousand listings.

    Returns where that is not safe: threads are left, a profiler is at work, or what was printed cannot be written.
    """
    import atexit
    import threading

    if threading.active_count() > 1 or sys.getprofile() is not None or sys.gettrace() is not None:
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # AttributeError: started with a stream closed
        return
    os._exit(status)


if __name__ == "__main__":
    script()
