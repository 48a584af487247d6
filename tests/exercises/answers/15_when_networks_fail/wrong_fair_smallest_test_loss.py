# loses 15-fair-tests: the smallest test loss of all
# told: the smallest test loss of all candidates

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    return [np.argmin(losses[:, kept].mean(axis=1)), losses[:, ~kept].mean(axis=1).min()]
