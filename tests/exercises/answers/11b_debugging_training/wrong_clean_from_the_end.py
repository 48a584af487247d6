# loses 11b-clean-tests: cuts the labels at the front
# told: cut the labels at the front

# %% grade_id="11b-clean"
def clean(pictures, labels):
    kept = [picture for picture in pictures if picture.min() < picture.max()]
    return np.stack(kept), labels[len(labels) - len(kept) :]


pictures_kept, labels_kept = outputs_of(clean, 2)  # for the checks
