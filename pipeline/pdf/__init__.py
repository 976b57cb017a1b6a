"""From a PDF to the text that is stored beside it, in reading order while coordinates are still at hand.

Pure: bytes in, text out. What comes out is a raw text like any other: form feeds start pages, column breaks (U+000E)
start columns (only here are they known for sure), blank lines part paragraphs. Byte spans refer to that text.
"""
