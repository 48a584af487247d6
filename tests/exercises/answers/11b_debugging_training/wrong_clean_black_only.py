# loses 11b-clean-tests: takes only black pictures for empty
# told: black all over

# %% grade_id="11b-clean"
def clean(pictures, labels):
    kept = pictures.any(axis=(1, 2))
    return pictures[kept], labels[kept]


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks
