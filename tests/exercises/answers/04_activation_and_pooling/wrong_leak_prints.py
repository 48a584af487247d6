# loses 04-leaky-relu-tests: prints the result and returns nothing
# told: the function needs a `return`

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    print(np.where(x > 0, x, slope * x))
