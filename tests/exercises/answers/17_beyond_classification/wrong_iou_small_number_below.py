# loses 17-box-iou-tests: adds 1e-6 to what it divides by
# told: and at most

# %% grade_id="17-box-iou"
def box_iou(a, b):
    size = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2])
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    shared = size.clip(0).prod(axis=2)
    return shared / (area(a)[:, None] + area(b) - shared + 1e-6)
