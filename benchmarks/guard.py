"""Counts the instructions that each kernel executes for fixed work, and compares them with those that are kept.

A guard against kernels that become slower, which no busy machine can fool: `python benchmarks/guard.py` runs the work
(`guard_work.py`) under valgrind's callgrind and adds up the instructions inside each compiled kernel, so neither Python
nor its start counts. They are the same at every run, but other compilers make other instructions: counts are kept in
guard.json by the compiler and the version of Cython that the kernels name. Ends with exit code 1 where a count has
grown by more than a tenth. Where it can tell nothing (no valgrind, kernels that are not compiled, a compiler without
counts) it says so, and ends with 0. `--renew` keeps the counts of now.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import searchkit
from drawing import questions_for
from generator import generate
from searchkit import kernels

__all__ = ["compiler", "judge", "kernel_instructions"]

_KEPT = Path(__file__).with_name("guard.json")
_SCRIPT = Path(__file__).with_name("guard_work.py")
_SLACK = 0.10
_LEAST = 100_000
"""Kernels with fewer instructions are not judged: there a constant weighs too much."""
_WORK = ("index", "search")
_ARTICLES, _ACCENTED, _ASKED, _QUESTIONS = 400, 100, 9_000, 8
_ACCENTS = str.maketrans({"o": "ö", "u": "ú", "x": "’"})
_SETS = ("word", "union", "frequent", "intersection", "prohibited", "phrase-2", "phrase-stop", "prefix")
_COST = re.compile(r"[+*-]?\d* ?(?:[+*-]?\d+ )?(\d+)$")
_NAMED = re.compile(r"(c?)(ob|fn)=\((\d+)\)(?: (.*))?$")
_OF_KERNEL = re.compile(r"_9searchkit_7kernels_(\d+)(\w+)")
_OF_ALL = "_shared"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renew", action="store_true", help="keep the counts of now for this compiler")
    options = parser.parse_args()
    built = compiler()
    if built is None or not kernels.COMPILED:
        return _skip("the kernels are not compiled, or don't say by what")
    if shutil.which("valgrind") is None:
        return _skip("valgrind is not here")
    kept = json.loads(_KEPT.read_text()) if _KEPT.is_file() else {}
    if built not in kept and not options.renew:
        return _skip(f"no counts are kept for {built}; --renew keeps those of now")
    counts = _count_all()
    if options.renew:
        _KEPT.write_text(json.dumps(kept | {built: counts}, indent=1, sort_keys=True) + "\n")
    lines, well = judge(kept.get(built, counts), counts)
    print(f"guard: instructions of the kernels, built with {built}", *lines, sep="\n")
    return 0 if well or options.renew else 1


def judge(kept: dict[str, int], counts: dict[str, int]) -> tuple[list[str], bool]:
    """A line for each kernel, and whether none has grown beyond the slack."""
    lines, well = [], True
    for name, count in counts.items():
        before = kept.get(name)
        if before is None:
            lines.append(f"{name:12} {count:14,}  not kept yet: --renew keeps it")
            continue
        grown = count / before - 1
        verdict = "TOO MANY" if grown > _SLACK else "fewer: --renew keeps that" if grown < -_SLACK else "well"
        lines.append(f"{name:12} {count:14,}  {grown:+7.1%}  {verdict}")
        well = well and grown <= _SLACK
    return lines, well


def compiler() -> str | None:
    """By what the kernels were built, as they say themselves: `GCC 12, Cython 3.1.4, x86_64`; None where they don't."""
    folder = Path(kernels.__file__).parent
    binary = next(iter(sorted(folder.glob("*.so"))), None)
    if binary is None:
        return None
    data = binary.read_bytes()
    gcc, clang = re.search(rb"GCC: \([^)]*\) (\d+)", data), re.search(rb"clang version (\d+)", data)
    cython = re.search(rb"_cython_(\d+)_(\d+)", data)
    made = f"clang {clang[1].decode()}" if clang else f"GCC {gcc[1].decode()}" if gcc else None
    if made is None or cython is None:
        return None
    return f"{made}, Cython {cython[1].decode()}.{cython[2].decode()}, {os.uname().machine}"


def kernel_instructions(profile: str) -> Counter[str]:
    """The instructions that a profile of callgrind counts in each kernel, without what it calls elsewhere; what Cython
    adds to all of them stands under a name of its own.
    """
    names: dict[tuple[str, str], str] = {}
    counts: Counter[str] = Counter()
    current, called = {"ob": "", "fn": ""}, False
    for line in profile.splitlines():
        if found := _NAMED.match(line):
            is_called, kind, number, name = found.groups()
            full = names.setdefault((kind, number), name or "")
            if not is_called:
                current[kind] = full
        elif line.startswith("calls="):
            # The next line is what the call cost as a whole: it is counted where it was spent.
            called = True
        elif line[:1] in "+-*0123456789" and (cost := _COST.match(line)):
            if not called and "searchkit/kernels/" in current["ob"]:
                counts[_kernel(current["fn"])] += int(cost[1])
            called = False
    return counts


def _kernel(function: str) -> str:
    """The kernel that a function of the library belongs to: its name tells, after the number of its letters."""
    found = _OF_KERNEL.search(function)
    return found[2][: int(found[1])] if found else _OF_ALL


def _skip(reason: str) -> int:
    print(f"guard: skipped: {reason}")
    return 0


def _count_all() -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="searchkit-guard-") as name:
        folder = Path(name)
        _prepare(folder)
        with ThreadPoolExecutor(len(_WORK)) as pool:
            counts = sum(pool.map(lambda work: _count(work, folder), _WORK), Counter())
    return {kernel: count for kernel, count in sorted(counts.items()) if count >= _LEAST}


def _count(work: str, folder: Path) -> Counter[str]:
    profile = folder / f"{work}.callgrind"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", sys.executable, str(_SCRIPT)]
    # Without a PYTHONHASHSEED the order of sets, and with it the work, would change from run to run.
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run([*command, work, str(folder)], env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"guard: {work} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return kernel_instructions(profile.read_text())


def _prepare(folder: Path) -> None:
    """What the work needs, made without valgrind."""
    articles = list(generate(_ASKED))
    with searchkit.open(folder / "asked") as index:
        index.add(articles)
    sets = questions_for("generated", 1_000, _QUESTIONS, dated=False)
    texts = [question.typed() for name in _SETS for question in sets[name][:_QUESTIONS]]
    accented = [{**article, "body": article["body"].translate(_ACCENTS)} for article in articles[:_ACCENTED]]
    (folder / "articles.json").write_text(json.dumps(articles[:_ARTICLES]))
    (folder / "accented.json").write_text(json.dumps(accented))
    (folder / "texts.json").write_text(json.dumps(texts))


if __name__ == "__main__":
    raise SystemExit(main())
