# loses 11-early-stop-tests: epochs counted from 0
# told: Count epochs from 1

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - least:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return np.array([epoch, best])
    return np.array([len(losses) - 1, best])
