"""Dagster's web page and daemon on loopback, for `bloemlezing dev`.

What belongs here: starting them, and ending when this process is told to. What does not: what they run.

Dagster's own command runs within this process, since by itself it answers SIGTERM with a traceback while it loads. That
takes ten seconds, in which a signal must be heard, so what is slow to import is imported once signals are.
"""

import signal
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from pipeline.errors import PlainError
from pipeline.resources.interrupts import raise_lost_interrupts
from pipeline.settings import Settings

WORKSPACE = Path(__file__).parents[2] / "workspace.yaml"
HOST = "127.0.0.1"
_TOLD = (signal.SIGINT, signal.SIGTERM)


def serve(settings: Settings, port: int) -> None:
    """Run web page and daemon until this process is told to end, by Ctrl-C or SIGTERM.

    Args:
        settings: Folders and limits, which their processes find in the environment.
        port: Of the web page.

    Raises:
        SourceError: when there is no raw folder.
        PlainError: when the port or Dagster's run history cannot be used, or Dagster ended by itself.
    """
    with _heard() as signals:
        try:
            _prepare(settings, port)
            _run_dagster(settings, port)
        except KeyboardInterrupt:
            return
        if not signals:  # Dagster itself takes a signal for the end once it is up
            raise PlainError("Dagster ended by itself; what it printed above says why")


@contextmanager
def _heard() -> Iterator[list[int]]:
    """Let signals raise `KeyboardInterrupt`, and give those that came.

    Also where SIGINT is ignored, as after `&` in a script: Dagster ends its own processes with just that signal, and
    they would ignore it too.
    """
    signals: list[int] = []

    def hear(number: int, _: FrameType | None) -> None:
        signals.append(number)
        raise KeyboardInterrupt

    raise_lost_interrupts()
    before = [signal.signal(one, hear) for one in _TOLD]
    try:
        yield signals
    finally:
        for one, handler in zip(_TOLD, before, strict=True):
            signal.signal(one, handler)


def _prepare(settings: Settings, port: int) -> None:
    """Refuse a port or raw folder that cannot be used, and end runs that nobody is at work on."""
    from pipeline.automation.home import prepare_home  # noqa: PLC0415
    from pipeline.automation.lost import end_lost_runs_of  # noqa: PLC0415
    from pipeline.sources import source_names  # noqa: PLC0415

    source_names(settings.raw)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web page does
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PlainError(f"port {port} cannot be used ({error.strerror}); name another one with --port") from error
    end_lost_runs_of(prepare_home(settings))


def _run_dagster(settings: Settings, port: int) -> None:
    """Run Dagster's command for both, in whatever way it ends when it is told to.

    Raises:
        KeyboardInterrupt: when it was told so before it was up.
    """
    from dagster._cli.dev import dev_command  # noqa: PLC0415
    from dagster._core.errors import DagsterExecutionInterruptedError  # noqa: PLC0415

    from pipeline.automation.home import environment  # noqa: PLC0415

    arguments = ["--workspace", str(WORKSPACE), "--host", HOST, "--port", str(port)]
    # It recommends a command of a package that is not installed; constraints.txt holds the version that has this one.
    warnings.filterwarnings("ignore", "Function `dev_command` is superseded", FutureWarning)
    try:
        with environment(settings.to_environment()), dev_command.make_context("dagster dev", arguments) as context:
            dev_command.invoke(context)
    except DagsterExecutionInterruptedError as error:
        raise KeyboardInterrupt from error
