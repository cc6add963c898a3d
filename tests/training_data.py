"""A small folder of training data in the real layout, and sentences to build it from."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from consistency.training.sources import PASSAGES, SOURCES

SENTENCES: Final = tuple(
    """
The harbour authority said on Tuesday that 214 containers had been lost in the storm off Valparaíso.
Kofi Osei was not invited to the meeting because the committee had already chosen Ruth Walsh.
The former minister will not testify before the court in Nairobi, his lawyer announced.
Nadia Haddad bought the company for $12 million after its owner refused to sell the land.
The police arrested the singer at the airport on Friday evening.
The bridge was opened by the mayor, and the old ferry was sold to a museum in Lisbon.
Officials said that the dam could fail if the rain continued until March 20.
According to Viktor Novak, the alleged thief had visited the gallery two days before the fire.
The board has not approved the plan to close three hospitals in the north of Turkey.
Brazil defeated Norway in the final, and Clara Moreno scored the only goal for the first time in 2014.
She told reporters that her brother would never leave the village.
The price of wheat rose by 7 percent in August, more than in any month since 1997.
In a letter to the council, the teachers criticised the new school law.
The court found the captain guilty of sinking the ship in support of the rebels.
Although the vote was close, the opposition accepted the result and praised the election commission.
“We are ready to talk,” said Elena Petrov, who leads the union’s delegation.
At least 1,200 people attended the funeral of the poet in Cairo on December 3, 2019.
The airline may cancel twelve flights from Turkey because its pilots plan to strike.
The army's spokesman confirmed that the village had been taken without resistance.
Ana Silva and Omar Karimi wrote the report, which was published by the university in May.
The mayor said the city isn't able to pay for the stadium before next year.
Rain stopped the match after the captain had asked the referee for a break.
The museum was closed, but the garden around the palace remained free for all visitors.
During the debate, the senator accused the bank of hiding its losses from the public.
The judge, who had never met the accused, dismissed the case for lack of evidence.
The new vaccine is likely to be sold with a discount in 2 million pharmacies.
His daughter married the farmer in June, and he gave them the house on the hill.
The regulator fined the club €40,000 for selling tickets to children.
Residents must leave the valley by noon, the fire chief warned on Sunday.
Grace Mbeki accepted the prize of the academy for her novel about the war with Iran.
""".strip().splitlines()
)
"""Thirty news sentences that between them offer a hold to every edit."""


def write_rows(file: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """JSON lines, gzipped where the name says so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    file.write_bytes(gzip.compress(text) if file.suffix == ".gz" else text)
    return file


def make(folder: Path, planted: Iterable[tuple[str, str]] = (), dev: Iterable[str] = ()) -> Path:
    """`folder` with train/, dev/ and text/. `planted` goes into every training source, `dev` into a dev file."""
    rng = random.Random(0)
    for source in SOURCES:
        pairs = [(rng.choice(SENTENCES), rng.choice(SENTENCES)) for _ in range(12)]
        labels = sorted(source.labels)
        write_rows(
            folder / "train" / f"{source.name}.jsonl.gz",
            (
                {"premise": premise, "hypothesis": hypothesis, "label": labels[at % len(labels)]}
                for at, (premise, hypothesis) in enumerate([*pairs, *planted])
            ),
        )
    bodies = [SENTENCES[at : at + 5] for at in range(0, len(SENTENCES), 5)]
    rows = [{"text": " ".join(body), "cluster": f"passage-{at}"} for at, body in enumerate(bodies)]
    rows.append({"text": "This body has no licence at all and must never be learnt.", "cluster": "body-1"})
    rows += [
        {"text": f"{SENTENCES[0]} {premise}", "cluster": f"passage-p{at}"} for at, (premise, _) in enumerate(planted)
    ]
    write_rows(folder / "text" / f"{PASSAGES.name}.jsonl.gz", rows)
    write_rows(
        folder / "dev" / "some.jsonl.gz",
        ({"premise": text, "hypothesis": "A line that stands in no other file.", "label": "neutral"} for text in dev),
    )
    return folder
