# loses 11-early-stop-tests: goes back to the lowest loss of the whole list
# told: lowest loss in the whole list

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    best, waited, last = 0, 0, len(losses)
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - least:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            last = epoch + 1
            break
    return np.array([last, np.argmin(losses) + 1])
