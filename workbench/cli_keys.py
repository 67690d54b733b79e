"""The command about keys: which there are, and whether the user's keymap file is in order."""

from __future__ import annotations

import click

from workbench.cli_tools import JSON, print_json, print_table, say


@click.command("keys")
@JSON
@click.option("--check", is_flag=True, help="Check the keymap file; exit code 1 if something is wrong in it.")
@click.option("--write", is_flag=True, help="Write a keymap file to change, with every command in it.")
def keys_command(as_json: bool, check: bool, write: bool) -> int:
    """List the commands of the screens with their keys, which a keymap file can change.

    A line of that file gives a command other keys by its id: "passage.tag" = "t", a list of keys, "g x" for
    one key after the other, or "" for none. `--write` makes one, `--check` says where it is.
    """
    if sum((as_json, check, write)) > 1:
        raise click.UsageError("--json, --check and --write exclude each other.")
    if write:
        return _write()
    return _check() if check else _list(as_json)


def _list(as_json: bool) -> int:
    from workbench import config
    from workbench.tui.commands import commands_as_written
    from workbench.tui.contexts import CONTEXTS
    from workbench.tui.user_keys import load_keys

    table = commands_as_written()
    keys = load_keys(config.keymap_path(), table).keys
    if as_json:
        print_json(
            [
                {
                    "id": command.id,
                    "keys": list(keys.get(command.id, command.keys)),
                    "default": list(command.keys),
                    "help": command.help,
                    "where": [name for context, name in CONTEXTS.items() if context in command.contexts],
                }
                for command in table
            ]
        )
        return 0
    rows = [
        (command.id, ", ".join(keys.get(command.id, command.keys)), command.help, command.group)
        for command in table
    ]
    print_table(("Command", "Keys", "What it does", "Group"), rows)
    return 0


def _check() -> int:
    from workbench import config
    from workbench.text.counting import counted
    from workbench.text.inert import inert
    from workbench.tui.commands import commands_as_written
    from workbench.tui.user_keys import load_keys

    path = config.keymap_path()
    if not path.exists():
        say(inert(f"There is no keymap file: {path} would be it, and --write makes one."))
        return 0
    found = load_keys(path, commands_as_written())
    for remark in found.remarks:
        say(inert(found.sentence(remark)))
    counts = f"{counted(len(found.problems), 'problem')}, {counted(len(found.keys), 'command')} changed"
    say(inert(f"{path}: {counts}."))
    return 1 if found.problems else 0


def _write() -> int:
    from workbench import config
    from workbench.text.inert import inert
    from workbench.tui.commands import commands_as_written
    from workbench.tui.user_keys import write_template

    path = config.keymap_path()
    write_template(path, commands_as_written())
    say(inert(f"Wrote {path}"))
    return 0


COMMANDS: tuple[click.Command, ...] = (keys_command,)
"""What `cli` adds to its own."""
