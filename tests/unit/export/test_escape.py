"""Quoted words come back letter for letter from every reader that an export is made for."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence

import pypandoc
import pytest
from export_records import a_bundle, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roundtrip import READERS, kept, quotations

from workbench.export.escape import code, escape, escape_cell, lines_of, quotation
from workbench.export.markdown import to_markdown
from workbench.text.sentences import paragraphs, sentences

_TRAPS = """\
** a ** b **
*a* _b_ __c__ snake_case_word ***
- one¶-¶--¶- two¶+ three¶+¶* four¶-\tfive
under¶---¶under¶===¶under¶-
1. one¶2) two¶(3) three¶(a) four¶b. five¶iv) six¶#. seven¶(@) eight¶(@x) nine¶é) ten¶XIV. eleven
# heading¶#tag¶##
> quoted¶>quoted
$a$ costs $5 to $6 and $$b$$
[x][y] [x](y) ![i](j) [^1] [[wiki]] [ ] [sic]¶[ ] task¶[x] task¶[a]: b¶[^a]: b¶*[HTML]: x
{.class} {#id} [a]{.b} `a`{=html} {{Q7KX2M}}
::: warning¶text¶:::
term¶: definition¶~ definition¶term¶:   definition
Gen. Secretary Trong met Mr. Xi, e.g. on p. 5 (Dr. No), pp. 6 f. of Ph.D. work, No. 2
a -- b --- c ... d .... e . . . f
~~out~~ H~2~O x^2^ a^[note] ==marked== ++in++ ||spoiler||
:smile: a:b:c :+1: 10:30:45 ::
%% hidden %% 100%% 50%ab 7% of
<b>x</b> <!-- c --> <br/> &amp; &copy; &#65; &#x41; &nbsp AT&T R&D a & b
https://Example.COM/a_b*c%41?x=1&y=2 www.Foo.com/%41 foo.com/%7e HTTP://A.B ftp://x.y/%20 xn--fsq.com
user@example.com mailto:a@b.c @smith says @{x} <https://x.y> <a@b.c>
| a | b |¶|---|---|¶| 1 | 2 |
a | b¶--|--¶1 | 2
+---+¶| a |¶+---+
a   b¶--- ---¶1   2
Table: caption¶¶: caption
\\begin{x} \\alpha \\(x\\) \\[x\\] \\\\ \\newcommand{\\x}{y} a\\¶b\\
'a' "b" don't 'tis ""x"" “a” ‘b’ ”c“ “d "e” ’90s ‘q “’
`code` ``x`` ```¶```¶x¶```¶~~~
> [!NOTE]¶[!NOTE]
   lead¶\tlead¶      code¶ \t x
two  three   tabs\t\tend
\u00a0no-break\u00a0 space \u3000wide\u3000 \u2000quad\u2001 \u200bzero\u200b \ufeffmark\ufeff
e\u0301 \u212b a\u0323\u0301 \u1100\u1161\u11a8 =\u0338 <\u0338 \u0301 🙂 👩\u200d👩\u200d👧
\x93a\x94 \x91b\x92 \x92
a\x0bb¶\x0b\x0bx\x0b¶\x0cx\x0c¶\x1cx\x1d¶a\x85b¶\x85x\x85
a\rb\r\nc\u2028d\u2029e
---¶title: x¶---
<div>¶</div>¶<p
!"""
TRAPS = [trap.replace("¶", "\n") for trap in _TRAPS.split("\n")]
PIECES = [
    *"\\`*_{}[]<>#$~^|@=\"'&%:-.+!()?;,/ab1 iX\n\t \u00a0\u3000\u200b\u0301\u0338é“”‘’…–🙂",
    *"\x0b\x0c\x85\x93\x94\x92\x01\r\u2028",
    *(
        "Mr.",
        "www.",
        "http://",
        "a.b",
        "xn--",
        "%41",
        "e.g. ",
        "1. ",
        "a) ",
        "- ",
        "  ",
        "\n\n",
        "&amp;",
        "&#",
    ),
    *(
        "[^",
        "](",
        ":x:",
        "...",
        "--",
        "$$",
        "\\(",
        "<b>",
        "<!--",
        "-->",
        "::: ",
        "```",
        "Gen. ",
        "ﬁ",
        "ạ",
        "ạ",
    ),
]
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def check(texts: Sequence[str], ranges: Sequence[tuple[int, int, int]], reader: str) -> None:
    """Exports the ranges as passages, reads the document back, and compares."""
    bundle = a_bundle(texts, ranges)
    found = quotations(to_markdown(bundle), reader)
    for passage in bundle.passages:
        assert kept(found.get(passage.handle, "")) == kept(passage.quote)


def whole(texts: Sequence[str]) -> list[tuple[int, int, int]]:
    return [(number, 0, len(text)) for number, text in enumerate(texts)]


@pytest.mark.parametrize("reader", READERS)
def test_sample_articles_come_back(reader: str) -> None:
    texts = list(seeds().values())
    chance = random.Random(5)
    ranges = []
    for number, text in enumerate(texts):
        blocks = paragraphs(text)
        ranges += [(number, *span) for span in [*sentences(text), *blocks]]
        ranges += [(number, blocks[n][0], blocks[min(n + 2, len(blocks) - 1)][1]) for n in range(len(blocks))]
        edges = [sorted(chance.sample(range(len(text) + 1), 2)) for _ in range(40)]
        ranges += [(number, start, min(end, start + 700)) for start, end in edges]
    assert len(ranges) > 500
    check(texts, ranges, reader)


@pytest.mark.parametrize("reader", READERS)
def test_known_traps_come_back(reader: str) -> None:
    texts = [*TRAPS, "\n".join(TRAPS), "\n\n".join(TRAPS)]
    check(texts, whole(texts), reader)


@pytest.mark.parametrize("reader", READERS)
def test_markup_characters_in_any_order_come_back(reader: str) -> None:
    chance = random.Random(8)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(700)]
    check(texts, whole(texts), reader)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.lists(
            st.sampled_from(PIECES)
            | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            min_size=1,
            max_size=12,
        ).map("".join),
        min_size=10,
        max_size=30,
    )
)
def test_any_words_come_back(texts: list[str]) -> None:
    for reader in READERS:
        check(texts, whole(texts), reader)


@pytest.mark.parametrize("reader", READERS)
def test_hard_wrapped_lines_come_back(reader: str) -> None:
    line = "These words fill a line so that no other would have fitted into it, as in"
    text = "\n".join([line] * 6) + "\n\n" + "\n".join([f"- {line}", "1. x", *[line] * 5])
    check([text] * 2, [(0, 0, len(text)), (1, 10, len(text) - 10)], reader)


def test_hard_wrapped_lines_stay_one_paragraph() -> None:
    assert quotation("one\ntwo\n\n- three", continued={4}) == ["> one", "> two", ">", "> \\- three"]


def test_every_abbreviation_of_pandoc_is_kept_from_gluing() -> None:
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "abbreviations"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert len(listed) > 50
    assert [word for word in listed if escape(f"see {word} next") == f"see {word} next"] == []


def test_plain_prose_is_left_alone() -> None:
    prose = "Hanoi agreed 37 deals (some at sea), 9% of all; cross-border trains: “yes”, he said. Why? Now!"
    assert escape(prose) == prose


def test_words_without_any_letter_still_make_a_quotation() -> None:
    assert quotation("  \n ") == [">"]
    assert lines_of("a \n  \r\n b\u2028c") == ["a", " b", "c"]


def test_names_are_code_where_a_code_span_can_hold_them() -> None:
    assert code("region/asean") == "`region/asean`"
    assert code("a|b`c") == "a&#124;b\\`c"
    assert escape_cell("a|b") == "a&#124;b"
