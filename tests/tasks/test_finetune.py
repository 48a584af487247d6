"""`cnnedu finetune`: from a folder of photographs to a network, a page and a card."""

import base64
import gzip
import json
import re
import shutil

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from PIL import Image

from cnnedu.cli import main
from cnnedu.data import photo
from cnnedu.data.folders import Folder, load_folder
from cnnedu.data.splits import thing_of
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks import finetune as module
from cnnedu.tasks import frozen_maps
from cnnedu.tasks.finetune import PARTS, Finetuned, finetune, split
from cnnedu.tasks.finetune_report import interval, write_report
from cnnedu.training.settings import TrainingError

NAMES = "cat", "coffee", "rocket"


def run(*words):
    return CliRunner().invoke(main, ["finetune", *map(str, words)])


@pytest.fixture(scope="module")
def album(tmp_path_factory):
    """Five crops of each of three photographs, in odd formats, and files that are no pictures."""
    folder, rng = tmp_path_factory.mktemp("album") / "my album", np.random.default_rng(0)
    saves = [("png", "L"), ("jpg", "CMYK"), ("webp", "RGBA"), ("tif", "RGB"), ("gif", "P")]
    for name in NAMES:
        (folder / name).mkdir(parents=True)
        whole = Image.fromarray(photo(name))
        for number, (ending, mode) in enumerate(saves):
            left, top = rng.integers(0, 60, 2)
            crop = whole.crop((left, top, left + 230, top + 220))
            crop.convert(mode).save(folder / name / f"{number}.{ending}")
    (folder / "cat/notes.txt").write_text("buy milk")
    (folder / "cat/cut.jpg").write_bytes((folder / "coffee/1.jpg").read_bytes()[:900])
    return folder


@pytest.fixture(scope="module")
def done(album, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "new/results"
    return out, run(album, "--out", out, "--epochs", 2)


def test_one_command_leaves_a_network_a_table_a_page_and_a_card(album, done):
    out, result = done
    assert result.exit_code == 0, result.output
    said = result.output
    assert "15 pictures of 3 classes: 9 for training, 3 for validation, 3 for test" in said
    assert re.search(r"cat/cut.jpg: .*left out", said) and "cat/notes.txt: it is" in said
    assert re.search(r"^cat +[01] +[01] +[01]$", said, re.MULTILINE)
    assert re.search(r"^[0-3] of 3 test pictures were classified correctly", said, re.MULTILINE)
    left = {"model.safetensors", "confusion.png", "mistakes.html", "model_card.md", "files.txt"}
    assert {path.name for path in out.iterdir()} == left | {"cache"}
    card = (out / "model_card.md").read_text()
    assert card.startswith("# Model card: my album\n") and "*(Yours to write.)*" in card
    assert "| training | 9 pictures of 9 things |" in card
    page = (out / "mistakes.html").read_text()
    assert page.count("<img") >= 2 and not re.search(r"""(src|href)=["'](?!data:)""", page)


def test_the_network_is_used_by_predict_and_load_pretrained(album, done):
    out, _ = done
    trained = load_pretrained(str(out))
    assert trained.classes == NAMES and trained.size == 224
    pictures = load_folder(album, 224)
    p = trained.probabilities(pictures.x)
    assert (p.argmax(axis=1) == pictures.y).mean() > 0.8
    words = ["predict", str(album / "cat/0.png"), "--network", str(out), "--out", str(out / "maps")]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "knows only 3 classes (cat, coffee, rocket)" in result.output
    assert "the three likeliest" in result.output and (out / "maps/0.cam.png").exists()


def test_the_same_command_computes_nothing_again_and_adds_a_page(
    album, done, monkeypatch, tmp_path
):
    out, first = done
    weights = (out / "model.safetensors").read_bytes()
    monkeypatch.setattr(frozen_maps, "view", None)
    monkeypatch.setattr("cnnedu.tasks.head_training.take_step", None)
    page = tmp_path / "new/try.html"
    again = run(album, "--out", out, "--epochs", 2, "--page", page)
    assert again.exit_code == 0, again.output
    added = f"\n{page} holds it all: open it in a browser and drop a picture.\n"
    assert again.stdout == first.stdout + added
    assert (out / "model.safetensors").read_bytes() == weights
    text = page.read_text(encoding="utf-8")
    assert "<h1>my album: what is in the picture?</h1>" in text and '["cat", "coffee", ' in text
    network = re.search(r'id="network">([^<]+)<', text)[1]
    network = gzip.decompress(base64.b64decode(network))
    kept = load_pretrained(str(out)).network.dense.weight.detach().numpy().tobytes()
    assert kept in network
    assert b"site-packages" not in network  # no path of this computer is given away


def test_what_is_done_already_is_told_to_the_bar(album, done):
    out, _ = done
    told = {}

    def progress(what, total):
        told[what] = [total]
        return told[what].append

    finetune(album, out, 2, tell=lambda line: None, progress=progress)
    assert all(total == sum(steps) for total, *steps in told.values())


@pytest.mark.parametrize("what", ["VIEWS", "SMALLEST", "RATES", "DECAYS", "SHARE", "weights"])
def test_whatever_decides_the_result_is_in_the_name_of_its_cache(album, monkeypatch, what):
    pictures, known = load_folder(album, 32), load_pretrained("imagenet")
    first = module._key(pictures, 0, known.network)
    assert first == module._key(pictures, 0, load_pretrained("imagenet").network)
    if what == "weights":
        known.network.stage9[0].weight.data[0, 0] += 1
    else:
        monkeypatch.setattr(module, what, "another")
    assert module._key(pictures, 0, known.network) != first


@pytest.mark.parametrize("stopped_in", ["frozen layers", "epochs"])
def test_a_run_that_was_stopped_goes_on_and_ends_with_the_same_weights(
    album, done, tmp_path, stopped_in
):
    out, _ = done

    def progress(what, total):
        def advance(count):
            if what == stopped_in:
                raise KeyboardInterrupt

        return advance

    with pytest.raises(KeyboardInterrupt):
        finetune(album, tmp_path, 2, tell=lambda line: None, progress=progress)
    found = finetune(album, tmp_path, 2, tell=lambda line: None)
    whole = load_pretrained(str(out)).network.state_dict()
    for name, value in found.trained.network.state_dict().items():
        assert torch.equal(value, whole[name]), name


def test_damaged_files_in_the_cache_are_made_again_and_others_are_left_alone(album, done):
    out, first = done
    cache = out / "cache"
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:1000])
    (cache / "holiday.jpg").write_text("mine")
    (cache / f"{'0' * 16}-000000.safetensors").write_text("of another folder")
    again = run(album, "--out", out, "--epochs", 2)
    assert again.exit_code == 0 and again.stdout == first.stdout
    assert (cache / "holiday.jpg").read_text() == "mine"
    assert not list(cache.glob("0000*"))
    (cache / "holiday.jpg").unlink()


def pictures_of(*files):
    kinds = tuple(sorted({file.split("/")[0] for file in files}))
    y = np.array([kinds.index(file.split("/")[0]) for file in files])
    x = np.zeros((len(y), 3, 8, 8), np.uint8)
    return Folder(x, y, kinds, files, ()), np.array([thing_of(file) for file in files])


def test_things_stay_together_and_each_class_is_in_each_part():
    things = [(kind, thing) for kind in ("cat", "dog") for thing in range(10)]
    pictures, groups = pictures_of(*(f"{k}/{t}/{n}.jpg" for k, t in things for n in range(3)))
    splits = [split(pictures, groups, seed) for seed in range(20)]
    for parts in splits:
        assert sorted(np.concatenate(list(parts.values()))) == list(range(60))
        held = {part: set(groups[parts[part]]) for part in PARTS}
        assert not held["training"] & (held["validation"] | held["test"])
        assert not held["validation"] & held["test"]
        for part, count in zip(PARTS, (36, 12, 12), strict=True):
            assert np.bincount(pictures.y[parts[part]]).tolist() == [count / 2] * 2
    assert len({tuple(parts["test"]) for parts in splits}) == 20


def test_what_cannot_be_learnt_from_is_refused_in_one_line(album, tmp_path, monkeypatch):
    few = [f"cat/{n}.jpg" for n in range(5)] + ["dog/rex/1.jpg", "dog/rex/2.jpg", "dog/3.jpg"]
    with pytest.raises(TrainingError, match="class dog has 2 things; it needs at least 3"):
        split(*pictures_of(*few), 0)
    with pytest.raises(TrainingError, match="only one class, cat"):
        split(*pictures_of("cat/1.jpg", "cat/2.jpg", "cat/3.jpg"), 0)
    monkeypatch.setattr(module, "MOST", 14)
    (tmp_path / "empty/cat").mkdir(parents=True)
    (tmp_path / "file").touch()
    for words, reason in [
        ((album, "--out", tmp_path / "out"), "has 17 files, which are too many: at most 14"),
        ((tmp_path / "none",), "is not a folder"),
        ((tmp_path / "empty",), "holds no usable picture"),
        ((album, "--out", album / "new"), "lies in the folder of pictures: choose another --out"),
        ((album, "--out", tmp_path / "file/out"), "can't be"),
    ]:
        monkeypatch.setattr(module, "MOST", 14 if "too many" in reason else 3000)
        result = run(*words)
        assert result.exit_code == 1 and reason in result.stderr, (words, result.output)
        assert result.stderr.count("\n") == 1
    assert not (album / "new").exists()


def test_a_network_from_something_else_is_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ValueError, match="is damaged, missing, or from something else"):
        load_pretrained(str(tmp_path))


@pytest.fixture
def found(album, done):
    """What was found, with an answer that was made wrong, and names that HTML would take apart."""
    out, _ = done
    pictures = load_folder(album, 224)
    trained = load_pretrained(str(out))
    names = "<cat>", "coffee", "rocket"
    trained = type(trained)(**(vars(trained) | {"classes": names}))
    parts = split(pictures, np.array([thing_of(file) for file in pictures.files]), 0)
    groups = np.array([thing_of(file) for file in pictures.files])
    p = np.eye(3)[pictures.y[parts["test"]]] * 0.6 + 0.1
    p[0, :2] = 0.2, 0.7
    history = [{"validation_loss": 1.0, "validation_accuracy": 0.5}] * 2
    return Finetuned(trained, pictures, parts, groups, history, p)


def test_the_page_shows_each_mistake_with_what_was_said(found, album, tmp_path):
    table = write_report(found, album, tmp_path)
    assert re.search(r"^<cat> +0 +1 +0$", table, re.MULTILINE)
    page = (tmp_path / "mistakes.html").read_text()
    assert page.count("<figure>") == 1 and "1 of 3 test pictures were misclassified" in page
    assert ": &lt;cat&gt;. The network said coffee, 70 %; then &lt;cat&gt;, 20 %" in page
    assert "<cat>" not in page and page.count('alt="') == 2
    card = (tmp_path / "model_card.md").read_text()
    assert "2 of 3 right, 67 %; 95 % interval 21 % to 94 %" in card
    assert "the lowest validation loss: the linear probe, without an epoch" in card
    with Image.open(tmp_path / "confusion.png") as drawn:
        assert drawn.width > 200


def test_without_a_mistake_the_least_sure_answers_are_shown(found, album, tmp_path):
    found.probabilities[0, :2] = 0.7, 0.2
    write_report(found, album, tmp_path)
    page = (tmp_path / "mistakes.html").read_text()
    assert "All 3 test pictures were classified correctly" in page and page.count("<figure>") == 3


def test_the_interval_is_wilsons():
    for right, of, low, high in [(0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (5, 10, 0.2366, 0.7634)]:
        assert interval(right, of) == pytest.approx((low, high), abs=1e-4)


def test_views_are_the_picture_its_mirror_image_and_crops_of_both():
    x = torch.arange(224 * 224, dtype=torch.int32).remainder(251).reshape(1, 224, 224)
    x = x.expand(3, -1, -1).to(torch.uint8)
    whole, mirrored, crop, other = (frozen_maps.view(x, 3, kind, seed=0) for kind in range(4))
    assert torch.equal(whole, x) and torch.equal(mirrored, x.flip(2))
    assert crop.shape == other.shape == x.shape and crop.dtype == torch.uint8
    assert not torch.equal(crop, other) and not torch.equal(crop, x)
    assert torch.equal(crop, frozen_maps.view(x, 3, 2, seed=0))
    assert not torch.equal(crop, frozen_maps.view(x, 4, 2, seed=0))
    ramp = torch.arange(224, dtype=torch.uint8).expand(3, 224, 224)
    enlarged = frozen_maps.view(ramp, 0, 2, seed=0)[0].float()
    assert frozen_maps.SMALLEST - 0.02 <= (enlarged[0, -1] - enlarged[0, 0]) / 224 <= 1
    assert frozen_maps.view(ramp, 0, 3, seed=0)[0, 0].float().diff().max() <= 0


def test_the_metadata_of_the_weights_is_json(done):
    from safetensors import safe_open

    out, _ = done
    with safe_open(out / "model.safetensors", framework="pt") as file:
        about = json.loads(file.metadata()["about"])
    assert about["classes"] == list(NAMES) and 0 <= about["test_accuracy"] <= 1
    shutil.rmtree(out / "maps", ignore_errors=True)
