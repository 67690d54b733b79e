"""The registry of commands: its table is sound and complete, keeps the keys of the design, and feeds rows."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.support import StrictApp, unhandled
from workbench.project import Project
from workbench.tui import commands, screens
from workbench.tui.command import ANYWHERE, BOXES, Command
from workbench.tui.contexts import BOXED, CONTEXTS, PREFIXES, ROWS, WRITTEN
from workbench.tui.keymap import COMMANDS, WRITING
from workbench.tui.keys import is_awkward, is_written, parse_key
from workbench.tui.screens.base import WorkbenchDialog, WorkbenchScreen
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.palette import LAST, PaletteScreen
from workbench.tui.widgets.line_list import LineList

MAIN_KEYS = {
    "anywhere": """? app.help  f1 app.help  : app.palette  ctrl+p app.palette  / app.search  u app.undo
        U app.redo  ctrl+z app.undo  ctrl+y app.redo  escape app.back  q app.close  tab pane.next
        shift+tab pane.previous  g_l go.library  g_r go.reading  g_t go.tags  g_n go.notes
        g_h go.history  g_p go.projects""",
    "library": """enter library.open  o library.beside  space library.mark  i library.import
        e library.details  D library.delete  / library.filter""",
    "reading": """down move.down  j move.down  up move.up  k move.up  right move.right  l move.right
        left move.left  h move.left  J move.next_paragraph  K move.previous_paragraph  space move.page_down
        pagedown move.page_down  pageup move.page_up  ctrl+d move.half_down  ctrl+u move.half_up
        home move.top  g_g move.top  end move.end  G move.end  f move.jump  F move.jump_word
        M move.marks  H move.back  L move.forward  n move.next  N move.previous
        ( move.previous_article  ) move.next_article  v select.extend
        shift+down select.down  shift+up select.up  shift+right select.right  shift+left select.left
        e select.grow  E select.shrink  w select.word  s select.sentence  p select.paragraph  Q select.quoted
        t passage.tag  1 passage.pinned1  9 passage.pinned9  0 passage.pins  . passage.repeat  d passage.untag
        o passage.overlaps  T passage.of_tag  c passage.comment  D passage.delete  B passage.range
        a passage.note  A passage.other_note  y passage.copy  m passage.similar  x export  r article.read
        < pane.narrower  > pane.wider  z pane.zoom  C compare  + pane.measure_wider
        - pane.measure_narrower  b_b view.margins  b_f view.paragraph""",
    "picker": "enter pick.apply  tab pick.stay  backspace pick.remove_last  up pick.up  down pick.down",
    "search": "enter search.open  tab search.hits  shift+tab search.scope",
    "hits": "o hits.beside  t passage.tag  a passage.note  y passage.copy",
    "note": "enter note.open  e note.edit",
    "editor": "ctrl+r editor.quote  ctrl+y editor.redo  escape editor.leave",
}
"""What the table of the design says, place by place: a key (a sequence joined by _) and what it runs."""

SHADOWED = {
    "pane.next": {"filter.list", "search.hits", "hits.query", "editor.indent", "cell.next", "history.bin"}
    | {"bin.history", "steps.list"},
    "pane.previous": {"search.scope", "cell.previous"},
    "app.search": {"library.filter", "hits.query"},
    "app.undo": {"editor.undo"},
    "app.redo": {"editor.redo"},
    "app.back": {"filter.clear", "search.leave", "source.leave", "editor.leave", "steps.clear"},
    "app.close": {"pane.close", "source.leave"},
    "app.palette": {"palette.close"},
    "app.help": {"help.close"},
}
"""The commands of a place that take a key from one that works on all screens, which is meant."""


def all_screens() -> list[type[CommandScreen[Any]]]:
    """Every screen and box of the program."""
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")

    def below(kind: type[CommandScreen[Any]]) -> Iterator[type[CommandScreen[Any]]]:
        for one in kind.__subclasses__():
            if one.context and one.__module__.startswith("workbench."):
                yield one
            yield from below(one)

    return list(dict.fromkeys(below(CommandScreen)))


def test_ids_are_unique_and_found() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert all(commands.find(command.id) is command for command in COMMANDS)


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_key_means_two_things_in_a_context(context: str) -> None:
    keys = [key for command in commands.commands(context) for key in command.keys]
    assert len(keys) == len(set(keys))
    prefixes = {key.split(" ")[0] for key in keys if " " in key}
    assert not prefixes & set(keys)


def test_a_place_takes_a_key_from_all_screens_only_where_that_is_meant() -> None:
    found: dict[str, set[str]] = {}
    for context in CONTEXTS:
        everywhere = commands.commands(BOXES if context in BOXED else ANYWHERE)
        own = [one for one in commands.commands(context) if one not in everywhere]
        for shared in everywhere:
            hiding = {one.id for one in own if not set(one.keys).isdisjoint(shared.keys)}
            if hiding:
                found.setdefault(shared.id, set()).update(hiding)
            prefixes = {key.split(" ")[0] for key in shared.keys if " " in key}
            assert not prefixes & {key for one in own for key in one.keys}, (context, shared.id)
    assert found == SHADOWED


@pytest.mark.parametrize("place", MAIN_KEYS)
def test_the_keys_that_people_learn_stay_where_they_are(place: str) -> None:
    runs = {key: command.id for command in commands.commands(place) for key in command.keys}
    words = MAIN_KEYS[place].split()
    expected = {key.replace("_", " "): name for key, name in zip(words[::2], words[1::2], strict=True)}
    assert {key: runs.get(key) for key in expected} == expected


def test_no_reserved_or_awkward_key_is_bound() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert parse_key(key) == key, command.id  # refuses chords that do not arrive as themselves
            assert not is_awkward(key), command.id


def test_what_is_typed_into_a_text_field_is_nobodys_key() -> None:
    for context in WRITTEN:
        own = [one for one in commands.commands(context) if one.id != "form.turn"]  # while a choice has focus
        assert not [one.id for one in own if any(map(is_written, one.keys)) and one.contexts <= WRITTEN]


def test_every_command_can_be_read() -> None:
    for command in COMMANDS:
        assert command.help and command.title and command.contexts <= set(CONTEXTS), command.id
        assert not command.row or command.row in ROWS, command.id
        assert all(" " not in key or key.split(" ")[0] in PREFIXES for key in command.keys), command.id
    assert all(commands.commands(context) for context in CONTEXTS)
    assert {command.id for command in COMMANDS} >= WRITING


def test_every_command_has_an_action_on_every_screen_that_offers_it() -> None:
    offered = set()
    for screen in all_screens():
        assert not unhandled(screen), screen
        offered |= {screen.context, *screen.contexts, screen.shared}
        own_contexts = {screen.context, *screen.contexts}
        assert own_contexts <= BOXED if issubclass(screen, WorkbenchDialog) else not own_contexts & BOXED, (
            screen
        )
    assert offered - {""} == set(CONTEXTS)


def has_plain_key(command: Command) -> bool:
    """Whether a key without ctrl, shift or F runs it, or a sequence of such keys."""
    return any("+" not in key.strip("+") and not key[1:].isdigit() for key in command.keys)


class Place(WorkbenchScreen):
    """Something for the palette to stand over."""

    context = "library"


class Desk(WorkbenchScreen):
    """Another such thing."""

    context = "reading"


async def test_every_command_has_a_plain_key_or_a_palette_entry(tmp_path: Path) -> None:
    chords = [command for command in COMMANDS if not has_plain_key(command)]
    boxes = sorted({context for command in chords for context in command.contexts & BOXED} - {BOXES})
    over = [Place, Desk, *(type("Box", (WorkbenchDialog,), {"context": context}) for context in boxes)]
    listed = set()
    with Project.open(tmp_path / "p.db", create=True) as project:
        app = StrictApp(project)
        app.places["library"] = Place
        async with app.run_test(size=(80, 24)) as pilot:
            for kind in over:
                await app.push_screen(below := kind())
                await app.push_screen(PaletteScreen(below))
                await pilot.pause()
                listed |= {command.id for command in app.screen.query_one(LineList).rows}
                await app.pop_screen()
                await app.pop_screen()
    assert not [command.id for command in chords if command.id not in listed]
    elsewhere = {command.id for command in COMMANDS if command.contexts <= BOXED or command.group == LAST}
    assert {command.id for command in COMMANDS} - elsewhere - listed == {"app.palette"}


def test_bindings_carry_ids_and_prefixes() -> None:
    made = commands.bindings("library", ANYWHERE)
    assert [binding.id for binding in made["enter"]] == ["library.open"]
    assert [binding.id for binding in made["slash"]] == ["library.filter", "app.search"]
    assert made["g"][0].action == "prefix('g')"
    assert made["question_mark"][0].id == made["f1"][0].id == "app.help"


def test_commands_of_one_row_share_a_line() -> None:
    rows = commands.rows(commands.commands("reading"))
    shown = {row.shown: row for row in rows}
    assert shown["1-9"].help == "pinned tag"
    assert len(shown["1-9"].commands) == 9
    assert shown["J K"].help == "paragraph"


def test_changed_keys_are_shown() -> None:
    commands.use_keys({"passage.tag": ("?", "f5"), "move.next_paragraph": ("M",), "go.tags": ()})
    rows = commands.rows(commands.commands("reading"))
    assert next(row.shown for row in rows if row.commands[0].id == "passage.tag") == "?  F5"
    assert next(row.shown for row in rows if row.help == "paragraph") == "M  K"
    told = commands.hint("{passage.tag} tags, {go.library} or {go.tags}; {no such} stays")
    assert told == "? tags, g l or : tags; {no such} stays"
    commands.use_keys({})
    assert commands.key("passage.tag") == "t"


def test_matching_forgives_typos_and_prefers_beginnings_of_words() -> None:
    lines = ["undo", "export", "pick or create a tag", "commands"]
    assert commands.matching("comands", lines) == [3]
    assert commands.matching("tag", lines) == [2]
    assert commands.matching("rte", lines) == []
    assert commands.matching("", lines) == [0, 1, 2, 3]
    assert commands.matching("zzzz", lines) == []


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_matching_takes_any_text(query: str) -> None:
    lines = [command.help for command in COMMANDS]
    found = commands.matching(query, lines)
    assert len(set(found)) == len(found)
    assert set(found) <= set(range(len(lines)))
