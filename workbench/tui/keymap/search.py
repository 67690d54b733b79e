"""The part of the table of commands that is about searching. Data only; see `workbench.tui.keymap`.

While the query is typed only chords are keys. Line editing keeps its own: ctrl+a, d, e, f, k, u, w, x.
"""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import PASSAGES
from workbench.tui.contexts import within as _in

_QUERY = _in("search", "hits")

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
SEARCH = (
    Command("search.open", ("enter",), "open", "open at the passage", "Search", _in("search"), "open", 1),
    Command("search.hits", ("tab",), "hits", "go to the hits", "Search", _in("search"), "hits", 2),
    Command("search.exact", ("ctrl+t",), "exact", "take words as read", "Search", _QUERY, "exact", 2),
    Command("search.drop_filter", ("ctrl+g",), "drop filter", "drop the filter that leaves nothing", "Search",
            _QUERY, "drop_filter", 2),
    Command("search.scope", ("shift+tab",), "scope", "next scope", "Search", _QUERY, "scope", 3),
    Command("search.operators", ("ctrl+o",), "operators", "operators…", "Search", _QUERY, "operators", 9),
    Command("search.save", ("ctrl+s",), "save", "save the search", "Search", _QUERY, "save", 10),
    Command("search.saved", ("ctrl+r",), "saved", "saved searches", "Search", _QUERY, "goto('saved')", 11),
    Command("hits.open", ("enter",), "open", "open at the passage", "Search", _in("hits", "passages"),
            "open", 1),
    Command("hits.beside", ("o",), "beside", "open beside", "Search", _in("hits", "passages"),
            "open_beside", 1),
    Command("hits.mark", ("space",), "mark", "mark several", "Search", _in("hits", "similar"), "mark", 2),
    Command("hits.mark_all", ("*",), "mark all", "mark all but weaker", "Search", _in("hits", "similar"),
            "mark_all", 7),
    Command("search.leave", ("escape",), "back", "back to where you were", "Search", _QUERY, "back", 14),
    Command("hits.query", ("tab", "/"), "query", "back to the query", "Search", _in("hits"), "query", 12),
    Command("passage.similar", ("m",), "more like this", "more like this", "Search", PASSAGES, "similar", 8),
    Command("similar.open", ("enter", "o"), "beside", "open beside", "Search", _in("similar"), "open", 1),
    Command("similar.articles", (), "similar articles", "similar articles, near-duplicates", "Search",
            _in("library", "reading", "alike"), "similar_articles"),
    Command("alike.open", ("enter", "o"), "beside", "open beside", "Search", _in("alike"), "open_beside", 1),
    Command("saved.open", ("enter",), "search", "run this search", "Searches", _in("saved"), "open", 1),
    Command("saved.rename", ("r",), "rename", "change the name", "Searches", _in("saved"), "rename", 2),
    Command("saved.edit", ("e",), "edit", "change the query", "Searches", _in("saved"), "edit", 3),
    Command("saved.delete", ("D",), "delete", "delete the search", "Searches", _in("saved"), "delete", 4),
)
"""The commands of the search, its hits and the saved searches."""
