# loses 13-views-tests: forgets the shifted views
# told: You use only two views

# %% grade_id="13-views"
def view_logits(x, w):
    return (network(x, w) + network(np.flip(x, axis=3), w)) / 2
