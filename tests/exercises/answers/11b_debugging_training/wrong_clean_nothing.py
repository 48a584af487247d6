# loses 11b-clean-tests: leaves nothing out
# told: The empty pictures are still there

# %% grade_id="11b-clean"
def clean(pictures, labels):
    return pictures, labels


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks
