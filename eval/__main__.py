"""`python -m eval run`: asks a system every question of a file and prints what it got right."""

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.score import Score, read_replies, score, table

FIELDS = ("id", "kind", "turns", "status", "figures", "allowed", "words", "not_words", "cite", "may_cite")


class EvalError(Exception):
    """Something the user can mend; printed in one line, exit code 2."""


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The items of a question file. Raises EvalError with the line that is malformed or repeats an id."""
    items: list[dict[str, Any]] = []
    seen: set[str] = set()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise EvalError(f"{path}:{number}: not JSON ({error})") from error
        missing = [f for f in FIELDS if f not in item] if isinstance(item, dict) else list(FIELDS)
        if missing:
            raise EvalError(f"{path}:{number}: without {', '.join(missing)}")
        if item["id"] in seen:
            raise EvalError(f"{path}:{number}: id {item['id']} comes twice")
        seen.add(item["id"])
        items.append(item)
    if not items:
        raise EvalError(f"{path}: no questions")
    return items


def ask(
    items: Sequence[Mapping[str, Any]], command: Sequence[str], corpus: str | None, timeout_s: float
) -> tuple[str, str]:
    """The command's output for the items as JSON Lines, and an account of how it failed, if it did."""
    environment = dict(os.environ) | ({"ASSISTANT_CORPUS": corpus} if corpus else {})
    lines = "".join(
        json.dumps({"id": i["id"], "turns": i["turns"]}, ensure_ascii=False) + "\n" for i in items
    )
    try:
        done = subprocess.run(
            command,
            input=lines.encode(),
            capture_output=True,
            env=environment,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace"), f"stopped after {timeout_s:g} s"
    except OSError as error:
        raise EvalError(f"{command[0]}: {error.strerror}") from error
    errors = done.stderr.decode(errors="replace").strip()
    # 3 is a batch whose last question was declined, no failure
    failed = f"exit code {done.returncode}: {errors[-500:]}" if done.returncode not in {0, 3} else ""
    return done.stdout.decode(errors="replace"), failed


def failure(item: Mapping[str, Any], reply: Mapping[str, Any] | None, result: Score) -> str:
    """One failing item for a reader: id, kind, turns, answer, gold, reasons."""
    gold = {
        "status": item["status"],
        "figures": item["figures"],
        "words": item["words"],
        "cite": item["cite"],
    }
    return "\n".join(
        [
            f"\n{item['id']} {item['kind']}",
            *(f"  Q: {turn}" for turn in item["turns"]),
            f"  A: {(reply or {}).get('answer', '')}",
            f"  gold: {json.dumps(gold, ensure_ascii=False)}",
            *(f"  {fault}: {detail}" for fault, detail in result.reasons),
        ]
    )


def run(options: argparse.Namespace) -> int:
    """Asks, scores, prints. 0 where every item is right and the command ended well, else 1."""
    items = read_questions(options.questions)
    command = (
        shlex.split(options.command)
        if options.command
        else [sys.executable, "-m", "assistant", "ask", "--batch", "-"]
    )
    output, failed = ask(items, command, options.corpus, options.timeout)
    replies, bad = read_replies(output)
    scores = [score(item, replies.get(item["id"])) for item in items]
    if options.output:
        with options.output.open("w", encoding="utf-8") as sink:
            for item, result in zip(items, scores, strict=True):
                row = asdict(result) | {"right": result.right, "reply": replies.get(item["id"])}
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")
    if options.failures:
        for item, result in zip(items, scores, strict=True):
            if not result.right:
                print(failure(item, replies.get(item["id"]), result))
        print()
    print(table(scores))
    if failed:
        print(f"the command failed: {failed}")
    if bad:
        print(f"{bad} lines of its output were no reply")
    return 0 if all(s.right for s in scores) and not failed else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the command line: 0 all right, 1 some wrong, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser_run = parser.add_subparsers(required=True).add_parser(
        "run", help="ask every question and score the answers"
    )
    parser_run.add_argument("--questions", type=Path, required=True, help="question file, JSON Lines")
    parser_run.add_argument(
        "--command", help="what to ask (default: this Python's `-m assistant ask --batch -`)"
    )
    parser_run.add_argument("--corpus", help="sets ASSISTANT_CORPUS for the command")
    parser_run.add_argument("--failures", action="store_true", help="print each item that isn't right")
    parser_run.add_argument("--timeout", type=float, default=1800.0, help="seconds for the whole batch")
    parser_run.add_argument("-o", "--output", type=Path, help="write the results as JSON Lines")
    try:
        return run(parser.parse_args(arguments))
    except EvalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
