import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

PROGRAM = """
import signal, time, weakref
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in what a script starts with &
{told}
class Thing:
    pass
def interrupted(_):
    raise {raised}
thing = Thing()
reference = weakref.ref(thing, interrupted)
try:
    del thing
    time.sleep({seconds})
except KeyboardInterrupt:
    print("ended")
else:
    print("lives on")
"""


def run(told: str, raised: str, seconds: int = 600) -> subprocess.CompletedProcess[str]:
    """Run the program, which sleeps so long unless it is interrupted."""
    program = PROGRAM.format(told=told, raised=raised, seconds=seconds)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)


@pytest.mark.parametrize(
    ("kinds", "raised"),
    [([""], "KeyboardInterrupt"), (["", "SystemExit"], "SystemExit"), ([""] * 2, "KeyboardInterrupt")],
)
def test_an_interrupt_that_python_loses_in_a_callback_is_raised_again_without_a_traceback(kinds, raised):
    told = "from pipeline.resources.interrupts import raise_lost_interrupts\n"
    done = run(told + "".join(f"raise_lost_interrupts({kind})\n" for kind in kinds), raised)
    assert (done.stdout, done.stderr) == ("ended\n", "")


def test_another_error_in_a_callback_is_shown_and_ends_nothing():
    done = run(
        "from pipeline.resources.interrupts import raise_lost_interrupts\nraise_lost_interrupts()",
        "ValueError('seen')",
        1,
    )
    assert done.stdout == "lives on\n"
    assert "ValueError: seen" in done.stderr


def test_every_process_that_opens_the_history_does_so(tmp_path):
    told = (
        f"import os; os.environ['DAGSTER_HOME'] = {str(tmp_path)!r}\n"
        "from pipeline.resources.history import EventLog\n"
        "EventLog.from_config_value(None, {}).dispose()\n"
    )
    assert run(told, "KeyboardInterrupt").stdout == "ended\n"
