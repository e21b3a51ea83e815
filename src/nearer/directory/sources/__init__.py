"""What others say of who is there: one module per source, each read into the one shape of `directory.records`."""
