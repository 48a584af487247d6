# loses 11-early-stop-tests: the best one counted from 0
# told: only one of yours is

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - least:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return np.array([epoch + 1, best])
    return np.array([len(losses), best])
