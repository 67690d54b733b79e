"""The matrix of articles and tags: what it counts, in a project, and how it is sorted."""

from __future__ import annotations

from tests.unit.store.project_tools import on, place
from workbench import Project
from workbench.matrix import with_those_above
from workbench.model import Tag


def counted(project: Project) -> dict[str, dict[str, int]]:
    """Counts by file and tag name."""
    matrix = project.tag_matrix()
    return {
        article.file: {tag.name: matrix.count(article.id, tag.id) for tag in matrix.tags}
        for article in matrix.articles
    }


class TestWhatIsCounted:
    def test_a_tag_counts_what_is_below_it_and_every_passage_once(self, project: Project) -> None:
        on(project, "pumps failed", "risk", "risk/power", "risk/power/grid")
        on(project, "Nobody heard", "risk/power")
        on(project, "The pumps had been", "risk", comment="Really?")
        on(project, "Crews came", comment="no tag")
        assert counted(project) == {
            "one.txt": {"risk": 2, "risk/power": 2, "risk/power/grid": 1},
            "two.txt": {"risk": 1, "risk/power": 0, "risk/power/grid": 0},
        }
        matrix = project.tag_matrix()
        assert matrix.passages == 3
        assert matrix.of_article == {place(project, "one.txt"): 2, place(project, "two.txt"): 1}
        assert {tag.name: matrix.of_tags()[tag.id] for tag in matrix.tags} == {
            "risk": 3,
            "risk/power": 2,
            "risk/power/grid": 1,
        }

    def test_it_agrees_with_the_passages_of_each_tag(self, project: Project) -> None:
        on(project, "pumps failed", "a/b", "riskier")
        on(project, "Nobody heard", "a", "risk")
        on(project, "An alarm was heard", "a/b/c")
        on(project, "An alarm", "A/b ")
        project.merge_tags(project.tag("riskier").id, project.tag("risk").id)
        project.delete_passage(on(project, "says the operator", "a"))
        matrix = project.tag_matrix()
        for tag in matrix.tags:
            listed = project.passages(tag=tag.id)
            for article in matrix.articles:
                here = [one for one in listed if one.article == article.id]
                assert matrix.count(article.id, tag.id) == len(here), (tag.name, article.file)

    def test_a_name_that_begins_alike_is_no_tag_above(self, project: Project) -> None:
        on(project, "pumps failed", "risk2", "risk_x/a", "risk")
        assert counted(project)["one.txt"] == {"risk": 1, "risk2": 1, "risk_x": 1, "risk_x/a": 1}

    def test_a_deleted_article_counts_not_at_all_until_it_is_back(self, project: Project) -> None:
        on(project, "pumps failed", "risk")
        on(project, "The pumps had been", "risk")
        project.delete_article(place(project, "two.txt"))
        assert counted(project) == {"one.txt": {"risk": 1}}
        assert project.tag_matrix().passages == 1
        project.undo()
        assert project.tag_matrix().passages == 2

    def test_nothing_tagged_is_a_matrix_of_nothing(self, project: Project) -> None:
        assert len(project.tag_matrix().articles) == 2
        unused = project.create_tag("later")
        matrix = project.tag_matrix()
        assert matrix.of_tags() == {unused: 0}
        assert (matrix.in_use().articles, matrix.in_use().tags, matrix.passages) == ((), (), 0)


class TestOrder:
    def test_articles_by_date_name_source_and_count(self, project: Project) -> None:
        one, two = place(project, "one.txt"), place(project, "two.txt")
        on(project, "pumps failed", "risk")
        on(project, "Nobody heard", "risk")
        on(project, "The pumps had been", "risk", "late")
        project.edit_article(one, {"title": "Zinc", "publisher": "Abend", "published": "2023-09"})
        project.edit_article(two, {"title": "an alarm", "publisher": "zeit", "published": "2024"})
        matrix = project.tag_matrix()
        assert [article.id for article in matrix.articles_by("date").articles] == [two, one]
        assert [article.id for article in matrix.articles_by("name").articles] == [two, one]
        assert [article.id for article in matrix.articles_by("source").articles] == [one, two]
        assert [article.id for article in matrix.articles_by("count").articles] == [one, two]
        late = project.tag("late").id
        assert [article.id for article in matrix.articles_by("count", late).articles] == [two, one]

    def test_what_has_no_date_title_or_source_comes_last(self, project: Project) -> None:
        one, two = place(project, "one.txt"), place(project, "two.txt")
        blank = {"title": None, "publisher": None, "published": None}
        project.edit_article(one, blank)
        project.edit_article(two, {"title": "Z", "publisher": "Z", "published": "1999"})
        matrix = project.tag_matrix()
        for order in ("date", "name", "source"):
            assert [article.id for article in matrix.articles_by(order).articles] == [two, one]

    def test_tags_by_name_in_levels_and_by_count(self, project: Project) -> None:
        on(project, "pumps failed", "sea", "sea/patrol", "sea-food")
        on(project, "Nobody heard", "sea-food")
        matrix = project.tag_matrix()
        assert [tag.name for tag in matrix.tags_by("name").tags] == ["sea", "sea/patrol", "sea-food"]
        assert matrix.tags_by("count").tags[0].name == "sea-food"
        one = place(project, "one.txt")
        assert matrix.tags_by("count", one).tags[0].name == "sea-food"


def test_tags_of_one_name_count_for_each_other() -> None:
    def tag(name: str, number: int) -> Tag:
        return Tag(str(number), name, 0, "", None, "xx", 0)

    above = with_those_above([tag("a", 1), tag("a", 2), tag("a/b", 3)])
    assert above == {"1": ("1", "2"), "2": ("1", "2"), "3": ("3", "1", "2")}
