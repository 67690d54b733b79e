"""Finding things in an opened project: fuzzy search, more like this, and the searches saved in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.errors import AmbiguousError, InputError, NotFoundError
from workbench.model import Answer, HitKind, SavedSearch, SimilarAnswer, SimilarArticles
from workbench.queries import ProjectQueries
from workbench.store import searches
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.searching import Searcher


class ProjectFinding(ProjectQueries):
    """The part of a project that searches it; the search is made when it is first asked for."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._searcher: Searcher | None = None

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        scope: frozenset[HitKind] | None = None,
        article: str | None = None,
        cancelled: Callable[[], bool] | None = None,
        partial: bool = False,
    ) -> Answer:
        """Searches text, titles, quotes, notes and comments, forgiving typos; any string is a query.

        Args:
            limit: most hits to return.
            scope: kinds of hits wanted; None for all.
            article: id of the one article to search in.
            cancelled: asked now and then; a search told so ends early.
            partial: while a big index is being built, answer from what is there (see `Answer.to_index`)
                instead of waiting for the rest.
        """
        return self.searcher.search(
            query, limit=limit, scope=scope, article=article, cancelled=cancelled, partial=partial
        )

    def prepare_search(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Opens the search index, or builds it, and waits for it.

        Args:
            progress: told now and then how many texts, quotes, notes and the like are done, of how many.
        """
        self.searcher.ready(progress)

    def similar(
        self,
        article: str,
        start: int,
        end: int,
        *,
        limit: int = 20,
        cancelled: Callable[[], bool] | None = None,
        partial: bool = False,
    ) -> SimilarAnswer:
        """The sentences of other articles likest to a passage of an article, best first.

        Args:
            article: id of the article; start, end: the passage in its text, in code points.
            limit: most hits to return.
            cancelled: asked now and then; a search told so ends early, with no hits.
            partial: as for `search`.

        Raises:
            NotFoundError: there is no such article.
            InputError: the range is empty or outside the text, or there is no word in it.
        """
        from workbench.search.tokens import terms

        text = self.text(article)
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"the range {start}–{end} is empty, backwards or outside the text ({len(text)} characters)"
            )
        passage = text[start:end]
        if not terms(passage):
            raise InputError(f"there is no word in the range {start}–{end}")
        return self.searcher.similar(
            article, (start, end), passage, limit=limit, cancelled=cancelled, partial=partial
        )

    def similar_articles(
        self,
        article: str,
        *,
        limit: int = 20,
        cancelled: Callable[[], bool] | None = None,
        partial: bool = False,
    ) -> SimilarArticles:
        """The articles likest to the one of that id, best first; near-duplicates are called so.

        Args:
            limit: most articles to return.
            cancelled: asked now and then; a search told so ends early, with no articles.
            partial: as for `search`.

        Raises:
            NotFoundError: there is no such article.
        """
        self.text(article)
        return self.searcher.similar_articles(article, limit=limit, cancelled=cancelled, partial=partial)

    def saved_searches(self) -> list[SavedSearch]:
        """The saved searches of all analysts, by name."""
        with self._store.reading() as conn:
            return searches.all_searches(conn)

    def saved_search(self, name: str) -> SavedSearch:
        """The saved search of an id or name, case and width aside.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: several are called so.
        """
        key = searches.key(name)
        found = [one for one in self.saved_searches() if name == one.id or searches.key(one.name) == key]
        if not found:
            raise NotFoundError(f"there is no saved search “{name}”")
        if len(found) > 1:
            lines = [f"{one.id}  {one.analyst.name}: {one.query}" for one in found]
            raise AmbiguousError(f"several saved searches are called “{name}”; name one by its id", lines)
        return found[0]

    @property
    def searcher(self) -> Searcher:
        """The search over this project, kept up to date with its changes."""
        if self._searcher is None:
            from workbench.searching import Searcher

            self._searcher = Searcher(self._store)
        return self._searcher
