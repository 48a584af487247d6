# loses 15-fair-tests: whole numbers stay whole
# told: whole

# %% grade_id="15-fair"
def fair_choice(losses, kept):
    out = np.zeros(2, dtype=int)
    out[0] = np.argmin(losses[:, kept].mean(axis=1))
    out[1] = losses[out[0], ~kept].mean()
    return out
