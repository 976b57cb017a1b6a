"""Reading order: telling the columns of a page apart from its plain text.

What belongs here: `read_page` and the steps it calls. What does not: furniture, joining lines, statements; any word of
any language (the weights are data, `languages/<code>/layout.npz`).

The steps: a page whose columns are kept apart by runs of spaces is read by these (`gutter`). Else the page is read as
one stream first (`chain`); when that reads well, the given order stands. Else a search over placements (`search`) with
learned weights (`score`) proposes readings under several hypotheses of column widths (`widths`); the likeliest reading
wins, the one without columns among them.
"""

from pipeline.text.layout.choice import Shown
from pipeline.text.layout.numbering import Numbering, numbering_of
from pipeline.text.layout.page import Among, Opened, open_page, read_page
from pipeline.text.layout.widths import are_alike, levelled

__all__ = ["Among", "Numbering", "Opened", "Shown", "are_alike", "levelled", "numbering_of", "open_page", "read_page"]
