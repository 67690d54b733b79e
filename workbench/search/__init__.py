"""Fuzzy search over everything in a project; the door is `workbench.search.index`.

From the outside in: `index` (snapshots, changes), `query` (operators), `filters` (what they let through),
`expansion` (what a word may have meant), `finder` (candidates), `ranking` (the formula), `hits` (what is
shown); below them `block` (rows and postings), `building` (cutting and joining), `storage` (a block on
disk), `vocabulary` (all words), `tokens` (what a word is), `spellings` and `document`.

More like this: `telling` (what a passage is about), `similar` (the formula), `similar_articles` (the same for
whole articles, and near-duplicates), `similar_hits` (what is shown), `function_words`.
"""
