"""The store: figures are kept with how they were measured, and lessons read them."""

import json
import subprocess
import sys
from importlib.metadata import version
from types import SimpleNamespace

import click
import numpy as np
import pytest
from click.testing import CliRunner

from cnnedu import experiments
from cnnedu.cli import main
from cnnedu.data import cifar10
from cnnedu.experiments import catalogue, store
from cnnedu.experiments.store import Experiment, NoFigures, Part, by_name, results_of

# It takes hours. Until then lesson 13 shows the older climb of `l13_recipes`, with one seed.
NOT_MEASURED_YET = ("l13_climb",)


@pytest.fixture
def calls():
    return []


@pytest.fixture
def experiment(tmp_path, monkeypatch, calls):
    """An experiment whose results hold the arguments of its parts, in a folder of its own."""
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    monkeypatch.delenv("CNNEDU_BUDGET", raising=False)

    def measure(*arguments):
        calls.append(arguments)
        return {"plain": [*arguments, "plain"], "deep": [*arguments, "deep"]}

    def arrays():
        return {"right": np.arange(6).reshape(2, 3) > 2}

    parts = {
        "once": Part(measure, 1, needs_cifar10=False),
        "seeded": Part(measure, 1, seeds=(0, 1), arrange=by_name, needs_cifar10=False),
        "slow": Part(measure, store.MOST_MINUTES + 1, needs_cifar10=False),
        "arrays": Part(arrays, 1, needs_cifar10=False),
    }
    return Experiment("l99_test", "a test", parts)


def again(experiment):
    """Return the experiment as another process would see it."""
    return Experiment(experiment.name, experiment.about, experiment.parts)


def test_what_is_saved_is_what_is_read(experiment):
    for part in experiment.parts:
        for seed in experiment.parts[part].seeds or (None,):
            experiment.save(part, seed, *experiment.measure(part, seed))
    found = again(experiment)
    assert found["once"] == {"plain": ["plain"], "deep": ["deep"]}
    assert found["seeded"] == {
        "plain": [[0, "plain"], [1, "plain"]],
        "deep": [[0, "deep"], [1, "deep"]],
    }
    assert found["arrays"]["right"].tolist() == [[False] * 3, [True] * 3]


def test_a_seed_measured_again_takes_the_place_of_its_old_result_alone(experiment):
    for seed in (1, 0, 5):
        experiment.save("seeded", seed, {"plain": seed, "deep": -seed})
    experiment.save("seeded", 1, {"plain": 10, "deep": -10})
    assert again(experiment)["seeded"] == {"plain": [0, 10, 5], "deep": [0, -10, -5]}
    measurements = json.loads(experiment.path.read_text())["seeded"]
    assert [measurement["seed"] for measurement in measurements] == [0, 1, 5]


def test_two_commands_that_run_at_the_same_time_keep_each_other_s_results(experiment):
    other = again(experiment)
    for command in (experiment, other):
        command.check_store()  # each now knows what is stored: nothing
    experiment.save("seeded", 0, {"plain": 0})
    other.save("once", None, "result")
    experiment.save("seeded", 1, {"plain": 1})
    found = again(experiment)
    assert (found["seeded"], found["once"]) == ({"plain": [0, 1]}, "result")


def test_results_of_other_circumstances_stay_apart(experiment, monkeypatch):
    experiment.save("seeded", 0, {"plain": 0})
    monkeypatch.setattr(store, "processor", lambda: "another, 64 cores")
    experiment.save("seeded", 1, {"plain": 1})
    first, second = json.loads(experiment.path.read_text())["seeded"]
    assert first["processor"] != second["processor"] == "another, 64 cores"
    assert second["command"] == "cnnedu experiment l99_test seeded --save"
    assert second["versions"] == {name: version(name) for name in ("numpy", "torch")}
    assert again(experiment)["seeded"] == {"plain": [0, 1]}


def test_trained_weights_are_kept_with_the_figures(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    kept = []
    part = Part(
        lambda: (0.9, "network"), 1, needs_cifar10=False, save_weights=lambda *a: kept.append(a)
    )
    experiment = Experiment("l99_test", "a test", {"net": part})
    experiment.save("net", None, *experiment.measure("net"))
    assert kept == [("network", 0.9)] and again(experiment)["net"] == 0.9


def test_the_full_budget_measures_once_and_the_quick_one_never(experiment, monkeypatch, calls):
    experiment.save("once", None, "stored")
    experiment.save("slow", None, "stored")
    assert experiment["once"] == "stored" and not calls
    monkeypatch.setenv("CNNEDU_BUDGET", "full")
    assert experiment["once"] == experiment["once"] == {"plain": ["plain"], "deep": ["deep"]}
    assert experiment["seeded"]["deep"] == [[0, "deep"], [1, "deep"]]
    assert len(calls) == 3
    assert experiment["slow"] == "stored", "only by the command"


def test_the_full_budget_without_the_data_reads_what_is_stored(monkeypatch):
    monkeypatch.setenv("CNNEDU_BUDGET", "full")
    for found in (None, "a folder"):
        monkeypatch.setattr(cifar10, "find", lambda found=found: found)
        assert store.in_full_budget() == (found is not None)
        assert store.in_full_budget(needs_cifar10=False)


READ_FIRST = [("l10_photos", "runs"), ("l11b_faults", "runs"), ("l16_transfer", "curve")]


def test_a_lesson_reads_its_first_figures_without_pytorch():
    code = (
        "import sys; from cnnedu.experiments import l04_shifts; "
        "from cnnedu.experiments.store import results_of; "
        f"[results_of(*words) for words in {READ_FIRST}]; "
        "assert 'torch' not in sys.modules; l04_shifts.figures; assert 'torch' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    for name, part in READ_FIRST:
        assert results_of(name, part) == catalogue.find(name).results(part)
    with pytest.raises(NoFigures, match="lacks figures of sprint"):
        results_of("l10_photos", "sprint")


def test_the_full_budget_measures_what_a_lesson_reads_first(experiment, monkeypatch):
    monkeypatch.setenv("CNNEDU_BUDGET", "full")
    module = SimpleNamespace(figures=experiment)
    monkeypatch.setitem(sys.modules, "cnnedu.experiments.l99_test", module)
    assert results_of("l99_test", "once") == {"plain": ["plain"], "deep": ["deep"]}


def test_what_isnt_measured_is_no_longer_an_exception_once_it_is():
    for name in NOT_MEASURED_YET:
        assert not catalogue.find(name).path.exists()


@pytest.mark.parametrize("name", sorted({*catalogue.NAMES} - {*NOT_MEASURED_YET}))
def test_every_part_is_stored_and_says_how_it_was_measured(name, monkeypatch):
    monkeypatch.delenv("CNNEDU_BUDGET", raising=False)
    experiment = catalogue.find(name)
    stored = json.loads(experiment.path.read_text(encoding="utf-8"))
    assert list(stored) == list(experiment.parts)
    for part, measurements in stored.items():
        for measurement in measurements:
            assert {"command", "versions", "processor"} <= measurement.keys()
        seeds = [measurement["seed"] for measurement in measurements]
        assert seeds == list(experiment.parts[part].seeds or (None,))
        assert experiment[part] is not None


def test_figures_that_are_damaged_or_missing_are_never_taken_for_whole(experiment):
    for part in experiment.parts:
        for seed in experiment.parts[part].seeds or (None,):
            experiment.save(part, seed, *experiment.measure(part, seed))
    arrays, stored = store.FOLDER / "l99_test.arrays.npz", experiment.path.read_bytes()
    whole = arrays.read_bytes()
    middle = len(whole) // 2
    torn = whole[:middle] + bytes(20) + whole[middle + 20 :]
    for content in (b"", whole[:-30], bytes(len(whole)), torn):
        arrays.write_bytes(content)
        with pytest.raises(NoFigures, match=r"l99_test.arrays.npz is damaged or missing: restore"):
            again(experiment)["arrays"]
    arrays.unlink()
    with pytest.raises(NoFigures, match="is damaged or missing"):
        again(experiment)["arrays"]
    for content in (b"", stored[:-9], bytes(len(stored)), b"\xff" + stored):
        experiment.path.write_bytes(content)
        with pytest.raises(NoFigures, match=r"l99_test.json is damaged or missing: restore it"):
            again(experiment)["once"]
    experiment.path.unlink()
    other = again(experiment)
    other.save("seeded", 0, {"plain": 0})
    for part, words in (("once", "once"), ("seeded", "seeded --seeds 1")):
        with pytest.raises(NoFigures, match=f"with `cnnedu experiment l99_test {words} --save`"):
            again(experiment)[part]


def command(*words):
    return CliRunner().invoke(main, ["experiment", *words])


def test_the_command_lists_all_experiments_with_what_each_costs():
    said = command().output
    for name in catalogue.NAMES:
        assert f"{name}: " in said
        for part in catalogue.find(name).parts:
            assert f"  {part} " in said
    assert "1 min  6 seeds\n" in said and " seeds   CIFAR-10\n" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["l99"], "no single experiment 'l99'; choose from l04_overfitting, "),
        (["l1"], "no single experiment 'l1'"),
        (["l14_s", "depth"], "l14_seeing has no part 'depth'; it has units, sanity, deletion"),
        (["l12_time", "times", "--seeds", "1"], "l12_time: times takes no seeds"),
        (["l16_transfer", "--seeds", "1"], "l16_transfer: not every part takes seeds; name one"),
    ],
)
def test_a_wrong_word_is_answered_in_one_line(words, said):
    result = command(*words)
    assert result.exit_code == 1 and result.output.startswith(f"Error: {said}")
    assert result.output.count("\n") == 1


def test_the_command_needs_the_data_only_where_the_part_does(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNEDU_DATA", str(tmp_path))
    monkeypatch.setattr(cifar10.pooch, "os_cache", lambda name: tmp_path / "no-cache")
    result = command("l14_d", "probes")
    assert result.exit_code == 1 and "run `cnnedu download`" in result.output


def test_the_command_writes_nothing_without_save(experiment, monkeypatch):
    monkeypatch.setattr(catalogue, "find", lambda name: experiment)
    said = command("l99", "seeded", "--seeds", "7").output
    assert said == 'l99_test seeded, seed 7: {"plain": [7, "plain"], "deep": [7, "deep"]}\n'
    assert not list(store.FOLDER.iterdir())
    assert 'l99_test arrays: {"right": [2, 3]}' in command("l99", "--save").output
    assert again(experiment)["once"] == {"plain": ["plain"], "deep": ["deep"]}


def test_a_damaged_store_is_found_before_anything_is_measured(experiment, monkeypatch, calls):
    monkeypatch.setattr(catalogue, "find", lambda name: again(experiment))
    experiment.path.write_text('{"once": [')
    result = command("l99", "once", "--save")
    assert result.exit_code == 1 and result.output.count("\n") == 1 and not calls
    assert result.output.startswith(f"Error: {experiment.path} is damaged or missing: restore it")
    monkeypatch.setattr(store, "FOLDER", store.FOLDER / "nowhere")
    assert "nowhere" in command("l99", "once", "--save").output and not calls


def test_what_was_measured_is_shown_if_it_cannot_be_stored(experiment, monkeypatch):
    monkeypatch.setattr(catalogue, "find", lambda name: experiment)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(experiment, "save", full)
    shown, error = command("l99", "once", "--save").output.splitlines()
    assert shown == 'l99_test once: {"plain": ["plain"], "deep": ["deep"]}'
    assert error == "Error: [Errno 28] No space left on device"


def test_what_was_measured_is_stored_if_nobody_listens(experiment, monkeypatch):
    monkeypatch.setattr(catalogue, "find", lambda name: experiment)

    def unheard(*_, **__):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(click, "echo", unheard)
    assert command("l99", "once", "--save").exit_code == 1
    assert again(experiment)["once"] == {"plain": ["plain"], "deep": ["deep"]}


def test_an_experiment_that_is_stopped_says_what_is_kept(experiment, monkeypatch):
    monkeypatch.setattr(catalogue, "find", lambda name: experiment)

    def stopped(part, seed):
        if seed == 1:
            raise KeyboardInterrupt
        return {"plain": 0}, None

    monkeypatch.setattr(experiment, "measure", stopped)
    for words, kept in ((["--save"], "What is shown above is stored."), ([], "Nothing is stored")):
        result = command("l99", "seeded", *words)
        assert result.exit_code == 130
        assert result.output.splitlines()[-1].startswith(f"Stopped. {kept}")


def test_what_the_command_lacks_is_said_in_one_line(experiment, monkeypatch):
    monkeypatch.setattr(catalogue, "find", lambda name: experiment)
    for error, said in (
        (
            PermissionError(13, "Permission denied", "figures"),
            "[Errno 13] Permission denied: 'figu",
        ),
        (ModuleNotFoundError("No module named 'airbench'"), "No module named 'airbench': run pip"),
    ):
        monkeypatch.setattr(
            experiment, "save", lambda *_, error=error: (_ for _ in ()).throw(error)
        )
        result = command("l99", "once", "--save")
        assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
        assert result.output.splitlines()[-1].startswith(f"Error: {said}")


LATER = """
import inspect, sys
from cnnedu.experiments import l08_features, l08_rates
module = "cnnedu.experiments.l08_rates"
inspect.getmodule(inspect.currentframe())  # looks at all modules, as tracebacks do
assert module not in sys.modules and "torch" not in sys.modules
l08_features.figures, l08_rates.SEEDS
l08_rates.SEEDS = "set from outside"
assert sys.modules[module].SEEDS == "set from outside"
"""


def test_an_experiment_is_imported_when_it_is_first_used():
    subprocess.run([sys.executable, "-c", LATER], check=True)
    assert not hasattr(experiments, "l99_nothing")
