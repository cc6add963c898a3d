"""Whether a name in a text is a man's or a woman's: by a first name that is given to one sex only, a "Mrs" or a
"chairman" beside it.

Not every first name is known, and those that are given to both (Andrea, Jean, Kim, Jan) tell nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import words
from consistency.facts._pronouns.slots import Sex, sex
from consistency.facts.name import Name

_WOMEN: Final = word_set(
    "abigail agnes aisha alice alicia alina amanda amelia amina amy ana angela anita anja anke anna anne annette",
    "annie antonia astrid barbara beata beatrice beatriz birgit brenda brigitte carla carmen carol carolina",
    "caroline catherine cecilia charlotte chiara christina christine claire clara claudia cristina daniela deborah",
    "denise diana diane donna dorothy edith ekaterina eleanor elena eleni elif elisa elisabeth elizabeth ellen elsa",
    "emily emma esther eva fatima fatma federica fiona florence frances francesca franziska gabriela gisela giulia",
    "gloria grace greta gudrun hana hanna hannah heather heidi helen helena helene helga hilda ida ines ingeborg",
    "ingrid irena irene irina isabel isabella ivana jana jane janet jennifer jessica joanna johanna josephine",
    "judith julia juliana julie karen karin katarina katarzyna kate katerina katharina katherine kathleen katja",
    "katrin khadija kirsten kristina laila laura lauren layla leila lena leticia lidia liliana linda lisa louise",
    "lucia lucy ludmila luisa lydia madeleine magdalena maja malin margaret margarita margit maria mariam mariana",
    "marie marina marta martha martina mary mathilde matilda megan melanie melissa mercedes michelle milena mina",
    "miriam monica monika nadia nancy natalia natalie natasha nicole nina nora oksana olena olga olivia pamela",
    "patricia paula petra pia pilar rachel ramona raquel rebecca regina renata rita rosa rosalind rosemary roxana",
    "ruth sabine samantha sandra sara sarah sharon sheila signe silke silvia siobhan sofia sonia sophia sophie",
    "stephanie susan susana susanne suzanne svetlana sylvia tamara tania tanja tatiana teresa theresa therese",
    "tiffany ulrike ursula valentina valerie vanessa vera veronica victoria viktoria violeta virginia wendy xenia",
    "yasmin yolanda yulia yvonne zainab zeynep zoe zuzana",
)
_MEN: Final = word_set(
    "aaron abdul abdullah adam adrian ahmad ahmed alan albert alberto alejandro aleksandr alessandro alexander",
    "alfonso alfred amir anders andreas andrei andres andrew andrzej anthony anton antonio antti arne arthur artur",
    "arturo barry bart bartosz benjamin bernard bernd bernhard bill bjorn bob bogdan boris brian bruce bruno carl",
    "carlos cesar charles christian christoph christopher colin craig damian daniel dariusz david denis dennis",
    "derek diego dieter dimitri dmitri dmitry dominik donald douglas duncan edgar eduardo edward edwin emil emilio",
    "emmanuel enrique eric erik ernest ernst esteban eugene fabian felipe felix ferdinand fernando filip florian",
    "francesco francisco franco frank franz fred frederick fredrik friedrich gareth gary gavin geoffrey georg",
    "george gerald gerard gerhard gilbert giorgio giovanni giuseppe gordon graham gregory grzegorz guillermo gunnar",
    "gunter gustav guy hakan hamza hans harald harold harry hassan heinrich heinz helmut henri henrik henry herbert",
    "hermann howard hugh hugo hussein ian ibrahim ignacio igor ismail ivan jacek jack jacob jakob jakub james jason",
    "javier jeffrey jens jeremy jerzy jim joachim joe johan johann johannes john jonas jonathan jorge jose josef",
    "joseph joshua juan jurgen kamal karl keith kenneth kevin khalid klaus kofi krzysztof kurt kwame lars laszlo",
    "laurent lawrence leif leonard leonardo leopold lorenzo louis luc luca lucas ludwig luigi luis lukas maciej",
    "magnus mahmoud manfred manuel marc marcel marcin marco marcos marcus marek mario mark markus martin mateusz",
    "mathias matteo matthew matthias maurice mauricio maxim mehmet michael michal miguel mihai mikael mikhail milan",
    "milos miroslav mohamed mohammad mohammed muhammad murat mustafa neil nicholas nicolas niels nigel nikolai nils",
    "norbert olaf olav oleg oliver oluf omar oscar oskar otto owen pablo paolo patrick paul pavel pawel pedro per",
    "peter petr philip philippe piero pierre piotr rafael rafal rainer ralf ralph ramon raul raymond ricardo",
    "richard robert roberto rodrigo roger roland roman ronald rudolf rupert russell ryan salvador samuel santiago",
    "sean sebastian sergei sergio sergiy sigurd simon stanislaw stefan stephen steve steven stuart sven tarek tariq",
    "terence theodor thomas thorsten tim timothy tobias tom tomas tomasz tommy tony torsten trevor ulrich umberto",
    "uwe valentin vasily vicente victor viktor vincent vittorio vladimir volker walter werner wilhelm william",
    "wojciech wolfgang xavier yannis yuri yusuf zbigniew zoltan",
)
_BESIDE: Final = 2
"""Words before a name, or set off behind it with an article, that may tell the sex."""
_LINKS: Final = word_set("a an the")


@lru_cache(maxsize=1)
def _known() -> dict[str, Sex]:
    sexes: tuple[tuple[frozenset[str], Sex], ...] = ((_MEN, "man"), (_WOMEN, "woman"))
    return {name: told for names, told in sexes for name in names}


def sex_of(name: Name, text: str) -> Sex | None:
    """The sex of whom a name in a text tells; None where neither the name nor what stands beside it says so."""
    if len(name.parts) > 1 and (given := _known().get(name.parts[0])) is not None:
        return given
    run = words(text)
    starts = [word.start for word in run]
    first = bisect_left(starts, name.span.start)
    for at in range(first - 1, max(-1, first - 1 - _BESIDE), -1):
        if run[at + 1].gap.strip() not in ("", ",", "."):
            break
        if run[at].fold not in _LINKS:
            return sex(run[at].fold)
    return None
