"""The report on an assignment as one HTML page, which needs nothing else and no network."""

import base64
import io
from html import escape
from statistics import median

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #8886; padding: .3rem .7rem; text-align: left;
  vertical-align: top; }
h1 { overflow-wrap: anywhere; }
td.number, th.number { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; background: white; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8882; padding: .7rem; margin: 0;
  font-size: .85rem; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; }
"""
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
SAID = 3  # diagnoses of a hard question


def page(insight, anonymous=False):
    """Return the HTML of an `Insight`.

    Args:
        insight: what is shown.
        anonymous: whether it says that names are left out.
    """
    parts = [
        f"<h1>{escape(insight.assignment)}</h1>",
        _summary(insight, anonymous),
        "<h2>The hardest questions, and why</h2>",
        _hardest(insight),
        "<h2>All questions</h2>",
        _questions(insight),
        _pictures(insight),
        "<h2>The students</h2>",
        _students(insight),
        "" if anonymous else _alike(insight),
    ]
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(insight.assignment)}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _summary(insight, anonymous):
    scores = [row.score for row in insight.rows if row.score is not None]
    ungraded = [row.name for row in insight.rows if row.score is None and row.handed_in]
    missing = [row.name for row in insight.rows if not row.handed_in]
    came = len(insight.rows) - len(missing)
    late = sum(row.late > 0 for row in insight.rows)
    said = f"{came} of {len(insight.rows)} students handed in, {late} of them late. "
    if scores:
        said += f"The median score is {median(scores):g} of {insight.most:g} points. "
    if ungraded and not anonymous:
        said += f"Handed in, but not graded: {', '.join(ungraded)}. "
    if missing and not anonymous:
        said += f"Nothing came from: {', '.join(missing)}."
    if anonymous:
        said += "This copy names nobody; the students are in a random order."
    return f"<p>{escape(said)}</p>"


def _hardest(insight):
    lines = []
    for item in insight.hardest:
        why = "; ".join(f"{n} × “{text}”" for text, n in item.diagnoses.most_common(SAID))
        lines.append(
            f"<li><strong>{escape(item.name)}</strong>: the class got {100 * item.share:.0f} % of "
            f"its points, and {item.none} got none. {escape(why or 'No diagnosis was made.')}</li>"
        )
    return f"<ol>{''.join(lines)}</ol>" if lines else "<p>Everybody got all points.</p>"


def _questions(insight):
    head = _heading("question", *["points", "share", "discrimination", "all", "none", "waiting"])
    rows = [
        f'<tr><th scope="row">{escape(item.name)}</th>'
        + _numbers(f"{item.most:g}", _percent(item.share), _signed(item.discrimination))
        + _numbers(item.full, item.none, item.waiting)
        + "</tr>"
        for item in insight.items
    ]
    return (
        f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
        "<p>The share is small where a question is hard. Discrimination is the correlation of a "
        "question's points with those of all other questions together: near 0 or below, look at "
        "the question, for those who can do the rest can't do this.</p>"
    )


def _pictures(insight):
    from cnnedu.plots.class_questions import show_class_questions, show_hours

    rated = {
        item.name: (item.share, item.discrimination)
        for item in insight.items
        if item.share is not None
    }
    hours = [row.hours for row in insight.rows if row.hours is not None]
    shown = [(show_class_questions(rated), "Share of the points and discrimination by question")]
    if hours:
        shown.append((show_hours(hours), "How long after the release students handed in"))
    return "".join(f'<p><img alt="{text}" src="{_png(figure)}"></p>' for figure, text in shown)


def _students(insight):
    head = _heading("student", *["points", "hours", "late"], last="where points were lost, and why")
    rows = []
    for row in insight.rows:
        lost = "".join(
            f"<li>{escape(name)} ({points:g}): {escape(said or 'no diagnosis')}</li>"
            for name, (points, said) in row.lost.items()
        )
        ungraded = "not graded" if row.handed_in else "–"
        score = ungraded if row.score is None else f"{row.score:g}"
        hours = "–" if row.hours is None else f"{row.hours:.1f}"
        rows.append(
            f'<tr><th scope="row">{escape(row.name)}</th>'
            + _numbers(score, hours, f"{row.late / 3600:.1f} h" if row.late else "")
            + f"<td>{f'<ul>{lost}</ul>' if lost else ''}</td></tr>"
        )
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _alike(insight):
    """Return the pairs of similar solutions, side by side."""
    said = (
        "<h2>Similar solutions</h2><p>These pairs have more in common than what was released, the "
        "solution, and what many in the class wrote. Renaming, comments, layout and order count "
        "for nothing. This is no verdict: two who learnt from the same page can look like this. "
        "Read both, and ask.</p>"
    )
    if not insight.pairs:
        return said + "<p>No pair was found.</p>"
    parts = []
    for pair in insight.pairs:
        cells = sorted(pair.cells, key=pair.cells.get, reverse=True)
        beside = "".join(
            f'<h4>{escape(cell)}</h4><div class="two">{_two(insight, pair, cell)}</div>'
            for cell in cells
        )
        names = " and ".join(map(escape, pair.students))
        parts.append(
            f"<details><summary>{names}: {100 * pair.share:.0f} % alike</summary>{beside}</details>"
        )
    return said + "".join(parts)


def _two(insight, pair, cell):
    """Return what both students of a pair wrote in a cell."""
    written = (insight.sources[name].get(cell, "") for name in pair.students)
    return "".join(f"<pre>{escape(source)}</pre>" for source in written)


def _heading(first, *numbers, last=""):
    cells = "".join(f'<th scope="col" class="number">{text}</th>' for text in numbers)
    after = f'<th scope="col">{last}</th>' if last else ""
    return f'<tr><th scope="col">{first}</th>{cells}{after}</tr>'


def _numbers(*values):
    return "".join(f'<td class="number">{value}</td>' for value in values)


def _percent(share):
    return "–" if share is None else f"{100 * share:.0f} %"


def _signed(value):
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def _png(figure):
    data = io.BytesIO()
    figure.savefig(data, format="png", bbox_inches="tight")
    return f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"
