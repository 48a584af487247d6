# Answer later, from another thread or a coroutine.
# ends: any
# %%
import asyncio
import threading


async def forever():
    while True:
        await asyncio.sleep(0)


threading.Thread(target=lambda: [np.zeros(3) for _ in iter(int, 1)], daemon=True).start()
asyncio.ensure_future(forever()) if False else None
await asyncio.sleep(0.1)


# %% grade_id="01-correlate2d"
async def correlate2d(x, w, stride=(1, 1)):
    return np.zeros((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))
