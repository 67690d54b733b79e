"""The commands for the project file itself: merging, copies, backups, checks, the log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, cast

import click

from workbench.cli_tools import FILE, JSON, opened, print_json, say
from workbench.errors import NotFoundError, ProjectFileError
from workbench.start import fail
from workbench.text.counting import counted

if TYPE_CHECKING:
    from workbench.store.backups import Backup
    from workbench.store.checking import CheckReport, Problem
    from workbench.store.copying import CopyReport, Withheld
    from workbench.store.history import HistoryStep
    from workbench.store.merging import MergeReport
    from workbench.store.repair import RepairReport

MOST_PROBLEMS = 200
"""How many a command lists."""
PATIENCE = 0.3
"""Seconds after which a terminal is told what is going on."""


@click.command("copy")
@FILE
@click.argument("dest", metavar="DEST.db", type=click.Path(path_type=Path))
@click.option(
    "--without",
    "withhold",
    multiple=True,
    type=click.Choice(["comments", "notes", "names", "superseded", "deleted"]),
    help="Leave these out; may be given several times. Notes: saved searches too. Superseded: versions that"
    " newer ones replaced.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@JSON
def copy_command(file: Path, dest: Path, withhold: tuple[str, ...], force: bool, as_json: bool) -> None:
    """Write one clean file to send to others, checked; text still being edited stays behind.

    The words of what is left out are not in the file; that something was there, when and by whom (an id), is.
    Merging with the whole project brings it back.
    """
    with opened(file) as project:
        report = project.send_copy(dest, withhold=cast("tuple[Withheld, ...]", withhold), force=force)
    if as_json:
        print_json(report.as_json())
    else:
        _say_copy(report)


def _say_copy(report: CopyReport) -> None:
    from workbench.text.inert import inert

    held = ", ".join(
        counted(getattr(report, f"{word}s"), word)
        for word in ("article", "passage", "tag", "note", "comment")
    )
    if report.searches:
        held += f", {counted(report.searches, 'saved search')}"
    say(f"Wrote {inert(str(report.path))}: {held}.")
    if report.analysts:
        say(f"By {inert(', '.join(report.analysts))}.")
    for what, payloads in report.withheld.items():
        say(f"Left out: {what} ({counted(payloads, 'change')}).")
    if report.drafts:
        say(f"Left out: {counted(report.drafts, 'draft')}.")
    for remark in report.remarks:
        say(f"But {remark}.")
    say(f"{report.bytes:,} bytes, SHA-256 {report.sha256}")


@click.command("restore")
@click.argument("file", metavar="[FILE.db]", type=click.Path(path_type=Path), required=False)
@click.option("--project", "project_id", metavar="ID", help="The project's id, where its file is lost.")
@click.option(
    "--backup", "wanted", metavar="N|NAME", help="Which to restore: its number or name in the list."
)
@click.option("--to", "dest", metavar="NEW.db", type=click.Path(path_type=Path), help="Where to; a new file.")
@JSON
def restore_command(
    file: Path | None, project_id: str | None, wanted: str | None, dest: Path | None, as_json: bool
) -> int:
    """List the backups of a project (of all without FILE.db), or restore one to a new file.

    Where FILE.db does not tell which project it is, those of all are listed (exit code 1), none restored.

    Backups are made before a merge, before a change of format, and daily before the first change.
    """
    if (wanted is None) != (dest is None):
        raise click.UsageError("--backup and --to belong together.")
    if file is not None and project_id is not None:
        raise click.UsageError("FILE.db and --project exclude each other.")
    from workbench.store import backups

    if file is not None:
        project_id = backups.project_of(file)
    is_unknown = file is not None and project_id is None
    untold = f"{file} does not tell which project it is"
    if is_unknown and wanted is not None:
        raise NotFoundError(f"{untold}; name it by --project: `workbench restore` lists all")
    found = backups.listed(project_id)
    if wanted is None or dest is None:
        _list_backups(found, as_json)
        return fail(f"{untold}; these are the backups of all projects.") if is_unknown else 0
    backup = _pick(found, wanted)
    backups.restore(backup.path, dest)
    if as_json:
        print_json({**_backup_as_json(backup), "restored": str(dest)})
    else:
        from workbench.text.inert import inert

        say(f"Restored {inert(backup.path.stem)} to {inert(str(dest))}.")
    return 0


def _pick(found: Sequence[Backup], wanted: str) -> Backup:
    """The backup of a number in the list, from 1, or of a file name, its ending left out or not."""
    if wanted.isdecimal() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    named = [one for one in found if wanted in (one.path.name, one.path.stem, str(one.path))]
    if not named:
        raise NotFoundError(f"there is no backup “{wanted}”; `workbench restore` lists them")
    if len(named) > 1:
        raise NotFoundError(f"several backups are called “{wanted}”; give the number of one")
    return named[0]


def _backup_as_json(backup: Backup) -> dict[str, object]:
    return {
        "name": backup.path.name,
        "path": str(backup.path),
        "project": backup.project_id,
        "title": backup.title,
        "reason": backup.reason,
        "when": backup.when.isoformat(),
        "bytes": backup.bytes,
    }


def _list_backups(found: Sequence[Backup], as_json: bool) -> None:
    if as_json:
        print_json([_backup_as_json(one) for one in found])
        return
    from workbench.text.inert import inert
    from workbench.text.sizes import size

    if not found:
        say("There are no backups.")
    of = ""
    for number, one in enumerate(found, 1):
        if one.project_id != of:
            of = one.project_id
            say(f"{inert(one.title) or 'Untitled'}  (project {of})")
        say(f"{number:4}  {one.path.stem:32}  {size(one.bytes):>9}")


@click.command("check")
@FILE
@click.option(
    "--repair-to",
    "dest",
    metavar="NEW.db",
    type=click.Path(path_type=Path),
    help="Save all that verifies into a new file, and say what does not.",
)
@JSON
def check_command(file: Path, dest: Path | None, as_json: bool) -> int:
    """Check a whole project file: pages, tables, every change and text; 0 only when all is well.

    Conflicts and what was withheld from a copy are no faults. With --repair-to the exit code tells of
    FILE.db still.
    """
    from workbench.store.checking import CheckReport, Problem, check

    try:
        report = check(file, _Progress())
    except ProjectFileError as error:
        if dest is None:
            raise
        report = CheckReport([Problem(str(file), str(error).removeprefix(f"{file} "))])
    if not as_json:
        _say_check(report)
    found = report.as_json()
    if dest is not None:
        from workbench.store.repair import repair

        repaired = repair(file, dest)
        found["repair"] = repaired.as_json()
        if not as_json:
            _say_repair(repaired, dest)
    if as_json:
        print_json(found)
    return 0 if report.well else 1


class _Progress:
    """Says on a terminal what a command is at, once it takes longer than anybody takes for no time."""

    def __init__(self) -> None:
        self.began = monotonic()

    def __call__(self, what: str) -> None:
        if sys.stderr.isatty() and monotonic() - self.began > PATIENCE:
            print(f"{what} …", file=sys.stderr, flush=True)


def _say_check(report: CheckReport) -> None:
    _say_problems(report.problems)
    held = ", ".join(
        f"{number:,} {(name.removesuffix('s') if number == 1 else name).replace('_', ' ')}"
        for name, number in report.counts.items()
        if number
    )
    if held:
        say(f"It holds {held}.")
    say("All is well." if report.well else f"{counted(len(report.problems), 'problem')} found.")


def _say_repair(report: RepairReport, dest: Path) -> None:
    from workbench.text.inert import inert

    if report.lost:
        say("Not saved:")
        _say_problems(report.lost)
    numbers = ((report.changes, "change"), (report.texts, "text"), (report.drafts, "draft"))
    held = ", ".join(counted(number, word) for number, word in numbers)
    how = "all is well in it" if report.checked.well else "`workbench check` finds problems in it still"
    say(f"Saved {held} in {inert(str(dest))}; {how}.")


def _say_problems(problems: Sequence[Problem]) -> None:
    from workbench.text.inert import inert

    for problem in problems[:MOST_PROBLEMS]:
        say(f"{inert(str(problem))}.")
    if len(problems) > MOST_PROBLEMS:
        say(f"And {len(problems) - MOST_PROBLEMS:,} more.")


@click.command("log")
@FILE
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def log_command(file: Path, form: str) -> None:
    """Print who did what when, newest first; as jsonl every change and text, for `rebuild`."""
    if form == "jsonl":
        from workbench.store.dump import dump

        for line in dump(file):
            print(line)
        return
    with opened(file) as project:
        page = project.history()
        while page:
            _say_steps(page)
            page = project.history(before=page[-1].name)


def _say_steps(steps: Sequence[HistoryStep]) -> None:
    from datetime import datetime

    from workbench.store.plausible import moment
    from workbench.text.inert import inert

    for step in steps:
        when = datetime.fromtimestamp(moment(step.when) / 1000)
        say(f"{when:%Y-%m-%d %H:%M}  {inert(step.analyst.name)}  {inert(step.words)}")


@click.command("rebuild")
@click.argument("lines", metavar="DUMP.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("dest", metavar="NEW.db", type=click.Path(path_type=Path))
def rebuild_command(lines: Path, dest: Path) -> None:
    """Make a new project from what `log --format jsonl` wrote; one bad line refuses all of it.

    DUMP.jsonl `-` reads from standard input.
    """
    from workbench.store.dump import rebuild
    from workbench.text.inert import inert

    with nullcontext(sys.stdin.buffer) if str(lines) == "-" else lines.open("rb") as source:
        changes = rebuild(source, dest)
    say(f"Made {inert(str(dest))} of {counted(changes, 'change')}.")


@click.command("merge")
@click.argument("mine", metavar="MINE.db", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="THEIRS.db", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@JSON
def merge_command(mine: Path, theirs: Path, dry_run: bool, as_json: bool) -> int:
    """Take over all that another copy holds, after a backup; THEIRS.db stays as it is.

    Nothing is overwritten: versions that did not see each other stand side by side until somebody decides.
    What does not verify is named and stays out; the exit code is then 1.
    """
    with opened(mine) as project:
        report = project.preview_merge(theirs) if dry_run else project.merge(theirs)
    if as_json:
        print_json({**asdict(report), "backup": report.backup and str(report.backup), "dry_run": dry_run})
    else:
        _say_merge(report, dry_run)
    return 1 if report.refused else 0


def _say_merge(report: MergeReport, dry_run: bool) -> None:
    from workbench.store.labels import KINDS, field_name
    from workbench.text.inert import inert

    if not report.same_project:
        say("The other file is a project of its own; what it holds comes along.")
    if not report.is_news:
        say("Nothing in it is new.")
    for one in report.by_analyst:
        brought = [counted(number, KINDS[kind]) for kind, number in one.new.items() if number]
        brought += [
            f"{number:,} {word}" for number, word in ((one.changed, "changed"), (one.deleted, "deleted"))
        ]
        said = ", ".join(part for part in brought if not part.startswith("0 "))
        say(f"{inert(one.name)}: {said or 'nothing that shows'}.")
    if report.filled:
        was = "was" if report.filled == 1 else "were"
        say(f"Filled in {counted(report.filled, 'content')} that {was} withheld here.")
    for dispute in report.disputes[:MOST_PROBLEMS]:
        what = f"{KINDS.get(dispute.kind, dispute.kind)} “{inert(dispute.label)}”"
        say(
            f"Conflict: the {field_name(dispute.field)} of the {what} has several versions."
            if dispute.field
            else f"Contested: the {what} was deleted by one and worked on by another; it stays for now."
        )
    for refusal in report.refused[:MOST_PROBLEMS]:
        fail(f"{refusal.what} {refusal.why} and stayed out")
    if len(report.refused) > MOST_PROBLEMS:
        fail(f"and {len(report.refused) - MOST_PROBLEMS:,} more stayed out")
    if report.is_news:
        made = f"; the backup before is {report.backup.name}" if report.backup else ""
        say("Nothing was changed: this was a dry run." if dry_run else f"Merged{inert(made)}.")


COMMANDS: tuple[click.Command, ...] = (
    merge_command,
    copy_command,
    restore_command,
    check_command,
    log_command,
    rebuild_command,
)
"""What `cli` adds to its own."""
