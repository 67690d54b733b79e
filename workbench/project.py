"""`Project`: the one door to a project file, for the terminal faces, scripts and notebooks alike.

A project belongs to one thread at a time. Every method that changes something is one transaction and
one undo step, and returns when it is safely on disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import config
from workbench.errors import InputError, WorkbenchError
from workbench.model import Analyst, HitKind
from workbench.sharing import ProjectSharing
from workbench.store import annotating, articles, drafts, notes, searches, tags
from workbench.store.drafts import DraftText
from workbench.store.ids import digest
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.importing import AnnotateResult, ImportResult
    from workbench.progress import Progress

OF_PASSAGE: tuple[HitKind, ...] = ("quote", "comment")
OF_ARTICLE: tuple[HitKind, ...] = ("title", "text", *OF_PASSAGE)
"""Kinds of hits that show something of a passage, or of an article."""


class Project(ProjectSharing):
    """An opened project.

    >>> from workbench import Project
    >>> with Project.open("study.db", create=True) as project:
    ...     project.import_paths(["articles/"])
    ...     hit = project.search("joint patrols").hits[0]
    ...     project.annotate_range(hit.article_id, hit.start, hit.end, tags=["sea"])
    """

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, analyst: Analyst | None = None) -> Project:
        """Opens a project file, or makes one where there is none and `create` is set.

        Drafts that an earlier session of this analyst left behind become changes.

        Args:
            analyst: who works here; by default the analyst in the user's configuration.

        Raises:
            ProjectFileError: it is missing, not a project, too new, damaged or cannot be made.
        """
        place = Path(os.path.expanduser(path))
        who = analyst or config.identity()
        if create and not os.path.exists(place):
            return cls(Store.create(place, who, place.stem))
        store = Store.open(place, who)
        try:
            if not store.read_only:
                for draft in drafts.waiting(store):
                    # What cannot be written now waits: for its article to come back, for space on the disk.
                    with suppress(WorkbenchError):
                        drafts.finish(store, draft)
        except BaseException:
            store.close()
            raise
        return cls(store)

    def close(self) -> None:
        """Closes the file."""
        if self._searcher is not None:
            self._searcher.close()
        self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # The project itself

    def set_title(self, title: str) -> None:
        """Titles the project.

        Raises:
            InputError: the title is empty.
        """
        if not title.strip():
            raise InputError("a project needs a title")
        with self._writing("title") as step:
            step.set("project", self._store.project_thing, title=" ".join(title.split()))

    def rename_analyst(self, name: str) -> None:
        """Says who works here: every change from now on carries that name; the id stays."""
        self._store.analyst = Analyst(self._store.analyst.id, name)

    # Articles

    def import_paths(self, paths: Iterable[str | Path], progress: Progress | None = None) -> ImportResult:
        """Reads files and folders in; what cannot be read is named, the rest goes in. See `importing`."""
        from workbench.importing import import_paths

        done = import_paths(self._store, [Path(os.path.expanduser(path)) for path in paths], progress)
        self._changed(*OF_ARTICLE)
        return done

    def edit_article(
        self, article: str, values: Mapping[str, str | None], *, seen: Sequence[str] = ()
    ) -> None:
        """Sets fields of `store.articles.EDITABLE`; what is set counts as confirmed.

        Args:
            seen: what `sight` gave when the values were asked for; what others set since stands beside them.

        Raises:
            InputError: an unknown field or a refused value.
        """
        articles.edit(self._store, article, values, seen)
        self._changed(*OF_ARTICLE)

    def delete_article(self, article: str) -> None:
        """Deletes an article; what hangs on it is hidden with it and comes back with it."""
        annotating.delete_things(self._store, "article", [article])
        self._changed(*OF_ARTICLE)

    # Passages, tags on them, comments

    def annotate_range(
        self, article: str, start: int, end: int, *, tags: Sequence[str] = (), comment: str | None = None
    ) -> str:
        """Puts tags (by name, made where missing) and a comment on a range of an article.

        Args:
            start, end: code points in the stored text, end exclusive, kept as given.

        Returns:
            The passage's id.

        Raises:
            NotFoundError: there is no such article.
            InputError: the range, a tag's name or the comment is refused.
        """
        with self._writing(*OF_PASSAGE) as step:
            return annotating.annotate(step, article, start, end, tags, comment)[0]

    def annotate_ranges(self, ranges: Iterable[tuple[str, int, int]], tags: Sequence[str]) -> list[str]:
        """Puts the same tags on several (article, start, end) in one step; returns the passages' ids."""
        with self._writing(*OF_PASSAGE) as step:
            return [annotating.annotate(step, *place, tags, None)[0] for place in ranges]

    def remove_tag(self, passage: str, tag: str) -> None:
        """Takes a tag (by id) off a passage, whoever put it there.

        Raises:
            NotFoundError: the passage does not carry it.
        """
        annotating.remove_tag(self._store, passage, tag)
        self._changed(*OF_PASSAGE)

    def edit_comment(self, comment: str, body: str) -> None:
        """Changes a comment's text; an emptied one is deleted."""
        with self._writing(*OF_PASSAGE) as step:
            annotating.set_comment(step, comment, body)

    def delete_comment(self, comment: str) -> None:
        """Deletes a comment."""
        annotating.delete_things(self._store, "comment", [comment])
        self._changed(*OF_PASSAGE)

    def move_passage(self, passage: str, start: int, end: int) -> None:
        """Gives a passage another range of its article.

        Raises:
            InputError: the range is empty or outside the text.
        """
        annotating.move(self._store, passage, start, end)
        self._changed(*OF_PASSAGE)

    def delete_passage(self, passage: str) -> None:
        """Deletes a passage with its tags and comments; notes that cite it keep its words."""
        annotating.delete_passage(self._store, passage)
        self._changed(*OF_PASSAGE)

    # Tags

    def create_tag(self, name: str) -> str:
        """Makes a tag with the levels above it; returns its id, or that of the tag there already.

        Raises:
            InputError: the name cannot be a tag's.
        """
        with self._writing() as step:
            return tags.ensure(step, name)

    def rename_tag(self, tag: str, name: str) -> None:
        """Renames a tag or moves it below another ("region/asean").

        Raises:
            InputError: the name is taken or cannot be a tag's.
        """
        tags.rename(self._store, tag, name)
        self._changed(*OF_PASSAGE)

    def merge_tags(self, source: str, target: str) -> None:
        """Makes one tag of two: `source` goes, `target` stays.

        Raises:
            InputError: they are one, or `target` stands below `source`.
        """
        tags.merge(self._store, source, target)
        self._changed(*OF_PASSAGE)

    def change_tag(self, tag: str, *, color: int | None = None, description: str | None = None) -> None:
        """Sets a tag's colour slot (0 to 13) or description."""
        tags.change(self._store, tag, color=color, description=description)

    def delete_tag(self, tag: str) -> None:
        """Deletes a tag; it and those below it vanish from their passages until undone."""
        annotating.delete_things(self._store, "tag", [tag])
        self._changed(*OF_PASSAGE)

    # Notes

    def create_note(self, title: str, body: str = "") -> str:
        """Makes a note and returns its id. ``{{Q…}}`` in the body stands for a passage.

        Raises:
            InputError: the title is empty.
        """
        with self._writing("note") as step:
            return notes.write(step, title, body)

    def edit_note(self, note: str, *, title: str, body: str) -> None:
        """Sets a note's title and body, which may name passages by handle or full id.

        A note deleted meanwhile comes back: what is written is not lost.

        Raises:
            NotFoundError: there never was such a note.
            InputError: the title is empty.
        """
        with self._writing("note", "quote") as step:
            step.require("note", note, alive=False)
            notes.write(step, title, body, note)
            drafts.drop(self._store, note)

    def rename_note(self, note: str, title: str) -> None:
        """Gives a note (by id) another title; its body stays as it is by then.

        Raises:
            NotFoundError: there is no such note.
            InputError: the title is empty.
        """
        self.edit_note(note, title=title, body=self.note(note).body)

    def cite(self, note: str | None, article: str, start: int, end: int, *, title: str = "") -> str:
        """Puts a range of an article at the end of a note; returns the note's id.

        Args:
            note: the note's id, or None for a new one called `title`.

        Raises:
            NotFoundError: there is no such note or article.
            InputError: the range is empty or outside the text.
        """
        return self.cite_ranges(note, [(article, start, end)], title=title)

    def cite_ranges(
        self, note: str | None, ranges: Iterable[tuple[str, int, int]], *, title: str = ""
    ) -> str:
        """As `cite`, several (article, start, end) in one step."""
        with self._writing("note", "quote") as step:
            if note is not None:
                step.require("note", note)
            passages = [annotating.ensure_passage(step, *place) for place in ranges]
            target = note or notes.write(step, title, "")
            step.flush()
            notes.cite(step, target, passages)
            return target

    def uncite(self, note: str, passage: str) -> None:
        """Takes a passage that the body no longer names off a note's list of quotations."""
        annotating.delete_things(self._store, "citation", [digest("citation", note, passage)])
        self._changed(*OF_PASSAGE)

    def delete_note(self, note: str) -> None:
        """Deletes a note."""
        annotating.delete_things(self._store, "note", [note])
        self._changed("note", "quote")

    # Saved searches

    def save_search(self, name: str, query: str) -> str:
        """Keeps a query under a name and returns its id; one of this analyst's of that name is replaced.

        Raises:
            InputError: the name or the query is empty, or the name holds control characters.
        """
        with self._writing() as step:
            return searches.save(step, name, query)

    def rename_search(self, search: str, name: str) -> None:
        """Gives a saved search (by id) another name.

        Raises:
            NotFoundError: there is no such saved search.
            InputError: the name is empty, holds control characters, or is another's of this analyst's.
        """
        with self._writing() as step:
            searches.rename(step, search, name)

    def change_search(self, search: str, query: str) -> None:
        """Gives a saved search (by id) another query.

        Raises:
            NotFoundError: there is no such saved search.
            InputError: the query is empty.
        """
        with self._writing() as step:
            searches.change(step, search, query)

    def delete_search(self, search: str) -> None:
        """Deletes a saved search (by id)."""
        annotating.delete_things(self._store, "search", [search])

    # Drafts

    def save_draft(self, draft: DraftText) -> None:
        """Keeps text that is being edited, so that a crash loses at most what was typed since."""
        drafts.save(self._store, draft)

    def finish_draft(self, draft: DraftText) -> tuple[str, ...]:
        """Writes text whose editor was left as one change, if it says anything new.

        Returns:
            The ids of the changes that were written, for `DraftText.seen` where the editor goes on.
        """
        written = drafts.finish(self._store, draft)
        self._changed("note", "comment", "quote")
        return written

    def drop_draft(self, thing: str, session: str = "") -> None:
        """Forgets a draft of this session, or of another (`DraftText.session`)."""
        drafts.drop(self._store, thing, session)

    def undecided_draft(self, thing: str) -> DraftText | None:
        """Text written between the versions of a thing in conflict: a draft of the session `UNDECIDED`."""
        return drafts.undecided(self._store, thing)

    def annotate_lines(self, lines: Iterable[str]) -> AnnotateResult:
        """Takes annotations in from JSON Lines, all of them or none. See `importing`.

        Raises:
            InputError: a line is refused; it is named.
        """
        from workbench.importing import annotate_lines

        done = annotate_lines(self._store, lines)
        self._changed(*OF_PASSAGE)
        return done
