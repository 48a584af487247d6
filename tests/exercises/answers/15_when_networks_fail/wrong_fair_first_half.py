# loses 15-fair-tests: takes the first half for the one kept aside
# told: In fair_choice(

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    first = kept.sum()
    best = np.argmin(losses[:, :first].mean(axis=1))
    return [best, losses[best, first:].mean()]
