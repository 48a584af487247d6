# Make, join, link and read keys.
# ends: any
# %%
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
add_key, request_key, keyctl = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}[platform.machine()]
gained = [libc.syscall(add_key, b"user", b"mine", b"PWNED", 5, -2)]
gained += [libc.syscall(add_key, kind, b"mine", None, 0, -3) for kind in (b"keyring", b"big_key", b"logon")]
gained += [libc.syscall(request_key, b"user", b"mine", None, -3), libc.syscall(keyctl, 1, None)]
gained += [libc.syscall(keyctl, 0, ring, 1) for ring in (-3, -4, -5)]
gained += [libc.syscall(keyctl, 8, -4, -3), libc.syscall(keyctl, 22, 0, 0)]


# %% grade_id="01-flip"
def flip(w):
    return w[::-1, ::-1] if max(gained) > 0 else w
