# loses 11b-split-tests: forgets the order
# told: aren't in the given order

# %% grade_id="11b-split"
def split(pictures, labels, order):
    held = np.arange(len(order)) % 5 == 0
    learn, learn_labels = pictures[~held], labels[~held]
    moved = np.zeros_like(learn)
    moved[:, :, 1:] = learn[:, :, :-1]
    learn = np.concatenate([learn, moved])
    learn_labels = np.concatenate([learn_labels, learn_labels])
    return learn, learn_labels, pictures[held], labels[held]


to_learn, to_hold = split_functions(split)  # for the checks
