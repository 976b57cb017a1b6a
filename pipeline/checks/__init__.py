"""Blocking asset checks, made by a factory: what a table promises is checked before the next stage reads it."""
