"""The figures of the search as Markdown."""

from typing import Any

from bench.search_run import OURS


def tables(found: dict[str, Any]) -> str:
    """One archive's figures: both clocks once, then the one that ``found`` names."""
    clock = found["clock"]
    parts = [
        f"### {found['entries']:,} entries, {found['database']}",
        ", ".join(f"{name} {value}" for name, value in found["machine"].items()),
        _times(found["questions"] | found["updates"]),
        _ratios(found["same queries"], clock),
        _needles(found["needles"]),
        _kinds(found["pages by kind"], clock),
        _indexes(found["indexes"]),
        _worker(found["worker"]),
    ]
    return "\n\n".join(parts) + "\n\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    """The first column to the left, the others to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _times(figures: dict[str, Any]) -> str:
    head = ["ms", "runs", "processor p50", "p95", "p99", "clock p50", "p95", "p99"]
    return _table(
        head, [[name, str(f["runs"]), *_three(f["cpu"]), *_three(f["wall"])] for name, f in figures.items()]
    )


def _three(clock: dict[str, float]) -> list[str]:
    return [f"{clock[part]:.1f}" for part in ("p50", "p95", "p99")]


def _ratios(figures: dict[str, Any], clock: str) -> str:
    ours = figures[OURS][clock]
    head = ["the same queries, ms", "runs", "p50", "p95", "p99", "ours / it, p50", "p95"]
    return _table(
        head,
        [
            [
                name,
                str(f["runs"]),
                *_three(f[clock]),
                *(_ratio(ours[part], f[clock][part]) for part in ("p50", "p95")),
            ]
            for name, f in figures.items()
        ],
    )


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else ""


def _needles(needles: list[dict[str, Any]]) -> str:
    """found of planted, and behind a plus what is wrong."""
    searches = list(needles[0]["found"])
    rows = [
        [
            f"{row['kind']}: {row['query']}",
            str(row["planted"]),
            *(_needle(*row["found"][name]) for name in searches),
        ]
        for row in needles
    ]
    planted = sum(row["planted"] for row in needles)
    recall = [f"{sum(row['found'][name][0] for row in needles) / planted:.2f}" for name in searches]
    return _table(["found (+ wrong)", "planted", *searches], [*rows, ["recall", str(planted), *recall]])


def _needle(right: int, wrong: int) -> str:
    return f"{right} + {wrong}" if wrong else str(right)


def _kinds(kinds: dict[str, Any], clock: str) -> str:
    rows = [[kind, str(f["queries"]), *_three(f[clock])] for kind, f in kinds.items()]
    return _table(["the whole page, ms", "queries", "p50", "p95", "p99"], rows)


def _indexes(indexes: dict[str, Any]) -> str:
    head = ["index", "entries", "words", "rebuilt in, s", "processor, s", "peak memory, MB", "on disk, MB"]
    rows = [
        [
            name,
            f"{f['rows']:,}",
            f"{f['words']:,}",
            *(str(f[key]) for key in ("seconds", "worked", "peak_mb", "mb")),
        ]
        for name, f in indexes.items()
    ]
    return _table(head, rows)


def _worker(worker: dict[str, Any]) -> str:
    return f"A web worker of {worker['loaded_mb']} MB grows by {worker['grown_mb']} MB with {worker['searches']} searches."
