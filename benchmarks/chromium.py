"""Chromium, for benchmarks and tests that print or look at pages.

What belongs here: finding it and running it without a window. What does not: which pages, and what is seen on them.
"""

import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
"""Its path, or None where there is none."""
MISSING = "needs Chromium: apt-get install chromium"
_SECONDS = 120


def open_page(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open a page without a window; the profile is kept beside it.

    Args:
        page: An HTML file in a folder of its own.
        options: Of the command line, as `--dump-dom`.

    Raises:
        subprocess.SubprocessError: when Chromium fails, or takes two minutes.
    """
    flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent / 'profile'}")
    command = [str(CHROMIUM), *flags, *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
