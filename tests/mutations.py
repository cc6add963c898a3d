"""Articles to mutate."""

from __future__ import annotations

from pathlib import Path

from consistency.records import Article

ORIGINALS = sorted((Path(__file__).parent.parent / "fixtures" / "stories").glob("*/original.txt"))
NEWS = Article(
    id="news",
    text=(
        "RIVERTON — About 4,200 people marched through Madrid on Tuesday, police said.\n\n"
        "Mayor Laura Pennington accused the union of breaking its promise. The company may appeal the ruling in May. "
        "A storm had damaged 14 boats, according to the harbour office.\n\n"
        "“We were really tired of waiting for a simple answer,” said Peter Halloran, 52, who leads the strike. "
        "Halloran was not invited to the talks in Lisbon. The minister’s plane had landed shortly before midnight. "
        "On Friday, the court allegedly lost three boxes of files.\n\n"
        "The prime minister said the price of bread rose by 12 percent last year. The road is 30 miles long. "
        "He would not say who had paid for it.\n"
    ),
)
