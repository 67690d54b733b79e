"""`workbench doctor`: what a terminal answers, what is made of it, and that it is left as it was."""

from __future__ import annotations

import os
import pty
import select
import termios
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.conftest import Run
from workbench import config
from workbench.doctor.answers import MODES, MOUSE, PASTE, SAMPLES, Answers, ask, questions, read
from workbench.doctor.findings import Finding
from workbench.doctor.installation import about_installation
from workbench.doctor.surroundings import Surroundings, tmux_settings
from workbench.doctor.terminal import about_terminal
from workbench.tui.fault_log import keep_fault

WIDTHS = (2, 2, 4, 6, 2, 1, 1)
GOOD = (
    "\x1bP>|kitty(0.40)\x1b\\"
    + "".join(f"\x1b[?{mode};2$y" for mode in MODES)
    + "\x1b[?0u\x1bP1$r0;48:2::1:2:3m\x1b\\\x1bP1+r4D73=1B\x1b\\"
    + "".join(f"\x1b[1;{width + 1}R" for width in WIDTHS)
    + "\x1b[?62;22;52c"
)
XTERM = {"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}


class FakeTerminal:
    """The far end of a pseudo-terminal: answers once it heard the last question.

    Attributes:
        heard: what was sent to it.
    """

    def __init__(self, answer: str) -> None:
        self.heard = b""
        self._answer = answer.encode()
        self._far, self.near = pty.openpty()
        self._stop, self._stopped = os.pipe()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def close(self) -> None:
        os.close(self._stopped)
        self._thread.join()
        for descriptor in (self._stop, self._far, self.near):
            os.close(descriptor)

    def _listen(self) -> None:
        while True:
            ready = select.select([self._far, self._stop], [], [])[0]
            if self._far in ready:
                before, self.heard = self.heard, self.heard + os.read(self._far, 65_536)
                if b"\x1b[c" in self.heard and b"\x1b[c" not in before:
                    os.write(self._far, self._answer)
            elif ready:
                return


@pytest.fixture
def terminal(request: pytest.FixtureRequest) -> Iterator[FakeTerminal]:
    made = FakeTerminal(request.param)
    yield made
    made.close()


def about(environ: dict[str, str], answers: Answers | None = None, **more: object) -> dict[str, Finding]:
    around = Surroundings(environ, **{"size": (120, 36), **more})  # type: ignore[arg-type]
    return {one.id.partition(".")[2]: one for one in about_terminal(around, answers)}


@pytest.mark.parametrize("terminal", [GOOD], indirect=True)
def test_a_terminal_is_asked_and_left_as_it_was(terminal: FakeTerminal) -> None:
    before = termios.tcgetattr(terminal.near)
    answers = ask(terminal.near, patience=30)
    assert answers == Answers(
        name="kitty(0.40)",
        kind=(62, 22, 52),
        modes=dict.fromkeys(MODES, 2),
        kitty_keys=True,
        full_color=True,
        clipboard=True,
        widths=dict(zip(SAMPLES, WIDTHS, strict=True)),
    )
    assert termios.tcgetattr(terminal.near) == before
    assert not select.select([terminal.near], [], [], 0)[0]


@pytest.mark.parametrize("terminal", ["", "\x1b[1;2R typed ahead"], indirect=True)
def test_a_terminal_that_says_nothing_is_left_as_it_was(terminal: FakeTerminal) -> None:
    before = termios.tcgetattr(terminal.near)
    assert ask(terminal.near, patience=0.05) is None
    assert termios.tcgetattr(terminal.near) == before
    assert not select.select([terminal.near], [], [], 0)[0]


def test_the_clipboard_is_not_asked_for_and_the_screen_is_given_back() -> None:
    assert "\x1b]52" not in questions()
    assert questions().startswith("\x1b[?1049h") and questions().endswith("\x1b[c")


@settings(max_examples=30)
@given(st.text(alphabet="\x1b[]P?>;:$|+\\cuyRrm0123456789", max_size=60))
def test_any_answer_can_be_read(heard: str) -> None:
    assert read(heard) is None or read(heard + GOOD) is not None
    assert read(heard + "\x1b[?1c") is not None


@pytest.mark.parametrize(
    ("environ", "found", "advice"),
    [
        ({**XTERM, "COLORTERM": "truecolor"}, "16 million, by COLORTERM=truecolor", ""),
        (XTERM, "256, by TERM=xterm-256color", "if the terminal shows 16 million"),
        ({**XTERM, "SSH_TTY": "/dev/pts/1"}, "256", "ssh does not take it along"),
        ({"TERM": "xterm"}, "16, by TERM=xterm", "export TERM=xterm-256color"),
        ({**XTERM, "NO_COLOR": "1", "COLORTERM": "24bit"}, "16 million", "unset NO_COLOR"),
        ({**XTERM, "TEXTUAL_COLOR_SYSTEM": "standard"}, "16, by TEXTUAL_COLOR_SYSTEM", "export TERM"),
        ({}, "16, since nothing is set", "export TERM"),
    ],
)
def test_colours(environ: dict[str, str], found: str, advice: str) -> None:
    finding = about(environ)["colours"]
    assert finding.found.startswith(found)
    assert advice in finding.advice and bool(advice) == bool(finding.advice)


def test_a_terminal_that_shows_more_than_it_says() -> None:
    assert about(XTERM, read(GOOD))["colours"].advice == "export COLORTERM=truecolor"


def test_tmux_has_settings_of_its_own() -> None:
    inside = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "COLORTERM": "truecolor"}
    tmux = {"set-clipboard": "external", "escape-time": "500", "allow-passthrough": "off"}
    tmux |= {"client_termname": "xterm-256color", "client_termfeatures": "256,clipboard,title"}
    found = about(inside, tmux=tmux)
    assert "set -as terminal-features ',xterm-256color:RGB'" in found["colours"].advice
    assert "set -s set-clipboard on" in found["clipboard"].advice
    assert "set -s escape-time 10" in found["keys"].advice
    better = {"set-clipboard": "on", "escape-time": "10", "client_termfeatures": "256,RGB"}
    assert not any(one.advice for one in about(inside, tmux=better).values())
    assert about(inside, tmux={"allow-passthrough": "on"})["clipboard"].advice == ""
    assert tmux_settings({"TERM": "xterm"}) == {}


def test_what_else_is_said() -> None:
    answers = read(GOOD.replace(f"?{MOUSE};2", f"?{MOUSE};0").replace(f"?{PASTE};2", f"?{PASTE};4"))
    found = about({**XTERM, "TERM_PROGRAM": "vscode"}, answers, size=(39, 12), encoding="ascii")
    assert (found["mouse"].found, found["paste"].found, found["drawing"].found) == ("no", "no", "yes")
    assert found["clipboard"].found == "yes" and found["keys"].found == "kitty protocol"
    assert "sendKeybindingsToShell" in found["name"].advice and found["name"].found.startswith("kitty(0.40)")
    assert "make the window larger" in found["size"].advice
    assert "skin tone 2, family 2, emoji sign 2" in found["widths"].advice
    assert "C.UTF-8" in found["letters"].advice
    assert "C.UTF-8" in about({"TERM": "xterm", "LC_ALL": "C"})["letters"].advice
    assert about(XTERM)["letters"].advice == ""
    assert about({})["name"].advice == "export TERM=xterm-256color"
    assert about({"TERM_PROGRAM": "Apple_Terminal", **XTERM})["clipboard"].found == "no"


def test_what_is_installed_and_where_things_lie(own_folders: Path) -> None:
    def found() -> dict[str, Finding]:
        return {one.id: one for one in about_installation()}

    before = found()
    assert before["program.sqlite"].found[0] == "3" and before["file.faults"].found == "none"
    assert not any(before[one].advice for one in before if one.startswith(("folder.", "file.")))
    keep_fault(ValueError("an odd one"))
    keymap = config.keymap_path()
    keymap.parent.mkdir(parents=True)
    keymap.write_text('"passage.tag" = "f5"\n"no.such" = "x"\n')
    blocked = own_folders / "cache"
    blocked.write_text("a file where a folder should be")
    after = found()
    assert "errors.log" in after["file.faults"].found and after["file.faults"].advice
    assert "line 2" in after["file.keymap"].advice
    assert after["folder.cache"].advice == f"make {blocked} a folder you may write to"


def test_without_a_terminal_it_says_what_it_knows(run: Run) -> None:
    told = run("doctor")
    assert (told.code, told.err) == (0, "") and "\x1b" not in told.out
    assert "The terminal was not asked" in told.out
    report = run("doctor", "--json").json
    assert isinstance(report, dict) and report["asked"] is False
    ids = [one["id"] for one in report["findings"]]
    assert len(ids) == len(set(ids)) > 15
