"""CIFAR-10: where we look for it, how we unpack it, and what we don't trust."""

import errno
import hashlib
import os
import subprocess
import sys
import tarfile
import time

import numpy as np
import pytest
from click.testing import CliRunner

from cnnedu import doctor
from cnnedu.cli import main
from cnnedu.data import cifar10
from cnnedu.data.download import DataError


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Return the folder of CNNEDU_DATA and the cache, both empty."""
    chosen, cache = tmp_path / "chosen", tmp_path / "cache"
    chosen.mkdir()
    monkeypatch.setenv("CNNEDU_DATA", str(chosen))
    monkeypatch.setattr(cifar10.pooch, "os_cache", lambda name: cache)
    return chosen, cache


def unpack_by_hand(place, batches):
    folder = place / cifar10.FOLDER
    folder.mkdir(parents=True)
    for name, records in batches.items():
        (folder / name).write_bytes(records.tobytes())
    return folder


def refused(call):
    with pytest.raises(DataError) as caught:
        call()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_folder_in_cnnedu_data_is_used_as_it_is(places, batches):
    unpack_by_hand(places[0], batches)
    data = cifar10.load()
    train = np.concatenate([batches[name] for name in cifar10.TRAIN_FILES])
    for x, y, records in (
        (data.x_train, data.y_train, train),
        (data.x_test, data.y_test, batches[cifar10.TEST_FILE]),
    ):
        assert x.dtype == np.uint8 and y.dtype == np.int64
        assert x.flags.c_contiguous
        np.testing.assert_array_equal(y, records[:, 0])
        # Byte 1 + 1024·channel + 32·row + column: the official layout, spelled out.
        assert x[2, 1, 5, 7] == records[2, 1 + 1024 + 5 * 32 + 7]
        np.testing.assert_array_equal(x.reshape(len(y), -1), records[:, 1:])
    assert list(places[0].iterdir()) == [places[0] / cifar10.FOLDER]


def test_the_cache_is_looked_in_second(places, batches):
    unpack_by_hand(places[1], batches)
    assert cifar10.find() == places[1] / cifar10.FOLDER
    expected = unpack_by_hand(places[0], batches)
    assert cifar10.find() == expected


def test_without_data_nothing_is_downloaded_and_the_remedy_is_named(places, monkeypatch):
    monkeypatch.setattr(cifar10, "fetch", lambda *args: pytest.fail("a download nobody asked for"))
    message = refused(cifar10.load)
    assert "cnnedu download" in message and "CNNEDU_DATA" in message
    assert str(places[0]) in message and str(places[1]) in message
    assert cifar10.find() is None


def test_an_archive_in_cnnedu_data_is_unpacked_there_and_kept(places, batches, pack):
    archive = places[0] / cifar10.ARCHIVE
    archive.write_bytes(pack(batches))
    np.testing.assert_array_equal(cifar10.load().y_test, batches["test_batch.bin"][:, 0])
    assert archive.exists()
    assert visible(places[0]) == {cifar10.ARCHIVE, cifar10.FOLDER}


def test_half_an_archive_in_cnnedu_data_is_not_trusted(places, batches, pack):
    (places[0] / cifar10.ARCHIVE).write_bytes(pack(batches)[:-20])
    message = refused(cifar10.load)
    assert "delete it and run `cnnedu download`" in message
    assert visible(places[0]) == {cifar10.ARCHIVE}


def test_download_with_and_without_cnnedu_data(places, batches, pack, server, monkeypatch):
    server.content = pack(batches)
    monkeypatch.setattr(cifar10, "URL", server.url)
    result = CliRunner().invoke(main, ["download"])
    assert result.exit_code == 0, result.output
    assert f"CIFAR-10 is in {places[0] / cifar10.FOLDER}" in result.output
    assert visible(places[0]) == {cifar10.FOLDER}
    assert cifar10.download() == places[0] / cifar10.FOLDER
    assert len(server.asked) == 1, "downloaded though it was there"
    monkeypatch.delenv("CNNEDU_DATA")
    assert len(cifar10.load(download=True).y_train) == 20
    assert visible(places[1]) == {cifar10.FOLDER}


def test_the_command_says_a_problem_in_one_line(places, server, monkeypatch):
    server.status = 404
    monkeypatch.setattr(cifar10, "URL", server.url)
    result = CliRunner().invoke(main, ["download"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: http") and "404 Not Found" in result.output
    assert result.output.count("\n") == 1
    assert visible(places[0]) == set()


def test_two_processes_download_it_once(places, batches, pack, server):
    server.content = pack(batches)
    server.gate.clear()
    program = (
        "from cnnedu.data import cifar10\n"
        f"cifar10.URL, cifar10.MD5 = {server.url!r}, {cifar10.MD5!r}\n"
        f"cifar10.PICTURES_PER_FILE = {cifar10.PICTURES_PER_FILE}\n"
        "print(cifar10.load(download=True).y_test.sum())"
    )
    start = [sys.executable, "-u", "-c", program]
    first = subprocess.Popen(start, stdout=subprocess.PIPE, text=True)
    while not server.asked:
        assert first.poll() is None
        time.sleep(0.01)
    second = subprocess.Popen(start, stdout=subprocess.PIPE, text=True)
    assert "waiting for it" in second.stdout.readline()
    server.gate.set()
    expected = str(batches["test_batch.bin"][:, 0].sum())
    assert first.communicate(timeout=300)[0].strip() == expected
    assert second.communicate(timeout=300)[0].strip() == expected
    assert len(server.asked) == 1


def test_only_the_batch_files_are_taken_out_of_an_archive(places, batches, pack, tmp_path):
    evil = [tarfile.TarInfo(name) for name in ("../evil", "/tmp/cnnedu-evil", "more/evil")]
    for member in evil:
        member.size = 3
    link = tarfile.TarInfo(f"{cifar10.FOLDER}/readme.html")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    (places[0] / cifar10.ARCHIVE).write_bytes(pack(batches, *evil, link))
    folder = cifar10.download()
    assert {path.name for path in folder.iterdir()} == set(batches)
    assert not list(tmp_path.rglob("*evil*"))
    assert visible(places[0]) == {cifar10.ARCHIVE, cifar10.FOLDER}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_a_batch_that_is_no_file_is_refused(places, batches, pack, kind):
    del batches["test_batch.bin"]
    link = tarfile.TarInfo(f"{cifar10.FOLDER}/test_batch.bin")
    link.type, link.linkname = kind, "../../secret"
    (places[0] / cifar10.ARCHIVE).write_bytes(pack(batches, link))
    assert "test_batch.bin is not a CIFAR-10 batch" in refused(cifar10.load)
    assert visible(places[0]) == {cifar10.ARCHIVE}


def test_a_batch_of_another_size_is_not_even_unpacked(places, batches, pack):
    batches["data_batch_2.bin"] = batches["data_batch_2.bin"][:-1]
    (places[0] / cifar10.ARCHIVE).write_bytes(pack(batches))
    assert "data_batch_2.bin is not a CIFAR-10 batch" in refused(cifar10.load)
    assert visible(places[0]) == {cifar10.ARCHIVE}


def test_an_archive_without_a_batch(places, batches, pack):
    del batches["data_batch_3.bin"]
    (places[0] / cifar10.ARCHIVE).write_bytes(pack(batches))
    assert "data_batch_3.bin is missing" in refused(cifar10.load)
    assert visible(places[0]) == {cifar10.ARCHIVE}


def test_what_is_no_archive_though_its_checksum_is_right(places, monkeypatch):
    content = b"not a tar file"
    monkeypatch.setattr(cifar10, "MD5", hashlib.md5(content).hexdigest())
    (places[0] / cifar10.ARCHIVE).write_bytes(content)
    assert "is damaged" in refused(cifar10.load)


def test_a_truncated_batch(places, batches):
    batches["data_batch_4.bin"] = batches["data_batch_4.bin"].ravel()[:-100]
    unpack_by_hand(places[0], batches)
    message = refused(cifar10.load)
    assert "data_batch_4.bin has 12,192 bytes instead of 12,292" in message
    assert "delete the folder" in message


def test_a_missing_batch(places, batches):
    del batches["test_batch.bin"]
    unpack_by_hand(places[0], batches)
    assert "test_batch.bin" in refused(cifar10.load)


def test_a_label_out_of_range(places, batches):
    batches["data_batch_1.bin"][3, 0] = 10
    unpack_by_hand(places[0], batches)
    assert "data_batch_1.bin is damaged (it has a label 10, above 9)" in refused(cifar10.load)


def zeros_from_the_middle(batches):
    batches["data_batch_3.bin"].reshape(-1)[6000:] = 0


def a_block_of_zeros(batches):
    batches["data_batch_3.bin"].reshape(-1)[4096:8192] = 0


def a_white_picture(batches):
    batches["data_batch_5.bin"][2, 1:] = 255


def one_picture_for_ever(batches):
    batches["test_batch.bin"][:] = batches["test_batch.bin"][0]


def one_file_twice(batches):
    batches["data_batch_4.bin"][:] = batches["data_batch_2.bin"]


def one_class_only(batches):
    for name in cifar10.TRAIN_FILES:
        batches[name][:, 0] = 3


def an_empty_folder(batches):
    batches.clear()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (zeros_from_the_middle, "data_batch_3.bin is damaged (its bytes from 8,192 on are zero)"),
        (a_block_of_zeros, "data_batch_3.bin is damaged (its bytes from 4,096 on are zero)"),
        (a_white_picture, "data_batch_5.bin is damaged (picture 2 is one colour all over)"),
        (one_picture_for_ever, "test_batch.bin is damaged (it holds the same picture over and"),
        (one_file_twice, "data_batch_4.bin is damaged (it is a copy of data_batch_2.bin)"),
        (one_class_only, "is damaged (20 of 20 labels are 3, not about 2)"),
        (an_empty_folder, "cannot read"),
    ],
)
def test_damage_is_found_wherever_the_data_is_asked_for(places, batches, spoil, words):
    spoil(batches)
    folder = unpack_by_hand(places[0], batches)
    for call in (cifar10.load, cifar10.download):
        message = refused(call)
        assert words in message
        assert message.endswith(f"delete the folder {folder} and run `cnnedu download`")
    assert cifar10.damage(cifar10.find()) == message
    (seen,) = (f for f in doctor.examine() if f.subject == "CIFAR-10")
    assert (seen.state, seen.seen, seen.advice) == ("problem", str(folder), message)
    result = CliRunner().invoke(main, ["download"])
    assert result.exit_code == 1 and result.output == f"Error: {message}\n"


def test_what_is_whole_is_not_called_damaged(places, batches, pack):
    folder = unpack_by_hand(places[1], batches)
    assert cifar10.find() == folder and cifar10.damage(folder) == ""
    archive = places[0] / cifar10.ARCHIVE
    archive.write_bytes(packed := pack(batches))
    assert cifar10.find() == archive and cifar10.damage(archive) == ""
    archive.write_bytes(packed[:-20])
    assert "delete it and run `cnnedu download`" in cifar10.damage(archive)


def test_a_full_disk_while_unpacking_leaves_nothing_half_written(
    places, batches, pack, monkeypatch
):
    (places[0] / cifar10.ARCHIVE).write_bytes(pack(batches))
    extract = tarfile.TarFile.extract

    def extract_until_full(tar, member, path, **options):
        extract(tar, member, path, **options)
        if member.name.endswith("data_batch_2.bin"):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "extract", extract_until_full)
    assert f"no space left in {places[0]}" in refused(cifar10.load)
    assert visible(places[0]) == {cifar10.ARCHIVE}


def test_who_has_no_home_folder_is_told_what_to_set(places, monkeypatch):
    monkeypatch.delenv("CNNEDU_DATA")
    monkeypatch.setattr(cifar10.pooch, "os_cache", lambda name: f"~/.cache/{name}")
    assert cifar10.find() is None
    for call in (cifar10.load, cifar10.download):
        assert "no home folder" in (message := refused(call)) and "set CNNEDU_DATA" in message
    assert not os.path.exists("~")


def test_an_interrupted_download_says_how_to_go_on(places, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(cifar10, "fetch", interrupt)
    result = CliRunner().invoke(main, ["download"])
    assert result.exit_code == 130 and "the same command continues" in result.stderr


def test_a_folder_that_cannot_be_made(places, monkeypatch):
    (places[0] / "file").write_text("")
    monkeypatch.setenv("CNNEDU_DATA", str(places[0] / "file" / "folder"))
    assert "set CNNEDU_DATA to a folder in which you may write" in refused(cifar10.download)


def visible(place):
    return {path.name for path in place.iterdir() if path.name != ".cifar10.lock"}
