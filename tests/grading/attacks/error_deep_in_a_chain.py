# Stop with errors that have caused each other a thousand times, and with groups of groups.
# ends: any
# %%
def chain(levels):
    try:
        if levels:
            chain(levels - 1)
        raise ValueError("x" * 10_000)
    except ValueError as error:
        raise KeyError("y" * 10_000) from error


chain(200)

# %%
group = ValueError("PWNED")
for _ in range(500):
    group = ExceptionGroup("group", [group, group])
raise group
