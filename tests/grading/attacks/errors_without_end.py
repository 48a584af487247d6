# Show one long error after the other in one cell.
# ends: any
# %%
lines = ["<b>PWNED</b>" * 800] * 200
for _ in range(400):
    get_ipython()._showtraceback(ValueError, "x" * 10_000, lines)
