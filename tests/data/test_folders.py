"""Folders of pictures as people have them: most files are fine, some are not."""

import errno
import os
import shutil

import numpy as np
import pytest
from PIL import Image

from cnnedu.data import pictures
from cnnedu.data.folders import FolderError, load_folder


def save(path, array, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(path, **options)


def colour(red, green, blue, height=20, width=30):
    return np.full((height, width, 3), (red, green, blue), np.uint8)


@pytest.fixture
def pets(tmp_path):
    save(tmp_path / "pets/dog/b.png", colour(0, 0, 200))
    save(tmp_path / "pets/cat/2.png", colour(0, 200, 0))
    save(tmp_path / "pets/cat/10.png", colour(200, 0, 0))
    return tmp_path / "pets"


def test_pictures_and_labels_in_the_order_of_the_names(pets):
    data = load_folder(pets, size=8)
    assert data.classes == ("cat", "dog")
    assert data.files == ("cat/10.png", "cat/2.png", "dog/b.png")
    assert data.y.tolist() == [0, 0, 1]
    assert data.x.shape == (3, 3, 8, 8) and data.x.dtype == np.uint8
    assert data.x[:, :, 4, 4].tolist() == [[200, 0, 0], [0, 200, 0], [0, 0, 200]]
    assert data.messages == ()


def test_the_middle_square_is_kept_and_each_pixel_is_a_mean(pets):
    picture = np.zeros((16, 48, 3), np.uint8)
    picture[:, 16:32] = np.arange(16)[:, None, None] * 10
    picture[:, :16] = 255
    save(pets / "dog/wide.png", picture)
    data = load_folder(pets, size=8)
    found = data.x[data.files.index("dog/wide.png")]
    assert (found == (np.arange(8) * 20 + 5)[None, :, None]).all()


def test_a_camera_that_lay_on_its_side(pets):
    picture = np.zeros((16, 16, 3), np.uint8)
    picture[:8] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the scene is at the right
    save(pets / "dog/side.png", picture, exif=exif)
    data = load_folder(pets, size=8)
    found = data.x[data.files.index("dog/side.png")][0]
    assert found[:, 5:].min() == 255 and found[:, :3].max() == 0


def test_files_that_are_not_fine_get_a_line_each(pets, monkeypatch):
    whole = (pets / "cat/2.png").read_bytes()
    (pets / "cat/cut.png").write_bytes(whole[: len(whole) // 2])
    (pets / "cat/empty.jpg").touch()
    (pets / "cat/notes.txt").write_text("buy milk")
    (pets / "cat/text.jpg").write_text("buy milk")
    (pets / "cat/.hidden").write_text("x")
    save(pets / "cat/huge.png", colour(1, 2, 3, 100, 200))
    save(pets / "dog/grey.png", np.full((20, 20), 77, np.uint8))
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(pets / "dog/clear.png")
    Image.new("CMYK", (20, 20), (0, 0, 0, 255)).save(pets / "dog/print.jpg")
    save(pets / "dog/deep.png", np.full((20, 20), 77 * 256, np.uint16))
    save(pets / "dog/fractions.tif", np.full((20, 20), 0.5, np.float32))
    save(pets / "dog/tiny.png", colour(9, 9, 9, 4, 4))
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)
    data = load_folder(pets, size=8)
    lines = dict(message.split(": ", 1) for message in data.messages)
    assert lines["cat/cut.png"].startswith("the file is damaged or cut short: copy or download")
    assert lines["cat/empty.jpg"] == "the file is empty: copy or download it again; left out"
    assert lines["cat/notes.txt"] == "it is not a picture; left out"
    assert lines["cat/text.jpg"] == "it is text: download the picture again; left out"
    assert lines["cat/huge.png"] == "200 × 100 pixels are too many; shrink it first; left out"
    assert lines["dog/grey.png"] == "converted from grey to RGB"
    assert lines["dog/clear.png"] == "converted from colours with transparency to RGB"
    assert lines["dog/print.jpg"] == "converted from printing colours to RGB"
    assert lines["dog/deep.png"] == "converted from 16-bit grey to RGB"
    assert lines["dog/fractions.tif"] == "converted from grey fractions to RGB"
    assert lines["dog/tiny.png"] == "enlarged from 4 pixels"
    assert len(lines) == 11 and all("\n" not in line for line in lines.values())
    seen = {file: data.x[i, :, 4, 4].tolist() for i, file in enumerate(data.files)}
    assert seen["dog/grey.png"] == [77, 77, 77]
    assert seen["dog/deep.png"] == [77, 77, 77]
    assert seen["dog/fractions.tif"] == [128, 128, 128]
    assert seen["dog/clear.png"] == [255, 255, 255], "white shows through"
    assert max(seen["dog/print.jpg"]) < 60
    assert sum(file.startswith("cat/") for file in data.files) == 2


def test_a_picture_that_would_burst_the_memory(pets, monkeypatch):
    save(pets / "cat/bomb.png", colour(1, 2, 3, 100, 200))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    (line,) = (m for m in load_folder(pets, size=8).messages if "bomb" in m)
    assert line.endswith("left out")


def test_folders_that_cannot_be_used(pets, tmp_path):
    (tmp_path / "flat").mkdir()
    save(tmp_path / "flat/a.png", colour(1, 2, 3))
    for name, words in (("none", "is not a folder"), ("flat", "no subfolder")):
        with pytest.raises(FolderError, match=words):
            load_folder(tmp_path / name)
    (pets / "fish").mkdir()
    (pets / "fish/list.txt").write_text("trout")
    with pytest.raises(
        FolderError, match=r"fish holds no usable picture.*list\.txt: it is not a picture"
    ):
        load_folder(pets)
    with pytest.raises(ValueError, match="size must be at least 8"):
        load_folder(pets, size=2)
    shutil.rmtree(pets / "fish")
    for number in range(9):
        (pets / "dog" / f"{number}.txt").write_text("woof")
    (pets / "dog/b.png").unlink()
    with pytest.raises(
        FolderError, match=r"0\.txt: .*; dog/2\.txt: it is not a picture … and 6 more"
    ):
        load_folder(pets)
    for part in ("train", "Test"):
        save(tmp_path / "split" / part / "cat/1.png", colour(1, 2, 3))
    with pytest.raises(
        FolderError, match=r"the parts of a split for subfolders .*load one of them"
    ):
        load_folder(tmp_path / "split")


@pytest.mark.parametrize(
    "leftover",
    [
        "cat/.ipynb_checkpoints/2-checkpoint.png",
        "cat/.DS_Store",
        "cat/._2.png",
        "cat/@eaDir/2.png/SYNOPHOTO_THUMB_M.jpg",
        "cat/Thumbs.db",
        "cat/desktop.ini",
        "__MACOSX/cat/._2.png",
        "@eaDir/cat/2.png",
        "$RECYCLE.BIN/2.png",
        ".git/2.png",
        "__pycache__/x.pyc",
    ],
)
def test_what_systems_leave_in_folders_does_not_count(pets, leftover):
    before = load_folder(pets, size=8)
    (pets / leftover).parent.mkdir(parents=True, exist_ok=True)
    save(pets / "new.png", colour(1, 2, 3))
    (pets / "new.png").rename(pets / leftover)
    after = load_folder(pets, size=8)
    assert after.files == before.files and after.classes == before.classes
    assert after.messages == ()


def lines_about(pets):
    return dict(message.split(": ", 1) for message in load_folder(pets, size=8).messages)


def test_a_picture_counts_once_whatever_its_names(pets):
    whole = (pets / "cat/2.png").read_bytes()
    for name in ("cat/2.bak", "cat/2.png~", "cat/2 (1).png", "cat/more/2.jpg"):
        (pets / name).parent.mkdir(exist_ok=True)
        (pets / name).write_bytes(whole)
    (pets / "cat/3.png.part").write_bytes(whole)
    (pets / "cat/10.bak").write_bytes((pets / "cat/10.png").read_bytes())
    (pets / "bird").mkdir()
    save(pets / "bird/1.png", colour(5, 5, 5))
    (pets / "bird/2.png").write_bytes(dog := (pets / "dog/b.png").read_bytes())
    (pets / "cat/b.png").write_bytes(dog)
    save(pets / "dog/c.png", colour(8, 8, 8))
    for name in ("cat/notes.txt", "dog/notes.txt"):
        (pets / name).write_text("buy milk")
    data = load_folder(pets, size=8)
    assert data.files == ("bird/1.png", "cat/10.png", "cat/2 (1).png", "dog/c.png")
    lines = dict(message.split(": ", 1) for message in data.messages)
    assert (
        lines["cat/2.png"] == lines["cat/more/2.jpg"] == "it is a copy of cat/2 (1).png; left out"
    )
    for name in ("cat/2.bak", "cat/2.png~", "cat/3.png.part"):
        assert "a backup copy or an unfinished download" in lines[name]
    assert "in another class, too, as cat/b.png: keep the right one" in lines["bird/2.png"]
    assert "in another class, too, as bird/2.png" in lines["dog/b.png"] == lines["cat/b.png"]
    assert lines["dog/notes.txt"] == "it is not a picture; left out"


def test_what_is_not_read_is_said(pets, tmp_path, monkeypatch):
    save(pets / "stray.JPG", colour(1, 2, 3))
    (pets / "readme.txt").write_text("pets of the neighbourhood")
    (pets / "cat/gone.png").symlink_to(tmp_path / "gone.png")
    save(tmp_path / "elsewhere/1.png", colour(1, 2, 3))
    (pets / "cat/linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(pets / "cat/pipe.png")
    lines = lines_about(pets)
    assert lines == {
        "stray.JPG": "it is in none of the class folders; left out",
        "cat/gone.png": "there is no such file; left out",
        "cat/linked": "it is a folder or device, not a file; left out",
    }

    scandir = os.scandir

    def refuse(folder):
        if os.path.basename(folder) == "dog":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)  # root could read any folder
    with pytest.raises(FolderError, match=r"\(dog: it can't be read \(Permission denied\)\)"):
        load_folder(pets)
