"""Methods that show what a network looks at."""

from cnnedu.explain.occlusion import occlusion

__all__ = ["occlusion"]
