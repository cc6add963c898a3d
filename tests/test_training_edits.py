"""Corruptions make a fact wrong where they say they do; rewrites keep every fact."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.training import corrupt, rewrite
from consistency.training._rewrite_style import spell
from consistency.training.edits import Edit, Editor, World, splice, tokens
from consistency.training.lexicon import plural, swaps, transitive, verb_forms
from tests.training_data import SENTENCES

WORLD: Final = World(
    near=("Lucy Brennan", "Lima", "Igor Weber"),
    far=("Samuel Abebe", "Tom Quinn", "Oslo", "Bergen", "Peru"),
    mined={"village": ["island"], "only goal": ["last save"], "sold": ["stolen"], "closed": ["open"]},
)
NAMES: Final = tuple(
    """Valparaíso Kofi Osei Ruth Walsh Nairobi Nadia Haddad Lisbon Viktor Novak Brazil Norway Clara Moreno Elena Petrov
    Cairo Turkey Ana Silva Omar Karimi Grace Mbeki Iran""".split()
)
DRAWS: Final = 6


def _edits(editor: Editor) -> Iterator[tuple[str, Edit]]:
    for text in SENTENCES:
        for seed in range(DRAWS):
            edit = editor(text, random.Random(seed), WORLD)
            if edit is not None:
                yield text, edit


def _some(editor: Editor, text: str, world: World = WORLD) -> set[str]:
    """What the editor makes of the text, over many draws."""
    made = (editor(text, random.Random(seed), world) for seed in range(60))
    return {edit.text for edit in made if edit is not None}


def _editor(kind: str, table: dict[str, tuple[Editor, float]] = corrupt.EDITORS) -> Editor:
    return table[kind][0]


# Corruptions.


@pytest.mark.parametrize("kind", corrupt.EDITORS)
def test_a_corruption_changes_the_text_where_it_says(kind: str) -> None:
    made = list(_edits(_editor(kind)))
    assert made, "none of thirty news sentences offers a hold"
    for text, edit in made:
        assert edit.text != text
        assert 0 <= edit.start <= edit.end <= len(edit.text)
        assert text.endswith(edit.text[edit.end :]) or kind == "pronoun"
        before = edit.text[: edit.start]
        article = re.compile(r"\ban? $", re.IGNORECASE)  # mended in front of another word
        assert article.sub("", before) == article.sub("", text[: len(before)])[: len(article.sub("", before))] or (
            kind == "pronoun"
        )


def test_every_sentence_can_be_corrupted() -> None:
    for text in SENTENCES:
        edit = corrupt.corrupt(text, random.Random(1), WORLD)
        assert edit is not None
        assert edit.text != text


def test_a_text_without_hold_is_left_alone() -> None:
    assert corrupt.corrupt("Hm.", random.Random(0), WORLD) is None


EXAMPLES: Final = [
    ("negation", "The board has not approved it.", "The board has approved it."),
    ("negation", "The board will approve it.", "The board won't approve it."),
    ("negation", "The board will approve it.", "The board will never approve it."),
    ("negation", "The police arrested the singer.", "The police did not arrest the singer."),
    ("negation", "Clara Moreno scored.", "Clara Moreno failed to score."),
    ("antonym", "The price rose.", "The price fell."),
    ("role", "The judge said Brazil defeated Norway.", "The judge said Norway defeated Brazil."),
    ("modality", "The airline may cancel it.", "The airline will not cancel it."),
    ("modality", "He was accused of theft.", "He was cleared of theft."),
    ("aspect", "She won for the first time.", "She won once again."),
    ("aspect", "They spoke in favour of the law.", "They spoke against the law."),
    ("tense", "The bridge will be sold.", "The bridge has already been sold."),
    ("conjunction", "He left after she came.", "He left before she came."),
    (
        "order",
        "The stadium closed after the river flooded.",
        "The river flooded after the stadium closed.",
    ),
    ("pronoun", "She sold her house.", "He sold his house."),
    ("qualifier", "The former minister resigned.", "The minister resigned."),
    ("attribution", "The mayor said it was late.", "The mayor denied it was late."),
    ("attribution", "Ruth Walsh said it was late.", "Tom Quinn said it was late."),
    ("mined", "They closed the village.", "They closed the island."),
    ("mined", "She scored the only goal.", "She scored the last save."),
    ("name", "They met in Lisbon.", "They met in Lima."),
    ("kind", "The law was passed on Monday.", "The law was passed on Thursday."),
]


@pytest.mark.parametrize(("kind", "text", "wrong"), EXAMPLES)
def test_a_corruption_by_hand(kind: str, text: str, wrong: str) -> None:
    assert wrong in _some(_editor(kind), text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "Nobody came."),
        ("negation", "Rain again, and wind."),
        ("role", "Brazil and Norway won."),
        ("role", "Norway, Brazil and Peru won."),
        ("role", "The mayor won."),
        ("qualifier", "The minister resigned."),
        ("order", "The stadium closed."),
        ("pronoun", "Norway won."),
        ("attribution", "Norway won."),
        ("mined", "Norway lost."),
        ("name", "The mayor won."),
    ],
)
def test_a_corruption_that_finds_no_hold(kind: str, text: str) -> None:
    assert _some(_editor(kind), text) == set()


@given(value=st.integers(0, 5_000_000), comma=st.booleans(), seed=st.integers(0, 10**6))
def test_a_corrupted_number_is_another_number(value: int, comma: bool, seed: int) -> None:
    shown = f"{value:,}" if comma else str(value)
    edit = _editor("number")(f"In all {shown} people came.", random.Random(seed), WORLD)
    assert edit is not None
    found = re.fullmatch(r"In all ([\d,]+) people came\.", edit.text)
    assert found
    assert edit.text[edit.start : edit.end] == found[1]
    assert int(found[1].replace(",", "")) != value


@given(year=st.integers(1000, 2100), seed=st.integers(0, 10**6))
def test_a_year_becomes_a_year(year: int, seed: int) -> None:
    edit = _editor("number")(f"It happened in {year}.", random.Random(seed), WORLD)
    assert edit is not None
    assert 0 < abs(int(edit.text[edit.start : edit.end]) - year) <= 30


@pytest.mark.parametrize("text", ["Seven people came.", "It grew by 2.5 percent."])
def test_spelt_and_decimal_numbers_change(text: str) -> None:
    made = _some(_editor("number"), text)
    assert made
    assert text not in made


def test_a_splice_leaves_a_foreign_fragment() -> None:
    text = "It is seen as support for the army in its war against the rebels."
    made = _some(_editor("spliced"), text)
    assert any(re.search(r" (?:in|on|at|of|for|with|against|by|among) .+\. \w+", one[:-1]) for one in made)
    for seed in range(40):
        edit = _editor("spliced")(text, random.Random(seed), WORLD)
        assert edit is None or edit.text[edit.start : edit.end].strip() not in text


# Rewrites.


def _numbers(text: str) -> list[str]:
    """Numbers of the text, spelt ones as digits; number style is tested apart."""
    return sorted(re.findall(r"\d+", text.replace(",", "")))


def _names(text: str) -> list[str]:
    words = {word.lower().removesuffix("'s").removesuffix("’s") for word in re.findall(r"[\w’']+", text)}
    return [name for name in NAMES if name.lower() in words]


@pytest.mark.parametrize("kind", sorted(set(rewrite.EDITORS) - {"number style"}))
def test_a_rewrite_keeps_numbers_and_names(kind: str) -> None:
    made = list(_edits(_editor(kind, rewrite.EDITORS)))
    assert made, "none of thirty news sentences offers a hold"
    for text, edit in made:
        assert 0 <= edit.start <= edit.end <= len(edit.text)
        names = _names(edit.text)
        assert set(names) <= set(_names(text)) if kind in rewrite.HIDING else names == _names(text), edit.text
        doubled = kind == "damage" and len(_numbers(edit.text)) > len(_numbers(text))
        told_otherwise = kind == "phrase"  # a dozen, half an hour
        assert _numbers(edit.text) == _numbers(text) or doubled or told_otherwise, edit.text


@pytest.mark.parametrize("kind", sorted(set(rewrite.PLAIN) - {"damage"}))
def test_a_rewrite_neither_gains_nor_loses_a_negation(kind: str) -> None:
    for text, edit in _edits(_editor(kind, rewrite.EDITORS)):
        assert _negations(edit.text) == _negations(text), edit.text


def _negations(text: str) -> int:
    return len(re.findall(r"\b(?:not|never|no(?! fewer| more| less)|without|cannot)\b|n['’]t\b", text, re.IGNORECASE))


REWRITTEN: Final = [
    ("contraction", "It is not over.", "It isn't over."),
    ("contraction", "It isn't over.", "It is not over."),
    ("contraction", "Now they’re late.", "Now they are late."),
    ("number style", "He sold 12 cars.", "He sold twelve cars."),
    ("number style", "He sold twelve cars.", "He sold 12 cars."),
    ("number style", "He sold 1,000 cars.", "He sold 1000 cars."),
    ("number style", "He sold 1,000 cars.", "He sold one thousand cars."),
    ("number style", "It rose by 7 percent.", "It rose by 7%."),
    ("number style", "They need 2 million doses.", "They need 2,000,000 doses."),
    ("number style", "They need 2.5 million doses.", "They need 2.5m doses."),
    ("number style", "It cost $12 million.", "It cost 12 million dollars."),
    ("date style", "It opens on March 20 at noon.", "It opens on 20 March at noon."),
    ("date style", "It opens on 20 March.", "It opens on March 20."),
    ("date style", "He died on December 3, 2019.", "He died on 3 December 2019."),
    ("date style", "It runs from May 3-5.", "It runs from May 3 to 5."),
    ("date style", "It came on February 9.", "It came on Feb. 9."),
    ("date style", "It opened on Monday.", "It opened Monday."),
    ("clause order", "Although it rained, the match went on.", "The match went on although it rained."),
    ("clause order", "The match went on because the rain stopped.", "Because the rain stopped, the match went on."),
    ("clause order", "Last week, the dam failed.", "The dam failed last week."),
    ("speech order", "The mayor said that the city could not pay.", "The city could not pay, the mayor said."),
    ("speech order", "The mayor said that the city could not pay.", "According to the mayor, the city could not pay."),
    ("speech order", "According to Ruth Walsh, the dam is safe.", "The dam is safe, Ruth Walsh said."),
    ("speech order", "The dam is perfectly safe, Ruth Walsh said.", "Ruth Walsh said that the dam is perfectly safe."),
    ("voice", "The police arrested the singer on Friday.", "The singer was arrested by the police on Friday."),
    ("voice", "The singer was arrested by the police.", "The police arrested the singer."),
    ("possessive", "China's minister is late.", "The minister of China is late."),
    ("possessive", "He met the minister of China.", "He met China’s minister."),
    (
        "split",
        "The museum was closed for the day, but the garden stayed open for all.",
        "The museum was closed for the day. However, the garden stayed open for all.",
    ),
    ("connective", "He said that it was late.", "He said it was late."),
    ("connective", "He said it was late.", "He said that it was late."),
    ("quotes", "“Yes,” he said.", '"Yes," he said.'),
    ("phrase", "The dam is safe, and nobody was hurt.", "The dam is safe, and there were no injuries."),
    ("phrase", "It did not take place.", "It was called off."),
    ("complement", "The board accepted the plan.", "The board did not reject the plan."),
    ("complement", "The board did not accept the plan.", "The board rejected the plan."),
    ("complement", "The rule is not legal.", "The rule is illegal."),
    ("told again", "Ruth Walsh, 42, left.", "The 42-year-old Ruth Walsh left."),
    ("told again", "The 42-year-old Ruth Walsh left.", "Ruth Walsh, 42, left."),
    ("calque", "He met the minister of trade.", "He met the trade minister."),
    ("mention", "“We will not pay,” Laura Petrov said.", "“We will not pay,” she said."),
    ("mention", "“We will not pay,” Laura Petrov said.", "“We will not pay,” Petrov said."),
    ("mention", "It was closed. Peter Hall said that on Monday.", "It was closed. He said that on Monday."),
    ("mention", "The mayor met Quentin Vask.", "The mayor met Vask."),
    ("mention", "He left the Norland Savings Bank.", "He left the bank."),
    ("mention", "He praised France's economy.", "He praised the country's economy."),
]


@pytest.mark.parametrize(("kind", "text", "other"), REWRITTEN)
def test_a_rewrite_by_hand(kind: str, text: str, other: str) -> None:
    assert other in _some(_editor(kind, rewrite.EDITORS), text)


@pytest.mark.parametrize(
    "text",
    [
        "France's economy outgrew Spain's.",  # which of the two would be "the country"?
        "Police said on Monday that it was late.",
        "The council met in New York City.",
    ],
)
def test_nobody_is_told_otherwise_who_may_be_another(text: str) -> None:
    assert _some(_editor("mention", rewrite.EDITORS), text) == set()


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Quentin Vask said it was late.", "he"),  # a list does not know everybody's sex
        ("Peter Hall said it was her turn.", "she"),
    ],
)
def test_nobody_becomes_he_or_she_by_chance(text: str, never: str) -> None:
    made = _some(_editor("mention", rewrite.EDITORS), text)
    assert not [other for other in made if other.lower().startswith(f"{never} ")]


@given(value=st.integers(0, 999_999))
def test_a_number_is_spelt_as_it_is_said(value: int) -> None:
    spelt = spell(value)
    if value >= 1000 and value % 1000:
        assert spelt is None
    else:
        assert spelt is not None
        assert _read(spelt) == value


def _read(spelt: str) -> int:
    """The value of a spelt number, found by reading it word by word."""
    ones = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split()
    tens = {word: 10 * at for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
    total = 0
    for word in re.split(r"[ -]", spelt.replace(" and ", " ")):
        if word in ("hundred", "thousand"):
            total *= {"hundred": 100, "thousand": 1000}[word]
        else:
            total += tens[word] if word in tens else ones.index(word)
    return total


def test_shortening_drops_words_and_adds_none() -> None:
    made = list(_edits(rewrite.shorten))
    assert len(made) > 50
    for text, edit in made:
        left = [word.lower() for word, _ in tokens(text)]
        kept = iter(left)
        assert len(edit.text) < len(text)
        assert all(word.lower() in kept for word, _ in tokens(edit.text)), edit.text


def test_damage_keeps_the_words_readable() -> None:
    for text, edit in _edits(rewrite.damage):
        assert abs(len(edit.text) - len(text)) <= 20
        assert edit.text[:1].lower() == text[:1].lower() or edit.start == 0


@given(text=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=80), seed=st.integers(0, 999))
def test_no_text_is_too_odd_to_edit(text: str, seed: int) -> None:
    rng = random.Random(seed)
    for table in (corrupt.EDITORS, rewrite.EDITORS):
        for editor, _ in table.values():
            edit = editor(text, rng, WORLD)
            assert edit is None or isinstance(edit.text, str)


def test_rewriting_nothing_changes_nothing() -> None:
    assert rewrite.rewrite(SENTENCES[0], random.Random(0), WORLD, 0) == SENTENCES[0]


# What they are built from.


@pytest.mark.parametrize(
    ("text", "at", "new", "edited"),
    [
        ("He saw a dog.", (9, 12), "owl", "He saw an owl."),
        ("He saw an owl.", (10, 13), "dog", "He saw a dog."),
        ("It took an hour.", (11, 15), "year", "It took a year."),
        ("It took a year.", (10, 14), "hour", "It took an hour."),
        ("He saw a dog.", (9, 12), "European", "He saw a European."),
        ("Dogs bark.", (0, 4), "owls", "Owls bark."),
        ("Dogs bark.", (5, 9), "", "Dogs ."),
    ],
)
def test_a_splice_mends_article_and_capital(text: str, at: tuple[int, int], new: str, edited: str) -> None:
    edit = splice(text, *at, new, "kind")
    assert edit.text == edited
    assert edit.text[edit.start : edit.end].lower() == new.lower()


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("stop", "stop stops stopped stopped stopping"),
        ("carry", "carry carries carried carried carrying"),
        ("write", "write writes wrote written writing"),
        ("die", "die dies died died dying"),
        ("carry on", "carry on|carries on|carried on|carried on|carrying on"),
    ],
)
def test_verbs_are_inflected(verb: str, forms: str) -> None:
    wanted = forms.split("|") if "|" in forms else forms.split()
    assert list(verb_forms(verb).values()) == wanted


@pytest.mark.parametrize(("noun", "many"), [("city", "cities"), ("day", "days"), ("police officer", "police officers")])
def test_nouns_have_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_the_lexicon_never_swaps_a_phrase_for_itself() -> None:
    for phrase, options in swaps().items():
        assert all(option.target != phrase for option in options)
        assert {option.relation for option in options} <= {"syn", "ant", "alt"}
    assert len(swaps()) > 3000
    assert len(transitive()) > 50


def test_synonyms_are_no_antonyms() -> None:
    for phrase, options in swaps().items():
        by_relation: dict[str, set[Any]] = {}
        for option in options:
            by_relation.setdefault(option.relation, set()).add(option.target)
        both = by_relation.get("syn", set()) & by_relation.get("ant", set())
        assert not both, f"{phrase}: {both} is said to mean the same and the opposite"
