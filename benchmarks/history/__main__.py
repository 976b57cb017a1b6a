"""`python -m benchmarks.history`: processor time of a run of empty assets and checks, by where its events are kept.

What belongs here: Dagster's own cost of a run, as a ratio of its default (a database a run) to ours (one for all). What
does not: the work of the steps (`benchmarks.stages`).
"""

import logging
import os
import statistics
import tempfile
import time
from pathlib import Path

import dagster as dg

from benchmarks.options import parser_of
from pipeline.automation.home import INSTANCE

ASSETS = 20
KEPT = {"a database a run": "telemetry:\n  enabled: false\n", "one database": INSTANCE}


def main() -> None:
    """Print the table."""
    arguments = parser_of("benchmarks.history", __doc__)
    arguments.add_argument("--runs", type=int, default=8)
    arguments.add_argument("--quick", action="store_true", help="3 runs")
    chosen = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    spent = {name: _seconds(config, 3 if chosen.quick else chosen.runs) for name, config in KEPT.items()}
    print(f"a run of {ASSETS} empty assets, each with a check; median")
    for name, seconds in spent.items():
        print(f"{name:20} {seconds:6.2f} s  {seconds / spent['one database']:5.1f} x")


def _seconds(config: str, runs: int) -> float:
    """Return the median of the processor seconds that a run takes in a home of its own."""
    assets = [_asset(f"asset_{number}") for number in range(ASSETS)]
    checks = [_check(f"asset_{number}") for number in range(ASSETS)]
    job = dg.define_asset_job("job", dg.AssetSelection.all(), executor_def=dg.in_process_executor)
    found = dg.Definitions(assets=assets, asset_checks=checks, jobs=[job]).resolve_job_def("job")
    spent = []
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "dagster.yaml").write_text(config, encoding="utf-8")
        os.environ["DAGSTER_HOME"] = home
        with dg.DagsterInstance.from_config(home) as instance:
            for _ in range(runs):
                begun = time.process_time()
                found.execute_in_process(instance=instance)
                spent.append(time.process_time() - begun)
    return statistics.median(spent)


def _asset(name: str) -> dg.AssetsDefinition:
    @dg.asset(name=name)
    def empty() -> None:
        pass

    return empty


def _check(name: str) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=name, name="passes", blocking=True)
    def passes() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    return passes


if __name__ == "__main__":
    main()
