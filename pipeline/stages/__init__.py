"""What the Dagster assets do, as plain functions from frames to frames, one module a stage.

What belongs here: turning sources into rows of tables with the help of the text core and the coder. What does not:
Dagster, files other than raw ones, and any rule about text or codes.
"""
