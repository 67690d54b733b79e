"""The user's keymap file: what it changes, what is refused and in which words, and that nothing breaks it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.tui.contexts import BOXED
from workbench.tui.keymap import COMMANDS
from workbench.tui.keys import NAMED, bound, parse_key, show_key
from workbench.tui.toml_lines import read_lines
from workbench.tui.user_keys import LARGEST, check_keys, load_keys, template

IDS = [command.id for command in COMMANDS]


def told(text: str) -> list[str]:
    """What is said of a keymap text: "3 words" for a problem, "3~ words" for what only should be known."""
    _, remarks = check_keys(text, COMMANDS)
    return [f"{one.line}{'' if one.is_problem else '~'} {one.text}" for one in remarks]


def changed(text: str) -> dict[str, tuple[str, ...]]:
    return check_keys(text, COMMANDS)[0]


WRITTEN = [("t", "t"), ("T", "T"), ("?", "?"), ("question_mark", "?"), ("Esc", "escape"), ("^P", "ctrl+p")]
WRITTEN += [(",", ","), (" ", "space"), ("PgDn", "pagedown"), ("g  L", "g L"), ("↓", "down"), ("é", "é")]
WRITTEN += [("shift+ctrl+up", "ctrl+shift+up"), ("F5", "f5"), ("Shift+Tab", "shift+tab"), ("comma", ",")]


@pytest.mark.parametrize(("written", "key"), WRITTEN)
def test_keys_may_be_written_as_they_are_shown(written: str, key: str) -> None:
    assert parse_key(written) == key


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("alt+t", "cannot be told from Esc followed by t"),
        ("ctrl+i", "is Tab for a terminal"),
        ("ctrl+m", "is Enter for a terminal"),
        ("^h", "is Backspace for a terminal"),
        ("ctrl+q", "cannot be given away"),
        ("shift+t", "is written as the character it makes, “T”"),
        ("shfit+tab", "did you mean “shift+tab”?"),
        ("t,ctrl+k", 'several are a list: ["t", "ctrl+k"]'),
        ("g h i", "a sequence is two"),
        ("g esc", "Esc ends sequences"),
        ("\x07", "is no key"),
        ("", "no key"),
    ],
)
def test_what_is_no_key_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_key(written)
    assert reason in str(refused.value)


def test_every_key_of_the_table_is_a_key_as_written_and_as_shown() -> None:
    for key in {*NAMED, *(key for command in COMMANDS for key in command.keys)}:
        assert parse_key(key) == key
        assert parse_key(show_key(key)) == key
        assert bound(key) and "," not in bound(key)


def test_a_file_gives_other_keys_several_sequences_or_none() -> None:
    text = """
        "passage.tag" = "f5"
        passage.repeat = ["ctrl+t", "'"]
        [go]
        tags = "g x"
        notes = ["g ,"]
        [move]
        jump = ""
    """
    assert changed(text) == {
        "passage.tag": ("f5",),
        "passage.repeat": ("ctrl+t", "'"),
        "go.tags": ("g x",),
        "go.notes": ("g ,",),
        "move.jump": (),
    }
    assert not told(text)


def test_what_is_wrong_is_said_with_its_line_and_the_rest_applies() -> None:
    text = (
        '"passage.tga" = "f5"\n'
        '"passage.tag" = ["alt+t", "f6"]\n'
        "oops\n"
        "passage.copy = 3\n"
        '"pick.apply" = "x"\n'
        '"search.exact" = "ctrl+u"\n'
        '"pick.cancel" = ""\n'
        '"app.help" = []\n'
        '"pick.stay" = "ctrl+k x"\n'
        '"passage.tag" = "f7"\n'
        '"move.jump" = "{"\n'
    )
    assert changed(text) == {"passage.tag": ("f6",), "move.jump": ("{",)}
    assert told(text) == [
        "1 there is no command “passage.tga”; did you mean passage.tag or passage.untag?",
        "2 passage.tag: “alt+t” cannot be told from Esc followed by t",
        "3 this is no TOML (Expected '=' after a key in a key/value pair); "
        'a line is written as "passage.tag" = "t"',
        '4 keys are words in quotation marks: "t", or ["t", "f2"], or "" for none',
        "5 pick.apply: “x” would be typed as text in: Operators",
        "6 search.exact: “^u” edits the text in: Search",
        "7 “close” (pick.cancel) cannot be without a key: nothing else leads to it",
        "8 “help” (app.help) cannot be without a key: nothing else leads to it",
        "9 pick.stay: “^k x” is a sequence, and there are none in: Picker",
        "10 “passage.tag” has its keys in line 2 already",
        "11~ “{” needs AltGr or is a dead key on many keyboards",
    ]


def test_a_key_goes_to_the_line_and_from_the_command_that_had_it() -> None:
    assert changed('"passage.tag" = "c"') == {"passage.tag": ("c",), "passage.comment": ()}
    assert told('"passage.tag" = "c"') == [
        "1 “c” is taken from “comment” (passage.comment), which has none left"
    ]
    assert told('"tags.new" = "j"') == ["1 “j” is taken from “down” (list.down), which keeps “↓”"]
    swapped = '"passage.tag" = "c"\n"passage.comment" = "t"'
    assert changed(swapped) == {"passage.tag": ("c",), "passage.comment": ("t",)} and not told(swapped)
    twice = '"passage.tag" = "f5"\n"passage.comment" = "f5"'
    assert changed(twice) == {"passage.tag": ("f5",)}
    assert told(twice) == ["2 passage.comment: line 1 gives “F5” to “tag” (passage.tag) already"]


def test_a_key_is_a_command_or_begins_sequences_not_both() -> None:
    assert told('"passage.tag" = "g"') == ["1 passage.tag: “g” begins “g g”, “top” (move.top)"]
    assert told('"go.tags" = "z t"') == ["1 go.tags: “z t” cannot begin with “z”, “zoom” (pane.zoom)"]
    freed = '"go.tags" = "z t"\n"pane.zoom" = "Z"'
    assert changed(freed) == {"go.tags": ("z t",), "pane.zoom": ("Z",)} and not told(freed)
    assert changed('"library.mark" = "X a"\n"library.delete" = "X"') == {"library.mark": ("X a",)}


def test_no_box_is_left_without_a_way_out() -> None:
    assert changed('"pick.stay" = "escape"') == {}
    assert changed('"pick.stay" = "escape"\n"pick.cancel" = "f4"') == {
        "pick.stay": ("escape",),
        "pick.cancel": ("f4",),
    }
    assert changed('"pick.stay" = "escape"\n"pick.cancel" = "x"') == {}


def test_a_key_that_means_something_else_in_places_is_known_not_a_problem() -> None:
    assert told('"library.mark" = "u"') == ["1~ “u” is not “undo” (app.undo) in: Library"]
    (remark,) = told('"app.search" = "s"')
    assert remark.startswith("1~ “s” is not “search” (app.search) in: Reading room")


def test_the_file_itself_may_be_odd(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    assert load_keys(path, COMMANDS).keys == {} and not load_keys(path, COMMANDS).remarks
    path.write_bytes(b'\xef\xbb\xbf"passage.tag" = "f5"\r\n"passage.copy" = "\xe9"\r\n"move.jump" = "f6"\r\n')
    found = load_keys(path, COMMANDS)
    assert found.keys == {"passage.tag": ("f5",), "move.jump": ("f6",)}
    assert found.summary() == "keymap.toml, line 2: this line is not UTF-8"
    path.write_bytes(b"#" * (LARGEST + 1))
    assert "has more than 100,000 bytes" in load_keys(path, COMMANDS).summary()
    folder = tmp_path / "folder"
    folder.mkdir()
    assert load_keys(folder, COMMANDS).summary() == f"{folder}: the keymap file is a folder, not a file"
    path.write_text('"a.b" = "x"\nnonsense')
    assert load_keys(path, COMMANDS).summary().endswith(" (and 1 more)")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.touch(mode=0o000)
    assert "cannot be read (Permission denied)" in load_keys(path, COMMANDS).summary()


def test_the_template_changes_nothing_with_and_without_its_signs() -> None:
    text = template(COMMANDS)
    assert check_keys(text, COMMANDS) == ({}, [])
    live = "\n".join(line.removeprefix("#") if line.startswith('#"') else line for line in text.split("\n"))
    assert check_keys(live, COMMANDS) == ({}, [])
    assert set(tomllib.loads(live)) == set(IDS)


LINES = st.one_of(
    st.text(max_size=12),
    st.builds('"{}" = "{}"'.format, st.sampled_from(IDS), st.sampled_from([*sorted(NAMED), *"tgz,{", "g t"])),
    st.builds(
        '"{}" = [{}]'.format, st.sampled_from(IDS), st.sampled_from(['"c", "f9"', "", "1", "[[", '"z x"'])
    ),
    st.sampled_from(["[go]", "[[go]]", "[", "a = [", "]", 'x = """', '"""', "a.b.c = {d = 1}", "a = 1"]),
)


@settings(max_examples=30)
@given(st.lists(LINES, max_size=9).map("\n".join))
@example('"pick.stay" = "escape"\n"pick.cancel" = "enter"\n"pick.apply" = "tab"')
def test_any_text_leaves_a_keyboard_that_works(text: str) -> None:
    keys, remarks = check_keys(text, COMMANDS)
    assert all(0 < remark.line <= text.count("\n") + 1 and remark.text for remark in remarks)
    now = {command: keys.get(command.id, command.keys) for command in COMMANDS}
    for command, own in now.items():
        assert own or not (command.keys and command.contexts <= BOXED), command.id
    for context in {one for command in COMMANDS for one in command.contexts}:
        here = [key for command, own in now.items() if context in command.contexts for key in own]
        assert len(here) == len(set(here)), context
        assert not {key.split(" ")[0] for key in here if " " in key} & set(here), context


@settings(max_examples=30)
@given(st.binary(max_size=60))
def test_any_bytes_can_be_a_keymap_file(data: bytes) -> None:
    entries, faults = read_lines(data.decode("utf-8", "replace"))
    assert len({entry.name for entry in entries}) == len(entries)
    assert all(fault.line >= 1 and fault.reason for fault in faults)


NAMES = st.sampled_from(["a", "b.c", '"d.e"', "'f'"])
VALUES = st.sampled_from(['"x"', "3", '["a",\n  "b" ]', '"""p\nq = 1\n"""', "{g = 1, h = 'i'}", "[[1], []]"])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["", "[t]\n", "# c\n", "\r\n"]), NAMES, VALUES), max_size=6))
def test_good_toml_is_read_as_the_library_reads_it(statements: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{before}{name} = {value}\n" for before, name, value in statements)
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    entries, faults = read_lines(text)
    assert not faults and {entry.name: entry.value for entry in entries} == flat(whole)
    lines = text.split("\n")
    assert all("=" in lines[entry.line - 1] for entry in entries)


def flat(table: dict[str, object], path: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in table.items():
        found |= flat(value, f"{path}{name}.") if isinstance(value, dict) else {f"{path}{name}": value}
    return found
