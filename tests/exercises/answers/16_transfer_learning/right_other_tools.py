# loses nothing: os instead of pathlib, tensordot instead of einsum, the mean inside

# %% grade_id="16-by-hand"
by_hand = [1 / 4, -3 / 4, -1 / 2, 5.5, 5.95, (192 + 1) * 5]

# %% grade_id="16-features"
def frozen_features(x, w, mean, var):
    scale = 1 / np.sqrt(var + 1e-5)
    view = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    maps = np.tensordot(view, w * scale[:, None, None, None], axes=([1, 4, 5], [1, 2, 3]))
    return np.clip(maps.max(axis=(1, 2)) - mean * scale, 0, None)

# %% grade_id="16-folder"
import os


def read_folder(path, size):
    names = sorted(os.listdir(path))
    pictures, labels, skipped = [], [], []
    for name in names:
        for file in sorted(os.listdir(path / name)):
            if file[0] == ".":
                continue
            try:
                picture = Image.open(path / name / file).convert("RGB")
            except Exception:
                skipped += [name + "/" + file]
                continue
            picture = np.asarray(picture.resize((size, size), Image.Resampling.BOX))
            pictures += [np.moveaxis(picture, 2, 0)]
            labels += [names.index(name)]
    return np.stack(pictures), labels, names, skipped


folder_as_numbers = folder_function(read_folder)
