# The attacks are texts to hand in, not modules to import.
collect_ignore_glob = ["attacks/*"]
