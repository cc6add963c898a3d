"""How a pair of texts becomes the model's input. One way, for training and for every backend.

A model whose configuration says `"marks": true` is told which words differ: words of the premise
that have no counterpart in the hypothesis carry token type 2 in place of 0, words of the hypothesis
without one in the premise carry 3 in place of 1. The counterpart is found by longest common
subsequence over whole words, so that an exchange of subject and object is marked too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias, cast

_Block: TypeAlias = tuple[str, int, int, int, int]


class Encoded(NamedTuple):
    """One model input: word-piece ids and token types, both of the same length."""

    ids: list[int]
    types: list[int]


class PairEncoder:
    """Builds `[first] premise [sep] hypothesis [sep]` from word pieces.

    `continues[id]` says whether a word piece continues the word before it. Nothing is cut here: a
    pair longer than the model can read is for the caller to refuse.
    """

    def __init__(self, first: int, separator: int, continues: Sequence[bool], *, marks: bool) -> None:
        self._first = first
        self._separator = separator
        self._continues = continues
        self._marks = marks

    @classmethod
    def of(cls, tokenizer: Any, *, marks: bool) -> PairEncoder:
        """The encoder with a BERT tokenizer's special ids and word pieces."""
        pieces = tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
        continues = [piece.startswith("##") for piece in pieces]
        return cls(tokenizer.cls_token_id, tokenizer.sep_token_id, continues, marks=marks)

    def encode(self, premise: Sequence[int], hypothesis: Sequence[int]) -> Encoded:
        """Word pieces of both texts, without special tokens, as one model input."""
        ids = [self._first, *premise, self._separator, *hypothesis, self._separator]
        first, second = [0] * len(premise), [1] * len(hypothesis)
        if self._marks:
            first, second = self._marked(premise, hypothesis)
        return Encoded(ids, [0, *first, 0, *second, 1])

    def _marked(self, premise: Sequence[int], hypothesis: Sequence[int]) -> tuple[list[int], list[int]]:
        from rapidfuzz.distance import LCSseq

        first, second = [0] * len(premise), [1] * len(hypothesis)
        left, right = self._bounds(premise), self._bounds(hypothesis)
        blocks = LCSseq.opcodes(_keys(premise, left), _keys(hypothesis, right)).as_list()
        for tag, src_start, src_end, dest_start, dest_end in cast("list[_Block]", blocks):
            if tag != "equal":
                start, end = left[src_start], left[src_end]
                first[start:end] = [2] * (end - start)
                start, end = right[dest_start], right[dest_end]
                second[start:end] = [3] * (end - start)
        return first, second

    def _bounds(self, pieces: Sequence[int]) -> list[int]:
        """Where each word begins, and behind the last one where it ends."""
        continues = self._continues
        bounds = [at for at, piece in enumerate(pieces) if not continues[piece]]
        if pieces and (not bounds or bounds[0] != 0):
            bounds.insert(0, 0)
        bounds.append(len(pieces))
        return bounds


def _keys(pieces: Sequence[int], bounds: Sequence[int]) -> list[int]:
    """A number for each word that only the same word has; most words are a single piece."""
    return [pieces[start] if end - start == 1 else hash(tuple(pieces[start:end])) for start, end in pairwise(bounds)]
