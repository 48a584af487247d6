# Show long errors in several cells, and none that says how it ends.
# ends: any
# %%
def show():
    for _ in range(60):
        get_ipython()._showtraceback(ValueError, "x" * 10_000, ["y" * 10_000] * 200)


show()

# %%
show()

# %%
show()

# %%
show()

# %% grade_id="01-by-hand"
show()

# %% grade_id="01-correlate2d"
show()

# %% grade_id="01-flip"
show()
