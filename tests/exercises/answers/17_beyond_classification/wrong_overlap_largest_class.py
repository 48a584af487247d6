# loses 17-class-overlap-tests: as many classes as the largest that occurs
# told: has its column, too

# %% grade_id="17-class-overlap"
def class_overlap(y, said, classes):
    most = max(y.max(), said.max()) + 1
    a, b = np.eye(most)[y.ravel()], np.eye(most)[said.ravel()]
    both, total = (a * b).sum(axis=0), a.sum(axis=0) + b.sum(axis=0)
    iou = np.divide(both, total - both, out=np.ones(most), where=total > 0)
    return np.array([iou, 2 * iou / (1 + iou)])
