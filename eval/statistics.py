"""Intervals and tests for the small numbers an evaluation has. None of them assumes a normal distribution."""

import math
import random
from collections.abc import Hashable, Mapping, Sequence

RESAMPLES = 10_000
SEED = 20221210


def interval(right: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of a share: the two p at which `right` or a more extreme count has probability
    (1 - level) / 2 (Clopper and Pearson, Biometrika 26, 1934). (0, 1) where n is 0."""

    def log_term(k: int, p: float) -> float:
        ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        return ways + k * math.log(p) + (n - k) * math.log1p(-p)

    def crossing(ks: range, rising: bool) -> float:
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = (low + high) / 2
            tail = math.fsum(math.exp(log_term(k, middle)) for k in ks)
            low, high = (low, middle) if (tail > alpha) == rising else (middle, high)
        return low

    alpha = (1 - level) / 2
    lower = crossing(range(right, n + 1), rising=True) if right else 0.0
    upper = crossing(range(right + 1), rising=False) if right < n else 1.0
    return lower, upper


def mcnemar(only_a: int, only_b: int) -> float:
    """Two-sided exact p that two runs over the same questions are equally good (McNemar 1947, binomial form).

    `only_a` and `only_b` count the questions that one run alone has right. 1 where neither has any.
    """
    n, fewer = only_a + only_b, min(only_a, only_b)
    if n == 0:
        return 1.0
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / (1 << n))


def cluster_bootstrap(
    clusters: Mapping[Hashable, Sequence[float]],
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[float, float]:
    """Percentile interval of the mean over all values when whole clusters are drawn with replacement.

    Questions about one study share its sentences and cells, so that they err together; drawing single
    questions would make the interval too narrow. (nan, nan) without values. With one cluster the interval
    has no width and says nothing.
    """
    sums = [(math.fsum(values), len(values)) for values in clusters.values() if values]
    if not sums:
        return math.nan, math.nan
    draw = random.Random(seed)
    means = []
    for _ in range(resamples):
        drawn = draw.choices(sums, k=len(sums))
        means.append(math.fsum(s for s, _ in drawn) / sum(n for _, n in drawn))
    means.sort()
    cut = (1 - level) / 2
    return means[math.floor(cut * (resamples - 1))], means[math.ceil((1 - cut) * (resamples - 1))]
