"""The questions of an assignment by how hard they are and how well they tell students apart."""

import matplotlib.pyplot as plt

from cnnedu.plots.style import BLUE, GREY, style


@style()
def show_class_questions(questions):
    """Draw a mark for each question: the share of its points against its discrimination.

    Args:
        questions: {name: (share from 0 to 1, discrimination from −1 to 1)}.
    """
    figure, (left, right) = plt.subplots(
        1, 2, sharey=True, figsize=(8, 0.9 + 0.32 * len(questions))
    )
    names = sorted(questions, key=lambda name: questions[name][0])
    for axes, part, mark in ((left, 0, "o"), (right, 1, "s")):
        values = [questions[name][part] for name in names]
        axes.hlines(names, 0, [value or 0 for value in values], color=GREY, linewidth=1)
        axes.plot(
            [value for value in values if value is not None],
            [name for name, value in zip(names, values, strict=True) if value is not None],
            mark,
            color=BLUE,
            clip_on=False,
        )
        axes.grid(axis="x", alpha=0.3)
    left.invert_yaxis()
    left.set(xlim=(0, 1), xlabel="share of the points\n(small: hard)")
    right.set(xlim=(-1, 1), xlabel="discrimination\n(correlation with the other questions)")
    right.axvline(0, color=GREY, linewidth=1)
    return figure


@style()
def show_hours(hours):
    """Draw how many students handed in after how many hours.

    Args:
        hours: from release to hand-in, one number for each student.
    """
    figure, axes = plt.subplots(figsize=(5, 2.4))
    days = [hour / 24 for hour in hours]
    in_days = max(days) > 2
    axes.hist(days if in_days else hours, bins=min(12, max(1, len(hours))), color=BLUE)
    axes.set(xlabel=f"{'days' if in_days else 'hours'} from release to hand-in", ylabel="students")
    axes.yaxis.get_major_locator().set_params(integer=True)
    return figure
