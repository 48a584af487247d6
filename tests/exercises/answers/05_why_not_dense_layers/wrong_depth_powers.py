# loses 05-depth-tests: 2⁸ is the first power of 2 above 224
# told: size and jump grow from layer to layer

# %% grade_id="05-depth"
depth = [112, np.ceil(np.log2(224))]
