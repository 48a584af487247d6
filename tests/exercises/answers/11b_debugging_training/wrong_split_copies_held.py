# loses 11b-split-tests: holds copies out, too
# told: moved copies are among those held out

# %% grade_id="11b-split"
def with_copies(pictures, labels):
    moved = np.zeros_like(pictures)
    moved[:, :, 1:] = pictures[:, :, :-1]
    return np.concatenate([pictures, moved]), np.concatenate([labels, labels])


def split(pictures, labels, order):
    held = np.arange(len(order)) % 5 == 0
    learn, rest = order[~held], order[held]
    return (
        *with_copies(pictures[learn], labels[learn]),
        *with_copies(pictures[rest], labels[rest]),
    )


to_learn, to_hold = split_functions(split)  # for the checks
