"""Findings about the terminal: what it said, what the environment says, and what to set."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from workbench.doctor.answers import MOUSE, PASTE, SAMPLES, SYNCHRONIZED, Answers
from workbench.doctor.findings import Finding
from workbench.doctor.surroundings import Surroundings
from workbench.text.graphemes import cells

LEAST = (40, 12)
"""Columns and rows that everything can be reached in."""
PATIENT_TMUX = 50
"""Milliseconds after escape from which on one feels that tmux waits."""
UNKNOWN = "not known"
VS_CODE = '"terminal.integrated.sendKeybindingsToShell": true'
_COLORS = {"truecolor": "16 million", "256": "256", "standard": "16", "windows": "16"}


def about_terminal(around: Surroundings, answers: Answers | None) -> list[Finding]:
    """All that is known of it. `answers` is None where it was not asked, or said nothing."""
    makers: tuple[Callable[[Surroundings, Answers | None], Finding], ...] = (
        _name, _size, _colors, _mouse, _clipboard, _keys, _paste, _drawing, _widths, _letters,
    )  # fmt: skip
    return [make(around, answers) for make in makers]


def _name(around: Surroundings, answers: Answers | None) -> Finding:
    environ = around.environ
    said = answers.name if answers and answers.name else None
    program = " ".join(filter(None, (environ.get("TERM_PROGRAM"), environ.get("TERM_PROGRAM_VERSION"))))
    term = environ.get("TERM", "")
    places = [
        *(["in tmux"] if around.in_tmux else []),
        *(["in screen"] if around.in_screen else []),
        *(["over ssh"] if around.is_remote else []),
    ]
    found = ", ".join(filter(None, (said or program, f"TERM={term}" if term else "TERM is not set", *places)))
    advice = ""
    if term in ("", "dumb", "unknown"):
        advice = "export TERM=xterm-256color"
    elif around.in_tmux and not term.startswith(("tmux", "screen")):
        advice = "in tmux, TERM is tmux's to set: leave it out of your shell's files"
    elif environ.get("TERM_PROGRAM") == "vscode":
        advice = f"VS Code keeps ^p, ^q and F1 to itself; in its settings: {VS_CODE}"
    return Finding("terminal.name", "Terminal", found, advice)


def _size(around: Surroundings, answers: Answers | None) -> Finding:
    if around.size is None:
        return Finding("terminal.size", "Size", "no terminal here")
    small = any(have < need for have, need in zip(around.size, LEAST, strict=True))
    advice = f"make the window larger: from {LEAST[0]} × {LEAST[1]} on, all can be reached" if small else ""
    return Finding("terminal.size", "Size", f"{around.size[0]} × {around.size[1]} cells", advice)


def _colors(around: Surroundings, answers: Answers | None) -> Finding:
    environ = dict(around.environ)
    forced = environ.get("TEXTUAL_COLOR_SYSTEM", "auto")
    bare = {name: value for name, value in environ.items() if name != "NO_COLOR"}
    system = Console(force_terminal=True, _environ=bare).color_system if forced == "auto" else forced
    drawn = _COLORS.get(system or "", "16")
    told = [name for name in ("TEXTUAL_COLOR_SYSTEM", "COLORTERM", "TERM") if environ.get(name)]
    found = f"{drawn}, by {told[0]}={environ[told[0]]}" if told else f"{drawn}, since nothing is set"
    if answers and answers.full_color:
        found += "; the terminal confirms 16 million"
    return Finding("terminal.colours", "Colours", found, _color_advice(around, answers, drawn))


def _color_advice(around: Surroundings, answers: Answers | None, drawn: str) -> str:
    environ = around.environ
    if "NO_COLOR" in environ:
        return "NO_COLOR is set, so all is grey: unset NO_COLOR"
    if drawn == "16":
        return "export TERM=xterm-256color (in tmux: set -g default-terminal tmux-256color)"
    features = around.tmux.get("client_termfeatures")
    if features and "RGB" not in features.split(","):
        name = around.tmux.get("client_termname") or "*"
        here = "" if drawn == "16 million" else ", and export COLORTERM=truecolor"
        return f"tmux passes on 256 colours: set -as terminal-features ',{name}:RGB'{here}"
    if drawn == "16 million":
        return ""
    if answers and answers.full_color:
        return "export COLORTERM=truecolor"
    over_ssh = " (ssh does not take it along by itself)" if around.is_remote else ""
    return f"if the terminal shows 16 million colours: export COLORTERM=truecolor{over_ssh}"


def _mouse(around: Surroundings, answers: Answers | None) -> Finding:
    advice = "all it does has a key" if _mode(answers, MOUSE) is False else ""
    return Finding("terminal.mouse", "Mouse", _says(around, answers, MOUSE), advice)


def _clipboard(around: Surroundings, answers: Answers | None) -> Finding:
    def finding(found: str, advice: str = "") -> Finding:
        return Finding("terminal.clipboard", "Clipboard (OSC 52)", found, advice)

    if around.in_tmux:
        return finding(*_tmux_clipboard(around))
    if around.in_screen:
        return finding("as the terminal around screen takes it")
    if around.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return finding("no", "what was copied can be written to a file: “copied” in the list of commands")
    if answers and answers.clipboard:
        return finding("yes")
    return finding(
        f"{UNKNOWN}: few terminals say so",
        "copy with y and paste elsewhere; if nothing comes, allow OSC 52 in the terminal's settings",
    )


def _tmux_clipboard(around: Surroundings) -> tuple[str, str]:
    setting, passing = around.tmux.get("set-clipboard", ""), around.tmux.get("allow-passthrough", "")
    if setting == "on":
        return "tmux takes it (set-clipboard on)", ""
    if passing in ("on", "all"):
        return f"tmux lets it through (allow-passthrough {passing})", ""
    said = f"set-clipboard {setting}" if setting else "its settings are not known"
    return f"tmux may keep it from the terminal ({said})", "in ~/.tmux.conf: set -s set-clipboard on"


def _keys(around: Surroundings, answers: Answers | None) -> Finding:
    found = UNKNOWN
    if answers:
        found = "kitty protocol" if answers.kitty_keys else "as of old: escape waits a tenth of a second"
    wait = around.tmux.get("escape-time", "")
    slow = wait.isdecimal() and int(wait) > PATIENT_TMUX
    advice = f"tmux holds escape back for {wait} ms: set -s escape-time 10" if slow else ""
    return Finding("terminal.keys", "Keys", found, advice)


def _paste(around: Surroundings, answers: Answers | None) -> Finding:
    told_apart = _mode(answers, PASTE) is not False
    advice = "" if told_apart else "pasted text arrives as keys: paste into text fields only"
    return Finding("terminal.paste", "Bracketed paste", _says(around, answers, PASTE), advice)


def _drawing(around: Surroundings, answers: Answers | None) -> Finding:
    value = {True: "yes", False: "no", None: UNKNOWN}[_mode(answers, SYNCHRONIZED)]
    return Finding("terminal.drawing", "Drawing in one go", value)


def _widths(around: Surroundings, answers: Answers | None) -> Finding:
    name, what = "terminal.widths", "Widths"
    if not answers or not answers.widths:
        return Finding(name, what, UNKNOWN)
    drawn = ", ".join(f"{kind} {answers.widths[kind]}" for kind in SAMPLES)
    odd = {kind: cells(SAMPLES[kind]) for kind in SAMPLES if answers.widths[kind] != cells(SAMPLES[kind])}
    if not odd:
        return Finding(name, what, f"as counted: {drawn}")
    counted = ", ".join(f"{kind} {width}" for kind, width in odd.items())
    return Finding(name, what, drawn, f"counted otherwise: {counted}; lines that hold such may stand askew")


def _letters(around: Surroundings, answers: Answers | None) -> Finding:
    environ = around.environ
    names = [f"{name}={environ[name]}" for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)]
    found = f"{around.encoding}, {names[0] if names else 'no locale is set'}"
    said = names[0].lower().replace("-", "") if names else ""
    is_unicode = around.encoding.lower().replace("-", "") == "utf8" and (not said or "utf8" in said)
    advice = "" if is_unicode else "export LC_ALL=C.UTF-8 (or a UTF-8 locale of your language)"
    return Finding("terminal.letters", "Letters", found, advice)


def _mode(answers: Answers | None, mode: int) -> bool | None:
    """Whether a terminal can set a mode; None where it did not say."""
    value = answers.modes.get(mode) if answers else None
    return None if value is None else value in (1, 2, 3)


def _says(around: Surroundings, answers: Answers | None, mode: int) -> str:
    known = _mode(answers, mode)
    if known is None:
        return "yes, tmux has it" if around.in_tmux else UNKNOWN
    return "yes" if known else "no"
