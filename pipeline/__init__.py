"""The bloemlezing pipeline: raw text in, a versioned open dataset of coded recommendations out.

The text core (`pipeline.text`), the coder (`pipeline.coding`) and the publisher (`pipeline.release`) are plain
functions. Only the Dagster layer (`definitions`, `assets`, `checks`, `resources`, `automation`) imports dagster.
"""
