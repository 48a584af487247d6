# loses 11-early-stop-tests: one epoch too early
# told: one epoch too early

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - least:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience - 1 and waited:
            return np.array([epoch + 1, best + 1])
    return np.array([len(losses), best + 1])
