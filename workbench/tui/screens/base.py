"""The two kinds of screens: a place (library, reading room, …) with its bars, and a box over one."""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import ModalScreen, ScreenResultType

from workbench.errors import ProjectFileError
from workbench.tui.command import BOXES
from workbench.tui.contexts import CONTEXTS, PREFIXES
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.pointer_menus import PointerMenus
from workbench.tui.widgets.bars import KeyFooter, StatusRow, TopBar
from workbench.tui.widgets.tour_strip import TourStrip
from workbench.tui.widgets.warning_strip import WarningStrip
from workbench.tui.widgets.which_key import Offer, WhichKey


class WorkbenchScreen(PointerMenus):
    """A place of the workbench, with top bar, status row and key footer around its body.

    Override `compose_body`; set `context`; read the project in `on_mount` and `on_project_changed` with `job`
    (Textual calls these of every class, the subclass first: no `super` call is needed).
    """

    AUTO_FOCUS = "#body *"

    def __init__(self) -> None:
        super().__init__()
        self._place = (CONTEXTS[self.context], "")

    def compose(self) -> ComposeResult:
        """The bars around the body. Override `compose_body`, not this."""
        yield TopBar()
        yield WarningStrip()
        yield TourStrip()
        with Container(id="body"):
            yield from self.compose_body()
        yield StatusRow(id="status")
        yield KeyFooter()
        yield WhichKey()
        yield self.menu

    def compose_body(self) -> ComposeResult:
        """The widgets of the screen. To be overridden."""
        yield from ()

    def keep_places(self) -> None:
        """Notes on the desk where one is, before the program or the project is left. To be overridden."""

    def on_mount(self) -> None:
        """Fills the bars, and keeps the footer true as the focus moves."""
        self.show_place(*self._place)
        self._show_warnings()
        self.workbench.guide.look()
        self.show_last_status()
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.show_keys()

    def show_place(self, place: str, facts: str = "") -> None:
        """Writes the top bar: where one is ("Notes ▸ Pumps & alarm"), and facts on the right."""
        self._place = (place, facts)
        for bar in self.query(TopBar):
            bar.show_place(self.workbench.project_name, place, facts)

    def show_keys(self) -> None:
        """Draws the footer anew; for when disabled reasons or titles changed."""
        self.query_one(KeyFooter).show(self.footer_rows())

    def show_last_status(self) -> None:
        """Shows the app's last status in this screen's row."""
        for row in self.query(StatusRow):
            row.show_status(*self.workbench.status)

    def on_screen_resume(self) -> None:
        """What was done on another screen is still the last action."""
        self.show_last_status()
        self.workbench.guide.look()

    async def run_command(self, command_id: str) -> None:
        """As of every screen; the tour hears of it."""
        await super().run_command(command_id)
        self.workbench.guide.ran(command_id)

    @on(TourStrip.Clicked)
    def _tour_clicked(self, message: TourStrip.Clicked) -> None:
        message.stop()
        if message.skip:
            self.workbench.guide.skip()
        else:
            self.workbench.guide.end()

    def disabled_reason(self, command_id: str) -> str | None:
        """The tour can be led on only while it is under way."""
        if command_id in ("tour.next", "tour.end") and self.workbench.guide.tour.at is None:
            return "No tour is under way"
        return super().disabled_reason(command_id)

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Draws the top bars anew. A screen's own handler of this name runs first and reads again."""
        self.show_place(*self._place)
        self._show_warnings()

    def _show_warnings(self) -> None:
        with suppress(ProjectFileError):  # none is open yet
            self.query_one(WarningStrip).show_warnings(self.project.warnings)

    @on(KeyFooter.Chosen)
    async def _footer_chosen(self, message: KeyFooter.Chosen) -> None:
        message.stop()
        if message.row.commands:
            await self.run_command(message.row.commands[0].id)
        else:
            self.action_prefix(message.row.shown)

    def action_prefix(self, key: str) -> None:
        """Opens the popup with what may follow `key`."""
        follow = self.continuations(key)
        if offers := [Offer(then, one, self.disabled_reason(one.id)) for then, one in follow]:
            self.query_one(WhichKey).offer(key, PREFIXES.get(key, "more…"), offers)

    async def take_next_key(self, key: str) -> bool:
        """Gives a key to the popup while it is open, and says whether it was.

        A key that comes before there is anything on the screen is taken, too: nothing could heed it.
        """
        popup = next(iter(self.query(WhichKey)), None)
        if popup is None:
            return True
        if not popup.is_open:
            return False
        if command_id := popup.take(key):
            await self.run_command(command_id)
        elif astray := popup.astray(key):
            self.show_status(astray)
        return True

    @on(WhichKey.Chosen)
    async def _continuation_chosen(self, message: WhichKey.Chosen) -> None:
        message.stop()
        await self.run_command(message.command_id)

    def action_back(self) -> None:
        """Escape: stops a job that can be stopped, else goes back to the screen below."""
        if self.workbench.jobs.cancel():
            self.show_status("Stopping…")
        elif len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_close(self) -> None:
        """`q`: closes the screen; on the first one, the program."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def action_send_copy(self) -> None:
        """Opens the box that sends a copy of the project."""
        from workbench.tui.screens.send_copy import SendCopyScreen

        self.app.push_screen(SendCopyScreen())

    def action_merge(self) -> None:
        """Asks for another copy of the project, shows what it brings, and merges it."""
        from workbench.tui.screens.merging import merge_copy

        merge_copy(self)

    def action_backups(self) -> None:
        """Lists the project's backups, to restore one."""
        from workbench.tui.screens.backups import show_backups

        show_backups(self)

    def action_similar_articles(self) -> None:
        """Lists the articles like the one that the screen has its cursor on."""
        from workbench.tui.screens.similar_articles import SimilarArticlesScreen

        subject = self.subject()
        if subject and subject[0] == "article":
            self.app.push_screen(SimilarArticlesScreen(*subject[1:]))
        else:
            self.show_status("There is no article here")


class WorkbenchDialog(CommandScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A box over a screen, with its keys in the bottom row. Escape closes it with None.

    Override `compose_body`; what it yields stands in a container with the id "box".
    """

    shared = BOXES
    footer_first = ("app.help",)

    def compose(self) -> ComposeResult:
        """The box and the keys. Override `compose_body`, not this."""
        with Container(id="box"):
            yield from self.compose_body()
        yield KeyFooter()

    def compose_body(self) -> ComposeResult:
        """The widgets in the box. To be overridden."""
        yield from ()

    def on_mount(self) -> None:
        """Shows the keys, which may be pressed though the project is not open yet."""
        self.workbench.begun.set()
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.show_keys()

    def show_keys(self) -> None:
        """Draws the footer anew."""
        self.query_one(KeyFooter).show(self.footer_rows())

    @on(KeyFooter.Chosen)
    async def _footer_chosen(self, message: KeyFooter.Chosen) -> None:
        message.stop()
        await self.run_command(message.row.commands[0].id)

    def action_cancel(self) -> None:
        """Closes without a result."""
        self.dismiss(None)
