"""Turn what is like a passage or an article into records to show."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model import SimilarArticle, SimilarHit
from workbench.search.finder import Found
from workbench.search.hits import Excerpts, hit_of
from workbench.search.similar import RARER, Match
from workbench.search.similar_articles import Alike
from workbench.search.telling import Telling
from workbench.search.vocabulary import Lexicon

_MOST_SHARED = 6


def similar_hits(asked: Telling, matches: Sequence[Match], excerpts: Excerpts) -> list[SimilarHit]:
    """The hits to show for sentences like a passage."""
    heaviest = max((asked.weights[n] for match in matches for n in match.shared), default=0.0)
    rare = {n for n, weight in enumerate(asked.weights) if weight >= RARER * heaviest}
    return [_hit(match, asked, rare, excerpts) for match in matches]


def similar_article(alike: Alike, lexicon: Lexicon) -> SimilarArticle:
    """The record of an article like another."""
    document = alike.document
    return SimilarArticle(
        article_id=document.thing,
        article=document.article,
        file=document.file,
        score=round(alike.score, 4),
        label=alike.label,
        share=round(alike.share, 4),
        shared=tuple(lexicon.terms[number] for number in alike.shared),
    )


def _hit(match: Match, asked: Telling, rare: set[int], excerpts: Excerpts) -> SimilarHit:
    found = Found(match.block, match.row, match.score, match.weak, match.marks)
    text, spans = excerpts.of(found)
    written: dict[int, str] = {}
    for word, place in zip(match.words, match.marks, strict=True):
        if word in rare and place < len(spans):
            written.setdefault(word, text[slice(*spans[place])])
    ordered = sorted(written, key=lambda word: -float(asked.weights[word] * match.shared[word]))
    shared = tuple(dict.fromkeys(written[word] for word in ordered[:_MOST_SHARED]))
    return SimilarHit(hit_of(found, excerpts), shared)
