# loses 11-early-stop-tests: compares with the lowest loss
# told: compared with the lowest loss so far

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < min(losses[:epoch]) - least:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return np.array([epoch + 1, best + 1])
    return np.array([len(losses), best + 1])
