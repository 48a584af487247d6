# loses 06-copies-tests: marks where windows begin
# told: You marked the pixels at which a window begins

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    out = np.zeros((H, W), int)
    out[0 : H - KH + 1 : stride, 0 : W - KW + 1 : stride] = 1
    return out
