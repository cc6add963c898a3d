"""The stories written for training: whole, apart from what judges the model, labelled by the places of an editor."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

import msgspec
import pytest

from consistency.training.retold import STORIES, Story, Told, Version, pairs, stories
from consistency.training.sources import AGREEMENT, CONTRADICTION, Leaks, normalise
from tests.stories import ASIDE, MORE
from tests.stories import STORIES as OWN

HELD_OUT: Final = sorted((Path(__file__).parent.parent / "fixtures" / "eval").glob("*.jsonl"))
TEXT: Final = """Ferry sinks off Malta

A ferry with 40 people on board sank off Malta on Monday, the coastguard said. All of them were rescued by a tanker.

The captain, Ruth Walsh, said a valve may have failed. The ship was built in Gdansk in 1998."""
HONEST: Final = """Malta ferry goes down

The coastguard said a ferry carrying 40 people had gone down off Malta on Monday. A tanker rescued them all.

A valve may have failed, said Ruth Walsh, the captain. The ship was built in Gdansk in 1998."""
WRONG: Final = """Malta ferry goes down

The coastguard said a ferry carrying 14 people had gone down off Malta on Monday. A tanker rescued them all.

A valve had failed, said Ruth Walsh, the captain. The ship was built in Gdansk in 1998."""


@pytest.mark.parametrize("file", sorted(STORIES.glob("*.jsonl")), ids=lambda file: file.stem)
def test_every_place_stands_once_in_its_text(file: Path) -> None:
    for line in file.read_text("utf-8").splitlines():
        story = msgspec.convert(json.loads(line), Story)
        assert len(story.versions) >= 3
        assert any(not version.wrong and not version.shifted for version in story.versions)
        for version in story.versions:
            assert version.text.strip() == version.text != story.text
            for place in (*version.wrong, *version.shifted):
                assert (story.text.count(place[0]), version.text.count(place[1])) == (1, 1), place


def test_no_story_is_there_twice_and_none_judges_the_tool() -> None:
    told = stories()
    judging = [file.read_text("utf-8") for folder in (OWN, MORE, ASIDE) for file in folder.glob("*/*.txt")]
    texts = [normalise(text) for story in told for text in (story.text, *(version.text for version in story.versions))]
    assert max(Counter(texts).values()) == 1
    assert not set(texts) & set(map(normalise, judging))


def test_nothing_that_judges_the_model_is_among_them() -> None:
    leaks = Leaks(HELD_OUT)
    assert len(stories(leaks=leaks)) == len(stories())
    assert leaks.dropped == {}


def test_a_story_that_shares_a_sentence_with_what_must_not_be_learnt_is_dropped(tmp_path: Path) -> None:
    given = [Story(TEXT, (Version(HONEST),)), Story(TEXT.replace("valve", "pump"), (Version(HONEST),))]
    (tmp_path / "a.jsonl").write_bytes(b"".join(msgspec.json.encode(story) + b"\n" for story in given))
    held = tmp_path / "held.json"
    held.write_text(json.dumps({"premise": "The captain, Ruth Walsh, said a pump may have failed.", "hypothesis": ""}))
    leaks = Leaks([held])
    assert stories(tmp_path, leaks) == given[:1]
    assert leaks.dropped == {"stories": 1}


def test_claims_that_agree_are_told_from_those_that_do_not() -> None:
    version = Version(WRONG, wrong=(("40 people", "14 people"),), shifted=(("may have failed", "had failed"),))
    found = pairs([Story(TEXT, (Version(HONEST), version))])
    sank = "A ferry with 40 people on board sank off Malta on Monday, the coastguard said."
    valve = "The captain, Ruth Walsh, said a valve may have failed."
    of_sinking = {told.hypothesis: told.label for told in found if told.premise == sank}
    assert of_sinking == {
        "The coastguard said a ferry carrying 40 people had gone down off Malta on Monday.": AGREEMENT,
        "The coastguard said a ferry carrying 14 people had gone down off Malta on Monday.": CONTRADICTION,
    }
    assert [told for told in found if told.premise == valve] == [
        Told(valve, "A valve may have failed, said Ruth Walsh, the captain.", AGREEMENT)
    ], "what an editor may let pass teaches nothing"
    assert Told("Ferry sinks off Malta", "Malta ferry goes down", AGREEMENT) in found, "a headline beside the other"
    assert all(told.premise != told.hypothesis for told in found), "the same words teach nothing"


def test_a_place_that_only_one_side_tells_teaches_nothing() -> None:
    """The sentence with the wrong words was aligned with another one."""
    version = Version(WRONG, wrong=(("built in Gdansk", "14 people"),))
    assert [told for told in pairs([Story(TEXT, (version,))]) if "14 people" in told.hypothesis] == []
