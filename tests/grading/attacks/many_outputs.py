# Display a great many small things, and clear them again and again.
# ends: any
# %%
from IPython.display import clear_output

for number in range(10**6):
    display(number)
    if number % 1000 == 0:
        clear_output()

# %%
for number in range(10**5):
    display({"text/plain": "x" * 1000, "image/png": "A" * 10_000}, raw=True)
