"""The assets, one module a stage: thin wrappers that hand frames to `pipeline.stages` and describe what came out."""
