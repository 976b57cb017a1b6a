"""Type faces: which there are, where their files lie, how wide a text is in them.

What belongs here: fonts. What does not: breaking lines (`breaking`) and placing them (`pages`).
"""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path("/usr/share/fonts/truetype")
BUILT_IN = ("Helvetica", "Times-Roman")
FILES = {
    "DejaVuSans": "dejavu/DejaVuSans.ttf",
    "DejaVuSerif": "dejavu/DejaVuSerif.ttf",
    "DejaVuSansCondensed": "dejavu/DejaVuSansCondensed.ttf",
    "LiberationSansNarrow": "liberation/LiberationSansNarrow-Regular.ttf",
    "Carlito": "crosextra/Carlito-Regular.ttf",
    "Caladea": "crosextra/Caladea-Regular.ttf",
    "Lato": "lato/Lato-Regular.ttf",
    "OpenSans": "open-sans/OpenSans-Regular.ttf",
    "GentiumBasic": "gentium-basic/GenBasR.ttf",
}
HELD_OUT = ("Lato", "OpenSans", "GentiumBasic")  # no training page is set in these
FACES = (*BUILT_IN, *(face for face in FILES if face not in HELD_OUT))
PACKAGES = (
    "fonts-dejavu-core fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea fonts-lato fonts-open-sans "
    "fonts-sil-gentium-basic"
)


class MissingFaceError(FileNotFoundError):
    """A face that the benchmark needs is not installed."""


@cache
def register(face: str) -> str:
    """Make a face known to reportlab and return its name.

    Raises:
        MissingFaceError: when its file is not installed; the message says how to.
    """
    if face not in FILES:
        return face
    path = FONTS / FILES[face]
    if not path.exists():
        raise MissingFaceError(f"{path} is missing; run: apt-get install {PACKAGES}")
    pdfmetrics.registerFont(TTFont(face, str(path)))
    return face


@cache
def measure(text: str, face: str, size: float) -> float:
    """Return the width of a text in points."""
    return float(pdfmetrics.stringWidth(text, register(face), size))
