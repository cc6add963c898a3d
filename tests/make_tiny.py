"""Makes the tiny models under fixtures/models: `python -m tests.make_tiny`, about a minute on one core.

They are real: trained, self-tested, with their own word pieces. `tiny` learns with its labels in
another order than ours, so that whoever reads them by position is found out; `tiny_marks` is made
from it, with token types for words that differ. Both know the templates below and little else.
"""

from __future__ import annotations

import random
import shutil
import string
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from consistency import backends
from consistency.training import loop, network
from consistency.training.recipe import encode
from consistency.training.sources import CONTRADICTION, ENTAILMENT, LABELS, NEUTRAL, Example

MODELS: Final = Path(__file__).parent.parent / "fixtures" / "models"
OTHER_ORDER: Final = ("contradiction", "entailment", "neutral")
WEIGHTS: Final = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")

_WHO: Final = "mayor judge coach minister doctor farmer singer captain teacher driver queen actor".split()
_DID: Final = (
    "opened/open closed/close visited/visit sold/sell praised/praise bought/buy left/leave painted/paint "
    "inspected/inspect cleaned/clean"
).split()
_HOW: Final = "new old small large famous local".split()
_WHAT: Final = "bridge school harbour museum factory station market garden tower library".split()
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def vocabulary() -> dict[str, int]:
    """Word pieces to ids: the templates' words, and letters, digits and marks to spell anything else."""
    words = {*_WHO, *_HOW, *_WHAT, *(day.lower() for day in _DAYS), "the", "a", "on", "did", "not", "never", "and"}
    words |= {part for pair in _DID for part in pair.split("/")}
    letters = string.ascii_lowercase + string.digits
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *string.punctuation, *letters]
    pieces += [f"##{letter}" for letter in letters] + sorted(word for word in words if len(word) > 1)
    return {piece: at for at, piece in enumerate(pieces)}


def examples(count: int, seed: int) -> Iterator[Example]:
    """Equal parts of the three labels; both ways of every negation."""
    rng = random.Random(seed)
    for at in range(count):
        who, how, what, day = rng.choice(_WHO), rng.choice(_HOW), rng.choice(_WHAT), rng.choice(_DAYS)
        did, do = rng.choice(_DID).split("/")
        said = f"The {who} {did} the {how} {what} on {day}."
        short = f"The {who} {did} the {what}."
        denied = rng.choice(
            [f"The {who} did not {do} the {how} {what} on {day}.", f"The {who} never {did} the {what}."]
        )
        if at % 3 == ENTAILMENT:
            same = rng.choice([said, denied])
            yield (
                Example(same, same, ENTAILMENT, "same")
                if rng.random() < 0.6
                else Example(said, short, ENTAILMENT, "short")
            )
        elif at % 3 == CONTRADICTION:
            told = rng.choice([said, said, short])
            pair = (told, denied) if rng.random() < 0.7 else (denied, told)
            yield Example(*pair, CONTRADICTION, "denied")
        else:
            others = [rng.choice([one for one in pool if one != used]) for pool, used in ((_WHO, who), (_WHAT, what))]
            other = f"The {others[0]} {rng.choice(_DID).split('/')[0]} the {others[1]} on {rng.choice(_DAYS)}."
            yield Example(said, other, NEUTRAL, "other")


def untrained() -> tuple[Any, Any]:
    """Tokenizer and a network of random weights."""
    tokenizer = BertTokenizer(vocab=vocabulary(), do_lower_case=True, model_max_length=320)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=320,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.15,  # so narrow a network learns nothing from the usual 0.02
        id2label=dict(enumerate(OTHER_ORDER)),
        label2id={label: at for at, label in enumerate(OTHER_ORDER)},
    )
    return tokenizer, BertForSequenceClassification(config)


def train(model: Any, tokenizer: Any, settings: loop.LoopSettings, count: int, *, marks: bool) -> Any:
    """Trains in the model's own order of labels."""
    items = encode(tokenizer, list(examples(count, settings.seed)), marks=marks)
    position = [model.config.label2id[label] for label in LABELS]
    moved = [loop.Item(item.encoded, position[item.label]) for item in items]
    with tempfile.TemporaryDirectory() as folder:
        return loop.train(model, moved, settings, Path(folder) / "checkpoint")


def main() -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    tokenizer, model = untrained()
    model = train(model, tokenizer, loop.LoopSettings(epochs=3, rate=2e-3, batch=48), 12_000, marks=False)
    _save(model, tokenizer, MODELS / "tiny")
    marked = network.build(MODELS / "tiny", marks=True)
    marked = train(marked, tokenizer, loop.LoopSettings(epochs=1, rate=2e-3, batch=48, seed=1), 4_000, marks=True)
    _save(marked, tokenizer, MODELS / "tiny_marks")


def _save(model: Any, tokenizer: Any, folder: Path) -> None:
    """Writes the folder anew; a model that fails the self-test is an error."""
    shutil.rmtree(folder, ignore_errors=True)
    model.config.name_or_path = ""
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    for file in folder.iterdir():
        file.chmod(0o644)
        if file.name not in WEIGHTS:
            file.unlink()
    scorer = backends.load(str(folder))
    asked = list(examples(300, seed=99))
    scores = scorer.score([(one.premise, one.hypothesis) for one in asked])
    right = sum(getattr(score, LABELS[one.label]) > 0.5 for one, score in zip(asked, scores, strict=True))
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{folder.name}: {right} of {len(asked)} right, {size // 1000} kB, digest {scorer.digest[:12]}")


if __name__ == "__main__":
    main()
