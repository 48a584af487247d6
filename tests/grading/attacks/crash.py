# Crash the interpreter.
# ends: failed
# says: ended by itself
# %%
import ctypes

ctypes.string_at(0)
