"""What can be asked of an opened project. `Project` adds what can be done to it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import AmbiguousError, InputError, NotFoundError
from workbench.matrix import TagMatrix
from workbench.model import Analyst, Article, Note, Passage, Tag
from workbench.store import backups, conflicts, matrix, notes, reading, tags
from workbench.store.backups import Backup
from workbench.store.changes import of_things
from workbench.store.conflicts import Conflict, Contested
from workbench.store.fold import fold
from workbench.store.rows import whole_text
from workbench.store.step import now
from workbench.store.store import Store

if TYPE_CHECKING:
    from sqlite_utils.db import Database

    from workbench.export.bundle import Bundle
    from workbench.progress import Progress
    from workbench.store.copying import CopyReport, Withheld


class ProjectQueries:
    """The reading half of a project: nothing here writes to the file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def id(self) -> str:
        """Names the project; copies keep it."""
        return self._store.project_id

    @property
    def analyst(self) -> Analyst:
        """Who works here."""
        return self._store.analyst

    @property
    def read_only(self) -> bool:
        """Whether the file may not be written here."""
        return self._store.read_only

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know of the file, in sentences: where it lies, why it is read-only."""
        return self._store.warnings

    @property
    def database(self) -> Database:
        """The file as sqlite-utils sees it, for queries of your own; do not write through it."""
        return self._store.database

    @property
    def title(self) -> str:
        """The project's title, or the file's name where it has none."""
        with self._store.reading() as conn:
            row = conn.execute("SELECT title FROM project WHERE id = ?", (self._store.project_thing,))
            found = row.fetchone()
        return (found and found[0]) or self.path.stem

    def analysts(self) -> list[Analyst]:
        """Everybody who wrote in the project, by name."""
        with self._store.reading() as conn:
            return sorted(reading.analysts(conn).values(), key=lambda one: (one.name.casefold(), one.id))

    def articles(self, only: Collection[str] | None = None) -> list[Article]:
        """The articles, by file name: all, or `only` those with certain ids."""
        with self._store.reading() as conn:
            return reading.articles(conn, only)

    def article(self, name: str) -> Article:
        """The article of an id, title or file name.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: several go by that title or file name.
        """
        return reading.ArticleNames(self.articles()).find(name)

    def text(self, article: str) -> str:
        """The stored text of an article, by id.

        Raises:
            NotFoundError: there is no such article.
            ProjectFileError: the text is damaged.
        """
        with self._store.reading() as conn:
            row = conn.execute(
                "SELECT text_hash, chars FROM article WHERE id = ? AND deleted = 0", (article,)
            ).fetchone()
            if row is None:
                raise NotFoundError("that article is not in the project")
            return whole_text(conn, *row)

    def publishers(self) -> dict[str, int]:
        """How many articles each publisher has, those with most first."""
        with self._store.reading() as conn:
            rows = conn.execute(
                "SELECT publisher, count(*) AS articles FROM article WHERE deleted = 0 AND publisher <> ''"
                " GROUP BY publisher ORDER BY articles DESC, publisher"
            )
            return dict(rows.fetchall())

    def passages_in(self, articles: Collection[str], known: Iterable[Tag] | None = None) -> list[Passage]:
        """Annotated passages of some articles (by id). What `tags` gave spares counting them anew."""
        with self._store.reading() as conn:
            return reading.passages(conn, articles=articles, known_tags=known)

    def passages(self, *, article: str | None = None, tag: str | None = None) -> list[Passage]:
        """Annotated passages by article and place: all, an article's, or a tag's with what is below it."""
        with self._store.reading() as conn:
            found = reading.passages(conn, articles=None if article is None else [article])
            if tag is None:
                return found
            known = reading.tags(conn)
        top = next((f"{one.name}/" for one in known if one.id == tag), None)
        wanted = {one.id for one in known if top and f"{one.name}/".startswith(top)}
        return [passage for passage in found if any(one.id in wanted for one in passage.tags)]

    def passage(self, name: str) -> Passage:
        """The passage of an id or handle.

        Raises:
            NotFoundError: there is none.
        """
        bare = name.strip().upper()
        with self._store.reading() as conn:
            for prefix in dict.fromkeys((bare, bare[1:] if bare.startswith("Q") else bare)):
                rows = conn.execute(
                    "SELECT coalesce(same_as, id), article FROM passage WHERE id >= ? AND id < ? LIMIT 2",
                    (prefix, prefix + "~"),
                ).fetchall()
                if prefix and len(rows) == 1:
                    found = reading.passages(conn, articles=[rows[0][1]], only={rows[0][0]})
                    if found:
                        return found[0]
        raise NotFoundError(f"there is no passage {name}")

    def tags(self) -> list[Tag]:
        """The tags, by name."""
        with self._store.reading() as conn:
            return reading.tags(conn)

    def tags_by_article(self) -> dict[str, dict[str, int]]:
        """How many passages of each article carry each tag: article id -> tag id -> passages."""
        with self._store.reading() as conn:
            return reading.tags_by_article(conn)

    def tag_matrix(self) -> TagMatrix:
        """How many passages of each article carry each tag or one below it; all articles, all tags."""
        with self._store.reading() as conn:
            return matrix.tag_matrix(conn)

    def tag(self, name: str) -> Tag:
        """The tag of an id or name, case and width aside.

        Raises:
            NotFoundError: there is none.
        """
        with self._store.reading() as conn:
            found = reading.tags(conn)
            try:
                identifier = tags.find(conn, name)
            except InputError:
                identifier = None
        for one in found:
            if one.id in (name, identifier):
                return one
        raise NotFoundError(f"there is no tag “{name}”")

    def notes(self) -> list[Note]:
        """The notes, last changed first."""
        with self._store.reading() as conn:
            return notes.all_notes(conn)

    def note(self, name: str) -> Note:
        """The note of an id, handle or exact title.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: several have that title.
        """
        found = [one for one in self.notes() if name in (one.id, one.title) or name.upper() == one.handle]
        if not found:
            raise NotFoundError(f"there is no note “{name}”")
        if len(found) > 1:
            raise AmbiguousError(
                f"several notes are titled “{name}”", [f"{one.handle}  {one.title}" for one in found]
            )
        return found[0]

    def sight(self, thing: str) -> tuple[str, ...]:
        """The changes that a note, comment or article (by id) rests on as it is shown: what an editor saw."""
        with self._store.reading() as conn:
            found = [
                one
                for kind in ("note", "comment", "article")
                for one in of_things(conn, [(kind, thing)]).values()
            ]
        states = [fold(history) for history in found if history]
        heads = [head for state in states for field in state.heads for head in state.in_sight(field)]
        return tuple(dict.fromkeys(head.id for head in heads))

    def editable_body(self, note: Note) -> str:
        """A note's body as people edit it, with short handles for passages."""
        with self._store.reading() as conn:
            return notes.with_handles(note.body, reading.passage_handles(conn))

    def conflicts(self) -> list[Conflict]:
        """Fields whose versions did not see each other, for somebody to settle with `resolve`."""
        with self._store.reading() as conn:
            return conflicts.conflicts(conn)

    def contested(self) -> list[Contested]:
        """Deletions that did not see somebody's work, for somebody to settle with `decide`."""
        with self._store.reading() as conn:
            return conflicts.contested(conn)

    def disputed(self) -> frozenset[str]:
        """Ids of the articles, passages, notes, tags and other things that have something to be settled."""
        with self._store.reading() as conn:
            return conflicts.disputed(conn)

    def export_markdown(
        self,
        *,
        note: str | None = None,
        article: str | None = None,
        tag: str | None = None,
        progress: Progress | None = None,
    ) -> str:
        """The project, or one note, article or tag of it (by id), as Markdown.

        Args:
            progress: told how many articles are written down.

        Raises:
            NotFoundError: there is nothing of that id.
        """
        from workbench.export.bundle import narrow
        from workbench.export.markdown import to_markdown

        return to_markdown(narrow(self._bundle(), note=note, article=article, tag=tag), progress)

    def send_copy(
        self,
        dest: str | Path,
        *,
        withhold: Collection[Withheld] = (),
        force: bool = False,
        progress: Progress | None = None,
    ) -> CopyReport:
        """Writes a copy to send to others, checked, drafts left out. See `store.copying`.

        Args:
            withhold: what else to leave out; a later merge with the whole project fills it in.
            force: replace a file that is there; never the project itself.
            progress: told how many changes are verified.

        Raises:
            InputError: the place is taken, a folder or the project itself.
            ProjectFileError: the project is damaged, or the place cannot be written.
        """
        from workbench.store import copying

        place = Path(os.path.expanduser(dest))
        return copying.send(self._store, place, withhold=frozenset(withhold), force=force, progress=progress)

    def preview_copy(self, withhold: Collection[Withheld] = ()) -> CopyReport:
        """What `send_copy` would write, without writing it: size and hash are empty."""
        from workbench.store import copying

        return copying.preview(self._store, withhold=frozenset(withhold))

    def backups(self) -> list[Backup]:
        """The backups of this project in the user's data folder, the newest first."""
        return backups.listed(self.id)

    def _bundle(self) -> Bundle:
        from workbench.export.bundle import Bundle

        known = self.articles()
        return Bundle(
            title=self.title,
            project_id=self.id,
            exported=now(),
            analyst=self.analyst.name,
            database_sha256=hashlib.sha256(self.path.read_bytes()).hexdigest(),
            articles=known,
            texts={article.id: self.text(article.id) for article in known},
            passages=self.passages(),
            tags=self.tags(),
            notes=self.notes(),
            analysts=self.analysts(),
        )
