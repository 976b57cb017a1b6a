"""Where a table of a source is kept between assets.

What belongs here: the IO manager. What does not: paths and the format (`pipeline.storage`).
"""

from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd

from pipeline.storage import read_frame, table_path, write_frame


class TableIOManager(dg.ConfigurableIOManager):
    """Keeps every asset that is a frame in a Parquet file per source.

    Attributes:
        work: Folder of the working tables.
    """

    work: str

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Write a frame; an asset that returns nothing keeps itself."""
        if obj is None:
            return
        if not isinstance(obj, pd.DataFrame):
            raise dg.DagsterInvariantViolationError(f"{context.asset_key.to_user_string()} returned no frame")
        write_frame(self._path(context), obj)
        of = f" of {context.asset_partition_key}" if context.has_asset_partitions else ""
        context.log.info("%s%s: %s rows", context.asset_key.to_user_string(), of, len(obj))

    def load_input(self, context: dg.InputContext) -> pd.DataFrame:
        """Read the frame of the same source."""
        return read_frame(self._path(context))

    def _path(self, context: dg.OutputContext | dg.InputContext) -> Path:
        partition = context.asset_partition_key if context.has_asset_partitions else None
        return table_path(Path(self.work), context.asset_key.path[-1], partition)
