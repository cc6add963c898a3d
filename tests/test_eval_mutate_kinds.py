"""What each kind of mutation makes of a sentence, and what it leaves alone; offsets hold on any text."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.records import Article, Span
from eval.mutate import KINDS
from eval.mutate._draw import draw
from eval.mutate._text import Change, apply, source
from tests.mutations import NEWS, ORIGINALS


def every(article: Article, kind: str, seed: int = 0) -> list[str]:
    """The article's sentence at every place of a kind, as the kind would have it."""
    family = next(family for family, kinds in KINDS.items() if kind in kinds)
    found = source(article)
    return [apply(article.text, change)[0] for change in KINDS[family][kind](found, random.Random(seed))]


def sentence(text: str, kind: str) -> list[str]:
    return every(Article(id="one", text=text), kind)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("negation", "The plan was approved by the council.", "The plan was not approved by the council."),
        ("negation", "The court did not find any proof.", None),
        ("negation", "Nobody knew whether the walkout is legal.", None),
        ("negation", "The spokesman did not confirm the report.", "The spokesman confirmed the report."),
        ("negation", "The board found no evidence of fraud.", "The board found evidence of fraud."),
        ("negation", "There were 11 arrests in the town.", None),
        ("antonym", "Sales tripled in two years.", "Sales halved in two years."),
        ("antonym", "She wore a rose in her hair.", None),
        ("role_swap", "Norland accused Westmark of spying.", "Westmark accused Norland of spying."),
        ("role_swap", "He accused Westmark of spying.", None),
        (
            "role_swap",
            "The opposition leader, Anders Holm, accused the minister of lying.",
            "The minister accused the opposition leader, Anders Holm, of lying.",
        ),
        (
            "role_swap",
            "Gonzalez was arrested by a young officer in the park.",
            "A young officer was arrested by Gonzalez in the park.",
        ),
        ("role_swap", "The train from Cork to Dublin, was late.", "The train from Dublin to Cork, was late."),
        ("hedge_dropped", "The clerk allegedly took the money.", "The clerk took the money."),
        ("hedge_dropped", "The talks are expected to end soon.", "The talks will end soon."),
        ("hedge_dropped", "They marched in May in the rain.", None),
        (
            "attribution_dropped",
            "Two bridges were closed after the storm on Sunday, the ministry said on Monday.",
            "Two bridges were closed after the storm on Sunday.",
        ),
        (
            "attribution_dropped",
            "The ministry said the two bridges had been closed after the storm.",
            "The two bridges had been closed after the storm.",
        ),
        (
            "quote_altered",
            '"We will never sell the old house," she said.',
            '"We may never sell the old house," she said.',
        ),
        ("tortured_synonym", "The Prime minister resigned on Monday.", "The Prime preacher resigned on Monday."),
        ("voice", "The police arrested two men on Sunday.", "Two men were arrested by the police on Sunday."),
        ("voice", "She arrested him on Sunday.", None),
        ("number_style", "Prices rose by 60 percent in a year.", "Prices rose by 60% in a year."),
        ("number_style", "It cost 1.2 million euros to build.", "It cost 1,200,000 euros to build."),
        ("date_style", "It opens on April 11 in Bergen.", "It opens on 11 April in Bergen."),
        ("alias", "Envoys of the United States were there.", "Envoys of the U.S. were there."),
        ("synonym", "Despite the rain, residents stayed.", "Despite the rain, locals stayed."),
        ("synonym", "“The residents stayed,” he said.", None),
        ("typography", 'He said "no" and left.', "He said “no” and left."),
        ("typography", "It’s “fine” — really.", 'It\'s "fine" — really.'),
        (
            "clause_order",
            "On Friday, the town hall burned to the ground.",
            "The town hall burned to the ground on Friday.",
        ),
        ("clause_order", "He was late, the mayor said.", None),
        (
            "clause_order",
            "The dam broke at noon, according to the water board.",
            "According to the water board, the dam broke at noon.",
        ),
        ("contraction", "He said he would go.", "He said he’d go."),
        ("shortened", "Okafor, 19, was alone.", "Okafor was alone."),
    ],
)
def test_what_a_kind_makes_of_a_sentence(kind: str, before: str, after: str | None) -> None:
    found = sentence(before, kind)
    assert found == [] if after is None else after in found


@pytest.mark.parametrize(
    "text",
    [
        "It was built in 1968.",
        "The Boeing 747 landed at 4:20 a.m.",
        "It opens on Feb. 6.",
        "They won 2-1.",
        "Flight 93 fell.",
    ],
)
def test_years_times_dates_scores_and_names_are_no_numbers(text: str) -> None:
    assert sentence(text, "number") == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("More than 9,000 people left the city.", 9_000 * 1.3, math.inf),
        ("Fewer than 9,000 people left the city.", 0, 9_000 * 0.75),
        ("At least 40 trains were stopped.", 40 * 1.3, math.inf),
        ("Up to 640 people may leave.", 0, 640 * 0.75),
    ],
)
def test_another_number_is_false_under_its_bound(text: str, low: float, high: float) -> None:
    for seed in range(40):
        for made in every(Article(id="one", text=text), "number", seed):
            value = float("".join(mark for mark in made if mark.isdigit()))
            assert low <= value <= high


def test_about_is_never_stretched() -> None:
    article = Article(id="one", text="About 4,200 people left the city.")
    found = [made for seed in range(40) for made in every(article, "number", seed)]
    assert found
    for made in found:
        value = float("".join(mark for mark in made if mark.isdigit()))
        assert not 0.65 < value / 4_200 < 1.5


def test_a_place_that_the_article_names_is_never_put_in() -> None:
    text = "She flew to Spain. " + " ".join(
        f"Nobody went to {name}." for name in ("Malta", "Liechtenstein", "Cyprus", "Andorra")
    )
    for seed in range(40):
        for made in every(Article(id="one", text=text), "place", seed):
            assert not any(
                f"flew to {name}" in made for name in ("Spain", "Malta", "Liechtenstein", "Cyprus", "Andorra")
            )


def test_truncation_ends_inside_a_sentence() -> None:
    found = every(NEWS, "truncation")
    assert found
    assert all(NEWS.text.startswith(text) and text[-1].isalpha() for text in found)


def test_only_quotation_marks_hold_altered_quotes() -> None:
    for change in KINDS["corruption"]["quote_altered"](source(NEWS), random.Random(0)):
        edit = change[0].span
        assert NEWS.text.rfind("“", 0, edit.start) > NEWS.text.rfind("”", 0, edit.start)


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.parent.name)
def test_every_mutation_changes_only_its_places(path: Path) -> None:
    article = Article(id=path.parent.name, text=path.read_text("utf-8"))
    drawn = draw(article, seed=3, per_kind=3)
    assert {kind for _, kind in drawn.nowhere} | {one.kind for one in drawn.mutations} == {
        kind for kinds in KINDS.values() for kind in kinds
    }
    for mutation in drawn.mutations:
        made, spans = apply(article.text, mutation.change)
        assert made != article.text
        assert undone(made, mutation.change, spans, article.text) == article.text
        assert all(len(span) for span in (*mutation.reference, *mutation.version))
    ends = [edit.span for edit in drawn.together]
    assert all(one.end <= other.start for one, other in pairwise(ends))


def undone(made: str, change: Change, spans: Sequence[Span], text: str) -> str:
    for edit, span in reversed(list(zip(change, spans, strict=True))):
        made = made[: span.start] + text[edit.span.start : edit.span.end] + made[span.end :]
    return made


def test_the_draw_depends_on_seed_and_text_alone() -> None:
    assert draw(NEWS, 0, 2) == draw(Article(id="other", text=NEWS.text), 0, 2)
    assert draw(NEWS, 0, 2) != draw(NEWS, 1, 2)


def test_a_further_copy_leaves_the_earlier_ones() -> None:
    few, many = draw(NEWS, 0, 1), draw(NEWS, 0, 4)
    assert {one.change for one in few.mutations} <= {one.change for one in many.mutations}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *NEWS.text.split(),
                "\n\n",
                "“",
                '"',
                "’",
                "12,",
                "$4.5",
                "May",
                ",",
                "said.",
                "not",
                "İ",
                "ß",
                "from A to B",
            ]
        ),
        max_size=60,
    ).map(" ".join)
    | st.text(max_size=120)
)
def test_any_text_can_be_mutated_and_undone(text: str) -> None:
    drawn = draw(Article(id="any", text=text), 0, 2)
    for change in [*(one.change for one in drawn.mutations), drawn.together]:
        made, spans = apply(text, change)
        assert undone(made, change, spans, text) == text
