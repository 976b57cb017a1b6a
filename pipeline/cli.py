"""The `bloemlezing` command.

What belongs here: arguments, the order in which a command asks others, exit statuses. What does not: anything that
decides, what all commands do alike (`pipeline.console`), and results that take laying out (`pipeline.show`). A user's
mistake ends in one clear line and exit status 1 or 2, never in a traceback.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.console import clear_errors, counted, err, out, print_anything, progress
from pipeline.settings import Settings, SettingsError

if TYPE_CHECKING:
    from pipeline.release.store import Store


class _Commands(TyperGroup):
    """The commands: none takes an empty value, which comes of a shell variable that was not set, and all can print."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command."""
        print_anything()
        return super().main(*args, **extra)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse empty values before any command sees them: an empty path would be the current folder."""
        for before, value in pairwise(["", *args]):
            if not value.strip() or (value.startswith("--") and value.endswith("=")):
                name = value.strip().rstrip("=") or (before if before.startswith("-") else "an argument")
                raise typer.BadParameter(f"{name} is empty; was a shell variable not set? Give a value or leave it out")
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
REVIEW = "review"
"""Folder below the outputs where a review is written, unless another is named."""

RawOption = Annotated[Path | None, typer.Option("--raw", help="Folder of the sources.", show_default="raw/")]
OutputsOption = Annotated[
    str | None,
    typer.Option("--outputs", help="Folder of the releases, or a URL such as s3://…", show_default="outputs/"),
]


def _no_device(path: Path | None) -> Path | None:
    """Refuse what never ends, as /dev/zero, or waits for keys; a pipe is as good as a file."""
    if path is not None and (path.is_char_device() or path.is_block_device()):
        raise typer.BadParameter(f"{path} is a device, not a file; name a file, or /dev/stdin behind a pipe")
    return path


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        out.print(f"bloemlezing {version('bloemlezing')}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Raw consultation texts in, a versioned open dataset of coded recommendations out."""


@app.command()
def publish(raw: RawOption = None, outputs: OutputsOption = None) -> None:
    """Take in what changed under RAW and publish a new version when that changes the dataset."""
    settings = _settings(raw, outputs)
    with clear_errors():
        _publish(settings)


@app.command()
def status(raw: RawOption = None, outputs: OutputsOption = None) -> None:
    """Tell what publish would do, and which release stands; nothing is changed."""
    from pipeline.planning import make_plan
    from pipeline.release.store import latest_version
    from pipeline.storage import accepted

    settings = _settings(raw, outputs)
    with clear_errors():
        plan = make_plan(settings)
        version = latest_version(_store(settings.address))
    changed = dict(plan.changed)
    for name in plan.sources:
        state = "unchanged" if name not in changed else "changed" if accepted(settings.accepted, name) else "new"
        out.print(f"{state:12} {name}")
    due = "publish would look at it anew" if changed or plan.release_due else "publish would change nothing"
    out.print(f"{'newest':12} {version or 'no release yet'}; {due}")


@app.command()
def retract(
    statements: Annotated[list[str], typer.Argument(help="Identifiers of statements that any release holds.")],
    reason: Annotated[str, typer.Option(help="Why, in words; it is published.")],
    raw: RawOption = None,
    outputs: OutputsOption = None,
    *,
    purge: Annotated[bool, typer.Option("--purge", help="Also remove every older release that holds them.")] = False,
) -> None:
    """Take statements down: a release without them, with tombstones; older releases that hold them are named."""
    from pipeline.release.named import newest_version
    from pipeline.release.publish import PATIENCE
    from pipeline.release.purge import holders
    from pipeline.release.purge import purge as remove
    from pipeline.release.store import all_standing
    from pipeline.retractions import reasons
    from pipeline.takedown import leftovers, locate, record

    settings = _settings(raw, outputs)
    with clear_errors():
        store = _store(settings.address)
        newest_version(store)
        known = reasons(folder for folder in settings.raw.glob("*") if folder.is_dir())
        found = locate([one.folder for one in reversed(all_standing(store))], statements, known)
        for path in record(settings.raw, found.values(), reason, datetime.now(UTC).date()):
            out.print(f"recorded     {path}")
        _publish(settings)
        if purge:
            for version in remove(store, statements, reason, datetime.now(UTC), PATIENCE):
                out.print(f"purged       {version}, recorded in releases/purged.json")
        for version, held in holders(store, statements).items():
            out.print(f"still in     {version}: {', '.join(held)}; purge it with --purge", style="yellow")
        for line in leftovers(settings.raw, settings.home / "history", settings.outputs / REVIEW, found):
            out.print(f"not changed  {line}")


def _publish(settings: Settings) -> None:
    """Do what there is to do, and print a summary of the release that stands then."""
    from pipeline.automation.local import RunFailedError
    from pipeline.release.named import pointer
    from pipeline.release.store import LATEST
    from pipeline.summary import show_summary

    store = _store(settings.address)
    before = store.versions(), pointer(store)

    def begins() -> None:
        # Another process that this one waited for may have published meanwhile.
        nonlocal before
        before = store.versions(), pointer(store)

    try:
        _run(settings, begins)
    except RunFailedError:
        # A source that failed does not hold up the others.
        if store.versions() != before[0]:
            show_summary(out, store, unchanged=False)
        raise
    stood, shown = before
    unchanged = store.versions() == stood
    show_summary(out, store, unchanged=unchanged)
    if unchanged and pointer(store) != shown:
        out.print(f"{'put right':12} {store.address}/{LATEST}, which did not show that release")


def _run(settings: Settings, begins: Callable[[], None]) -> None:
    """Do what there is to do, with a progress bar; where there is no terminal, with a line for every source.

    Args:
        settings: Folders and limits.
        begins: Called when nobody else is at work any more, before anything is done.
    """
    from pipeline.automation.local import Watcher, run_plan

    with progress() as bar:
        task = bar.add_task("looking for changes", total=None)
        told = {""}

        def began(name: str, step: str) -> None:
            bar.update(task, description=f"{name}: {step}")
            if not err.is_terminal and name not in told:
                told.add(name)
                err.print(f"at work on   {name}")

        def waits() -> None:
            err.print("another process is at work here; waiting until it is done")

        def planned(steps: int) -> None:
            begins()
            bar.update(task, total=steps)

        def ended(*_: str) -> None:
            bar.update(task, advance=1)

        run_plan(settings, Watcher(waits, planned, began, ended))


@app.command()
def dev(
    raw: RawOption = None,
    outputs: OutputsOption = None,
    port: Annotated[int, typer.Option(help="Port of the web page, on 127.0.0.1.", min=1, max=65535)] = 3000,
) -> None:
    """Open Dagster's web page and daemon on loopback; the sensor publishes what changes under RAW."""
    from pipeline.automation.dev import HOST, serve

    settings = _settings(raw, outputs)
    with clear_errors():
        out.print(f"Dagster on http://{HOST}:{port} (stop with Ctrl-C)")
        serve(settings, port)
    out.print("stopped")


@app.command()
def prune(
    outputs: OutputsOption = None,
    keep: Annotated[
        int | None, typer.Option(help="How many of the newest runs to keep.", min=1, show_default="200")
    ] = None,
) -> None:
    """Forget old runs of Dagster, and give their room back; publish does the first by itself. Releases stay."""
    settings = _settings(None, outputs)
    with clear_errors():
        from pipeline.automation.pruning import prune_history

        done = prune_history(replace(settings, keep_runs=keep or settings.keep_runs))
    sizes = f"the run history takes {done.after / 1e6:.1f} MB instead of {done.before / 1e6:.1f}"
    out.print(f"forgot       {counted(done.runs, 'run')}; {sizes}")


@app.command()
def agreement(
    gold: Annotated[
        Path, typer.Argument(help="Gold file of a document, in JSON.", exists=True, dir_okay=False, callback=_no_device)
    ],
    outputs: OutputsOption = None,
) -> None:
    """Compare the newest release with hand-made gold for one of its documents."""
    from pipeline.agreement import agreement as compare
    from pipeline.agreement import read_gold
    from pipeline.release.named import newest, reading
    from pipeline.show import show_agreement

    settings = _settings(None, outputs)
    with clear_errors(), reading(newest(_store(settings.address))) as (release,):
        show_agreement(out, compare(read_gold(gold), release))


@app.command()
def trace(
    statement_id: Annotated[str, typer.Argument(help="Identifier of a statement in the newest release.")],
    raw: RawOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Print a statement's raw lines with its bytes highlighted, and every repair; what was redacted is not shown."""
    from pipeline.release.named import newest, reading
    from pipeline.show import show_trace
    from pipeline.trace import trace as follow

    settings = _settings(raw, outputs)
    with clear_errors(), reading(newest(_store(settings.address))) as (release,):
        show_trace(out, follow(settings.raw, release, statement_id))


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="A text file or PDF.", exists=True, dir_okay=False, callback=_no_device)],
    language: Annotated[str, typer.Option(help="ISO 639-1 code of its language.")] = "nl",
) -> None:
    """Show how a file is read: page by page, column by column, with the confidence of every line."""
    from pipeline.show import show_page
    from pipeline.text.language import load_language
    from pipeline.trace import explain as read

    with clear_errors():
        for page in read(file, load_language(language)):
            show_page(out, page)


@app.command()
def verify(
    release: Annotated[
        str | None, typer.Argument(help="Version, or folder of a release.", show_default="the newest one")
    ] = None,
    raw: RawOption = None,
    outputs: OutputsOption = None,
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Also make it again from RAW and compare every byte.")
    ] = False,
) -> None:
    """Check a release against its own checksums; exit status 1 when anything is missing, changed or extra."""
    from pipeline.release.named import is_release, newest, release_named
    from pipeline.release.verify import verify as problems_of

    settings = _settings(raw, outputs)
    with clear_errors():
        store = _store(settings.address)
        folder = release_named(store, release).absolute() if release else newest(store)
        problems = problems_of(folder)
        if rebuild and not problems:
            from pipeline.automation.local import rebuilt_differences

            # A folder that was named by its path has the releases before it beside it.
            history = None if release and is_release(Path(release)) else store
            problems = rebuilt_differences(settings, folder, history)
    for problem in problems:
        err.print(problem, style="red")
    if problems:
        raise typer.Exit(1)
    out.print(f"{folder.name} is as it was published")


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="Version, or folder of a release.")],
    new: Annotated[str, typer.Argument(help="Version, or folder of a release.")],
    outputs: OutputsOption = None,
    html: Annotated[Path | None, typer.Option(help="Write a page to this file instead.")] = None,
) -> None:
    """Show what changed between two releases: rules, rows and values."""
    from pipeline.release.changes import as_html, as_text
    from pipeline.release.compare import compare_releases
    from pipeline.release.named import reading, release_named

    settings = _settings(None, outputs)
    with clear_errors():
        store = _store(settings.address)
        with reading(release_named(store, old), release_named(store, new)) as (before, after):
            found = compare_releases(before, after)
            if html is not None:
                html.write_text(as_html(found), encoding="utf-8")
                out.print(f"written to {html}")
            else:
                out.print(as_text(found), end="")


@app.command()
def review(
    to: Annotated[Path | None, typer.Option(help="Folder to write into.", show_default="OUTPUTS/review")] = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import",
            help="Take a reviewed .xlsx, .csv or .qdpx into decisions.csv.",
            exists=True,
            dir_okay=False,
            callback=_no_device,
        ),
    ] = None,
    coder: Annotated[str | None, typer.Option(help="Who decided, where the imported file does not say.")] = None,
    below: Annotated[float, typer.Option(help="Ask about codes with a confidence under this.", min=0, max=1)] = 0.5,
    limit: Annotated[int, typer.Option(help="Most questions in the spreadsheet.", min=1)] = 300,
    raw: RawOption = None,
    outputs: OutputsOption = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over the files of an earlier review.")] = False,
) -> None:
    """Write what most needs a person as a spreadsheet and a REFI-QDA project, or take either back as decisions."""
    from pipeline.coding.review import questions
    from pipeline.release.named import newest, reading
    from pipeline.reviewing import import_review, read_review, write_review
    from pipeline.show import show_taken

    settings = _settings(raw, outputs)
    with clear_errors(), reading(newest(_store(settings.address))) as (release,):
        found = read_review(release, settings.raw)
        if import_ is not None:
            show_taken(out, *import_review(import_, found, settings.raw, date.today().isoformat(), coder))  # noqa: DTZ011
            return
        items = questions(found, below, limit)
        paths = write_review(found, items, to or settings.outputs / REVIEW, force=force)
    counts = Counter(item.why for item in items)
    out.print(f"{len(items)} questions: {', '.join(f'{number} {why}' for why, number in counts.items())}")
    for path in paths:
        out.print(f"written to {path}")


@app.command()
def reliability(
    a: Annotated[str, typer.Argument(help="A coder in the newest release, or a file of codings (.csv, .parquet).")],
    b: Annotated[str, typer.Argument(help="Another one.")],
    outputs: OutputsOption = None,
) -> None:
    """Compare two coders on the statements that both coded: agreement, F1 and Krippendorff's alpha per dimension."""
    from pipeline.comparing import compare_coders
    from pipeline.release.named import newest, reading
    from pipeline.show import show_comparison

    settings = _settings(None, outputs)
    with clear_errors(), reading(newest(_store(settings.address))) as (release,):
        show_comparison(out, a, b, compare_coders(a, b, release))


@app.command()
def deposit(
    version: Annotated[
        str | None, typer.Argument(help="Version, or folder of a release.", show_default="the newest one")
    ] = None,
    to: Annotated[Path, typer.Option(help="Folder to prepare them in.")] = Path("deposit"),
    outputs: OutputsOption = None,
    *,
    without_texts: Annotated[
        bool,
        typer.Option("--without-texts", help="Leave out words of sources that may not be published once more."),
    ] = False,
) -> None:
    """Prepare a Zenodo deposit and a Hugging Face dataset as folders; nothing is sent."""
    from pipeline.release.deposit import deposit as prepare
    from pipeline.release.description import load_dataset
    from pipeline.release.named import newest, reading, release_named
    from pipeline.release.wordless import sources_left_out

    settings = _settings(None, outputs)
    with clear_errors():
        store = _store(settings.address)
        with reading(newest(store) if version is None else release_named(store, version)) as (release,):
            closed = ", ".join(sources_left_out(release))
            for folder in prepare(release, load_dataset(), to, without_texts=without_texts):
                out.print(f"prepared {folder}")
    if without_texts:
        out.print(f"left out  words of {closed or 'no source: all of them may be published once more'}")
    elif closed:
        warning = f"words of {closed} are in it, whose licence does not allow that; leave them out with --without-texts"
        out.print(warning, style="yellow")


@cache
def _store(address: str) -> "Store":
    """Return the store of the releases; one object a process, which keeps the copies that it makes of remote ones."""
    from pipeline.release.outputs import open_store

    return open_store(address)


def _settings(raw: Path | None, outputs: str | None) -> Settings:
    try:
        chosen = Settings.from_environment(raw=raw, outputs=outputs)
    except SettingsError as error:
        err.print(f"error: {error}", style="red")
        raise typer.Exit(2) from error
    with clear_errors():
        taken = chosen.outputs.exists() and not chosen.outputs.is_dir()
    if taken:
        err.print(f"error: {chosen.outputs} is not a folder; name one with --outputs", style="red")
        raise typer.Exit(2)
    return chosen


if __name__ == "__main__":
    app()
