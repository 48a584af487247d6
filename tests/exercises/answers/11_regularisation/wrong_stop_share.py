# loses 11-early-stop-tests: least as a share of the best loss
# told: the first difference is at

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] * (1 - least):
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return np.array([epoch + 1, best + 1])
    return np.array([len(losses), best + 1])
