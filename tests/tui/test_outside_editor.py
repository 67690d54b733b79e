"""A note and a comment in the user's own editor: what it leaves is taken, and nothing is lost on the way."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from screenshots.scenes import settle
from tests.tui.listings import tagged
from tests.tui.support import StrictApp
from tests.tui.terminal import Terminal
from workbench import Project
from workbench.errors import WorkbenchError
from workbench.resources import resource
from workbench.tui import outside_editor
from workbench.tui.outside_editor import edit_outside, editor_command
from workbench.tui.screens.note import NoteScreen
from workbench.tui.widgets.note_editor import NoteEditor
from workbench.tui.widgets.text_area import InertTextArea

Editor = Callable[[str], None]


class Aside:
    """An app that steps aside for an editor, as one in a terminal does."""

    def suspend(self) -> nullcontext[None]:
        return nullcontext()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files for the editor are made."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Makes a piece of Python the user's editor; `path` is the file it works on."""
    script = tmp_path / "my editor.py"

    def set_up(code: str) -> None:
        script.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{code}\n")
        monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}' --wait")

    return set_up


def edited(text: str) -> str:
    return edit_outside(Aside(), text, "Pumps & alarm")  # type: ignore[arg-type]


def refused(text: str) -> str:
    with pytest.raises(WorkbenchError) as refusal:
        edited(text)
    return str(refusal.value)


def test_what_the_editor_leaves_is_taken(folder: Path, editor: Editor) -> None:
    editor("path.write_text(path.read_text() + 'été {{Q7KX2M}}\\n')")
    assert edited("{{Q7KX2M}}") == "{{Q7KX2M}}\nété {{Q7KX2M}}"
    assert edited("one\n") == "one\nété {{Q7KX2M}}\n"
    assert edited("") == "\nété {{Q7KX2M}}"
    editor("path.write_bytes(b'\\xef\\xbb\\xbfone\\r\\ntwo\\r\\n')")
    assert edited("x") == "one\ntwo"
    assert os.listdir(folder) == []


def test_the_file_is_private_and_named_after_the_text(folder: Path, editor: Editor) -> None:
    editor("path.write_text(f'{oct(path.parent.stat().st_mode & 0o777)} {path.name} {sys.argv[1]}')")
    assert edited("x") == "0o700 pumps-alarm.md --wait"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("path.write_text('new'); sys.exit(3)", "ended with code 3; what it wrote is in"),
        ("path.write_text('new'); os.kill(os.getpid(), 9)", "was ended by signal 9; what it wrote is in"),
        ("path.write_bytes(b'caf\\xe9')", "is not UTF-8 (byte 3) and was not taken; it is in"),
        ("path.write_bytes(b'new\\0')", "holds NUL characters and was not taken; it is in"),
        ("pass", "One with a window must be told to wait"),
    ],
)
def test_what_is_not_taken_stays(
    folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.setattr(outside_editor, "AT_ONCE", 100.0)
    editor(code)
    message = refused("old")
    left = next(folder.glob("*/pumps-alarm.md"))
    assert said in message and str(left) in message
    assert left.read_bytes() not in (b"", b"old")


def test_what_an_editor_saves_beside_the_text_when_it_is_ended_stays(folder: Path, editor: Editor) -> None:
    editor("path.with_name(path.name + '.save').write_text('new'); os.kill(os.getpid(), 15)")
    message = refused("old")
    left = next(folder.glob("*/pumps-alarm.md.save"))
    assert message.endswith(f"was ended by signal 15; what it wrote is in {left}")
    assert left.read_text() == "new"


def test_what_failed_before_anything_was_written_leaves_nothing(
    folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("sys.exit(1)")
    assert refused("old").endswith("ended with code 1; nothing was changed")
    editor("path.unlink()")
    assert "cannot be read: No such file" in refused("old")
    for left in folder.iterdir():
        left.rmdir()
    monkeypatch.setenv("VISUAL", "/nowhere/editor")
    assert (
        refused("old") == "/nowhere/editor cannot be started: No such file or directory; nothing was changed"
    )
    assert os.listdir(folder) == []


def test_which_editor_it_is(tmp_path: Path) -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": " ", "EDITOR": "'my editor' -n"}) == ["my editor", "-n"]
    with pytest.raises(WorkbenchError, match="EDITOR cannot be read as a command: No closing quotation"):
        editor_command({"EDITOR": "vi '"})
    with pytest.raises(WorkbenchError, match="No editor is set"):
        editor_command({"PATH": str(tmp_path)})
    for name in ("vi", "nano"):
        (tmp_path / name).touch(mode=stat.S_IRWXU)
        assert editor_command({"PATH": str(tmp_path)}) == [name]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "study.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        yield opened


async def test_a_note_and_a_comment(
    project: Project, folder: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = tagged(project, "Vietnam, like Taiwan, is becoming a critical supply hub")
    note = project.create_note("Pumps", f"First {{{{{hub.handle}}}}}.")
    before = project.note(note).body
    app = StrictApp(project)
    async with app.run_test(size=(120, 36)) as pilot:

        async def press(*keys: str) -> None:
            await pilot.press(*keys)
            await settle(pilot)

        await settle(pilot)
        await app.push_screen(NoteScreen(note))
        await press("E")
        assert app.status[0].startswith("An editor needs a terminal of its own")

        monkeypatch.setattr(app, "suspend", nullcontext)
        editor("path.write_text(path.read_text().replace('First', 'Second'))")
        await press("E")
        assert project.note(note).body == before.replace("First", "Second")
        assert app.status == ("Saved “Pumps”", "u undo")
        await press("u")
        assert project.note(note).body == before

        await press("e")
        field = app.screen.query_one(NoteEditor)
        await press("A", "ctrl+o")
        assert field.text.startswith("Second") and field.text.endswith(".A")
        await press("ctrl+z")
        assert field.text.startswith("First") and field.text.endswith(".A")
        editor("path.write_text('lost?'); sys.exit(1)")
        await press("ctrl+o")
        assert field.text.endswith(".A") and "what it wrote is in" in app.status[0]
        await press("escape")
        assert project.note(note).body == before + "A"

        await press("q", "enter", "c", "x")
        editor("path.write_text('A comment\\nof two lines\\n')")
        await press("ctrl+o")
        assert app.screen.query_one(InertTextArea).text == "A comment\nof two lines"
        await press("escape")
    comments = [comment.body for passage in project.passages() for comment in passage.comments]
    assert comments == ["A comment\nof two lines"]


@pytest.mark.terminal
@pytest.mark.skipif(not Terminal.is_possible(), reason="tmux is not installed")
def test_the_screen_steps_aside_and_comes_back(tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text(
        '#!/bin/sh\nprintf "editing %s\\n" "$1"\nread -r line\nprintf "%s\\n" "$line" >> "$1"\n'
    )
    script.chmod(0o700)
    with Project.open(tmp_path / "study.db", create=True) as project:
        project.import_paths([resource("seeds")])
        note = project.create_note("Pumps", "First.")
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "EDITOR": str(script)}
    environment |= {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    terminal = Terminal(
        f"trap : INT; {sys.executable} -m workbench study.db",
        width=160,  # the path of the editor and what became of it stand in one row
        height=30,
        environment=environment,
        cwd=tmp_path,
    )
    try:
        terminal.wait_for("5 of 5")
        terminal.press("g", "n", "Enter")
        terminal.wait_for("First.", "Quotes in this note")
        terminal.press("E")
        terminal.wait_for("editing /", "pumps.md", without="Quotes in this note")
        terminal.press("C-c")  # the editor's business, not the workbench's
        terminal.wait_for("was ended by signal 2", "First.", "Quotes in this note")
        terminal.press("E")
        terminal.wait_for("editing /", without="Quotes in this note")
        terminal.type("written outside")
        terminal.press("Enter")
        terminal.wait_for("written outside", "Saved “Pumps”", "Quotes in this note")
        terminal.press("q", "q", "q")
        terminal.wait_for("left with 0")
    finally:
        terminal.close()
    with Project.open(tmp_path / "study.db") as project:
        assert project.note(note).body == "First.\nwritten outside"
