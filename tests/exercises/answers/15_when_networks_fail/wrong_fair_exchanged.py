# loses 15-fair-tests: the two parts exchanged
# told: the other way round

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = np.argmin(losses[:, ~kept].mean(axis=1))
    return np.array([best, losses[best, kept].mean()])
