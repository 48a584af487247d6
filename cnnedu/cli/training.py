"""Commands that train networks and measure them: `train`, `experiment`."""

import click

from cnnedu.cli.group import main


@main.command()
@click.option(
    "--recipe",
    type=click.Choice(["classic", "fast", "record"]),
    default="classic",
    show_default=True,
    help="Network and settings, from cnnedu/training/recipes.py.",
)
@click.option(
    "--seed",
    default=0,
    show_default=True,
    help="Seed for the initial weights, the shuffling and the augmentation.",
)
@click.option("--epochs", type=int, help="Passes over the training set. [default: the recipe's]")
@click.option("--batch-size", type=int, help="Pictures per step. [default: the recipe's]")
@click.option("--lr", type=float, help="Peak learning rate. [default: the recipe's]")
@click.option("--set", "words", multiple=True, metavar="NAME=VALUE", help="Change any setting.")
@click.option("--out", help="Folder for the run. [default: runs/RECIPE]")
@click.option("--resume", is_flag=True, help="Continue the run in --out.")
def train(recipe, seed, epochs, batch_size, lr, words, out, resume):
    """Train a network on CIFAR-10.

    On several machines, run `torchrun --nnodes N --nproc-per-node M … $(which cnnedu) train …`,
    with --out in a folder that all of them share.
    """
    import os

    # PyTorch's threads would spin while they wait for each other, which made an epoch take ten
    # times as long beside another busy program. This must be set before torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

    import matplotlib

    from cnnedu.data import cifar10
    from cnnedu.data.download import DataError
    from cnnedu.training import processes
    from cnnedu.training.loop import holds_run, train
    from cnnedu.training.recipes import RECIPES, changed
    from cnnedu.training.settings import TrainingError

    matplotlib.use("agg")  # the curves go to a file: no window
    out = out or f"runs/{recipe}"
    typed = {"seed": seed, "epochs": epochs, "batch_size": batch_size, "learning_rate": lr}
    typed = [f"{name}={value}" for name, value in typed.items() if value is not None]
    try:
        build, settings = RECIPES[recipe]
        settings = changed(settings, [*typed, *words])
        last = train(build, cifar10.load(), settings, out, resume)[-1]
    except (DataError, TrainingError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        kept = f"Finished epochs are kept in {out}; --resume continues."
        nothing = "No epoch had begun; the same command starts again."
        click.echo(f"\nStopped. {kept if holds_run(out) else nothing}", err=True)
        raise SystemExit(130) from None
    if processes.is_first():
        accuracy = f"{100 * last['test_accuracy']:.1f} %"
        click.echo(f"Test accuracy {accuracy}; the test set was read once, after the last epoch.")
        click.echo(f"Weights, log and curves are in {out}.")


@main.command(extra="test")
@click.argument("name", default="")
@click.argument("part", default="")
@click.option(
    "--seeds",
    type=click.IntRange(0, 2**32 - 1),
    multiple=True,
    help="Only with this seed; may be repeated.",
)
@click.option("--save", is_flag=True, help="Store the figures that the lesson shows.")
def experiment(name, part, seeds, save):
    """Measure the figures of a lesson again.

    NAME is an experiment, or the beginning of its name, such as l18; PART is one of its parts, all
    by default. Without NAME, list all experiments and what each costs.
    """
    import json
    import os

    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as for `train`

    from cnnedu.data.download import DataError
    from cnnedu.experiments import catalogue
    from cnnedu.experiments.store import NoFigures
    from cnnedu.training.settings import TrainingError

    if not name:
        click.echo(catalogue.table())
        return
    try:
        figures = catalogue.find(name)
        wanted = catalogue.runs(figures, part, seeds)
        if save:
            figures.check_store()
        for measured, seed in wanted:
            result, trained = figures.measure(measured, seed)
            of_seed = "" if seed is None else f", seed {seed}"
            said = f"{figures.name} {measured}{of_seed}: {json.dumps(catalogue.shown(result))}"
            if save:  # first, for whoever reads what is printed may stop listening
                try:
                    figures.save(measured, seed, result, trained)
                except (OSError, NoFigures):
                    click.echo(said)  # or the work of hours would be lost
                    raise
            click.echo(said)
    except BrokenPipeError:
        raise
    except (DataError, TrainingError, catalogue.UnknownExperiment, NoFigures, OSError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        kept = "What is shown above is stored." if save else "Nothing is stored without --save."
        click.echo(f"\nStopped. {kept}", err=True)
        raise SystemExit(130) from None
