"""What the program finds in an article about the article, on the samples and on many kinds of beginning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.sources.dates import parse_date
from workbench.sources.propose import Proposal, propose

SEEDS = Path(__file__).parents[3] / "seeds"
PROSE = "The ministry said on Tuesday that exports had grown for a third month. " * 4


def of(text: str, file: str = "a.txt") -> Proposal:
    return propose(text, file)


SAMPLES = {
    "000": Proposal(),
    "001": Proposal(
        title="China and Vietnam strengthen diplomatic ties in response to elevated US-Vietnam relations",
    ),
    "002": Proposal(
        "U.S., Vietnam have work to do to build out new partnership",
        publisher="Nikkei Asia",
        author="Jonathan Stromseth",
        published="2023-09-18",
        basis="stated",
    ),
    "003": Proposal(published="2023-11-21", basis="stated"),
    "004": Proposal("Xi Jinping strengthens China-Vietnam relations following US push."),
}


@pytest.mark.parametrize("number", SAMPLES)
def test_the_samples(number: str) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    assert of(path.read_bytes().decode(), path.name) == SAMPLES[number]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Exports grow again\n", "Exports grow again"),
        ("\n\n  Exports  grow\u00a0again \r\n\r\n", "Exports grow again"),
        ("XI VISITS HANOI AMID TENSIONS\n\n", "XI VISITS HANOI AMID TENSIONS"),
        ("What does China want?\nA standfirst about it.\n", "What does China want?"),
        ("Why now?\n\n", "Why now?"),
        ("Asia | Reuters\nExports grow again\n", "Exports grow again"),
        ("SOUTH CHINA SEA\nExports grow again\n", "Exports grow again"),
        ("XI VISITS HANOI\n\n", "XI VISITS HANOI"),
        ("Subject: Exports grow again\nFrom: desk@example.org\n\n", "Exports grow again"),
        ("Vietnam Hit by Typhoon Yagi\n", "Vietnam Hit by Typhoon Yagi"),
        ("Hanoi signs a pact with the U.S.\n", "Hanoi signs a pact with the U.S."),
        ("“We will not yield”: Hanoi’s answer\n", "“We will not yield”: Hanoi’s answer"),
        ("Credit crunch hits Hanoi’s banks\n", "Credit crunch hits Hanoi’s banks"),
        ("10 things to know about the visit\n", "10 things to know about the visit"),
        ("-\nBlog\n5 min read\nExports grow again\n", "Exports grow again"),
        ("Home > World > Asia\nASIA PACIFIC\nExports grow again\n", "Exports grow again"),
        ("The Straits Times\nSkip to content\nExports grow again\n", "Exports grow again"),
        ("Print Friendly, PDF & Email\nShare this article\nExports grow again\n", "Exports grow again"),
        ("Photo: A container port\nhttps://example.org/a\nExports grow again\n", "Exports grow again"),
        ("By Jane Doe\nSeptember 18, 2023\nExports grow again\n", "Exports grow again"),
        ("Hanoi, 21 November 2023\n\nExports grow again\n\n", "Exports grow again"),
        ("Title: Exports grow\nSource: Nikkei Asia\n\n", "Exports grow"),
        ("China and Vietnam strengthen ties in response\nto elevated US relations\n\n",
         "China and Vietnam strengthen ties in response to elevated US relations"),
        ("习近平访问河内并会见越南领导人\n\n", "习近平访问河内并会见越南领导人"),
        ("Xuất khẩu tăng tháng thứ ba\n\n", "Xuất khẩu tăng tháng thứ ba"),
        # Prose, which is no title however short it is.
        ("", None),
        ("It was raining in Hanoi.\nBut the crowds came.\n", None),
        ("“We will not yield,” he said.\n\n", None),
        ("By Monday the talks had collapsed, and nobody knew.\n", None),
        ("HANOI, Nov 21 (Reuters) - Exports grew again.\n\n", None),
        ("The ministry said on Tuesday that exports had grown for a third\nmonth running, and that the "
         "Government of the day would act on\nThursday to help the makers of parts for the telephones of\n"
         "Samsung and others.\n\n", None),
        ("Blog\nVietnam News\n", None),
    ],
)  # fmt: skip
def test_titles(head: str, title: str | None) -> None:
    assert of(head + PROSE).title == title


@pytest.mark.parametrize(
    ("head", "published", "basis"),
    [
        ("Exports grow again\nPublished: 2023-09-18\n", "2023-09-18", "stated"),
        ("Exports grow again\nPosted on 18 September 2023\n", "2023-09-18", "stated"),
        ("Exports grow again\nSept. 18, 2023\n", "2023-09-18", "stated"),
        ("Exports grow again\nMonday, 18 September 2023 10:05 GMT\n", "2023-09-18", "stated"),
        ("Exports grow again\n18/09/2023\n", "2023-09-18", "stated"),
        ("Exports grow again\n03/04/2023\n", None, "unknown"),
        ("Exports grow again\nSeptember 2023\n", "2023-09", "stated"),
        ("Exports grow again\nNovember 21, 2023 · 5 min read\n", "2023-11-21", "stated"),
        ("Exports grow again\nPublished: 18 Sep 2023 Updated: 20 Sep 2023\n", "2023-09-18", "stated"),
        ("Exports grow again\nUpdated 20 Sep 2023\nPublished 18 Sep 2023\n", "2023-09-18", "stated"),
        ("Exports grow again\nJanuary 6, 2024 3:15 AM GMT+7 Updated a month ago\n", "2024-01-06", "stated"),
        ("Exports grow again\nPublished 5:00 AM EST, Tue December 12, 2023\n", "2023-12-12", "stated"),
        ("Exports grow again\nLast updated: 20 Sep 2023\n", "2023-09-20", "inferred"),
        (" date 2023-11-21 At a time of change, ", "2023-11-21", "stated"),
        ("BEIJING, Dec. 12, 2023 (Xinhua) -- ", "2023-12-12", "stated"),
        # Dates that the article is about.
        ("Exports grew until 18 September 2023\n", None, "unknown"),
        ("On September 18, 2023 Hanoi signed. ", None, "unknown"),
        ("December 12, 2023 was the day. ", None, "unknown"),
        ("Exports grow again\nXi came to Hanoi on 12 December 2023.\n", None, "unknown"),
        ("Exports grow again\nPublished: 2023-02-30\n", None, "unknown"),
    ],
)
def test_dates(head: str, published: str | None, basis: str) -> None:
    found = of(head + PROSE)
    assert (found.published, found.basis) == (published, basis)


@pytest.mark.parametrize(
    ("line", "author", "publisher"),
    [
        ("By Jane Doe", "Jane Doe", None),
        ("by Jane Doe", "Jane Doe", None),
        ("By Jane Doe and John Roe", "Jane Doe and John Roe", None),
        ("By Jane Doe, John Roe and Mary Major", "Jane Doe, John Roe and Mary Major", None),
        ("By Jean-Luc O’Neill de la Cruz", "Jean-Luc O’Neill de la Cruz", None),
        ("By Lê Hồng Hiệp", "Lê Hồng Hiệp", None),
        ("By J. K. Doe in Hanoi", "J. K. Doe", None),
        ("By Jane Doe, Reuters", "Jane Doe", "Reuters"),
        ("By Jane Doe | Nikkei Asia | 18 Sep 2023", "Jane Doe", "Nikkei Asia"),
        ("Written by Jane Doe on September 18, 2023", "Jane Doe", None),
        ("Posted on 18 September 2023 by Jane Doe", "Jane Doe", None),
        ("Mon, Sep 18, 2023 | By Jane Doe", "Jane Doe", None),
        ("By Reuters Staff", None, "Reuters"),
        ("By AFP", None, "AFP"),
        ("Author: Jane Doe", "Jane Doe", None),
        ("Source: South China Morning Post", None, "South China Morning Post"),
        ("By the Editorial Board", None, None),
        ("By Monday", None, None),
        ("By air, land and sea", None, None),
    ],
)
def test_bylines_at_the_top_and_at_the_end(line: str, author: str | None, publisher: str | None) -> None:
    for body in (f"{line}\n\n{PROSE}", f"\n{PROSE}\n\n{line}\n\nClose\n"):
        found = of(f"Exports grow again\n{body}")
        assert (found.title, found.author, found.publisher) == ("Exports grow again", author, publisher)


@pytest.mark.parametrize(
    ("opening", "publisher"),
    [
        ("HANOI, Nov 21 (Reuters) - ", "Reuters"),
        ("Hanoi (VNA) – ", "VNA"),
        ("(AFP) — ", "AFP"),
        ("BEIJING, Dec. 12 (Xinhua) -- ", "Xinhua"),
        ("JAKARTA (The Jakarta Post) - ", "The Jakarta Post"),
        ("Vietnam National University (VNU) - ", None),
        ("The treaty (1991) - ", None),
    ],
)
def test_agency_datelines(opening: str, publisher: str | None) -> None:
    assert of(opening + PROSE).publisher == publisher


def test_a_lone_date_near_the_end_counts_only_as_the_last_line() -> None:
    text = f"Exports grow again\n\n{PROSE * 30}\n\n18 September 2023\n"
    assert of(text).published == "2023-09-18"
    assert of(text + "\nRelated story about trade\n").published is None


def test_markdown_front_matter_and_heading() -> None:
    text = (
        '---\ntitle: "Exports: up again"\nauthor: Jane Doe\ndate: 2023-09-18\ntags: [a, b]\nlang: en\n---\n\n'
        f"# Another heading\n\n{PROSE}"
    )
    assert of(text, "a.md") == Proposal(
        title="Exports: up again", author="Jane Doe", published="2023-09-18", basis="stated", language="en"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Exports grow again #\n\n{PROSE}", "Exports grow again"),
        (f"Blog\n\n{PROSE}\n\n# Exports grow\n", "Exports grow"),
        (f"Exports grow again\n=====\n\n{PROSE}", "Exports grow again"),
        (f"```\n# comment\n```\n\n# Exports grow\n\n{PROSE}", "Exports grow"),
        (f"**Exports grow again**\n\n*By Jane Doe*\n\n{PROSE}", "Exports grow again"),
        (f"* a list item first\n\n{PROSE}", None),
        (f"---\ndate: soon\n---\n{PROSE}", None),
        (f"---\n{PROSE}", None),
    ],
)
def test_markdown_titles(text: str, title: str | None) -> None:
    assert of(text, "a.MD").title == title


def test_a_long_line_costs_no_more_than_a_short_one_and_is_no_title() -> None:
    assert of("word " * 400_000) == Proposal()
    assert of("#" + " " * 400_000 + "x", "a.md").author is None


LINES = st.sampled_from(
    ["", "Blog", "Exports grow again", "By Jane Doe", "18 Sep 2023", "Updated: 2023-09", "# A", "---", PROSE]
)


@given(st.lists(LINES | st.text(max_size=60), max_size=12), st.sampled_from(["a.txt", "a.md"]))
def test_anything_gives_one_line_fields_that_a_project_takes(lines: list[str], file: str) -> None:
    found = of("\n".join(lines), file)
    for value in (found.title, found.publisher, found.author):
        assert value is None or (value and value == " ".join(value.split()))
    assert found.published is None or parse_date(found.published) == (found.published, "")
    assert (found.published is None) == (found.basis == "unknown")
