"""Tags: making, renaming, nesting, merging, colouring, deleting, through Project."""

from __future__ import annotations

import pytest

from tests.unit.store.project_tools import names, on
from workbench import Project
from workbench.errors import InputError, NotFoundError


class TestTags:
    def test_a_tag_is_one_whatever_its_case_width_and_spaces(self, project: Project) -> None:
        first = project.create_tag("Night  Shift")
        assert project.create_tag("night shift") == first == project.create_tag("\uff2eIGHT SHIFT")
        assert names(project.tags()) == ["Night Shift"]

    def test_accents_tell_tags_apart(self, project: Project) -> None:
        assert len({project.create_tag(name) for name in ("má", "mà", "mả", "ma")}) == 4

    @pytest.mark.parametrize("name", ["", " ", "a,b", "a\nb", "a//b", "/a", "a/", "a\x07b", "a\ud800"])
    def test_names_that_cannot_be_a_tags_are_refused(self, project: Project, name: str) -> None:
        with pytest.raises(InputError):
            project.create_tag(name)
        assert project.tags() == []

    def test_a_path_makes_the_levels_above_it(self, project: Project) -> None:
        leaf = project.create_tag("region / Asia/Hanoi")
        assert names(project.tags()) == ["region", "region/Asia", "region/Asia/Hanoi"]
        assert project.tag("REGION/asia/hanoi").id == leaf

    def test_renaming_takes_what_is_below_along(self, project: Project) -> None:
        passage = on(project, "pumps", "region/asia")
        project.rename_tag(project.tag("region").id, "place")
        assert names(project.passage(passage)) == ["place/asia"]
        assert names(project.tags()) == ["place", "place/asia"]

    def test_renaming_to_a_path_nests_and_to_a_bare_name_takes_out(self, project: Project) -> None:
        tag = project.create_tag("asia")
        project.rename_tag(tag, "region/asia")
        assert names(project.tags()) == ["region", "region/asia"]
        project.rename_tag(tag, "Asia")
        assert names(project.tags()) == ["Asia", "region"]

    def test_a_taken_name_is_refused_but_another_case_of_its_own_is_not(self, project: Project) -> None:
        tag, _ = project.create_tag("risk"), project.create_tag("night")
        with pytest.raises(InputError, match="merge"):
            project.rename_tag(tag, "NIGHT")
        project.rename_tag(tag, "RISK")
        assert names(project.tags()) == ["night", "RISK"]

    def test_the_name_a_tag_gave_up_makes_another_tag(self, project: Project) -> None:
        old = project.create_tag("risk")
        project.rename_tag(old, "danger")
        new = project.create_tag("risk")
        assert new != old and names(project.tags()) == ["danger", "risk"]

    def test_a_tag_cannot_stand_below_itself(self, project: Project) -> None:
        project.create_tag("a/b/c")
        for name in ("a/x", "a/b/a", "A/b/c/d"):
            with pytest.raises(InputError, match="below itself"):
                project.rename_tag(project.tag("a").id, name)
        assert names(project.tags()) == ["a", "a/b", "a/b/c"]

    def test_merging_moves_passages_and_what_is_below(self, project: Project) -> None:
        one, both = on(project, "failed", "danger/fire"), on(project, "alarm", "danger", "risk")
        project.merge_tags(project.tag("danger").id, project.tag("risk").id)
        assert names(project.tags()) == ["risk", "risk/fire"]
        assert names(project.passage(one)) == ["risk/fire"] and names(project.passage(both)) == ["risk"]
        assert project.tag("risk").passages == 1
        assert project.undo() is not None
        assert names(project.tags()) == ["danger", "danger/fire", "risk"]

    def test_merging_a_tag_into_itself_or_what_is_below_it_is_refused(self, project: Project) -> None:
        project.create_tag("a/b")
        above, below = project.tag("a").id, project.tag("a/b").id
        with pytest.raises(InputError, match="itself"):
            project.merge_tags(above, above)
        with pytest.raises(InputError, match="below"):
            project.merge_tags(above, below)
        project.merge_tags(below, above)
        assert names(project.tags()) == ["a"]

    def test_colour_and_description(self, project: Project) -> None:
        tag = project.create_tag("risk")
        project.change_tag(tag, color=13, description=" what may go wrong ")
        assert (project.tag("risk").color, project.tag("risk").description) == (13, "what may go wrong")
        with pytest.raises(InputError, match="0 to 13"):
            project.change_tag(tag, color=14)
        project.change_tag(tag, description="")
        assert project.tag("risk").description == ""

    def test_the_first_tags_look_different(self, project: Project) -> None:
        for number in range(14):
            project.create_tag(f"tag {number}")
        assert sorted(tag.color for tag in project.tags()) == list(range(14))

    def test_a_deleted_tag_leaves_its_passages_and_comes_back(self, project: Project) -> None:
        passage = on(project, "alarm", "risk/fire", "night")
        project.delete_tag(project.tag("risk").id)
        assert names(project.tags()) == ["night"] and names(project.passage(passage)) == ["night"]
        assert project.undo() is not None
        assert sorted(names(project.passage(passage))) == ["night", "risk/fire"]

    def test_a_tag_is_taken_off_alone(self, project: Project) -> None:
        passage = on(project, "alarm", "a", "b")
        project.remove_tag(passage, project.tag("a").id)
        assert names(project.passage(passage)) == ["b"]
        with pytest.raises(NotFoundError, match="does not carry"):
            project.remove_tag(passage, project.tag("a").id)
