# loses 11-dropout-tests: keeps the mask of the first batch of a shape
# told: the first difference is at

# %% grade_id="11-dropout"
masks = {}


def dropout(x, p, u, training):
    if training:
        x = x * masks.setdefault(x.shape, u >= p) / (1 - p)
    return x
