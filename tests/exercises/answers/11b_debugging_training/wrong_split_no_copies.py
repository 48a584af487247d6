# loses 11b-split-tests: makes no copies
# told: There are no moved copies

# %% grade_id="11b-split"
def split(pictures, labels, order):
    held = np.arange(len(order)) % 5 == 0
    learn, rest = order[~held], order[held]
    return pictures[learn], labels[learn], pictures[rest], labels[rest]


to_learn, to_hold = split_functions(split)  # for the checks
