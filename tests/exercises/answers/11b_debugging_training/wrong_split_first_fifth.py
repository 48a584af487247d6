# loses 11b-split-tests: holds out the first fifth
# told: You hold out the first fifth

# %% grade_id="11b-split"
def split(pictures, labels, order):
    pictures, labels = pictures[order], labels[order]
    held = np.arange(len(order)) < -(-len(order) // 5)
    learn, learn_labels = pictures[~held], labels[~held]
    moved = np.zeros_like(learn)
    moved[:, :, 1:] = learn[:, :, :-1]
    learn = np.concatenate([learn, moved])
    learn_labels = np.concatenate([learn_labels, learn_labels])
    return learn, learn_labels, pictures[held], labels[held]


to_learn, to_hold = split_functions(split)  # for the checks
