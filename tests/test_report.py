"""The page that shows results: its numbers, its filters, and that nothing in it runs or is fetched."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from eval.bench_compare import measure
from eval.items import EvalError
from eval.report import add_parser, p_value, percent, quantile, render, side_by_side
from eval.report_bench import number, read_bench
from eval.report_data import NO_STUDY, REVIEW_ITSELF, Share, failures, grouped, paired, read_runs, studies_of
from eval.report_plots import decade, log_axis, look, share_axis

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
HOSTILE = "\"><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">' & </p>"
FOREIGN = "https://example.invalid/x.png"


def row(id_: str, *, right: bool, kind: str = "lookup", **changes: Any) -> dict[str, Any]:
    """A line of a results file; an item that is wrong has a fault."""
    declined = changes.pop("declined", False)
    scores = {
        "right": int(right),
        "answered": int(not declined),
        "figure_recall": 1.0 if right else 0.0,
        "n_figures": 1,
        "n_wrong": int(not right),
        "facts_right": None,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "citation_valid": 1.0,
        "place": 1,
        "decline_right": 1 if declined else None,
        "false_decline": None if declined else 0,
        "lead": 1,
        "focus": 1.0,
        "n_chars": 40,
    }
    item = {
        "id": id_,
        "kind": kind,
        "turns": changes.pop("turns", [f"What is asked in {id_}?"]),
        "status": "answered",
        "figures": ["78%"],
        "allowed": [],
        "words": [["alive", "living"]],
        "not_words": [],
        "cite": ["S-1"],
        "may_cite": [],
    }
    reply = {
        "status": "answered",
        "answer": changes.pop("answer", f"The answer to {id_}. [Study S-1]"),
        "statements": [],
        "citations": [{"abstract": "S-1", "locator": "Table 9, OS", "quote": changes.pop("quote", "78%")}],
    }
    faults = [] if right else [{"fault": f, "detail": "78%"} for f in changes.pop("faults", ["missing"])]
    found = {"id": id_, "kind": kind, "split": "dev", "scores": scores, "faults": faults, "item": item}
    return found | {"reply": reply, "latency_ms": 4.0} | changes


def write(path: Path, engine: str, rows: list[dict[str, Any]], *, ended: bool = True, **head: Any) -> Path:
    run = {"engine": engine, "command": None, "url": None, "split": "dev", "n": len(rows), "corpus": "abc"}
    lines = [{"run": run | {"started": "2025-11-25T20:55:00Z"} | head}, *rows]
    lines += [{"end": {"finished": "2025-11-25T20:56:00Z", "seconds": 1.5, "account": []}}] if ended else []
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def bench_file(path: Path) -> Path:
    grown = [
        {
            "growth": name,
            "label": name,
            "unit": "ms",
            "system": system,
            "passages": n,
            "vectors": v,
            "value": n,
        }
        for name in ("retrieval_p50_ms", "ask_memory")
        for system in ("assistant", "textbook")
        for n, v in ((100, "model"), (1_000, "model"), (10_000, "hashed"))
    ]
    rows = [
        measure("warm_p50", "warm, p50", "ms", {"textbook": 12.0, "assistant": 3.0}),
        measure("load", "8 clients: answers", "/s", {"textbook": 50.0, "assistant": 200.0}, better="higher"),
        measure("slow", "slower here", "s", {"textbook": 1.0, "assistant": 2.0}),
    ]
    lines = [{"bench": {"cores": 2, "quick": True}}, *rows, *grown]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def main(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers(required=True))
    options = parser.parse_args(["report", *map(str, arguments)])
    return int(options.function(options))


# Numbers


def test_a_share_that_is_not_all_is_not_rounded_to_all() -> None:
    assert [percent(v) for v in (0, 0.0001, 0.5, 0.9469, 0.9999, 1)] == [
        *("0%", "0.1%", "50%", "94.7%", "99.9%", "100%")
    ]


def test_quantiles_are_values_that_were_measured() -> None:
    assert [quantile([*range(1, 101)], share) for share in (0.5, 0.95, 0.99)] == [50, 95, 99]
    assert quantile([7.0], 0.5) == 7.0


def test_axes_have_whole_decades_and_labels_that_people_write() -> None:
    axis = log_axis([3.0, 450.0], " ms")
    assert (axis.low, axis.high) == (1, 1000)
    assert [text for _, text in axis.ticks] == ["1 ms", "10 ms", "100 ms", "1k ms"]
    assert [axis.at(v) for v in (0.1, 1, 10, 1000, 5000)] == pytest.approx([0, 0, 100 / 3, 100, 100])
    assert [decade(e) for e in (-2, 0, 2, 3, 5, 6)] == ["0.01", "1", "100", "1k", "100k", "1M"]
    assert [log_axis([100.0]).low, log_axis([100.0]).high] == [100, 1000]
    assert [share_axis(most).high for most in (0.0, 0.05, 0.3, 0.97)] == [0.05, 0.05, 0.4, 1.0]


def test_no_two_runs_look_alike() -> None:
    assert len({look(n) for n in range(48)}) == 48


def test_numbers_and_p_values_are_short() -> None:
    assert [number(v) for v in (None, 0, 1.234, 0.0123, 12345.6)] == ["–", "0", "1.23", "0.0123", "12,346"]
    assert [p_value(p) for p in (0.0004, 0.031, 1.0)] == ["< 0.001", "0.031", "1.000"]


def test_runs_are_named_by_engine_and_told_apart_by_file(tmp_path: Path) -> None:
    one = [row("a", right=True)]
    paths = [write(tmp_path / f"{n}.jsonl", "default", one) for n in ("old", "new")]
    paths.append(write(tmp_path / "x.jsonl", "other", one, command="their-assistant --batch"))
    names = [run.name for run in read_runs([*paths, paths[0]])]
    assert names == ["default (old)", "default (new)", "their-assistant --batch", "default (old) 4"]


def test_the_group_in_which_the_first_run_is_weakest_comes_first(tmp_path: Path) -> None:
    first = [row("a", right=True), row("b", right=False, kind="list"), row("c", right=True, kind="list")]
    second = [row("d", right=False, kind="typo")]
    runs = read_runs([write(tmp_path / "1.jsonl", "one", first), write(tmp_path / "2.jsonl", "two", second)])
    assert grouped(runs, lambda r: [r["kind"]]) == [
        ("list", [Share(1, 2), None]),
        ("lookup", [Share(1, 1), None]),
        ("typo", [None, Share(0, 1)]),
    ]


def test_an_item_counts_for_every_study_it_cites() -> None:
    assert studies_of({"item": {"cite": ["51", "", "51"]}}) == ["51", REVIEW_ITSELF]
    assert studies_of({"item": None, "studies": ["9"]}) == ["9"]
    assert studies_of({"item": {"cite": []}}) == [NO_STUDY]
    assert studies_of({"item": None}) == [NO_STUDY]


def test_failures_of_the_first_run_come_first_and_say_who_was_right(tmp_path: Path) -> None:
    one = [row("a", right=True), row("b", right=False), row("c", right=True)]
    two = [row("a", right=False), row("b", right=True), row("c", right=True)]
    runs = read_runs([write(tmp_path / "1.jsonl", "one", one), write(tmp_path / "2.jsonl", "two", two)])
    assert [(i.id, [f.run for f in i.failed], i.right) for i in failures(runs)] == [
        ("b", [0], (1,)),
        ("a", [1], (0,)),
    ]
    pair = paired(*runs)
    assert (pair.n, pair.only_first, pair.only_second, pair.p) == (3, 1, 1, 1.0)
    assert dict(side_by_side(runs))["p of no difference (exact McNemar)"] == ["", "1.000"]


@pytest.mark.parametrize(
    "content", ["", "[1]\n", '{"measure": 1}\n', '{"bench": {}}\nnot JSON\n', '{"bench"']
)
def test_a_file_that_is_no_bench_is_an_error_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(content)
    with pytest.raises(EvalError, match=r"b\.jsonl is no bench"):
        read_bench(path)


def test_a_bench_says_what_is_better_whichever_way_the_unit_goes(tmp_path: Path) -> None:
    bench = read_bench(bench_file(tmp_path / "b.jsonl"))
    assert [str(m.plot).split('class="ratio ')[1].split('"')[0] for m in bench.measures] == [
        *("better", "better", "worse")
    ]
    assert bench.sizes == ("100", "1,000", "10,000")
    assert bench.hashed == ("10,000",)
    retrieval, memory = bench.panels
    assert str(retrieval.plot).count("<polyline") == 2
    assert 'points="0.00,100.00 50.00,50.00"' in str(memory.plot)  # broken before the hashed point
    assert str(memory.plot).count("hollow") == 2


# The page


class Reader(HTMLParser):
    """Collects what a page would fetch, its ids and its unlabelled plots."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.scripts = 0
        self.unnamed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.fetched += [str(found[k]) for k in ("src", "srcset", "data", "action") if k in found]
        if "href" in found and not str(found["href"]).startswith("#"):
            self.fetched.append(str(found["href"]))
        self.ids += [str(found["id"])] if "id" in found else []
        self.scripts += tag == "script"
        self.unnamed += found.get("role") == "img" and not found.get("aria-label")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("report")
    mine = [
        row("m-1", right=True),
        row("m-2", right=False, kind="list", faults=["missing", "citation"], answer="Twelve zebras."),
        row("m-3", right=False, turns=["First?", HOSTILE], answer=f"{HOSTILE} {FOREIGN}", quote=HOSTILE),
        row("m-4", right=True, declined=True, kind="outside"),
        row("m-5", right=False, reply=None, faults=["crash"], latency_ms=None, answer=""),
    ]
    theirs = [
        row("m-1", right=False, faults=["wrong"], answer="Zebras again."),
        row("m-2", right=True),
        row("m-3", right=False, faults=["status"], answer="\ud800 lone \u202e turned"),
        row(HOSTILE, right=False, kind=HOSTILE, faults=[HOSTILE]),
    ]
    runs = [
        write(folder / "mine.jsonl", "default", mine),
        write(folder / "theirs.jsonl", "x", theirs, ended=False, command=HOSTILE, n=9),
    ]
    page = folder / "report.html"
    assert main(*runs, "--bench", bench_file(folder / "bench.jsonl"), "-o", page) == 0
    return [*runs, page]


def test_the_page_names_no_other_file_and_every_plot_has_a_name(files: list[Path]) -> None:
    reader = Reader()
    text = files[-1].read_text(encoding="utf-8")
    reader.feed(text)
    assert reader.fetched == []
    assert reader.scripts == 1
    assert reader.unnamed == 0
    assert len(set(reader.ids)) == len(reader.ids)
    assert "url(" not in text
    assert "@import" not in text


def test_a_page_without_failures_bench_or_latencies_is_whole(tmp_path: Path) -> None:
    run = write(tmp_path / "1.jsonl", "default", [row("a", right=True, latency_ms=None)])
    page = render(read_runs([run]))
    assert "None: every question is right in every run." in page
    assert 'id="latency"' not in page
    assert 'id="bench"' not in page
    assert "100%" in page


def test_a_bare_file_lists_its_failures_by_id(tmp_path: Path) -> None:
    rows = [row("a-17", right=False, item=None, reply=None, studies=["51"])]
    page = render(read_runs([write(tmp_path / "1.jsonl", "default", rows)]))
    assert 'data-id="a-17"' in page
    assert "Not kept in this results file." in page


def test_a_file_that_is_missing_or_no_run_is_an_error(tmp_path: Path, files: list[Path]) -> None:
    with pytest.raises(EvalError, match=r"none\.jsonl"):
        main(tmp_path / "none.jsonl", "-o", tmp_path / "r.html")
    with pytest.raises(EvalError, match="holds no item"):
        main(write(tmp_path / "0.jsonl", "default", []), "-o", tmp_path / "r.html")
    with pytest.raises(EvalError, match=r"folder.*r\.html"):
        main(files[0], "-o", tmp_path / "folder" / "r.html")


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    own = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=own, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser, files: list[Path]) -> Iterator[tuple[Page, list[str], list[str]]]:
    """The page, what it asked for, and its errors."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(files[-1].as_uri())
    yield page, asked, errors
    page.close()


def shown(page: Page) -> list[str]:
    return [str(e.get_attribute("data-id")) for e in page.locator(".item:visible").all()]


@pytest.mark.slow
def test_hostile_text_is_shown_and_inert(
    opened: tuple[Page, list[str], list[str]], files: list[Path]
) -> None:
    page, asked, errors = opened
    page.locator("#toggle").click()
    page.wait_for_timeout(200)
    assert page.title() == "Evaluation: default"
    assert asked == [files[-1].as_uri()]
    assert errors == []
    third = page.locator('[data-id="m-3"]')
    assert third.locator("summary .asked").inner_text() == HOSTILE
    assert third.locator(".answer").first.inner_text() == f"{HOSTILE} {FOREIGN}"
    assert third.locator("blockquote").first.inner_text() == HOSTILE
    assert third.locator(".turns li").all_inner_texts() == ["First?", HOSTILE]
    assert page.locator("img, iframe, object, embed, link").count() == 0


@pytest.mark.slow
def test_a_script_that_slipped_in_would_be_refused(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, errors = opened
    failed: list[str | None] = []
    page.on("requestfailed", lambda request: failed.append(request.failure))
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'owned'";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://example.invalid/x.png";
            document.body.append(image);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.title() == "Evaluation: default"
    assert failed == ["csp"]
    assert len(errors) == 2
    assert all("Content Security Policy" in error for error in errors)


@pytest.mark.slow
def test_filters_narrow_the_failures(opened: tuple[Page, list[str], list[str]]) -> None:
    from playwright.sync_api import expect

    page, _, errors = opened
    every = ["m-2", "m-3", "m-5", "m-1", HOSTILE]
    assert shown(page) == every

    def choose(**values: str) -> list[str]:
        page.get_by_role("button", name="Clear").click()
        expect(page.locator("#count")).to_have_text("5 of 5")
        for name, value in values.items():
            if name == "Text":
                page.get_by_role("searchbox", name="Text").fill(value)
            else:
                page.get_by_role("combobox", name=name, exact=True).select_option(value)
        page.wait_for_timeout(200)
        found = shown(page)
        assert page.locator("#count").inner_text() == f"{len(found)} of {len(every)}"
        return found

    assert choose(Kind="list") == ["m-2"]
    assert choose(Fault="citation") == ["m-2"]
    assert choose(Fault="status") == ["m-3"]
    assert choose(Engine="1") == ["m-3", "m-1", HOSTILE]
    assert choose(Text="ZEBRAS") == ["m-2", "m-1"]
    assert choose(Text="zebras twelve") == ["m-2"]
    assert choose(Text="zebras", Engine="1") == ["m-1"]
    assert choose(Fault="crash", Engine="1") == []
    assert page.get_by_text("No failure fits these filters.").is_visible()
    assert choose(Kind=HOSTILE) == [HOSTILE]
    assert choose() == every
    assert errors == []


@pytest.mark.slow
def test_of_an_item_only_the_replies_that_fit_are_shown(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    page.get_by_role("combobox", name="Engine").select_option("1")
    page.wait_for_timeout(200)
    page.locator('[data-id="m-3"] summary').click()
    assert page.locator('[data-id="m-3"] .reply:visible').count() == 1


@pytest.mark.slow
def test_an_item_opens_by_keyboard(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the failures"
    page.locator("#toggle").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator('[data-id="m-2"] .answer').is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_and_text_can_be_read(
    browser: Browser, files: list[Path], scheme: Any, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(files[-1].as_uri())
    page.locator("#toggle").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    poor = page.evaluate(
        """() => {
            const light = (css) => {
                const [r, g, b] = css.match(/[\\d.]+/g).map((v) => {
                    const c = v / 255;
                    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = (node) => {
                for (; node; node = node.parentElement) {
                    const colour = getComputedStyle(node).backgroundColor;
                    if (!/, 0\\)$/.test(colour)) return colour;
                }
                return "rgb(255, 255, 255)";
            };
            return [...document.querySelectorAll("body *:not(svg *):not(script):not(option)")]
                .filter((n) => [...n.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim()))
                .map((n) => {
                    const pair = [light(getComputedStyle(n).color), light(ground(n))].sort();
                    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
                    return [n.className || n.tagName, ratio];
                })
                .filter(([, ratio]) => ratio < 4.5);
        }"""
    )
    assert poor == []  # WCAG 2.2, 1.4.3
    page.close()


@pytest.mark.slow
def test_without_script_every_failure_is_there_and_no_dead_filter(
    browser: Browser, files: list[Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files[-1].as_uri())
    assert page.locator(".item").count() == 5
    assert not page.locator("#filters").is_visible()
    page.locator('[data-id="m-2"] summary').click()
    assert page.locator('[data-id="m-2"] .answer').inner_text() == "Twelve zebras."
    context.close()
