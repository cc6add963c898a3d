"""Word lists behind `role`: what takes an object, what is the same seen from the other end, what goes both ways."""

from __future__ import annotations

from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma


def lemma_set(*lines: str) -> frozenset[str]:
    """The lemmas of the words of the lines."""
    return frozenset(lemma(word) for word in word_set(*lines))


VERBS: Final = lemma_set(
    "abandon abduct abuse accompany accuse acquire acquit address admire adopt advise alert ally annex appoint",
    "approach arm arrest ask assassinate assault assist attack avoid back bail ban banish bankroll beat befriend",
    "betray bill blame block blockade bomb bombard boycott break bribe brief bring bully buy call capture carry catch",
    "challenge charge chase cheat chide choose cite claim clear coach command compensate condemn confront",
    "congratulate consult contact control convict convince copy correct counter court cover create credit criticise",
    "criticize crush cure deceive decorate defeat defend defy denounce deny deport describe despise detain direct",
    "discover dismiss dominate donate drag drive edge eject elect embarrass embrace employ encourage endorse engage",
    "evict exclude execute exonerate expel exploit expose extradite face favour favor fear feed fight film find fine",
    "fire follow force forgive found free fund give govern grant greet guard guide hail harass hate haul head heal",
    "hear help hire hit honour honor host hug humiliate hunt hurt ignore imitate impeach implicate impress imprison",
    "indict influence inform injure inspire insult interrogate interview invade investigate invite jail join judge",
    "kidnap kill kiss know lead leave lend liberate like lobby love manage mentor mock monitor murder name nominate",
    "notify nurse object obey observe occupy offend order oust outbid outnumber outplay outperform outscore outsell",
    "outspend overcome overpower overtake overthrow owe own paint pardon partner pay persuade phone photograph poison",
    "portray praise precede press pressure produce profit promise promote prosecute protect provoke publish punch",
    "punish purchase pursue push question raid ram rape rebuff rebuke recall receive recognise recognize recommend",
    "recruit reject release remind replace represent reprimand reproach rescue resist respect restrain rival rob rule",
    "sack salute sanction save scold see sell send sentence serve shadow shelter shell shoot shun slam slap smuggle",
    "snub spare sponsor spy stab stalk steal stop strike succeed sue supply support surpass surprise surround suspect",
    "suspend swallow take target taunt tax teach tell text thank thrash threaten thwart top torture trail train treat",
    "trick trust tutor undermine update urge use veto visit ward warn watch welcome win wound write",
)
"""Verbs that take a plain object. Forms that no verb list needs ("stormed", "wrote") are told by their ending."""

CONTROL: Final = lemma_set(
    "want plan vow threaten agree refuse decide try attempt seek intend hope offer promise pledge begin start",
    "continue move manage prepare decline fail wish expect set due likely ready able willing go use have appear seem",
)
"""Verbs and the like whose subject is also that of the infinitive after them."""

ORDERING: Final = lemma_set(
    "order tell ask urge force require instruct allow persuade want oblige compel expect permit advise press",
)
"""Verbs whose object is the subject of the infinitive behind it."""

SETTLEMENTS: Final = lemma_set("city town village state county province republic kingdom borough municipality")
"""Nouns for a body that goes by the name of its place behind "of"."""

SYMMETRIC: Final = lemma_set(
    "meet play marry divorce face resemble equal border match join fight date kiss embrace hug rival engage oppose",
    "contact partner befriend ally accompany wed encounter mirror adjoin neighbour neighbor intersect cross",
    "share merge collide talk speak debate negotiate agree disagree clash draw tie trade compete argue quarrel",
    "separate differ connect link combine alternate unite coincide interact converse exchange swap",
)
"""Verbs that say the same with their two sides exchanged."""

TOGETHER: Final = lemma_set(
    "tie tied draw drew go went gone live lived study studied work worked travel travelled play played sing sang dance",
    "danced train trained serve served sit sat stand stood walk walked talk talked speak spoke grew grow sail sailed",
    "eat ate dine dined drink drank tour toured perform performed record recorded fly flew ride rode drive drove",
)
"""Verbs of things done "with" somebody, who then does them too."""
SYMMETRIC_PEOPLE: Final = lemma_set(
    "friend colleague rival neighbour neighbor partner ally cousin sibling brother sister twin wife husband spouse",
    "enemy opponent teammate classmate contemporary counterpart companion synonym associate relative equivalent",
)
SYMMETRIC_NOUNS: Final = SYMMETRIC_PEOPLE | lemma_set(
    "border meeting talk summit agreement deal treaty peace war relation tie difference alliance match game merger",
    "dispute marriage conflict trade dialogue friendship cooperation name nickname alias mixture combination blend",
    "comparison",
)
"""Nouns that bind two sides the same way: "A, a friend of B"."""

ALIKE: Final = lemma_set("similar identical equal parallel adjacent opposite equivalent related same")
"""Words that compare two things without telling them apart."""

SUBSTITUTING: Final = lemma_set("replace substitute supplant")
"""Verbs whose "with" names who comes in place of the other."""

VAGUE: Final = lemma_set(
    "various different several other many certain such additional further numerous diverse respective same own",
    "particular specific general main major key important overall whole entire separate individual multiple common",
    "similar",
)
"""Words that describe little and may stand with either of two nouns."""

SAME_SENSE: Final = word_set("and or nor & with plus versus vs v also alongside together between both amid well as")
"""Words between two things that make a list of them."""
RENAMES: Final = lemma_set("know call dub nickname alias rename aka former formerly born nee spell title name")
"""Words that say of two names that they are one thing's."""


class Slot(NamedTuple):
    """What a thing may fill: `part` of `frame`, the agent of "warn", the "of" of "lawyer"."""

    frame: str
    part: str


def _converses() -> dict[tuple[str, str], tuple[Slot, ...]]:
    table = """
        beat agent: beat agent, defeat agent, overcome agent, thrash agent, outplay agent, edge agent, win agent
        beat agent: lose to, triumph agent, prevail agent
        beat patient: beat patient, defeat patient, overcome patient, thrash patient, outplay patient, edge patient
        beat patient: win against, lose agent, triumph over, prevail over
        sell giver: sell agent, buy from, purchase from, acquire from, pay patient, pay to, owe to
        sell taker: sell to, buy agent, purchase agent, acquire agent, pay agent, owe agent
        sell goods: sell patient, buy patient, purchase patient, acquire patient
        lend giver: lend agent, borrow from, rent from, lease agent
        lend taker: lend to, borrow agent, rent agent, lease to
        give giver: give agent, receive from, get from, send agent, obtain from, donate agent, award agent
        give taker: give to, receive agent, get agent, send to, obtain agent, donate to, award to
        give giver: grant agent, inherit from, pay agent, extradite agent
        give taker: grant to, inherit agent, pay patient, pay to, extradite to
        teach agent: teach agent, tutor agent, learn from, train agent, study under, teacher is, pupil of, student of
        teach patient: teach patient, tutor patient, learn agent, train patient, teacher of, pupil is, student is
        teach patient: study agent
        follow agent: follow agent, succeed agent, succeeded agent, precede patient, successor is, predecessor of
        follow patient: follow patient, succeed patient, succeeded patient, precede agent, successor of, predecessor is
        own agent: own agent, belong to
        own patient: own patient, belong agent
        lead agent: lead agent, trail patient
        lead patient: lead patient, trail agent
        employ agent: employ agent, work for, employer is, employee of
        employ patient: employ patient, work agent, employer of, employee is
        employ agent: hire agent, report to, boss is, superior is, subordinate of
        employ patient: hire patient, report agent, boss of, superior of, subordinate is
        criticise agent: criticise agent, criticize agent, slam agent, lambast agent, slate agent, denounce agent
        criticise patient: criticise patient, criticize patient, slam patient, lambast patient, slate patient
        criticise patient: denounce patient
        reject agent: reject agent, rebuff agent
        reject patient: reject patient, rebuff patient
        sue agent: sue agent, sued agent, suing agent
        sue patient: sue patient, sued patient, suing patient
        urge agent: urge agent, ask agent, implore agent
        urge patient: urge patient, ask patient, implore patient
        kill agent: kill agent, murder agent, slay agent
        kill patient: kill patient, murder patient, slay patient
        follow agent: replace agent
        follow patient: replace patient
    """
    found: dict[tuple[str, str], tuple[Slot, ...]] = {}
    for line in table.strip().splitlines():
        slot, _, uses = line.strip().partition(": ")
        frame, part = slot.split()
        for use in uses.split(", "):
            verb, seat = use.split()
            key = lemma(verb), seat
            found[key] = (*found.get(key, ()), Slot(frame, part))
    return found


CONVERSES: Final = _converses()
"""What verb and slot ("lose", "to") fill which part of which event ("beat", "agent"): who pays gives, and buys."""

UNDONE: Final = lemma_set("go went gone come came lie lay lain stand stood sit sat arrive live")
"""Verbs that nothing is done by to anything: what stands behind one is its subject ("north went the amber")."""

ING_NOUNS: Final = word_set(
    "building meeting morning evening king ring spring thing string wing nothing something anything everything during",
    "hearing warning killing bombing ruling funding spending housing training banking trading shooting wedding",
    "feeling painting recording beginning ceiling clothing engineering marketing manufacturing gathering filing",
    "opening being",
)
"""Nouns, and the preposition, that end as participles do."""

DATIVE: Final = lemma_set("give lend sell send offer pay hand award grant teach show owe lease donate")
"""Verbs that take the one who receives before the thing: "gave Poland forty tanks"."""

SPEECH: Final = lemma_set("say add note state claim believe think reply announce declare explain argue write ask")
"""Verbs after which a name is who speaks or what is spoken of."""

PARTICIPLES: Final = word_set(
    "born died lied tied vied sued wooed made held kept left lost told sold met led fed sent hurt shot put hit beat",
)
"""Forms of verbs that their spelling does not tell."""

DEEDS: Final = {
    lemma(noun): (lemma(verb), frozenset(prepositions))
    for noun, verb, *prepositions in (
        row.split()
        for row in (
            "warning warn to,attack attack on against,criticism criticise of,invasion invade of,visit visit to,"
            "support support for of,praise praise for of,victory beat over against,win beat over against,"
            "defeat beat of,accusation accuse against,threat threaten to against,arrest arrest of,murder murder of,"
            "occupation occupy of,annexation annex of,endorsement endorse of,rescue rescue of,betrayal betray of,"
            "takeover acquire of,acquisition acquire of,bombing bomb of,shelling shell of,condemnation condemn of,"
            "assault assault on,raid raid on,lawsuit sue against,complaint sue against,interview interview of,"
            "killing kill of,dismissal dismiss of,appointment appoint of,rejection reject of,pursuit pursue of"
        ).split(",")
    )
}
"""Nouns for a deed: the verb, and the prepositions before whom it is done to ("Russia's attack on Ukraine")."""

PREPOSITIONS: Final = word_set(
    "of in on at by for from with about into over under after before during between against as to than through within",
    "near since until toward towards upon via despite above below behind beneath beside beyond across around along",
    "alongside amid among outside inside onto off up down out per like unlike without plus versus",
)
PREPOSITION: Final = {**{one: one for one in PREPOSITIONS}, "at": "in", "on": "in", "within": "in", "into": "to"}
"""Prepositions that are told apart, each by the one it is counted as."""
NO_SLOT: Final = word_set("with between as about like unlike among amid without plus versus per up down out despite")
"""Prepositions whose filler may be exchanged with the subject's or has no role that could be told."""

OPEN_CLAUSES: Final = word_set("before after until since as than")
"""Prepositions that may open a clause, with a subject of its own behind them."""

DETERMINERS: Final = word_set(
    "a an the this that these those his her its their our my your some any no each every several many both all",
)
AUXILIARIES: Final = word_set(
    "have has had having will would shall may might can could should must ought cannot do does did get got getting",
)
BE: Final = word_set("am is are was were be been being became become becomes")
CONJUNCTIONS: Final = word_set("and or nor & as well")
CLAUSES: Final = word_set(
    "who which that whom whose where when while because although though if unless whether but so whereas once how why",
)
PRONOUNS: Final = word_set(
    "i you he she it we they him them me us himself herself itself themselves who's there what he's she's it's",
    "they're we're i'm you're they've we've i've one others another something someone everyone nobody nothing",
)
ADVERBS: Final = word_set(
    "not never also now then soon even still just already too so again first later once often always ever yet almost",
    "twice earlier ago away back together apart only very most more less much far long hard well instead perhaps",
    "maybe yesterday today tomorrow tonight here abroad home publicly jointly n't nearly about roughly east west",
    "further",
)
DAYS: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight morning afternoon",
    "evening night week month year weekend spring summer autumn winter decade century midnight noon",
)
MONTHS: Final = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul",
    "aug sep sept oct nov dec",
)
NUMBER_WORDS: Final = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion",
)
STANDS_FOR: Final = NUMBER_WORDS | word_set(
    "ones theirs hers ours mine yours his same former latter other others another rest latest first second third both",
    "none all each half",
)
"""Words that stand for a thing named elsewhere: "the wooden ones", "the next two"."""

_OUTSIDE: Final = PREPOSITIONS | CONJUNCTIONS | CLAUSES | PRONOUNS | ADVERBS | BE | AUXILIARIES | DETERMINERS


def outside(fold: str) -> bool:
    """Whether a word belongs to no thing, written small."""
    return fold in _OUTSIDE
