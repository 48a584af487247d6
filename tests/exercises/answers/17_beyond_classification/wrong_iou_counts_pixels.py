# loses 17-box-iou-tests: counts pixels in two masks
# told: stopped with

# %% grade_id="17-box-iou"
def box_iou(a, b):
    def mask(box):
        picture = np.zeros((50, 50), bool)
        picture[box[1]:box[3], box[0]:box[2]] = True
        return picture

    return [[(mask(p) & mask(q)).sum() / (mask(p) | mask(q)).sum() for q in b] for p in a]
