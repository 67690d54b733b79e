"""The user's own keys: `keymap.toml` in the configuration folder, read, checked and told about.

A line gives a command its keys: `"passage.tag" = "t"`, `"passage.tag" = ["t", "f2"]`, or `""` for none. What
is wrong is left out, said with its line, and the rest applies:

- a command whose every key is refused keeps those of the table;
- a key that the table gives to another command of the same place is taken from that one, and this is said;
- of two lines that give the same key in one place, the first counts;
- a key that begins sequences cannot also be a command's, so the later of the two is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench.errors import InputError, WorkbenchError
from workbench.tui.command import ANYWHERE, BOXES, Command
from workbench.tui.contexts import BOXED, CONTEXTS, WRITTEN
from workbench.tui.keys import is_awkward, is_written, parse_key, show_key

LARGEST = 100_000
"""Bytes of a keymap file; the one that `template` writes has a tenth."""
NEEDED = frozenset({"app.palette", "app.help", "app.back"})
"""Without keys for these nobody finds a way on, or back."""

LONGEST_NAME = 40
"""Letters of an unknown name that are repeated."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something to be said about a line (from 1; 0 is the file as a whole).

    Attributes:
        is_problem: whether something does not apply, or a command lost a key, because of it.
    """

    line: int
    text: str
    is_problem: bool = True


@dataclass(frozen=True, slots=True)
class UserKeys:
    """What a keymap file says.

    Attributes:
        path: the file, which need not be there.
        keys: the keys of the commands that have others than the table gives them, by command id.
        remarks: what is to be said about the file, in the order of its lines.
    """

    path: Path
    keys: Mapping[str, Keys]
    remarks: tuple[Remark, ...] = ()

    @property
    def problems(self) -> tuple[Remark, ...]:
        """The remarks that matter."""
        return tuple(remark for remark in self.remarks if remark.is_problem)

    def sentence(self, remark: Remark) -> str:
        """A remark with file and line: "keymap.toml, line 3: “passage.tga” is no command"."""
        where = f"{self.path.name}, line {remark.line}" if remark.line else str(self.path)
        return f"{where}: {remark.text}"

    def summary(self) -> str:
        """The first problem, and how many more there are; empty without any."""
        problems = self.problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return f"{self.sentence(problems[0])}{more}" if problems else ""


def load_keys(path: Path, table: Sequence[Command]) -> UserKeys:
    """Reads a keymap file for a table of commands; where there is none, nothing is changed. Never raises."""
    try:
        if not path.exists():
            return UserKeys(path, {})
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        reason = "is a folder, not a file" if path.is_dir() else f"cannot be read ({error.strerror})"
        return UserKeys(path, {}, (Remark(0, f"the keymap file {reason}"),))
    if len(data) > LARGEST:
        return UserKeys(path, {}, (Remark(0, f"the keymap file has more than {LARGEST:,} bytes"),))
    text, damaged = _decoded(data)
    keys, remarks = check_keys(text, table)
    return UserKeys(path, keys, tuple(sorted([*damaged, *remarks])))


def _decoded(data: bytes) -> tuple[str, list[Remark]]:
    """The text, lines that are not UTF-8 left empty."""
    lines, damaged = [], []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append("")
            damaged.append(Remark(number, "this line is not UTF-8"))
    return "\n".join(lines), damaged


def check_keys(text: str, table: Sequence[Command]) -> tuple[dict[str, Keys], list[Remark]]:
    """The changed keys by command id that a keymap text makes of a table, and what is to be said."""
    from workbench.tui.toml_lines import read_lines  # its TOML reader is only for those who have a file

    entries, faults = read_lines(text)
    check = _Check(table)
    check.remarks += [Remark(fault.line, fault.reason) for fault in faults]
    for entry in entries:
        try:
            check.ask(entry.line, entry.name, entry.value)
        except InputError as refusal:
            check.remarks.append(Remark(entry.line, str(refusal)))
    return check.settle(), sorted(check.remarks)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A line's wish that a command has a key."""

    line: int
    command: Command
    key: str


class _Check:
    """Collects what a file asks for, then settles who gets which key."""

    def __init__(self, table: Sequence[Command]) -> None:
        self.remarks: list[Remark] = []
        self._table = {command.id: command for command in table}
        self._claims: list[_Claim] = []
        self._emptied: set[str] = set()

    def ask(self, line: int, name: str, value: object) -> None:
        """Takes up a line. Raises InputError where nothing of it can apply; single keys are remarked on."""
        command = self._table.get(name)
        if command is None:
            raise InputError(f"there is no command {_short(name)}{self._nearest(name)}")
        written = [value] if isinstance(value, str) else value
        if not isinstance(written, list) or not all(isinstance(one, str) for one in written):
            raise InputError('keys are words in quotation marks: "t", or ["t", "f2"], or "" for none')
        written = [one for one in written if one]
        if not written and _needs_key(command):
            raise InputError(f"{_name(command)} cannot be without a key: nothing else leads to it")
        if not written:
            self._emptied.add(name)
        for one in written:
            try:
                key = parse_key(one)
                _allow(command, key)
            except InputError as refusal:
                self._tell(line, f"{command.id}: {refusal}")
                continue
            if is_awkward(key):
                self._tell(line, f"“{one}” needs AltGr or is a dead key on many keyboards", is_problem=False)
            if all(claim.command is not command or claim.key != key for claim in self._claims):
                self._claims.append(_Claim(line, command, key))

    def settle(self) -> dict[str, Keys]:
        """The changed keys by command id."""
        refused: dict[_Claim, str] = {}
        while True:
            granted, changed, further = self._granted(refused)
            stranding = self._stranding(granted, changed)
            if not stranding:
                break
            refused |= stranding
        for claim, reason in (refused | further).items():
            self._tell(claim.line, f"{claim.command.id}: {reason}")
        settled = self._emptied | {claim.command.id for claim in granted}
        for command in self._table.values():
            if command.id not in settled:
                self._tell_taken(command, granted)
        self._tell_hidden(granted, changed)
        return {name: keys for name, keys in changed.items() if keys != self._table[name].keys}

    def _granted(
        self, refused: Mapping[_Claim, str]
    ) -> tuple[list[_Claim], dict[str, Keys], dict[_Claim, str]]:
        """The claims that hold without those, all commands' keys then, and why the others do not hold."""
        claims = [claim for claim in self._claims if claim not in refused]
        asked = self._emptied | {claim.command.id for claim in claims}
        granted: list[_Claim] = []
        further = {}
        for claim in claims:
            if reason := self._clash(claim, granted, asked):
                further[claim] = reason
            else:
                granted.append(claim)
        changed: dict[str, Keys] = dict.fromkeys(self._emptied, ())
        for claim in granted:
            changed[claim.command.id] = (*changed.get(claim.command.id, ()), claim.key)
        for command in self._table.values():
            changed.setdefault(command.id, self._free(command, granted))
        return granted, changed, further

    def _clash(self, claim: _Claim, granted: list[_Claim], asked: set[str]) -> str:
        """Why a claim cannot be granted beside those that were, and beside what the file is not about."""
        shown, command = show_key(claim.key), claim.command
        for other in granted:
            if other.key == claim.key and other.command is not command and _share(other.command, command):
                return f"line {other.line} gives “{shown}” to {_name(other.command)} already"
        standing = [(one.command, one.key) for one in granted]
        standing += [(one, key) for one in self._table.values() if one.id not in asked for key in one.keys]
        for holder, key in standing:
            if holder is not command and _begin_alike(key, claim.key) and _meet(holder, command):
                verb = "begins" if " " in key else "cannot begin with"
                return f"“{shown}” {verb} “{show_key(key)}”, {_name(holder)}"
        return ""

    def _stranding(self, granted: list[_Claim], changed: Mapping[str, Keys]) -> dict[_Claim, str]:
        """The claims that leave a command without the key it needs, and the words for it."""
        return {
            claim: f"“{show_key(claim.key)}” is the only key of {_name(command)}, which needs one"
            for command in self._table.values()
            if command.keys and not changed[command.id] and _needs_key(command)
            for claim in granted
            if any(_takes(claim, command, key) for key in command.keys)
        }

    def _tell_taken(self, command: Command, granted: list[_Claim]) -> None:
        """Tells which keys of the table a command lost to a line."""
        kept = self._free(command, granted)
        rest = f"which keeps “{show_key(kept[0])}”" if kept else "which has none left"
        for key in command.keys:
            if key not in kept:
                line = next(one.line for one in granted if _takes(one, command, key))
                self._tell(line, f"“{show_key(key)}” is taken from {_name(command)}, {rest}")

    @staticmethod
    def _free(command: Command, granted: list[_Claim]) -> Keys:
        return tuple(key for key in command.keys if not any(_takes(one, command, key) for one in granted))

    def _tell_hidden(self, granted: list[_Claim], changed: dict[str, Keys]) -> None:
        """Says where a key that a line gives now means something else than everywhere."""
        for claim in granted:
            if claim.key in claim.command.keys:
                continue
            hidden = [
                other
                for other in self._table.values()
                if claim.key in changed[other.id] and _meet(other, claim.command)
                if not _share(other, claim.command)
            ]
            if not hidden:
                continue
            near = hidden if _is_shared(claim.command) else [claim.command]
            where = [CONTEXTS[one] for one in CONTEXTS if any(one in command.contexts for command in near)]
            far = claim.command if _is_shared(claim.command) else hidden[0]
            text = f"“{show_key(claim.key)}” is not {_name(far)} in: {', '.join(where)}"
            self._tell(claim.line, text, is_problem=False)

    def _tell(self, line: int, text: str, *, is_problem: bool = True) -> None:
        self.remarks.append(Remark(line, text, is_problem))

    def _nearest(self, name: str) -> str:
        from rapidfuzz import process

        found = [one for one, *_ in process.extract(name, list(self._table), limit=2, score_cutoff=60)]
        return f"; did you mean {' or '.join(found)}?" if found else "; `workbench keys` lists them all"


def _allow(command: Command, key: str) -> None:
    """Raises InputError for a key that would not reach the command."""
    typed = sorted(command.contexts & WRITTEN)
    if key in command.keys:
        return
    if " " in key and (boxes := sorted(command.contexts & (BOXED | WRITTEN))):
        raise InputError(f"“{show_key(key)}” is a sequence, and there are none in: {CONTEXTS[boxes[0]]}")
    if typed and is_written(key):
        raise InputError(f"“{show_key(key)}” would be typed as text in: {CONTEXTS[typed[0]]}")
    if typed and key in _line_keys():
        raise InputError(f"“{show_key(key)}” edits the text in: {CONTEXTS[typed[0]]}")


@cache
def _line_keys() -> frozenset[str]:
    """The keys with which text fields edit what is typed."""
    from textual.binding import BindingsMap
    from textual.widgets import Input, TextArea

    return frozenset(key for kind in (Input, TextArea) for key, _ in BindingsMap(kind.BINDINGS))


def _share(one: Command, other: Command) -> bool:
    return not one.contexts.isdisjoint(other.contexts)


def _is_shared(command: Command) -> bool:
    return not command.contexts.isdisjoint((ANYWHERE, BOXES))


def _meet(one: Command, other: Command) -> bool:
    """Whether there is a place that has both commands."""
    if _share(one, other):
        return True
    for first, second in ((one, other), (other, one)):
        if ANYWHERE in first.contexts and not second.contexts <= BOXED:
            return True
        if BOXES in first.contexts and not second.contexts.isdisjoint(BOXED):
            return True
    return False


def _begin_alike(one: str, other: str) -> bool:
    """Whether one of the keys is the first of the other, a sequence."""
    return one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _takes(claim: _Claim, command: Command, key: str) -> bool:
    """Whether granting a claim leaves another command without that key of the table."""
    if claim.command is command:
        return False
    same = claim.key == key and _share(claim.command, command)
    return same or (_begin_alike(claim.key, key) and _meet(claim.command, command))


def _needs_key(command: Command) -> bool:
    """Whether there is no other way to a command: the commands of boxes are in no list but their own."""
    return command.id in NEEDED or command.contexts <= BOXED


def _short(name: str) -> str:
    return f"“{name}”" if len(name) <= LONGEST_NAME else f"“{name[:LONGEST_NAME]}…”"


def _name(command: Command) -> str:
    return f"“{command.title}” ({command.id})"


def write_template(path: Path, table: Sequence[Command]) -> None:
    """Writes a keymap file to be changed, where there is none.

    Raises:
        WorkbenchError: there is one, or the place cannot be written.
    """
    from workbench.export.writing import write_file

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbenchError(f"{path.parent} cannot be made: {error.strerror}") from None
    write_file(path, template(table))


def template(table: Sequence[Command]) -> str:
    """A keymap file in which every command stands with the keys it has, as a comment to be changed."""
    lines = [
        "# The keys of the analyst workbench. A line without # gives a command other keys:",
        '#   "passage.tag" = "t"            one key',
        '#   "passage.tag" = ["t", "f2"]    several',
        '#   "go.tags" = "g x"              one after the other',
        '#   "passage.tag" = ""             none; the list of commands still has it',
        "# Named keys: enter, tab, space, f1, pagedown, ctrl+k, shift+tab … `workbench keys --check` checks.",
    ]
    group = ""
    for command in table:
        if command.group != group:
            group = command.group
            lines += ["", f"# {group}"]
        lines.append(f"#{_line(command):<46} # {command.help}")
    return "\n".join(lines) + "\n"


def _line(command: Command) -> str:
    keys = [f"'{key}'" if key in '"\\' else f'"{key}"' for key in command.keys]
    value = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
    return f'"{command.id}" = {value}'
