"""The climb of lesson 13: each rung adds one thing, and what is stored of it is what is shown."""

from dataclasses import asdict
from itertools import pairwise

from cnnedu.experiments import l13_climb as climb
from cnnedu.experiments.l13_recipes import HELD_OUT
from cnnedu.models.classic import classic
from cnnedu.training.recipes import RECIPES
from cnnedu.widgets import RecipeRace


def parameters(build):
    return sum(p.numel() for p in build().parameters())


def differing(a, b):
    a, b = asdict(a), asdict(b)
    return {name for name in a if a[name] != b[name]}


def test_the_lower_rungs_change_the_batch_and_then_the_network():
    (_, build, first), (_, same, second), *others = climb.network_rungs()
    assert build is same is classic
    assert differing(RECIPES["classic"].settings, first) <= {"held_out"}
    assert differing(first, second) == {"batch_size"}
    assert all(settings == second for _, _, settings in others)
    sizes = {name: parameters(build) for name, build, _ in others}
    assert sizes["+ padding"] == sizes["+ batch norm"] - 2 * (32 + 64 + 64) + (32 + 64 + 64)
    assert sizes["+ GELU"] == sizes["+ width 32, 96, 192"] > 4 * sizes["+ batch norm"]


def test_the_upper_rungs_take_the_recipe_s_own_settings_back_one_by_one():
    settings = [settings for _, _, settings in climb.recipe_rungs()]
    steps = [differing(below, above) for below, above in pairwise(settings)]
    assert steps == [{"epochs"}, *map(set, climb.INGREDIENTS.values())]
    rest = {"held_out", "precision", "views"}  # six views are asked of the last network
    assert differing(settings[-1], RECIPES["fast"].settings) == rest
    assert settings[-1].held_out == HELD_OUT


def stored(names, seeds):
    """Return measurements as the store holds them; each accuracy tells its seed."""
    return [
        {"seed": s, "result": {n: {"validation_accuracy": s / 10, "seconds": 1.0} for n in names}}
        for s in seeds
    ]


def test_the_older_climb_stands_in_until_every_seed_is_stored(monkeypatch):
    found = {}
    monkeypatch.setitem(vars(climb.figures), "_stored", found)
    for part, names in (("recipe", ["low", "high"]), ("network", ["classic"])):
        rungs, how = climb.climbed()
        assert how == climb.OLDER and RecipeRace(**climb.race()).is_measured
        assert next(iter(rungs)) == "classic" and list(rungs)[-1] == climb.SIX_VIEWS
        found[part] = stored(names, [0, 1])
    assert climb.climbed()[1] == climb.OLDER
    found |= {"recipe": stored(["low", "high"], [0, 1, 2]), "network": stored(["a"], [0, 1, 2])}
    rungs, how = climb.climbed()
    assert list(rungs) == ["a", "low", "high"] and how == climb.MEASURED
    assert {tuple(runs["validation_accuracy"]) for runs in rungs.values()} == {(0, 0.1, 0.2)}
