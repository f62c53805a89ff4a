"""The service's counters in Prometheus' text format, version 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.service.journal import BUCKETS_S, Journal

Sample = tuple[str, dict[str, str], float]


def exposition(journal: Journal, n_inside: int, ready: bool) -> str:
    """All counters as text.

    Args:
        journal: what was counted.
        n_inside: questions that are answered or wait now.
        ready: whether the index is open.
    """
    counts = journal.counts()
    name = "assistant_question_seconds"
    seconds: list[Sample] = []
    below = 0
    for bound in BUCKETS_S:
        below += counts.durations[bound]
        seconds.append((f"{name}_bucket", {"le": f"{bound:g}"}, below))
    total = sum(counts.durations.values())
    seconds.append((f"{name}_bucket", {"le": "+Inf"}, total))
    seconds += [(f"{name}_sum", {}, counts.seconds), (f"{name}_count", {}, total)]
    questions = [
        ("assistant_questions_total", {"interface": interface, "outcome": outcome}, float(n))
        for (interface, outcome), n in sorted(counts.questions.items())
    ]
    ratings = [
        ("assistant_ratings_total", {"liked": str(liked).lower()}, float(counts.ratings[liked]))
        for liked in (True, False)
    ]
    responses = [
        ("assistant_responses_total", {"status": str(status)}, float(n))
        for status, n in sorted(counts.responses.items())
    ]
    return "".join(
        [
            *_family("assistant_questions_total", "counter", "Questions by outcome.", questions),
            *_family(name, "histogram", "Time to an answer, waiting included.", seconds),
            *_family("assistant_ratings_total", "counter", "Ratings kept.", ratings),
            *_family("assistant_responses_total", "counter", "Responses by HTTP status.", responses),
            *_family("assistant_questions_inside", "gauge", "Questions in work or waiting.", [
                ("assistant_questions_inside", {}, float(n_inside)),
            ]),
            *_family("assistant_ready", "gauge", "Whether the index is open.", [
                ("assistant_ready", {}, float(ready)),
            ]),
        ]
    )  # fmt: skip


def _family(name: str, kind: str, help: str, samples: Iterable[Sample]) -> list[str]:
    lines = [f"# HELP {name} {help}\n", f"# TYPE {name} {kind}\n"]
    for sample, labels, value in samples:
        inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{sample}{{{inside}}} {value:.10g}\n" if inside else f"{sample} {value:.10g}\n")
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
