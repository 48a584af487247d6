"""The course as static pages, made from the stored notebooks without running anything."""
