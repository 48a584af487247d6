# loses 11-early-stop-tests: the best loss is 1000 to begin with
# told: the first difference is at

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    lowest, best, waited = 1000, 0, 0
    for epoch, loss in enumerate(losses, 1):
        if lowest - loss > least:
            lowest, best, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            return [epoch, best]
    return [len(losses), best]
