"""`RecipeRace`: put ingredients into a training recipe, and see what the measured runs reached."""

import shlex

import numpy as np
import traitlets

from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget

SEEN = 3  # errors


class RecipeRace(Widget):
    """Switch the ingredients of a recipe on and off: what each is worth, and what it costs.

    The ingredients are the rungs of a climb. Measured are the climb, which adds one after another,
    and perhaps the whole recipe with one of them left out. For any other choice the widget says
    that it isn't measured, and gives the command that measures it.

    Equation
        gain of a rung = mean_s d_s,  d_s = accuracy of seed s with it − accuracy of seed s before
        error = √(v / S),  v = the variances of d over S seeds, averaged over all rungs

    Three differences say little about their own spread; all rungs' together say more. A gain
    counts as seen from three errors on.

    Args:
        climb: {rung: {"validation_accuracy": shares from 0 to 1, "seconds": numbers}}, one for
            each seed. The first rung is where the climb begins; it is always on.
        without: {rung: accuracies of the whole recipe without it}; its times count as unknown,
            for they may have been measured in another way.
        whole: accuracies of the whole recipe, measured together with those.
        words: {rung: `NAME=VALUE` words, which take it back}. A rung without words can't be left
            out by a command.
        command: the words before those: the command that trains the whole recipe.
        chosen: names of the rungs that are on at the start; all of them by default.

    `chosen` is a trait.

    Raises:
        TypeError, ValueError: an argument of the wrong kind or size; there is no such rung.

    >>> race = RecipeRace(
    ...     {
    ...         "plain": {"validation_accuracy": [0.70, 0.72], "seconds": [10, 10]},
    ...         "+ flips": {"validation_accuracy": [0.74, 0.78], "seconds": [11, 13]},
    ...     },
    ...     chosen=[],
    ... )
    >>> race
    RecipeRace(0 of 1 ingredients, 71.0 %, 10 s)
    >>> race.chosen = ["+ flips"]
    >>> race.gains()[0].round(2).tolist(), round(race.gains()[1], 2)
    ([5.0], 1.0)
    """

    _esm = module("recipe_race")
    _css = stylesheet("chart", "recipe_race")

    # As the page reads them; accuracies are in percent.
    rungs = traitlets.List(read_only=True).tag(sync=True)
    without = traitlets.Dict(read_only=True).tag(sync=True)
    whole = traitlets.List(read_only=True).tag(sync=True)
    command = traitlets.Unicode(read_only=True).tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, climb, *, without=None, whole=(), words=None, command="", chosen=None):
        without, words = without or {}, words or {}
        _must_be_runs(climb)
        for name, value in (("without", without), ("words", words)):
            if unknown := set(value) - set(list(climb)[1:]):
                raise ValueError(
                    f"RecipeRace: {name} must name rungs of the climb above the first, but has "
                    f"{min(unknown)!r}"
                )
        if any(len(accuracies) != len(whole) for accuracies in without.values()):
            raise ValueError("RecipeRace: whole must have as many accuracies as each of without")
        rungs = [
            {
                "name": name,
                "accuracies": _percent(runs["validation_accuracy"]),
                "seconds": float(np.mean(runs["seconds"])),
                "words": words.get(name),
            }
            for name, runs in climb.items()
        ]
        self.set_trait("rungs", rungs)
        self.set_trait("without", {name: _percent(some) for name, some in without.items()})
        self.set_trait("whole", _percent(whole))
        self.set_trait("command", command)
        super().__init__(chosen=list(climb)[1:] if chosen is None else chosen)

    @property
    def names(self):
        """The rungs that can be on or off, from the lowest up."""
        return [rung["name"] for rung in self.rungs[1:]]

    @traitlets.validate("chosen")
    def _are_rungs(self, proposal):
        if unknown := set(proposal.value) - set(self.names):
            raise ValueError(
                f"RecipeRace: chosen must hold some of {', '.join(map(repr, self.names))}, but "
                f"holds {min(unknown)!r}"
            )
        return [name for name in self.names if name in proposal.value]

    @property
    def height(self):
        """How many rungs from the bottom up are on, without a gap."""
        return next((k for k, name in enumerate(self.names) if name not in self.chosen), self.most)

    @property
    def most(self):
        """How many rungs there are above the first."""
        return len(self.rungs) - 1

    @property
    def left_out(self):
        """The one rung that is off, if it was measured so; else None."""
        off = [name for name in self.names if name not in self.chosen]
        on_the_climb = self.height == len(self.chosen)
        return off[0] if len(off) == 1 and not on_the_climb and off[0] in self.without else None

    @property
    def is_measured(self):
        """Whether the choice is a state of the climb, or the whole recipe without one rung."""
        return self.height == len(self.chosen) or self.left_out is not None

    @property
    def to_measure(self):
        """The command that measures the choice; None if there is none."""
        off = [rung["words"] for rung in self.rungs[1:] if rung["name"] not in self.chosen]
        if not self.command or None in off:
            return None
        words = [f"--set {shlex.quote(word)}" for words in off for word in words.split()]
        return " ".join([self.command, *words])

    def gains(self):
        """Return the gain of each rung in points, array (R,), and the error that all share."""
        accuracies = np.array([rung["accuracies"] for rung in self.rungs])
        return _with_error(np.diff(accuracies, axis=0))

    def losses(self):
        """Return {rung: change in points when it is left out of the whole}, and their error."""
        if not self.without:
            return {}, np.nan
        means, error = _with_error(np.subtract(list(self.without.values()), self.whole))
        return dict(zip(self.without, means, strict=True)), error

    def draw(self):
        """Return a figure of the climb so far, in time and rung by rung."""
        from cnnedu.plots.recipe_race import show_recipe_race

        gains, error = self.gains()
        height = self.most if self.left_out else self.height
        return show_recipe_race(self.rungs, gains, error, height, self._said())

    def __repr__(self):
        return f"RecipeRace({self._said()})"

    def _said(self):
        """Say in a few words what is chosen and what it reached."""
        on = f"{len(self.chosen)} of {self.most} ingredients"
        if not self.is_measured:
            return f"{on}, not measured"
        if self.left_out:
            return f"all but {self.left_out}, {np.mean(self.without[self.left_out]):.1f} %"
        rung = self.rungs[self.height]
        return f"{on}, {np.mean(rung['accuracies']):.1f} %, {rung['seconds']:.0f} s"


def _with_error(differences):
    """Return the mean of each row of differences (R, S), and the error that all rows share."""
    seeds = differences.shape[1]
    if seeds < 2:
        return differences.mean(axis=1), np.nan
    return differences.mean(axis=1), float(np.sqrt(differences.var(axis=1, ddof=1).mean() / seeds))


def _percent(shares):
    return [round(100 * float(share), 6) for share in shares]


def _must_be_runs(climb):
    """Raise an error unless `climb` has two rungs or more, with as many seeds each."""
    if not isinstance(climb, dict):
        raise TypeError(
            "RecipeRace: climb must be a dict with the names of rungs, but is of type "
            f"{type(climb).__name__}"
        )
    if len(climb) < 2:
        raise ValueError(f"RecipeRace: climb must have two rungs or more, but has {len(climb)}")
    counts = set()
    for name, runs in climb.items():
        for key in ("validation_accuracy", "seconds"):
            if not isinstance(runs, dict) or not np.iterable(runs.get(key)):
                raise TypeError(f"RecipeRace: climb[{name!r}] must have a list {key!r}")
            counts.add(len(runs[key]))
    if len(counts) > 1 or 0 in counts:
        raise ValueError("RecipeRace: all rungs must have as many accuracies and seconds, not 0")
