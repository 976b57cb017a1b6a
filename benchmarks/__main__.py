"""`python -m benchmarks` (`make bench`): every benchmark, one after the other, each in a process of its own.

What belongs here: running them. What does not: measuring anything. `--quick` is passed on.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run every package below this folder that can be run, and return how many failed."""
    failed = 0
    for package in sorted(path.parent.name for path in HERE.glob("*/__main__.py")):
        print(f"\n== {package}", flush=True)
        failed += (
            subprocess.run([sys.executable, "-m", f"benchmarks.{package}", *sys.argv[1:]], check=False).returncode != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(main())
