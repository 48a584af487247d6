# loses 14-by-hand-tests: takes a pixel of value 0 to have no saliency
# told: doesn't depend on how large the pixel

# %% grade_id="14-by-hand"
by_hand = [1, 0, -2, 0, 1, 0]
