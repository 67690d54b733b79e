"""The tour: eight things to do with one's own hands, and how far somebody is with them.

A step names commands, not keys: ``{library.open}`` is shown as the key that the user has for it. It is done
when what it asks for can be seen in the program, however that came about, so that nobody has to press just
the key that was named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench import config
from workbench.errors import WorkbenchError


@dataclass(frozen=True, slots=True)
class Moment:
    """What of the program tells that a step was done.

    Attributes:
        place: context of the screen in front, not counting boxes over it.
        panes: how many articles lie open.
        hits: whether a hit of a search was opened.
        command: id of the command run last on a place, since the step began.
        moved, changed: whether since that command the cursor moved in a text, the project was written to.
    """

    place: str
    panes: int = 0
    hits: bool = False
    command: str = ""
    moved: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        says: what to do, at most 62 cells with the keys of the table; elsewhere: the same for a project that
            is not the sample, where that differs.
        brief: the same in at most 34 cells.
        done: whether it was done.
        places: contexts in which it can be done; none named means any.
    """

    says: str
    brief: str
    done: Callable[[Moment], bool]
    places: frozenset[str] = frozenset()
    elsewhere: str = ""


def _written_by(*ids: str) -> Callable[[Moment], bool]:
    """Whether one of these commands has changed the project."""
    return lambda moment: moment.changed and moment.command in ids


_ROOM = frozenset({"reading"})

STEPS = (
    Step(
        "{library.open} reads the article under the cursor",
        "{library.open} reads an article",
        lambda moment: moment.place == "reading" and moment.panes > 0,
        elsewhere="{go.library} leads to the library, {library.import} imports, {library.open} reads",
    ),
    Step(
        "{go.library} to the library, {list.down} to another article, {library.beside} opens it beside",
        "{go.library}, {list.down}, {library.beside}: another beside",
        lambda moment: moment.place == "reading" and moment.panes > 1,
    ),
    Step(
        "{move.down} {move.up} go by sentence, {move.jump} and a label jump to any on screen",
        "{move.jump} and a label: jump there",
        lambda moment: moment.command == "move.jump" and moment.moved,
        _ROOM,
    ),
    Step(
        "{passage.tag} tags the sentence: type a name, then {pick.apply}",
        "{passage.tag}, a name, {pick.apply}: a tag",
        _written_by("passage.tag"),
        _ROOM,
    ),
    Step(
        "{move.down} goes on, {passage.repeat} puts the same tag there, {passage.pinned1} a pinned one",
        "{move.down}, then {passage.repeat}: the same tag",
        _written_by("passage.repeat", *(f"passage.pinned{digit}" for digit in range(1, 10))),
        _ROOM,
    ),
    Step(
        "{app.search} searches, typos and all: jake sulivan, {search.open} opens it",
        "{app.search}, jake sulivan, {search.open}: search",
        lambda moment: moment.hits,
        _ROOM | {"search", "library"},
        elsewhere="{app.search} searches, typos and all: some words, {search.open} opens it",
    ),
    Step(
        "{passage.note} puts the sentence into a note, {go.notes} shows your notes",
        "{passage.note}: the quote into a note",
        _written_by("passage.note", "passage.other_note"),
        _ROOM | {"search", "passages", "similar"},
    ),
    Step(
        "{app.help} shows all keys of a screen, {export} exports your work",
        "{app.help} all keys, {export} export",
        lambda moment: moment.command in ("app.help", "export"),
    ),
)
WAY = "{go.reading} leads back to the reading room, where the tour goes on"
"""What is said where a step cannot be done."""
BRIEF_WAY = "{go.reading}: back to the texts"


class Tour:
    """How far the tour is: kept in the user's state folder, bound to one project, and over once it ended.

    Attributes:
        at: index of the step, None where no tour is under way in the open project.
    """

    def __init__(self) -> None:
        self.at: int | None = None
        self._done: set[int] = set()
        self._project = ""

    def come_to(self, project: str, *, is_sample: bool) -> None:
        """Another project (by id) is open: goes on with its tour; the sample's begins by itself, once."""
        self._project = project
        self._done.clear()
        kept = config.read_json(_path())
        step = kept.get("step") if kept.get("project") == project else None
        self.at = step if isinstance(step, int) and 0 <= step < len(STEPS) else None
        if is_sample and not kept:
            self.start()

    def start(self) -> None:
        """Begins with the first step, in the open project."""
        self._done.clear()
        self._go_to(0)

    def go_on(self) -> None:
        """Comes to the next step that was not done ahead of its time; after the last the tour has ended."""
        if self.at is not None:
            ahead = (step for step in range(self.at + 1, len(STEPS)) if step not in self._done)
            self._go_to(next(ahead, None))

    def end(self) -> None:
        """Ends it: it does not come back by itself."""
        self._go_to(None)

    def _go_to(self, step: int | None) -> None:
        self.at = step
        kept = {"ended": True} if step is None else {"project": self._project, "step": step}
        try:
            config.write_json(_path(), kept)
        except WorkbenchError:  # a folder that cannot be written: it begins anew next time
            return

    def says(self, place: str, *, is_sample: bool, brief: bool = False) -> str:
        """What to do now, for somebody in a place (a context); "" where no tour is under way."""
        if self.at is None:
            return ""
        step = STEPS[self.at]
        if step.places and place not in step.places:
            return BRIEF_WAY if brief else WAY
        if brief:
            return step.brief
        return step.says if is_sample else step.elsewhere or step.says

    def see(self, moment: Moment) -> bool:
        """Notes the steps that are done, in whatever order, and tells whether the one at hand is."""
        self._done.update(step for step, one in enumerate(STEPS) if one.done(moment))
        return self.at in self._done


def _path() -> Path:
    return config.state_folder() / "tour.json"
