"""Pages in a real Chromium, in a frame of the width that is asked for.

What belongs here: showing a page and what a script in it found. What does not: what is looked for.

A window of Chromium is never narrower than 500 pixels, whatever it is told, so a telephone is a frame within one.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from benchmarks.chromium import open_page

_FRAME = """\
<!doctype html>
<html style="color-scheme: light dark">
<body style="margin: 0">
<iframe style="border: 0; width: {width}px; height: 900px" srcdoc="{page}"></iframe>
<script>
onload = () => {{ document.body.dataset.found = document.querySelector("iframe").contentDocument.body.dataset.found; }};
</script>
</body>
</html>
"""


def look(page: str, script: str, folder: Path, width: int, *, dark: bool) -> dict[str, Any]:
    """Return what a script found in a page of a width.

    Args:
        page: HTML of the page.
        script: A script element that writes JSON to `document.body.dataset.found`.
        folder: Where the page and Chromium's profile may be.
        width: In CSS pixels.
        dark: Whether the reader prefers dark pages.
    """
    path = folder / "page.html"
    shown = html.escape(page.replace("</body>", f"{script}</body>"))
    path.write_text(_FRAME.format(width=width, page=shown), encoding="utf-8")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    done = open_page(path, scheme, "--hide-scrollbars", "--window-size=1600,1000", "--dump-dom")
    match = re.search(r'<body[^>]* data-found="([^"]*)"', done.stdout)
    assert match, done.stderr
    found: dict[str, Any] = json.loads(html.unescape(match[1]))
    assert found["width"] == width
    return found
