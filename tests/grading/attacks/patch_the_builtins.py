# Patch Python itself.
# ends: any
# %%
import builtins

builtins.AssertionError = builtins.Exception = KeyError
builtins.isinstance = lambda *a: True
builtins.callable = lambda *a: True
builtins.print = builtins.len = lambda *a, **k: 1
