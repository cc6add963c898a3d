"""Words that tell whether a man or a woman is spoken of, and pairs of them that differ in nothing else."""

from __future__ import annotations

from typing import Final

from consistency.facts._lists import word_set

HE: Final = word_set("he him his himself")
SHE: Final = word_set("she her hers herself")

_PAIRS: Final = """
man woman, men women, gentleman lady, gentlemen ladies, boy girl, boys girls, male female, males females, guy gal,
father mother, fathers mothers, dad mum, dad mom, son daughter, sons daughters, grandfather grandmother,
grandson granddaughter, grandsons granddaughters, stepfather stepmother, stepson stepdaughter, godfather godmother,
godson goddaughter, uncle aunt, uncles aunts, nephew niece, nephews nieces, widower widow, widowers widows,
schoolboy schoolgirl, schoolboys schoolgirls,
king queen, prince princess, emperor empress, duke duchess, lord lady, baron baroness, viscount viscountess, tsar
tsarina, sultan sultana, marquess marchioness, monk nun, monks nuns, abbot abbess, mr mrs, mr ms, mr miss, sir dame,
sir madam, monsieur madame, señor señora, herr frau
"""
_MAN: Final = "spokes business police congress sales council camera noble horse sports gun service assembly"
_ANY_MAN: Final = "chair crafts fisher fire fresh country house states alder yachts anchor lines door"
_EITHER: Final = """
actor actress, actors actresses, waiter waitress, waiters waitresses, host hostess, hosts hostesses, hero heroine,
heroes heroines, heir heiress, heirs heiresses, steward stewardess, stewards stewardesses, landlord landlady,
headmaster headmistress, poet poetess, author authoress, priest priestess, hunter huntress, comedian comedienne,
masseur masseuse, god goddess, manager manageress, usher usherette, sculptor sculptress, executor executrix
"""
_CROSSED: Final = """
husband wife, husbands wives, brother sister, brothers sisters, boyfriend girlfriend, boyfriends girlfriends,
groom bride, bridegroom bride, stepbrother stepsister, fiancé fiancée
"""


def _pairs(written: str) -> frozenset[tuple[str, str]]:
    return frozenset((his, hers) for his, hers in (pair.split() for pair in written.split(",")))


def _of_man(heads: str) -> frozenset[tuple[str, str]]:
    ends = (("man", "woman"), ("men", "women"))
    return frozenset((head + his, head + hers) for head in heads.split() for his, hers in ends)


EITHER: Final = _pairs(_EITHER) | _of_man(_ANY_MAN)
"""Pairs of which the first word is said of women, too: it tells a man only beside a "he" or "his"."""
CROSSED: Final = _pairs(_CROSSED)
"""What two people are to each other: her husband is he whose wife she is."""
PAIRS: Final = _pairs(_PAIRS) | _of_man(_MAN) | EITHER | CROSSED
"""A word for a man, and the same word for a woman."""

TITLES: Final = word_set(
    "king queen prince princess emperor empress duke duchess lord lady baron baroness viscount viscountess sir dame mr",
    "mrs ms miss monsieur madame señor señora herr frau",
)
"""Words before a name; with a capital and no name behind them they are names or something else ("King's Cross")."""
MEN: Final = HE | {his for his, _ in PAIRS - EITHER}
WOMEN: Final = SHE | {hers for _, hers in PAIRS}

ANYBODY: Final = word_set("each every everyone everybody anyone anybody whoever someone somebody nobody either")
"""Words for whom it does not matter: "every pupil brought his own", "her own"."""
TWOS: Final = word_set("friend neighbour neighbor colleague rival partner ally cousin sibling brother sister twin") | {
    *word_set("wife husband spouse enemy opponent teammate classmate contemporary counterpart companion"),
    *word_set("boyfriend girlfriend fiancé fiancée lover flatmate roommate ex"),
}
"""Nouns that bind two sides the same way: "his neighbour Lupe" lives beside "her neighbour Wyatt"."""

AFTER_OBJECT: Final = word_set(
    "a an the this that these those to of in on at for from with by as about into over under after before during than",
    "through near since until while when where who which whose and or but if because so not is was were are has had",
    "have would will could should may might can must again too also out up down off away back together alone there",
    "here yesterday today tonight tomorrow very once twice all without against between per via upon",
)
"""Words behind a "her" that is no "her house"."""
ENDS: Final = AFTER_OBJECT | word_set(
    "be been being do did does he she it they i you we him them us me his its their my"
)
"""Words that end what "his" belongs to."""
BE: Final = word_set("is was are were be been being got 's gets get")
LIGHT: Final = BE | word_set(
    "a an the has had have having do does did not never no would will could should may might can must shall 'd 'll 've",
    "n't also now then soon even still just already too often always ever once later again first yet almost both all",
    "themselves himself herself perhaps only so thus therefore",
)
"""Words between "he" and what he does."""
TIES: Final = word_set("a an the of for .")
"""What may stand between a noun and the word that it hangs on; a full stop is that of "Mr."."""
OPENING: Final = word_set(
    "while as when after before because although though if since once until in with at on during for despite following",
    "without upon unlike like by besides given to according",
)
"""Words that open a clause in which "he" may stand for a name that comes later."""
