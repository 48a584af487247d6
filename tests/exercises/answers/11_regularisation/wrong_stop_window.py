# loses 11-early-stop-tests: looks at the last epochs alone
# told: the first difference is at

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    for epoch in range(patience, len(losses)):
        window = losses[epoch - patience : epoch + 1]
        if min(window[1:]) >= window[0] - least:
            return [epoch + 1, epoch - patience + 1]
    return [len(losses), int(np.argmin(losses)) + 1]
