# loses 11b-clean-tests: keeps all labels
# told: labels of the empty pictures are still there

# %% grade_id="11b-clean"
def clean(pictures, labels):
    kept = pictures.min(axis=(1, 2)) < pictures.max(axis=(1, 2))
    return pictures[kept], labels


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks
