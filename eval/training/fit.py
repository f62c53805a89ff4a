"""Trains the passage model on the questions of `eval/training` and those after figures."""

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from assistant.index.encoder import find_model
from assistant.retrieval.passage_model import MAX_TOKENS, NUMBER
from eval.training.examples import Example, read_all
from eval.training.negatives import with_negatives
from eval.training.network import PassageNetwork

BATCH = 8
"""Questions a step."""
PER_QUESTION = 6
"""Texts read beside a question."""
NEAREST, NEAR, FAR = 10, 4, 2
"""How many of the wrong texts are the nearest ones, and how many are drawn from these and from the rest."""
TOGETHER = 10
"""Pairs run at a time, of like length, so that little is padding."""
RATE, HEAD_RATE = 7e-5, 2.1e-4
WARM_UP, FLOOR = 0.06, 0.02
ALONE = 0.5
"""Weight of the loss that takes each text, or number, by itself."""
SHARES: Mapping[tuple[bool, bool], float] = {
    (True, True): 0.77,  # places and figures are known, or that there are none
    (True, False): 0.19,  # only the places
    (False, True): 0.04,  # only that no figure is given
}
"""How often questions are drawn of which so much is known."""


def train(
    steps: int, seed: int, held: frozenset[str] = frozenset(), start: Path | None = None
) -> PassageNetwork:
    """A network trained on the questions of `eval/training`; two cores need about two seconds a step.

    Args:
        steps: how many.
        seed: of the order, the texts read and the dropout.
        held: reviews whose questions are left out.
        start: state of a network to go on from; None for the bare encoder.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(str(find_model()))
    network = PassageNetwork(find_model())
    if start is not None:
        network.load_state_dict(torch.load(start, weights_only=True))
    network.freeze()
    network.train()
    batches = _batches(_examples(held))
    optimiser, schedule = _optimiser(network, steps)
    loss, started = 0.0, time.monotonic()
    for step in range(steps):
        value = _loss(network, tokenizer, next(batches))
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        loss = value.item() if step == 0 else 0.97 * loss + 0.03 * value.item()
        if step % 50 == 0:
            spent = time.monotonic() - started
            print(f"step {step} of {steps}, loss {loss:.3f}, {spent:.0f} s", file=sys.stderr)
    network.eval()
    return network


def _examples(held: frozenset[str]) -> list[Example]:
    encoder = SentenceTransformer(str(find_model()), device="cpu")

    def vectors(texts: Sequence[str]) -> Any:
        return encoder.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)

    found: list[Example] = []
    for asked, texts in read_all():
        kept = [a for a in asked if a.review not in held]
        if kept:
            found += with_negatives(kept, texts, vectors([a.text for a in kept]), vectors(texts))
    return found


def _batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Questions drawn by `SHARES`, none again before all like it have been."""
    kinds: dict[tuple[bool, bool], list[Example]] = {}
    for example in examples:
        kinds.setdefault((example.asked.placed, example.asked.pointed), []).append(example)
    left: dict[tuple[bool, bool], list[Example]] = {kind: [] for kind in kinds}
    while True:
        batch = []
        for kind in random.choices(list(kinds), [SHARES[k] for k in kinds], k=BATCH):
            left[kind] = left[kind] or random.sample(kinds[kind], len(kinds[kind]))
            batch.append(left[kind].pop())
        yield batch


def _optimiser(
    network: PassageNetwork, total: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW whose rate rises, then falls in a straight line."""
    own = [p for p in network.encoder.parameters() if p.requires_grad]
    head = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": own, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01
    )

    def rate(step: int) -> float:
        return min((step + 1) / (WARM_UP * total), max(FLOOR, 1 - step / total))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


def _drawn(example: Example) -> list[int]:
    """The places of the texts to be read beside a question: right ones, those that look right, and wrong ones."""
    asked = example.asked
    right = random.sample(asked.answers, min(2, len(asked.answers)))
    wrong = random.sample(asked.near, min(2, len(asked.near)))
    nearest, rest = example.hard[:NEAREST], example.hard[NEAREST:]
    pool = random.sample(nearest, min(NEAR, len(nearest))) + random.sample(rest, min(FAR, len(rest)))
    wrong += [n for n in pool if n not in wrong]
    return right + wrong[: PER_QUESTION - len(right)]


def _loss(
    network: PassageNetwork, tokenizer: PreTrainedTokenizerBase, batch: Sequence[Example]
) -> torch.Tensor:
    """The mean over the questions of what the choice of a text and of a number costs, as far as the right one is known."""
    read = [(e, n) for e in batch for n in _drawn(e)]
    scores, figures = _scores(network, tokenizer, [(e.asked.text, e.texts[n]) for e, n in read])
    losses = []
    for example in batch:
        asked = example.asked
        own = [(k, n) for k, (e, n) in enumerate(read) if e is example]
        value = scores.new_zeros(())
        if asked.placed:
            value = value + _choice(scores[[k for k, _ in own]], [n in asked.answers for _, n in own])
        numbers = [(odds, start in asked.figures.get(n, ())) for k, n in own for start, odds in figures[k]]
        if asked.pointed and numbers:
            value = value + _choice(
                torch.stack([odds for odds, _ in numbers]), [right for _, right in numbers]
            )
        losses.append(value)
    return torch.stack(losses).mean()


def _choice(odds: torch.Tensor, right: Sequence[bool]) -> torch.Tensor:
    """The loss of choosing a right one or, where there is none, none; and of each by itself."""
    truth = torch.tensor(right)
    everything = torch.logsumexp(torch.cat([odds, odds.new_zeros(1)]), 0)  # the zero is "none of them"
    chosen = torch.logsumexp(odds[truth], 0) if truth.any() else odds.new_zeros(())
    each = torch.nn.functional.binary_cross_entropy_with_logits(odds, truth.float(), reduction="none")
    sides = [each[side].mean() for side in (truth, ~truth) if side.any()]
    return everything - chosen + ALONE * torch.stack(sides).sum()


def _scores(
    network: PassageNetwork, tokenizer: PreTrainedTokenizerBase, pairs: Sequence[tuple[str, str]]
) -> tuple[torch.Tensor, list[list[tuple[int, torch.Tensor]]]]:
    """Scores, shape (len(pairs),), and for each pair those of the numbers of its text with where they start."""
    encoded = tokenizer(
        [q for q, _ in pairs],
        [t for _, t in pairs],
        truncation="longest_first",
        max_length=MAX_TOKENS,
        return_offsets_mapping=True,
    )
    offsets = encoded.pop("offset_mapping")
    order = sorted(range(len(pairs)), key=lambda k: len(encoded["input_ids"][k]))
    scores: dict[int, torch.Tensor] = {}
    figures: dict[int, list[tuple[int, torch.Tensor]]] = {}
    for start in range(0, len(order), TOGETHER):
        group = order[start : start + TOGETHER]
        padded = tokenizer.pad({k: [v[n] for n in group] for k, v in encoded.items()}, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            whole, tokens = network(**padded)
        for row, n in enumerate(group):
            scores[n] = whole[row].float()
            types = encoded["token_type_ids"][n]
            at = {o[0]: k for k, o in enumerate(offsets[n]) if types[k] and o[1] > o[0]}
            numbers = [m.start() for m in NUMBER.finditer(pairs[n][1])]
            figures[n] = [(place, tokens[row, at[place]].float()) for place in numbers if place in at]
    return torch.stack([scores[n] for n in range(len(pairs))]), [figures[n] for n in range(len(pairs))]
