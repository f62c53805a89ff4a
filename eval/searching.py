"""`python -m eval retrieval`: how well the passages with the gold are found, by ir-measures.

Judgements come from the gold places of the items: a passage at one of them that speaks of a study to be cited
is relevant (1), and more so (2) where it also holds a gold figure. Definitions as in ir-measures: success@k
is 1 where one relevant passage is among the first k, recall@k the share of them that are, nDCG with linear
gain and log2 discount, RR 1 over the rank of the first relevant one.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eval.engines import RERANK
from eval.figures import figures
from eval.gold import plain
from eval.items import SPLITS, EvalError, Item, open_sets
from eval.measures import gold_places
from eval.summary import aligned

if TYPE_CHECKING:
    from assistant.model import Passage
    from assistant.retrieval.retrieval import Retriever

DEPTH = 100
MEASURES = ("Success@1", "Success@3", "Success@5", "Success@10", "R@5", "R@10", "nDCG@10", "RR")
SEARCHES = ("default", "no-bm25", "no-dense", "no-study-filter", RERANK)
"""``rerank`` only where ASSISTANT_RERANKER names a cross-encoder."""

Judgements = dict[str, dict[str, int]]


def add_command(commands: Any) -> None:
    """Adds `retrieval` to the command line."""
    parser = commands.add_parser(
        "retrieval", help="score the search alone, whole and with parts switched off"
    )
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="dev")
    parser.set_defaults(function=_retrieval)


def judge(items: Iterable[Item], passages: Sequence["Passage"]) -> Judgements:
    """Relevance (1 or 2) by item and passage id, for the items whose gold has a place and a study.

    Sentences and cells alone are judged: a column or a reference repeats them. An item of several turns is
    left out, as its last turn alone is no query.
    """
    found: Judgements = {}
    for item in items:
        places = tuple(plain(p) for p in gold_places(item))
        if not places or not item["cite"] or len(item["turns"]) > 1:
            continue
        gold = [f for text in item["figures"] for f in figures(text)]
        at_place = [p for p in passages if _is_at(p, places, item["cite"])]
        grades = {p.id: 1 + any(f.states(g) for f in figures(p.quote) for g in gold) for p in at_place}
        if gold:  # a section is a place of many sentences: those without the figure are no answer
            grades = {id_: grade for id_, grade in grades.items() if grade == 2} or grades
        if grades:
            found[item["id"]] = grades
    return found


def _is_at(passage: "Passage", places: tuple[str, ...], studies: Sequence[str]) -> bool:
    if passage.locator.kind.value not in {"sentence", "cell"}:
        return False
    of_study = not set(studies).isdisjoint(passage.studies or ("",))
    return of_study and plain(passage.locator.label).startswith(places)


def search(
    retriever: "Retriever", items: Iterable[Item], studies: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """The score of each passage found, by item and passage id; `studies` are those a question names."""
    from assistant.model import Kind

    kinds = (Kind.SENTENCE, Kind.CELL)
    return {
        item["id"]: {
            e.passage.id: e.score
            for e in retriever.search(item["turns"][-1], studies=studies[item["id"]], kinds=kinds, k=DEPTH)
        }
        for item in items
    }


def evaluate(judgements: Judgements, found: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Each of `MEASURES`, mean over the judged items; an item for which nothing was found counts 0."""
    import ir_measures

    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    qrels = [ir_measures.Qrel(q, d, g) for q, docs in judgements.items() for d, g in docs.items()]
    run = [ir_measures.ScoredDoc(q, d, s) for q in judgements for d, s in found.get(q, {}).items()]
    means = ir_measures.calc_aggregate(measures, qrels, run)
    return {str(measure): float(value) for measure, value in means.items()}


def _retrieval(options: argparse.Namespace) -> int:
    try:
        import ir_measures  # noqa: F401
    except ImportError as error:
        raise EvalError("ir-measures is not installed; run: pip install '.[eval]'") from error
    from assistant.question.reader import QuestionReader
    from eval.variants import Parts

    parts = Parts()
    items = [item for s in open_sets(options.split) for item in s.items]
    judgements = judge(items, parts.passages)
    asked = [item for item in items if item["id"] in judgements]
    reader = QuestionReader(parts.corpus.reviews[0], parts.vocabulary)
    studies = {item["id"]: reader.read(item["turns"][-1]).studies for item in asked}
    lines: list[tuple[str, ...]] = [("search", "n", *MEASURES)]
    for name in SEARCHES if parts.settings.reranker else SEARCHES[:-1]:
        scores = evaluate(judgements, search(parts.retriever(name), asked, studies))
        lines.append((name, str(len(asked)), *(f"{scores[m]:.3f}" for m in MEASURES)))
    print(aligned(lines))
    return 0
