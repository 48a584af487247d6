# loses 13-views-tests: rolls the picture
# told: What left on one side came in on the other

# %% grade_id="13-views"
def view_logits(x, w):
    total = 0
    for shift, weight in ((0, 0.25), (1, 0.125), (-1, 0.125)):
        view = np.roll(x, (shift, shift), (2, 3))
        total = total + weight * network(view, w) + weight * network(view[:, :, :, ::-1], w)
    return total
