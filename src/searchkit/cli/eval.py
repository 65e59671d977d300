"""`searchkit eval`: measure how good the ranking is, with judged queries."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate
from searchkit.cli.options import CommandParser, number_from
from searchkit.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from searchkit.evaluation import Comparison, Run, Scores

__all__ = ["parser", "run"]

_SEARCHED = "index"


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "eval",
        "--qrels FILE [--queries FILE] [RUN…] [options]",
        "Measure how good the ranking is: search the index for each of the queries, and print nDCG@10,\n"
        "MAP, recall@100 and MRR by the judgments. Further runs, read from files, are measured beside it\n"
        "and compared with it; without --queries, the first of them is what the others are compared with.",
        several=True,
    )
    command.add_argument("runs", metavar="RUN", nargs="*", help="a run in the format of TREC")
    command.add_argument("--qrels", metavar="FILE", required=True, help="the judgments: TREC, or tab-separated")
    command.add_argument("--queries", metavar="FILE", help="the queries: id, tab, text a line; or topics of TREC")
    command.add_argument(
        "--field",
        metavar="NAME",
        choices=["title", "desc", "narr"],
        default="title",
        help="the part of a topic of TREC that is the query: title, desc or narr (default: title)",
    )
    command.add_argument("--all", action="store_true", help="search for all words of a query, not for any")
    command.add_argument(
        "--depth",
        metavar="N",
        type=number_from(1, DEFAULT_LIMITS.page),
        default=1000,
        help="take N articles a query (default: 1000)",
    )
    command.add_argument("--run", metavar="FILE", help="write what was found to a file, in the format of TREC")
    command.add_argument("--topics", action="store_true", help="print each query's nDCG@10 too")
    command.add_json("the figures")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    form = parser()
    options = form.parse_args(arguments)
    if options.queries is None and (not options.runs or options.run):
        form.error("name the queries with --queries, or runs to measure")
    from searchkit.evaluation import read_judgments, read_run, read_topics, score, write_run

    judgments = read_judgments(options.qrels)
    measured: list[tuple[str, Scores]] = []
    topics = None
    if options.queries is not None:
        queries = read_topics(options.queries, options.field)
        topics = list(queries)
        found = _searched(options, queries)
        if options.run is not None:
            write_run(found, options.run)
        measured.append((_SEARCHED, score(found, judgments, topics)))
    measured += [(path, score(read_run(path), judgments, topics)) for path in options.runs]
    if not measured[0][1].topics:
        say("no query has a relevant article in the judgments")
        return NONE
    _print(measured, options)
    return OK


def _searched(options: Namespace, queries: dict[str, str]) -> Run:
    import searchkit
    from searchkit.evaluation import run_topics

    with searchkit.open(locate(options.index).target, mode="r") as index:
        return run_topics(index, queries, depth=options.depth, match="all" if options.all else "any")


def _print(measured: list[tuple[str, Scores]], options: Namespace) -> None:
    from searchkit.evaluation import MEASURES, compare

    first = measured[0][1]
    compared = [{name: compare(first, other, name) for name in MEASURES} for _, other in measured[1:]]
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        runs = [_as_json(name, scores, options.topics) for name, scores in measured]
        for entry, comparisons in zip(runs[1:], compared, strict=True):
            entry["compared"] = {name: _difference(one) for name, one in comparisons.items()}
        print(json_text({"version": JSON_VERSION, "topics": first.topics, "runs": runs}, indent=2))
        return
    _print_table(measured, compared)
    if options.topics:
        _print_topics(measured)


def _print_table(measured: list[tuple[str, Scores]], compared: list[dict[str, Comparison]]) -> None:
    from searchkit.cli.terminal import one_line
    from searchkit.evaluation import MEASURES

    names = [one_line(name) for name, _ in measured]
    width = max(len("difference"), *map(len, names))
    print(f"{'':<{width}}" + "".join(f"{name:>12}" for name in MEASURES) + f"{'queries':>9}")
    for number, (_, scores) in enumerate(measured):
        means = "".join(f"{scores.mean(measure):>12.4f}" for measure in MEASURES)
        print(f"{names[number]:<{width}}{means}{scores.topics:>9}")
        if number:
            comparisons = compared[number - 1].values()
            print(f"{'difference':<{width}}" + "".join(f"{one.difference:>+12.4f}" for one in comparisons))
            print(
                f"{'better':<{width}}"
                + "".join(f"{f'{one.wins} of {one.wins + one.losses}':>12}" for one in comparisons)
            )
            print(f"{'p':<{width}}" + "".join(f"{one.p:>12.4f}" for one in comparisons))


def _print_topics(measured: list[tuple[str, Scores]]) -> None:
    from searchkit.cli.terminal import one_line

    for topic in measured[0][1].by_topic["nDCG@10"]:
        values = [scores.by_topic["nDCG@10"].get(topic, 0.0) for _, scores in measured]
        print(one_line(topic) + "".join(f"\t{value:.4f}" for value in values))


def _as_json(name: str, scores: Scores, topics: bool) -> dict[str, Any]:
    means = {measure: scores.mean(measure) for measure in scores.by_topic}
    return {"name": name, "means": means, **({"by_topic": scores.by_topic} if topics else {})}


def _difference(one: Comparison) -> dict[str, Any]:
    return {"difference": one.difference, "wins": one.wins, "losses": one.losses, "p": one.p}
