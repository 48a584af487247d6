# loses 11b-split-tests: rolls the last column to the front
# told: first difference

# %% grade_id="11b-split"
def split(pictures, labels, order):
    pictures, labels = pictures[order], labels[order]
    held = np.arange(len(order)) % 5 == 0
    learn, learn_labels = pictures[~held], labels[~held]
    moved = np.roll(learn, 1, axis=2)
    learn = np.concatenate([learn, moved])
    learn_labels = np.concatenate([learn_labels, learn_labels])
    return learn, learn_labels, pictures[held], labels[held]


to_learn, to_hold = split_functions(split)  # for the checks
