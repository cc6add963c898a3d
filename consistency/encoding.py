"""How a pair of texts becomes the model's input. One way, for training and for every backend.

A model whose configuration says `"marks": true` is told which words differ: words of the premise
that have no counterpart in the hypothesis carry token type 2 in place of 0, words of the hypothesis
without one in the premise carry 3 in place of 1. The counterpart is found by longest common
subsequence over whole words, so that an exchange of subject and object is marked too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq


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
        left, right = self._words(premise), self._words(hypothesis)
        first, second = [2] * len(premise), [3] * len(hypothesis)
        left_keys = [hash(tuple(premise[start:end])) for start, end in left]
        right_keys = [hash(tuple(hypothesis[start:end])) for start, end in right]
        for block in LCSseq.opcodes(left_keys, right_keys):
            if block.tag != "equal":
                continue
            for start, end in left[block.src_start : block.src_end]:
                first[start:end] = [0] * (end - start)
            for start, end in right[block.dest_start : block.dest_end]:
                second[start:end] = [1] * (end - start)
        return first, second

    def _words(self, pieces: Sequence[int]) -> list[tuple[int, int]]:
        starts = [at for at, piece in enumerate(pieces) if at == 0 or not self._continues[piece]]
        ends = [*starts[1:], len(pieces)]
        return list(zip(starts, ends, strict=False))  # a text without word pieces has no word and one end
