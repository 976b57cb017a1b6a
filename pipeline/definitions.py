"""The code location that Dagster loads.

What belongs here: assembly. What does not: anything that is assembled.
"""

from collections.abc import Mapping

import dagster as dg

from pipeline.automation.jobs import FINAL, STAGES, publish_job
from pipeline.automation.schedules import daily_publish
from pipeline.automation.sensors import raw_folder_sensor
from pipeline.checks.tables import table_checks
from pipeline.resources.folders import Folders
from pipeline.resources.tables import TableIOManager
from pipeline.settings import Settings


def definitions(settings: Settings, loggers: Mapping[str, dg.LoggerDefinition] | None = None) -> dg.Definitions:
    """Return everything that Dagster needs to know, for these folders.

    Args:
        settings: Folders and limits.
        loggers: Loggers beside Dagster's own.
    """
    return dg.Definitions(
        assets=[*STAGES, *FINAL],
        asset_checks=list(table_checks()),
        jobs=[publish_job],
        schedules=[daily_publish],
        sensors=[raw_folder_sensor],
        resources={
            "folders": Folders.of(settings),
            "io_manager": TableIOManager(work=str(settings.work)),
        },
        loggers=loggers,
        # Of assets that somebody materialises by hand or in the page; the job says the same, and why.
        executor=dg.in_process_executor,
    )


defs = definitions(Settings.from_environment())
