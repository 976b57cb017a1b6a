"""From bytes to statements: encoding, lines, repairs, reading order, furniture, headings, bullets, statements.

Pure functions over the dataclasses of `pipeline.text.model`. Nothing here reads files other than its own language data,
knows a subject, or imports an orchestrator.
"""
