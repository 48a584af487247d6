"""Commands that use the ImageNet network on photographs: `predict`, `finetune`."""

import click

from cnnedu.cli.group import main


@main.command()
@click.argument("pictures", nargs=-1, required=True, metavar="PICTURE…")
@click.option(
    "--network",
    "name",
    default="imagenet",
    show_default=True,
    help="imagenet knows 1,000 classes; fast and classic know the ten of CIFAR-10. Or the folder "
    "that `cnnedu finetune` wrote.",
)
@click.option("--out", help="Folder for the overlays. [default: beside each picture]")
def predict(pictures, name, out):
    """Classify each PICTURE and draw where the network looked.

    For cat.jpg it writes cat.cam.png, a Grad-CAM heat map over the picture, at its own resolution.
    The exit code is 1 if a picture can't be used or an overlay can't be written.
    """
    from cnnedu.models.pretrained import load_pretrained
    from cnnedu.predict import predict

    try:
        trained = load_pretrained(name)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    done = True
    for line, right in predict(trained, pictures, out):
        done &= right
        click.echo(line, err=not right)
    raise SystemExit(not done)


def _ends_in_html(context, option, page):
    if page and not page.endswith(".html"):
        raise click.BadParameter(f"{page} must end in .html, or no browser opens it")
    return page


@main.command()
@click.argument("folder")
@click.option("--out", help="Folder for the results. [default: finetuned/NAME OF FOLDER]")
@click.option(
    "--epochs",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Passes over the training pictures.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31),
    default=0,
    show_default=True,
    help="Seed for the split, the crops and the order.",
)
@click.option(
    "--page",
    type=click.Path(dir_okay=False),
    callback=_ends_in_html,
    metavar="FILE",
    help="Write a page as well, FILE.html, that classifies pictures in the browser, offline.",
)
def finetune(folder, out, epochs, seed, page):
    """Adapt the ImageNet network to your photographs.

    FOLDER holds one subfolder of photographs for each class; 20 of each are a good start. Pictures
    of one thing belong together: put them into a subfolder of their class, and they stay on one
    side of the split. The results are a network for `cnnedu predict --network`, a confusion table,
    a page that shows the mistakes, and a model card for you to complete. If you stop it, the same
    command goes on.

    --page makes one file to give away. Drop a picture into it, or hold something before the camera:
    it names the likeliest classes and shows where it looked. Nothing leaves the computer.
    """
    import os
    from pathlib import Path

    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as for `train`

    from tqdm import tqdm

    from cnnedu.tasks.finetune import finetune
    from cnnedu.tasks.finetune_report import write_report
    from cnnedu.tasks.page import check_exporter, write_page
    from cnnedu.training.settings import TrainingError

    out = Path(out or f"finetuned/{Path(folder).resolve().name}")

    def progress(what, total):
        bar = tqdm(total=total, desc=what, dynamic_ncols=True)

        def advance(done):
            bar.update(done)
            if bar.n == total:
                bar.close()

        return advance

    place = out
    try:
        if page:
            check_exporter()
        found = finetune(folder, out, epochs, seed, click.echo, progress)
        table = write_report(found, folder, out)
        place = page
        if page:
            write_page(found.trained, Path(folder).resolve().name, page)
    except (TrainingError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{place} can't be written: {error.strerror}") from None
    except KeyboardInterrupt:
        click.echo(f"\nStopped. What is done is kept in {out}; the same command goes on.", err=True)
        raise SystemExit(130) from None
    count = len(found.probabilities)
    right = f"{round(count * found.trained.test_accuracy)} of {count}"
    click.echo(f"\n{table}\n\n{right} test pictures were classified correctly. In {out}:")
    click.echo("  mistakes.html     where it was wrong, and why it may have been")
    click.echo("  model_card.md     what it is for and how good it is: complete it")
    click.echo("  confusion.png     the table above")
    click.echo(f"  model.safetensors for: cnnedu predict PICTURE… --network {out}")
    if page:
        click.echo(f"\n{page} holds it all: open it in a browser and drop a picture.")
