# loses 13-views-tests: mirrors first and then shifts
# told: Shift first, then mirror

# %% grade_id="13-views"
def view_logits(x, w):
    def shifted(x):
        padded = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="reflect")
        return network(x, w) / 2 + network(padded[..., 2:, 2:], w) / 4 + network(padded[..., :-2, :-2], w) / 4

    return (shifted(x) + shifted(x[..., ::-1])) / 2
