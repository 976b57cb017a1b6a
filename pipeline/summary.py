"""What a publication did, for the terminal: what was read, quarantined, found and published, and where.

What belongs here: laying out that summary. What does not: other results (`pipeline.show`), which pull in what a
publication that changes nothing does not need.
"""

import json
from collections import Counter

from rich.console import Console

from pipeline.console import counted
from pipeline.issues import Issue, folded
from pipeline.release.named import newest_version
from pipeline.release.store import Store

_SHOWN_LINES = 40


def show_summary(console: Console, store: Store, *, unchanged: bool) -> None:
    """Print the summary of the newest release.

    Args:
        console: Where, as `pipeline.console.plain_console` makes it.
        store: The releases.
        unchanged: Whether that release stood before.
    """
    version = newest_version(store)
    descriptor = json.loads(store.read(f"releases/{version}/datapackage.json"))
    rows = {one["name"]: one["rowCount"] for one in descriptor["resources"] if "rowCount" in one}
    reported = json.loads(store.read("issues.json"))
    issues = sorted((Issue(**row) for row in reported["issues"]), key=lambda issue: issue.severity)
    # Those that were left out come first, so that a long list of warnings does not hide them.
    lines = list(folded(issues))
    for severity, line in lines[:_SHOWN_LINES]:
        console.print(line, style="red" if severity == "quarantined" else "yellow")
    if len(lines) > _SHOWN_LINES or len(lines) < len(issues):
        console.print(f"all {len(issues)} are in {store.address}/issues.json")
    severities = Counter(issue.severity for issue in issues)
    console.print(f"read         {counted(rows['documents'], 'document')} of {counted(rows['sources'], 'source')}")
    console.print(f"quarantined  {severities['quarantined']}, warned of {severities['warning']}")
    console.print(
        f"found        {counted(rows['statements'], 'statement')}, {rows['recommendations']} of them recommendations"
    )
    place = f"{store.address}/releases/{version}"
    console.print(f"{'unchanged' if unchanged else 'published':12} {version} in {place}")
