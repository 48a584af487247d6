# loses 11b-split-tests: repairs nothing
# told: Pictures are still held out whose copies

# %% grade_id="11b-split"
def split(pictures, labels, order):
    pictures, labels = pictures[order], labels[order]
    moved = np.zeros_like(pictures)
    moved[:, :, 1:] = pictures[:, :, :-1]  # one pixel to the right
    pictures = np.stack([pictures, moved], axis=1).reshape(-1, *pictures.shape[1:])
    labels = labels.repeat(2)
    held = np.arange(len(labels)) % 5 == 0
    return pictures[~held], labels[~held], pictures[held], labels[held]


to_learn, to_hold = split_functions(split)  # for the checks
