"""The kinds of mutation, by family and name. A kind is one function and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from eval.mutate import _benign, _damage, _facts, _wording
from eval.mutate._text import Family, Places

KINDS: Mapping[Family, Mapping[str, Places]] = {
    "corruption": {
        "number": _facts.inside(_facts.number),
        "unit": _facts.inside(_facts.unit),
        "date": _facts.inside(_facts.date),
        "place": _facts.inside(_facts.place),
        "person": _facts.inside(_facts.person),
        "name_typo": _facts.inside(_facts.typo),
        "negation": _wording.negation,
        "antonym": _wording.antonym,
        "role_swap": _wording.role_swap,
        "hedge_dropped": _wording.hedge,
        "attribution_dropped": _wording.attribution,
        "quote_altered": _wording.quotation,
        "truncation": _damage.truncation,
        "spliced_sentence": _damage.splice,
        "tortured_synonym": _damage.tortured,
    },
    "benign": {
        "voice": _benign.voice,
        "number_style": _facts.inside(_benign.number_style),
        "date_style": _facts.inside(_benign.date_style),
        "alias": _benign.by_table("alias"),
        "synonym": _benign.by_table("synonym"),
        "typography": _benign.typography,
        "clause_order": _benign.clause_order,
        "contraction": _benign.by_table("contraction"),
        "shortened": _benign.shortened,
    },
}
