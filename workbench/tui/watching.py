"""Keeps an eye on the project file: what another window writes into it shows within a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import ProjectFileError
from workbench.text.inert import inert

if TYPE_CHECKING:
    from workbench.sharing import News
    from workbench.tui.app import WorkbenchApp

SECONDS = 0.4
"""Between two looks; each is one cheap question to SQLite."""


class Watch:
    """Looks for changes from elsewhere, one look at a time, while nothing else is being done."""

    def __init__(self, app: WorkbenchApp) -> None:
        self._app = app
        self._looking = False

    def look(self) -> None:
        """Asks the project's thread, unless it was asked already or no project is open."""
        try:
            project = self._app.project
        except ProjectFileError:
            return
        if not self._looking:
            self._looking = True
            self._app.job(project.look_for_news, self._tell, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        """A file that cannot be read just now is asked again; what needs it says why."""
        self._looking = False

    def _tell(self, news: News | None) -> None:
        self._looking = False
        if news:
            self._app.post_project_changed()
            self._app.toast(in_words(news, self._app.project.analyst.id))


def in_words(news: News, analyst: str) -> str:
    """Whose changes came in: "Ben: Tagged “…” with risk", "5 changes by Ben and you, elsewhere"."""
    names = ["you, in another window" if one.id == analyst else inert(one.name) for one in news.analysts]
    who = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or "somebody"
    if news.steps == 1:
        start = who.replace("you", "You", 1) if news.analysts[:1] and news.analysts[0].id == analyst else who
        return f"{start}: {inert(news.words)}"
    return f"{news.steps:,} changes came in, by {who}; the last: {inert(news.words)}"
