"""The command line. Scripts rely on its words, its JSON and its exit codes: 0 done, 1 failed, 2 misused.

Only what a command needs is imported, inside it: `workbench --help` must not wait for a database or a
screen.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click_default_group import DefaultGroup

from workbench import __version__, cli_keys, cli_matrix, cli_project, cli_search, cli_terminal
from workbench.cli_tools import FILE, FORCE, JSON, OUTPUT, opened, print_json, print_table, put_text, say
from workbench.errors import InputError
from workbench.start import fail, guarded, open_project, require_terminal
from workbench.text.counting import counted

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main() -> None:
    """Runs the command line and ends the process; whatever a user can cause ends in one sentence."""
    sys.exit(guarded(_run))


def _run() -> int:
    try:
        code = cli.main(prog_name="workbench", standalone_mode=False)
    except click.ClickException as error:
        where = getattr(error, "ctx", None)
        hint = f" `{where.command_path} --help` says how." if where else ""
        fail(f"{error.format_message().rstrip('.')}.{hint}")
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


GROUP: type[click.Group] = DefaultGroup


@click.group(
    cls=GROUP,
    default="open",
    default_if_no_args=True,
    context_settings=SETTINGS,
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="workbench")
def cli() -> None:
    """Read articles side by side, tag passages, find the half-remembered quote, write notes that cite.

    `workbench [FILE.db]` opens a project in the terminal: without a file the last one, or the sample.
    """


@cli.command("open")
@click.argument("file", metavar="[FILE.db]", type=click.Path(path_type=Path), required=False)
def open_command(file: Path | None) -> int:
    """Open a project in the terminal (what `workbench FILE.db` does)."""
    if file is not None and not os.path.exists(file):
        require_terminal()
        _refuse_misspelt_command(file.name)
        click.confirm(f"There is no file {file}. Make a new project there?", default=True, abort=True)
        with opened(file, create=True):
            pass
    return open_project(file)


@cli.command("import")
@FILE
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@JSON
def import_command(file: Path, paths: tuple[Path, ...], as_json: bool) -> int:
    """Take files and folders (.txt, .md, .jsonl) in; the project is made if there is none."""
    is_new = not os.path.exists(file)
    try:
        with opened(file, create=True) as project:
            result = project.import_paths(paths)
    except BaseException:
        if is_new:
            file.unlink(missing_ok=True)
        raise
    if is_new and not result.added:
        file.unlink(missing_ok=True)
    if as_json:
        print_json(result.as_json())
    else:
        from workbench.text.inert import inert

        say(f"{counted(len(result.added), 'article')} added, {len(result.already_here)} here already.")
        for remark in result.notes:
            say(f"{inert(remark)}.")
    for failure in result.failed:
        fail(f"{failure.file}: {failure.reason}")
    return 1 if result.failed else 0


@cli.command()
@FILE
@JSON
def articles(file: Path, as_json: bool) -> None:
    """List what is in a project."""
    with opened(file) as project:
        found = project.articles()
    if as_json:
        names = ("id", "title", "file", "publisher", "author", "published", "words", "passages")
        print_json([{name: getattr(article, name) for name in names} for article in found])
        return
    print_table(
        ("Title", "Publisher", "Date", "Words", "Passages", "File"),
        [
            (one.label, one.publisher or "", one.published or "", str(one.words), str(one.passages), one.file)
            for one in found
        ],
    )


@cli.command()
@FILE
@click.argument("annotations", metavar="ANNOTATIONS.jsonl", type=click.Path(path_type=Path))
@JSON
def annotate(file: Path, annotations: Path, as_json: bool) -> None:
    """Put tags and comments on ranges, from JSON Lines; one bad line refuses the whole file.

    A line: {"article": id, title or file name, "start": 0, "end": 9, "exact": "…", "tags": ["…"],
    "comment": "…"}; exact, tags and comment may be left out.
    """
    try:
        lines = annotations.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{annotations} is not UTF-8 (byte {error.start}); nothing was changed") from None
    with opened(file) as project:
        try:
            done = project.annotate_lines(lines)
        except InputError as error:
            raise InputError(f"{annotations}, {error}; nothing was changed") from None
    if as_json:
        print_json({"added": done.added, "already_here": done.already_here})
    else:
        say(f"{counted(done.added, 'annotation')} added, {done.already_here} here already.")


@cli.command()
@FILE
@click.option("--format", "form", type=click.Choice(["md"]), default="md", show_default=True)
@OUTPUT
@FORCE
@click.option("--note", help="Only the note of this handle or exact title.")
@click.option("--article", help="Only the article of this id, title or file name.")
@click.option("--tag", help="Only the passages of this tag and the tags below it.")
def export(
    file: Path,
    form: str,
    output: Path | None,
    force: bool,
    note: str | None,
    article: str | None,
    tag: str | None,
) -> None:
    """Write annotations and notes as Markdown, every quotation with its source."""
    if sum(one is not None for one in (note, article, tag)) > 1:
        raise click.UsageError("--note, --article and --tag exclude each other.")
    with opened(file) as project:
        text = project.export_markdown(
            note=None if note is None else project.note(note).id,
            article=None if article is None else project.article(article).id,
            tag=None if tag is None else project.tag(tag).id,
        )
    put_text(text, output, file, force=force)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell, to be sourced by it."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    say(kind(cli, {}, "workbench", "_WORKBENCH_COMPLETE").source())


for command in (
    *cli_search.COMMANDS,
    *cli_matrix.COMMANDS,
    *cli_project.COMMANDS,
    *cli_keys.COMMANDS,
    *cli_terminal.COMMANDS,
):
    cli.add_command(command)


def _refuse_misspelt_command(name: str) -> None:
    """A new project's name is welcome, unless it is nearly a command's."""
    from difflib import get_close_matches

    alike = get_close_matches(name, cli.list_commands(click.Context(cli)), n=1, cutoff=0.75)
    if alike:
        raise click.UsageError(f"There is no command and no file “{name}”; did you mean “{alike[0]}”?")


if __name__ == "__main__":
    main()
