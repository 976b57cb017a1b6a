"""Where a table of a source is kept between assets.

What belongs here: the IO manager and its paths. What does not: the format (`pipeline.storage`).
"""

from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd

from pipeline.storage import read_frame, write_frame


def table_path(work: Path, table: str, partition: str | None) -> Path:
    """Return the Parquet file of an asset, of one source or of all."""
    return work / table / f"{partition}.parquet" if partition else work / f"{table}.parquet"


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

    def load_input(self, context: dg.InputContext) -> pd.DataFrame:
        """Read the frame of the same source."""
        return read_frame(self._path(context))

    def _path(self, context: dg.OutputContext | dg.InputContext) -> Path:
        partition = context.asset_partition_key if context.has_asset_partitions else None
        return table_path(Path(self.work), context.asset_key.path[-1], partition)
