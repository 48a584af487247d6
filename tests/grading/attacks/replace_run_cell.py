# Replace what runs the cells.
# %%
shell = get_ipython()
type(shell).run_cell = shell.run_cell = lambda *a, **k: None
type(shell).run_code = type(shell).run_cell_async = lambda *a, **k: None
