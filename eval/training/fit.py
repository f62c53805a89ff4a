"""Trains the passage model on the questions of `eval/training`."""

import random
import sys
import time
from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from assistant.index.encoder import find_model
from assistant.retrieval.passage_model import MAX_TOKENS
from eval.training.examples import Example, read_all
from eval.training.negatives import with_negatives
from eval.training.network import PassageNetwork

BATCH = 8
"""Questions a step."""
PER_QUESTION = 6
"""Texts read beside a question."""
LOOKED_AT = 10
"""Wrong texts of a question that the network scores before a step, drawn from the nearest."""
HARDEST = 2
"""Of those, the ones it takes most for right, which are read; more of them would be right ones that nobody noted."""
MINED_FROM = 0.25
"""Part of the training after which the network picks them; before, it knows nothing, and chance does."""
TOGETHER = 10
"""Pairs run at a time, of like length, so that little is padding."""
RATE, HEAD_RATE = 6e-5, 3e-4
WARM_UP, FLOOR = 0.06, 0.02
PAIRWISE = 0.5
"""Weight of the loss that takes each text by itself."""


def train(
    epochs: float, seed: int, held: frozenset[str] = frozenset(), steps: int | None = None
) -> PassageNetwork:
    """A network trained on the questions of `eval/training`; two cores need about two seconds a step.

    Args:
        epochs: how often each question is seen.
        seed: of the order, the texts read and the dropout.
        held: reviews whose questions are left out.
        steps: stop after so many; None for all.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    examples = _examples(held)
    tokenizer = AutoTokenizer.from_pretrained(str(find_model()))
    network = PassageNetwork(find_model())
    network.freeze()
    network.train()
    total = max(1, int(epochs * len(examples) / BATCH))
    optimiser, schedule = _optimiser(network, total)
    order: list[Example] = []
    loss, started = 0.0, time.monotonic()
    for step in range(total if steps is None else min(steps, total)):
        if len(order) < BATCH:
            order = random.sample(examples, len(examples))
        batch = [order.pop() for _ in range(min(BATCH, len(order)))]
        value = _loss(network, tokenizer, batch, mined=step >= MINED_FROM * total)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        loss = value.item() if step == 0 else 0.98 * loss + 0.02 * value.item()
        if step % 50 == 0:
            print(
                f"step {step} of {total}, loss {loss:.3f}, {time.monotonic() - started:.0f} s",
                file=sys.stderr,
            )
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


def _optimiser(
    network: PassageNetwork, total: int
) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW whose rate rises, then falls in a straight line."""
    own = [p for p in network.encoder.parameters() if p.requires_grad]
    head = [*network.dense.parameters(), *network.score.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": own, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01
    )

    def rate(step: int) -> float:
        return min((step + 1) / (WARM_UP * total), max(FLOOR, 1 - step / total))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


def _drawn(
    network: PassageNetwork, tokenizer: PreTrainedTokenizerBase, batch: Sequence[Example], *, mined: bool
) -> list[tuple[Example, list[int], int]]:
    """For each question the places of the texts to be read, the right ones first, and how many those are."""
    pools = [_pool(e) for e in batch]
    hardest: list[list[int]] = [[] for _ in batch]
    if mined:
        pairs = [(e.asked.text, e.texts[n]) for e, pool in zip(batch, pools, strict=True) for n in pool]
        network.eval()
        with torch.no_grad():
            scores = iter(_scores(network, tokenizer, pairs).tolist())
        network.train()
        scored = [[(next(scores), n) for n in pool] for pool in pools]
        hardest = [[n for _, n in sorted(each, reverse=True)[:HARDEST]] for each in scored]
    drawn = []
    for example, pool, hard in zip(batch, pools, hardest, strict=True):
        asked = example.asked
        right = random.sample(asked.answers, min(2, len(asked.answers)))
        wrong = [*asked.near[:2], *(n for n in hard if n not in asked.near[:2])]
        wrong += [n for n in pool if n not in wrong]
        drawn.append((example, right + wrong[: PER_QUESTION - len(right)], len(right)))
    return drawn


def _pool(example: Example) -> list[int]:
    """Places of wrong texts in the order of chance, those nearest to the question twice as often as the rest."""
    near, far = example.hard[:LOOKED_AT], example.hard[LOOKED_AT:]
    pool = random.sample(near, min(LOOKED_AT * 2 // 3, len(near)))
    pool += random.sample(far, min(LOOKED_AT - len(pool), len(far)))
    return random.sample(pool, len(pool))


def _loss(
    network: PassageNetwork, tokenizer: PreTrainedTokenizerBase, batch: Sequence[Example], *, mined: bool
) -> torch.Tensor:
    """The mean over the questions: of choosing a right text or, where there is none, none; and of each text by itself."""
    drawn = _drawn(network, tokenizer, batch, mined=mined)
    pairs = [(e.asked.text, e.texts[n]) for e, places, _ in drawn for n in places]
    scores = _scores(network, tokenizer, pairs)
    losses, start = [], 0
    for _, places, right in drawn:
        own = scores[start : start + len(places)]
        start += len(places)
        everything = torch.logsumexp(torch.cat([own, own.new_zeros(1)]), 0)  # the zero is "none of them"
        chosen = torch.logsumexp(own[:right], 0) if right else own.new_zeros(())
        truth = torch.zeros(len(places))
        truth[:right] = 1
        alone = torch.nn.functional.binary_cross_entropy_with_logits(own, truth)
        losses.append(everything - chosen + PAIRWISE * alone)
    return torch.stack(losses).mean()


def _scores(
    network: PassageNetwork, tokenizer: PreTrainedTokenizerBase, pairs: Sequence[tuple[str, str]]
) -> torch.Tensor:
    """Scores, shape (len(pairs),), computed in groups of like length."""
    encoded = tokenizer(
        [q for q, _ in pairs], [t for _, t in pairs], truncation="longest_first", max_length=MAX_TOKENS
    )
    order = sorted(range(len(pairs)), key=lambda k: len(encoded["input_ids"][k]))
    scores: list[torch.Tensor] = []
    for start in range(0, len(order), TOGETHER):
        group = order[start : start + TOGETHER]
        padded = tokenizer.pad({k: [v[n] for n in group] for k, v in encoded.items()}, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores.append(network(**padded).float())
    back = torch.argsort(torch.tensor(order))
    return torch.cat(scores)[back]
