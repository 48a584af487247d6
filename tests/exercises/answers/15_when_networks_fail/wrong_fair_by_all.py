# loses 15-fair-tests: chosen by all pictures
# told: You chose by all pictures

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    best = np.argmin(losses[:, :].mean(axis=1))
    return np.array([best, losses[best, ~kept].mean()])
