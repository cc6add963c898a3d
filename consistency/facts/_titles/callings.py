"""What people are by profession, art or sport, and which of these words may be said of one and the same person.

Nobody is told to be a chemist in one account and a historian in the next. But a pianist may also be called a composer,
a botanist a biologist. Each row names callings that one person may well have, or that writers use for each other; two
callings that stand in no row together exclude each other. A calling of `titles.tsv` is named here by its concept.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Final, NamedTuple

_MUSIC: Final = "composer conductor songwriter singer rapper bandleader"
_ROWS: Final[tuple[str, ...]] = (
    f"pianist organist harpsichordist accordionist {_MUSIC}",
    f"violinist {_MUSIC}",
    f"violist {_MUSIC}",
    f"cellist {_MUSIC}",
    f"bassist guitarist {_MUSIC}",
    f"harpist {_MUSIC}",
    f"flautist clarinettist saxophonist oboist {_MUSIC}",
    f"trumpeter trombonist {_MUSIC}",
    f"drummer percussionist {_MUSIC}",
    "singer soprano tenor baritone rapper songwriter composer conductor actor dancer poet comedian presenter",
    "actor comedian presenter dancer choreographer playwright screenwriter filmmaker singer acrobat",
    "novelist poet playwright essayist biographer screenwriter columnist journalist critic translator blogger",
    "novelist poet playwright filmmaker songwriter teacher",
    "journalist columnist critic presenter photographer cameraman filmmaker blogger cartoonist",
    "historian biographer essayist critic archaeologist anthropologist art_historian geographer librarian archivist",
    "historian sociologist political_scientist economist philosopher theologian columnist teacher",
    "philosopher theologian essayist critic poet priest pastor rabbi imam",
    "painter sculptor illustrator cartoonist photographer filmmaker designer architect potter",
    "designer architect engineer tailor milliner",
    "librarian archivist bookseller",
    "biologist botanist zoologist ecologist entomologist ornithologist geneticist microbiologist virologist",
    "biologist oceanographer palaeontologist neuroscientist biochemist epidemiologist ecologist geneticist",
    "biologist botanist gardener forester beekeeper ecologist farmer",
    "chemist biochemist pharmacologist pharmacist physicist engineer biologist microbiologist",
    "physicist astronomer astrophysicist mathematician engineer meteorologist climatologist geophysicist",
    "geologist geophysicist volcanologist seismologist palaeontologist oceanographer geographer hydrologist",
    "climatologist meteorologist glaciologist oceanographer ecologist geographer",
    "archaeologist anthropologist palaeontologist geologist",
    "mathematician statistician computer_scientist physicist economist epidemiologist engineer programmer",
    "computer_scientist programmer engineer technician",
    "economist statistician sociologist political_scientist accountant banker",
    "psychologist psychiatrist sociologist neuroscientist anthropologist linguist",
    "doctor psychiatrist epidemiologist virologist neuroscientist pharmacologist geneticist microbiologist paramedic",
    "doctor psychologist dentist",
    "nurse midwife paramedic",
    "pharmacist pharmacologist biochemist",
    "vet zoologist biologist breeder",
    "linguist translator teacher historian anthropologist",
    "lawyer prosecutor defence_lawyer judge notary",
    "cook baker confectioner restaurateur waiter butcher brewer",
    "grocer shopkeeper baker butcher confectioner bookseller pharmacist",
    "farmer shepherd breeder beekeeper winegrower gardener forester butcher grocer",
    "fisherman sailor captain",
    "forester hunter ranger gardener",
    "carpenter builder bricklayer roofer cabinetmaker plumber electrician",
    "mechanic engineer technician electrician plumber locksmith programmer",
    "jeweller goldsmith watchmaker blacksmith locksmith",
    "bus_driver taxi_driver lorry_driver tram_driver train_driver",
    "barber milliner tailor",
    "cleaner caretaker",
    "accountant banker bank_clerk",
    "monk priest bishop theologian",
    "shepherd pastor",
    "nun theologian",
    "pilot engineer captain copilot",
    "postman",
    "prison_guard",
    "puppeteer",
    "firefighter paramedic",
    "policeman inspector constable sergeant",
    "miner",
    "cyclist",
    "gymnast acrobat dancer",
    "swimmer diver",
    "boxer wrestler",
    "skier snowboarder",
    "golfer",
    "jockey",
    "horse_trainer coach",
    "sprinter runner hurdler",
    "tennis_player",
    "climber skier",
    "rower sailor",
    "skater",
    "fencer",
    "javelin_thrower",
)
_SPELT: Final[dict[str, str]] = {
    "accountant": "accountant;bookkeeper;auditor",
    "actor": "actor;actress",
    "art_historian": "art historian",
    "astronomer": "astronomer",
    "bank_clerk": "bank clerk;bank teller",
    "barber": "hairdresser;barber",
    "beekeeper": "beekeeper",
    "bricklayer": "bricklayer;stonemason",
    "bus_driver": "bus driver",
    "cabinetmaker": "cabinetmaker;cabinet maker",
    "cameraman": "cameraman;camerawoman",
    "caretaker": "janitor",
    "climber": "climber;mountaineer;alpinist",
    "clarinettist": "clarinettist;clarinetist",
    "cleaner": "cleaner",
    "computer_scientist": "computer scientist",
    "confectioner": "confectioner;pastry chef;chocolatier",
    "cook": "cook;chef",
    "critic": "film critic;theatre critic;theater critic;music critic;literary critic;art critic;food critic",
    "dentist": "dentist;orthodontist",
    "filmmaker": "filmmaker;film maker;film director",
    "firefighter": "firefighter;fireman;fire fighter",
    "fisherman": "fisherman",
    "flautist": "flautist;flutist",
    "horse_trainer": "trainer",
    "javelin_thrower": "javelin thrower",
    "jeweller": "jeweller;jeweler",
    "journalist": "journalist;reporter;correspondent",
    "lorry_driver": "lorry driver;truck driver;trucker",
    "mechanic": "mechanic",
    "palaeontologist": "palaeontologist;paleontologist",
    "pianist": "pianist",
    "policeman": "policeman;policewoman",
    "political_scientist": "political scientist",
    "postman": "postman;postwoman;mailman;letter carrier",
    "prison_guard": "prison guard;prison warder;prison officer;jailer;gaoler",
    "presenter": "presenter;broadcaster;newsreader;television host;TV host",
    "singer": "singer;vocalist",
    "taxi_driver": "taxi driver;cab driver;cabbie",
    "tennis_player": "tennis player",
    "train_driver": "train driver;engine driver",
    "tram_driver": "tram driver",
    "vet": "vet;veterinarian;veterinary surgeon",
    "waiter": "waiter;waitress;bartender;barman;barmaid",
    "winegrower": "winegrower;wine grower;winemaker;vintner",
}
"""Callings that are written in other words than their names."""
_ALSO_NAMES: Final = frozenset(
    "archer baker barber brewer butcher carpenter cleaner conductor cook cooper driver farmer fisher forester gardener"
    " hunter mason miller painter porter potter ranger runner sailor shepherd singer smith tailor weaver pilot vet monk"
    " jockey trainer diver builder skier".split()
)
"""Words that are also names of people: they count only where they are not written like one."""


class Calling(NamedTuple):
    """A calling, its spellings, what the same person may be called beside it, and whether it may be a name."""

    concept: str
    forms: tuple[str, ...]
    beside: frozenset[str]


@lru_cache(maxsize=1)
def callings() -> tuple[Calling, ...]:
    """All callings, those that `titles.tsv` has too among them."""
    beside: dict[str, set[str]] = defaultdict(set)
    for row in _ROWS:
        for calling in row.split():
            beside[calling] |= {*row.split()} - {calling}
    return tuple(
        Calling(name, tuple(_SPELT.get(name, name).split(";")), frozenset(others)) for name, others in beside.items()
    )


def may_be_name(fold: str) -> bool:
    """Whether a word for a calling is also a first or last name."""
    return fold in _ALSO_NAMES
